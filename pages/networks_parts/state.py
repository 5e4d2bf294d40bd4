"""The choices on the Networks page, their link and their history."""

from pages.networks_parts.choices import SCHEMA, NetworksChoices
from pages.shared.state import history as kept

HISTORY: kept.History[NetworksChoices] = kept.History("networks ", SCHEMA.read, SCHEMA.write)
current, choose, change, share = HISTORY.current, HISTORY.choose, HISTORY.change, HISTORY.share


def key(name: str) -> str:
    """The key of a control of this page."""
    return kept.key(f"{HISTORY.name}{name}")
