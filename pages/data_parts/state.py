"""The choices on the Data page."""

from pages.data_parts.choices import DataChoices
from pages.data_parts.link import read, write
from pages.shared.state import history, keys

PROBLEM = "problem"  # the part of the page with what is fitted, or with the knobs of another subject
HISTORY: history.History[DataChoices] = history.History("data ", read, write)
current, choose, change, share = HISTORY.current, HISTORY.choose, HISTORY.change, HISTORY.share


def key(name: str) -> str:
    """The key of a control of this page."""
    return keys.key(f"{HISTORY.name}{name}")
