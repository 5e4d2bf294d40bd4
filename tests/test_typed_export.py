"""A typed rule that was taken away makes the trajectory that was seen: with NumPy bit for bit, and in PyTorch."""

import ast
import random
import runpy
import sys
from collections import defaultdict
from contextlib import ContextDecorator
from types import SimpleNamespace

import numpy as np
import pytest
from test_export import TORCH, compare

from landscapes import LANDSCAPES, NOISE_MODELS, Noise, knobs
from landscapes.formula import FormulaError, read_lines
from optimizers import OPTIMIZERS, SCHEDULES, Recipe, descend, run_as_numpy, run_as_torch, typed_rule
from optimizers.typed import LINES
from optimizers.typed.code import HELPERS

MATRICES = "H = b*H + (1 - b)*hessian\np = p - lr*inverse(abs(H) + δ*identity)*g"
LOOKING_BACK = (
    "n = n + value(p - lr*g)*0 + t/t\nq = p_before - 1/2*p\np = p - lr*g/n + 0*(q + m_before)\nm = (1/4)^(1/2)*g"
)
NAMED = (
    "np = 0.5\nrate = 2\nlen = 3\nreturn_ = 1\nnorm2 = norm(g)\nstate = state*np + g\np = p - lr*state*rate/len*return_"
)
SCALARS = "v = 1/3\nw = w + v\nu = max(-u, 2)\np = (p - lr*g) + (w + u - w - u)\nm = m*0 + 2"
GREEK = "λ = 0.01\np = p - η*(g + λ*p)*tanh(exp(-t)) - λ^2*norm1(g)*dot(g, p)/9^9"
RULES = {name: lines for name, lines in LINES.items()} | {
    "matrices": MATRICES,
    "looking back": LOOKING_BACK,
    "names of Python": NAMED,
    "numbers alone": SCALARS,
    "greek": GREEK,
}
ROSENBROCK, HIMMELBLAU = LANDSCAPES["rosenbrock"](), LANDSCAPES["himmelblau"]()


def recipe(lines, landscape, plan=None, **parts):
    rule = typed_rule(lines)
    numbers = {name: knob.default for name, knob in knobs(rule.factory).items()}
    if "learning_rate" in numbers:
        numbers["learning_rate"] = 1e-3
    it = Recipe(rule, numbers, [landscape.start, (0.5, 0.25)], 40, **parts)
    if plan is None:
        return it
    made = {name: knob.default for name, knob in knobs(SCHEDULES[plan]).items()}
    return it._replace(plan=SCHEDULES[plan], plan_numbers=made | {next(iter(made)): 1e-3})


def test_with_numpy_every_typed_rule_makes_its_trajectory_bit_for_bit(tmp_path):
    pairs = [
        (landscape, recipe(lines, landscape)) for lines in RULES.values() for landscape in (ROSENBROCK, HIMMELBLAU)
    ]
    compare(pairs, tmp_path, tolerance=0)


def test_with_numpy_a_typed_rule_follows_every_schedule(tmp_path):
    pairs = [(HIMMELBLAU, recipe(LINES["adam"], HIMMELBLAU, plan)) for plan in SCHEDULES]
    compare(pairs, tmp_path, tolerance=0)


def test_the_built_in_rule_and_its_lines_are_taken_away_as_the_same_trajectory(tmp_path):
    lines = recipe(LINES["adam"], ROSENBROCK)
    starts = np.array(lines.starts).T
    built_in = descend(ROSENBROCK, OPTIMIZERS["adam"](learning_rate=1e-3), starts, 40)
    own = descend(ROSENBROCK, lines.rule.factory(**lines.numbers), starts, 40)
    np.testing.assert_array_equal(own.positions, built_in.positions)
    compare([(ROSENBROCK, lines)], tmp_path, tolerance=0)


@pytest.mark.parametrize("lines", RULES.values(), ids=RULES)
def test_a_script_holds_the_names_of_a_rule_and_nothing_else_that_was_typed(lines):
    tree = ast.parse(run_as_numpy(ROSENBROCK, recipe(lines, ROSENBROCK)))
    strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert all("lr" not in text.split() for text in strings)
    assert not any(isinstance(node, ast.Call) and ast.unparse(node.func) in ("eval", "exec") for node in ast.walk(tree))


OURS = {"np", "torch", "NamedTuple", "Optimizer", "as_schedule", "len", "super", "ValueError", "RuntimeError", *HELPERS}
OURS |= {"YourRule", "YourRuleState", "init", "update", "landscape", "state", "self", "closure", "group", "number", "p"}
OURS |= {"loss", "each", "every", "e", "params", "quotient", "a", "b", "rate", "here", "q", "t", "g", "int", "lr"}
OURS |= {"hessian", "identity", "learning_rate", "p_before", "g_before"}
SPLICES = [
    "\r",
    "\n",
    '"',
    "'",
    "#",
    "\\",
    "__",
    "import os",
    "eval(",
    "()",
    "{",
    "}",
    "λ",
    "₀",
    "p_before",
    "t/t",
    "1/0",
]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_typed_a_script_is_python_and_names_nothing_but_the_rule(seed):
    rng, found = random.Random(seed), 0
    for _ in range(200):
        text = rng.choice(list(RULES.values()))
        for _ in range(rng.randint(1, 3)):
            at = rng.randint(0, len(text))
            text = text[:at] + rng.choice([*SPLICES, *"abgmpv*+/^ ()=,0123"]) + text[at + rng.randint(0, 2) :]
        try:
            rule = typed_rule(text)
        except FormulaError:
            continue
        found += 1
        own = {*knobs(rule.factory), *(line.name for line in read_lines(rule.lines.text))}
        own |= {f"{name}_before" for name in own}
        for written in filter(None, (rule.program("numpy"), rule.program("torch"))):
            tree = list(ast.walk(ast.parse(written.source)))
            names = {node.id for node in tree if isinstance(node, ast.Name)} - OURS - own
            assert {name.rstrip("_") for name in names} <= own, text
            assert not any(isinstance(node, ast.Import | ast.ImportFrom | ast.Lambda) for node in tree)
            dunder = {node.attr for node in tree if isinstance(node, ast.Attribute) and node.attr.startswith("_")}
            assert dunder <= {"__init__"}
    assert found > 20


class Tensor(np.ndarray):
    """As much of a tensor as an optimizer that was taken away asks for."""

    grad = None
    __hash__ = object.__hash__
    new_tensor = staticmethod(lambda number: tensor(number))
    numel = property(lambda self: lambda: self.size)

    def view_as(self, other):
        return self.reshape(other.shape)

    def copy_(self, other):
        self[...] = other

    def clone(self):
        return self.copy()

    def detach(self):
        return self

    def to(self, dtype):
        return self.astype(dtype)


def tensor(values):
    return np.array(values, dtype=float).view(Tensor)


def giving_tensors(function):
    return lambda *given: np.asarray(function(*given)).view(Tensor)


class Grad(ContextDecorator):
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


class Optimizer:
    def __init__(self, params, defaults):
        self.param_groups = [{"params": list(params), **defaults}]
        self.state = defaultdict(dict)


SAME_IN_NUMPY = ("sqrt", "abs", "sign", "exp", "log", "sin", "cos", "tanh", "maximum", "minimum", "square", "where")
STAND_IN = SimpleNamespace(
    optim=SimpleNamespace(Optimizer=Optimizer),
    no_grad=Grad,
    enable_grad=Grad,
    cat=giving_tensors(np.concatenate),
    pow=giving_tensors(np.power),
    broadcast_to=giving_tensors(np.broadcast_to),
    **{name: giving_tensors(getattr(np, name)) for name in (*SAME_IN_NUMPY, "zeros_like")},
)


@pytest.fixture
def taken_away(tmp_path, monkeypatch):
    """The optimizer that a text defines, on the stand-in."""
    monkeypatch.setitem(sys.modules, "torch", STAND_IN)

    def load(source):
        path = tmp_path / "taken_away.py"
        path.write_text(f"import torch\n\n\n{source}\n", encoding="utf-8")
        return runpy.run_path(str(path))["YourRule"]

    return load


def stepped(optimizer, p, landscape, steps):
    """Where an optimizer goes, (2, steps + 1)."""

    def closure():
        p.grad = tensor(landscape.gradient(np.asarray(p)))
        return tensor(landscape.value(np.asarray(p)))

    positions = [np.array(p)]
    with np.errstate(all="ignore"):
        for _ in range(steps):
            optimizer.step(closure)
            positions.append(np.array(p))
    return np.array(positions).T


@pytest.mark.parametrize("name", RULES)
def test_in_terms_of_pytorch_every_typed_rule_makes_its_trajectory(name, taken_away):
    it = recipe(RULES[name], ROSENBROCK)
    script, written = run_as_torch(ROSENBROCK, it), it.rule.program("torch")
    assert (script is None) == (written is None) == (name == "matrices")
    if script is None:
        return
    ast.parse(script)
    assert written.source in script
    call = it.rule.torch(it.numbers)
    assert call in script
    numbers = {each.arg: ast.literal_eval(each.value) for each in ast.parse(call, mode="eval").body.keywords}
    p = tensor(ROSENBROCK.start)
    there = stepped(taken_away(written.source)([p], **numbers), p, ROSENBROCK, 40)
    run = descend(ROSENBROCK, it.rule.factory(**it.numbers), np.array(ROSENBROCK.start), 40)
    known = np.isfinite(run.positions)
    np.testing.assert_allclose(there[known], run.positions[known], rtol=1e-12, atol=1e-12)


def test_an_optimizer_for_pytorch_moves_all_parameters_as_one_vector_and_says_what_it_needs(taken_away):
    make = taken_away(typed_rule(LINES["sam"]).program("torch").source)
    a, b = tensor([[3.0], [0.0]]), tensor([4.0])
    optimizer = make([a, b], lr=0.5, rho=1.0)

    def closure():
        a.grad, b.grad = tensor(a), tensor(b)  # of half the squared length
        return tensor(0.5 * ((a**2).sum() + (b**2).sum()))

    optimizer.step(closure)  # the worst neighbour is (3.6, 0, 4.8): one length beyond
    np.testing.assert_allclose(np.concatenate([a.ravel(), b]), [1.2, 0.0, 1.6], rtol=1e-14)
    with pytest.raises(RuntimeError, match="step"):
        optimizer.step()


def test_a_typed_rule_under_noise_or_after_the_loss_has_no_script_for_pytorch():
    noisy = recipe(LINES["adam"], HIMMELBLAU, noise=Noise(0.5, 7, NOISE_MODELS["additive"]))
    assert run_as_torch(HIMMELBLAU, noisy) is None
    assert run_as_torch(HIMMELBLAU, recipe(LINES["adam"], HIMMELBLAU, "reduce_on_plateau")) is None


@pytest.mark.skipif(not TORCH, reason="PyTorch is not installed")
def test_in_pytorch_every_typed_rule_makes_its_trajectory(tmp_path):
    rules = {name: lines for name, lines in RULES.items() if name != "matrices"}
    pairs = [(ROSENBROCK, recipe(lines, ROSENBROCK)) for lines in rules.values()]
    pairs += [(HIMMELBLAU, recipe(LINES["adamw"], HIMMELBLAU, "cosine"))]
    compare(pairs, tmp_path, run_as_torch)
