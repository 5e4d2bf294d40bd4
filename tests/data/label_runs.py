"""Runs whose fate theory knows before they are run: writes labelled_runs.json, and docs/verdicts.md from the verdicts.

    PYTHONPATH=.:tests python tests/data/label_runs.py

A label comes from a closed form, an invariance or an attraction that theory shows, never from a verdict. Its fields are
fate, reason, landscape (a key with parameters after colons, or a formula), optimizer, hyperparameters, start and steps.
"""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

FIELDS = ("fate", "reason", "landscape", "optimizer", "hyperparameters", "start", "steps")
HILL = "x**4 - x**2 + y**4 - y**2"
NETWORK = "two_weight_network"
Fate = tuple[Any, ...]


def gd(learning_rate: Any) -> tuple[str, dict[str, Any]]:
    return "gradient_descent", {"learning_rate": learning_rate}


def rule(optimizer: str, **hyperparameters: Any) -> tuple[str, dict[str, Any]]:
    return optimizer, hyperparameters


def bowls() -> Iterator[Fate]:
    """Every eigenvector's share of the distance is multiplied by a known factor in every step."""
    here = (-1.5, 1)
    for kappa in (1.0, 4.0, 10.0, 40.0, 100.0):
        bowl = f"quadratic_bowl:kappa={kappa:g}"
        for eta in (0.5 / kappa, 1.0 / kappa, 1.9 / kappa):
            slowest = max(abs(1 - eta), abs(1 - eta * kappa))
            steps = 20 + int(np.log(1e-6) / np.log(slowest)) if slowest > 0 else 30
            yield "minimum", "|1 - ηλ| < 1: a millionth is left", bowl, *gd(eta), here, steps
            short = int(np.log(0.1) / np.log(slowest)) if slowest > 0.5 else 0
            yield "moving", "a tenth of the way is left", bowl, *gd(eta), here, short
        yield "diverged", "ηκ = 2.5: the factor is -1.5", bowl, *gd(2.5 / kappa), here, 200
        yield "moving", "ηκ = 2.01: it grows by 1.01 a step, still in view", bowl, *gd(2.01 / kappa), (0, 0.1), 150
        yield "moving", "the rate is 0", bowl, *gd(0.0), here, 100
        yield "moving", "a crawl: a thousandth of the way a step", bowl, *gd(0.001 / kappa), here, 50
        yield "minimum", "it starts there", bowl, *rule("adam", learning_rate=0.1), (0, 0), 100
    for kappa in (2, 4, 8, 16):  # 2/κ is exact in float64
        yield (
            "cycle",
            "ηκ = 2: the factor is -1",
            f"quadratic_bowl:kappa={kappa}",
            *gd(2 / kappa),
            (-1, 0.5),
            40 * kappa,
        )
    for beta in (0.5, 0.9):
        for name, border in (("momentum", 2 + 2 * beta), ("nesterov", (2 + 2 * beta) / (1 + 2 * beta))):
            for product in (0.5, 1.2, border - 0.1, border + 0.4):
                fate, sign = ("minimum", "<") if product < border else ("diverged", ">")
                chosen = rule(name, learning_rate=product / 4, momentum=beta)
                yield fate, f"ηλ = {product:.3g} {sign} {border:.3g}", "quadratic_bowl:kappa=4", *chosen, here, 1500
    for angle in (0, 30, 77):
        for condition in (10, 100, 1000):
            valley, steps = f"elongated_valley:condition={condition}:angle={angle}", 8 * condition + 400
            yield "moving", "0.999 a step along the valley", valley, *gd(1e-3), (-3, -0.5), 300
            yield "minimum", "ηκ = 1.9: a millionth is left", valley, *gd(1.9 / condition), (-3, -0.5), steps


def saddles() -> Iterator[Fate]:
    """Starts on a stable manifold that a symmetry keeps exactly, and starts beside it."""
    for name in ("gradient_descent", "momentum", "nesterov"):
        extra = {} if name == "gradient_descent" else {"momentum": 0.5}
        slow, quick = (rule(name, learning_rate=rate, **extra) for rate in (0.05, 0.1))
        for a in (0.5, -0.7, 1.1):
            yield "saddle", "w₁ = -w₂ is kept: the stable manifold", NETWORK, *slow, (a, -a), 600
            yield "minimum", "beside it: down into the trough w₁w₂ = 1", NETWORK, *slow, (a, -a + 1e-3), 2000
        for x in (-1.5, 0.4):
            yield "saddle", "y = 0 is kept", "saddle", *quick, (x, 0), 400
            yield "diverged", "y grows by 1.1 a step, without end", "saddle", *quick, (x, 1e-6), 700
            yield "moving", "y is growing, still in view", "saddle", *quick, (x, 1e-3), 30
            yield "saddle", "y = x is kept, and x*y falls across it", "x*y", *quick, (x, x), 400
        for y in (0.2, -1.0):
            yield "saddle", "x = 0 is kept: to (0, ±√½)", HILL, *slow, (0, y), 1500
            yield "minimum", "off both axes: to (±√½, ±√½)", HILL, *slow, (0.1, y), 1500
    for name in ("gradient_descent", "momentum", "nesterov", "adagrad", "adam", "rmsprop"):
        yield "maximum", "it starts on it, and every step is 0", HILL, *rule(name), (0, 0), 300
        yield "maximum", "it starts on it, and every step is 0", "cos(x)*cos(y)", *rule(name), (0, 0), 300
        yield "saddle", "it starts on it, and every step is 0", NETWORK, *rule(name), (0, 0), 300
        yield "saddle", "it starts on it", "x**2 - y**2", *rule(name), (0, 0), 0
    for size in (1e-5, 1e-7):
        yield "minimum", "it leaves the maximum by 1.2 a step", HILL, *gd(0.1), (size, 2 * size), 600
        yield "moving", "it has left the maximum by 1.2^10", HILL, *gd(0.1), (size, 2 * size), 10


def minima() -> Iterator[Fate]:
    """Starts where the Hessian is positive, rates below 2/λ_max there; and losses in any units."""
    himmelblau = ((3, 2), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126))
    for (x, y), (dx, dy) in ((at, off) for at in himmelblau for off in ((0.2, 0.1), (-0.15, 0.2))):
        start = (x + dx, y + dy)
        for name, rate in (("gradient_descent", 0.005), ("nesterov", 0.002), ("momentum", 0.002)):
            yield "minimum", "a convex neighbourhood", "himmelblau", *rule(name, learning_rate=rate), start, 1000
        yield "minimum", "its rate only falls", "himmelblau", *rule("adagrad", learning_rate=0.3), start, 1500
    for unit in (1e-12, 1e-3, 1e6, 1e12):
        eta = 0.2 / unit
        yield "minimum", "the loss in other units", f"{unit:g}*(x**2 + 3*y**2)", *gd(eta), (1, -1), 200
        yield "moving", "a tenth of the way is left", f"{unit:g}*(x**2 + 3*y**2)", *gd(eta), (1, -1), 5
        yield "saddle", "y = 0 is kept", f"{unit:g}*(x**2 - y**2)", *gd(eta), (1, 0), 200


def level_places() -> Iterator[Fate]:
    """Troughs, vanishing Hessians, plateaus and slow valleys."""
    for x, y in ((1.2, 0.4), (0.3, 0.8), (-1, -0.6), (1.5, 1.0)):
        yield "minimum", "w₁w₂ = 1, where the loss is 0: a curve of minima", NETWORK, *gd(0.1), (x, y), 1500
        yield "minimum", "a trough along x: a line of minima", "y**2", *gd(0.1), (y, x), 300
        yield "minimum", "a landscape of one variable, and its minimum", "x**2", *gd(0.1), (x, y), 300
        yield "minimum", "a crooked trough: a curve of minima", "(x - y**2)**2", *gd(0.02), (x, abs(y)), 3000
    for a in (0.5, 1.0, 1.5):
        yield "saddle", "x falls as 1/(3ηt), to 1/1500", "x**3 - 3*x*y**2", *gd(0.1), (a, 0), 5000
        yield "moving", "x falls as 1/(3ηt), to 1/30 yet", "x**3 - 3*x*y**2", *gd(0.1), (a, 0), 100
        yield "moving", "x falls as 1/√(8ηt), to 1/28 yet", "x**4 + y**4", *gd(0.1), (a, a / 2), 1000
        yield "minimum", "no bend along y, which is 0", "x**2 + y**4", *gd(0.1), (a, 0), 300
        yield "moving", "a plateau whose gradient is not zero", "-exp(-4*(x**2 + y**2))", *gd(0.1), (1.9, a), 500
        yield "flat", "a plateau whose gradient is below 1e-40", "-exp(-30*(x**2 + y**2))", *gd(0.1), (1.9, a), 500
        yield "moving", "no step is longer than η", "log(x**2 + 1)", *gd(0.01), (1 + a, a), 20
        yield "moving", "a slope of 1e-3 along a trough", "x**2 + 0.001*y", *gd(0.1), (a, 1), 1000
    for eta, steps in ((1e-4, 1000), (2e-4, 3000), (5e-4, 5000), (1e-3, 500), (1e-3, 5000)):
        yield "moving", "17,082 steps to 1e-3 at η = 0.001", "rosenbrock", *gd(eta), (-1.2, 1), steps


def degenerate_points() -> Iterator[Fate]:
    """Places where the Hessian does not decide, met along axes that the gradient leaves alone."""
    for text in ("x**2 - y**4", "x**2 - y**6", "x**2 - abs(y)**3", "x**2 - 1e-8*y**2", "x**2 - 1e-12*y**2"):
        yield "saddle", "y = 0 is kept, and the loss falls along y", text, *gd(0.1), (1, 0), 300
        yield "saddle", "the same beside a loss of 1", f"1 + {text}", *gd(0.1), (1, 0), 300
        turned = text.replace("x", "(u + v)").replace("y", "(u - v)").replace("u", "x").replace("v", "y")
        yield "saddle", "the same, turned: x = y is kept", turned, *gd(0.1), (0.5, 0.5), 300
        yield "saddle", "it starts there", text, *rule("adam", learning_rate=0.1), (0, 0), 100
    yield (
        "saddle",
        "x falls by η a step, to 0 exactly, and the loss falls along y",
        "abs(x) - y**2",
        *gd(0.25),
        (1, 0),
        50,
    )
    yield "saddle", "x = 0 is kept, and y³ falls below 0", "x**2 + y**3", *gd(0.1), (1, 0), 300
    yield "saddle", "an inflection: x falls as 1/(3ηt), to 1/1500", "x**3", *gd(0.1), (0.5, 0), 5000
    for start in ((1, 0.5), (-1.2, 0.7)):
        for text in ("x**4 + y**4", "1 + x**4 + y**4", "x**6 + y**4"):
            yield (
                "minimum",
                "Newton's method goes a third of the way a step, or a fifth",
                text,
                *rule("newton"),
                start,
                150,
            )
        yield "minimum", "hops of η to the corner exactly", "abs(x) + abs(y)", *gd(0.25), (1, -0.5), 50
        yield "minimum", "it starts on the curve, where the Hessian is 0", "(1 - x*y)**4", *gd(0.1), (2, 0.5), 100
    for a in (0.3, -1.1):
        yield "minimum", "the lowest line, at a loss of 1/5", "(1 - x*y)**2 + (3 - 2*x*y)**2", *gd(0.02), (1, a), 3000
        yield "minimum", "a ring of minima", "(x**2 + y**2 - 1)**2", *gd(0.05), (0.2, a), 500
        yield "maximum", "it starts on a ridge", "-(y**2)", *gd(0.1), (a, 0), 100
        yield "maximum", "it starts on the top, where the Hessian is 0", "-x**4 - y**4", *gd(0.1), (0, 0), 100
        yield "flat", "relu gives no gradient there at all", "relu(x - 1) + y - y", *gd(0.1), (a, 0), 100
        yield "flat", "a constant", "x - x + 7", *gd(0.1), (a, 0), 100
    for text in ("x**2 - x*y**2", "(x - y**2)*(x - 2*y**2)"):
        for x in (1, -1.3):
            yield "saddle", "y stays 0, x shrinks by 1 - 2η; between two curves f < 0", text, *gd(0.1), (x, 0), 200
    for text, factor in (("x**2*y**2", "2/3"), ("x**4*y**4", "6/7"), ("(x**2 - 4*y**2)**2", "2/3")):
        reason = f"f ≥ 0, and Newton's step multiplies the place by {factor}: to where curves of f = 0 cross"
        for start in ((0.7, 0.6), (1, -0.3)):
            for steps in (60, 300):
                yield "minimum", reason, text, *rule("newton"), start, steps


def cycles() -> Iterator[Fate]:
    """Orbits that attract, and motion that cannot settle."""
    for steps in (500, 700, 1000, 1500, 2000, 3000, 5000):
        yield "cycle", "an attracting orbit of period 2", "rosenbrock", *gd(0.005), (-1.2, 1), steps
    for eta in (1.1, 1.2, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9):  # x ← (1 + η)x - ηx³ keeps x² ≤ (2 + η)/η for η ≤ 2
        yield "cycle", "λη > 2 at both minima, and bounded", "(x**2 - 1)**2/4 + y**2/2", *gd(eta), (0.3, 0.5), 3000
    for eta in (0.51, 0.53, 0.55):
        yield "cycle", "sharpness ≥ 4 > 2/η on the whole trough", NETWORK, *gd(eta), (1.2, 0.8), 2000
    for eta, kappa in ((eta, kappa) for eta in (0.01, 0.05, 0.1) for kappa in (1, 10, 50)):
        chosen = rule("rmsprop", learning_rate=eta, alpha=0.9)
        yield "cycle", "RMSProp settles on ±η/2 for every λ", f"quadratic_bowl:kappa={kappa}", *chosen, (-1.5, 1), 3000
    for start in ((1.03, 0.55), (-0.77, 1.21)):
        yield "cycle", "a kink: each coordinate hops to and fro", "abs(x) + abs(y)", *gd(0.1), start, 300
    for rate, start in ((0.01, (1, 1)), (0.05, (1, 1)), (0.1, (-1.5, 1))):
        chosen = rule("rmsprop", learning_rate=rate)  # α = 0.99: it comes there late
        yield "cycle", "RMSProp settles on ±η/2", "0.5*x**2 + 0.5*y**2", *chosen, start, 5000
    for rate, steps in ((0.01, 1000), (0.05, 500), (0.1, 200)):
        chosen = rule("rmsprop", learning_rate=rate)
        yield "moving", "on its way out to ±η/2: λη/ε > 2", "0.5*x**2 + 0.5*y**2", *chosen, (1, 1), steps
    for rate, start in (
        (0.01, (-1.5, 1)),
        (0.01, (1.2, 0.7)),
        (0.02, (-1.5, 1)),
        (0.05, (0.9, -1.1)),
        (0.05, (-1.5, 1)),
    ):
        chosen = rule("adam", learning_rate=rate, beta2=0.99)
        yield "moving", "Adam's cycle repels by 1.1437 a half-turn: bursts", "quadratic_bowl", *chosen, start, 5000
    for seed in range(4):
        yield "moving", "the noise stays", f"quadratic_bowl:noise={0.5}:seed={seed}", *gd(0.1), (-1.5, 1), 1000


def departures() -> Iterator[Fate]:
    """Far beyond the border, or no floor, or no gradient."""
    for eta, start in ((eta, start) for eta in (0.01, 0.02, 0.1) for start in ((-1.2, 1), (1.5, -0.5), (-1.8, 2.5))):
        yield "diverged", "λ_max·η > 10 at the start", "rosenbrock", *gd(eta), start, 500
    for x, y in ((1.5, 1), (-1.9, 0.3)):
        yield "diverged", "beyond x² = 1/2 it is thrown out", "x**4 + y**4", *gd(1.0), (x, y), 100
        yield "diverged", "down a plane without end", "1e6*(x + y)", *gd(1.0), (x, y), 100
        yield "diverged", "over the edge at x = 0", "sqrt(x)", *gd(1.0), (0.2, y), 100


def schedules() -> Iterator[Fate]:
    """Rates that end: their sum decides how far the run comes."""
    for steps in (200, 500):
        cosine = {"schedule": "cosine", "start": 0.15, "steps": steps}
        yield "minimum", "Ση ≥ 15: e⁻¹⁵ of the way is left", "quadratic_bowl", *gd(cosine), (-1.5, 1), steps
    for plan, sum_of_rates in (
        ({"schedule": "polynomial", "start": 0.1, "steps": 130}, 6.6),
        ({"schedule": "cosine", "start": 0.1, "steps": 130}, 6.6),
        ({"schedule": "exponential", "start": 0.1, "factor": 0.985}, 6.7),
        ({"schedule": "step", "start": 0.1, "every": 60, "factor": 0.001}, 6.0),
        ({"schedule": "one_cycle", "peak": 0.1, "steps": 130}, 6.8),
    ):
        for steps in (600, 3000):
            reason = f"Ση = {sum_of_rates}: a thousandth of the way is left for ever"
            yield "moving", reason, "0.5*x**2 + 0.5*y**2", *gd(plan), (-1.5, 1), steps
    for plan in (
        {"schedule": "warm_restarts", "start": 0.1, "first": 100},
        {"schedule": "inverse_sqrt", "start": 0.3},
        {"schedule": "linear_warmup", "peak": 0.1, "steps": 50},
        {"schedule": "polynomial", "start": 0.2, "steps": 250},
    ):
        yield "minimum", "Ση ≥ 15: a millionth of the way is left", "0.5*x**2 + 0.5*y**2", *gd(plan), (-1.5, 1), 1000
    warming = {"schedule": "linear_warmup", "peak": 2.43, "steps": 50}
    yield "diverged", "λη passes 2 in step 42, and stays at 2.43", "0.5*x**2 + 0.5*y**2", *gd(warming), (-1.5, 1), 500
    fading = {"schedule": "exponential", "start": 0.1, "factor": 0.9}
    for start in ((-1.5, 1), (1.8, 0.3)):
        yield "moving", "Ση = 1: a third of the way is left for ever", "quadratic_bowl", *gd(fading), start, 500


def labelled_runs() -> list[dict[str, Any]]:
    """All of them, in a fixed order."""
    families = (bowls, saddles, minima, level_places, degenerate_points, cycles, departures, schedules)
    return [dict(zip(FIELDS, fate, strict=True)) for family in families for fate in family()]


if __name__ == "__main__":
    from data.replay_runs import RUNS, confusion, replayed, report
    from sentence_claims import Case, count

    lines = ",\n".join(json.dumps(run, ensure_ascii=False) for run in labelled_runs())
    RUNS.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    page = report(confusion(replayed()), *count(Case(*run[1:]) for run in replayed()))
    (RUNS.parents[2] / "docs" / "verdicts.md").write_text(page, encoding="utf-8")
