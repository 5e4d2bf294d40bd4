"""The choices on the Networks page, their link and their history."""

from pages.networks_parts.choices import SCHEMA, NetworksChoices
from pages.shared.state import history, keys

HISTORY: history.History[NetworksChoices] = history.History("networks ", SCHEMA.read, SCHEMA.write)
current, choose, change, share = HISTORY.current, HISTORY.choose, HISTORY.change, HISTORY.share


def key(name: str) -> str:
    """The key of a control of this page."""
    return keys.key(f"{HISTORY.name}{name}")
