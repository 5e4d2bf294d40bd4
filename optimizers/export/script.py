"""A run to take away as Python that makes the same trajectory, with NumPy or with PyTorch."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from landscapes import AXES, Landscape, Noise
from landscapes.noise import noise_draw, outlier_push
from optimizers.clipping import Clipping
from optimizers.engine import farthest
from optimizers.export.extract import extract
from optimizers.optimizer import Rule, Schedule
from optimizers.schedules import OnPlateau, follow, warmup
from words import mark, paragraph, say, say_n, steps

RUN = mark("The run.")
RULE, SCHEDULE_AND_RULE = mark("The update rule."), mark("The schedule and the update rule.")


class Recipe(NamedTuple):
    """A run by names and numbers."""

    rule: Rule  # as it stands in `RULES`
    numbers: Mapping[str, Any]  # hyperparameters; the learning rate among them is `plan`'s where there is one
    starts: Sequence[tuple[float, float]]
    steps: int
    plan: Callable[..., Schedule] | None = None  # of the schedule, as it stands in `SCHEDULES`
    plan_numbers: Mapping[str, Any] = {}  # all of the schedule's numbers, the first among them
    warmup: int = 0  # steps of warm-up before the schedule; with some there is a `plan`
    noise: Noise = Noise()
    clipping: Clipping | None = None


def run_as_numpy(landscape: Landscape, recipe: Recipe) -> str:
    """A script that needs NumPy alone (SciPy for its own methods) and prints the trajectories as a table.

    The rule and the schedule in it are those that run here, word for word; the loss is the compiled formula.

    Raises:
        ValueError: the landscape has no formula.
    """
    written = recipe.rule.program("numpy") if recipe.rule.program else None
    roots: list[Callable[..., Any]] = list(written.needs) if written else [recipe.rule.factory]
    numbers = {written.names[name]: number for name, number in recipe.numbers.items()} if written else recipe.numbers
    make = _call(recipe.rule.factory, numbers)
    if recipe.plan is not None:
        roots = [*_plans(recipe), *roots]
        make = _call(recipe.rule.factory, numbers, learning_rate="schedule")
        if listens(recipe):
            roots.append(follow)
            make = f"follow(schedule, lambda rate: {_call(recipe.rule.factory, numbers, learning_rate='rate')})"
    imports, sources = extract(*roots)
    if written:
        imports, sources = [*imports, "from typing import NamedTuple"], [*sources, written.source]
    noisy = recipe.noise.present or recipe.noise.outlier.present
    statements = sorted({*imports, "import numpy as np", "from types import SimpleNamespace"})
    return "\n\n\n".join(
        [
            _heading(landscape, recipe, "NumPy") + "\n\nfrom __future__ import annotations\n\n" + "\n".join(statements),
            _part(mark("The loss and its derivatives."), _program(landscape, "numpy")),
            _part(RULE if recipe.plan is None else SCHEDULE_AND_RULE, sources[0]),
            *sources[1:],
            *_seen(recipe),
            _part(RUN, f"{_schedule(recipe)}optimizer = {make}\n{'' if noisy else 'landscape = ' + _shown(recipe)}")
            + NUMPY_LOOP.format(
                steps=recipe.steps, far=farthest(landscape), landscape="at(t)" if noisy else "landscape"
            )
            + TABLE.format(starts=_starts(recipe), axes=",".join(landscape.axes)),
        ]
    )


def run_as_torch(landscape: Landscape, recipe: Recipe) -> str | None:
    """The same with PyTorch, which finds the gradients itself; None where it has no equal rule.

    Raises:
        ValueError: the landscape has no formula.
    """
    rule = None if recipe.rule.torch is None else recipe.rule.torch(recipe.numbers)
    written = recipe.rule.program("torch") if recipe.rule.program else None
    if rule is None or listens(recipe) or recipe.noise.present or recipe.noise.outlier.present:
        return None
    imports, sources = extract(*_plans(recipe))
    statements = sorted({*imports, "import torch"})
    return "\n\n\n".join(
        [
            _heading(landscape, recipe, "PyTorch")
            + "\n\nfrom __future__ import annotations\n\n"
            + "\n".join(statements),
            _part(mark("The loss."), _program(landscape, "torch")),
            *([_part(mark("The schedule."), "\n\n\n".join(sources))] if sources else []),
            *([_part(RULE, written.source)] if written else []),
            _part(RUN, f"{_schedule(recipe)}\n\n" if recipe.plan is not None else "")
            + TORCH_LOOP.format(
                steps=recipe.steps,
                far=farthest(landscape),
                rule=rule,
                rate=TORCH_RATE if recipe.plan is not None else "",
                clip=_torch_clip(recipe.clipping) if recipe.clipping else "",
            )
            + TABLE.format(starts=_starts(recipe), axes=",".join(landscape.axes)),
        ]
    )


def listens(recipe: Recipe) -> bool:
    """Whether the rate follows the loss, so that it is not known beforehand."""
    return recipe.plan is not None and isinstance(recipe.plan(**recipe.plan_numbers), OnPlateau)


NUMPY_LANDSCAPE = "SimpleNamespace(value=value, gradient={gradient}, hessian=hessian)\n"
NUMPY_LOOP = """

def descend(start):
    p = np.array(start, dtype=float)
    state = optimizer.init(p)
    positions = [p]
    with np.errstate(all="ignore"):
        for t in range({steps}):
            p, state = optimizer.update(p, state, {landscape})
            if not (np.abs(p) <= {far}).all() or np.isnan(value(p)):
                break  # it diverged, or left the domain of f
            positions.append(p)
    return positions
"""
TORCH_RATE = """
        for group in optimizer.param_groups:
            group["lr"] = schedule(t)"""
TORCH_LOOP = """def descend(start):
    p = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = {rule}
    positions = [p.detach().clone()]

    def loss():
        optimizer.zero_grad()
        f = value(p)
        f.backward(){clip}
        return f

    for t in range({steps}):{rate}
        optimizer.step(loss)
        if not bool((p.abs() <= {far}).all()) or bool(value(p).isnan()):
            break  # it diverged, or left the domain of f
        positions.append(p.detach().clone())
    return positions
"""
TABLE = """

starts = [{starts}]
print("start,step,{axes},loss")
for number, start in enumerate(starts, 1):
    for step, p in enumerate(descend(start)):
        print(number, step, *p.tolist(), float(value(p)), sep=",")
"""


def _call(factory: Callable[..., Any], numbers: Mapping[str, Any], **letters: str) -> str:
    """A call in Python, with numbers and with names for them."""
    arguments = {key: repr(number) for key, number in numbers.items()} | letters
    return f"{factory.__name__}({', '.join(f'{key}={text}' for key, text in arguments.items())})"


def _plans(recipe: Recipe) -> list[Callable[..., Any]]:
    return [plan for plan in (recipe.plan, warmup if recipe.warmup else None) if plan is not None]


def _schedule(recipe: Recipe) -> str:
    if recipe.plan is None:
        return ""
    plan = _call(recipe.plan, recipe.plan_numbers)
    return f"schedule = {_call(warmup, {'steps': recipe.warmup}, then=plan) if recipe.warmup else plan}\n"


def _seen(recipe: Recipe) -> list[str]:
    """The functions that clip each gradient and make the noise of each step, where there is any of both."""
    noise, clipping = recipe.noise, recipe.clipping
    parts = []
    if clipping is not None:
        (clip,) = extract(clipping.rule.clip)[1]
        parts.append(_part(mark("How each gradient is clipped."), clip))
    if not (noise.present or noise.outlier.present):
        return parts
    makers: list[Callable[..., Any]] = [noise_draw, noise.model.change] if noise.present else []
    makers += [outlier_push] if noise.outlier.present else []
    first, *others = extract(*makers)[1]
    lines = ["def at(t):"]
    if noise.present:
        lines.append(f"    draw = {noise_draw.__name__}({noise.sigma!r}, {noise.seed!r}, t)")
    if noise.outlier.present:
        size, update, angle = noise.outlier.size, noise.outlier.update, noise.outlier.angle
        lines.append(f"    push = {outlier_push.__name__}({size!r}, {angle!r}) if t + 1 == {update!r} else 0.0")
    lines.append(f"    return {_shown(recipe)}".rstrip())
    return [*parts, _part(mark("The gradient noise of each step."), first), *others, "\n".join(lines)]


def _shown(recipe: Recipe) -> str:
    """The landscape as an update rule sees it."""
    gradient = plain = "gradient(p)"
    if recipe.noise.present:
        gradient = f"{recipe.noise.model.change.__name__}({gradient}, draw)"
    if recipe.noise.outlier.present:
        gradient = f"{gradient} + push"
    if recipe.clipping is not None:
        gradient = f"{recipe.clipping.rule.clip.__name__}({gradient}, {recipe.clipping.limit!r})"
    return NUMPY_LANDSCAPE.format(gradient="gradient" if gradient == plain else f"lambda p: {gradient}")


def _torch_clip(clipping: Clipping) -> str:
    """A line of PyTorch that clips the gradient of p."""
    return f"\n        {clipping.rule.torch.format(limit=clipping.limit)}"


def _starts(recipe: Recipe) -> str:
    return ", ".join(str(list(start)) for start in recipe.starts)


def _program(landscape: Landscape, library: Literal["numpy", "torch"]) -> str:
    if landscape.program is None:
        raise ValueError(f"{landscape.name} has no formula that could be written down")
    x, y = landscape.axes
    axes = say("x is {x}, and y is {y}.", x=x, y=y)
    return f"# {axes}\n" * (landscape.axes != AXES) + landscape.program(library)


def _part(title: str, code: str) -> str:
    """Code under its title."""
    return f"# {say(title)}\n{code}"


def _heading(landscape: Landscape, recipe: Recipe, needs: str) -> str:
    """What the script is, in the language of the present context; what extracted code says of itself is English."""
    one, count = recipe.starts[0], len(recipe.starts)
    rule = recipe.rule.factory.__name__ if recipe.rule.program is None else recipe.rule.name
    numbers = f"({', '.join(f'{name}={value!r}' for name, value in recipe.numbers.items())})"
    sentences = [
        say(
            "{landscape}: {steps} of {rule} from {start}.",
            landscape=say(landscape.name),
            steps=steps(recipe.steps),
            rule=rule + numbers,
            start=f"({one[0]}, {one[1]})" if count == 1 else say_n("{count} start", "{count} starts", count),
        ),
        say("The learning rate follows the schedule {name}.", name=recipe.plan.__name__) if recipe.plan else "",
        _clipped(recipe.clipping) if recipe.clipping else "",
    ]
    about = say("Written by Fall Line; needs {library}. It prints every point as a table.", library=needs)
    return f'"""{paragraph(*sentences)}\n\n{about}\n"""'


def _clipped(clipping: Clipping) -> str:
    bound = clipping.rule.bound.format(limit=clipping.limit)
    return say("{clipping}: {bound}.", clipping=say(clipping.rule.name), bound=bound)
