"""A problem of the Data page is one file and one line: nothing else of the pages knows it by name."""

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from data_choices import chosen, opened
from visitor import drawn

from figures import curves
from figures.stage import Panel
from landscapes import LINES, REGRESSION_LOSSES, formula, tilted, with_intercept
from landscapes.from_data import linear_model
from pages.data_parts.batch_words import spread_words
from pages.data_parts.choices import first_choices, opening, turned_to, variants
from pages.data_parts.compute import batch_runs
from pages.data_parts.link import write
from pages.data_parts.noise import noisy_spread
from pages.data_parts.problems import FILES, PROBLEMS
from pages.data_parts.problems.problem import KnownNoise, Opening, Problem
from pages.shared.fields.run_choice import run_choice

PAGES = Path(__file__).parent.parent / "pages"
HOME = PAGES / "data_parts" / "problems"
KEYS = set(FILES)


def is_name(node, name):
    return (isinstance(node, ast.Attribute) and node.attr == name) or (isinstance(node, ast.Name) and node.id == name)


def within(node):
    """The node, or what a tuple, a list or a set in its place holds."""
    return node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]


def texts(nodes):
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def tells_problems_apart(node):
    """Whether this is a comparison with a problem's name or with a variant's, or a table of problems but PROBLEMS."""
    if isinstance(node, ast.Compare):
        sides = [each for side in (node.left, *node.comparators) for each in within(side)]
        asked = any(is_name(side, "problem") for side in sides)
        table = any(isinstance(side, ast.Name) and side.id.isupper() and side.id != "PROBLEMS" for side in sides)
        literal = bool(texts(sides))
        return (asked and (literal or table)) or (literal and any(is_name(side, "variant") for side in sides))
    if isinstance(node, ast.Match):
        return any(is_name(each, name) for each in within(node.subject) for name in ("problem", "variant"))
    if isinstance(node, ast.Subscript):
        return is_name(node.slice, "problem") and not is_name(node.value, "PROBLEMS")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        return any(is_name(each, "problem") for each in node.args) and not is_name(node.func.value, "PROBLEMS")
    return False


def names_problems(node):
    """Whether this compares anything with a problem's key, or lists several of them."""
    if isinstance(node, ast.Compare):
        return not KEYS.isdisjoint(texts(each for side in (node.left, *node.comparators) for each in within(side)))
    if isinstance(node, ast.Dict | ast.Tuple | ast.List | ast.Set):
        parts = node.keys if isinstance(node, ast.Dict) else node.elts
        return len(parts) > 1 and KEYS.issuperset(texts(parts)) and len(texts(parts)) == len(parts)
    return False


def found(source):
    """The pieces of code that know a problem by its name."""
    every = ast.walk(ast.parse(source))
    return [ast.unparse(node) for node in every if tells_problems_apart(node) or names_problems(node)]


def test_no_module_of_the_pages_tells_problems_apart_by_name():
    sources = {path: path.read_text(encoding="utf-8") for path in PAGES.rglob("*.py") if HOME not in path.parents}
    assert len(sources) > 50
    assert any(".problem" in source for source in sources.values())
    assert {str(path): pieces for path, source in sources.items() if (pieces := found(source))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "choices.problem == 'chain'",
        "'chain' == choices.problem",
        "new.problem != 'chain'",
        "problem not in ('layers', 'chain')",
        "self.problem in CLOSED",
        "(self.problem, self.variant) == ('line', 'squared')",
        "choices.variant == 'absolute'",
        "match choices.problem:\n    case 'chain':\n        pass",
        "SLOW.get(self.problem, 1)",
        "SLOW[choices.problem]",
        "which = choices.problem\nif which == 'chain':\n    pass",
        "{'classifier': 5, 'layers': 5}",
        "{'features', 'bowl', 'logits'}",
    ],
)
def test_code_that_tells_them_apart_is_found(source):
    assert found(source)


@pytest.mark.parametrize(
    "source",
    [
        "PROBLEMS[choices.problem].axes",
        "PROBLEMS.get(problem)",
        "problem in PROBLEMS",
        "choices == opening(choices.problem, choices.part)",
        "choices.variant in kind.variants",
        "DataChoices('line', 'hubble', 'squared')",
        "{'line': {'width': 1}, 'color': 'red'}",
    ],
)
def test_code_that_asks_the_problem_itself_is_let_through(source):
    assert found(source) == []


def test_every_file_of_a_problem_is_in_the_menu():
    shared = {"__init__", "problem", "fitted_model", "network_data"}
    assert {path.stem for path in HOME.glob("*.py")} - shared == KEYS
    assert list(PROBLEMS) == list(FILES)


ALIKE = {"name": "A line", "axes": ("w", "b"), "variants": {"squared": "Squared"}, "build": lambda *_: None}


@pytest.mark.parametrize(
    "field",
    [
        {"beside": "squraed"},
        {"knobs": {"squraed": {}}},
        {"closed_forms": frozenset({"squraed"})},
        {"piecewise_linear": frozenset({"squared", "squraed"})},
    ],
)
def test_a_field_that_names_no_variant_is_refused_when_the_problem_is_made(field):
    with pytest.raises(ValueError, match="A line names the variant squraed, but its variants are squared"):
        Problem(**ALIKE, **field)


def parabola(data, variant, _):
    return linear_model(with_intercept(data.inputs[0]), data.target, REGRESSION_LOSSES[variant])


def distance(model):
    sizes = [np.hypot(*run.positions) for run in model.runs]
    return Panel(
        "distance", curves("Distance", model.runs, sizes, False), alt=f"From {model.marker[0]:g}, {model.data.name}."
    )


PARABOLA = Problem(
    name="A parabola through points",
    axes=("steepness", "height"),
    variants={"squared": "Squared", "absolute": "Absolute"},
    variants_label="Residual",
    build=parabola,
    sets={name: LINES[name] for name in ("three_points", "made_line")},
    opening=Opening({}, (0.25, 0.0)),
    prepare=lambda data: replace(data, inputs=data.inputs**2, name=f"{data.name}, squared"),
    update_cost=3,
    closed_forms=frozenset({"squared"}),
    piecewise_linear=frozenset({"absolute"}),
    beside="absolute",
    comparison=lambda here, beside: f"{here.name} beside {beside.name}.",
    extra_panel=distance,
)


def test_a_new_problem_is_one_entry(monkeypatch):
    monkeypatch.setitem(PROBLEMS, "parabola", PARABOLA)
    app = opened(v="1", model="parabola")
    choices = app.session_state["data choices"]
    assert choices == opening("parabola", "model")
    assert (choices.data, choices.start, choices.weight) == ("three_points", (0.25, 0.0), 3 * len(choices.runs))
    np.testing.assert_array_equal(choices.points().inputs, LINES["three_points"]().inputs ** 2)
    assert [box.label for box in app.selectbox][:3] == ["Model", "Data", "Residual"]
    assert app.selectbox[0].options[-1] == PARABOLA.name
    surfaces = f"{choices.build().name} beside {choices.model('absolute').full.name}."
    shown = drawn(app)
    for words in ("steepness", "Absolute, the same optimizers", surfaces, f"From 0.25, {choices.points().name}."):
        assert words in shown


@pytest.mark.parametrize("part", ["model", "batch"])
@pytest.mark.parametrize("variant", PARABOLA.variants)
def test_a_new_problem_has_links_and_batches(monkeypatch, part, variant):
    monkeypatch.setitem(PROBLEMS, "parabola", PARABOLA)
    there = replace(chosen("parabola", "made_line", variant), part=part, steps=20)
    app = opened(**write(there))
    assert app.session_state["data choices"] == there
    assert not app.warning
    assert not app.error


def turned_bowl(_, __, numbers):
    bowl = formula("(kappa*x**2 + y**2)/2", ((-3.0, 3.0), (-3.0, 3.0)), (2.0, 2.0), {"kappa": numbers["kappa"]})
    return tilted(bowl, int(numbers["examples"]), numbers["noise"])


def known_noise(numbers):
    return KnownNoise((numbers["kappa"], 1.0), numbers["noise"])


def test_the_theory_of_noise_is_that_of_the_problem(monkeypatch):
    monkeypatch.setitem(PROBLEMS, "turned", replace(PROBLEMS["bowl"], build=turned_bowl, known_noise=known_noise))
    bowl, turned = (
        replace(chosen(problem, "", "tilts"), racer=run_choice("gradient_descent", learning_rate=0.1), sizes=(4,))
        for problem in ("bowl", "turned")
    )
    along, across = (noisy_spread(choices, *batch_runs(choices)) for choices in (bowl, turned))
    assert across.expected == along.expected[::-1]
    assert across.for_ever == along.for_ever[::-1]
    for choices, axis in ((bowl, "y"), (turned, "x")):
        wild = replace(choices, racer=run_choice("gradient_descent", learning_rate=0.6), steps=20)
        (said,) = spread_words(wild, batch_runs(wild))
        assert f"along {axis}, ηλ = 2.4 is not below 2(1 + β) = 2" in said


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_model_comes_with_its_own_loss_where_none_was_chosen(problem):
    assert turned_to(first_choices(), problem=problem).variant == next(iter(variants(problem)))


@pytest.mark.parametrize(
    ("path", "loss"),
    [
        ([("problem", "classifier"), ("variant", "squared"), ("problem", "border")], "squared"),
        ([("problem", "classifier"), ("problem", "line"), ("problem", "border")], "cross_entropy"),
        ([("variant", "absolute"), ("problem", "classifier")], "cross_entropy"),
        ([("problem", "logits"), ("variant", "squared"), ("problem", "line"), ("problem", "logits")], "cross_entropy"),
        ([("problem", "layers"), ("variant", "relu"), ("problem", "chain")], "relu"),
    ],
)
def test_a_loss_that_was_chosen_goes_along_to_a_model_that_has_it(path, loss):
    choices = first_choices()
    for name, value in path:
        choices = turned_to(choices, **{name: value})
    assert choices.variant == loss
