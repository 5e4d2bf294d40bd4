"""The control of a rule of one's own: known rules to start from, mistakes with their places, the last good rule."""

import pytest
from visitor import control, opened, said

from optimizers import RULES, run_as_numpy, run_as_torch
from optimizers.typed import LINES, LONGEST_TITLE, titled, with_title
from pages.shared.controls.own_rule import with_lines
from pages.shared.controls.run_downloads import recipe
from pages.shared.controls.suggest import suggested
from pages.shared.fields import TYPED, RunChoice, run_choice
from pages.shared.state import run_names
from pages.shared.state.choices import first_choices

MOMENTUM = LINES["momentum"]


def page(name="explore", rules=(MOMENTUM,), runs=("typed",)):
    app = opened(name, v="1", steps="30", run=list(runs), rule=list(rules))
    assert not app.exception
    return app


def area(app):
    return control(app, "text_area", "Lines of the rule")


def runs(app, name="explore"):
    return app.session_state["data choices" if name == "data" else "choices"].runs


def in_link(app):
    found = app.query_params["rule"]
    return found if isinstance(found, str) else "".join(found)


def shown(app):
    return [each.value for each in app.latex]


def pick(app, label, option):
    next(each for each in app.selectbox if each.label == label).select(option).run()
    assert not app.exception


@pytest.mark.parametrize("name", ["explore", "step_by_step", "data"])
def test_a_rule_of_ones_own_is_in_the_list_and_joins_the_race(name):
    app = opened(name, v="1", steps="30")
    pick(app, "Add a run", "Your rule")
    assert runs(app, name)[-1].lines == MOMENTUM
    assert in_link(app) == MOMENTUM


@pytest.mark.parametrize("name", ["explore", "data"])
def test_lines_that_are_typed_are_raced_shown_in_letters_and_in_the_link(name):
    app = page(name)
    lines = "v = γ*v + g\np = p - lr*v/(1 + norm(v))"
    area(app).set_value(f"\n{lines}\n").run()
    assert not app.exception
    assert runs(app, name)[0].lines == lines
    assert list(dict(runs(app, name)[0].numbers)) == ["gamma", "learning_rate"]
    assert in_link(app) == lines
    assert r"v &\leftarrow \gamma\,v + g" in shown(app)[0]
    assert not said(app)


@pytest.mark.parametrize(
    ("text", "where", "reason", "pointer"),
    [
        ("v = b*v + g\np = p - lr*grad(v)", "Line 2, character 12", "grad is no function of a rule", "^^^^^^^"),
        ("\n\np = p - lr*(g", "Line 3", "", "^"),
        ("p = p - lr*g\np = p $ 2", "Line 2", "", "^"),
        ("v = b*v + g", "A rule needs a line that sets p", "", None),
        ("", "A rule is needed, for example p = p - lr*g", "", None),
    ],
)
def test_a_mistake_is_pointed_at_and_the_last_rule_that_works_stays(text, where, reason, pointer):
    app = page()
    before = runs(app)
    area(app).set_value(text).run()
    assert not app.exception
    (error,) = app.error
    told = error.value.replace("\\", "")
    assert where in told
    assert reason in told
    assert runs(app) == before
    assert area(app).value == text
    assert in_link(app) == MOMENTUM
    if pointer is not None:
        (code,) = app.code
        line, below = code.value.split("\n")
        assert line in text
        assert pointer in below
    area(app).set_value("p = p - lr*sign(g)").run()
    assert not app.error
    assert runs(app)[0].lines == "p = p - lr*sign(g)"


@pytest.mark.parametrize("name", LINES)
def test_every_rule_that_fits_can_be_started_from(name):
    app = page()
    pick(app, "Start from", RULES[name].name)
    assert area(app).value == LINES[name]
    assert titled(runs(app)[0].lines) == (f"{RULES[name].name}, typed".replace(".", ""), LINES[name])
    assert not said(app)


def called(app):
    return control(app, "text_input", "Name of the rule")


def test_a_rule_is_called_after_what_it_was_started_from_until_it_gets_a_name():
    app = page()
    assert (called(app).value, called(app).placeholder) == ("", "Your rule")
    pick(app, "Start from", "Adam")
    assert called(app).value == "Adam, typed"
    area(app).set_value(LINES["adam"] + "*2").run()
    assert called(app).value == "Adam, changed"
    assert run_names(runs(app)) == ["Adam, changed"]
    called(app).set_value("  Twice *as* fast ").run()
    assert not app.exception
    assert called(app).value == "Twice as fast"
    area(app).set_value(LINES["lion"]).run()
    assert runs(app)[0].lines == f"# Twice as fast\n{LINES['lion']}" == in_link(app)
    again = page(rules=[in_link(app)])
    assert run_names(runs(again)) == ["Twice as fast"]
    assert (called(again).value, area(again).value) == ("Twice as fast", LINES["lion"])
    assert any("Twice as fast" in each.label for each in again.expander)


def test_a_name_that_is_pasted_with_the_lines_is_the_name_and_a_mistake_is_counted_with_it():
    app = page()
    area(app).set_value("# Mine\np = p - lr*sign(g)").run()
    assert (called(app).value, runs(app)[0].lines) == ("Mine", "# Mine\np = p - lr*sign(g)")
    area(app).set_value("# Mine\n\np = p - lr*grad(g)").run()
    assert "Line 3, character 12" in app.error[0].value.replace("\\", "")


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "**bold** _it_ `code` $x^2$ [a](http://x.y) :red[x] :smile:",
    "www.example.com",
    "{0} {name} %s %(x)s",
    'quote """ \\ end',
    "x" * 500,
    "Adam 2",
    "\x00\x07\u202e",
    "#",
    "~typed~0.1",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_name_is_short_and_means_nothing_to_what_shows_it(title):
    lines = with_title(title, MOMENTUM)
    name = titled(lines).title
    assert len(name) <= LONGEST_TITLE
    assert not set(name) & set('<>&~*_`$[]{}:\\"#|\n')
    assert "www." not in name
    assert titled(lines).body == MOMENTUM
    app = page(rules=[f"#{title}\n{MOMENTUM}"])
    assert run_names(runs(app)) == [name or "Your rule"]
    it = recipe(first_choices(), runs(app)[0])
    for script in (run_as_numpy(first_choices().build(), it), run_as_torch(first_choices().build(), it)):
        compile(script, "script", "exec")
        assert (name or "Your rule") in script


def test_names_of_runs_are_different_whatever_they_are_called():
    other = "p = p - lr*g"
    rules = [f"# Adam\n{MOMENTUM}", f"# Adam 2\n{other}", f"# Adam\n{other}"]
    app = page(rules=rules, runs=["typed", "typed2", "typed3", "adam", "adam"])
    names = run_names(runs(app))
    assert names[:3] == ["Adam", "Adam 2", "Adam 3"]
    assert len(set(names)) == 5


def test_a_fourth_rule_is_refused_beside_its_field_and_a_run_that_is_added_takes_the_last():
    app = page(rules=[MOMENTUM, LINES["adam"], LINES["lion"]], runs=["typed", "typed2", "typed3", "typed3"])
    before = runs(app)
    area(app).set_value(LINES["sam"]).run()
    assert not app.exception
    assert runs(app)[0].lines == LINES["sam"]  # still three: momentum is gone
    pick(app, "Add a run", "Your rule")
    assert runs(app)[-1].lines == LINES["lion"]
    crowded = page(rules=[MOMENTUM, LINES["adam"], LINES["lion"]], runs=["typed", "typed2", "typed3", "typed"])
    area(crowded).set_value(LINES["sam"]).run()
    assert "At most 3 different rules" in crowded.error[0].value
    assert runs(crowded)[0].lines == MOMENTUM == before[0].lines


def test_a_number_set_by_hand_stays_while_the_lines_change_and_the_others_come_with_them():
    def plain(optimizer, lines):
        return run_choice(optimizer, lines=lines)

    run = run_choice(TYPED, "cosine", "b = 0.5\nv = b*v + g\np = p - lr*v", learning_rate=0.07)
    new = with_lines(run, "b = 0.8\nv = b*v + k*g\np = p - lr*v", plain)
    assert (dict(new.numbers), new.schedule) == ({"b": 0.8, "k": 1.0, "learning_rate": 0.07}, "cosine")
    bare = with_lines(run, "p = p - sign(g)/t", plain)
    assert (bare.numbers, bare.schedule) == ((), "constant")
    turned = with_lines(run_choice(TYPED, lines="p = p - k*g", k=-3.0), "p = p - (1 - k)*g", plain)
    assert isinstance(turned, RunChoice)
    assert dict(turned.numbers) == {"k": 0.9}  # -3 has no meaning where k is a share


def test_undo_takes_the_lines_back():
    app = page()
    area(app).set_value("p = p - lr*g").run()
    next(button for button in app.button if button.label == "Undo").click().run()
    assert area(app).value == MOMENTUM == runs(app)[0].lines


def test_the_rate_of_a_rule_that_is_added_is_suggested():
    assert callable(suggested)
    app = opened(v="1", landscape="beale")
    pick(app, "Add a run", "Your rule")
    pick_rate = dict(runs(app)[-1].numbers)["learning_rate"]
    built_in = opened(v="1", landscape="beale")
    pick(built_in, "Add a run", "Momentum")
    assert pick_rate == dict(runs(built_in)[-1].numbers)["learning_rate"]


@pytest.mark.parametrize(("name", "part"), [("curvature", "run"), ("curvature", "escape"), ("step_by_step", "update")])
def test_every_page_that_shares_the_runs_opens_with_typed_rules(name, part):
    app = opened(name, v="1", steps="30", part=part, run=["typed", "typed2~0.01"], rule=[LINES["adam"], LINES["sam"]])
    assert not app.exception
    assert [run.lines for run in runs(app)] == [LINES["adam"], LINES["sam"]]


def test_batches_of_several_sizes_race_by_a_rule_of_ones_own():
    app = opened("data", v="1", steps="30", part="batch")
    pick(app, "Optimizer", "Your rule")
    assert app.session_state["data choices"].racer.lines == MOMENTUM
    area(app).set_value("p = p - lr*sign(g)").run()
    assert not app.exception
    racer = app.session_state["data choices"].racer
    assert (racer.optimizer, racer.lines, list(dict(racer.numbers))) == (TYPED, "p = p - lr*sign(g)", ["learning_rate"])
    assert app.query_params["race_rule"] in ("p = p - lr*sign(g)", ["p = p - lr*sign(g)"])
