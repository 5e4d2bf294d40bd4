"""Opening a room on the pages, and the page of a student: what is in which address, and what may be asked."""

import re
from base64 import b64decode
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from visitor import opened, press

from app import HEADERS, MIDDLEWARE
from course import LESSONS
from pages.explore_parts.questions import first_of, questions
from pages.explore_parts.race import raced
from pages.shared.state import first_choices
from rooms import ended, the_store
from rooms.messages import answer_to
from words import say

NOW = 1000.0


@pytest.fixture(scope="module")
def client():
    page = Route("/{path:path}", lambda request: HTMLResponse("<head></head>the app"))
    return TestClient(Starlette(routes=[page], middleware=MIDDLEWARE))


def test_a_students_page_has_the_safe_headers_and_no_part_of_the_app(client):
    page = client.get("/?room=bcdf2", headers={"accept": "text/html"})
    assert {name: page.headers[name] for name in HEADERS} == HEADERS
    assert page.headers["cache-control"] == "no-store"
    assert "the app" not in page.text
    assert '"code": "BCDF2"' in page.text


@pytest.mark.parametrize(
    "code", ["", "x", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "BCDF1", "A" * 9999]
)
def test_anything_but_a_code_is_asked_for_again_and_never_repeated(client, code):
    page = client.get("/", params={"room": code})
    assert "Which room?" in page.text
    assert "alert" not in page.text
    assert 'name="room"' in page.text


def test_every_other_address_is_left_to_the_app(client):
    for path in ("/", "/?v=1", "/?lead=BCDF2.x", "/curvature?room=BCDF2"):
        assert "the app" in client.get(path).text


def lecturer(page="explore"):
    app = AppTest.from_file("../pages/menu.py", default_timeout=300).run()
    button = next(each for each in app.button if each.label == "Open a room")
    button.click().run()
    place = app.session_state["led room"]
    return app, place.code, place.secret


def test_one_click_opens_a_room_and_the_secret_stands_in_no_address_and_nowhere_on_the_page():
    app, code, secret = lecturer()
    room = the_store().room(code, NOW)
    assert not app.exception
    assert room.is_led_with(secret)
    assert secret not in str(app.query_params)
    assert secret not in " ".join(part.value for part in [*app.markdown, *app.caption, *app.header])
    assert secret not in room.picture.link
    assert "lead" not in room.picture.link
    assert not [code for code in app.code if secret in code.value]
    assert [f"/?room={code}" in each.value for each in app.code].count(True) == 1


def test_pictures_come_with_the_page_so_that_no_process_is_asked_for_them():
    app, _, _ = lecturer()
    addresses = [picture.url for element in app.get("image") for picture in element.proto.imgs]
    assert len(addresses) == 2  # the landscape's, and the QR code
    for each in addresses:
        kind, _, data = each.partition(";base64,")
        assert kind == "data:image/png"
        assert Image.open(BytesIO(b64decode(data))).width >= 48


def test_the_lecturers_own_link_is_shown_on_request_and_leads_the_room_without_staying_in_the_address():
    app, code, secret = lecturer()
    app.session_state["own link"] = True
    app.run()
    (own,) = [code.value for code in app.code if secret in code.value]
    again = AppTest.from_file("../pages/menu.py", default_timeout=300)
    again.query_params["lead"] = parse_qs(urlsplit(own).query)["lead"]
    again.run()
    assert not again.exception
    assert again.session_state["led room"] == app.session_state["led room"]
    assert "lead" not in again.query_params
    assert f"Room {code}" in [button.label for button in again.button]


@pytest.mark.parametrize("page", ["explore", "step_by_step", "curvature", "maps", "data"])
def test_something_may_be_asked_on_every_page_with_a_map(page):
    app = opened(page, steps="50") if page in ("explore", "step_by_step") else opened(page)
    press(app, "Open a room")
    prefix = "data " if page == "data" else ""
    app.session_state[f"{prefix}ask"] = True
    app.run()
    assert not app.exception
    labels = [button.label for button in app.button]
    assert "What learning rate would you take?" in labels
    assert any(label.startswith("Where will ") for label in labels) == (page in ("explore", "step_by_step", "data"))
    the_store().change(app.session_state["led room"].code, NOW, ended)  # or there would be too many rooms


def test_a_lesson_asks_the_class_its_own_question():
    app = opened("lessons", lesson="loss-surface")
    press(app, "Open a room")
    app.session_state["lessons ask"] = True
    app.run()
    text = say(LESSONS["loss-surface"].question)
    next(button for button in app.button if button.label == text).click().run()
    assert not app.exception
    asked = the_store().room(app.session_state["led room"].code, NOW).question
    assert (asked.kind, asked.text) == ("choice", text)
    answers = LESSONS["loss-surface"].answers
    assert asked.options[asked.truth].endswith(say(answers["none"]))
    assert len(asked.options) == len(answers)
    the_store().change(app.session_state["led room"].code, NOW, ended)


def test_what_may_be_asked_of_a_race_has_a_right_answer_within_its_bounds():
    race = raced(first_choices())
    asked = questions(race)
    assert {question.kind for question in asked} == {"place", "choice", "start", "number"}
    for question in asked:
        if question.kind == "place":
            ends = [entry.run.positions[:, -1] for entry in race.shown]
            assert any(np.array_equal(question.truth, end) for end in ends)
        if question.kind == "choice":
            assert answer_to(question, question.truth) == first_of(race.shown)
    assert len({question.text for question in asked}) == len(asked)
    assert not [question.text for question in asked if re.search(r"[{}]", question.text)]
