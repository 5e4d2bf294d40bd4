"""The choices of the Data page as a link and back; nothing in a link is trusted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pages.data_parts.choices import SCHEMA, DataChoices, opening
from pages.data_parts.problems import UPLOAD
from pages.data_parts.table_in_link import table_text, wanted
from words import Message

BARE = {"v", "model", "part"}  # of a link that chooses nothing else
KNOWN = SCHEMA.known


def write(choices: DataChoices) -> dict[str, str | list[str]]:
    """The parameters of the link that opens these choices; what is as it would be anyway is left out.

    What is left out is the same for ever, whatever a visitor is shown first. A link with no more than a model and a
    part opens what a visitor is shown first there; where that is not meant, the data are named. A table that is too
    long for a link is left out, and its file named instead.
    """
    sent, table = choices, choices.table
    if table is not None and choices.data == UPLOAD and table_text(table) is None:
        sent = replace(choices, table=None, wanted=wanted(table))
    link = SCHEMA.write(sent)
    if set(link) <= BARE and choices != opening(choices.problem, choices.part):
        link["data"] = choices.data
    return link


def read(link: Mapping[str, Sequence[str]]) -> tuple[DataChoices, list[Message]]:
    """The choices that a link asks for, and a sentence for everything in it that could not be followed."""
    choices, dropped = SCHEMA.read(link)
    return (opening(choices.problem, choices.part) if set(link) <= BARE else choices), dropped
