"""The link to share: it opens the same choices, is short enough for a slide, and its code holds it."""

from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from menu import NAMES
from test_pages import choices, opened, press

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
    query = parse_qs(urlsplit(app.code[-1].value).query)
    assert query.pop("frame") == ["12"]
    assert read(query) == (choices(app), [])
    assert any(caption.value == f"{len(app.code[-1].value)} characters." for caption in app.caption)


@pytest.mark.parametrize("page", NAMES)
def test_every_page_has_its_link(page):
    app = shared(opened(page))
    assert "v=1" in app.code[-1].value


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
    assert "too long for a QR code" in shared(app).caption[-1].value
