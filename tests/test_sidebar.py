"""The controls of every page: each row opens, and an emptied field changes nothing."""

import pytest
from visitor import opened, said

ROWS = {
    "explore": ["noise row 0", "starts 0", "run 1 0", "saving", "pictures"],
    "step_by_step": ["noise row 0", "run 1 0", "saving"],
    "data": ["data run 1 0"],
}
FIELDS = [
    *(("explore", {}, label) for label in ("Start x", "Start y", "Steps")),
    ("explore", {"landscape": "formula", "f": "x**2+y**2"}, "x from"),
    ("curvature", {"part": "run"}, "Start y"),
    ("step_by_step", {}, "Update, 1 to 500"),
    ("data", {}, "Updates"),
]


def field(app, label):
    (found,) = [field for field in app.number_input if field.label == label]
    return found


@pytest.mark.parametrize(("page", "row"), [(page, row) for page, rows in ROWS.items() for row in rows])
def test_every_row_of_the_sidebar_opens(page, row):
    app = opened(page)
    app.session_state[row] = True
    app.run()
    assert not app.exception


@pytest.mark.parametrize(("page", "link", "label"), FIELDS)
def test_an_emptied_field_shows_again_what_was_chosen(page, link, label):
    app = opened(page, v="1", **link)
    before, chosen = field(app, label).value, dict(app.query_params)
    field(app, label).set_value(None).run()
    assert not app.exception
    assert field(app, label).value == before
    assert dict(app.query_params) == chosen
    assert not said(app)


@pytest.mark.parametrize(("label", "number"), [("seed, which draw of the noise", 7), ("x", None)])
def test_fields_in_folded_rows_take_numbers_and_forgive_their_absence(label, number):
    app = opened(v="1", steps="20")
    app.session_state["noise row 0"] = app.session_state["starts 0"] = True
    app.run()
    field(app, label).set_value(number).run()
    next(button for button in app.button if button.label == "Add").click().run()
    assert not app.exception
    assert len(app.session_state["choices"].starts) == 2
    assert app.session_state["choices"].seed == (number or 0)
