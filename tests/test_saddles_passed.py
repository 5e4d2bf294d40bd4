"""What a verdict says of a saddle that a run came to and left: when, how slow it was, and which way it went."""

from dataclasses import replace

import numpy as np
import pytest
from sentence_claims import Case, check

from landscapes import LANDSCAPES, formula
from optimizers import OPTIMIZERS, descend, verdict
from optimizers.verdicts.saddle_passed import saddle_passed

CAME, BEGAN = "it came to the saddle at", "It began near the saddle at"
RATES = {
    "gradient_descent": 0.01, "momentum": 0.005, "nesterov": 0.005, "adam": 0.05, "rmsprop": 0.02, "lbfgs_wolfe": 1.0,
    "newton": 1.0,
}  # fmt: skip


def ended(landscape, start, rule="gradient_descent", rate=0.05, steps=400):
    optimizer = OPTIMIZERS[rule](learning_rate=rate)
    run = descend(landscape, optimizer, np.array(start), steps)
    return Case(landscape, optimizer, run, verdict(landscape, optimizer, run))


def ended_from_each(landscape, starts, rule, rate, steps):
    """The same from many starts (2, N), which are taken through their steps together: bit for bit the runs alone."""
    optimizer = OPTIMIZERS[rule](learning_rate=rate)
    together = descend(landscape, optimizer, starts, steps)
    for positions, place in zip(np.moveaxis(together.positions, 2, 0), together.undefined_at.T, strict=True):
        alone = np.ascontiguousarray(positions)
        run = replace(together, positions=alone, undefined_at=place, checkpoints=())
        yield Case(landscape, optimizer, run, verdict(landscape, optimizer, run))


@pytest.mark.parametrize("away", [1e-4, 1e-8, 1e-12])
def test_the_nearer_a_run_comes_to_the_saddle_the_longer_it_stays_as_theory_says(away):
    rate, curvature = 0.05, 4.0  # double_well is x⁴ − 2x² + 1 + y²: −4 along x at the saddle
    landscape = LANDSCAPES["double_well"]()
    case = ended(landscape, (away, 1.5))
    passed = saddle_passed(landscape, case.path)
    np.testing.assert_allclose(passed.place.position, 0, atol=1e-9)
    assert passed.last == pytest.approx(np.log(passed.radius / away) / np.log1p(rate * curvature), abs=2)
    assert passed.first == pytest.approx(np.log(passed.radius / 1.5) / np.log1p(-rate * 2), abs=2)
    assert case.found.kind == "minimum"
    assert f"{CAME} (0, 0): within 0.2 of it from step {passed.first}" in case.found.sentence
    assert "it left along (1, 0), where the Hessian's eigenvalue is −4." in case.found.sentence
    check(case)


def test_a_run_that_begins_at_the_saddle_did_not_come_there():
    case = ended(LANDSCAPES["two_weight_network"](), (1e-6, 1e-6))
    assert f"{BEGAN} (0, 0): within 0.2 of it to step " in case.found.sentence
    assert "along (0.71, 0.71)" in case.found.sentence
    check(case)


def test_where_there_is_no_lower_bound_the_way_out_is_told_of_a_run_that_falls_for_ever():
    case = ended(LANDSCAPES["saddle"](), (-1.5, 1e-8), rate=0.1, steps=3000)
    assert case.found.kind == "diverged"
    assert CAME in case.found.sentence
    check(case)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("x**2 + y**2", (1.0, 1.0)),
        ("x**2 + 50*y**2", (1.0, 1.0)),  # slower and slower, to the minimum
        ("x**3/3 - x + y**2", (1.9, 1.0)),  # the saddle is at −1, the minimum at 1
        ("x**2", (1.0, 0.0)),
        ("x**3 + 0*y", (1.0, 0.0)),  # an inflection
    ],
)
def test_nothing_is_said_of_a_saddle_where_no_run_has_been(text, start):
    sentence = ended(formula(text), start, rate=0.01).found.sentence
    assert CAME not in sentence
    assert BEGAN not in sentence


def test_a_run_that_stays_at_the_saddle_has_not_left_it():
    case = ended(LANDSCAPES["two_weight_network"](), (0.5, -0.5))
    assert case.found.kind == "saddle"
    assert CAME not in case.found.sentence


@pytest.mark.long
@pytest.mark.parametrize(("rule", "rate"), RATES.items())
@pytest.mark.parametrize("name", ["double_well", "himmelblau", "three_hump_camel", "two_weight_network", "peaks"])
def test_whatever_is_said_is_true(name, rule, rate):
    landscape, starts = LANDSCAPES[name](), []
    generator = np.random.default_rng(20)
    low, high = np.array(landscape.domain).T
    for start in generator.uniform(low, high, size=(6, 2)):
        starts.append(start * generator.choice([1e-9, 1.0], size=2))  # often beside an axis: it may lead to a saddle
    cases = list(ended_from_each(landscape, np.array(starts).T, rule, rate, steps=900))
    said = [check(case) for case in cases if CAME in case.found.sentence or BEGAN in case.found.sentence]
    assert len(said) < len(cases)
    if (name, rule) == ("double_well", "gradient_descent"):
        assert said
