"""One run of a race as a value: an optimizer with its knobs, and the schedule that its learning rate follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, count
from typing import Any

import numpy as np

from landscapes import Knob
from landscapes import knobs as knobs_of
from optimizers import (
    PLANS,
    RULES,
    SCHEDULES,
    Clipping,
    Optimizer,
    Rule,
    clipped,
    takes_clipping,
    typed_rule,
    warmed,
)
from optimizers.typed import LINES, heavy
from pages.shared.fields.typed import exact
from words import mark, say, short

Numbers = tuple[tuple[str, float], ...]  # knob -> number, for every knob; hashable, so that it keys a cache
MOST_STEPS = 200_000  # of a run
UNBROKEN = "\xa0"  # between a symbol and its number, which no line parts
SEARCHES = {"line_search", "newton", "damped_newton", "bfgs", "lbfgs", "lbfgs_wolfe", "conjugate_gradient"}
SEARCHING = 5  # a step of these is counted as so many: each asks for many values, or solves for its direction
TYPED = "typed"  # stands for the optimizer where the rule is one that somebody typed
FIRST_LINES = LINES["momentum"]  # of a rule of one's own, before it is changed
WARMUP = Knob("W", 0, MOST_STEPS, mark("steps"), default=0, integer=True, least=0)


@dataclass(frozen=True)
class RunChoice:
    """An optimizer with its knobs, and the schedule that its learning rate follows."""

    optimizer: str
    numbers: Numbers
    schedule: str = "constant"
    schedule_numbers: Numbers = ()
    hidden: bool = False  # raced, but not drawn
    warmup: int = 0  # steps in which the rate goes straight up to where the schedule begins
    lines: str = ""  # of a rule that somebody typed
    clipping: Clipping | None = None  # of every gradient that the rule is given

    @property
    def rule(self) -> Rule:
        """The update rule: a known one, or that of the lines."""
        return rule_of(self.optimizer, self.lines)

    @property
    def knobs(self) -> dict[str, Knob]:
        """What can be turned on the rule."""
        return knobs_of(self.rule.factory)

    @property
    def scheduled(self) -> bool:
        """Whether the learning rate changes with the steps."""
        return self.schedule != "constant" or self.warmup > 0

    @property
    def weight(self) -> int:
        """As how many steps one of this run is counted."""
        long = heavy(self.lines) if self.optimizer == TYPED else self.optimizer in SEARCHES
        return SEARCHING if long else 1

    def build(self, **others: Any) -> Optimizer:
        """The optimizer that was chosen, but for the numbers, or arrays of them, that are given.

        The warm-up may be an array too, where the schedule is constant.
        """
        warmup = others.pop("warmup", self.warmup)
        values = whole(self.numbers, self.knobs) | others
        if np.ndim(warmup):
            return clipped(warmed(self.rule.factory, warmup, **values), self.clipping)
        if self.scheduled:
            turned = whole(self.schedule_numbers, schedule_knobs(self.schedule))
            rate = SCHEDULES[self.schedule](values["learning_rate"], **turned)
            values["learning_rate"] = SCHEDULES["warmup"](rate, self.warmup) if self.warmup else rate
        return clipped(self.rule.factory(**values), self.clipping)


def rule_of(optimizer: str, lines: str = "") -> Rule:
    """The rule of that name, or the one that lines describe.

    Raises:
        FormulaError: the lines are no rule.
    """
    return typed_rule(lines) if optimizer == TYPED else RULES[optimizer]


def run_choice(optimizer: str, schedule: str = "constant", lines: str = "", **numbers: float) -> RunChoice:
    """An optimizer with its defaults, but for the numbers that are given."""
    text = lines or FIRST_LINES * (optimizer == TYPED)
    own = dict(defaults(knobs_of(rule_of(optimizer, text).factory))) | numbers
    return RunChoice(optimizer, tuple(own.items()), schedule, defaults(schedule_knobs(schedule)), lines=text)


def run_names(runs: Sequence[RunChoice], rates: bool = True) -> list[str]:
    r"""The name of each run: its rule, and where that runs more than once, what tells the run from the others.

    >>> run_names([run_choice("adam"), run_choice("momentum", momentum=0.5), run_choice("momentum", momentum=0.95)])
    ['Adam', 'Momentum β\xa00.5', 'Momentum β\xa00.95']

    Args:
        rates: whether learning rates count; they do not where every run is looked at over many of them.
    """
    return [
        f"{say(run.rule.name)} {difference}".rstrip()
        for run, difference in zip(runs, run_marks(runs, rates), strict=True)
    ]


def run_marks(runs: Sequence[RunChoice], rates: bool = True) -> list[str]:
    """What tells each run from the others of its rule: numbers, schedule, warm-up, and between equals which one it is.

    >>> run_marks([run_choice("adam"), run_choice("adam"), run_choice("lion")])
    ['', '2', '']
    """
    words = [" ".join(differing(run, [it for it in runs if same_rule(it, run)], rates)) for run in runs]
    taken: set[str] = set()
    found = []
    for run, difference in zip(runs, words, strict=True):
        numbered = (f"{difference} ({number})" if difference else f"{number}" for number in count(2))
        name = say(run.rule.name)  # a rule of one's own may be called like another, or like another with a number
        found.append(next(each for each in chain([difference], numbered) if f"{name} {each}".rstrip() not in taken))
        taken.add(f"{name} {found[-1]}".rstrip())
    return found


def same_rule(run: RunChoice, other: RunChoice) -> bool:
    """Whether two runs are of one rule."""
    return (run.optimizer, run.lines) == (other.optimizer, other.lines)


def differing(run: RunChoice, alike: Sequence[RunChoice], rates: bool) -> list[str]:
    """The numbers, the schedule and the warm-up of a run that not all of its rule, `alike`, have."""
    if len(alike) == 1:
        return []
    others = [it for it in alike if it.schedule == run.schedule]
    planned = len({(it.schedule, it.schedule_numbers, it.warmup) for it in alike}) > 1
    words = []
    for name, knob in run.knobs.items():
        if name != "learning_rate" or rates:
            always = planned and name == "learning_rate"  # a schedule is nothing without its rate
            words += apart(knob, [dict(it.numbers)[name] for it in alike], dict(run.numbers)[name], always)
    if len({it.schedule for it in alike}) > 1 and run.schedule != "constant":
        words.append(say(PLANS[run.schedule].name).lower())
    for name, knob in schedule_knobs(run.schedule).items():
        words += apart(knob, [dict(it.schedule_numbers)[name] for it in others], dict(run.schedule_numbers)[name])
    if run.warmup and len({it.warmup for it in alike}) > 1:
        words.append(say("warm-up {steps}", steps=f"{run.warmup:,}"))
    if len({it.clipping for it in alike}) > 1:
        words += clipping_mark(run)
    return words


def clipping_mark(run: RunChoice) -> list[str]:
    r"""What holds of the gradients of a run that are clipped; nothing where they are not.

    >>> clipping_mark(replace(run_choice("adam"), clipping=Clipping("norm", 0.5)))
    ['‖g‖\xa0≤\xa00.5']
    """
    if run.clipping is None:
        return []
    return [run.clipping.rule.bound.format(limit=exact(run.clipping.limit)).replace(" ", UNBROKEN)]


def apart(knob: Knob, values: Sequence[float], value: float, always: bool = False) -> list[str]:
    r"""A knob's symbol and its number, to as many digits as tell it from the other values; nothing where none differs.

    >>> apart(Knob("η", 1e-5, 10.0), [0.1, 0.1001, 0.3], 0.1001), apart(Knob("β", 0.0, 0.999), [0.9, 0.9], 0.9)
    (['η\xa00.1001'], [])
    """
    different = set(values)
    if len(different) == 1 and not always:
        return []
    if knob.integer:
        return [f"{knob.symbol}{UNBROKEN}{value:,.0f}"]
    enough = (d for d in range(3, 16) if len({short(each, d) for each in different}) == len(different))
    digits = next(enough, None)
    return [f"{knob.symbol}{UNBROKEN}{short(value, digits) if digits else exact(value)}"]


def on_schedule(run: RunChoice, schedule: str) -> RunChoice:
    """The run on another schedule as it comes, after the same warm-up where it takes one."""
    new = replace(run, schedule=schedule, schedule_numbers=defaults(schedule_knobs(schedule)))
    return new if takes_warmup(new) else replace(new, warmup=0)


@lru_cache(maxsize=256)
def takes_schedule(optimizer: str, lines: str = "") -> bool:
    """Whether an optimizer has a learning rate that may change from step to step."""
    return rule_of(optimizer, lines).factory().rate is not None


@lru_cache(maxsize=256)
def clippable(optimizer: str, lines: str = "") -> bool:
    """Whether the gradients of an optimizer may be clipped."""
    return takes_clipping(rule_of(optimizer, lines))


def takes_warmup(run: RunChoice) -> bool:
    """Whether a run's learning rate may be warmed up: not one that begins with a warm-up of its own."""
    return takes_schedule(run.optimizer, run.lines) and not PLANS[run.schedule].rises


def schedule_knobs(schedule: str) -> dict[str, Knob]:
    """What can be turned on a schedule besides its first parameter, which is the learning rate itself."""
    return dict(list(knobs_of(SCHEDULES[schedule]).items())[1:])


def defaults(marks: Mapping[str, Knob]) -> Numbers:
    """Every knob at its default."""
    return tuple((name, knob.default) for name, knob in marks.items())


def whole(numbers: Numbers, marks: Mapping[str, Knob]) -> dict[str, Any]:
    """Numbers by name, as whole numbers where their knobs ask for that."""
    return {name: int(value) if marks[name].integer else value for name, value in numbers}
