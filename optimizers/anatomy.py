"""One update taken apart: every line of the rule with its numbers, what was remembered, what follows."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from landscapes import Array, Landscape, knobs
from optimizers.engine import Trajectory
from optimizers.latex import clauses
from optimizers.letters import COUNTERS, FIELDS, GIVEN, MOMENTUM, SYMBOLS, effect_of, lines_of
from optimizers.optimizer import Optimizer, Rule
from optimizers.plateau import PlateauState
from optimizers.rates import learning_rates
from optimizers.reckoning import value, with_numbers


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
    with np.errstate(all="ignore"):
        letters = _letters(recorded, np.array([t]))
        lines = _calculate(lines_of(rule, t, numbers), letters, seen)
        effect = effect_of(rule, t, numbers)
        effective = value(clauses(rf"p = {effect}")[0].tree, letters, seen.gradient) if effect else None
        field = MOMENTUM.get(rule.factory.__name__)
        from_memory = None if field is None else new - optimizer.update(p, _without(before, field), seen)[0]
        return Anatomy(
            t=t,
            p=p,
            f=float(seen.value(p)),
            g=seen.gradient(p),
            rate=None if optimizer.rate is None else float(letters[r"\eta"][0]),
            lines=(*_given(rule, letters), *lines),
            memories=tuple(
                Memory(FIELDS.get(name, name), np.asarray(then), np.asarray(getattr(_inner(run.states[t - 1]), name)))
                for name, then in _fields(before).items()
            ),
            effective=None if effective is None else np.broadcast_to(effective[..., 0], (2,)),
            effective_formula=effect,
            from_memory=from_memory,
            step=new - p,
            new=new,
        )


def effective_rates(recorded: Recorded) -> Array | None:
    """What each coordinate's direction is multiplied by in every step, shape (2, steps); None for a search."""
    landscape, rule, numbers, _, run = recorded
    steps = len(run.states)
    groups: dict[tuple[str, str], list[int]] = {}
    for t in range(1, steps + 1):
        groups.setdefault((lines_of(rule, t, numbers), effect_of(rule, t, numbers)), []).append(t)
    rates = np.full((2, steps), np.nan)
    for (lines, effect), times in groups.items():
        if not effect:
            return None
        chosen = np.array(times)
        with np.errstate(all="ignore"):
            letters = _letters(recorded, chosen)
            _calculate(lines, letters, landscape, shown=False)
            rates[:, chosen - 1] = value(clauses(rf"p = {effect}")[0].tree, letters, landscape.gradient)
    return rates


def memories(recorded: Recorded) -> dict[str, Array]:
    """Everything that the rule remembers, after each number of updates from 0 on, shape (..., steps + 1) by letter."""
    _, _, _, optimizer, run = recorded
    states = [optimizer.init(run.positions[:, 0]), *run.states]
    return {
        FIELDS.get(name, name): np.stack([np.asarray(getattr(_inner(s), name), dtype=float) for s in states], axis=-1)
        for name in _fields(states[-1])
    }


def _inner(state: Any) -> Any:
    """The rule's own state, also where its rate follows the loss."""
    return state.inner if isinstance(state, PlateauState) else state


def _without(state: Any, field: str) -> Any:
    """The same state, but for a momentum of 0."""
    if isinstance(state, PlateauState):
        return state._replace(inner=_without(state.inner, field))
    return state._replace(**{field: np.zeros_like(getattr(state, field))})


def _fields(state: Any) -> dict[str, Any]:
    return {name: part for name, part in _inner(state)._asdict().items() if name not in COUNTERS}


def _letters(recorded: Recorded, times: Any) -> dict[str, Array]:
    """The values of all letters as the updates number `times` find them, one along the last axis for each."""
    landscape, rule, numbers, optimizer, run = recorded
    p = run.positions[:, times - 1]
    g = np.stack([landscape.at(t - 1).gradient(run.positions[:, t - 1]) for t in times], axis=-1)
    letters = {"p": p, "g": g, "t": times.astype(float), "I": np.eye(2)[..., None]}
    for name, knob in knobs(rule.factory).items():
        if name != "learning_rate":
            letters[SYMBOLS[knob.symbol]] = np.full(len(times), float(numbers[name]))
    rates = learning_rates(landscape, optimizer, run)
    if rates is not None:
        letters[r"\eta"] = rates[times - 1]
    if "H" in rule.latex:
        letters["H"] = landscape.hessian(p)
    first = optimizer.init(run.positions[:, 0])
    states = [(_inner(run.states[t - 2] if t > 1 else first), _inner(run.states[t - 1])) for t in times]
    given = GIVEN.get(rule.factory.__name__, {})
    for name in _fields(states[0][0]):
        letter = FIELDS.get(name, name)
        letters[letter] = np.stack([np.asarray(getattr(before, name), dtype=float) for before, _ in states], axis=-1)
        letters[f"{letter}_{{-1}}"] = letters[letter]
    for letter, name in given.items():
        letters[letter] = np.stack([np.asarray(getattr(after, name), dtype=float) for _, after in states], axis=-1)
    return letters


def _given(rule: Rule, letters: Mapping[str, Array]) -> list[Line]:
    """What the rule has searched for itself."""
    names = GIVEN.get(rule.factory.__name__, {})
    return [Line(letter, "=", "", "", letters[letter][..., 0]) for letter in names]


def _calculate(latex: str, letters: dict[str, Array], landscape: Landscape, shown: bool = True) -> list[Line]:
    """Goes through the lines of a rule, giving their values to their letters."""
    lines = []
    for letter, sign, formula, tree in clauses(latex) if latex else ():
        result = value(tree, letters, landscape.gradient)
        if shown:
            numbers = with_numbers(tree, letters, landscape.gradient)
            lines.append(Line(letter, sign, formula, numbers, result[..., 0]))
        letters[letter] = result
    return lines
