"""The record that every optimizer is: two pure functions, and what is known about where they hold."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np

from landscapes import Array, Knob, Landscape
from optimizers.clipping import Clipping
from words import mark

Rate = float | Array  # a number, or one for each trajectory, shape (N,)
Schedule = Callable[[int], Rate]  # step, counted from 0 -> rate

LearningRate = Annotated[Rate | Schedule, Knob("η", 1e-5, 10.0, mark("length of a step"), log=True, least=0.0)]
Momentum = Annotated[Rate, Knob("β", 0.0, 0.999, mark("share of the old velocity that is kept"), least=0.0, below=1.0)]
Dampening = Annotated[
    Rate, Knob("τ", 0.0, 1.0, mark("share of the new gradient that the velocity leaves out"), least=0.0, most=1.0)
]
Beta1 = Annotated[
    Rate, Knob("β₁", 0.0, 0.999, mark("memory of the running mean of the gradient"), least=0.0, below=1.0)
]
Beta2 = Annotated[Rate, Knob("β₂", 0.0, 0.9999, mark("memory of the running mean of its square"), least=0.0, below=1.0)]
Alpha = Annotated[Rate, Knob("α", 0.0, 0.9999, mark("memory of the running mean of the square"), least=0.0, below=1.0)]
Beta3 = Annotated[
    Rate, Knob("β₃", 0.0, 0.9999, mark("memory of the mean of the squared look-ahead"), least=0.0, below=1.0)
]
Rho = Annotated[Rate, Knob("ρ", 0.0, 0.999, mark("memory of both running means"), least=0.0, below=1.0)]
WeightDecay = Annotated[Rate, Knob("λ", 0.0, 1.0, mark("pull towards the origin"), least=0.0)]
Epsilon = Annotated[Rate, Knob("ε", 1e-12, 1.0, mark("keeps the quotient finite"), log=True, least=0.0)]


class Made(NamedTuple):
    """How an optimizer was made: its factory, the hyperparameters that were given, how its gradients are clipped."""

    factory: "Callable[..., Optimizer]"
    numbers: Mapping[str, Any]
    clipping: Clipping | None = None

    def again(self, **others: Any) -> "Optimizer":
        """The same optimizer but for some hyperparameters, which are checked."""
        return clipped(self.factory(**{**self.numbers, **others}), self.clipping)

    def unchecked(self, **others: Any) -> "Optimizer":
        """The same where the others stand for numbers, and are none."""
        factory = getattr(self.factory, "__wrapped__", self.factory)
        return clipped(factory(**{**self.numbers, **others}), self.clipping)


class Optimizer(NamedTuple):
    """`state = init(p)`, then `p, state = update(p, state, landscape)` for every step; neither writes to its arguments.

    `rate` is the learning rate as a schedule, None for a rule without one. `stability_limit`, where theory
    knows it, is the largest curvature λ at which the step with that number is stable on a quadratic: 2/η for gradient
    descent.
    """

    init: Callable[[Array], Any]  # (2, ...) -> state, a NamedTuple
    update: Callable[[Array, Any, Landscape], tuple[Array, Any]]
    rate: Schedule | None = None
    stability_limit: Schedule | None = None
    made: Made | None = None  # None where no factory of `OPTIMIZERS` made it


class Lines(NamedTuple):
    """One update in plain formulas: what is shown is read from them, and calculated from them too.

    Names are the factory's parameters, the fields of the state, names set in an earlier line, and: `p` the point, `g`
    the gradient there, `t` the number of the update from 1, `hessian`, `identity`; `v_before` is what v was before the
    update. Functions: sqrt, abs, sign, max, min, norm, norm1, dot, inverse, and `gradient(q)` at another point.
    """

    text: str  # one assignment a line, the last one to p
    effective_rate: str  # what each coordinate's direction is multiplied by


@dataclass(frozen=True, kw_only=True)
class Rule:
    """All that is known of an update rule; `factory` makes the optimizer, and its docstring names the source.

    Raises:
        ValueError: a field of the state is neither a memory nor a counter, or a field that is named is not there.
    """

    factory: Callable[..., Optimizer]
    name: str
    use: str  # one sentence: when to take it
    fails: str  # one sentence: how it goes wrong
    lines: Lines | None  # one update; None for a rule that searches for its whole step
    memory: tuple[str, ...]  # the fields of the state that remember something of the way
    momentum: str | None  # the one of them whose part in a step can be told apart
    torch: "InTorch | None"  # the call that makes the same rule in PyTorch; None where it has none
    special: Callable[[int, Mapping[str, Any]], Lines | None] | None = None  # update t, numbers -> its lines if others
    searched: Mapping[str, str] = field(default_factory=dict)  # names in the lines -> fields of the new state
    search: str = ""  # LaTeX of what is searched for, where lines cannot say it; marked where it has words
    symbols: Mapping[str, str] = field(default_factory=dict)  # names -> LaTeX, where convention does not give it
    counters: tuple[str, ...] = ("t",)  # the fields of the state that count, replay, or spare a search
    program: "Callable[[Literal['numpy', 'torch']], Written | None] | None" = None  # where no file of ours has the rule

    def __post_init__(self) -> None:
        fields = set(self.factory().init(np.zeros(2))._fields)
        stated = {*self.memory, *self.counters}
        if fields - stated:
            unsaid = ", ".join(sorted(fields - stated))
            raise ValueError(
                f"the rule {self.name} needs to say whether {unsaid} of its state is a memory or a counter"
            )
        named = stated | set(self.searched.values()) | ({self.momentum} if self.momentum else set())
        if named - fields:
            absent = ", ".join(sorted(named - fields))
            raise ValueError(f"the rule {self.name} names {absent}, but its state has the fields {', '.join(fields)}")
        if self.lines is None and not self.search:
            raise ValueError(f"the rule {self.name} needs lines, or the LaTeX of what it searches for")

    @property
    def source(self) -> str:
        """Author, title, equation or algorithm, identifier: what follows `Source:` in the factory's docstring."""
        return " ".join((inspect.getdoc(self.factory) or "").partition("Source:")[2].split())

    def lines_of(self, t: int, numbers: Mapping[str, Any]) -> Lines | None:
        """The lines of update number t, counted from 1; None for a search."""
        return (self.special(t, numbers) if self.special else None) or self.lines


class Written(NamedTuple):
    """A rule as Python, where no file of ours has it: its source, what that calls, and how it calls the numbers."""

    source: str  # defines `your_rule`, a factory, or in PyTorch `YourRule`, an optimizer
    needs: tuple[Callable[..., Any], ...]  # functions of ours, to be written before it
    names: Mapping[str, str]  # hyperparameters -> their names in the source


InTorch = Callable[[Mapping[str, Any]], str | None]  # hyperparameters -> the call in Python, None where there is none


def in_torch(optimizer: str, **arguments: str) -> InTorch:
    """How PyTorch makes a rule for parameters p: its optimizer, and its arguments by the names of ours.

    >>> in_torch("SGD", lr="{learning_rate}", momentum="{momentum}")({"learning_rate": 0.1, "momentum": 0.9})
    'torch.optim.SGD([p], lr=0.1, momentum=0.9)'
    """

    def call(numbers: Mapping[str, Any]) -> str:
        shown = "".join(f", {key}={text.format_map(numbers)}" for key, text in arguments.items())
        return f"torch.optim.{optimizer}([p]{shown})"

    return call


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a page tells about a schedule; `factory` makes it."""

    factory: Callable[..., Schedule]
    name: str
    latex: str  # the rate at step t, counted from 0
    use: str  # one sentence: what it is for
    rises: bool = False  # begins with a warm-up of its own


def as_schedule(rate: Rate | Schedule) -> Schedule:
    """A number, or an array of one for each trajectory, as the schedule that never changes it."""
    return rate if callable(rate) else lambda _: rate


def stability_limit(product: Rate, rate: Schedule) -> Schedule:
    """The curvature λ at which λη reaches `product`, step by step; infinite where the rate is 0."""

    def limit(step: int) -> Rate:
        with np.errstate(divide="ignore"):
            quotient: Rate = np.float64(product) / rate(step) if np.ndim(product) == 0 else product / rate(step)
        return quotient

    return limit


def clipped(optimizer: Optimizer, clipping: Clipping | None) -> Optimizer:
    """The optimizer that is given clipped gradients wherever it asks for one; itself for None.

    It is meant for rules that ask for gradients alone: a search for a step would weigh losses against slopes that are
    not theirs.

    >>> from landscapes import LANDSCAPES
    >>> from optimizers import OPTIMIZERS, Clipping, descend
    >>> careful = clipped(OPTIMIZERS["gradient_descent"](learning_rate=0.1), Clipping("value", 1.0))
    >>> descend(LANDSCAPES["rosenbrock"](), careful, np.array([2.0, 2.0]), steps=1).positions[:, 1].tolist()
    [1.9, 2.1]
    """
    if clipping is None:
        return optimizer
    made = optimizer.made
    return optimizer._replace(
        update=lambda p, state, landscape: optimizer.update(p, state, clipping.on(landscape)),
        made=None if made is None else made._replace(clipping=clipping),
    )


def takes_clipping(rule: Rule) -> bool:
    """Whether a rule's step is made of gradients alone, so that clipped ones have a meaning for it.

    A search, or a step by a Hessian, weighs slopes against losses and curvatures, and needs those of one function.
    """
    if rule.lines is None:
        return False
    asked: list[str] = []

    def noted(what: str) -> Callable[[Array], Array]:
        def answer(p: Array) -> Array:
            asked.append(what)
            return np.ones({"value": (), "gradient": (2,), "hessian": (2, 2)}[what])

        return answer

    probe = Landscape(name="", latex="", value=noted("value"), gradient=noted("gradient"), hessian=noted("hessian"))
    optimizer, p = rule.factory(), np.ones(2)
    optimizer.update(p, optimizer.init(p), probe)
    return set(asked) == {"gradient"}
