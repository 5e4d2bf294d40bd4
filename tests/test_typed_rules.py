"""Rules that someone typed: built-in ones bit for bit, mistakes with their places, and nothing that is executed."""

import builtins
import pickle

import numpy as np
import pytest

from landscapes import LANDSCAPES, knobs
from landscapes.formula import FormulaError
from optimizers import OPTIMIZERS, RULES, SCHEDULES, Recorded, anatomy, descend, typed_rule, verdict
from optimizers.typed import LINES

ROSENBROCK = LANDSCAPES["rosenbrock"]()
STARTS = np.array([[-1.2, 0.3, 1.7], [1.0, 0.4, -0.6]])
OWN = "m = b*m + (1 - b)*g\nq = p - lr*m\nH = b*H + (1 - b)*hessian\nn = n + value(q)*0\n"
OWN += "p = q - 0.001*inverse(abs(H) + identity)*gradient(q) + n*tanh(exp(-t))*m_before"


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("surface", ["rosenbrock", "saddle"])
def test_a_built_in_rule_typed_as_lines_gives_its_trajectory_bit_for_bit(name, surface):
    landscape, typed = LANDSCAPES[surface](), typed_rule(LINES[name])
    numbers = {key: knobs(OPTIMIZERS[name])[key].default for key in knobs(typed.factory)} | {"learning_rate": 0.003}
    for rate in (0.003, SCHEDULES["cosine"](0.01, 40), SCHEDULES["reduce_on_plateau"](0.01)):
        numbers["learning_rate"] = rate
        built_in = descend(landscape, OPTIMIZERS[name](**numbers), STARTS, 60)
        own = descend(landscape, typed.factory(**numbers), STARTS, 60)
        np.testing.assert_array_equal(own.positions, built_in.positions)
        assert own.evaluations == built_in.evaluations


@pytest.mark.parametrize("text", [*LINES.values(), OWN])
def test_many_together_are_each_alone_and_step_by_step_shows_the_steps_of_the_run(text):
    typed = typed_rule(text)
    optimizer = typed.factory()
    together = descend(ROSENBROCK, optimizer, STARTS, 12)
    for index, start in enumerate(STARTS.T):
        run = descend(ROSENBROCK, optimizer, start, 12)
        np.testing.assert_array_equal(run.positions, together.positions[..., index])
        numbers = {name: knob.default for name, knob in knobs(typed.factory).items()}
        last = int(np.isfinite(run.positions).all(axis=0).sum()) - 1
        shown = anatomy(Recorded(ROSENBROCK, typed, numbers, optimizer, run), last)
        np.testing.assert_allclose(shown.lines[-1].value, run.positions[:, last], rtol=1e-9)
    again = pickle.loads(pickle.dumps(together.end.state))
    assert (type(again).__name__, again._fields) == ("TypedState", together.end.state._fields)
    for ours, theirs in zip(again, together.end.state, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert verdict(ROSENBROCK, optimizer, run).kind in ("moving", "diverged", "minimum", "cycle", "flat")


@pytest.mark.parametrize(
    ("text", "part", "reason"),
    [
        ("", "", "a rule is needed"),
        ("v = b*v + g", "", "needs a line that sets p"),
        ("theta = theta - lr*g", "theta", "the point is called p here, and its gradient g: write p for theta"),
        ("v = b*v + g; w = w - lr*v", "w", "write p for w"),
        ("p = p - lr*inv(hessian)*g", "inv(hessian)", "write inverse\\(hessian\\)"),
        ("p = p - lr*grad(p)", "grad(p)", "grad is no function of a rule"),
        ("p = p - lr*g_t", "g_t", "no index of time: write g for g_t"),
        ("v_t = b*v_{t-1} + g\np = p - lr*v_t", "v_{t-1}", "write v for v_"),
        ("p_{t+1} = p_t - lr*g", "p_t", "write p for p_t"),
        ("p = p - lr*my_tanh(g)", "my_tanh(g)", "my_tanh is no function of a rule"),
        ("v = b*v + g; p = p - lr_k*v", "lr_k", "write lr for lr_k"),
        ("p = p - lr*max(g)", "max(g)", "max takes 2 arguments"),
        ("t = 2\np = p - t*g", "t = 2", "has a meaning of its own"),
        ("p = p - lr*hessian", "lr*hessian", "a matrix is added to a matrix only"),
        ("p = p - lr*g/hessian", "hessian", "divides nothing"),
        ("p = p - lr*norm(t)", "norm(t)", "norm takes vectors"),
        ("p = p - lr*inverse(g)", "inverse(g)", "inverse takes a matrix"),
        ("p = p - lr*w_before*v_before", "w_before", "no line sets w"),
        ("p = p - lr*__class__", "__class__", "is no word of Python"),
        ("p = p - yield*g", "yield", "is no word of Python"),
        ("p = p - lambda_*λ*g", "λ", "is no word of Python"),
        ("p = p - lr*g; p = p ? 2", "?", "no meaning"),
        ("p = p - lr*g # why\np = p @ g", "@", "no meaning"),
        ("p ** lr*g", "p **", "a line is a name"),
        ("p p - lr*g", "p p", "a line is a name, = and a formula"),
        ("p = p - " + "g*" * 400 + "g", "g", "at most 300"),
        ("p = p" + "+gradient(p)" * 9, "gradient(p)", "at most 8 times"),
        ("\n".join(f"a{i} = a{i} + g" for i in range(14)) + "\np = p - g", "", "at most 12"),
        ("p = p - lr*grad", "grad", "grad is called g here"),
        ("p = p - lr*x_{i+1}*g", "x_{i+1}", "is no word of Python"),
        ("p = p - H^{-1} g", "H", "H is called hessian here"),
        ("m = b1*m + g; p = p - lr*m/(1 - b1**step)", "step", "step is called t here"),
        ("p = p - lr*g + s*noise", "noise", "no numbers of chance"),
        ("θ = θ - η∇f(θ)", "∇", r"gradient\(q\)"),
        ("p = p - lr*g/sqrt(sum(g**2))", "sum(g**2)", r"write dot\(a, b\)"),
        ("v = 1\nv = b*v + g\np = p - lr*v", "v = 1", "set again below"),
        ("p = p - lr*g + b*(p - p_{t-1})", "p_{t-1}", "write p_before for p_"),
        ("s += dx**2\nx += -lr*dx", "x", "write p for x"),
        ("x" * 2000, "x" * 1000, "at most 1000 characters"),
    ],
)
def test_a_mistake_is_pointed_at_with_its_place_and_reason(text, part, reason):
    with pytest.raises(FormulaError, match=reason) as caught:
        typed_rule(text)
    assert caught.value.part == part or part == ""


def test_knobs_are_guessed_from_names_and_use_and_a_line_gives_a_number():
    marks = knobs(typed_rule("b = 0.5\nkappa = -3\nv = b*v + (1 - gamma)*g\np = p - eta*v + kappa*eps*g").factory)
    assert set(marks) == {"b", "gamma", "learning_rate", "kappa", "eps"}
    assert (marks["b"].default, marks["b"].below, marks["kappa"].default) == (0.5, 1.0, -3.0)
    assert marks["gamma"].below == 1.0
    assert marks["learning_rate"].log
    assert marks["eps"].log
    with pytest.raises(ValueError, match="your_rule needs gamma < 1"):
        typed_rule("p = p - lr*(1 - gamma)*g").factory(gamma=1.5)


@pytest.mark.parametrize(
    "text",
    [
        "v := momentum*v + g\np ← p - lr*v",
        "v \\gets momentum*v + g\np \\leftarrow p - lr*v",
        "; v <- momentum*v + g; p <- p - lr*v;",
        "ｖ ＝ momentum*ｖ ＋ ｇ； ｐ ＝ ｐ － lr*ｖ",
        "# heavy ball\nv = momentum*v + g  # velocity\n\np -= lr*v",
        "v *= momentum; v += g\np -= lr*v",
        "p -= lr*(momentum*v + g) # = before\nv = momentum*v + g",
    ],
)
def test_lines_are_read_as_people_write_them_in_code_and_on_paper(text):
    heavy = OPTIMIZERS["momentum"](learning_rate=0.003, momentum=0.8)
    own = typed_rule(text).factory(learning_rate=0.003, momentum=0.8)
    np.testing.assert_array_equal(
        descend(ROSENBROCK, own, STARTS, 50).positions, descend(ROSENBROCK, heavy, STARTS, 50).positions
    )


@pytest.mark.parametrize("name", LINES)
def test_the_momentum_of_a_built_in_rule_is_found_in_its_lines(name):
    assert typed_rule(LINES[name]).momentum == RULES[name].momentum


def test_what_p_is_changed_by_has_its_effective_rate():
    assert typed_rule("p -= lr*g/(sqrt(g^2) + 1)").lines.effective_rate == "(learning_rate)/(sqrt(g^2) + 1)"


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("v = mu*v + g\np = p - lr*v", {"mu"}),
        ("v = v*mu - lr*g\np = p + v", {"mu"}),
        ("v = k*g + rho*v\np = p - lr*v", {"rho"}),
        ("w = (1 - k)*w + k*g\np = p - lr*w", {"k"}),
        ("p = p - c*p - lr*g*s", set()),
        ("v = g\np = p - lr*c*v", set()),
        ("q = c*g\np = p - lr*q", set()),
    ],
)
def test_what_is_left_of_a_memory_is_a_share_of_it(text, shares):
    marks = knobs(typed_rule(text).factory)
    assert {name for name, knob in marks.items() if knob.below == 1.0} == shares
    assert {marks[name].default for name in shares} <= {0.9}


def heavy_ball(p, g, past, t):
    return p - 0.002 * g + 0.9 * (p - past.get("p", p)), {"p": p}


def clipped(p, g, past, t):
    return p - 0.002 * g * min(1, 1 / np.sqrt(g[0] ** 2 + g[1] ** 2)), {}


def corrected(p, g, past, t):
    m = 0.9 * past.get("m", 0) + 0.1 * g
    return p - 0.002 * m / (1 - 0.9**t), {"m": m}


def annealed(p, g, past, t):
    return p - 0.002 * (1 + np.cos(np.pi * t / 50)) * g * np.exp(-0.01 * t), {}


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("p = p - lr*g + b*(p - p_before)", heavy_ball),
        ("p = p - lr*g*min(1, c/‖g‖)", clipped),
        (r"g = \min\left(1, \frac{c}{\|g\|}\right) g" "\np = p - lr*g", clipped),
        ("p = p - lr*g/max(1, ||g||/c)", clipped),
        ("t = 0\nm = 0\nt = t + 1\nm = b*m + (1 - b)*g\np = p - lr*m/(1 - b**t)", corrected),
        ("p = p - lr*(1 + cos(pi*t/50))*g*e^(-0.01t)", annealed),
    ],
)
def test_lines_as_papers_have_them_step_as_a_loop_written_by_hand(text, step):
    run = descend(ROSENBROCK, typed_rule(text).factory(learning_rate=0.002), STARTS[:, 0], 30)
    p, past = STARTS[:, 0], {}
    for t in range(1, 31):
        p, past = step(p, ROSENBROCK.gradient(p), past, t)
        np.testing.assert_allclose(run.positions[:, t], p, rtol=1e-10)


@pytest.mark.parametrize("name", LINES)
def test_the_knobs_of_built_in_rules_are_guessed_with_their_limits(name):
    known = knobs(OPTIMIZERS[name])
    for knob_name, knob in knobs(typed_rule(LINES[name]).factory).items():
        theirs = known[knob_name]
        assert knob.open_to(theirs.default)
        if knob_name.startswith(("learning", "beta", "momentum", "alpha", "eps")):
            assert (knob.log, knob.least, knob.below) == (theirs.log, theirs.least, theirs.below), knob_name


@pytest.mark.long
def test_ten_thousand_mutated_rules_are_refused_or_run_within_their_bounds_and_none_is_executed(monkeypatch):
    def forbidden(*_, **__):
        raise AssertionError("the text of a rule was executed")

    rng = np.random.default_rng(15)
    pieces = [*"+-*/()=,.^_ \n\t\0;:'\"[]{}\\αβ²√", "**", "p", "g", "t", "lr", "0", "1e99", "__import__('os')"]
    pieces += [
        "gradient(",
        "value(",
        "hessian",
        "inverse(",
        "eval(",
        "exec(",
        "lambda",
        "p = ",
        "_before",
        "if 1:",
        "#",
        "←",
        " -= ",
    ]
    texts, taken, refused = [*LINES.values(), OWN], 0, 0
    bowl = LANDSCAPES["quadratic_bowl"]()
    for _ in range(10_000):
        text = texts[rng.integers(len(texts))]
        for _ in range(rng.integers(1, 4)):
            start, length = rng.integers(len(text) + 1), rng.integers(0, 6)
            text = text[:start] + pieces[rng.integers(len(pieces))] * rng.integers(0, 3) + text[start + length :]
        with monkeypatch.context() as patched:
            for name in ("eval", "exec", "compile"):
                patched.setattr(builtins, name, forbidden)
            shapes = two_steps(text, bowl)
        if shapes is None:
            refused += 1
            continue
        taken += 1
        assert shapes[0] == shapes[1] == shapes[2], text
    assert taken > 1000
    assert refused > 1000


def two_steps(text, landscape):
    """The shapes of the point and of all that is remembered, before and after two steps; None where it is refused."""
    try:
        optimizer = typed_rule(text).factory()
    except FormulaError:
        return None
    p, state = STARTS, optimizer.init(STARTS)
    shapes = [[p.shape, *map(np.shape, state)]]
    with np.errstate(all="ignore"):
        for _ in range(2):
            p, state = optimizer.update(p, state, landscape)
            shapes.append([p.shape, *map(np.shape, state)])
    return shapes
