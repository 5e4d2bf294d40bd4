"""What a host sets and sees: places, frames, the policy, the status, and files that are safe to open."""

import csv
import io
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from driver import REPOSITORY
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from test_architecture import DOOR, ROOMS

import delivery
from hosting import Door, Guests, Reruns, Settings, policy, read, status
from optimizers import RULES
from pages.shared.controls.run_downloads import table
from pages.shared.fields.run_choice import run_choice
from pages.shared.state.choices import first_choices

TOKEN = "a token of some length"
BROWSER = {"accept": "text/html"}


class Clock:
    """A clock that stands until it is moved."""

    time = 0.0

    def __call__(self):
        return self.time


def places(most):
    clock = Clock()
    return Guests(most, clock), clock


def test_who_was_given_the_page_has_a_place_until_she_comes_or_half_a_minute_is_over():
    guests, clock = places(2)
    assert [guests.reserve() for _ in range(3)] == [True, True, False]
    assert (guests.enter(), guests.enter(), guests.enter()) == (True, True, False)
    guests.leave()
    assert guests.reserve()
    assert not guests.reserve()
    clock.time = 31
    assert guests.reserve()  # the other did not come


def test_a_connection_that_is_made_again_needs_no_page():
    guests, _ = places(1)
    assert guests.enter()
    guests.leave()
    assert guests.enter()


async def echo(socket):
    await socket.accept()
    await socket.send_text("in")
    await socket.receive()


@pytest.fixture
def door():
    guests, _ = places(1)
    page = Route("/{path:path}", lambda request: HTMLResponse("<p>the page</p>"))
    routes = [WebSocketRoute("/lectures/_stcore/stream", echo), page]
    middleware = [Middleware(Door, guests=guests, open_to_all=["/lectures/fall-line/"])]
    return TestClient(Starlette(routes=routes, middleware=middleware)), guests


def test_who_comes_when_it_is_full_is_let_in_when_another_leaves(door):
    client, guests = door
    assert "the page" in client.get("/?v=1", headers=BROWSER).text
    with client.websocket_connect("/lectures/_stcore/stream") as socket:
        assert socket.receive_text() == "in"
        full = client.get("/?v=1", headers=BROWSER)
        assert (full.status_code, full.headers["refresh"]) == (503, "10")
        assert "Every place is taken" in full.text
        assert "<script" not in full.text
        assert client.get("/image.png", headers={"accept": "image/*"}).status_code == 200
        with pytest.raises(WebSocketDisconnect), client.websocket_connect("/lectures/_stcore/stream"):
            raise AssertionError("let in")
        assert guests.connected == 1
    assert guests.connected == 0
    assert client.get("/?v=1", headers=BROWSER).status_code == 200


def test_what_is_no_page_takes_no_place_and_is_there_when_all_are_taken(door):
    client, _ = door
    own = "/lectures/fall-line/status"
    assert client.get(own, headers=BROWSER).status_code == 200
    assert client.get("/lectures/", headers=BROWSER).status_code == 200  # which takes the one place
    assert client.get("/lectures/", headers=BROWSER).status_code == 503
    assert client.get(own, headers=BROWSER).status_code == 200


def test_students_in_a_room_take_no_places(monkeypatch):
    monkeypatch.setattr(delivery.GUESTS, "most", 1)
    monkeypatch.setattr(delivery.GUESTS, "connected", 1)
    page = Route("/{path:path}", lambda request: HTMLResponse("<p>the page</p>"))
    client = TestClient(Starlette(routes=[page], middleware=delivery.MIDDLEWARE))
    assert client.get("/?room=BCDFG", headers=BROWSER).status_code == 200
    assert client.get("/", headers=BROWSER).status_code == 503


def test_without_a_setting_everybody_comes_in_and_may_frame_it():
    assert read({}) == read({"FALL_LINE_MOST_SESSIONS": " "}) == Settings(None, "*", None)
    guests, _ = places(None)
    assert all(guests.reserve() and guests.enter() for _ in range(1000))


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        *(("FALL_LINE_MOST_SESSIONS", text, "whole number from 1 on") for text in ("0", "-1", "many", "²", "1.5")),
        *(("FALL_LINE_FRAME_HOSTS", text, "hosts such as") for text in ("a.org; script-src *", "javascript:x", "a,b")),
        ("FALL_LINE_STATUS_TOKEN", "short", "at least 16 characters"),
    ],
)
def test_a_setting_that_is_none_is_refused_with_what_would_be_right(name, text, reason):
    with pytest.raises(ValueError, match=f"{name}.*{reason}"):
        read({name: text})


def test_the_policy_names_the_scripts_of_a_page_and_its_own_host():
    said = policy("fall-line.example.org:8443", "'self'", b"<script>let a = 1;</script><script src='x.js'></script>")
    parts = dict(part.split(" ", 1) for part in said.split("; "))
    assert parts["script-src"].startswith("'self' blob: 'sha256-")
    assert parts["script-src"].count("'sha256-") == 1
    assert b64encode(sha256(b"let a = 1;").digest()).decode() in parts["script-src"]
    assert parts["connect-src"] == "'self' ws://fall-line.example.org:8443 wss://fall-line.example.org:8443"
    assert parts["frame-ancestors"] == "'self'"
    for host in ("x; script-src *", "x y", "", "a.org\r\nSet-Cookie: b"):
        assert "; connect-src 'self';" in policy(host, "*")


def asked(headers, settings):
    scope = {"type": "http", "headers": [(name.encode(), value.encode()) for name, value in headers.items()]}
    return status(Request(scope), settings, Guests(None), {"computing": 1, "drawing": 0, "waiting": 2})


def test_the_status_is_for_those_who_have_the_token():
    settings = Settings(status_token=TOKEN)
    for headers in ({}, {"authorization": "Bearer another token, as long"}, {"authorization": ""}):
        assert asked(headers, settings).status_code == 404
    assert asked({"authorization": "Bearer "}, Settings()).status_code == 404
    told = asked({"authorization": f"Bearer {TOKEN}"}, settings)
    assert told.status_code == 200
    for name in (b"sessions", b"reruns_a_second", b"p95_seconds", b"memory_megabytes", b'"waiting":2'):
        assert name in told.body


def test_reruns_are_counted_over_the_last_minute_and_parts_of_one_are_not_counted_twice():
    clock = Clock()
    reruns = Reruns(clock)
    for seconds in (1.0, 2.0, 3.0):
        with reruns.one(), reruns.one():
            clock.time += seconds
    assert reruns.told() == {"reruns_a_second": 3 / 60, "p50_seconds": 2.0, "p95_seconds": pytest.approx(2.9)}
    clock.time += 61
    assert reruns.told()["reruns_a_second"] == 0


def test_the_container_has_every_room_and_every_file_at_the_door():
    copied = (REPOSITORY / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    names = {name for line in copied.splitlines() if line.startswith("COPY ") for name in line.split()[1:-1]}
    assert names >= {*ROOMS, *DOOR, ".streamlit"}


def begins_a_formula(cell):
    """Whether a spreadsheet would compute it: what is a number is none."""
    try:
        float(cell)
    except ValueError:
        return cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    return False


@pytest.mark.parametrize("name", RULES)
def test_no_cell_of_a_saved_table_begins_a_formula(name):
    choices = replace(first_choices(), runs=(run_choice(name),), steps=5)
    cells = [cell for row in csv.reader(io.StringIO(table(choices, 0))) for cell in row]
    assert len(cells) > 20
    assert [cell for cell in cells if begins_a_formula(cell)] == []


def test_a_landscape_of_ones_own_cannot_name_an_axis_so_that_it_is_a_formula():
    for text in ("=1+cmd", "@SUM(x)", "-x**2+y", "+x"):
        choices = replace(first_choices(), landscape="formula", text=text, steps=3, numbers=(), start=(0.5, 0.5))
        try:
            saved = table(choices, 0)
        except ValueError:
            continue  # it is no formula of ours either
        assert not any(begins_a_formula(cell) for row in csv.reader(io.StringIO(saved)) for cell in row)
