"""The link to share: it opens the same choices, is short enough for a slide, and its code holds it."""

from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import parse_qs, urlencode, urlsplit

import numpy as np
import pytest
import segno
from menu import NAMES
from PIL import Image
from test_pages import choices, opened, press

from figures.animation import SIZE
from pages.explore_parts.picture import still
from pages.explore_parts.race import raced
from pages.shared.controls.share import HANDY, qr_code
from pages.shared.fields.run_choice import run_choice
from pages.shared.state.choices import first_choices, with_landscape
from pages.shared.state.link import read, write
from pages.shared.state.starts import Ring


def shared(app):
    """The page with the link in front of it."""
    press(app, "Share")
    return app


def test_the_shared_link_opens_the_same_choices_with_the_step_that_is_seen():
    app = shared(opened(v="1", landscape="himmelblau", starts="ring~5~0.1", frame="12", overlay="gradient"))
    assert not app.exception
    query = parse_qs(urlsplit(app.code[0].value).query)
    assert query.pop("frame") == ["12"]
    assert read(query) == (choices(app), [])
    assert any(caption.value == f"{len(app.code[0].value)} characters." for caption in app.caption)


@pytest.mark.parametrize("page", NAMES)
def test_every_page_has_its_link(page):
    app = shared(opened(page))
    assert "v=1" in app.code[0].value


def test_a_typical_race_of_four_tuned_runs_is_short_enough_for_a_phone():
    runs = (
        run_choice("adam", learning_rate=0.05, beta1=0.85),
        replace(run_choice("momentum", "cosine", learning_rate=0.002), warmup=20),
        run_choice("rmsprop", learning_rate=0.01, alpha=0.95),
        run_choice("gradient_descent", learning_rate=0.0015),
    )
    typical = replace(
        with_landscape("himmelblau", first_choices()), runs=runs, start=(-1.234567, 0.7654321), further=Ring()
    )
    typical = replace(typical, steps=800, noise=0.1, seed=3, overlay="gradient", curve="distance", height="rank")
    link = "https://fall-line.example.org/?" + urlencode(write(typical), doseq=True, safe="~")
    assert len(link) <= HANDY
    assert qr_code(link).startswith(b"\x89PNG")


def test_what_no_code_can_hold_is_told_instead():
    assert qr_code("https://example.org/?" + "x" * 3000) is None
    text = "+".join(["x*y"] * 140)
    long = {"f": text[:499].rstrip("+*x"), "start": "~".join(["-0.123456789012"] * 50)}
    app = opened(
        v="1",
        landscape="formula",
        run=["adam~0.0123456789~beta1~0.123456789~beta2~0.9123456789~epsilon~0.000123456"] * 8,
        **long,
    )
    shared(app)
    assert not app.exception
    assert any("too long for a QR code" in caption.value for caption in app.caption)
    assert "Picture with title and legend, without a QR code (PNG)" in [it.label for it in app.get("download_button")]


def test_the_lines_for_a_course_page_frame_the_same_link():
    app = shared(opened(v="1", landscape="himmelblau"))

    class Frames(HTMLParser):
        found = ()

        def handle_starttag(self, tag, attrs):
            self.found = (*self.found, (tag, dict(attrs)))

    lines = Frames()
    lines.feed(app.code[1].value)
    ((tag, attributes),) = lines.found
    assert tag == "iframe"
    assert attributes["src"] == app.code[0].value + "&embed=true"
    assert attributes["title"]


@pytest.mark.parametrize("link", ["https://fall-line.example.org/?v=1&landscape=himmelblau", None])
def test_the_picture_has_title_legend_and_the_code_as_it_is(link):
    race = raced(with_landscape("himmelblau", first_choices()))
    code = link and qr_code(link)
    bare = Image.open(BytesIO(still(race, None))).convert("RGB")
    with_code = Image.open(BytesIO(still(race, code))).convert("RGB")
    assert bare.size == SIZE
    np.testing.assert_array_equal(np.asarray(with_code)[: SIZE[1], : SIZE[0]], np.asarray(bare))
    if code is None:
        assert with_code.size == SIZE
        return
    drawn = np.asarray(with_code.crop((SIZE[0], 0, *with_code.size)).convert("1"))
    modules = np.array(segno.make_qr(link, error="m").matrix, dtype=bool)
    dark = np.argwhere(~drawn)
    (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0) + 1
    side = (right - left) // len(modules)
    np.testing.assert_array_equal(~drawn[top:bottom:side, left:right:side], modules)
