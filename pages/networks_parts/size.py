"""Pictures of the Networks page in the size that is chosen."""

from collections.abc import Sequence

from figures import enlarge
from figures.stage import Panel
from pages.networks_parts.state import current


def in_its_size(panels: Sequence[Panel]) -> Sequence[Panel]:
    """The panels, with large letters and lines where they are for a lecture hall."""
    if current().size == "hall":
        for panel in panels:
            enlarge(panel.figure)
    return panels
