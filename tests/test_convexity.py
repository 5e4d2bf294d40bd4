"""Convexity: proven, refuted at a place that is named, or supported by what was looked at; and shares that add up."""

from functools import lru_cache

import numpy as np
import pytest
from odd_landscapes import NAMES, odd
from scipy.ndimage import label
from sentences import numbers, shown
from test_convex_rules import PROVEN

from figures.eigenmaps import MAPS, eigenvalue_map, eigenvalues_on_mesh, numbered
from figures.overlays import overlay
from landscapes import LANDSCAPES, SIGNS, Chord, SignedEigenvalue, eigenvalue_signs, examine_convexity, formula
from landscapes.curvature import eigenvalues
from pages.curvature_parts.maps import SHARES, percentages, shares, verdict

DOMAINS = [((-2, 2), (-2, 2)), ((-10.3, 9), (-10, 10)), ((-300, 300), (-200, 210)), ((1000, 1001), (999, 1000.3))]
CONVEX = [text.replace("max_", "weight") for kind in ("affine", "convex") for text in PROVEN[kind]]
CONVEX_UNPROVEN = ["x**4 + y**4 + x**2*y**2", "(1 - sigmoid(x - 0.3*y))**(-0.5)", "abs(x)*abs(x)*abs(x) + y**2"]
NOT_CONVEX = [
    "x*y",
    "x**2 - 1e-6*y**2",
    "x**2 - 1e-12*y**2",
    "exp(x) - 1e-6*y**2",
    "x**2*y**2",
    "-sqrt(1 + x**2)",
    "-abs(x) + x**2",
    "abs(x) - y**2",
    "abs(abs(x) - 1)",
    "abs(x)**0.5 + y**2",
    "log(1 + x**2)",
    "x**3",
    "1/x",
    "(x*y - 1)**2",
    "1e8 + x*y",
    "-exp(x)",
    "x**2 + y**2 - 0.001*abs(x - y)",
]


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("text", [*CONVEX, *CONVEX_UNPROVEN])
def test_no_place_of_a_convex_function_bends_down_and_no_sentence_says_so(text, domain):
    landscape = formula(text, domain=domain)
    found = examine_convexity(landscape)
    assert found.against_convexity is None
    assert not any(found.counts[pair] for pair in SIGNS if pair[0] < 0)
    said = f"{verdict(found, landscape.smooth)} {shares(found, landscape.smooth)}"
    assert "not convex" not in said
    assert "neither" not in said
    assert "down" not in shares(found, landscape.smooth)


@pytest.mark.parametrize("text", CONVEX)
def test_what_is_proven_is_not_called_evidence(text):
    found = examine_convexity(formula(text))
    said = verdict(found, smooth=True)
    assert "its formula proves it" in said
    assert "evidence" not in said
    assert ("affine" in said) == (found.proven == "affine")


@pytest.mark.parametrize("text", CONVEX_UNPROVEN)
def test_what_is_not_proven_is_called_evidence_with_the_number_of_places(text):
    landscape = formula(text)
    said = verdict(examine_convexity(landscape), landscape.smooth)
    assert "may be convex in view: none of 25,921 places bends down" in said
    assert "evidence, not proof" in said


@pytest.mark.parametrize("text", NOT_CONVEX)
def test_what_is_not_convex_is_refuted(text):
    landscape = formula(text)
    found = examine_convexity(landscape)
    said = verdict(found, landscape.smooth)
    assert found.against_convexity is not None
    if found.proven is None:
        assert "not convex" in said or "neither convex" in said
    else:
        assert found.proven == "concave"
    assert "may be convex" not in said
    assert "is convex" not in said


def test_narrow_valleys_between_the_nodes_are_why_it_is_no_proof():
    found = examine_convexity(formula("x**2 + y**2 - exp(-1e6*((x - 0.0123)**2 + y**2))/100"))
    assert "evidence, not proof" in verdict(found, smooth=True)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_in_the_sentences_on_convexity_is_recomputed(name):
    landscape = odd(name)
    found = examine_convexity(landscape)
    said = verdict(found, landscape.smooth)
    if found.proven is None:
        for against, sign in ((found.against_convexity, -1), (found.against_concavity, 1)):
            check_witness(landscape, said, against, sign)
    check_shares(landscape, found)


def check_witness(landscape, said, against, sign):
    """What refutes is named with its numbers, and really does."""
    if isinstance(against, SignedEigenvalue):
        values = np.linalg.eigvalsh(landscape.hessian(against.place))
        value = float(values[0] if sign < 0 else values[1])
        assert np.sign(value) == sign
        assert value == pytest.approx(against.eigenvalue, rel=1e-6)
        words = f"the {'smaller' if sign < 0 else 'larger'} eigenvalue is "
        assert shown(value, numbers(said.split(words)[1])[0])
        assert all(map(shown, against.place, numbers(said.split(words)[0])[-2:]))
    elif isinstance(against, Chord):
        one, other = against.ends.T
        excess = float(landscape.value((one + other) / 2) - (landscape.value(one) + landscape.value(other)) / 2)
        assert np.sign(excess) == -sign
        words = f"the loss is {'higher' if sign < 0 else 'lower'} than the mean of both ends by "
        assert shown(abs(excess), numbers(said.split(words)[1])[0])
        assert all(map(shown, against.ends.T.ravel(), numbers(said.split(words)[0])[-4:]))


def check_shares(landscape, found):
    """Each share is that of the places with these signs, counted anew, and together they are all."""
    said = shares(found, landscape.smooth)
    axes = [np.linspace(*interval, 161) for interval in landscape.domain]
    signs = eigenvalue_signs(landscape, np.stack(np.meshgrid(*axes, indexing="ij")))
    known = int(np.isfinite(signs).all(axis=0).sum())
    counts = {pair: int(((signs[0] == pair[0]) & (signs[1] == pair[1])).sum()) for pair in SIGNS}
    assert sum(counts.values()) == known == found.known
    for pair, words in SHARES.items():
        assert (words.removeprefix("{share} ") in said) == bool(counts[pair])
    if sum(map(bool, counts.values())) > 1:
        assert f"{known:,} places" in said
        texts = percentages([count for count in counts.values() if count])
        exact = [100 * count / known for count in counts.values() if count]
        for text, share in zip(texts, exact, strict=True):
            assert text in said
            assert abs(float(text.rstrip("%").split()[-1]) - share) <= 0.1


def test_the_shares_of_the_quartic_bowl_are_those_that_can_be_counted_by_hand():
    found = examine_convexity(formula("x**4 + y**4"))
    assert found.counts == {(1, 1): 160**2, (0, 1): 2 * 160, (-1, 1): 0, (0, 0): 1, (-1, 0): 0, (-1, -1): 0}
    assert shares(found, smooth=True) == (
        "Of 25,921 places looked at, 98.8% bend up in every direction, 1.2% bend up along one axis and are straight "
        "along the other and less than 0.1% are flat, to within rounding."
    )


def test_percentages_add_up():
    for counts in ([1, 1, 1], [7, 5, 3, 1, 1, 9], [333, 333, 334], [1, 1, 25919]):
        texts = percentages(counts)
        assert (
            sum(0 if "less" in text else 1000 if "more" in text else round(10 * float(text[:-1])) for text in texts)
            == 1000
        )


@pytest.mark.parametrize("text", [*CONVEX, *NOT_CONVEX, "sin(3*x)*cos(2*y)", "1/(1 + exp(9*x - 7*y))"])
def test_the_sign_map_has_no_speckles(text):
    landscape = formula(text)
    _, _, signs = eigenvalues_on_mesh(landscape, landscape.domain)
    number = numbered(signs)
    for kind in np.unique(number[np.isfinite(number)]):
        areas, count = label(number == kind, structure=np.ones((3, 3)))
        sizes = np.bincount(areas.ravel())[1:]
        assert count <= 40
        if 0 not in SIGNS[int(kind)]:  # single places where an eigenvalue is 0 are true
            assert (sizes >= 3).all()


@lru_cache(maxsize=1)
def on_nodes(name, x, y):
    """The eigenvalues at the nodes of a map, computed once for all its kinds."""
    return eigenvalues(odd(name), np.stack(np.meshgrid(x, y)))


@pytest.mark.parametrize("kind", ["smallest", "largest", "condition", "sign"])
@pytest.mark.parametrize("name", NAMES)
def test_every_map_is_drawn_and_its_numbers_are_those_of_the_hessian(name, kind):
    landscape = odd(name)
    figure = eigenvalue_map(landscape, landscape.domain, kind)
    heat = figure.data[0]
    low, high = on_nodes(name, tuple(heat.x), tuple(heat.y))
    shown_low, shown_high = np.moveaxis(np.asarray(heat.customdata, dtype=float), -1, 0)
    for true, drawn in ((low, shown_low), (high, shown_high)):
        known = np.isfinite(drawn) & (drawn != 0)
        np.testing.assert_array_equal(drawn[known], true[known])
    lines = [trace for trace in figure.data if trace.type == "contour"]
    names = [trace.name for trace in figure.data if trace.type == "scatter" and trace.mode == "lines"]
    assert len(lines) == len(names)


@pytest.mark.parametrize("kind", MAPS)
def test_the_line_on_which_an_eigenvalue_is_zero_is_where_the_determinant_is(kind):
    rosenbrock = LANDSCAPES["rosenbrock"]()  # det H = 400 + 80,000 (x² - y), and λₘₐₓ is positive everywhere
    (line,) = (trace for trace in eigenvalue_map(rosenbrock, rosenbrock.domain, kind).data if trace.type == "contour")
    z, crossed = np.asarray(line.z), 0
    for column, x in enumerate(line.x):
        (before,) = np.flatnonzero(np.diff(np.sign(z[:, column]))) if (z[:, column] < 0).any() else (None,)
        if before is None:
            continue
        share = z[before, column] / (z[before, column] - z[before + 1, column])
        height = line.y[before] + share * (line.y[before + 1] - line.y[before])
        assert height == pytest.approx(x**2 + 1 / 200, abs=1e-9)
        crossed += 1
    assert crossed > len(line.x) / 2


@pytest.mark.parametrize("text", CONVEX)
def test_nothing_is_tinted_where_a_convex_function_bends(text):
    landscape = formula(text, domain=((-5.0, 4.0), (-3.0, 4.0)))
    over = overlay(landscape, landscape.domain, "curvature")
    assert not any(trace.type == "contour" for trace in over)
    assert not any(len(trace.x) for trace in over if trace.name in ("±", "−"))


@pytest.mark.parametrize("kind", MAPS)
def test_a_line_on_which_an_eigenvalue_is_zero_is_drawn_as_its_legend_shows_it_in_the_dark_too(kind):
    peaks = LANDSCAPES["peaks"]()
    figure = eigenvalue_map(peaks, peaks.domain, kind)
    traces, in_the_dark = figure.data, figure.layout.meta["dark"]["legend"]
    assert in_the_dark["bgcolor"] == figure.layout.legend.bgcolor
    assert in_the_dark["font"]["color"] == figure.layout.legend.font.color
    lines = [trace for trace in traces if trace.type == "contour"]
    entries = [
        trace for trace in traces if trace.type == "scatter" and trace.mode == "lines" and trace.name.startswith("λ")
    ]
    assert len(lines) == len(entries) == 2
    for line, entry in zip(lines, entries, strict=True):
        assert (line.line.color, line.line.dash) == (entry.line.color, entry.line.dash)
        assert line.meta is None
