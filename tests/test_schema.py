"""A field of the choices says once what it is: the link, what is known in links, undo and the control follow."""

from dataclasses import dataclass, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from landscapes import Knob
from pages.curvature_parts.choices import CurvatureChoices
from pages.data_parts.choices import SCHEMA as DATA
from pages.lessons_parts.choices import SCHEMA as LESSONS
from pages.maps_parts.choices import MapsChoices
from pages.networks_parts.choices import SCHEMA as NETWORKS
from pages.shared.fields import BadBatchChoices, Number, Numbers, OneOf, Place, Schema, Switch, Turned, field
from pages.shared.state import History, first_choices
from pages.shared.state.choices import SCHEMA, Choices, SharedChoices
from pages.shared.state.link import KNOWN, read, write
from pages.shared.state.view_params import BESIDE
from pages.step_by_step_parts.choices import StepByStepChoices


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


SIMPLE = {name: kind for name, kind in SCHEMA.fields.items() if type(kind) in (OneOf, Number, Turned, Place)}
SIMPLE.pop("numbers")  # the knobs are those of the landscape


@given(some.fixed_dictionaries({name: values(kind) for name, kind in SIMPLE.items()}))
def test_every_field_is_written_read_back_and_known(chosen):
    choices = replace(first_choices(), **chosen)
    link = write(choices)
    assert link.keys() <= KNOWN
    assert link.keys() - {"v"} == {name for name, kind in SIMPLE.items() if chosen[name] != kind.default}
    assert read({key: [text] if isinstance(text, str) else text for key, text in link.items()}) == (choices, [])


@dataclass(frozen=True)
class Weather:
    """Choices of a page that nobody has heard of."""

    sky: str = field(OneOf("Sky", {"clear": "Clear", "grey": "Overcast"}, "clear"))
    wind: float = field(Number(Knob("w", 0.0, 10.0, "wind", default=2.0, least=0.0)))
    days: int = field(Number(Knob("d", 1, 9, "days", default=3, integer=True, least=1, costs=True)))
    gusts: bool = field(Switch("Gusts", "Short and strong"), old=["blows"])


def weather():
    """The history of that page, made of its fields alone."""
    schema = Schema(Weather)
    return History("weather ", schema.read, schema.write)


def weather_page():
    from test_schema import Weather, weather

    from pages.shared.controls import field_control
    from pages.shared.state import Schema

    page = weather()
    for name, kind in Schema(Weather).fields.items():
        field_control(page, name, kind)
    page.share()


def test_a_field_is_all_that_its_link_its_control_and_undo_need():
    assert Schema(Weather).known == {"v", "sky", "wind", "days", "gusts", "blows"}
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
    assert dict(app.query_params) == {"v": "1", "days": "5", "wind": "0.25"}
    assert app.session_state["weather choices"] == Weather("clear", 0.25, 5)
    assert app.session_state["weather past"] == (Weather("grey"), Weather(), Weather(days=5))
    assert (app.toggle[0].label, app.toggle[0].help) == ("Gusts", "Short and strong")
    app.toggle[0].set_value(True).run()
    assert app.session_state["weather choices"] == Weather("clear", 0.25, 5, gusts=True)


def test_what_a_field_cannot_be_is_said_and_left_at_its_default():
    weather, dropped = Schema(Weather).read({"sky": ["green"], "wind": ["-1"], "days": ["2.5"]})
    assert weather == Weather()
    assert [str(sentence) for sentence in dropped] == [
        "“sky=green” was dropped from the link: sky is one of clear, grey.",
        "“wind=-1” was dropped from the link: wind is a number ≥ 0, such as 2.",
        "“days=2.5” was dropped from the link: days is a whole number from 1 to 9, such as 3.",
    ]


@dataclass(frozen=True, kw_only=True)
class Garden:
    """Choices that depend on each other."""

    plant: str = field(OneOf("Plant", {"rose": "Rose", "oak": "Oak"}, "rose"))
    colour: str = field(
        OneOf("Colour", lambda garden: SHADES[garden.plant], lambda garden: next(iter(SHADES[garden.plant])))
    )
    height: Numbers = field(Turned(lambda garden: {garden.plant: TALL[garden.plant]}, lambda garden: garden.plant))


SHADES = {"rose": {"red": "Red", "white": "White"}, "oak": {"green": "Green", "red": "Red"}}
TALL = {"rose": Knob("h", 0.0, 5.0, default=1.0, least=0.0), "oak": Knob("h", 0.0, 50.0, default=20.0, least=0.0)}
GARDEN = Schema(Garden, lambda: Garden(colour="red", height=(("rose", 1.0),)))


@pytest.mark.parametrize("plant", SHADES)
def test_what_a_field_is_by_default_may_follow_from_those_before_it(plant):
    there, dropped = GARDEN.read({"plant": [plant]})
    assert dropped == []
    assert there == Garden(plant=plant, colour=next(iter(SHADES[plant])), height=((plant, TALL[plant].default),))
    assert GARDEN.write(there) == {"v": "1"} | ({"plant": plant} if plant == "oak" else {})
    other = replace(there, colour="red", height=((plant, 2.0),))
    assert GARDEN.read({key: [text] for key, text in GARDEN.write(other).items()}) == (other, [])
    assert GARDEN.reset(other, "colour", "height") == there


def test_options_and_owners_in_refusals_are_those_of_the_choices_so_far():
    _, dropped = GARDEN.read({"plant": ["oak"], "colour": ["white"], "height": ["rose~2~oak~-1"]})
    assert [str(sentence) for sentence in dropped] == [
        "“colour=white” was dropped from the link: colour is one of green, red.",
        "“rose” was dropped from the link: oak has the knobs oak.",
        "“oak -1” was dropped from the link: oak of oak is a number ≥ 0, such as 20.",
    ]


def test_a_link_may_call_a_field_by_its_old_name_and_is_written_with_the_new_one():
    schema = Schema(Weather)
    opened, dropped = schema.read({"blows": ["1"]})
    assert (opened, dropped) == (Weather(gusts=True), [])
    assert schema.write(opened) == {"v": "1", "gusts": "1"}
    _, dropped = schema.read({"blows": ["2"]})
    assert [str(sentence) for sentence in dropped] == ["“blows=2” was dropped from the link: blows is one of 1."]


@pytest.mark.parametrize("schema", [SCHEMA, DATA, NETWORKS, LESSONS])
def test_no_choice_is_called_as_what_stands_beside_the_choices_in_an_address(schema):
    assert schema.known & BESIDE == set()


def test_each_page_owns_its_fields():
    assert [*SCHEMA.of(CurvatureChoices)] == ["part", "point", "direction", "chord_from", "chord_to"]
    assert [*SCHEMA.of(StepByStepChoices)] == ["sheet", "update", "lecture", "memory", "timeline", "warm_up"]
    assert [*SCHEMA.of(MapsChoices)] == [
        "map",
        "mapped",
        "across",
        "up",
        "colour",
        "knob_window",
        "radius",
        "sharpness",
    ]
    pages = (BadBatchChoices, SharedChoices, CurvatureChoices, StepByStepChoices, MapsChoices)
    of = [SCHEMA.of(page) for page in pages]
    assert {name for page in of for name in page} == {f.name for f in fields(Choices)}
