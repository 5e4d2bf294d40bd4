"""The parts of Data with a subject of their own: they open from their links, and what they say is computed anew."""

import numpy as np
import pytest
from data_choices import opened
from numpy.polynomial import Legendre
from visitor import drawn

from pages.data_parts.link import read
from pages.data_parts.pictures import training_test
from words import short

LINKS = [
    {"part": "training_test"},
    {"part": "training_test", "polynomial": "degree~15~points~4~noise~0~penalty~0.01", "complexity": "penalty"},
    {"part": "training_test", "polynomial": "degree~0~points~60~noise~1", "seed": "7"},
]


def choices(link):
    taken, dropped = read({"v": ["1"], **{key: [value] for key, value in link.items()}})
    assert dropped == []
    return taken


@pytest.mark.parametrize("link", LINKS)
def test_a_part_opens_from_its_link_and_keeps_it(link):
    app = opened(v="1", **link)
    assert not app.warning
    assert not app.error
    for key, value in link.items():
        assert app.query_params[key] == value
    assert "NaN" not in drawn(app)


@pytest.mark.parametrize("link", [{"part": "training_test", "polynomial": "degree~99"}])
def test_a_number_that_cannot_be_is_refused_with_a_sentence(link):
    app = opened(v="1", **link)
    assert app.warning


def errors(points, degree):
    fit = Legendre.fit(*points, degree, domain=[-1, 1])
    return lambda of: short(float(np.mean((fit(of.x) - of.y) ** 2)))


def test_what_is_said_of_training_and_test_is_so():
    taken = choices(LINKS[0])
    found = training_test.fits(taken.polynomial, taken.seed)
    numpys = {degree: errors(found.points, degree) for degree in range(12)}
    training, test = (numpys[9](of) for of in (found.points, found.held_out))
    said = training_test.fit_words(found, 9, 0.0)
    assert "degree 9, which has 10 coefficients, is fitted to 12 points" in said
    assert f"is {training} on them and {test} on 100 points" in said
    best = min(numpys, key=lambda degree: float(numpys[degree](found.held_out)))
    said = training_test.degree_words(found)
    assert f"lowest at degree {best}, {numpys[best](found.held_out)}." in said
    assert f"At degree 0 the losses are {numpys[0](found.points)} and {numpys[0](found.held_out)}" in said
    assert float(numpys[best](found.held_out)) < float(test) / 10  # the default picture is one of over-fitting


def test_the_curve_on_screen_while_it_is_trained_is_gradient_descent():
    taken = choices(LINKS[0])
    found = training_test.fits(taken.polynomial, taken.seed)
    matrix = np.polynomial.legendre.legvander(found.points.x, 9)
    w, losses = np.zeros(10), {}
    for update in range(101):
        losses[update] = float(np.mean((np.polynomial.legendre.legval(found.held_out.x, w) - found.held_out.y) ** 2))
        w = w - found.rate * 2 * matrix.T @ (matrix @ w - found.points.y) / 12
    at = [int(np.flatnonzero(update == training_test.UPDATES)[0]) for update in (0, 1, 10, 100)]
    np.testing.assert_allclose(found.along[1][at], [losses[update] for update in (0, 1, 10, 100)], rtol=1e-9)
    best = min(losses, key=losses.get)
    assert f"lowest at update {best}, {short(losses[best])};" in training_test.training_words(found)


def test_more_coefficients_than_points_are_said_to_be():
    taken = choices({"part": "training_test", "polynomial": "degree~15~points~4"})
    found = training_test.fits(taken.polynomial, taken.seed)
    assert "more coefficients than there are points" in training_test.fit_words(found, 15, 0.0)
    assert found.losses[0] < 1e-20
