"""Pictures of the Networks page in the size that is chosen."""

from collections.abc import Sequence

from figures.stage import Panel
from pages.networks_parts.state import current
from pages.shared.size import panels_in_size


def in_its_size(panels: Sequence[Panel]) -> Sequence[Panel]:
    """The panels, with large letters and lines where they are for a lecture hall."""
    return panels_in_size(panels, current().size)
