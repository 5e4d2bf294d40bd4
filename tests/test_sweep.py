import os
import pickle
import select
import signal
import subprocess
import sys
import tracemalloc
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from functools import lru_cache
from types import ModuleType

import numpy as np
import pytest

from landscapes import LANDSCAPES, formula
from optimizers import (
    KINDS,
    OPTIMIZERS,
    SCHEDULES,
    Grid,
    Pool,
    descend,
    most_trajectories,
    sweep,
    sweep_in_tiles,
    typed_rule,
    verdict,
    warmed,
)
from optimizers.bulk import blocks, judge, native, observers, questions, settling
from optimizers.bulk.journeys import Functional, Recorded
from optimizers.bulk.lanes import Recorder
from optimizers.bulk.machine import Machine
from optimizers.bulk.native import Native
from optimizers.bulk.recording import PLAIN, Program, record, simplified
from optimizers.bulk.work import Work
from optimizers.typed import LINES

SURFACES = ("himmelblau", "rosenbrock", "ackley", "six_hump_camel", "easom")
SEARCHING = {"line_search", "newton", "damped_newton", "bfgs", "lbfgs_wolfe", "conjugate_gradient"}
ALONE = {"nelder_mead", "scipy_bfgs", "scipy_trust_region"}
GOOD = ("minimum", "flat", "saddle", "maximum", "cycle", "moving", "diverged")  # from what is said of few to all


@pytest.fixture(scope="module", autouse=True)
def compiled_once():
    """Room for what all these tests compile: many are about the same program."""
    with pytest.MonkeyPatch.context() as patch:
        engine = lru_cache(maxsize=256)(native.engine.__wrapped__)
        patch.setattr(native, "engine", engine)
        patch.setattr(blocks, "engine", engine)
        yield


def starts(landscape, count, seed=0):
    (left, right), (low, high) = landscape.domain
    rng = np.random.default_rng(seed)
    return np.stack([rng.uniform(left, right, count), rng.uniform(low, high, count)])


def same(one, other):
    return all(np.array_equal(a, b, equal_nan=True) for a, b in zip(one, other, strict=True))


def ends(run):
    """Where each trajectory left, -1 where it did not, and its last place that counts."""
    gone = np.isnan(run.positions[0])
    left = np.where(gone.any(axis=0), gone.argmax(axis=0), -1)
    last = np.where(left < 0, gone.shape[0] - 1, left - 1)
    return np.take_along_axis(run.positions, last[None, None], axis=1)[:, 0], left


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_a_program_makes_the_run_of_its_rule_bit_for_bit(rule):
    for surface in SURFACES:
        landscape = LANDSCAPES[surface]()
        p = starts(landscape, 4 if rule in ALONE else 8 if rule in SEARCHING else 48)
        for numbers in ({}, {"learning_rate": 2.0}):  # the second lets many of them leave
            if numbers and rule in {
                *ALONE,
                "damped_newton",
                "bfgs",
                "lbfgs_wolfe",
                "line_search",
                "conjugate_gradient",
            }:
                continue
            optimizer = OPTIMIZERS[rule](**numbers)
            expected = ends(descend(landscape, optimizer, p, 31))
            for compiled in (True, False):
                runs = Work(landscape, optimizer, 31, native=compiled).judge.runs
                assert isinstance(runs, Functional if rule in SEARCHING | ALONE else Recorded)
                assert same(runs.ends(optimizer, p), expected), (surface, numbers, compiled)
                if isinstance(runs, Recorded) and surface == SURFACES[0] and not numbers:  # as of those that go on
                    stay = expected[1] < 0
                    journey = runs.journey(optimizer, p[:, stay], np.arange(stay.sum()))
                    journey.advance([0, 31])
                    assert same(journey.point(), expected[0][:, stay]), (surface, compiled)


@pytest.mark.parametrize("rule", LINES)
def test_a_typed_rule_is_recorded_as_a_built_in_one(rule):
    landscape, factory = LANDSCAPES["himmelblau"](), typed_rule(LINES[rule]).factory
    p = starts(landscape, 40)
    for optimizer in (factory(), factory(learning_rate=np.geomspace(1e-4, 2.0, 40))):
        work = Work(landscape, optimizer, 31)
        assert work.judge.runs.compiled
        assert same(work.judge.runs.ends(optimizer, p), ends(descend(landscape, optimizer, p, 31)))


@pytest.mark.parametrize("rule", ["gradient_descent", "momentum", "adam", "radam", "lion", "schedule_free"])
def test_each_trajectory_may_have_a_warm_up_of_its_own(rule):
    landscape, lengths, rates = LANDSCAPES["himmelblau"](), np.arange(40.0), np.geomspace(1e-3, 1.0, 40)
    p = starts(landscape, 40)
    optimizer = warmed(OPTIMIZERS[rule], lengths, rates)
    assert Work(landscape, optimizer, 31).judge.runs.compiled
    found = sweep(landscape, optimizer, p, 31)
    for n in range(40):
        alone = OPTIMIZERS[rule](learning_rate=SCHEDULES["warmup"](rates[n], n) if n else rates[n])
        assert same([found.positions[:, n]], [descend(landscape, alone, p[:, n], 31).positions[:, -1]])


@pytest.mark.parametrize(
    ("surface", "rule", "most"),
    [("himmelblau", "momentum", 28), ("rosenbrock", "adam", 39), ("quadratic_bowl", "gradient_descent", 6)],
)
def test_a_program_has_few_operations(surface, rule, most):
    program = record(LANDSCAPES[surface](), OPTIMIZERS[rule](0.05), 9).programs[-1]
    assert sum(operation[0] not in PLAIN for operation in program.operations) <= most


def test_what_a_program_is_spared_changes_no_bit():
    x, y = np.array([0.3, -0.0, 1e300, -7.0, np.inf, 5e-324]), np.array([0.1, 0.0, 1e300, -7.0, -np.inf, -5e-324])
    for numbers in (x, y), (y, x), (x, x), (x, -x):
        recorder = Recorder()
        a, b = (recorder.lanes("point", shape=(2,))[k] for k in (0, 1))
        recorder.fixed = True
        wanted = [
            -a + b,
            a + -b,
            np.subtract(a, -b),
            np.negative(-a),
            -a * b,
            a * -b,
            1.0 * a,
            b * 1.0,
            a / 1.0,
            -a - b,
            -a * -b,
        ]
        outputs = tuple((("state", k), int(each.nodes)) for k, each in enumerate(wanted))
        program = simplified(Program(tuple(recorder.operations), outputs, ()), np.empty((1, 0)))
        found = dict(program.outputs)
        p, q = numbers
        with np.errstate(all="ignore"):
            exact = [-p + q, p + -q, np.subtract(p, -q), p, -p * q, p * -q, p, q, p, -p - q, -p * -q]
            values = []
            for name, *operands in program.operations:
                if name == "input":
                    values.append(numbers[operands[1]])
                else:
                    values.append(name(*(values[k] for k in operands)))
        assert len(values) < len(recorder.operations)
        for k, each in enumerate(exact):
            got = values[found["state", k]]
            assert same([got, np.signbit(got[~np.isnan(got)])], [each, np.signbit(each[~np.isnan(each)])]), k


def test_trajectories_leave_one_after_the_other_as_the_run_does():
    landscape = formula("x**2 - y**2", domain=((-2, 2), (-2, 2)))
    p = np.stack([np.linspace(-2, 2, 100), np.geomspace(1e-12, 2.0, 100)])
    p[1, 40:60] = 0.0  # some stay
    run = descend(landscape, OPTIMIZERS["momentum"](0.02), p, 400)
    expected = ends(run)
    assert len(set(expected[1])) > 50
    for compiled in (True, False):
        runs = Work(landscape, OPTIMIZERS["momentum"](0.02), 400, native=compiled).judge.runs
        assert same(runs.ends(OPTIMIZERS["momentum"](0.02), p), expected)


def test_most_rules_are_compiled_where_the_landscape_is_arithmetic():
    landscape = LANDSCAPES["himmelblau"]()
    made = {rule: Work(landscape, OPTIMIZERS[rule](), 3).judge.runs for rule in OPTIMIZERS.keys() - SEARCHING - ALONE}
    assert {rule for rule, runs in made.items() if not isinstance(runs.machine(None, None), Native)} == set()
    exponential = Work(LANDSCAPES["ackley"](), OPTIMIZERS["adam"](), 3).judge.runs
    assert isinstance(exponential.machine(None, None), Machine)


@pytest.mark.parametrize(
    ("rule", "ranges"),
    [
        ("momentum", {"learning_rate": (1e-3, 0.1), "momentum": (0, 0.99)}),
        ("nesterov", {"learning_rate": (1e-3, 0.1), "momentum": (0, 0.99)}),
        ("adam", {"beta1": (0, 0.99), "beta2": (0.5, 0.999)}),
        ("radam", {"learning_rate": (0.01, 1), "beta2": (0.5, 0.999)}),
        ("nadam", {"beta1": (0, 0.99), "momentum_decay": (0.001, 0.1)}),
        ("rprop", {"learning_rate": (0.01, 1), "shrink": (0.2, 0.8)}),
        ("prodigy", {"beta2": (0.5, 0.999), "first_estimate": (1e-6, 1e-2)}),
        ("schedule_free", {"learning_rate": (0.01, 1), "beta1": (0, 0.99)}),
        ("adamw_free_decay", {"learning_rate": (0.01, 1), "weight_decay": (0, 0.5)}),
    ],
)
def test_each_trajectory_may_have_hyperparameters_of_its_own(rule, ranges):
    rng = np.random.default_rng(3)
    numbers = {name: rng.uniform(*ends, 40) for name, ends in ranges.items()}
    landscape, optimizer = LANDSCAPES["himmelblau"](), OPTIMIZERS[rule](**numbers)
    found = sweep(landscape, optimizer, np.array([0.3, -0.2]), 40)
    run = descend(landscape, optimizer, np.repeat([[0.3], [-0.2]], 40, axis=1), 40)
    assert same([found.positions], [run.positions[:, -1]])
    assert [KINDS[kind] for kind in found.kinds] == [each.kind for each in verdict(landscape, optimizer, run)]


def test_a_program_leaves_the_domain_of_f_where_the_run_does():
    landscape = formula("log(x) + y**2", domain=((-1, 3), (-1, 1)))
    optimizer, p = OPTIMIZERS["gradient_descent"](0.3), starts(landscape, 64)
    run = descend(landscape, optimizer, p, 60)
    expected = verdict(landscape, optimizer, run)
    found = sweep(landscape, optimizer, p, 60)
    assert same([found.positions, found.steps], [run.positions[:, -1], [each.step for each in expected]])
    assert np.isfinite(run.undefined_at[0]).sum() > 0
    assert same([found.places.T], [np.array([each.position for each in expected])])


@lru_cache
def judged(seed, groups):
    """Random runs, twelve in a group, and their verdicts."""
    rng = np.random.default_rng(seed)
    surfaces = [
        "himmelblau",
        "rosenbrock",
        "ackley",
        "six_hump_camel",
        "quadratic_bowl",
        "two_weight_network",
        "saddle",
    ]
    rules = ["gradient_descent", "momentum", "nesterov", "adam", "rmsprop", "lion", "adagrad", "rprop"]
    found = []
    for _ in range(groups):
        landscape, rule = LANDSCAPES[rng.choice(surfaces)](), rng.choice(rules)
        curved = np.abs(np.linalg.eigvalsh(landscape.hessian(np.array(landscape.start)))).max()
        unit = 2 / curved if rule in rules[:3] else 0.1 * np.ptp(landscape.domain[0])
        optimizer = OPTIMIZERS[rule](learning_rate=float(np.clip(unit * 10 ** rng.uniform(-2, 0.3), 1e-5, 10.0)))
        p, steps = starts(landscape, 12, rng.integers(2**32)), int(rng.integers(20, 300))
        run = descend(landscape, optimizer, p, steps)
        found.append((landscape, optimizer, p, steps, verdict(landscape, optimizer, run)))
    return found


def compared(groups=30):
    """Kind and step of each run in a sweep, and those of its verdict."""
    pairs = []
    for number, (landscape, optimizer, p, steps, expected) in enumerate(judged(seed=11, groups=30)[:groups]):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(judge, "MANY", (1, 2**20)[number % 2])  # every other tile is judged block by block
            found = sweep(landscape, optimizer, p, steps)
        pairs += [
            (KINDS[kind], each.kind, step, each.step)
            for kind, step, each in zip(found.kinds, found.steps, expected, strict=True)
        ]
    return pairs


@pytest.mark.long
def test_kinds_are_those_of_the_verdict_and_never_better():
    pairs = compared()
    assert {kind for _, kind, _, _ in pairs} >= {"minimum", "cycle", "moving", "diverged"}
    assert sum(kind == expected for kind, expected, _, _ in pairs) >= 0.998 * len(pairs)
    assert [pair for pair in pairs if GOOD.index(pair[0]) < GOOD.index(pair[1])] == []
    assert sum(step == expected for _, _, step, expected in pairs) >= 0.998 * len(pairs)


@pytest.mark.parametrize(("name", "value"), [("REACH", 0.1), ("STEADY", 0.5), ("EXACT", 1e-2)])
def test_a_kind_by_another_number_would_be_noticed(name, value, monkeypatch):
    for module in (judge, settling, observers, questions):
        if hasattr(module, name):
            monkeypatch.setattr(module, name, value)
    blocks.answers.cache_clear()
    try:
        assert any(kind != expected or step != other for kind, expected, step, other in compared(groups=20))
    finally:
        blocks.answers.cache_clear()


ON_THE_WAY = {  # and what becomes of some of them
    ("himmelblau", "momentum"): ({"learning_rate": 0.01}, 200, {"minimum", "moving", "diverged"}),
    ("himmelblau", "gradient_descent"): ({"learning_rate": 0.02}, 150, {"minimum", "cycle"}),
    ("rosenbrock", "adam"): ({"learning_rate": 0.2}, 900, {"minimum", "moving"}),
    ("styblinski_tang", "momentum"): (
        {"learning_rate": np.geomspace(1e-3, 0.3, 2304)},
        120,
        {"minimum", "moving", "cycle", "diverged"},
    ),
}


@pytest.mark.parametrize(("surface", "rule"), ON_THE_WAY)
def test_runs_that_are_judged_on_their_way_are_those_of_whole_tiles(surface, rule, monkeypatch):
    numbers, steps, kinds = ON_THE_WAY[surface, rule]
    landscape, optimizer = LANDSCAPES[surface](), OPTIMIZERS[rule](**numbers)
    p = Grid(landscape.domain, 48, 48).starts()

    def outcomes():
        work = Work(landscape, optimizer, steps)
        return work.judge, work.outcomes(p, 0)

    told, found = outcomes()
    assert {KINDS[kind] for kind in found.kinds} >= kinds
    minima = [blocks.Minimum(*each) for each in told.places.minima()]
    ends, fates = told.runs.judged(told.blocks(), optimizer, p, minima)
    settled, restless = fates.settled & (ends.left < 0), fates.restless & (ends.left < 0)
    assert settled.any()
    assert (found.kinds[settled] == KINDS.index("minimum")).all()
    assert (found.kinds[restless] != KINDS.index("minimum")).all()
    if surface == "himmelblau":  # whose minima are known from all around
        assert restless.any() == ("moving" in kinds)
        assert settled.sum() == (found.kinds == KINDS.index("minimum")).sum()
    monkeypatch.setattr(blocks, "MOST", 1)  # only one of the minima is known
    assert same(outcomes()[1], found)
    monkeypatch.setattr(judge, "MANY", p.shape[1] + 1)
    alone, expected = outcomes()
    assert alone.blocks.cache_info().currsize == 0
    assert same(found, expected)


def test_what_leaves_the_domain_of_f_is_not_judged_on_its_way():
    landscape, optimizer = formula("log(x) + x**-2 + y**2", domain=((-1, 3), (-1, 1))), OPTIMIZERS["momentum"](0.01)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judge, "MANY", 1)
        p = starts(landscape, 200)
        found, run = sweep(landscape, optimizer, p, 400), descend(landscape, optimizer, p, 400)
    expected = verdict(landscape, optimizer, run)
    assert {each.kind for each in expected} >= {"minimum", "diverged"}
    assert [KINDS[kind] for kind in found.kinds] == [each.kind for each in expected]
    assert same([found.positions, found.steps], [run.positions[:, -1], [each.step for each in expected]])


def test_the_paths_of_long_runs_are_not_kept():
    landscape, optimizer = LANDSCAPES["himmelblau"](), OPTIMIZERS["momentum"](0.01)
    for steps, there in ((2047, True), (2048, False), (20, False)):  # one is too long, the other too short
        assert (Work(landscape, optimizer, steps).judge.blocks() is not None) == there


def test_what_cannot_be_recorded_has_the_same_kinds():
    noisy = replace(LANDSCAPES["himmelblau"](), elementwise=None)
    for landscape, rule, steps in [(noisy, "momentum", 60), (LANDSCAPES["himmelblau"](), "newton", 20)]:
        optimizer, p = OPTIMIZERS[rule](), starts(landscape, 40)
        expected = verdict(landscape, optimizer, descend(landscape, optimizer, p, steps))
        found = sweep(landscape, optimizer, p, steps)
        assert [KINDS[kind] for kind in found.kinds] == [each.kind for each in expected]


THEORY = {
    "gradient_descent": lambda beta: 2 + 0 * beta,
    "momentum": lambda beta: 2 * (1 + beta),
    "nesterov": lambda beta: (2 + 2 * beta) / (1 + 2 * beta),
    "momentum_ema": lambda beta: 2 * (1 + beta) / (1 - beta),
}  # the largest stable learning rate times the curvature


@pytest.mark.parametrize("rule", THEORY)
def test_the_border_of_divergence_is_where_theory_has_it(rule):
    rng = np.random.default_rng(7)
    beta = rng.uniform(0, 0.95, 200)
    outside = rng.random(200) < 0.5
    away = rng.uniform(0.02, 0.9, 200) * np.where(outside, 1, -1)
    numbers = {} if rule == "gradient_descent" else {"momentum": beta}

    def kinds(landscape, start, largest):
        optimizer = OPTIMIZERS[rule](learning_rate=THEORY[rule](beta) / largest * (1 + away), **numbers)
        return np.array(KINDS)[sweep(landscape, optimizer, start, 2000).kinds]

    bowl = formula("(x**2 + 25*y**2)/2")
    found = kinds(bowl, np.array([1.0, 0.5]), 25.0)
    assert set(found[~outside]) == {"minimum"}
    assert set(found[outside]) == {"diverged"}
    rosenbrock = LANDSCAPES["rosenbrock"]()
    largest = np.linalg.eigvalsh(rosenbrock.hessian(np.ones(2)))[1]
    found = kinds(rosenbrock, np.array([1 + 1e-6, 1.0]), largest)
    assert set(found[~outside]) == {"minimum"}
    assert "minimum" not in found[outside]


def test_a_symmetric_landscape_has_a_symmetric_map():
    landscape = LANDSCAPES["six_hump_camel"]()
    for rule, rate in (("momentum", 0.02), ("gradient_descent", 0.08), ("adam", 0.1)):
        found = sweep(landscape, OPTIMIZERS[rule](rate), Grid(landscape.domain, 48, 36), 200)
        kinds, steps = found.kinds.reshape(36, 48), found.steps.reshape(36, 48)
        assert same([kinds, steps], [kinds[::-1, ::-1], steps[::-1, ::-1]])
        places = found.places.reshape(2, 36, 48)
        np.testing.assert_allclose(places, -places[:, ::-1, ::-1], atol=1e-12)


def test_basins_keep_their_shares_at_twice_the_resolution():
    landscape, optimizer = LANDSCAPES["himmelblau"](), OPTIMIZERS["momentum"](0.01)

    def shares(size):
        found = sweep(landscape, optimizer, Grid(landscape.domain, size, size), 400)
        quadrant = np.where(found.kinds == KINDS.index("minimum"), 2 * (found.places[0] > 0) + (found.places[1] > 0), 4)
        return np.bincount(quadrant, minlength=5) / size**2

    coarse, fine = shares(128), shares(256)
    assert np.abs(coarse - fine).max() < 0.005
    assert (fine[:4] > 0.1).all()


def test_a_grid_has_the_centres_of_its_cells():
    grid = Grid(((-1.0, 3.0), (0.0, 1.0)), 4, 2)
    assert grid.size == 8
    np.testing.assert_allclose(grid.x, [-0.5, 0.5, 1.5, 2.5])
    np.testing.assert_allclose(grid.y, [0.25, 0.75])
    np.testing.assert_array_equal(grid.starts(3, 6), grid.starts()[:, 3:6])
    np.testing.assert_array_equal(grid.starts()[0].reshape(2, 4)[1], grid.x)


@pytest.mark.parametrize(("columns", "rows"), [(7, 9), (1, 40), (40, 1), (13, 5)])
def test_a_part_of_a_grid_has_the_starts_that_the_whole_has(columns, rows):
    grid = Grid(((-1.3, 2.9), (0.1, 0.7)), columns, rows)
    whole = grid.starts()
    np.testing.assert_array_equal(whole, np.stack([np.tile(grid.x, rows), np.repeat(grid.y, columns)]))
    for first, last in ((0, 5), (3, 17), (6, 30), (grid.size - 1, grid.size), (12, 12)):
        np.testing.assert_array_equal(grid.starts(first, last), whole[:, first:last])


def test_too_many_trajectories_are_refused_before_any_work(monkeypatch):
    def never(*_, **__):
        raise AssertionError("work was begun")

    monkeypatch.setattr(Work, "__init__", never)
    landscape, momentum = LANDSCAPES["himmelblau"](), OPTIMIZERS["momentum"]()
    with pytest.raises(ValueError, match="takes 16777216 trajectories at most, got 1000000000"):
        sweep_in_tiles(landscape, momentum, Grid(landscape.domain, 10**5, 10**4), 400)
    assert most_trajectories(landscape, momentum) == 2**24
    for rule in SEARCHING:
        assert most_trajectories(landscape, OPTIMIZERS[rule]()) == 2**18
    for rule in ALONE:
        with pytest.raises(ValueError, match="takes 4096 trajectories at most"):
            sweep(landscape, OPTIMIZERS[rule](), Grid(landscape.domain, 65, 64), 10)
    table = replace(landscape, elementwise=None)
    assert most_trajectories(table, momentum) == 2**18


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"starts": np.zeros((2, 3))}, "as many starts as hyperparameters"),
        ({"starts": np.zeros(3)}, r"starts of shape \(2,\) or \(2, N\)"),
        ({"starts": np.array([np.nan, 0.0])}, "coordinates within"),
        ({"starts": np.array([0.0, 1e9])}, "coordinates within"),
        ({"steps": -1}, "steps ≥ 0"),
    ],
)
def test_what_cannot_be_run_is_refused(changed, message):
    given = {"starts": np.zeros(2), "steps": 10} | changed
    optimizer = OPTIMIZERS["momentum"](learning_rate=np.array([0.1, 0.2]))
    with pytest.raises(ValueError, match=message):
        sweep_in_tiles(LANDSCAPES["himmelblau"](), optimizer, **given)


@pytest.mark.parametrize("steps", [0, 1, 5, 13, 17, 30])
def test_short_runs_have_kinds_too(steps):
    landscape, optimizer = LANDSCAPES["himmelblau"](), OPTIMIZERS["gradient_descent"](0.02)
    p = starts(landscape, 30)
    expected = verdict(landscape, optimizer, descend(landscape, optimizer, p, steps))
    assert [KINDS[k] for k in sweep(landscape, optimizer, p, steps).kinds] == [each.kind for each in expected]


def test_without_the_compiler_the_map_is_the_same(monkeypatch):
    landscape, optimizer = LANDSCAPES["himmelblau"](), OPTIMIZERS["gradient_descent"](0.02)
    grid = Grid(landscape.domain, 40, 30)
    compiled = sweep(landscape, optimizer, grid, 150)
    monkeypatch.setattr(native, "binding", None)
    assert same(sweep(landscape, optimizer, grid, 150), compiled)


def test_a_sweep_stops_when_it_is_told_to():
    landscape, calls = LANDSCAPES["ackley"](), []

    def check():
        calls.append(1)
        if len(calls) == 5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        sweep(landscape, OPTIMIZERS["adam"](), Grid(landscape.domain, 1000, 1000), 1000, check=check)
    assert len(calls) == 5


class Lazy:
    """A client that does what it is given when it is asked to."""

    def __init__(self):
        self.given, self.futures = [], []

    def submit(self, function, *arguments):
        future = Future()
        self.given.append((function, *arguments))
        self.futures.append(future)
        return future

    def work(self):
        for future, (function, *arguments) in zip(self.futures, self.given, strict=True):
            if not future.done():
                future.set_result(pickle.loads(pickle.dumps(function(*pickle.loads(pickle.dumps(arguments))))))


@pytest.mark.long
def test_a_client_is_given_names_and_numbers_and_gives_the_same_map():
    surfaces = {
        "catalogue": LANDSCAPES["rosenbrock"](b=30.0),
        "typed": formula("x**2 + a*y**4 + x*y", parameters={"a": 2.0}, domain=((-2, 2), (-1, 1))),
    }
    cosine = SCHEDULES["cosine"](0.3, steps=60)
    rates = np.geomspace(1e-4, 1e-1, 17_000)
    for landscape in surfaces.values():
        for optimizer in (OPTIMIZERS["momentum"](0.001), OPTIMIZERS["adam"](cosine), OPTIMIZERS["momentum"](rates)):
            grid = Grid(landscape.domain, 170, 100)
            client = Lazy()
            tiles = sweep_in_tiles(landscape, optimizer, grid, 60, client=client, check=client.work)
            parts = sorted(tiles, key=lambda tile: tile.first)
            assert [tile.first for tile in parts] == [0, 16384]
            whole = [np.concatenate(part, axis=-1) for part in zip(*(tile.outcomes for tile in parts), strict=True)]
            assert same(whole, sweep(landscape, optimizer, grid, 60))
            rate = optimizer.made.numbers["learning_rate"]
            if rate is not rates:
                sizes = [len(pickle.dumps(given[1:])) for given in client.given]
                assert max(sizes) < (1200 if callable(rate) else 300)


def test_closing_a_sweep_cancels_what_a_client_has_not_begun():
    landscape, client = LANDSCAPES["himmelblau"](), Lazy()

    def first():
        if not client.futures[0].done():
            function, *arguments = client.given[0]
            client.futures[0].set_result(function(*arguments))

    tiles = sweep_in_tiles(
        landscape, OPTIMIZERS["momentum"](), Grid(landscape.domain, 512, 512), 5, client=client, check=first
    )
    next(tiles)
    tiles.close()
    assert len(client.futures) == 16
    assert all(future.cancelled() for future in client.futures[1:])


@pytest.mark.long
def test_a_pool_that_loses_a_worker_gives_the_whole_map():
    landscape, optimizer = LANDSCAPES["himmelblau"](), OPTIMIZERS["momentum"](0.01)
    grid = Grid(landscape.domain, 160, 160)
    with Pool(2) as pool:
        pool.submit(os.getpid).result()
        tiles = sweep_in_tiles(landscape, optimizer, grid, 300, client=pool)
        parts = [next(tiles)]
        os.kill(pool.submit(os.getpid).result(), signal.SIGKILL)
        parts += list(tiles)
        again = sweep(landscape, optimizer, Grid(landscape.domain, 40, 40), 300, client=pool)
    parts.sort(key=lambda tile: tile.first)
    whole = [np.concatenate(part, axis=-1) for part in zip(*(tile.outcomes for tile in parts), strict=True)]
    assert same(whole, sweep(landscape, optimizer, grid, 300))
    assert same(again, sweep(landscape, optimizer, Grid(landscape.domain, 40, 40), 300))


def test_a_script_that_begins_while_something_is_submitted_stays_the_main_one(monkeypatch):
    later = ModuleType("__main__")
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # put back in the end
    monkeypatch.setattr(ProcessPoolExecutor, "submit", lambda *_: sys.modules.update({"__main__": later}))
    with Pool(1) as pool:
        pool.submit(int)
    assert sys.modules["__main__"] is later


POOL = """
import os, sys
from optimizers import Pool
pool = Pool(1)
print(pool.submit(os.getpid).result(), flush=True)
sys.stdin.read()
"""


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux tells when a process that is no child has ended")
def test_the_processes_of_a_pool_end_with_the_one_that_made_it():
    with subprocess.Popen([sys.executable, "-c", POOL], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as maker:
        ended = select.poll()
        ended.register(os.pidfd_open(int(maker.stdout.readline())), select.POLLIN)
        assert not ended.poll(0)
        maker.kill()
        assert ended.poll(60_000)


def test_memory_does_not_grow_with_the_map():
    landscape, optimizer = LANDSCAPES["himmelblau"](), OPTIMIZERS["momentum"](0.01)

    def beyond(size):
        tracemalloc.start()
        found = sweep(landscape, optimizer, Grid(landscape.domain, size, size), 30)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak - sum(part.nbytes for part in found)

    beyond(8)
    small, large = beyond(128), beyond(320)
    assert large < 32 * 2**20
    assert large < 1.2 * small
