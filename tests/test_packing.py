"""What is packed arrives."""

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from figures.stage import packing
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, descend

FLOATS = st.floats(width=64, allow_nan=True, allow_infinity=True, allow_subnormal=True)
SHAPES = arrays.array_shapes(min_dims=1, max_dims=3, max_side=9)


def delivered(tree):
    """What the browser would hold in its hands: the skeleton with its arrays in place."""
    found = {}
    skeleton, received = packing.unpack(packing.pack(packing.lift(tree, found), found))

    def fill(part):
        if isinstance(part, dict):
            return received[part["#"]] if "#" in part else {key: fill(item) for key, item in part.items()}
        return [fill(item) for item in part] if isinstance(part, list) else part

    return fill(skeleton)


@given(arrays.arrays(np.float64, SHAPES, elements=FLOATS))
def test_every_number_arrives_to_a_millionth_and_nan_and_infinity_as_themselves(values):
    arrived = delivered({"y": values})["y"]
    assert arrived.shape == values.shape
    np.testing.assert_allclose(arrived, values, rtol=1e-6, atol=0)
    np.testing.assert_array_equal(np.signbit(arrived), np.signbit(values))


@given(arrays.arrays(np.float64, SHAPES, elements=FLOATS), st.floats(0, 1e300))
def test_every_number_arrives_within_the_tolerance_that_was_asked_for(values, tolerance):
    arrays_sent = {}
    packing.reference(values, arrays_sent, np.full(1, tolerance))
    (arrived,) = packing.unpack(packing.pack(None, arrays_sent))[1].values()
    known = np.isfinite(values)
    np.testing.assert_array_equal(arrived[~known], values[~known])
    with np.errstate(over="ignore"):
        assert (np.abs(arrived[known].astype(float) - values[known]) <= tolerance).all()


@given(
    st.floats(-1e12, 1e12),
    st.floats(-9, 9).map(lambda power: 10.0**power),
    arrays.arrays(np.float64, st.integers(2, 60), elements=st.floats(0, 1)),
)
def test_what_varies_a_little_far_from_zero_arrives_to_a_millionth_of_how_much_it_varies(offset, scale, shares):
    values = offset + scale * shares
    arrived = delivered({"y": values})["y"].astype(float)
    assert np.abs(arrived - values).max() <= np.ptp(values) * 2**-20


@given(arrays.arrays(np.float64, SHAPES, elements=FLOATS))
def test_eight_bytes_arrive_bit_for_bit(values):
    (arrived,) = packing.unpack(packing.pack(None, {"y": values}))[1].values()
    np.testing.assert_array_equal(arrived.view(np.uint64), values.view(np.uint64))


def test_far_from_zero_a_mesh_costs_little_more_than_near_it():
    x, y = np.meshgrid(*[np.linspace(-2, 2, 161)] * 2)
    near, far = (len(packing.pack(*reversed_lift(offset + x**2 + y**2))) for offset in (0.0, 1e8))
    assert far < 1.3 * near


def reversed_lift(values):
    found = {}
    return packing.lift(values, found), found


@given(arrays.arrays(np.float32, SHAPES, elements=st.floats(width=32)))
def test_what_fits_into_four_bytes_arrives_bit_for_bit(values):
    small = packing.compact(values.astype(np.float64))
    if small.dtype == np.float32:
        np.testing.assert_array_equal(delivered({"y": values})["y"].view(np.uint32), small.view(np.uint32))


@given(arrays.arrays(np.int64, SHAPES, elements=st.integers(-(2**40), 2**40)))
def test_whole_numbers_arrive_unchanged(values):
    np.testing.assert_array_equal(delivered({"y": values})["y"], values)


@pytest.mark.parametrize("extreme", [1e-45, 1e-39, 1e39, -1e300])
def test_numbers_beyond_float32_keep_eight_bytes(extreme):
    assert packing.compact(np.array([1.0, extreme])).dtype == np.float64


def test_a_long_list_travels_as_an_array_and_words_as_words():
    tree = delivered(
        {"x": [0.5] * 100, "text": ["minimum", "saddle"], "short": [1, 2], "gap": float("nan"), "n": np.int64(3)}
    )
    assert isinstance(tree["x"], np.ndarray)
    assert (tree["text"], tree["short"], tree["gap"], tree["n"]) == (["minimum", "saddle"], [1, 2], None, 3)


def test_equal_arrays_travel_once():
    noise = np.random.default_rng(1).standard_normal(5000)
    found = {}
    skeleton = packing.lift({"x": noise, "y": noise.copy(), "z": noise[::-1]}, found)
    assert len(found) == 2
    assert skeleton["x"] == skeleton["y"] != skeleton["z"]


def test_an_array_of_another_shape_is_another_array():
    found = {}
    packing.lift([np.zeros(20), np.zeros((4, 5)), np.zeros(20, dtype=np.int32)], found)
    assert len(found) == 3


def test_second_differences_halve_a_trajectory():
    landscape = LANDSCAPES["rosenbrock"]()
    run = descend(landscape, OPTIMIZERS["adam"](0.02), np.array(landscape.start), 500)
    x, y = run.positions
    found = {}
    skeleton = packing.lift([x, y, landscape.value(run.positions)], found)
    raw = sum(values.nbytes for values in found.values())
    assert len(packing.pack(skeleton, found)) < 0.5 * raw


def test_any_figure_can_be_packed():
    figure = go.Figure([go.Bar(x=["a", "b"], y=[1, None]), go.Heatmap(z=[[1, 2], [3, np.nan]])])
    tree = delivered([trace.to_plotly_json() for trace in figure.data])
    assert tree[0]["x"] == ["a", "b"]
    assert tree[0]["y"] == [1, None]


def test_what_was_packed_once_is_not_packed_again():
    load = {"a": np.arange(3000.0)}
    assert packing.packed(packing.ArrayGroup(("a",), load)) is packing.packed(packing.ArrayGroup(("a",), dict(load)))
    assert packing.packed(packing.ArrayGroup(("a",), load)) == packing.pack(None, load)
