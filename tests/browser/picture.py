"""Takes the README's pictures from the running app: `make picture`."""

import pytest

HERE = "docs"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_take_the_picture(visit, fall_line, scheme):
    seen = visit(fall_line, color_scheme=scheme)
    seen.drawn()
    seen.page.mouse.move(700, 20)
    seen.page.screenshot(path=f"{HERE}/explore-{scheme}.png")
    assert seen.errors == []
