"""Takes the README's pictures from the running app: `make picture`."""

from pathlib import Path

import pytest

from pages.explore_parts.picture import film
from pages.explore_parts.race import raced
from pages.explore_parts.story_cards import chosen

HERE = Path("docs")
LARGEST = 1_500_000  # bytes of a film that a README has its readers fetch


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_take_the_picture(visit, fall_line, scheme):
    seen = visit(fall_line, color_scheme=scheme)
    seen.drawn()
    seen.page.mouse.move(900, 120)  # where nothing answers to a pointer
    seen.page.screenshot(path=HERE / f"explore-{scheme}.png")
    assert seen.errors == []


def test_take_the_film():
    made = film(raced(chosen("momentum", "screen")), lambda share: None)
    assert len(made) <= LARGEST
    (HERE / "momentum.gif").write_bytes(made)
