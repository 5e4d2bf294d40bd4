"""What the stage's own controls say is translated: every text that its scripts show is among those of the page."""

import re
from pathlib import Path

import plotly.graph_objects as go
import pseudo_language
import pytest
import streamlit

from figures.stage import Panel
from figures.stage.panels import laid_out
from figures.stage.room import IN_THE_HALL, ON_THE_WALL
from figures.stage.sayings import SAYINGS, STREAMLITS_LABELS, STREAMLITS_TEXTS, sayings
from words import messages, speaking

SCRIPTS = Path(__file__).parents[1] / "figures" / "stage" / "js"
JAVASCRIPT = {path.name: path.read_text("utf-8") for path in SCRIPTS.glob("*.js")}
TEXT = r'"((?:[^"\\]|\\.)*)"'
SHOWN = re.compile(rf"(?:\binWords\(|\bbutton\(|\b(?:ariaLabel|title|textContent): \[)\s*{TEXT}")
BY_HAND = re.compile(rf"(?:ariaLabel|title|textContent)(?:: | = )(?:{TEXT}|`)")
PHRASE = re.compile(r"""["`](?!fall-line|\.)([^"`=\n]*[A-Za-z]{2,} [a-z]{2,}[^"`=\n]*)["`]""")
REMARK = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
FILLED_IN = re.compile(r"\{\w+\}|(?<= to )apply")  # of Streamlit's texts, by itself


def test_every_text_that_a_script_shows_is_among_them_and_none_is_idle():
    shown = {text for script in JAVASCRIPT.values() for text in SHOWN.findall(script)}
    assert len(shown) > 15
    rooms = {*IN_THE_HALL, *ON_THE_WALL}
    assert shown - {*SAYINGS, *rooms} == set()
    written = {text for script in JAVASCRIPT.values() for text in re.findall(TEXT, script)}
    assert {*SAYINGS, *rooms} - written == set()


def test_no_script_has_a_sentence_past_them_wherever_it_would_show_it():
    phrases = {text for script in JAVASCRIPT.values() for text in PHRASE.findall(REMARK.sub("", script))}
    assert len(phrases) > 15
    assert phrases - {*SAYINGS, *IN_THE_HALL, *ON_THE_WALL} == set()


@pytest.mark.long
def test_what_we_translate_of_streamlits_own_words_is_what_it_writes():
    scripts = (Path(streamlit.__file__).parent / "static" / "static" / "js").glob("*.js")
    bundle = "\n".join(script.read_text("utf-8") for script in scripts)
    pieces = {piece for text in (*STREAMLITS_TEXTS, *STREAMLITS_LABELS) for piece in FILLED_IN.split(text)}
    assert [piece for piece in pieces if not re.search(rf"[`\"}}]{re.escape(piece)}[`\"$]", bundle)] == []


def test_a_panel_is_called_by_words_of_the_page(pseudo):
    figure = go.Figure(layout={"title": {"text": "ρ<sub>∞</sub>"}})
    panels = [Panel("map", go.Figure(), alt=""), Panel("rho", figure, alt=""), Panel("x", figure, alt="", called="P")]
    with speaking(pseudo):
        names = laid_out(panels, key="k", rows=None, steps=0, every=1, start=None, table=None, notes=())[0]["panels"]
    assert {name: panel["called"] for name, panel in names.items()} == {"map": "⟦máp⟧", "rho": "ρ∞", "x": "P"}


@pytest.mark.parametrize(("script", "given"), [("lead.js", ON_THE_WALL), ("room.js", IN_THE_HALL)])
def test_each_half_of_a_room_is_given_the_texts_that_it_shows(script, given):
    assert set(SHOWN.findall(JAVASCRIPT[script])) - set(given) == set()


def test_no_script_shows_a_text_past_them():
    given = {"present_button.js"}  # whose name is that of the page's button
    past = {name: BY_HAND.findall(script) for name, script in JAVASCRIPT.items() if name not in given}
    assert {name: found for name, found in past.items() if any(found)} == {}


@pytest.fixture
def pseudo(pseudo_catalogues, monkeypatch):
    monkeypatch.setattr(messages, "CATALOGUES", pseudo_catalogues)
    for cache in (messages._catalogue, messages._languages_of):
        cache.cache_clear()
    yield pseudo_language.CODE
    for cache in (messages._catalogue, messages._languages_of):
        cache.cache_clear()


def skeleton():
    panels = [Panel("map", go.Figure(), alt="")]
    return laid_out(panels, key="k", rows=None, steps=0, every=1, start=None, table=None, notes=())[0]


def test_they_travel_in_another_language_alone(pseudo):
    assert "words" not in skeleton()
    with speaking(pseudo):
        assert skeleton()["words"] == sayings() == {text: pseudo_language.accented(text) for text in SAYINGS}


def test_words_that_no_row_would_show_are_refused():
    panel = Panel("one", go.Figure(), alt="A picture.")
    asked = {"key": "k", "steps": 0, "every": 1, "start": None, "table": None}
    with pytest.raises(ValueError, match="rows need 'table'"):
        laid_out([panel], rows=[["one"]], notes=["A sentence."], **asked)
    skeleton, *_ = laid_out([panel], rows=[["one"], ["table"]], notes=["A sentence."], **asked)
    assert skeleton["notes"] == ["A sentence."]
