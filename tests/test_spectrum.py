"""Bars for eigenvalues: rounding has no sign, and what is infinite or missing is drawn as that."""

from dataclasses import replace

import numpy as np
import pytest

from figures import height_against_index, spectrum
from landscapes import LANDSCAPES, find_critical_points, formula


def point(kind, *eigenvalues):
    (bowl,) = find_critical_points(formula("x**2 + y**2")).points
    return replace(bowl, kind=kind, eigenvalues=np.array(eigenvalues))


@pytest.mark.parametrize(
    ("kind", "eigenvalues", "shapes", "negative"),
    [
        ("saddle", (-1e-8, 2.0), ("/", ""), 1),
        ("minimum", (1e-9, 2.0), ("", ""), 0),
        ("degenerate", (-1e-13, 2.0), (".", ""), 0),
        ("degenerate", (-2.0, 1e-13), ("/", "."), 1),
        ("degenerate", (0.0, 0.0), (".", "."), 0),
        ("degenerate", (-np.inf, np.inf), ("/", ""), 1),
    ],
)
def test_signs_are_those_of_the_eigenvalues_beyond_rounding(kind, eigenvalues, shapes, negative):
    bars = spectrum([point(kind, *eigenvalues)]).data
    assert tuple(bar.marker.pattern.shape[0] for bar in bars) == shapes
    assert height_against_index([point(kind, *eigenvalues)]).data[0].x[0] == negative


def test_of_an_eigenvalue_that_does_not_exist_there_is_no_sign_and_the_point_has_no_number_of_negative_ones():
    half = point("degenerate", np.nan, 2.0)
    assert [bar.marker.pattern.shape[0] for bar in spectrum([half]).data] == [".", ""]
    assert not height_against_index([half]).data


def test_an_infinite_eigenvalue_is_higher_than_all_others():
    low, high = spectrum([point("minimum", 1.0, 5.0), point("degenerate", -np.inf, np.inf)]).data
    assert np.isfinite([low.y, high.y]).all()
    assert high.y[1] > high.y[0]
    assert low.y[1] == -high.y[1]


@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_known_landscape_has_its_bars(name):
    points = find_critical_points(LANDSCAPES[name]()).points
    for index, bar in enumerate(spectrum(points).data):
        assert [float(value) for value in bar.customdata] == [point.eigenvalues[index] for point in points]


def test_no_point_has_no_bar():
    assert spectrum(find_critical_points(formula("x + y")).points).data[0].y.size == 0


@pytest.mark.parametrize("eigenvalues", [(0.399, 1001.6), (0.9, 1.1), (-2.0, 2.0), (3e-7, 5e4)])
def test_no_two_labels_of_the_axis_lie_on_each_other(eigenvalues):
    figure = spectrum([point("minimum", *eigenvalues)])
    heights = np.concatenate([bar.y for bar in figure.data])
    ticks = np.array(figure.layout.yaxis.tickvals)
    seen = ticks[np.abs(ticks) <= 1.05 * np.abs(heights).max()]
    assert len(seen) > 1 or np.abs(heights).max() < 1
    assert np.diff(seen).min(initial=np.inf) > 0.05 * np.abs(heights).max()
