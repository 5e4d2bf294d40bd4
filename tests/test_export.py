"""A run that was taken away is the run that was seen: its Python, in a process of its own."""

import ast
import csv
import importlib.util
import io
import json
import subprocess
import sys

import numpy as np
import pytest

from landscapes import LANDSCAPES, NOISE_MODELS, Noise, Outlier, formula, knobs
from optimizers import (
    OPTIMIZERS,
    RULES,
    SCHEDULES,
    Clipping,
    Recipe,
    clipped,
    descend,
    run_as_numpy,
    run_as_torch,
)
from words import languages, speaking

STEPS = 25
TORCH = importlib.util.find_spec("torch") is not None
ROUGH_TEXT = "abs(x) + relu(y - 0.1)**2 + sqrt(x**2 + y**2) + sigmoid(x*y) + exp(-x**2)*sin(3*y) + abs(y)**2.5"
# Runs each script alone and reports what it printed.
RUNNER = """
import contextlib, io, json, runpy, sys
printed = {}
for path in sys.argv[1:]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        runpy.run_path(path)
    printed[path] = out.getvalue()
print(json.dumps(printed))
"""


def numbers_of(factory, **turned):
    return {name: knob.default for name, knob in knobs(factory).items()} | turned


def recipe(name, landscape, schedule=None, steps=STEPS, starts=(), warmup=0, **turned):
    plan = SCHEDULES[schedule] if schedule else None
    plan_numbers = numbers_of(plan) if plan else {}
    starts = starts or [landscape.start]
    return Recipe(RULES[name], numbers_of(OPTIMIZERS[name], **turned), starts, steps, plan, plan_numbers, warmup)


def ran(landscape, it):
    numbers = dict(it.numbers)
    if it.plan is not None:
        rate = it.plan(**it.plan_numbers)
        numbers["learning_rate"] = SCHEDULES["warmup"](rate, it.warmup) if it.warmup else rate
    optimizer = clipped(it.rule.factory(**numbers), it.clipping)
    return descend(landscape, optimizer, np.array(it.starts).T, it.steps).positions.T


def printed(scripts, folder):
    """What each script prints when it is run where nothing of ours can be imported."""
    paths = [folder / f"script_{i}.py" for i in range(len(scripts))]
    for path, script in zip(paths, scripts, strict=True):
        path.write_text(script, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-c", RUNNER, *map(str, paths)], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    outputs = json.loads(done.stdout)
    return [list(csv.DictReader(io.StringIO(outputs[str(path)]))) for path in paths]


def compare(pairs, folder, write=run_as_numpy, tolerance=1e-9):
    """The scripts' trajectories are those of `descend`, to the step at which they end."""
    tables = printed([write(landscape, it) for landscape, it in pairs], folder)
    for (landscape, it), table in zip(pairs, tables, strict=True):
        positions = ran(landscape, it)
        known = np.isfinite(positions).all(axis=-1)
        counted = np.argwhere(known) + np.array([1, 0])  # starts from 1, steps from 0
        np.testing.assert_array_equal([(int(row["start"]), int(row["step"])) for row in table], counted)
        points = np.array([[float(row[axis]) for axis in landscape.axes] for row in table])
        seen = positions[known]
        np.testing.assert_allclose(points, seen, rtol=tolerance, atol=tolerance, err_msg=f"{landscape.name} {it}")
        losses = [float(row["loss"]) for row in table]
        np.testing.assert_allclose(losses, landscape.value(seen.T), rtol=1e-9, atol=1e-9)


def test_every_optimizer_in_numpy_makes_the_same_trajectory(tmp_path):
    landscapes = [LANDSCAPES["rosenbrock"](b=50.0), formula("a*x**2 + cosh(y) + x*y", parameters={"a": 2.5})]
    compare([(landscape, recipe(name, landscape)) for name in OPTIMIZERS for landscape in landscapes], tmp_path)


def test_every_schedule_in_numpy_makes_the_same_trajectory(tmp_path):
    landscape = LANDSCAPES["himmelblau"]()
    compare([(landscape, recipe("adam", landscape, schedule, steps=60)) for schedule in SCHEDULES], tmp_path)


def test_every_schedule_after_a_warm_up_in_numpy_makes_the_same_trajectory(tmp_path):
    landscape = LANDSCAPES["himmelblau"]()
    compare([(landscape, recipe("adam", landscape, name, steps=60, warmup=15)) for name in SCHEDULES], tmp_path)


def test_every_landscape_in_numpy_makes_the_same_trajectory(tmp_path):
    landscapes = [factory() for factory in LANDSCAPES.values()]
    landscapes += [formula(ROUGH_TEXT), formula("7"), formula("x"), formula("1/x + log(y + 3)", start=(0.5, 0.5))]
    compare([(it, recipe(name, it)) for it in landscapes for name in ("momentum", "newton")], tmp_path)


def test_a_script_begins_from_every_start(tmp_path):
    landscape = LANDSCAPES["rosenbrock"]()
    starts = [(-1.2, 1.0), (1.5, -0.5), (0.0, 3.0)]
    names = [("adam", None), ("lbfgs", None), ("nelder_mead", None), ("adam", "reduce_on_plateau")]
    compare([(landscape, recipe(name, landscape, plan, starts=starts)) for name, plan in names], tmp_path)
    it = recipe("gradient_descent", landscape, starts=starts, learning_rate=0.004)
    assert len(set(np.isfinite(ran(landscape, it)[..., 0]).sum(axis=1).tolist())) > 1  # they leave one by one
    compare([(landscape, it)], tmp_path)


@pytest.mark.parametrize("kind", NOISE_MODELS)
@pytest.mark.parametrize("rule", ["adam", "nesterov", "lbfgs"])
def test_noise_goes_along_draw_by_draw(tmp_path, kind, rule):
    landscape, noise = LANDSCAPES["himmelblau"](), Noise(0.5, 7, NOISE_MODELS[kind])
    it = recipe(rule, landscape)._replace(noise=noise)
    (table,) = printed([run_as_numpy(landscape, it)], tmp_path)
    positions = ran(noise.on(landscape), it)
    np.testing.assert_allclose(
        [[float(row[axis]) for axis in landscape.axes] for row in table], positions[0], rtol=1e-9
    )
    assert not np.allclose(positions, ran(landscape, it))
    assert run_as_torch(landscape, it) is None


CLIPPED = [Clipping("norm", 3.0), Clipping("value", 2.5)]


def test_clipped_gradients_and_an_outlier_go_along(tmp_path):
    landscape, outlier = LANDSCAPES["himmelblau"](), Outlier(300.0, 5, 60.0)
    noises = [Noise(), Noise(outlier=outlier), Noise(0.5, 7, outlier=outlier)]
    recipes = [
        recipe(rule, landscape)._replace(noise=noise, clipping=clipping)
        for rule in ("momentum", "sam")
        for noise in noises
        for clipping in (None, *CLIPPED)
    ]
    tables = printed([run_as_numpy(landscape, it) for it in recipes], tmp_path)
    ends: dict[str, set[object]] = {}
    for it, table in zip(recipes, tables, strict=True):
        positions = ran(it.noise.on(landscape), it)[0]
        known = np.isfinite(positions).all(axis=1)
        np.testing.assert_allclose(
            [[float(row[axis]) for axis in landscape.axes] for row in table],
            positions[known],
            rtol=1e-9,
            err_msg=str(it),
        )
        ends.setdefault(f"{it.rule.name} {it.noise}", set()).add(tuple(positions[6]))
        assert (run_as_torch(landscape, it) is None) == (it.noise != Noise() or it.rule.name == "SAM")
    assert {len(found) for found in ends.values()} == {3}  # each clipping makes a difference


def test_in_pytorch_gradients_are_clipped_by_its_own_functions_before_the_step():
    landscape = LANDSCAPES["himmelblau"]()
    for clipping in CLIPPED:
        script = run_as_torch(landscape, recipe("adam", landscape)._replace(clipping=clipping))
        tree = ast.parse(script)
        (loss,) = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == "loss"]
        calls = [ast.unparse(statement) for statement in loss.body]
        clip = f"torch.nn.utils.clip_grad_{clipping.by}_([p], {clipping.limit})"
        assert calls[-3:] == ["f.backward()", clip, "return f"]
        said = f"Clipped by {clipping.by}: {clipping.rule.bound.format(limit=clipping.limit)}."
        assert script.splitlines()[0].endswith(said)


@pytest.mark.skipif(not TORCH, reason="PyTorch is not installed")
def test_clipped_gradients_make_the_same_trajectory_in_pytorch(tmp_path):
    landscape = LANDSCAPES["himmelblau"]()
    pairs = [
        (landscape, recipe(rule, landscape)._replace(clipping=clipping))
        for rule in ("gradient_descent", "adam", "nesterov")
        for clipping in CLIPPED
    ]
    compare(pairs, tmp_path, run_as_torch)


def test_a_script_ends_where_its_run_diverged(tmp_path):
    landscape = LANDSCAPES["rosenbrock"]()
    it = recipe("gradient_descent", landscape, learning_rate=0.1)
    (table,) = printed([run_as_numpy(landscape, it)], tmp_path)
    assert len(table) == int(np.isfinite(ran(landscape, it)).all(axis=-1).sum()) < STEPS


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_script_names_every_number_of_its_run(name):
    landscape = LANDSCAPES["rosenbrock"](b=37.5)
    it = recipe(name, landscape, starts=[(-1.25, 0.75)])
    script = run_as_numpy(landscape, it)
    (call,) = [
        node
        for node in ast.walk(ast.parse(script))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]
    assert {argument.arg: ast.literal_eval(argument.value) for argument in call.keywords} == it.numbers
    assert "np.float64(37.5)" in script
    assert "[-1.25, 0.75]" in script


def test_scripts_of_one_rule_are_told_apart_by_their_first_line():
    rule, landscape = RULES["gradient_descent"], LANDSCAPES["rosenbrock"]()
    recipes = [Recipe(rule, {"learning_rate": rate}, [(0.0, 1.0)], 5) for rate in (0.1, 1.0)]
    recipes.append(recipes[0]._replace(plan=SCHEDULES["cosine"], plan_numbers={"start": 0.1, "steps": 5, "end": 0.0}))
    first = [run_as_numpy(landscape, recipe).lstrip().splitlines()[0] for recipe in recipes]
    assert first == [
        f'"""Rosenbrock: 5 steps of gradient_descent(learning_rate={rate}) from (0.0, 1.0).{schedule}'
        for rate, schedule in ((0.1, ""), (1.0, ""), (0.1, " The learning rate follows the schedule cosine."))
    ]


def test_a_script_says_what_it_is_in_the_visitors_language_and_does_the_same():
    landscape = LANDSCAPES["rosenbrock"]()
    clipped = recipe("adam", landscape)._replace(clipping=Clipping("norm", 2.0))
    scripts = {}
    for code in languages():
        with speaking(code):
            scripts[code] = run_as_numpy(landscape, clipped)
    assert "。" in ast.get_docstring(ast.parse(scripts["zh-Hant"]))
    assert "。" not in scripts["en"]
    same = [ast.dump(ast.Module(ast.parse(script).body[1:], [])) for script in scripts.values()]
    assert len(set(same)) == 1  # all but the words at its top and its remarks


def test_nothing_that_a_person_typed_is_in_a_script():
    landscape = formula("secret*x**2 + y**2", parameters={"secret": 3.0})
    script = run_as_numpy(landscape, recipe("adam", landscape))
    assert "secret" not in script
    assert "np.float64(3.0)" in script


def test_a_landscape_without_a_formula_has_no_script():
    landscape = LANDSCAPES["rosenbrock"]()
    measured = type(landscape)(**{**landscape.__dict__, "program": None})
    with pytest.raises(ValueError, match="Rosenbrock has no formula"):
        run_as_numpy(measured, recipe("adam", landscape))


BY_LOSS = ("reduce_on_plateau", "reduce_on_plateau_absolute")  # schedules that look at the loss
IN_TORCH = {
    "gradient_descent": "SGD",
    "momentum": "SGD",
    "nesterov": "SGD",
    "adagrad": "Adagrad",
    "adadelta": "Adadelta",
    "rmsprop": "RMSprop",
    "rmsprop_centred": "RMSprop",
    "adam": "Adam",
    "amsgrad": "Adam",
    "adamax": "Adamax",
    "nadam": "NAdam",
    "radam": "RAdam",
    "adamw": "AdamW",
    "adam_l2": "Adam",
    "rprop": "Rprop",
    "lbfgs": "LBFGS",
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_pytorch_is_offered_where_it_has_the_rule_and_only_there(name):
    landscape = LANDSCAPES["himmelblau"]()
    script = run_as_torch(landscape, recipe(name, landscape))
    assert (script is not None) == (name in IN_TORCH)
    if script is not None:
        ast.parse(script)
        assert f"torch.optim.{IN_TORCH[name]}([p], lr=" in script
        assert "numpy" not in script.lower()


def test_what_pytorch_does_otherwise_is_not_offered():
    landscape = LANDSCAPES["himmelblau"]()
    assert run_as_torch(landscape, recipe("momentum", landscape, momentum=0.0, dampening=0.5)) is None
    for schedule in BY_LOSS:
        assert run_as_torch(landscape, recipe("adam", landscape, schedule)) is None
    assert "nesterov" not in run_as_torch(landscape, recipe("nesterov", landscape, momentum=0.0)).split("# The run.")[1]


@pytest.mark.skipif(not TORCH, reason="PyTorch is not installed")
def test_every_rule_that_pytorch_has_makes_the_same_trajectory_there(tmp_path):
    rosenbrock, himmelblau = LANDSCAPES["rosenbrock"](), LANDSCAPES["himmelblau"]()
    pairs = [(rosenbrock, recipe(name, rosenbrock)) for name in IN_TORCH]
    pairs += [(himmelblau, recipe("momentum", himmelblau, momentum=0.8, dampening=0.3))]
    pairs += [(himmelblau, recipe("adam", himmelblau, schedule)) for schedule in SCHEDULES if schedule not in BY_LOSS]
    pairs += [(himmelblau, recipe("adamw", himmelblau, "cosine", warmup=10))]
    starts = [(2.5, 2.5), (3.4, 1.6)]
    pairs += [(himmelblau, recipe(name, himmelblau, starts=starts)) for name in ("adam", "lbfgs")]
    compare(pairs, tmp_path, run_as_torch)


@pytest.mark.skipif(not TORCH, reason="PyTorch is not installed")
def test_every_landscape_makes_the_same_trajectory_in_pytorch(tmp_path):
    landscapes = [*(factory() for factory in LANDSCAPES.values()), formula(ROUGH_TEXT), formula("7"), formula("x")]
    compare([(it, recipe("momentum", it)) for it in landscapes], tmp_path, run_as_torch)
