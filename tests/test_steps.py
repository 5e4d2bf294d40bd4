"""One update taken apart: the formula that is shown is the rule that ran."""

import dataclasses
from dataclasses import replace

import numpy as np
import pytest
from optimizer_surfaces import script, slope
from recorded_runs import STEPS, recorded

from landscapes import FormulaError, knobs
from landscapes.formula.parser import read_lines
from optimizers import OPTIMIZERS, RULES, Rule, history
from optimizers.worked_steps import anatomy
from optimizers.worked_steps.evaluation import NumberWriter, evaluate

LINED = [name for name, rule in RULES.items() if rule.lines is not None]
ANY = 3  # an update in the middle of a run
every_rule = pytest.mark.parametrize("name", RULES)
every_lined_rule = pytest.mark.parametrize("name", LINED)


@every_lined_rule
@pytest.mark.parametrize("surface", ["rosenbrock", "himmelblau", "two_weight_network"])
def test_the_last_line_of_every_rule_ends_where_the_rule_itself_does(name, surface):
    it = recorded(name, surface, start=(0.3, -0.7))
    for t in range(1, STEPS + 1):
        update = anatomy(it, t)
        assert update.lines[-1].letter == "p"
        scale = np.abs(update.step).max() + 1e-9 * np.abs(update.p).max()
        np.testing.assert_allclose(update.lines[-1].value, it.run.positions[:, t], rtol=0, atol=1e-9 * scale)


@every_lined_rule
def test_every_line_that_replaces_a_memory_gives_what_the_rule_remembers(name):
    it = recorded(name, "himmelblau")
    for t in (1, 2, ANY, STEPS):
        update = anatomy(it, t)
        after = {memory.letter: memory.after for memory in update.memories}
        for line in update.lines:
            if line.sign == r"\leftarrow" and line.letter in after:
                np.testing.assert_allclose(line.value, after[line.letter], rtol=1e-9, err_msg=line.letter)


@every_lined_rule
def test_knobs_away_from_their_defaults_are_in_the_lines_too(name):
    numbers = {}
    for key, knob in knobs(OPTIMIZERS[name]).items():
        if not knob.integer and key not in ("shortest", "longest"):
            share = 0.6
            numbers[key] = knob.low**0.4 * knob.high**0.6 if knob.log else knob.low + share * (knob.high - knob.low)
    it = recorded(name, "himmelblau", **numbers, steps=8)
    for t in range(1, 9):
        if not np.isfinite(it.run.positions[:, t]).all():
            break
        update = anatomy(it, t)
        scale = np.abs(update.step).max() + np.abs(update.p).max()
        np.testing.assert_allclose(update.lines[-1].value, update.new, rtol=0, atol=1e-9 * scale)


def test_the_numbers_in_a_line_stand_where_its_letters_do():
    line = slope(2.0, -0.5)
    update = anatomy(recorded("adam", landscape=line, start=(1.0, 1.0), steps=3, learning_rate=0.1), 2)
    shown = {line.letter: line.numbers for line in update.lines}
    column = r"\begin{pmatrix} %s \\ %s \end{pmatrix}"
    m = r"0.9\, " + column % ("0.2", "-0.05") + r" + \left(1 - 0.9\right)\, " + column % ("2", "-0.5")
    assert shown["m"] == m
    assert shown[r"\hat m"] == r"\frac{" + column % ("0.38", "-0.095") + r"}{1 - 0.9^{2}}"
    root = r"\sqrt{" + column % ("4", "0.25") + r"} + 1 \cdot 10^{-8}"
    assert shown["p"] == column % ("0.9", "1.1") + r" - 0.1\, \frac{" + column % ("2", "-0.5") + "}{" + root + "}"


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("a - b", r"-2 - \left(-3\right)"),
        ("a*b", r"\left(-2\right) \cdot \left(-3\right)"),
        ("(a + b)*b", r"\left(-2 + \left(-3\right)\right) \cdot \left(-3\right)"),
        ("a**2", r"\left(-2\right)^{2}"),
        ("(a + b)/b", r"\frac{-2 + \left(-3\right)}{-3}"),
        ("max(a, b)", r"\max\left(-2,\, -3\right)"),
        ("abs(a)", r"\left|-2\right|"),
    ],
)
def test_brackets_stand_where_a_number_needs_them(formula, shown):
    values = {"a": np.array([-2.0]), "b": np.array([-3.0])}
    (line,) = read_lines(f"c = {formula}")
    assert NumberWriter(values, lambda p: p).latex(line.formula) == shown


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("p", "a name, = and a formula"),
        ("p = 3 = 4", "a line ends after its formula"),
        ("p = (a", "never closed"),
        ("p = a)", "a line ends after its formula"),
        ("p = a]", "a line ends after its formula"),
        ("= 3", "a name, = and a formula"),
        ("2*p = 3", "a name, = and a formula"),
        ("p = 3 +", "missing at the end"),
        ("p = 2 3", "a product needs its sign"),
        ("p = (a, b)", "a single formula"),
    ],
)
def test_a_line_that_is_no_formula_is_refused_with_its_place(text, complaint):
    with pytest.raises(FormulaError, match=complaint):
        read_lines(text)


@pytest.mark.parametrize(
    ("text", "complaint"), [("p = q", "q has no value"), ("p = erf(p)", "does not know the function")]
)
def test_a_line_about_unknown_things_cannot_be_calculated(text, complaint):
    (line,) = read_lines(text)
    with pytest.raises(ValueError, match=complaint):
        evaluate(line.formula, {"p": np.ones((2, 1))}, lambda p: p)


def test_a_rule_that_leaves_something_unsaid_is_refused_when_it_is_made():
    adam = RULES["adam"]
    with pytest.raises(ValueError, match="Adam needs to say whether c2, v of its state"):
        replace(adam, memory=("m", "c1"))
    with pytest.raises(ValueError, match="Adam names velocity, but its state has the fields"):
        replace(adam, momentum="velocity")
    with pytest.raises(ValueError, match="Adam needs lines, or the LaTeX"):
        replace(adam, lines=None)
    fields = {field.name: getattr(adam, field.name) for field in dataclasses.fields(adam)}
    for name in ("use", "fails", "lines", "memory", "momentum", "torch"):
        with pytest.raises(TypeError, match=name):
            Rule(**{key: value for key, value in fields.items() if key != name})


@every_rule
def test_an_update_is_told_with_its_place_its_gradient_and_its_step(name):
    it = recorded(name, "himmelblau")
    update = anatomy(it, ANY)
    np.testing.assert_array_equal(update.p, it.run.positions[:, ANY - 1])
    np.testing.assert_array_equal(update.step, it.run.positions[:, ANY] - it.run.positions[:, ANY - 1])
    np.testing.assert_array_equal(update.g, it.landscape.gradient(update.p))
    assert update.f == it.landscape.value(update.p)


@pytest.mark.parametrize("t", [0, -1, STEPS + 1])
def test_an_update_that_was_not_made_cannot_be_taken_apart(t):
    with pytest.raises(ValueError, match=f"from 1 to {STEPS}"):
        anatomy(recorded("adam"), t)


@every_rule
def test_what_was_remembered_before_an_update_is_what_the_one_before_it_left(name):
    it = recorded(name, "himmelblau")
    earlier, later = anatomy(it, ANY), anatomy(it, ANY + 1)
    for before, after in zip(earlier.memories, later.memories, strict=True):
        np.testing.assert_array_equal(before.after, after.before)
    for letter, values in history(it).memories.items():
        (memory,) = (memory for memory in later.memories if memory.letter == letter)
        np.testing.assert_array_equal(values[..., ANY], memory.before)
        np.testing.assert_array_equal(values[..., ANY + 1], memory.after)
        assert values.shape[-1] == STEPS + 1


def test_a_landscape_that_changes_is_seen_as_the_step_saw_it():
    it = recorded("momentum", landscape=script([-3.5, 0.0, 1.0]), start=(0.0, 0.0), steps=3, learning_rate=0.1)
    assert [anatomy(it, t).g[0] for t in (1, 2, 3)] == [-3.5, 0.0, 1.0]
    np.testing.assert_allclose(anatomy(it, 3).lines[0].value, [-1.835, 0.0], rtol=1e-12)
