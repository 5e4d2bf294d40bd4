"""One update taken apart: every line of the rule with its numbers, what was remembered, what follows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Landscape, knobs
from landscapes.formula import Node, read_lines
from optimizers.engine import Trajectory, replay
from optimizers.optimizer import Lines, Optimizer, Rule, Schedule
from optimizers.schedules import OnPlateau, PlateauState
from optimizers.worked_steps.evaluation import NumberWriter, SymbolWriter, evaluate
from optimizers.worked_steps.notation import memory_in_latex, remembered_as, symbols_of
from optimizers.worked_steps.typeset import sign

CHUNK = 2048  # updates whose states are held at once
Times = NDArray[np.int64]  # numbers of updates, counted from 1


class Line(NamedTuple):
    """One line of a rule, in LaTeX and as what it comes to."""

    letter: str
    sign: str  # an arrow where an older value is replaced, an equals sign otherwise
    formula: str  # in letters; nothing where the value was searched for
    numbers: str  # the same with numbers
    value: Array  # number (), vector (2,) or matrix (2, 2)


class Memory(NamedTuple):
    """One thing that a rule remembers, before and after an update."""

    letter: str
    before: Array
    after: Array


class Anatomy(NamedTuple):
    """One update: p ← p + step."""

    t: int  # updates done, with this one
    p: Array  # where it began, (2,)
    f: float  # the loss there
    g: Array  # the gradient there, as the step's mini-batch shows it, (2,)
    rate: float | None  # the learning rate of this step
    lines: tuple[Line, ...]  # of the rule, in its order; none for a search
    memories: tuple[Memory, ...]
    effective: Array | None  # what each coordinate's direction is multiplied by, (2,); None for a search
    effective_formula: str
    from_memory: Array | None  # the part of the step that the old momentum makes, (2,); None without momentum
    momentum: str  # its letter; nothing without momentum
    step: Array  # (2,)
    new: Array  # where it ended, (2,)


class Recorded(NamedTuple):
    """A run with all that is needed to take its updates apart."""

    landscape: Landscape
    rule: Rule
    numbers: Mapping[str, Any]  # the rule's hyperparameters, defaults included
    optimizer: Optimizer  # made by the rule's factory
    run: Trajectory  # one trajectory (2, steps + 1) of it, from its start

    @property
    def updates(self) -> int:
        """How many updates can be taken apart: those up to the last position that is known."""
        return int(np.isfinite(self.run.positions).all(axis=0).sum()) - 1


class History(NamedTuple):
    """What a rule was after every number of updates; nan where the run had left."""

    effective: Array | None  # what each coordinate's direction is multiplied by, (2, steps); None for a search
    memories: dict[str, Array]  # everything that the rule remembers, from 0 updates on, (..., steps + 1) by letter


def anatomy(recorded: Recorded, t: int) -> Anatomy:
    """Takes update number t, counted from 1, apart.

    The numbers of each line are computed from the line's own LaTeX: what is shown is what was calculated.

    Raises:
        ValueError: the run has no such update, or had left before it.
    """
    landscape, rule, numbers, optimizer, run = recorded
    if not 1 <= t <= recorded.updates:
        raise ValueError(f"anatomy needs t from 1 to {recorded.updates}, the updates of the run, got {t}")
    seen, p, new = landscape.at(t - 1), run.positions[:, t - 1], run.positions[:, t]
    before, after = replay(landscape, optimizer, run, t - 1, t)
    lines = rule.lines_of(t, numbers)
    with np.errstate(all="ignore"):
        values = _values(recorded, np.array([t]), [before, after])
        rate = None if optimizer.rate is None else float(values["learning_rate"][0])
        shown = [] if lines is None else _shown(rule, lines, values, seen)
        effective = None if lines is None else evaluate(_effective_rate(lines), values, seen.gradient, seen.value)
        field = rule.momentum
        from_memory = None if field is None else new - optimizer.update(p, _without(before, field), seen)[0]
        return Anatomy(
            t=t,
            p=p,
            f=float(seen.value(p)),
            g=seen.gradient(p),
            rate=rate,
            lines=tuple(shown),
            memories=tuple(
                Memory(
                    memory_in_latex(rule, name),
                    np.asarray(getattr(_inner(before), name)),
                    np.asarray(getattr(_inner(after), name)),
                )
                for name in rule.memory
            ),
            effective=None if effective is None else np.broadcast_to(effective[..., 0], (2,)),
            effective_formula="" if lines is None else SymbolWriter(symbols_of(rule)).latex(_effective_rate(lines)),
            from_memory=from_memory,
            momentum="" if field is None else memory_in_latex(rule, field),
            step=new - p,
            new=new,
        )


def history(recorded: Recorded, most: int | None = None, check: Callable[[], object] | None = None) -> History:
    """The effective rates and the memories of a run, whose updates are made again a few at a time.

    Args:
        most: leaves out what the rule remembers in more numbers than these.
        check: called for every 2048 updates; to stop, it raises.
    """
    rule, steps = recorded.rule, recorded.run.positions.shape[1] - 1
    effective = np.full((2, steps), np.nan)
    memories: dict[str, Array] = {}
    for times, states in _chunks(recorded):
        if check is not None:
            check()
        for field in rule.memory:
            if most is None or np.size(getattr(_inner(states[0]), field)) <= most:
                values = _remembered(states, field)
                row = memories.setdefault(
                    memory_in_latex(rule, field), np.full((*values.shape[:-1], steps + 1), np.nan)
                )
                row[..., times[0] - 1 : times[-1] + 1] = values
        for lines, chosen in _alike(recorded, times).items():
            effective[:, chosen - 1] = _effective(recorded, lines, chosen, states, times[0])
    return History(None if rule.lines is None else effective, memories)


def _chunks(recorded: Recorded) -> Iterator[tuple[Times, list[Any]]]:
    """Numbers of updates, (n,), and the states that they find and leave, n + 1 of them."""
    landscape, _, _, optimizer, run = recorded
    for before in range(0, recorded.updates, CHUNK):
        last = min(before + CHUNK, recorded.updates)
        yield np.arange(before + 1, last + 1), replay(landscape, optimizer, run, before, last)


def _alike(recorded: Recorded, times: Times) -> dict[Lines, Times]:
    """The updates by the lines that they go through; none of a search."""
    groups: dict[Lines, list[int]] = {}
    for t in times.tolist():
        lines = recorded.rule.lines_of(t, recorded.numbers)
        if lines is not None:
            groups.setdefault(lines, []).append(t)
    return {lines: np.array(chosen) for lines, chosen in groups.items()}


def _effective(recorded: Recorded, lines: Lines, times: Times, states: Sequence[Any], first: int) -> Array:
    """The effective rates of updates that go through the same lines; `states` begins before update `first`."""
    around = [state for t in times.tolist() for state in states[t - first : t - first + 2]]
    gradient, value = recorded.landscape.gradient, recorded.landscape.value
    with np.errstate(all="ignore"):
        values = _values(recorded, times, around)
        for line in read_lines(lines.text):
            values[line.name] = evaluate(line.formula, values, gradient, value)
        return evaluate(_effective_rate(lines), values, gradient, value)


def _inner(state: Any) -> Any:
    """The rule's own state, also where its rate follows the loss."""
    return state.inner if isinstance(state, PlateauState) else state


def _without(state: Any, field: str) -> Any:
    """The same state, but for a momentum of 0."""
    if isinstance(state, PlateauState):
        return state._replace(inner=_without(state.inner, field))
    return state._replace(**{field: np.zeros_like(getattr(state, field))})


def _values(recorded: Recorded, times: Times, states: Sequence[Any]) -> dict[str, Array]:
    """The values of all names as the updates number `times` find them, one along the last axis for each.

    Args:
        states: what each of them finds and what it leaves, in turn, 2n of them.
    """
    landscape, rule, numbers, optimizer, run = recorded
    p, before, after = run.positions[:, times - 1], states[::2], states[1::2]
    if landscape.batch is None:
        g = landscape.gradient(p)
    else:
        g = np.stack([landscape.at(t - 1).gradient(run.positions[:, t - 1]) for t in times.tolist()], axis=-1)
    values = {"p": p, "g": g, "t": times.astype(float), "identity": np.eye(2)[..., None]}
    for name in knobs(rule.factory):
        values[name] = np.full(len(times), float(numbers[name]))
    if optimizer.rate is not None:
        rates = [_rate(optimizer.rate, t - 1, state) for t, state in zip(times.tolist(), before, strict=True)]
        values["learning_rate"] = np.array(rates, dtype=float)
    if rule.lines is not None and "hessian" in rule.lines.text:
        values["hessian"] = landscape.hessian(p)
    for field in rule.memory:
        values[remembered_as(field)] = values[f"{field}_before"] = _remembered(before, field)
    for name, field in rule.searched.items():
        values[name] = _remembered(after, field)
    return values


def _remembered(states: Sequence[Any], field: str) -> Array:
    """One field of each state, along the last axis."""
    return np.moveaxis(np.array([getattr(_inner(state), field) for state in states], dtype=float), 0, -1)


def _rate(rate: Schedule, step: int, before: Any) -> Any:
    """The learning rate of a step that finds that state."""
    return rate.at(step, before.watch.rate) if isinstance(rate, OnPlateau) else rate(step)


def _effective_rate(lines: Lines) -> Node:
    (line,) = read_lines(f"rate = {lines.effective_rate}")
    return line.formula


def _shown(rule: Rule, lines: Lines, values: dict[str, Array], landscape: Landscape) -> list[Line]:
    """What was searched for, then the lines of a rule with their numbers; gives each line's value to its name."""
    writer = SymbolWriter(symbols_of(rule))
    shown = [Line(writer.name(name)[0], "=", "", "", values[name][..., 0]) for name in rule.searched]
    for line in read_lines(lines.text):
        numbers = NumberWriter(values, landscape.gradient, landscape.value).latex(line.formula)
        values[line.name] = evaluate(line.formula, values, landscape.gradient, landscape.value)
        formula, value = writer.latex(line.formula), values[line.name][..., 0]
        shown.append(Line(writer.name(line.name)[0], sign(rule, line), formula, numbers, value))
    return shown
