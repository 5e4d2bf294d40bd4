"""A person's own losses: every file is a grid, a path or a sentence; and a grid is a landscape."""

import io
import json
import sys
import tracemalloc
from importlib.util import find_spec

import numpy as np
import pytest
from hostile_files import CANARY, FILES, GOOD, JSON, LOSS, MATRIX, TABLE, X, Y, archive, mutated, npz

from landscapes.grids import LossGrid, TrainingPath, interpolated, read_recording, with_path

MOST_MEMORY = 8_000_000
MOST_CALLS = 1_200_000  # of functions, while a file is read: a fifth of a second of them
MUTANTS = 1000


def outcome(content):
    """What a file is: its grid or path, or the sentence that is said of it."""
    try:
        return read_recording(content)
    except ValueError as error:
        said = str(error)
    assert said.endswith(".")
    return said


def memory_and_outcome(content):
    tracemalloc.start()
    try:
        found = outcome(content)
        return tracemalloc.get_traced_memory()[1], found
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_a_sentence_and_a_good_one_a_grid(name):
    memory, found = memory_and_outcome(FILES[name])
    assert isinstance(found, LossGrid) == (name in GOOD)
    assert memory < MOST_MEMORY
    assert not CANARY.exists()


@pytest.mark.parametrize("first", range(0, MUTANTS, 250))
def test_a_thousand_files_with_faults_are_each_a_sentence_or_a_grid(first):
    kinds = set()
    for number in range(first, first + 250):
        memory, found = memory_and_outcome(mutated(number))
        kinds.add(type(found))
        assert memory < MOST_MEMORY
        if isinstance(found, LossGrid):
            landscape = interpolated(found)
            assert landscape.hessian(np.array(landscape.start)).shape == (2, 2)
    assert {str, LossGrid} <= kinds


ROWS = [(x, y, LOSS[j, i]) for j, y in enumerate(Y.tolist()) for i, x in enumerate(X.tolist())]
MESH = np.meshgrid(X, Y)


def saved(*alone, **arrays):
    out = io.BytesIO()
    np.savez(out, *alone, **arrays)
    return out.getvalue()


def table(rows, separator=",", quote=""):
    return "\n".join(separator.join(f"{quote}{cell}{quote}" for cell in row) for row in rows).encode()


AS_PEOPLE_SAVE_THEM = {
    "other names": saved(alphas=X, betas=Y, losses=LOSS),
    "capitals": saved(X=X, Y=Y, Z=LOSS),
    "every node's x and y": saved(X=MESH[0], Y=MESH[1], loss=LOSS),
    "a row for each x": saved(x=MESH[0].T, y=MESH[1].T, loss=LOSS.T),
    "axes that fall": saved(x=X[::-1], y=Y[::-1], loss=LOSS[::-1, ::-1]),
    "axes of length 1": saved(x=X[:, None], y=Y[None], loss=LOSS[..., None]),
    "halves of a float": saved(x=X.astype("f2"), y=Y.astype(">f4"), loss=LOSS.astype("f2")),
    "a table in any order": table([ROWS[k] for k in np.random.default_rng(0).permutation(len(ROWS))]),
    "a table with another name": table([("alpha", "beta", "train_loss"), *ROWS]),
    "decimal commas": table([("x", "y", "z"), *ROWS], ";").replace(b".", b","),
    "quoted": table([("x", "y", "loss"), *ROWS], quote='"'),
    "separators at the ends": table([("x", "y", "loss", ""), *((*row, "") for row in ROWS)]),
    "separators at the ends without names": table((*row, "") for row in ROWS),
    "axes that rounding parts": table((x + 1e-12 * y, y, loss) for x, y, loss in ROWS),
    "Unicode text": "\n".join("\t".join(map(str, row)) for row in ROWS).encode("utf-16"),
    "nothing in the corner": MATRIX.replace(MATRIX.split(b",")[0], b"nan", 1),
    "a column of numbers beside": table([("", "x", "y", "loss"), *((k, *row) for k, row in enumerate(ROWS))]),
    "JSON of axes": json.dumps({"x": X.tolist(), "y": Y.tolist(), "loss": LOSS.tolist()}).encode(),
}


@pytest.mark.parametrize("name", AS_PEOPLE_SAVE_THEM)
def test_a_grid_is_read_as_people_save_it(name):
    grid = outcome(AS_PEOPLE_SAVE_THEM[name])
    rough = 1e-2 if name == "halves of a float" else 1e-9
    np.testing.assert_allclose(grid.x, X, atol=rough)
    np.testing.assert_allclose(grid.y, Y, atol=rough)
    np.testing.assert_allclose(grid.loss, LOSS, atol=rough)
    assert len(grid.notes) == (2 if name == "axes that fall" else 0)


@pytest.mark.parametrize("content", [saved(LOSS), saved(Z=LOSS), json.dumps(LOSS.tolist()).encode()])
def test_losses_that_are_saved_alone_are_a_grid_with_numbered_nodes(content):
    grid = outcome(content)
    np.testing.assert_array_equal(grid.loss, LOSS)
    np.testing.assert_array_equal(grid.y, np.arange(7))


@pytest.mark.parametrize(
    "content",
    [
        b"1,2\n0.5,1\n0,0\n",
        b"step;x;y\n0;1;2\n10;0,5;1\n20;0;0\n",
        saved(path=np.array([[1, 2], [0.5, 1], [0, 0]])),
        saved(trajectory=np.array([[1, 0.5, 0], [2, 1, 0]])),
    ],
)
def test_a_path_is_read_as_people_save_it(content):
    path = outcome(content)
    np.testing.assert_array_equal(path.coordinates, [[1, 0.5, 0], [2, 1, 0]])
    assert path.steps is None or path.steps.tolist() == [0, 10, 20]


def test_a_row_of_a_table_that_is_missing_is_a_node_without_loss():
    grid = outcome(table(ROWS[:-1]))
    assert np.isnan(grid.loss).sum() == np.isnan(grid.loss[-1, -1]) == 1


def test_a_file_with_other_names_says_which():
    assert "it has arr_0, arr_1, arr_2." in outcome(saved(**{f"arr_{k}": LOSS for k in range(3)}))
    assert "a rectangular grid" in outcome(saved(x=MESH[0] + 0.1 * MESH[1], y=MESH[1], loss=LOSS))


def big():
    return np.random.default_rng(0).uniform(0.5, 1.0, (401, 401))


LARGEST = {  # each is made when it is read
    "every node's x and y": lambda: npz(
        x=np.tile(np.arange(401.0), (401, 1)), y=np.tile(np.arange(401.0)[:, None], 401), loss=big().round(3)
    ),
    "an archive": lambda: npz(x=np.arange(401), y=np.arange(401), loss=big().astype("f4"), path=np.zeros((2, 5000))),
    "a matrix": lambda: "\n".join(",".join(f"{v:.6f}" for v in row) for row in big()).encode(),
    "rows": lambda: "\n".join(f"{i},{j},{loss:.8f}" for (i, j), loss in np.ndenumerate(big()[:255, :255])).encode(),
    "one line": lambda: b"1," * 900_000,
    "many lines": lambda: b"1\n" * 900_000,
    "empty lines": lambda: b"\n" * 1_900_000,
    "many cells": lambda: b"\n".join([b"1,2,3"] * 300_000),
    "brackets": lambda: b'{"a":' + b"[" * 1_900_000,
    "few brackets": lambda: b'{"a":' + b"[" * 70_000,
    "lists": lambda: b'{"a":[' + b"[]," * 39_000 + b"[]]}",
    "words": lambda: b'{"a":[' + b",".join(b'"%05d"' % i for i in range(79_000)) + b"]}",
    "names": lambda: b"{" + b",".join(b'"%05d":1.5' % i for i in range(39_000)) + b"}",
    "a long word": lambda: b'{"a":"' + "漢".encode() * 600_000 + b'"}',
    "a long number": lambda: b'{"a":' + b"1" * 1_900_000 + b"}",
    "many arrays": lambda: archive([(f"a{i}", b"") for i in range(9000)]),
    "the same array twice": lambda: archive([("loss", b""), ("loss.npy", b"")]),
}


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_files_take_bounded_memory_and_work(name):
    content = LARGEST[name]()
    assert len(content) <= 2_000_000
    memory, _ = memory_and_outcome(content)
    assert memory < MOST_MEMORY
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        outcome(content)
    finally:
        sys.setprofile(None)
    assert calls < MOST_CALLS


def test_what_is_larger_is_not_looked_at():
    assert "2,000,001 bytes" in outcome(b"1" * 2_000_001)


@pytest.mark.parametrize("content", [npz(), TABLE, MATRIX, JSON])
def test_every_form_gives_the_same_axes(content):
    grid = outcome(content)
    np.testing.assert_allclose(grid.x, X)
    np.testing.assert_allclose(grid.y, Y)


@pytest.mark.parametrize(
    "content", [npz(), MATRIX, JSON, npz(loss=np.asfortranarray(LOSS)), npz(loss=LOSS.astype(">f8"))]
)
def test_every_form_gives_the_same_losses(content):
    np.testing.assert_array_equal(outcome(content).loss, LOSS)


def test_a_matrix_with_decimal_commas_is_read():
    text = MATRIX.replace(b",", b";").replace(b".", b",")
    np.testing.assert_array_equal(outcome(text).loss, LOSS)


def test_losses_without_axes_are_numbered_and_that_is_said():
    grid = outcome(b"\n".join(b" ".join(b"%r" % v for v in row) for row in LOSS.tolist()))
    np.testing.assert_array_equal(grid.x, np.arange(9))
    np.testing.assert_array_equal(grid.loss, LOSS)
    assert "numbered" in str(grid.notes[0])


def test_the_json_has_its_path_and_its_hessian():
    grid = outcome(JSON)
    np.testing.assert_array_equal(grid.path.coordinates, [[1.0, 0.5, 0.0], [2.0, 0.5, 0.0]])
    np.testing.assert_array_equal(grid.path.loss, [13.0, np.nan, 0.0])
    np.testing.assert_array_equal(grid.sharpness.largest, [6.0, 6.0])
    assert grid.path.off_plane is None


def test_a_table_of_points_is_a_path_and_goes_with_a_grid():
    path = outcome(b"x,y,off_plane\n1,2,0.5\n0.5,1,0.25\n")
    assert isinstance(path, TrainingPath)
    grid = outcome(npz())
    both = with_path(grid, path)
    np.testing.assert_array_equal(both.path.off_plane, [0.5, 0.25])
    assert both.fingerprint != grid.fingerprint
    assert outcome(npz()).fingerprint == grid.fingerprint


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"loss": LOSS.T}, "a row for each y"),
        ({"loss": LOSS[:3], "y": Y[:3]}, "4 to 401 nodes"),
        ({"y": Y[[0, 2, 1, 3, 4, 5, 6]]}, "does not rise"),
        ({"loss": np.full((7, 9), np.inf)}, "No four neighbouring"),
        ({"path": np.zeros((3, 5))}, "two rows of coordinates"),
        ({"path": np.full((2, 5), np.nan)}, "path has a coordinate"),
        ({"x": X[:5]}, "5 numbers"),
        ({"x": X * 1e7}, "1,000,000"),
    ],
)
def test_what_does_not_fit_is_said(parts, said):
    assert said in outcome(npz(**parts))


def test_an_hdf5_file_without_h5py_is_a_sentence():
    if find_spec("h5py") is not None:
        pytest.skip("h5py is installed")
    assert "h5py" in outcome(b"\x89HDF\r\n\x1a\n" + bytes(100))


def test_surface_and_path_files_of_loss_landscape_open(tmp_path):
    h5py = pytest.importorskip("h5py")
    with h5py.File(tmp_path / "surface.h5", "w") as file:
        file["xcoordinates"], file["ycoordinates"] = X, Y
        file["dir_file"] = "directions.h5"
        losses = -np.ones((X.size, Y.size))  # its shape, which it does not fill in that order
        losses.ravel()[:-1] = LOSS.ravel()[:-1]
        file["train_loss"] = losses
    with h5py.File(tmp_path / "path.h5", "w") as file:
        file["proj_xcoord"], file["proj_ycoord"] = [1.0, 0.0], [2.0, 0.0]
    with h5py.File(tmp_path / "elsewhere.h5", "w") as file:
        file["xcoordinates"] = h5py.ExternalLink("/etc/passwd", "/x")
        file["ycoordinates"] = Y
    grid = outcome((tmp_path / "surface.h5").read_bytes())
    np.testing.assert_array_equal(grid.loss.ravel()[:-1], LOSS.ravel()[:-1])
    assert grid.missing == 1
    np.testing.assert_array_equal(outcome((tmp_path / "path.h5").read_bytes()).coordinates, [[1, 0], [2, 0]])
    assert "no entry" in outcome((tmp_path / "elsewhere.h5").read_bytes())


def grid_of(function, nodes=9):
    x, y = np.linspace(-1, 1, nodes), np.linspace(-2, 2, nodes + 2)
    return outcome(npz(x=x, y=y, loss=function(x, y[:, None])))


def test_a_grid_of_cubics_is_the_cubic_itself_with_its_derivatives():
    landscape = interpolated(grid_of(lambda x, y: x**3 * y**2 - 2 * x * y**3 + y))
    x, y = p = np.random.default_rng(0).uniform(-1, 1, (2, 5, 4)) * np.array([1, 2])[:, None, None]
    np.testing.assert_allclose(landscape.value(p), x**3 * y**2 - 2 * x * y**3 + y, atol=1e-12)
    np.testing.assert_allclose(
        landscape.gradient(p), [3 * x**2 * y**2 - 2 * y**3, 2 * x**3 * y - 6 * x * y**2 + 1], atol=1e-11
    )
    mixed = 6 * x**2 * y - 6 * y**2
    np.testing.assert_allclose(
        landscape.hessian(p), [[6 * x * y**2, mixed], [mixed, 2 * x**3 - 12 * x * y]], atol=1e-10
    )


@pytest.mark.parametrize("function", [lambda x, y: np.sin(3 * x) * np.cos(y), lambda x, y: np.exp(5 * x + 2 * y)])
def test_gradient_and_hessian_are_the_derivatives_of_the_value(function):
    grid = grid_of(function)
    landscape = interpolated(grid)
    p = np.random.default_rng(1).uniform(-0.99, 0.99, (2, 50)) * np.array([[1], [2]])
    h = 1e-6
    for axis in range(2):
        step = np.zeros((2, 1))
        step[axis] = h
        slope = (landscape.value(p + step) - landscape.value(p - step)) / (2 * h)
        bend = (landscape.gradient(p + step) - landscape.gradient(p - step)) / (2 * h)
        scale = np.abs(landscape.value(p)) + 1
        np.testing.assert_allclose(slope / scale, landscape.gradient(p)[axis] / scale, atol=1e-7)
        np.testing.assert_allclose(bend / scale, landscape.hessian(p)[axis] / scale, atol=1e-5)
    np.testing.assert_allclose(
        landscape.value(np.array(np.meshgrid(grid.x, grid.y))), grid.loss, rtol=1e-12, atol=1e-14
    )


def test_a_wide_positive_loss_stays_positive_between_its_nodes():
    landscape = interpolated(grid_of(lambda x, y: 1e-6 + 1e3 * (x > 0.4) + 0 * y))
    p = np.random.default_rng(2).uniform(-1, 1, (2, 2000)) * np.array([[1], [2]])
    assert (landscape.value(p) > 0).all()


def test_outside_of_the_grid_and_round_a_missing_node_there_is_no_loss():
    grid = grid_of(lambda x, y: x**2 + y**2)
    landscape = interpolated(grid)
    assert np.isnan(landscape.value(np.array([[1.01, 0.0, np.nan], [0.0, -2.01, 0.0]]))).all()
    assert np.isfinite(landscape.value(np.array([[1.0, -1.0], [2.0, -2.0]]))).all()
    loss = grid.loss.copy()
    loss[5, 4] = np.nan  # the middle
    holed = interpolated(outcome(npz(x=grid.x, y=grid.y, loss=loss)))
    beside = np.array([[0.0, 0.1, 0.3], [0.0, 0.1, 0.0]])
    np.testing.assert_array_equal(np.isnan(holed.value(beside)), [True, True, False])
    np.testing.assert_array_equal(np.isnan(holed.gradient(beside)[0]), [True, True, False])
    assert holed.value(np.array([0.9, 1.9])) == pytest.approx(
        0.81 + 3.61, abs=1e-3
    )  # a neighbour stands for the missing one


def test_a_descent_starts_where_the_path_does():
    grid = outcome(npz(path=np.array([[0.5, 0.0], [1.5, 0.0]])))
    assert interpolated(grid).start == (0.5, 1.5)
