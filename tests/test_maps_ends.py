"""Where many trajectories end: told apart, numbered and coloured so that a place is the same in every map."""

import numpy as np
import pytest
from test_run_colours import EYES, XYZ, linear, srgb

from figures.basins import SHADES, Basin, bands, percent, shades
from figures.theme import END_COLOURS, ENDLESS
from landscapes import LANDSCAPES, find_critical_points
from optimizers import OPTIMIZERS
from optimizers.bulk import KINDS, Grid, sweep
from pages.maps_parts.ends import MOST, grouped, told_apart

SEEN = 10.0  # of two ends at equal shade in CIELAB, at least, with every kind of eyes
WHITE = np.array([0.95047, 1.0, 1.08883])


def lab(colour, eyes):
    xyz = XYZ @ np.clip(eyes @ linear(srgb(colour)), 0, 1) / WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ends_of(landscape, optimizer, window, side=24, steps=200):
    found = sweep(landscape, optimizer, Grid(window, side, side), steps)
    return np.array(KINDS)[found.kinds], found.places


def test_places_that_differ_by_rounding_are_one_and_others_are_not():
    rng = np.random.default_rng(0)
    true = rng.integers(0, 5, 4000)
    centres = np.array([[0.0, 1.0, -3.0, 2.0, 2.0], [0.0, 1.0, 2.0, 2.0, 2.001]])
    places = centres[:, true] + rng.normal(0, 1e-9, (2, 4000))
    labels, found = grouped(places, 1e-4)
    assert found.shape == (2, 5)
    assert len({*zip(true.tolist(), labels.tolist(), strict=True)}) == 5


def test_two_sides_of_a_cell_are_one_place():
    labels, found = grouped(np.array([[0.49999e-4, 0.50001e-4], [0.0, 0.0]]), 1e-4)
    assert labels.tolist() == [0, 0]
    assert found.shape == (2, 1)


def test_along_a_curve_of_minima_only_so_many_are_told_apart():
    places = np.stack([np.linspace(0, 1, 5000), np.zeros(5000)])
    labels, found = grouped(places, 1e-4)
    assert found.shape[1] == MOST
    assert labels.max() == MOST
    ends, (which,) = told_apart([np.full(5000, "minimum")], [places], np.zeros((2, 0)), 1.0)
    assert ends[-1].position is None
    assert np.bincount(which).sum() == 5000


def test_the_four_minima_of_himmelblau_have_the_same_numbers_whatever_runs():
    landscape = LANDSCAPES["himmelblau"]()
    known = np.array([point.position for point in find_critical_points(landscape).points]).T
    seen = {}
    for name, rate in (("momentum", 0.01), ("gradient_descent", 0.01), ("gradient_descent", 0.02)):
        kinds, places = ends_of(landscape, OPTIMIZERS[name](learning_rate=rate), landscape.domain)
        ends, _ = told_apart([kinds], [places], known, 10.0)
        for end in ends:
            if end.position is not None:
                number = seen.setdefault(tuple(np.round(end.position, 3)), end.number)
                assert number == end.number
    assert len(seen) == 4
    assert (3.0, 2.0) in seen


def test_two_maps_that_are_told_apart_together_share_their_numbers():
    landscape = LANDSCAPES["himmelblau"]()
    one = ends_of(landscape, OPTIMIZERS["momentum"](learning_rate=0.01), landscape.domain)
    two = ends_of(landscape, OPTIMIZERS["gradient_descent"](learning_rate=0.02), landscape.domain)
    ends, (first, second) = told_apart([one[0], two[0]], [one[1], two[1]], np.zeros((2, 0)), 10.0)
    for which, (kinds, places) in ((first, one), (second, two)):
        for number, end in enumerate(ends):
            mine = which == number
            assert (kinds[mine] == end.kind).all()
            if end.position is not None and mine.any():
                assert np.abs(places[:, mine] - np.array(end.position)[:, None]).max() < 1e-6


def test_half_of_a_group_is_paler_than_the_other_half_whatever_the_numbers():
    rng = np.random.default_rng(1)
    steps = np.round(np.exp(rng.normal(4, 2, (60, 60)))).astype(np.int64)
    group = rng.integers(0, 2, (60, 60))
    found = shades(steps, group)
    for number in (0, 1):
        mine = group == number
        assert found[mine].min() == 0
        assert found[mine].max() == SHADES - 1
        assert abs((found[mine] < SHADES / 2).mean() - 0.5) < 0.05
        assert np.array_equal(
            np.sign(np.subtract.outer(steps[mine][:50], steps[mine][:50]))
            * np.subtract.outer(found[mine][:50], found[mine][:50])
            >= 0,
            np.ones((50, 50), bool),
        )


def test_every_end_has_a_band_of_its_own_on_the_scale():
    basins = [Basin("", kind, i, 0.2, "") for i, kind in enumerate(("minimum", "saddle", "minimum", "diverged"))]
    scale = bands(basins)
    places = [place for place, _ in scale]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0.0, 1.0)
    for number, basin in enumerate(basins):
        assert tuple(colour for _, colour in scale[2 * number : 2 * number + 2]) == basin.colours


@pytest.mark.parametrize("eyes", EYES)
def test_the_first_ends_are_told_apart_at_equal_shade_by_everybody(eyes):
    basins = [Basin("", "minimum", number, 0.2, "") for number in range(4)]
    basins += [Basin("", kind, 0, 0.2, "") for kind in ENDLESS]
    legend = [lab(basin.colour, EYES[eyes]) for basin in basins]
    apart = [np.linalg.norm(a - b) for i, a in enumerate(legend) for b in legend[:i]]
    assert min(apart) > SEEN, np.round(sorted(apart)[:4], 1)


def test_no_two_ends_have_one_colour():
    assert len({Basin("", "minimum", number, 0.1, "").colours for number in range(121)}) == 121
    assert len(set(END_COLOURS)) == len(END_COLOURS)


def test_shares_are_written_with_three_digits():
    assert [percent(share) for share in (0.2712, 1e-7, 0.0)] == ["27.1", "1e−5", "0"]
