"""The animated GIF opened again: frames, size, colours where heads must be, the same bytes each time."""

from functools import cache
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from figures import DASHES, HEIGHTS, OVERLAYS, RUN_COLOURS, Run, animation, heights, heights_within, legible
from figures.animation import FRAMES, SIZE, lettering
from figures.animation.axes import labels
from figures.animation.lettering import font
from figures.animation.picture import begun, broken, legend
from figures.animation.view import LEFT, TOP, view
from figures.theme import PAPER
from landscapes import LANDSCAPES, formula, knobs
from optimizers import OPTIMIZERS, PLANS, RULES, SCHEDULES, descend
from pages.explore_parts.picture import language_of_letters, on_the_map
from pages.explore_parts.race import raced
from pages.shared.state import first_choices
from words import say, speaking

LANDSCAPE = LANDSCAPES["himmelblau"]()
HEIGHT = heights(LANDSCAPE, LANDSCAPE.domain)
CORNERS = np.array([[-4.0, 4.0, 4.0], [-4.0, -4.0, 4.0]])  # a way along two sides of the domain


def line(start, end, steps):
    return np.linspace(start, end, steps + 1).T


def opened(runs, landscape=LANDSCAPE, window=None, **more):
    scale = heights(landscape, landscape.domain)
    zoom = window and (window, heights_within(landscape, window, scale))
    return Image.open(BytesIO(animation(landscape, runs, scale, landscape.domain, zoom=zoom, **more)))


def frame(film, number):
    film.seek(number)
    return film.convert("RGB")


def colour_at(picture, runs, point, window=None):
    """The colour of the picture at a point of the landscape, as #123456."""
    seen = view(LANDSCAPE.domain, SIZE, len(legend(runs, SIZE[0])), window)
    x, y = seen.pixels(np.array(point))
    return "#{:02x}{:02x}{:02x}".format(*picture.getpixel((LEFT + round(x), TOP + round(y))))


@pytest.mark.long
@pytest.mark.parametrize(("steps", "frames"), [(0, 1), (1, 2), (9, 10), (119, 120), (120, 120)])
def test_every_step_has_its_frame_up_to_120(steps, frames):
    film = opened([Run("Adam", RUN_COLOURS[0], line((-4, -4), (4, 4), steps))])
    assert (film.n_frames, film.size) == (frames, SIZE)
    assert frames <= FRAMES


def test_the_film_runs_for_ever_and_rests_on_its_last_step():
    film = opened([Run("Adam", RUN_COLOURS[0], line((-4, -4), (4, 4), 20))])
    assert film.info["loop"] == 0
    durations = [frame(film, number) and film.info["duration"] for number in range(film.n_frames)]
    assert durations[-1] == 2000
    assert len(set(durations[:-1])) == 1
    assert 40 <= durations[0] <= 250


def test_each_head_stands_at_its_step_in_its_own_colour():
    runs = [
        Run("Up", RUN_COLOURS[0], line((-4, -4), (-4, 4), 30)),
        Run("Down", RUN_COLOURS[1], line((4, 4), (4, -4), 30)),
    ]
    film = opened(runs)
    for number in (0, 10, 30):
        picture = frame(film, number)
        for run in runs:
            assert colour_at(picture, runs, run.positions[:, number]) == run.colour.lower()
    first, last = frame(film, 0), frame(film, 30)
    for run in runs:
        assert colour_at(first, runs, run.positions[:, 30]) not in (run.colour.lower(), PAPER)
        assert colour_at(last, runs, run.positions[:, 15]) == run.colour.lower()  # the line that it left behind


def test_the_first_frame_has_no_lines_yet():
    moving, resting = (Run("Up", RUN_COLOURS[0], line((-4, -4), end, 30)) for end in ((-4, 4), (-4, -4)))
    film = opened([moving])
    first, last = (frame(film, number) for number in (0, 30))
    bare = frame(opened([resting]), 30)
    middle = moving.positions[:, 15]
    assert colour_at(first, [moving], middle) == colour_at(bare, [moving], middle)
    assert colour_at(last, [moving], middle) != colour_at(bare, [moving], middle)


def test_a_run_that_left_keeps_its_head_where_it_was_last_seen():
    gone = line((-4, -4), (4, 4), 10)
    gone[:, 6:] = np.nan
    run = Run("Gone", RUN_COLOURS[1], gone)
    picture = frame(opened([run]), 10)
    assert colour_at(picture, [run], gone[:, 5]) == run.colour.lower()
    assert colour_at(picture, [run], (4, 4)) != run.colour.lower()


def test_landmarks_and_starts_are_drawn_in_paper_and_ink():
    run = Run("Adam", RUN_COLOURS[0], line((-4, -4), (-4, 4), 3))
    minimum = np.array([[3.0], [2.0]])
    plain, marked = (frame(opened([run], landmarks=marks), 3) for marks in ({}, {"minimum": minimum}))
    assert colour_at(plain, [run], (3, 2)) != PAPER
    assert colour_at(marked, [run], (3, 2)) == PAPER
    seen = view(LANDSCAPE.domain, SIZE, below=1)
    x, y = (round(c) for c in seen.pixels(run.positions[:, 0]))
    across = [plain.getpixel((LEFT + x - 12 + i, TOP + y)) for i in range(12)]
    assert min(sum(colour) for colour in across) < 3 * 80  # the ring's rim of ink ...
    assert max(sum(colour) for colour in across) == 3 * 255  # ... and its paper


@pytest.mark.parametrize("side", [2.0, 1e-6])
def test_a_zoomed_film_shows_its_window_with_heights_that_tell_it_apart(side):
    window = ((3.0 - side / 2, 3.0 + side / 2), (2.0 - side / 2, 2.0 + side / 2))
    corner, middle = np.array([3.0 - side / 4, 2.0 + side / 4]), np.array([3.0, 2.0])
    run = Run("Adam", RUN_COLOURS[0], line(corner, middle, 20))
    whole, zoomed = opened([run]), opened([run], window=window)
    for number in range(21):
        assert frame(whole, number).tobytes() != frame(zoomed, number).tobytes()
    for number in (0, 20):
        picture = frame(zoomed, number)
        assert colour_at(picture, [run], run.positions[:, number], window) == run.colour.lower()
    seen = frame(zoomed, 0).crop((LEFT, TOP, SIZE[0] - 20, TOP + 450)).convert("L")
    assert np.ptp(np.asarray(seen)) > 100  # not one blot


def test_only_a_landscape_of_even_sides_keeps_one_scale_in_a_window():
    window = ((0.0, 1.0), (0.0, 0.25))
    for width, kept in ((4.0, True), (40.0, False)):
        seen = view(((0.0, width), (0.0, 4.0)), SIZE, 1, window)
        scales = [
            (high - low) / pixels for (low, high), pixels in zip(seen.domain, (seen.width, seen.height), strict=True)
        ]
        assert (scales[0] == pytest.approx(scales[1])) == kept
        assert (seen.domain == window) != kept


def end_of_a_film(window, **over):
    """The last frame of a film of one step."""
    return frame(opened([Run("Adam", RUN_COLOURS[0], line((-3, 2), (-2, 3), 1))], window=window, **over), 1)


plain_end = cache(end_of_a_film)


@pytest.mark.parametrize("kind", OVERLAYS)
@pytest.mark.parametrize("window", [None, ((-4.0, -1.0), (1.0, 4.0))])
def test_what_lies_over_the_map_lies_over_the_film(kind, window):
    plain, overlaid = plain_end(window), end_of_a_film(window, over=kind)
    moved = np.abs(np.subtract(plain, overlaid, dtype=float)).max(axis=-1) > 40
    assert moved.any() == (kind != "none")
    moved[TOP : TOP + 510, LEFT:] = False
    assert not moved.any()  # beside the map


def test_the_tints_of_a_film_lie_where_an_eigenvalue_is_negative():
    plain, tinted = (frame(opened([], over=over), 0) for over in ("none", "curvature"))
    for point, bent in (((-0.5, 3.2), True), ((-0.6, -0.6), True), ((-2.5, 3.4), False), ((3.3, 2.3), False)):
        assert (np.linalg.eigvalsh(LANDSCAPE.hessian(np.array(point)))[0] < 0) == bent
        before, after = (picture.getpixel(place(point)) for picture in (plain, tinted))
        assert (before[0] - before[2] + 10 < after[0] - after[2]) == bent  # redder


@pytest.mark.long
def test_the_same_race_gives_the_same_bytes():
    runs = [
        Run(RULES[name].name, colour, descend(LANDSCAPE, OPTIMIZERS[name](), np.zeros(2), 40).positions, dash)
        for name, colour, dash in zip(("adam", "momentum", "rmsprop"), RUN_COLOURS, DASHES, strict=False)
    ]
    films = [animation(LANDSCAPE, runs, HEIGHT, LANDSCAPE.domain) for _ in range(2)]
    assert films[0] == films[1]
    assert len(films[0]) < 600_000


def test_progress_rises_to_the_whole_and_what_it_raises_ends_the_work():
    run = Run("Adam", RUN_COLOURS[0], line((-4, -4), (4, 4), 9))
    shares = []
    opened([run], progress=shares.append)
    np.testing.assert_allclose(shares, np.arange(1, 11) / 10)

    class CancelledError(Exception):
        pass

    told = []

    def cancel(share):
        told.append(share)
        if len(told) == 3:
            raise CancelledError

    with pytest.raises(CancelledError):
        opened([run], progress=cancel)
    assert len(told) == 3


@pytest.mark.parametrize("text", ["7", "log(x)", "1/x", "sqrt(-1 - x**2)"])
def test_flat_and_broken_landscapes_can_be_animated(text):
    assert opened([Run("Adam", RUN_COLOURS[0], line((-1, -1), (1, 1), 3))], landscape=formula(text)).n_frames == 4


@pytest.mark.parametrize("kind", HEIGHTS)
def test_low_is_drawn_deeper_than_high(kind):
    scale = heights(LANDSCAPE, LANDSCAPE.domain, kind)
    film = Image.open(BytesIO(animation(LANDSCAPE, [], scale, LANDSCAPE.domain)))
    low, high = (film.convert("L").getpixel(place(point)) for point in ((3.0, 2.0), (-4.9, -4.9)))
    assert low + 40 < high


def place(point):
    x, y = view(LANDSCAPE.domain, SIZE, below=0).pixels(np.array(point))
    return LEFT + round(x), TOP + round(y)


def test_the_letters_of_every_name_are_in_the_font():
    missing = bytes(font(15).getmask("\uffff"))
    factories = [*OPTIMIZERS.values(), *SCHEDULES.values()]
    names = [rule.name for rule in RULES.values()] + [make().name for make in LANDSCAPES.values()]
    names += [plan.name for plan in PLANS.values()] + ["− 0.123456789 (2) warm-up"]
    names += [knob.symbol for factory in factories for knob in knobs(factory).values()]
    assert [letter for letter in sorted({*"".join(names)} - {" "}) if bytes(font(15).getmask(letter)) == missing] == []


@pytest.fixture
def no_chinese(monkeypatch):
    """A machine without a font of Chinese."""
    for kept in (lettering.han, lettering.known):
        kept.cache_clear()
    monkeypatch.setattr(lettering, "HAN", ())
    yield
    for kept in (lettering.han, lettering.known):
        kept.cache_clear()


chinese = pytest.mark.skipif(lettering.han(16, "zh-Hant") is None, reason="no font of Chinese is installed")


@chinese
@pytest.mark.parametrize(("code", "name"), [("zh-Hans", "梯度下降 η 0.1"), ("zh-Hant", "慣性動量 η 0.1")])
def test_where_there_is_a_font_of_chinese_a_picture_has_every_letter_of_it(code, name):
    missing = bytes(lettering.han(15, code).getmask("\uffff"))
    with speaking(code):
        pieces = list(lettering.pieces(name, 15))
        assert legible([name, say("step {step} of {steps}")])
        assert language_of_letters(raced(first_choices())) == code
    assert "".join(part for part, _ in pieces) == name
    assert [part for part, _ in pieces] == [name[:4], " η 0.1"]
    assert pieces[1][1] is font(15)
    assert missing not in [bytes(pieces[0][1].getmask(letter)) for letter in name[:4]]


def test_without_a_font_of_chinese_a_picture_is_in_english_and_letters_that_a_person_wrote_are_signs(
    no_chinese,
):
    with speaking("zh-Hant"):
        race = raced(first_choices())
        assert language_of_letters(race) == "en"
        with speaking("en"):
            assert [run.label for run in on_the_map(race)[1]] == first_choices().names()
        assert list(lettering.pieces("我的 rule", 15)) == [("??", font(15)), (" rule", font(15))]
    assert legible(["Himmelblau, η = 0.1"])


def test_a_name_without_spaces_is_broken_between_its_letters_and_a_name_that_has_no_room_is_cut():
    name = "慣性動量很長的名稱" * 9
    with speaking("zh-Hant"):
        lines = broken(name, 200.0)
        assert len(lines) > 1
        assert "".join(lines) == name
        assert all(lettering.length(line, 15) <= 200 for line in lines)
        cut = begun(name, 19, 200.0)
        assert cut.endswith("…")
        assert 150 < lettering.length(cut, 19) <= 200
        assert begun("Peaks", 19, 200.0) == "Peaks"


def test_a_long_legend_goes_on_in_another_line():
    runs = [Run(f"An optimizer with a long name {i}", RUN_COLOURS[i], CORNERS) for i in range(8)]
    lines = legend(runs, SIZE[0])
    assert [run for entries in lines for _, run in entries] == runs
    assert len(lines) > 1
    assert all(x < SIZE[0] for entries in lines for x, _ in entries)
    assert opened(runs).size == SIZE


@given(st.floats(-1e6, 1e6), st.floats(-9, 6))
def test_the_labels_of_a_picture_tell_its_ticks_apart_and_say_where_they_are(low, power):
    high = low + 10.0**power
    marked = labels((low, high))
    assert 3 <= len(marked) <= 12
    assert len({label for _, label in marked}) == len(marked)
    for number, label in marked:
        assert float(label.replace("−", "-")) == pytest.approx(
            number, abs=1e-3 * (high - low) + 2 * np.spacing(abs(high))
        )


@pytest.mark.parametrize("width", [1.0, 1e-3, 1e-6, 1e-9])
def test_a_run_near_a_minimum_is_drawn_where_it_went_however_close_the_picture(width):
    rosenbrock = LANDSCAPES["rosenbrock"]()
    window = ((1 - 2 * width, 1 + 2 * width), (1 - 2 * width, 1 + 2 * width))
    seen = view(rosenbrock.domain, SIZE, 1, window)
    points = 1 + width * np.array([[-2.0, 0.0, 1.0], [2.0, 0.0, -1.0]])
    x, y = seen.pixels(points)
    assert y == pytest.approx(np.array([0.0, 0.5, 0.75]) * seen.height, abs=1e-3)
    assert np.diff(x) == pytest.approx(np.array([0.5, 0.25]) * seen.height, abs=1e-3)


def test_a_name_of_a_run_is_never_cut_however_much_tells_it_apart():
    label = " ".join(["Adam", *(f"{symbol} 1.2345678e−7" for symbol in ("η", "β₁", "β₂", "ε", "T", "a", "d₀", "d₁"))])
    longest = Run(label, RUN_COLOURS[0], CORNERS)
    words = broken(longest.label, SIZE[0] / 2)
    assert " ".join(words) == longest.label
    assert all(font(15).getlength(line) <= SIZE[0] / 2 for line in words)
    lines = legend([Run("Lion", RUN_COLOURS[1], CORNERS), longest], SIZE[0])
    assert [len(entries) for entries in lines] == [1, 1, *[0] * (len(lines) - 2)]
    assert len(lines) > 2
    assert opened([longest]).size == SIZE
