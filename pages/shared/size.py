"""Pictures in the size that is chosen for a page."""

from collections.abc import Sequence

from figures import enlarge
from figures.stage import Panel


def panels_in_size(panels: Sequence[Panel], size: str) -> Sequence[Panel]:
    """The panels, with large letters and lines where they are for a lecture hall."""
    if size == "hall":
        for panel in panels:
            enlarge(panel.figure)
    return panels
