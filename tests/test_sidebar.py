"""The controls of every page: each row opens, and an emptied field changes nothing."""

import pytest
from visitor import opened, said

ROWS = {
    "explore": ["noise row 0", "starts 0", "run 1", "saving", "pictures"],
    "step_by_step": ["noise row 0", "run 1", "saving"],
    "data": ["data run 1"],
}
FIELDS = [
    *(("explore", {}, label) for label in ("Start x", "Start y", "Steps")),
    ("explore", {"landscape": "formula", "f": "x**2+y**2"}, "x from"),
    ("curvature", {"part": "run"}, "Start y"),
    ("step_by_step", {}, "Update, 1 to 500"),
    ("data", {}, "Updates"),
]


OWN_FORMULA = {"landscape": "formula", "f": "x**2+y**2", "x": "-2~2", "y": "-2~2"}


def field(app, label):
    (found,) = [field for field in app.text_input if field.label == label]
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
    field(app, label).set_value("").run()
    assert not app.exception
    assert field(app, label).value == before
    assert dict(app.query_params) == chosen
    assert not said(app)


@pytest.mark.parametrize(("label", "number"), [("seed, which draw of the noise", "7"), ("x", "")])
def test_fields_in_folded_rows_take_numbers_and_forgive_their_absence(label, number):
    app = opened(v="1", steps="20")
    app.session_state["noise row 0"] = app.session_state["starts 0"] = True
    app.run()
    field(app, label).set_value(number).run()
    next(button for button in app.button if button.label == "Add").click().run()
    assert not app.exception
    assert len(app.session_state["choices"].starts) == 2
    assert app.session_state["choices"].seed == int(number or 0)


TYPED = [  # page, link, field, what is typed, the key in the link and what stands there then, or the refusal
    ("explore", {}, "Steps", "1e3", "steps", "1000"),
    ("explore", {}, "Steps", "20000", "steps", "20000"),
    ("explore", {}, "Steps", " 5 ", "steps", "5"),
    ("explore", {}, "Steps", "1e9", "steps", "from 1 to 200,000"),
    ("explore", {}, "Steps", "0", "steps", "from 1 to 200,000"),
    ("explore", {}, "Steps", "2.5", "steps", "a whole number"),
    ("explore", {}, "Steps", "20,000", "steps", "a whole number"),
    ("explore", {}, "Steps", "many", "steps", "a whole number"),
    ("explore", {}, "Steps", "1e400", "steps", "the largest number"),
    ("explore", {}, "Start x", "1e-3", "start", "0.001~"),
    ("explore", {}, "Start x", "−0.5", "start", "-0.5~"),
    ("explore", {}, "Start x", "1e3", "start", "1000~"),
    ("explore", {}, "Start x", "1e9", "start", "from −1,000,000 to 1,000,000"),
    ("explore", {}, "Start x", "nan", "start", "not a number"),
    ("explore", OWN_FORMULA, "x from", "-1e3", "x", "-1000~"),
    ("explore", OWN_FORMULA, "x to", "1e9", "x", "needs finite ends within ±1e"),
    ("explore", OWN_FORMULA, "x to", "0,5", "x", "a number"),
    ("step_by_step", {}, "Update, 1 to 500", "1e2", "update", "100"),
    ("step_by_step", {}, "Update, 1 to 500", "1e9", "update", "from 1 to 500"),
    ("data", {}, "Updates", "1e3", "steps", "1000"),
    ("data", {}, "Updates", "1e9", "steps", "a whole number from 1 to"),
]


@pytest.mark.parametrize(("page", "link", "label", "text", "name", "then"), TYPED)
def test_what_is_typed_is_taken_as_it_stands_or_refused_beside_the_field_with_the_limit(
    page, link, label, text, name, then
):
    app = opened(page, v="1", **link)
    before = dict(app.query_params)
    field(app, label).set_value(text).run()
    assert not app.exception
    if then[0] in "-0123456789":
        now = app.query_params[name]
        assert (now if isinstance(now, str) else now[0]).startswith(then)
        assert not said(app)
    else:
        assert dict(app.query_params) == before
        assert then in said(app)
        assert field(app, label).value == text
