"""The colours of runs: seen against all of the map, told apart by everybody, and the same hue by day and by night."""

from itertools import combinations

import numpy as np
import pytest

from figures import contour_map, heights
from figures.maps import Run
from figures.theme import (
    CASING,
    HEIGHT_COLOURS,
    HEIGHT_COLOURS_DARK,
    IN_LETTERS,
    KIND_COLOURS,
    KIND_COLOURS_DARK,
    PAPER,
    PAPER_DARK,
    RUN_COLOURS,
    RUN_COLOURS_DARK,
    SIDE,
    SIDE_DARK,
    in_the_dark,
)
from landscapes import LANDSCAPES

CONTRAST = 3.0  # WCAG 2.2, 1.4.11: of graphics to what is beside them, at least
READ = 4.5  # WCAG 2.2, 1.4.3: of letters to their paper, at least
APART = 20.0  # of two runs in CIELAB, at least; Okabe and Ito's palette has 16 to 17 by the same measure
TURN = 20.0  # degrees of hue between day and night, at most
THEMES = {
    "light": (RUN_COLOURS, PAPER, HEIGHT_COLOURS),
    "dark": (RUN_COLOURS_DARK, PAPER_DARK, HEIGHT_COLOURS_DARK),
}
every_theme = pytest.mark.parametrize("theme", THEMES)

# G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, IEEE Trans. Vis. Comput. Graph. 15 (2009) 1291, severity 1.
EYES = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array(  # of linear sRGB: IEC 61966-2-1
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def srgb(colour):
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def linear(shares):
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def luminance(shares):
    return float(linear(shares) @ XYZ[1])


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(light):
    """CIELAB of linear sRGB under D65."""
    shares = light @ XYZ.T / XYZ.sum(axis=1)
    bent = np.where(shares > (6 / 29) ** 3, np.cbrt(shares), shares / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


def water(sea):
    """All colours of the filled contours: those of the scale, and what Plotly mixes between them."""
    stops, colours = np.array([stop for stop, _ in sea]), np.stack([srgb(colour) for _, colour in sea])
    shares = np.linspace(0, 1, 101)
    return np.stack([np.interp(shares, stops, channel) for channel in colours.T], axis=1)


def test_the_measure_knows_what_is_known_of_it():
    assert contrast(srgb("#000000"), srgb("#ffffff")) == pytest.approx(21)
    np.testing.assert_allclose(lab(linear(srgb("#ffffff"))), [100, 0, 0], atol=0.01)
    np.testing.assert_allclose(lab(linear(srgb("#ff0000"))), [53.24, 80.09, 67.20], atol=0.02)
    red, green = (lab(EYES["deuteranopia"] @ linear(srgb(colour))) for colour in ("#a06000", "#5f8000"))
    assert (
        np.linalg.norm(red - green)
        < APART
        < np.linalg.norm(lab(linear(srgb("#a06000"))) - lab(linear(srgb("#5f8000"))))
    )


@every_theme
def test_every_run_is_seen_against_its_casing_over_every_colour_of_the_map(theme):
    runs, paper, sea = THEMES[theme]
    for under in water(sea):
        beside = CASING * srgb(paper) + (1 - CASING) * under  # Plotly and browsers mix sRGB
        assert min(contrast(srgb(run), beside) for run in runs) >= CONTRAST


@every_theme
def test_every_run_is_seen_beside_the_map_where_there_is_only_paper(theme):
    runs, paper, _ = THEMES[theme]
    assert min(contrast(srgb(run), srgb(paper)) for run in runs) >= CONTRAST


@pytest.mark.parametrize("run", RUN_COLOURS)
def test_every_run_has_letters_that_are_read_on_every_paper(run):
    assert contrast(srgb(IN_LETTERS[run]), srgb(SIDE)) >= READ
    assert contrast(srgb(in_the_dark(run)), srgb(SIDE_DARK)) >= READ


def test_the_map_draws_that_casing_under_every_run():
    landscape = LANDSCAPES["rosenbrock"]()
    runs = [Run(f"Run {i}", colour, np.zeros((2, 3))) for i, colour in enumerate(RUN_COLOURS)]
    figure = contour_map(landscape, runs, heights(landscape, landscape.domain), landscape.domain)
    lines = [trace for trace in figure.data if trace.type == "scatter"]
    under, over = lines[: len(runs)], lines[len(runs) :]
    for casing, line, run in zip(under, over, runs, strict=True):
        assert (casing.line.color, casing.meta["dark"]["line"]["color"]) == (PAPER, PAPER_DARK)
        assert casing.opacity == CASING
        assert casing.line.width >= line.line.width + 2
        assert (line.line.color, line.opacity) == (run.colour, 1.0)


@every_theme
@pytest.mark.parametrize("eyes", EYES)
def test_everybody_tells_any_two_runs_apart(theme, eyes):
    seen = [lab(np.clip(EYES[eyes] @ linear(srgb(run)), 0, 1)) for run in THEMES[theme][0]]
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) >= APART


def test_a_run_keeps_its_hue_by_day_and_by_night():
    for day, night in zip(RUN_COLOURS, RUN_COLOURS_DARK, strict=True):
        assert in_the_dark(day) == night
        chroma, hues = zip(
            *(
                (np.hypot(a, b), np.degrees(np.arctan2(b, a)))
                for _, a, b in (lab(linear(srgb(c))) for c in (day, night))
            ),
            strict=True,
        )
        grey = max(chroma) < 1  # black by day is white by night
        assert grey or abs((hues[1] - hues[0] + 180) % 360 - 180) <= TURN


def test_kinds_of_critical_points_have_their_colours_in_the_dark():
    assert {kind: in_the_dark(colour) for kind, colour in KIND_COLOURS.items()} == KIND_COLOURS_DARK
