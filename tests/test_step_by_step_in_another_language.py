"""The page Step by step in a language made from the template: whatever a visitor reads there is in that language."""

import ast
from pathlib import Path

import pseudo_language
import pytest
from in_another_language import english, left_over, pseudo, shown
from visitor import opened, press

from optimizers import RULES
from pages.shared.state.choices import OWN
from words import speaking

assert pseudo  # a fixture that is used by its name


def visit(**link):
    return opened("step_by_step", v="1", lang=pseudo_language.CODE, **link)


# Each opens on other words: (link, what is unfolded).
RULES_BY_TWO = [list(RULES)[i : i + 2] for i in range(0, len(RULES), 2)]
LINKS = {
    "a line search and a rule that searches": {"run": ["line_search", "lbfgs"], "steps": "5", "update": "2"},
    "a run that has left": {"run": "gradient_descent~0.1", "steps": "40", "update": "40"},
    "rules of one name": {"run": ["adam", "adam_uncorrected", "momentum", "momentum_ema"], "steps": "9"},
    "a rule more than once": {"run": ["adam", "adam", "adam~0.2", "adam~cosine", "adam~warmup~5"], "steps": "9"},
    "hidden": {"run": ["adam~hidden", "lion"], "steps": "9"},
    "an idle schedule": {"run": ["adam~step~every~500", "lion~warmup~99", "sam~cosine~warmup~99"], "steps": "9"},
    "RAdam leaves the view": {"run": ["radam~5", "radam~5~beta2~0.5"], "steps": "20", "noise": "0.5"},
    "long": {"run": "gradient_descent", "steps": "6000"},
    "too long": {"run": ["line_search", "newton"], "steps": "200000", "landscape": "quadratic_bowl"},
    "for a hall": {"size": "hall", "height": "rank"},
    "one's own formula": {"landscape": OWN, "f": "a*x**2 + y**2", "x": "-1~1"},
    "the lecture": {"sheet": "tables"},
    "the lecture without momentum": {"sheet": "tables", "lecture": "momentum~0~gradient~2"},
    "the lecture turned back": {"sheet": "tables", "lecture": "momentum~0.3~learning_rate~0.5"},
    "a long memory": {"sheet": "memory", "memory": "beta~0.99"},
    "a steep valley": {"sheet": "timeline", "timeline": "condition~10000"},
    "a short memory of squares": {"sheet": "warm_up", "warm_up": "beta2~0.5~draws~100"},
    "a border between those of RAdam": {"sheet": "warm_up", "warm_up": "beta2~0.65~draws~100"},
}
REFUSED = {
    "an optimizer": {"run": "adamant"},
    "a knob": {"run": "adam~speed~2"},
    "a knob of none": {"landscape": "booth", "knobs": "a~2"},
    "a number": {"run": "adam~beta1~2"},
    "too large": {"knobs": "b~1e400"},
    "too small": {"knobs": "b~1e-400"},
    "a schedule": {"run": "scipy_bfgs~cosine"},
    "a warm-up": {"run": "adam~warmup~-5"},
    "too many runs": {"run": ["adam"] * 9},
    "a word": {"sheet": "music"},
    "a landscape": {"landscape": "rosenbrok"},
    "no landscape": {"landscape": "qqqq"},
    "a start": {"start": "a~b"},
    "a far start": {"start": "1e300~0"},
    "a ring": {"starts": "ring~1"},
    "a count": {"steps": "0"},
    "a zoom": {"zoom": "0~1"},
    "a small zoom": {"zoom": "0~0~0~0"},
    "a point": {"point": "inf~0"},
    "a formula": {"landscape": OWN, "f": "1/2x"},
    "no formula": {"landscape": OWN, "f": "sin(y"},
    "an interval": {"landscape": OWN, "f": "x**2", "x": "3~-3"},
    "a part": {"cake": "1"},
    "too long": {"landscape": OWN, "f": "x" * 2000},
    "a frame": {"frame": "last"},
}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Step by step", ["Step", "step", "Step", "by", "step"]),
        ("⟦⟦Ádám⟧, úpdáté 3⟧ by", ["by"]),
        ("⟦Ádám⟧, ⟦úpdáté 3⟧: 0.1", [", ", ": "]),
        ("⟦⟦Ádám⟧ after úpdáté 3⟧", ["after"]),
        ("⟦Á lóss.⟧ ⟦Án énd.⟧", [" "]),
        (r"$p \\leftarrow \\text{then}$", ["then", "then"]),
        ("⟦Ádám⟧ β₂ 0.999, $x_{max}$, P1, (1.00, −2e−9), x %{y:.4g}", []),
    ],
)
def test_a_word_that_is_in_no_other_language_is_found(text, words):
    assert sorted(left_over(text)) == sorted(words)


@pytest.mark.parametrize("rules", RULES_BY_TWO, ids="-".join)
def test_every_rule_is_taken_apart_in_the_language_of_the_link(rules):
    app = visit(run=rules, steps="6", update="3")
    assert english(app) == []
    assert len(shown(app)) > 100


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_whatever_the_page_shows_is_in_the_language_of_the_link(link, monkeypatch):
    monkeypatch.setattr("pages.shared.state.choices.MOST_POINTS", 20_000)  # what is longer than these is too long
    assert english(visit(**link)) == []


@pytest.mark.parametrize("link", REFUSED.values(), ids=REFUSED)
def test_what_a_link_was_refused_for_is_in_its_language(link):
    app = visit(**link)
    assert "wás dróppéd" in app.warning[0].value
    assert english(app) == []


def test_a_language_without_a_catalogue_is_english_with_a_sentence():
    with speaking("en"):
        app = opened("step_by_step", v="1", lang="tlh")
    (warning,) = app.warning
    said = "“lang=tlh” was dropped from the link: lang is one of en, pseudo."
    assert warning.value.replace("\\", "") == said
    assert app.title[0].value == "Step by step"
    assert "lang" not in app.query_params


def test_what_is_unfolded_and_what_opens_over_the_page_is_in_the_language_too():
    app = visit(run=["adam~cosine", "lion"], steps="6000", starts="ring~3~0.2")
    app.session_state["saving"] = True
    app.session_state["noise row 0"] = True
    app.session_state["run 1"] = True
    app.run()
    assert {"⟦Táblé, CSV⟧", "⟦Pythón wíth NúmPy⟧"} <= {text for _, text in shown(app)}
    assert "⟦⟦séed⟧" not in str(shown(app))
    assert english(app) == []
    opening = {
        "⟦Brówsé lándscápés⟧": "⟦Fámíly⟧",
        "⟦Sháré⟧": "⟦Ópén béfóré thé ánswér⟧",
        "⟦Túné thé léárníng rátés⟧": "⟦Úsé thé bést rátés⟧",
    }
    for label, inside in opening.items():
        press(app, label)
        assert inside in {text for _, text in shown(app)}
        assert english(app) == []


def test_what_is_typed_and_refused_is_answered_in_the_language():
    app = visit(landscape=OWN, f="x**2 + y**2", run="adam", steps="5")
    app.text_area[0].set_value("x**2 + y**2").run()
    assert not app.error
    said = set()
    for typed in ("x**2 +", "x 2", "sine(x)", "x**2, y", "1/0", "(x", "x)", "", "a" * 30, "tan", "x**999", "X*x"):
        app.text_area[0].set_value(typed).run()
        said |= {error.value for error in app.error}
        assert english(app) == []
    assert len(said) == 12
    app.text_area[0].set_value("x**2").run()
    field = next(field for field in app.text_input if "⟦bétá⟧ β₁" in field.label)
    field.set_value("0,5").run()
    assert any("wás nót tákén" in error.value for error in app.error)
    assert english(app) == []


def test_a_page_without_the_parameter_is_in_english_whatever_was_said_before():
    link = {"run": ["adam~step~every~500", "lion~warmup~99"], "steps": "9"}
    first = english(visit(**link))
    with speaking("en"):
        app = opened("step_by_step", v="1", **link)
    assert first == []
    assert "⟦" not in str(shown(app))
    assert "lang" not in app.query_params
    assert english(visit(**link)) == []


def test_the_language_stays_in_the_link_whatever_is_chosen_and_on_another_page():
    app = visit(run="adam", steps="9")
    press(app, "⟦Fórwárd⟧")
    assert app.query_params["lang"] == pseudo_language.CODE
    assert app.query_params["update"] == "2"
    del app.query_params["lang"]
    app.switch_page("explore.py").run()
    assert app.query_params["lang"] == pseudo_language.CODE
    assert app.title[0].value == "⟦Éxplóré⟧"


def run_by_streamlit(tree):
    """The names of the functions of a page that Streamlit may run without the menu: fragments and dialogs."""
    for node in ast.walk(tree):
        marks = [ast.unparse(mark) for mark in getattr(node, "decorator_list", [])]
        if any(mark.startswith(("st.fragment", "st.dialog")) for mark in marks):
            yield node.name
        outer = node.func if isinstance(node, ast.Call) and isinstance(node.func, ast.Call) else None
        if outer is not None and ast.unparse(outer.func) in ("st.fragment", "st.dialog"):
            yield ast.unparse(node.args[0])


def test_what_streamlit_runs_by_itself_begins_as_every_run_for_a_visitor():
    found = {}
    for path in (Path(__file__).parents[1] / "pages").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        marks = {
            node.name: [ast.unparse(mark) for mark in node.decorator_list]
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
        }
        found |= {name: "for_the_visitor()" in marks[name] for name in run_by_streamlit(tree)}
    assert found == dict.fromkeys(["show", "drawn", "by_family", "sharing", "swept_rates"], True)
