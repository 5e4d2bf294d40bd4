"""One update taken apart: every line of the rule with its numbers, what was remembered, what follows."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from landscapes import Array, Landscape, knobs
from landscapes.grammar import read_lines
from landscapes.tree import Node
from optimizers.engine import Trajectory
from optimizers.letters import memory_in_latex, remembered_as, symbols_of
from optimizers.optimizer import Lines, Optimizer, Rule
from optimizers.plateau import PlateauState
from optimizers.rates import learning_rates
from optimizers.reckoning import NumberWriter, SymbolWriter, evaluate


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
    step: Array  # (2,)
    new: Array  # where it ended, (2,)


class Recorded(NamedTuple):
    """A run with all that is needed to take its updates apart."""

    landscape: Landscape
    rule: Rule
    numbers: Mapping[str, Any]  # the rule's hyperparameters, defaults included
    optimizer: Optimizer  # made by the rule's factory
    run: Trajectory  # one trajectory (2, steps + 1) of it, recorded


def anatomy(recorded: Recorded, t: int) -> Anatomy:
    """Takes update number t, counted from 1, apart.

    The numbers of each line are computed from the line's own LaTeX: what is shown is what was calculated.

    Raises:
        ValueError: the run has no such update, or was not recorded.
    """
    landscape, rule, numbers, optimizer, run = recorded
    if not 1 <= t <= len(run.states):
        raise ValueError(f"anatomy needs t from 1 to {len(run.states)}, the updates that were recorded, got {t}")
    seen, p, new = landscape.at(t - 1), run.positions[:, t - 1], run.positions[:, t]
    before = run.states[t - 2] if t > 1 else optimizer.init(run.positions[:, 0])
    lines = rule.lines_of(t, numbers)
    with np.errstate(all="ignore"):
        values = _values(recorded, np.array([t]))
        rate = None if optimizer.rate is None else float(values["learning_rate"][0])
        shown = [] if lines is None else _shown(rule, lines, values, seen)
        effective = None if lines is None else evaluate(_rate(lines), values, seen.gradient)
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
                    np.asarray(getattr(_inner(run.states[t - 1]), name)),
                )
                for name in rule.memory
            ),
            effective=None if effective is None else np.broadcast_to(effective[..., 0], (2,)),
            effective_formula="" if lines is None else SymbolWriter(symbols_of(rule)).latex(_rate(lines)),
            from_memory=from_memory,
            step=new - p,
            new=new,
        )


def effective_rates(recorded: Recorded) -> Array | None:
    """What each coordinate's direction is multiplied by in every step, shape (2, steps); None for a search."""
    landscape, rule, numbers, _, run = recorded
    steps = len(run.states)
    if rule.lines is None:
        return None
    groups: dict[Lines, list[int]] = {}
    for t in range(1, steps + 1):
        groups.setdefault(rule.lines_of(t, numbers) or rule.lines, []).append(t)
    rates = np.full((2, steps), np.nan)
    for lines, times in groups.items():
        chosen = np.array(times)
        with np.errstate(all="ignore"):
            values = _values(recorded, chosen)
            for line in read_lines(lines.text):
                values[line.name] = evaluate(line.formula, values, landscape.gradient)
            rates[:, chosen - 1] = evaluate(_rate(lines), values, landscape.gradient)
    return rates


def memories(recorded: Recorded) -> dict[str, Array]:
    """Everything that the rule remembers, after each number of updates from 0 on, shape (..., steps + 1) by letter."""
    _, rule, _, optimizer, run = recorded
    states = [optimizer.init(run.positions[:, 0]), *run.states]
    return {
        memory_in_latex(rule, name): np.stack(
            [np.asarray(getattr(_inner(state), name), dtype=float) for state in states], axis=-1
        )
        for name in rule.memory
    }


def _inner(state: Any) -> Any:
    """The rule's own state, also where its rate follows the loss."""
    return state.inner if isinstance(state, PlateauState) else state


def _without(state: Any, field: str) -> Any:
    """The same state, but for a momentum of 0."""
    if isinstance(state, PlateauState):
        return state._replace(inner=_without(state.inner, field))
    return state._replace(**{field: np.zeros_like(getattr(state, field))})


def _values(recorded: Recorded, times: Any) -> dict[str, Array]:
    """The values of all names as the updates number `times` find them, one along the last axis for each."""
    landscape, rule, numbers, optimizer, run = recorded
    p = run.positions[:, times - 1]
    g = np.stack([landscape.at(t - 1).gradient(run.positions[:, t - 1]) for t in times], axis=-1)
    values = {"p": p, "g": g, "t": times.astype(float), "identity": np.eye(2)[..., None]}
    for name in knobs(rule.factory):
        values[name] = np.full(len(times), float(numbers[name]))
    rates = learning_rates(landscape, optimizer, run)
    if rates is not None:
        values["learning_rate"] = rates[times - 1]
    if rule.lines is not None and "hessian" in rule.lines.text:
        values["hessian"] = landscape.hessian(p)
    first = optimizer.init(run.positions[:, 0])
    states = [(_inner(run.states[t - 2] if t > 1 else first), _inner(run.states[t - 1])) for t in times]
    for field in rule.memory:
        before = np.stack([np.asarray(getattr(state, field), dtype=float) for state, _ in states], axis=-1)
        values[remembered_as(field)] = values[f"{field}_before"] = before
    for name, field in rule.searched.items():
        values[name] = np.stack([np.asarray(getattr(state, field), dtype=float) for _, state in states], axis=-1)
    return values


def _rate(lines: Lines) -> Node:
    (line,) = read_lines(f"rate = {lines.effective_rate}")
    return line.formula


def _shown(rule: Rule, lines: Lines, values: dict[str, Array], landscape: Landscape) -> list[Line]:
    """What was searched for, then the lines of a rule with their numbers; gives each line's value to its name."""
    writer = SymbolWriter(symbols_of(rule))
    shown = [Line(writer.name(name)[0], "=", "", "", values[name][..., 0]) for name in rule.searched]
    replaced = {"p", "g", *rule.memory}
    for line in read_lines(lines.text):
        numbers = NumberWriter(values, landscape.gradient).latex(line.formula)
        values[line.name] = evaluate(line.formula, values, landscape.gradient)
        sign = r"\leftarrow" if line.name in replaced else "="
        shown.append(
            Line(writer.name(line.name)[0], sign, writer.latex(line.formula), numbers, values[line.name][..., 0])
        )
    return shown
