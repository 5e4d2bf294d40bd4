"""The choices on the Data page."""

from pages.data_parts.choices import DataChoices
from pages.data_parts.link import read, write
from pages.shared.state import history as kept

KEPT: kept.Kept[DataChoices] = kept.Kept("data ", read, write)
current, choose, change, share = KEPT.current, KEPT.choose, KEPT.change, KEPT.share


def key(name: str) -> str:
    """The key of a control of this page."""
    return kept.key(f"{KEPT.name}{name}")
