"""A field of the choices says once what it is: the link, what is known in links, undo and the control follow."""

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from landscapes import Knob
from pages.shared.state import History, Number, OneOf, Schema, field, first_choices
from pages.shared.state.choices import SCHEMA
from pages.shared.state.grammar import Reader
from pages.shared.state.link import KNOWN, read, write
from pages.shared.state.schema import Turned


def numbers(knob):
    values = some.floats(knob.low, knob.high)
    return some.integers(int(knob.low), int(knob.high)) if knob.integer else values


def values(kind):
    match kind:
        case OneOf(options=options):
            return some.sampled_from(list(options))
        case Number(knob=knob):
            return numbers(knob)
        case Turned(knobs=knobs):
            return some.tuples(*(some.tuples(some.just(name), numbers(knob)) for name, knob in knobs.items()))
    return some.none() | some.tuples(some.floats(-1e6, 1e6), some.floats(-1e6, 1e6))


@given(some.fixed_dictionaries({name: values(kind) for name, kind in SCHEMA.fields.items()}))
def test_every_field_is_written_read_back_and_known(chosen):
    choices = replace(first_choices(), **chosen)
    link = write(choices)
    assert link.keys() <= KNOWN
    away = {name for name, kind in SCHEMA.fields.items() if chosen[name] != kind.default}
    assert link.keys() & SCHEMA.keys == away
    assert read({key: [text] if isinstance(text, str) else text for key, text in link.items()}) == (choices, [])


@dataclass(frozen=True)
class Weather:
    """Choices of a page that nobody has heard of."""

    sky: str = field(OneOf("Sky", {"clear": "Clear", "grey": "Overcast"}, "clear"))
    wind: float = field(Number(Knob("w", 0.0, 10.0, "wind", default=2.0, least=0.0)))
    days: int = field(Number(Knob("d", 1, 9, "days", default=3, integer=True, least=1, costs=True)))


def weather():
    """The history of that page, made of its fields alone."""
    schema = Schema(Weather)

    def opened(link):
        reader = Reader(link)
        return Weather(**schema.read(reader)), reader.dropped

    return History("weather ", opened, schema.write)


def weather_page():
    from test_schema import Weather, weather

    from pages.shared.controls import field_control
    from pages.shared.state import Schema

    page = weather()
    for name, kind in Schema(Weather).fields.items():
        field_control(page, name, kind)
    page.share()


def test_a_field_is_all_that_its_link_its_control_and_undo_need():
    assert Schema(Weather).keys == {"sky", "wind", "days"}
    app = AppTest.from_function(weather_page)
    app.query_params["sky"] = "grey"
    app.run()
    assert not app.exception
    assert [box.label for box in app.selectbox] == ["Sky"]
    assert app.selectbox[0].value == "grey"
    app.selectbox[0].set_value("clear").run()
    app.text_input[1].set_value("5").run()
    app.text_input[0].set_value("0.25").run()
    assert not app.exception
    assert dict(app.query_params) == {"days": "5", "wind": "0.25"}
    assert app.session_state["weather choices"] == Weather("clear", 0.25, 5)
    assert app.session_state["weather past"] == (Weather("grey"), Weather(), Weather(days=5))


def test_what_a_field_cannot_be_is_said_and_left_at_its_default():
    reader = Reader({"sky": ["green"], "wind": ["-1"], "days": ["2.5"]})
    assert Weather(**Schema(Weather).read(reader)) == Weather()
    assert [str(sentence) for sentence in reader.dropped] == [
        "“sky=green” was dropped from the link: sky is one of clear, grey.",
        "“wind=-1” was dropped from the link: wind is a number ≥ 0, such as 2.",
        "“days=2.5” was dropped from the link: days is a whole number from 1 to 9, such as 3.",
    ]
