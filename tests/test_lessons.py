"""The course: each question has the one answer that its runs give, each task can be solved, each clause is true."""

from dataclasses import replace
from functools import cache
from itertools import product
from urllib.parse import parse_qs

import numpy as np
import pytest
from visitor import drawn, opened, press, said

from course import LESSONS, LETTERS
from course.lessons import (
    activations,
    classification_losses,
    convex,
    depth,
    early_stopping,
    flat_and_sharp,
    leaving_a_saddle,
    many_dimensions,
    model_bias,
    normalisation,
    outlier,
    scaling,
    skip_connections,
    softmax,
    training_and_test,
)
from optimizers import OPTIMIZERS, descend, verdict
from pages.data_parts.compute import batch_runs
from pages.data_parts.link import read
from pages.lessons_parts.choices import SCHEMA, knobs, picture_of
from pages.lessons_parts.own_list import Item, item
from pages.lessons_parts.picture import rows
from pages.lessons_parts.progress import known
from pages.lessons_parts.watch import at_first, watch
from pages.lessons_parts.ways import ADDRESSES
from pages.networks_parts import model_bias as model_bias_page
from pages.shared.state import plain

every_lesson = pytest.mark.parametrize("name", LESSONS)
LONGEST = {"depth", "model-bias"}  # whose networks are trained for them
every_lesson_the_longest_apart = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long) if name in LONGEST else name for name in LESSONS]
)
RIGHT = {
    "loss-surface": "none",
    "learning-rate": "across",
    "critical-points": "middle",
    "eigenvalues": "one-of-each",
    "leaving-a-saddle": "along",
    "convex": "middle",
    "batches-and-noise": "minimum",
    "batch-size": "64",
    "flat-and-sharp": "flat",
    "over-fitting": "corner",
    "training-and-test": "between",
    "valley": "large",
    "momentum": "far",
    "memory": "long",
    "adagrad": "adagrad",
    "rmsprop": "rmsprop",
    "adam": "long",
    "history": "adagrad",
    "outlier": "momentum",
    "decay": "falling",
    "warm-up": "warmed",
    "first-steps": "adam",
    "softmax": "equal",
    "classification-losses": "cross-entropy",
    "scaling": "large",
    "normalisation": "22",
    "many-dimensions": "thousandth",
    "activations": "relu",
    "skip-connections": "nothing",
    "model-bias": "falls",
    "depth": "30",
    "which-optimizer": "momentum",
}
SOLVED = {  # what is turned to solve each task
    "loss-surface": {"start": "0.5~4"},
    "learning-rate": {"knobs": "learning_rate~2"},
    "critical-points": {"start": "-1.5~0.001"},
    "eigenvalues": {"start": "-0.27~-0.92"},
    "leaving-a-saddle": {"knobs": "learning_rate~0.25"},
    "convex": {"knobs": "t~1.7"},
    "batches-and-noise": {"knobs": "noise~0.001"},
    "batch-size": {"knobs": "width~8"},
    "flat-and-sharp": {"knobs": "learning_rate~0.1"},
    "over-fitting": {"knobs": "a~0.1"},
    "training-and-test": {"knobs": "penalty~0.1"},
    "valley": {"knobs": "condition~5~learning_rate~0.3"},
    "momentum": {"knobs": "momentum~0.95"},
    "memory": {"knobs": "momentum~0.8"},
    "adagrad": {"knobs": "angle~45"},
    "rmsprop": {"knobs": "learning_rate~1"},
    "adam": {"knobs": "beta2~0.99"},
    "history": {"knobs": "angle~45"},
    "outlier": {"knobs": "limit~1.5"},
    "decay": {"knobs": "learning_rate~0.02"},
    "warm-up": {"knobs": "warmup~30"},
    "first-steps": {"knobs": "warmup~15"},
    "softmax": {"knobs": "second~4.6"},
    "classification-losses": {"start": "-4~-4"},
    "scaling": {"knobs": "s~1~learning_rate~1"},
    "normalisation": {"knobs": "momentum~0.4~examples~32"},
    "many-dimensions": {"start": "6.3~5"},
    "activations": {"knobs": "weight~2"},
    "skip-connections": {"knobs": "s~0.5"},
    "model-bias": {"knobs": "bias_units~7"},
    "depth": {"knobs": "depth_steps~600"},
    "which-optimizer": {"knobs": "learning_rate~0.5"},
}
UNSOLVED = {  # what is turned and does not
    "loss-surface": {"start": "1.5~2"},
    "learning-rate": {"knobs": "learning_rate~2.1"},
    "critical-points": {"start": "-1~0"},
    "eigenvalues": {"start": "0.0867~2.88"},
    "leaving-a-saddle": {"knobs": "learning_rate~0.11"},
    "convex": {"knobs": "t~1"},
    "batches-and-noise": {"knobs": "noise~0"},
    "batch-size": {"knobs": "width~1"},
    "flat-and-sharp": {"knobs": "learning_rate~0.2"},
    "over-fitting": {"knobs": "a~1"},
    "training-and-test": {"knobs": "penalty~0.01"},
    "valley": {"knobs": "learning_rate~0.0199"},
    "momentum": {"knobs": "momentum~0"},
    "memory": {"knobs": "momentum~0.85"},
    "adagrad": {"knobs": "angle~1"},
    "rmsprop": {"knobs": "learning_rate~0.3"},
    "adam": {"knobs": "beta2~0.9"},
    "history": {"knobs": "angle~5"},
    "outlier": {"knobs": "limit~5"},
    "decay": {"knobs": "learning_rate~0.2"},
    "warm-up": {"knobs": "warmup~10"},
    "first-steps": {"knobs": "warmup~5"},
    "softmax": {"knobs": "second~4"},
    "classification-losses": {"start": "-3~-3"},
    "scaling": {"knobs": "s~1~learning_rate~0.019"},
    "normalisation": {"knobs": "momentum~0.4"},
    "many-dimensions": {"start": "6.35~5"},
    "activations": {"knobs": "weight~1.9"},
    "skip-connections": {"knobs": "s~0.1"},
    "model-bias": {"knobs": "bias_units~8"},
    "depth": {"knobs": "depth_steps~50"},
    "which-optimizer": {"knobs": "learning_rate~1"},
}


@cache
def turned(name, **link):
    """What a lesson sees once its knobs are turned."""
    choices, dropped = SCHEMA.read({"lesson": [name], "answer": [RIGHT[name]], **{k: [v] for k, v in link.items()}})
    assert dropped == []
    assert not choices.untouched
    return watch(LESSONS[name], choices.race).seen


@pytest.mark.parametrize("name", [name for name, lesson in LESSONS.items() if lesson.page == "explore"])
def test_what_a_lesson_sees_is_what_its_runs_come_to(name):
    choices, found = picture_of(name), at_first(name)
    landscape = choices.gradient_noise.on(choices.build())
    for run, picked in zip(found.runs, choices.runs, strict=True):
        rule = picked.build()
        again = descend(landscape, rule, np.array(choices.start), choices.steps)
        np.testing.assert_array_equal(run.positions, again.positions)
        assert run.verdict.kind == verdict(landscape, rule, again).kind


@every_lesson_the_longest_apart
def test_the_runs_themselves_give_the_answer(name):
    lesson = LESSONS[name]
    assert lesson.right(at_first(name)) == RIGHT[name]
    assert 2 <= len(lesson.answers) <= len(LETTERS)
    assert set(lesson.marks) <= set(lesson.answers)


@every_lesson_the_longest_apart
def test_the_task_is_not_solved_at_first_can_be_and_can_be_missed(name):
    task = LESSONS[name].task
    assert not task.solved(at_first(name))
    assert task.solved(turned(name, **SOLVED[name]))
    assert not task.solved(turned(name, **UNSOLVED[name]))
    for found in (at_first(name), turned(name, **SOLVED[name]), turned(name, **UNSOLVED[name])):
        assert "{" not in str(task.now(found))


@pytest.mark.parametrize("rate", ["1e-4", "10", "1000"])
@every_lesson
def test_no_number_of_a_knob_breaks_what_is_said(name, rate):
    if "learning_rate" in knobs(name):
        found = turned(name, knobs=f"learning_rate~{rate}")
        assert str(LESSONS[name].task.now(found))
        assert LESSONS[name].task.solved(found) in (True, False)


@every_lesson
def test_a_lesson_has_a_knob_or_two_or_a_ring_to_drag(name):
    lesson = LESSONS[name]
    assert len(lesson.controls) <= 2
    assert lesson.controls or lesson.drag
    assert lesson.sources
    assert {way.page for way in lesson.ways} <= set(ADDRESSES)


@cache
def answered(name):
    """A lesson that was answered, to look at."""
    return opened("lessons", v="1", lesson=name, answer=RIGHT[name])


def sentences(name):
    return [str(sentence) for sentence in LESSONS[name].happened(at_first(name))]


@every_lesson
def test_a_lesson_reads_in_two_to_four_minutes(name):
    lesson, found = LESSONS[name], at_first(name)
    texts = [lesson.heading, lesson.see, lesson.question, *lesson.answers.values(), *sentences(name)]
    texts += [lesson.task.text, str(lesson.task.now(found)), lesson.remember]
    minutes = len(" ".join(texts).split()) / 80 + 0.5  # read with care, and the picture watched
    assert 2 <= minutes <= 4


def test_loss_surface():
    found = at_first("loss-surface")
    w, b = found.runs[0].end
    best = np.polyfit([1, 2, 3], [3, 5, 6], 1)
    np.testing.assert_allclose([w, b], best, atol=1e-3)
    assert found.runs[0].last_loss == pytest.approx(np.mean((np.polyval(best, [1, 2, 3]) - [3, 5, 6]) ** 2))
    flat = np.linalg.eigh(found.landscape.hessian(best))[1][:, 0]
    assert flat[0] * flat[1] < 0  # a larger slope, a smaller intercept


def test_learning_rate():
    slow, exact, fast = at_first("learning-rate").runs
    np.testing.assert_allclose(slow.positions[0], -1.8 * 0.9 ** np.arange(21))
    np.testing.assert_allclose(fast.positions[0], -1.8 * (-0.8) ** np.arange(21.0), atol=1e-12)
    assert exact.positions[0, 1] == 0


def test_critical_points():
    found = at_first("critical-points")
    run = found.runs[0]
    assert run.verdict.kind == "saddle"
    assert (np.diff(run.loss) < 0).all()
    assert found.curvatures(np.zeros(2)) == (-1.0, 1.0)
    np.testing.assert_array_equal(found.landscape.hessian(np.zeros(2)), np.diag([1.0, -1.0]))


def test_eigenvalues():
    found = at_first("eigenvalues")
    heights = [[point.value for point in found.points(kind)] for kind in ("minimum", "saddle", "maximum")]
    assert list(map(len, heights)) == [4, 4, 1]
    assert max(heights[0]) < min(heights[1]) < max(heights[1]) < heights[2][0]
    assert found.runs[0].verdict.kind == "minimum"
    between = [p.position for p in found.points("minimum") if p.position[1] > 0]
    assert min(p[0] for p in between) < found.start[0] < max(p[0] for p in between)


def test_leaving_a_saddle():
    found = at_first("leaving-a-saddle")
    values, vectors = np.linalg.eigh(found.landscape.hessian(np.zeros(2)))
    np.testing.assert_allclose(values, [-2, 2], atol=1e-12)
    assert abs(vectors[:, 0] @ [1, 1]) == pytest.approx(np.sqrt(2))
    assert leaving_a_saddle.doubling(found.runs[0]) == pytest.approx(np.log(2) / np.log(1.2), rel=0.02)


def test_convex():
    found = at_first("convex")
    (run,) = found.runs
    assert [v.kind for v in run.verdicts].count("minimum") + len(convex.astray(found)) == len(found.starts) == 26
    lost = [v for v in run.verdicts if v.kind != "minimum"]
    assert {v.kind for v in lost} == {"saddle"}  # as is said of them
    for v in lost:
        np.testing.assert_allclose(v.position, [0, 0], atol=1e-6)
    assert all(found.landscape.gradient(np.array(start))[0] == 0 for start in convex.astray(found))
    assert convex.places(found) == len(found.points("minimum")) == 2
    levels = [point.value for point in found.points("minimum")]
    assert levels[0] == pytest.approx(levels[1])  # of equal depth
    test = convex.chord(found)
    assert test.stretches == [pytest.approx((0, 1), abs=1e-9)]
    assert test.loss.max() == pytest.approx(1)
    tilted = turned("convex", knobs="t~1.7")
    assert len(tilted.points("minimum")) == 1
    assert tilted.curvatures(np.zeros(2))[0] < 0  # and still it is not convex


def test_noise():
    found = at_first("batches-and-noise")
    exact = turned("batches-and-noise", knobs="noise~0")
    assert exact.runs[0].verdict.kind == "saddle"
    assert exact.runs[0].last_loss == pytest.approx(1)
    start = np.array(found.start)
    assert np.linalg.norm(found.landscape.gradient(start)) > 30 * found.noise
    assert abs(np.prod(found.runs[0].end) - 1) < 0.02


def test_batch_size():
    found = at_first("batch-size")
    assert [run.numbers["seconds"] for run in found.runs] == pytest.approx([1.0] * 3)
    assert [run.numbers["updates"] for run in found.runs] == [100] * 3
    assert [run.numbers["epochs"] for run in found.runs] == pytest.approx([100 / 64, 100 / 8, 100])
    everything = found.runs[2].positions
    np.testing.assert_allclose(everything, [2 * 0.9 ** np.arange(101.0), 2 * 0.6 ** np.arange(101.0)], atol=1e-12)
    alone = turned("batch-size", knobs="width~1")
    assert alone.runs[0].last_loss == min(run.last_loss for run in alone.runs)  # a single example wins there
    by_epochs = read(parse_qs("v=1&" + LESSONS["batch-size"].picture.replace("seconds", "epochs")))[0]
    one, eight, all_of_them = (race.loss[-1] for race in batch_runs(replace(by_epochs, steps=640)))
    assert eight < one < all_of_them


def test_flat_and_sharp():
    found = at_first("flat-and-sharp")
    small, large = found.runs
    assert flat_and_sharp.well(found, small) == "sharp"
    steep, gentle = (found.curvatures(run.end)[1] for run in found.runs)
    assert small.rate < 2 / steep < large.rate < 2 / gentle
    assert small.last_loss < large.last_loss
    assert flat_and_sharp.shifted_loss(found, small) > flat_and_sharp.shifted_loss(found, large)


def test_valley():
    found = at_first("valley")
    large, small = found.runs
    floor, walls = found.curvatures(np.zeros(2))
    assert walls / floor == pytest.approx(100)
    assert small.rate < large.rate < 2 / walls
    y = large.positions[1]
    assert (y[1:] * y[:-1] < 0).all()  # zig-zags
    assert (np.abs(small.positions[1, 60:]) < 0.01).all()  # at the floor
    assert small.end[0] < -2.5  # and hardly begun along it


def test_momentum():
    found = at_first("momentum")
    plain_run, heavy = found.runs
    (barrier,) = found.points("saddle")
    assert plain_run.verdict.kind == heavy.verdict.kind == "minimum"
    assert heavy.end[0] < barrier.position[0] < plain_run.end[0] < found.start[0]
    assert heavy.last_loss < plain_run.last_loss < barrier.value
    assert heavy.rate == plain_run.rate


def test_memory():
    none, short, long, longest = at_first("memory").runs
    assert long.arrival < short.arrival
    assert none.arrival is longest.arrival is None
    assert len({run.rate for run in (none, short, long, longest)}) == 1
    weights = [f"{beta**19:.3g}" for beta in (0.9, 0.99)]  # of the first of 20 gradients
    said = sentences("memory")[1]
    assert all(weight in said for weight in weights)
    assert said.endswith("10 updates and 100.")


def test_history():
    found = at_first("history")
    arrivals = [run.arrival for run in found.runs]
    assert arrivals[0] is None
    assert arrivals.index(min(filter(None, arrivals))) == 2
    assert arrivals[5] is not None
    low, high = found.curvatures(np.zeros(2))
    assert high / low == pytest.approx(100)
    assert found.landscape.parameters["angle"] == 0  # along an axis


def test_first_steps():
    found = at_first("first-steps")
    adam, warmed, radam = found.runs
    np.testing.assert_allclose(np.abs(np.diff(adam.positions)[:, 0]), adam.rate, rtol=1e-4)
    assert adam.loss.max() > 10 * adam.loss[0]
    assert max(warmed.loss.max(), radam.loss.max()) < 1.5 * adam.loss[0]
    assert warmed.rate == radam.rate == adam.rate
    assert found.points("minimum")[0].value < adam.loss[0] < 0.01


def test_rmsprop():
    tired, fresh = at_first("rmsprop").runs
    np.testing.assert_allclose(tired.positions[:, 1], fresh.positions[:, 1], rtol=1e-6)
    assert tired.gradient_norm[0] > 5 * tired.gradient_norm[-1]  # a steep start and then gentle ground


def test_outlier():
    found = at_first("outlier")
    assert (found.outlier.size, found.outlier.update) == (20.0, 30)
    before = [float(np.hypot(*run.positions[:, 29])) for run in found.runs]
    assert max(before) < 0.4  # nearly at the minimum
    descent, rolling, adam, clipped = found.runs
    usual = float(np.hypot(*found.landscape.gradient(descent.positions[:, 29])))
    assert outlier.jump(found, descent) == pytest.approx(0.1 * 20, abs=0.1 * usual)
    assert outlier.jump(found, clipped) == pytest.approx(0.1 * 1.0, rel=1e-6)
    assert outlier.jump(found, descent) == max(outlier.jump(found, run) for run in found.runs)
    assert outlier.farthest(found, rolling)[0] > 3 * outlier.jump(found, rolling)
    assert outlier.farthest(found, rolling)[1] > 30
    back = [outlier.back(found, run) for run in found.runs]
    assert sorted(back) == [back[3], back[0], back[2], back[1]]
    assert back[1] < 120
    assert rolling.loss[back[1] - 1] >= 0.01 > rolling.loss[back[1] :].max()
    assert clipped.loss[30:].max() < 0.01  # as is said of it
    filled = adam.positions[:, 30] - adam.positions[:, 29]
    assert np.abs(filled).max() < adam.rate  # no coordinate goes farther than Adam's first step
    assert outlier.farthest(found, adam)[0] > 5 * outlier.jump(found, adam)
    unclipped, tight = (turned("outlier", knobs=f"limit~{limit}").runs[3] for limit in (100, 0.3))
    assert tight.arrival > clipped.arrival  # a low limit slows the way down
    assert unclipped.arrival > clipped.arrival
    np.testing.assert_array_equal(unclipped.positions, descent.positions)


def test_warm_up():
    plain_run, warmed = at_first("warm-up").runs
    assert plain_run.verdict.kind == "diverged"
    assert plain_run.rate == warmed.rate
    assert any("7.09" in sentence and "step 4" in sentence for sentence in sentences("warm-up"))


def test_classification_losses():
    found = at_first("classification-losses")
    run = found.runs[0]
    x, y = -6.0, -6.0
    for _ in range(60):  # each logit goes its own way
        p, q = 1 / (1 + np.exp(-x)), 1 / (1 + np.exp(-y))
        x, y = x + (1 - p), y + 2 * (1 - q) * q * (1 - q)
    np.testing.assert_allclose(run.end, [x, y])
    for z in (-6.0, -3.0):
        p = 1 / (1 + np.exp(-z))
        together = -np.log(p) + (p - 1) ** 2
        assert found.landscape.value(np.array([z, z])) == pytest.approx(together)
    entropy, squared = classification_losses.slopes(found)
    worse = np.abs(found.landscape.gradient(np.array([-8.0, -8.0])))
    assert entropy < worse[0]  # the worse the answer, the stronger it pulls
    assert squared > worse[1]  # and lets go


def test_scaling():
    found = at_first("scaling")
    signs = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]], dtype=float)
    inputs, target = signs * [1, 10], signs @ [1, 10]  # a target with best weights 1 and 1
    for place in ([0.3, -0.7], [1.0, 1.0], [-2.0, 3.0]):
        error = np.mean((inputs @ place - target) ** 2) / 2
        assert found.landscape.value(np.array(place)) == pytest.approx(error)
    np.testing.assert_allclose(found.curvatures(np.ones(2)), inputs.std(axis=0) ** 2)
    scaled = inputs / inputs.std(axis=0)
    np.testing.assert_allclose(scaled.T @ scaled / 4, np.eye(2), atol=1e-12)
    run = found.runs[0]
    steps = np.arange(101)
    np.testing.assert_allclose(run.positions[0] - 1, -3 * (1 - 0.019) ** steps)
    np.testing.assert_allclose(run.positions[1] - 1, -1.5 * (1 - 1.9) ** steps, atol=1e-12)
    assert scaling.firsts(found) == [None, 26]


def test_early_stopping():
    found = at_first("over-fitting")
    run, tests = found.runs[0], early_stopping.loss_on_other_data(found.runs[0].positions)
    assert (np.diff(run.loss) < 0).all()
    at = early_stopping.best(found)
    assert (np.diff(tests[: at + 1]) < 0).all()
    assert (np.diff(tests[at:]) > 0).all()
    assert tests[-1] > 50 * tests[at]
    shifted = found.landscape.value(run.positions + np.array([[0.0], [1.5]]))  # the same bowl, moved
    np.testing.assert_allclose(tests, shifted, atol=1e-12)
    low, high = found.curvatures(run.end)
    assert (low, high) == pytest.approx((early_stopping.WEAK, 1.0))
    penalised = turned("over-fitting", knobs="a~0.1")
    np.testing.assert_allclose(penalised.runs[0].end, [1 / 1.1, 0.03 * 1.5 / 0.13], atol=1e-6)


def test_many_dimensions():
    found = at_first("many-dimensions")
    assert found.found.complete
    counts = [len(found.points(kind)) for kind in ("minimum", "saddle", "maximum")]
    assert counts == [4, 8, 4]
    low = [sum(signs.count(-1) == 0 for signs in product((-1, 1), repeat=n)) / 2**n for n in (2, 10)]
    assert [many_dimensions.share(found, n) for n in (2, 10)] == pytest.approx(low)
    assert found.runs[0].verdict.kind == "minimum"
    saddles = [point.position for point in found.points("saddle")]
    assert min(np.hypot(*(found.runs[0].positions.T - saddle).T).min() for saddle in saddles) < 1  # it slides past one


def test_skip_connections():
    found = at_first("skip-connections")
    run, w = found.runs[0], np.array(found.start)
    assert run.loss[0] == pytest.approx((2 - w[0] * w[1] * w[0]) ** 2)
    slopes = -2 * (2 - w[0] ** 2 * w[1]) * np.array([2 * w[0] * w[1], w[0] ** 2])
    assert run.gradient_norm[0] == pytest.approx(np.linalg.norm(slopes))
    assert run.loss[40] > 0.99 * run.loss[0]
    assert run.last_loss < 1e-9
    with_skips = turned("skip-connections", knobs="s~1").runs[0].loss
    np.testing.assert_allclose(skip_connections.with_skips(found), with_skips[:11], rtol=1e-9, atol=1e-15)
    assert with_skips[5] < 1e-6


def test_which_optimizer():
    arrivals = [run.arrival for run in at_first("which-optimizer").runs]
    assert arrivals[0] is None
    assert arrivals[3] is None
    assert arrivals[1] < arrivals[2]
    choices = picture_of("which-optimizer")

    def kinds(rule, *rates):
        rules = [OPTIMIZERS[rule](learning_rate=rate) for rate in rates]
        runs = [descend(choices.build(), each, np.array(choices.start), choices.steps) for each in rules]
        return [verdict(choices.build(), *each).kind for each in zip(rules, runs, strict=True)]

    assert "diverged" not in kinds("adam", 0.03, 0.3, 1.0)  # it forgives the rate
    assert kinds("momentum", 0.003, 0.03) == ["minimum", "diverged"]


def test_softmax():
    found = at_first("softmax")
    for temperature, row in zip(found.curves["temperatures"], found.curves["over temperature"].T, strict=True):
        powers = np.exp((np.array([2.0, 1.0, 0.0]) - 2.0) / temperature)
        np.testing.assert_allclose(row, powers / powers.sum(), rtol=1e-12)
    assert (np.diff(found.curves["over temperature"], axis=0) < 0).all()  # their order stays
    p = np.exp([2.0, 1.0, 0.0]) / np.exp([2.0, 1.0, 0.0]).sum()
    assert found.numbers["loss"] == pytest.approx(-np.log(p[1]))
    np.testing.assert_allclose(found.curves["gradient"], p - [0, 1, 0])
    assert found.curves["gradient"][1] < 0 < min(found.curves["gradient"][[0, 2]])
    warm = turned("softmax", knobs="temperature~10")  # no temperature alone is enough for the task
    assert warm.numbers["loss"] == pytest.approx(np.log(3), abs=0.01)
    assert found.numbers["loss"] > warm.numbers["loss"] > softmax.CHEAP


def test_training_and_test():
    found = at_first("training-and-test")
    training, test, at = found.curves["training"], found.curves["test"], training_and_test.best(found)
    assert (np.diff(training) < 1e-12).all()
    assert 0 < at < test.size - 1
    assert found.curves["updates"][at] < found.curves["updates"][-1] / 10_000  # long before the end
    assert test[-1] > 10 * test[at]
    assert found.numbers["degree"] + 1 < found.numbers["points"]
    low = turned("training-and-test", knobs="degree~3")  # the true curve is smooth
    assert low.numbers["test loss"] < found.numbers["test loss"] / 10


def test_normalisation():
    found = at_first("normalisation")
    count = normalisation.updates_until(found)
    assert 0.9**count < 0.1 < 0.9 ** (count - 1)
    average = 0.0
    for own, there in zip(found.curves["batch mean"], found.curves["mean"][1:], strict=True):
        average = 0.9 * average + 0.1 * own
        assert there == pytest.approx(average)
    assert found.numbers["true mean"] == 5
    assert found.curves["mean"][5] < 5 / 2  # mostly its beginning
    batches = [turned("normalisation", knobs=f"momentum~0.4~examples~{count}") for count in (6, 32)]
    assert np.std(batches[1].curves["batch mean"]) < np.std(batches[0].curves["batch mean"])


def test_activations():
    found = at_first("activations")
    h, left = 1.0, 1.0
    for seen in found.curves["sigmoid"]:
        h = 1 / (1 + np.exp(-h))
        left *= h * (1 - h)
        assert seen == pytest.approx(left)
    h, left = 1.0, 1.0
    for seen in found.curves["tanh"]:
        h = np.tanh(h)
        left *= 1 - h**2
        assert seen == pytest.approx(left)
    assert (found.curves["relu"] == 1).all()
    assert activations.last(turned("activations", knobs="weight~2"), "relu") == 2**10
    assert activations.last(turned("activations", knobs="weight~0.9"), "relu") == pytest.approx(0.9**10)


def test_model_bias():
    found = at_first("model-bias")
    loss, straight = found.curves["hard_sigmoid"], found.numbers["straight"]
    examples = model_bias_page.curve()
    line = np.polyfit(examples.inputs[0], examples.targets[0], 1)
    assert straight == pytest.approx(0.5 * np.mean((np.polyval(line, examples.inputs[0]) - examples.targets[0]) ** 2))
    fewest = model_bias.enough(found)
    assert loss[fewest - 1] < straight / 100 <= loss[: fewest - 1].min()
    assert loss[0] < straight  # one bend is already better than none
    shown = model_bias_page.fitted("hard_sigmoid", 0)
    assert shown.losses.shape == (16, 8)  # each dot is one training of eight


@pytest.mark.long
def test_depth():
    found = at_first("depth")
    assert [*found.curves["depths"]] == [2, 5, 10, 20, 30]
    assert found.curves["without"][-1] > 50 * found.curves["without"][0]
    assert found.curves["with"].max() < 2 * found.curves["with"].min()
    assert found.curves["test with"][-1] > 10 * found.curves["with"][-1]  # low on its own examples, high on others
    patient = turned("depth", knobs="depth_steps~600")
    assert depth.end(patient, 20) < depth.WANTED < depth.end(found, 20)
    assert depth.end(patient, 30) > 0.5  # where patience is not enough


def test_a_picture_of_another_page_is_played_and_shows_nothing_of_the_answer_before_it():
    for name in ("softmax", "activations", "normalisation", "training-and-test", "model-bias", "depth"):
        lesson, watched = LESSONS[name], watch(LESSONS[name], picture_of(name))
        before, after = (watched.panels(None, answered) for answered in (False, True))
        assert {each.name for each in before} == {each.name for each in after} - set(lesson.after)
        for panel in before:
            plays = [trace for trace in panel.figure.data if (trace.meta or {}).get("plays")]
            assert plays
            for trace in plays:
                at = trace.meta.get("steps", range(watched.steps + 1))
                assert (at[0], at[-1], len(at)) == (0, watched.steps, len(trace.meta.get("frames", trace.y)))
            still = {trace.name for trace in panel.figure.data if not (trace.meta or {}).get("plays")}
            assert not {"lowest test loss", "least squares"} & still
    units, *_ = watch(LESSONS["model-bias"], picture_of("model-bias")).panels(None, False)
    assert {trace.mode for trace in units.figure.data} == {"lines"}  # and not the dots of all trainings


@every_lesson
def test_a_lesson_asks_first_and_shows_nothing_of_the_answer(name):
    app = opened("lessons", v="1", lesson=name)
    assert said(app) == ""
    shown = [markdown.value for markdown in app.markdown]
    lesson = LESSONS[name]
    assert f"**{plain(lesson.question)}**" in shown
    assert not any(plain(sentence) in shown for sentence in sentences(name))
    assert f'"question": {{"text": "{lesson.question}", "answers": ["A  ' in drawn(app)
    assert '"minimum"' not in drawn(app)
    pressed = [button.label for button in app.button if button.key and f"answer {name}" in button.key]
    assert len(pressed) == len(lesson.answers)


@every_lesson
def test_an_answer_is_said_to_be_right_or_not_stands_in_the_link_and_starts_the_runs(name):
    lesson = LESSONS[name]
    for letter, (answer, text) in zip(LETTERS, lesson.answers.items(), strict=False):
        app = opened("lessons", v="1", lesson=name)
        press(app, f"{letter}  {plain(text)}")
        shown = [markdown.value for markdown in app.markdown]
        assert app.query_params["answer"] == answer
        assert ("**That is right.**" in shown) == (answer == RIGHT[name])
        assert all(plain(sentence) in shown for sentence in sentences(name))
        assert plain(lesson.remember) in shown
        assert '"question"' not in drawn(app)


@every_lesson
def test_a_solved_task_is_said_to_be_and_a_link_opens_it(name):
    solved = opened("lessons", v="1", lesson=name, answer=RIGHT[name], **SOLVED[name])
    assert "**✓ Solved.**" not in [markdown.value for markdown in answered(name).markdown]
    assert "**✓ Solved.**" in [markdown.value for markdown in solved.markdown]


@every_lesson
def test_rows_name_panels_that_are_there(name):
    shown = drawn(answered(name))
    for row in rows(LESSONS[name], True):
        assert all(part == "play" or f'"{part}": {{"alt"' in shown for part in row)


def test_to_ask_again_takes_the_answer_away_and_undo_brings_it_back():
    app = opened("lessons", v="1", lesson="momentum", answer="far")
    press(app, "Ask again")
    assert "answer" not in app.query_params
    press(app, "Undo")
    assert app.query_params["answer"] == "far"


def test_a_lesson_or_an_answer_that_there_is_not_is_said():
    app = opened("lessons", v="1", lesson="momentun")
    assert "momentum" in said(app)
    assert "far" in said(opened("lessons", v="1", lesson="momentum", answer="up"))


@pytest.mark.parametrize("page", ["explore", "curvature", "step_by_step", "maps", "data", "networks"])
def test_the_way_to_every_page_opens_the_same_picture(page):
    name = next(name for name, lesson in LESSONS.items() if page in {way.page for way in lesson.ways})
    app = opened("lessons", v="1", lesson=name, answer=RIGHT[name])
    button, *_ = [button for button in app.button if button.key and button.key.startswith(f"way {page}")]
    button.click().run()
    assert not app.exception
    assert said(app) == ""
    if page not in ("data", "networks"):
        assert app.session_state["choices"].where == picture_of(name).where
        assert app.session_state["choices"].runs == picture_of(name).runs


@pytest.mark.parametrize(("name", "page"), [("softmax", "data"), ("depth", "networks")])
def test_a_picture_of_another_page_opens_there_as_its_knobs_stand(name, page):
    app = opened("lessons", v="1", lesson=name, answer=RIGHT[name], **SOLVED[name])
    app.button(key=f"way {page}").click().run()
    assert not app.exception
    there = {key: app.query_params[key] for key in ("part", "logits", "depth_steps") if key in app.query_params}
    own = {
        "softmax": {"part": ["softmax"], "logits": ["second~4.6"]},
        "depth": {"part": ["depth"], "depth_steps": ["600"]},
    }
    assert {key: [part] if isinstance(part, str) else part for key, part in there.items()} == own[name]


def test_a_list_of_ones_own_has_lessons_and_links_and_nothing_else():
    own = "My saddle~explore~v=1&landscape=saddle&run=newton"
    app = opened("lessons", v="1", lesson="valley", item=["valley", own, "atlantis"])
    assert "atlantis" in said(app)
    cards = [link.proto.query_string for link in app.get("page_link")]
    assert len(cards) == 1
    assert cards[0].count("item=") == 2
    press(app, "2  My saddle")
    assert app.session_state["choices"].landscape == "saddle"
    assert [run.optimizer for run in app.session_state["choices"].runs] == ["newton"]


@pytest.mark.parametrize("text", ["x~explore", "~explore~v=1", "x~menu~v=1", "x~https://example.org~v=1", "y" * 99])
def test_what_is_no_part_of_a_list_is_none(text):
    assert item(text) is None


def test_a_list_is_written_as_it_is_read():
    items = (Item(lesson="adam"), Item(title="Mine", page="maps", query="v=1&map=knob"))
    assert tuple(item(each.written()) for each in items) == items


def test_what_the_browser_kept_is_looked_at():
    assert known({"momentum": "far", "momentum task": "x", "place": "<b>", "valley": ""}) == {"momentum": "far"}


def test_a_task_that_was_solved_is_kept():
    app = opened("lessons", v="1", lesson="adam", answer="long", **SOLVED["adam"])
    assert app.session_state["course progress"] == {"adam": "long", "adam task": "solved", "place": "adam"}
