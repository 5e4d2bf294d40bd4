"""Pages in a course page: `?embed=true` leaves the pictures and what plays them."""

import pytest

pytestmark = pytest.mark.browser

QUICK = "embed=true&v=1&run=adam&steps=20"
PAGES = {
    "explore": "?landscape=parabola&",
    "curvature": "curvature?",
    "step by step": "step-by-step?",
    "data": "data?part=batch&",
}


@pytest.mark.parametrize("page", PAGES)
def test_an_embedded_page_has_its_pictures_and_neither_controls_nor_menu(visit, fall_line, page):
    seen = visit(f"{fall_line}/{PAGES[page]}{QUICK}", width=900, height=600)
    seen.drawn()
    assert seen.page.locator("[data-panel=map]").is_visible()
    for part in ("stSidebar", "stLogo", "stHeading"):
        assert seen.page.get_by_test_id(part).count() == 0
    assert seen.page.get_by_role("button", name="Undo").count() == 0
    assert seen.errors == []
