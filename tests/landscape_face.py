"""What every landscape promises, whatever it was made from."""

import numpy as np

SHAPES = [(2,), (2, 1), (2, 7), (2, 3, 4), (2, 0)]


def faces(landscape):
    return landscape.value, landscape.gradient, landscape.hessian


def assert_shapes_follow_the_point(landscape, shape):
    p = np.full(shape, 0.25)
    assert landscape.value(p).shape == shape[1:]
    assert landscape.gradient(p).shape == shape
    assert landscape.hessian(p).shape == (2, *shape)
    assert {face(p).dtype for face in faces(landscape)} == {np.dtype(float)}


def assert_together_is_alone(landscape, p):
    """Many points together are, bit for bit, each of them alone, or in a slice of its own."""
    for face in faces(landscape):
        together = face(p)
        for i in range(p.shape[1]):
            np.testing.assert_array_equal(together[..., i], face(p[:, i]))
        np.testing.assert_array_equal(together[..., 3:8], face(np.ascontiguousarray(p[:, 3:8])))


def assert_point_is_left_alone(landscape, p):
    """The answer is new: it can be written to, and shares nothing with a point that cannot."""
    p.flags.writeable = False
    for face in faces(landscape):
        answer = face(p)
        assert not np.shares_memory(answer, p)
        answer[...] = 0.0  # would fail on a read-only or shared view
