"""A language made from the template: every message in ⟦ ⟧, its vowels with accents and its places as they are."""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CODE = "pseudo"
TEMPLATE = Path(__file__).parents[1] / "words" / "catalogues" / "fall_line.pot"
AS_IT_IS = re.compile(r"(\{[^{}]*\}|\$[^$]*\$|\[[^]]*\]\([^)]*\))")  # places, formulas and links
ACCENTS = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")


IN_FORMULA = re.compile(r"(?<=\\text{)[^{}]*")  # the words of a message that is LaTeX


def accented(text):
    if IN_FORMULA.search(text):
        return IN_FORMULA.sub(lambda words: f"⟦{words[0].translate(ACCENTS)}⟧", text)
    parts = AS_IT_IS.split(text)
    return "⟦" + "".join(part if i % 2 else part.translate(ACCENTS) for i, part in enumerate(parts)) + "⟧"


def template():
    with TEMPLATE.open("rb") as file:
        return read_po(file)


def write(folder):
    """A catalogue of the pseudo-language in a folder of catalogues."""
    made = Catalog(locale="en")
    for message in template():
        if message.id:
            one = isinstance(message.id, str)
            made.add(message.id, accented(message.id) if one else tuple(map(accented, message.id)))
    home = folder / CODE / "LC_MESSAGES"
    home.mkdir(parents=True)
    with (home / "fall_line.mo").open("wb") as file:
        write_mo(file, made)
