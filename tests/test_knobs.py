"""Knobs: one statement beside a default, from which widgets, links and refusals are made."""

from typing import Annotated

import numpy as np
import pytest

from landscapes import LANDSCAPES, Knob, check, checked, knobs

EVERY = [(key, name, knob) for key, factory in LANDSCAPES.items() for name, knob in knobs(factory).items()]


@pytest.mark.parametrize(("key", "name", "knob"), EVERY, ids=[f"{key}-{name}" for key, name, _ in EVERY])
def test_every_knob_stands_within_its_range_and_means_something_all_over_it(key, name, knob):
    assert knob.low < knob.high
    assert knob.low <= knob.default <= knob.high
    assert knob.refusal(knob.low) is None
    assert knob.refusal(knob.high) is None
    assert knob.symbol
    assert knob.help
    assert not (knob.log and knob.low <= 0), "a logarithmic scale has no zero"
    assert LANDSCAPES[key]().parameters[name] == knob.default


@pytest.mark.parametrize(
    ("knob", "number", "refusal"),
    [
        (Knob("a", 0, 1), 7.0, None),
        (Knob("a", 0, 1), np.nan, "a finite number"),
        (Knob("a", 0, 1), np.inf, "a finite number"),
        (Knob("n", 1, 9, integer=True), 2.5, "a whole number"),
        (Knob("n", 1, 9, integer=True), 2.0, None),
        (Knob("k", 1, 9, least=1.0), 0.99, "≥ 1"),
        (Knob("k", 1, 9, least=1.0), 1.0, None),
        (Knob("k", 1, 9, above=0.0), 0.0, "> 0"),
        (Knob("β", 0, 0.9, below=1.0), 1.0, "< 1"),
        (Knob("β", 0, 0.9, below=1.0), np.array([0.5, 1.5]), "< 1"),
        (Knob("β", 0, 0.9, below=1.0), np.array([0.5, 0.6]), None),
    ],
)
def test_a_knob_says_what_a_number_would_need(knob, number, refusal):
    assert knob.refusal(number) == refusal


def test_a_refusal_names_who_needs_what_and_what_came():
    with pytest.raises(ValueError, match=r"^adam needs beta < 1, got 1\.5$"):
        check("adam", {"beta": Knob("β", 0, 0.9, below=1.0)}, {"beta": 1.5})
    check("adam", {"beta": Knob("β", 0, 0.9, below=1.0)}, {"beta": lambda step: 2.0})  # a schedule is asked later


def test_a_checked_factory_refuses_before_it_computes():
    calls = []

    @checked
    def factory(size: Annotated[float, Knob("s", 0.0, 9.0, above=0.0)] = 2.0) -> float:
        calls.append(size)
        return size

    assert factory() == 2.0
    assert knobs(factory)["size"].default == 2.0
    with pytest.raises(ValueError, match="factory needs size > 0, got -1"):
        factory(-1)
    with pytest.raises(ValueError, match="factory needs size > 0, got -2"):
        factory(size=-2)
    assert calls == [2.0]
