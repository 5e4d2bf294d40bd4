"""One run of a race as a value: an optimizer with its knobs, and the schedule that its learning rate follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from landscapes import Knob, knobs
from optimizers import OPTIMIZERS, PLANS, RULES, SCHEDULES, Optimizer

Numbers = tuple[tuple[str, float], ...]  # knob -> number, for every knob; hashable, so that it keys a cache
MOST_STEPS = 5000  # of a run
WARMUP = Knob("W", 0, MOST_STEPS, "steps", default=0, integer=True)


@dataclass(frozen=True)
class RunChoice:
    """An optimizer with its knobs, and the schedule that its learning rate follows."""

    optimizer: str
    numbers: Numbers
    schedule: str = "constant"
    schedule_numbers: Numbers = ()
    hidden: bool = False  # raced, but not drawn
    warmup: int = 0  # steps in which the rate goes straight up to where the schedule begins

    @property
    def scheduled(self) -> bool:
        """Whether the learning rate changes with the steps."""
        return self.schedule != "constant" or self.warmup > 0

    def build(self, **others: Any) -> Optimizer:
        """The optimizer that was chosen, but for the numbers, or arrays of them, that are given."""
        values = whole(self.numbers, knobs(OPTIMIZERS[self.optimizer])) | others
        if self.scheduled:
            turned = whole(self.schedule_numbers, schedule_knobs(self.schedule))
            rate = SCHEDULES[self.schedule](values["learning_rate"], **turned)
            values["learning_rate"] = SCHEDULES["warmup"](rate, self.warmup) if self.warmup else rate
        return OPTIMIZERS[self.optimizer](**values)


def run_choice(optimizer: str, schedule: str = "constant", **numbers: float) -> RunChoice:
    """An optimizer with its defaults, but for the numbers that are given."""
    own = dict(defaults(knobs(OPTIMIZERS[optimizer]))) | numbers
    return RunChoice(optimizer, tuple(own.items()), schedule, defaults(schedule_knobs(schedule)))


def run_names(runs: Sequence[RunChoice]) -> list[str]:
    """The name of each run; a rule that runs more than once is numbered."""
    names: list[str] = []
    for slot, run in enumerate(runs):
        before = sum(1 for other in runs[:slot] if other.optimizer == run.optimizer)
        names.append(f"{RULES[run.optimizer].name} {before + 1}" if before else RULES[run.optimizer].name)
    return names


def on_schedule(run: RunChoice, schedule: str) -> RunChoice:
    """The run on another schedule as it comes, after the same warm-up where it takes one."""
    new = replace(run, schedule=schedule, schedule_numbers=defaults(schedule_knobs(schedule)))
    return new if takes_warmup(new) else replace(new, warmup=0)


@cache
def takes_schedule(optimizer: str) -> bool:
    """Whether an optimizer has a learning rate that may change from step to step."""
    return OPTIMIZERS[optimizer]().rate is not None


def takes_warmup(run: RunChoice) -> bool:
    """Whether a run's learning rate may be warmed up: not one that begins with a warm-up of its own."""
    return takes_schedule(run.optimizer) and not PLANS[run.schedule].rises


def schedule_knobs(schedule: str) -> dict[str, Knob]:
    """What can be turned on a schedule besides its first parameter, which is the learning rate itself."""
    return dict(list(knobs(SCHEDULES[schedule]).items())[1:])


def defaults(marks: Mapping[str, Knob]) -> Numbers:
    """Every knob at its default."""
    return tuple((name, knob.default) for name, knob in marks.items())


def whole(numbers: Numbers, marks: Mapping[str, Knob]) -> dict[str, Any]:
    """Numbers by name, as whole numbers where their knobs ask for that."""
    return {name: int(value) if marks[name].integer else value for name, value in numbers}
