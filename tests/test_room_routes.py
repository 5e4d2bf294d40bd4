"""The addresses of a room: who gets in, what is heard, and what is sent to whom."""

import json

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from rooms import HOURS, MOST_STUDENTS, Memory, Picture, Question, asked, ended, room_routes
from rooms.room import seated
from rooms.routes import FORBIDDEN, FULL, LECTURER, NO_ROOM, NOT_UNDERSTOOD, OVER, STUDENT, TABS, TOO_OFTEN

PICTURE = Picture("stage", "message", {"map": "cargo"}, "/?v=1", "Explore")
PARTS = {"message": b"small", "cargo": b"large"}
PLACE = Question(number=0, kind="place", text="Where?", bounds=((0, 1), (0, 1)), truth=(0.5, 0.5))


class Hall:
    """A server with one room, on a clock that stands."""

    def __init__(self):
        self.now = 1000.0
        self.store = Memory()
        self.code, self.secret = self.store.open(self.now)
        self.client = TestClient(Starlette(routes=room_routes(self.store, clock=lambda: self.now)))

    def connect(self, code=None):
        return self.client.websocket_connect(f"/fall-line/room/{code or self.code}")

    def change(self, step):
        return self.store.change(self.code, self.now, step)


@pytest.fixture
def hall():
    hall = Hall()
    with hall.client:
        yield hall


def student(socket, seat=""):
    """Says who it is; gives the seat and what is seen first."""
    socket.send_json({"seat": seat})
    return socket.receive_json()["seat"], socket.receive_json()


def refusal(socket):
    """Why the connection is closed, whatever came before."""
    while True:
        message = socket.receive()
        if message["type"] == "websocket.close":
            return message["code"]


def until(socket, wanted):
    """The first message in which something is as it is wanted."""
    while True:
        message = socket.receive_json()
        if wanted(message):
            return message


def test_a_student_sees_what_there_is_and_then_what_changes(hall):
    hall.store.show(hall.code, hall.now, PICTURE, PARTS)
    with hall.connect() as socket, hall.connect() as lecturer:
        seat, first = student(socket)
        assert len(seat) >= 12
        assert (first["picture"]["link"], first["picture"]["inline"]) == ("/?v=1", "c21hbGw=")
        assert first["question"] is None
        lecturer.send_json({"key": hall.secret})
        lecturer.send_json({"view": {"step": 3, "playing": True}})
        assert socket.receive_json() == {"view": {"step": 3, "playing": True}}
        hall.now += 2
        with hall.connect() as late:
            _, first = student(late)
            assert (first["view"]["step"], first["age"]) == (3, 2.0)


def test_the_lecturer_sees_how_many_are_there_and_what_they_answer(hall):
    with hall.connect() as lecturer, hall.connect() as one:
        lecturer.send_json({"key": hall.secret})
        assert lecturer.receive_json()["present"] == 0
        student(one)
        until(lecturer, lambda message: message["present"] == 1)
        hall.change(lambda room: asked(room, PLACE))
        assert one.receive_json()["question"] == {
            **{"number": 1, "kind": "place", "text": "Where?", "options": []},
            **{"bounds": [[0, 1], [0, 1]], "plays": False, "run": 0, "state": "open"},
        }
        one.send_json({"number": 1, "answer": [0.25, 0.75]})
        found = until(lecturer, lambda message: message["answers"]["answers"])["answers"]
        assert found == {"number": 1, "kind": "place", "answers": [[0.25, 0.75]], "truth": None}
        lecturer.send_json({"question": "shown"})
        assert until(one, lambda message: "question" in message)["question"]["truth"] == [0.5, 0.5]


def test_a_lost_connection_frees_the_seat_and_keeps_the_answer(hall):
    hall.change(lambda room: asked(room, PLACE))
    with hall.connect() as lecturer:
        lecturer.send_json({"key": hall.secret})
        with hall.connect() as one:
            seat, _ = student(one)
            one.send_json({"number": 1, "answer": [0, 0]})
            until(lecturer, lambda message: message["answers"]["answers"])
        until(lecturer, lambda message: message["present"] == 0)
        with hall.connect() as one:
            assert student(one, seat)[0] == seat
            one.send_json({"number": 1, "answer": [1, 1]})
            found = until(lecturer, lambda message: message["answers"]["answers"] != [[0, 0]])
            assert found["answers"]["answers"] == [[1, 1]]


def test_a_reload_that_overlaps_leaves_the_student_present(hall):
    with hall.connect() as lecturer:
        lecturer.send_json({"key": hall.secret})
        with hall.connect() as new:
            with hall.connect() as old:
                seat, _ = student(old)
                student(new, seat)
            lecturer.send_json({"view": {"step": 1}})
            until(new, lambda message: message.get("view"))
            assert hall.store.room(hall.code, hall.now).present == 1


@pytest.mark.parametrize(
    "first",
    [
        *(
            "",
            "x",
            "[]",
            "3",
            "{}",
            "null",
            '{"seat": 3}',
            '{"seat": null}',
            '{"key": ["a"]}',
            '{"seat": "", "key": ""}',
        ),
        *('{"number": 1, "answer": [0, 0]}', '{"view": {"step": 1}}', '{"seat": "' + "a" * 40 + '"}', "[" * 1900),
        '{"seat": "' + "a" * 3000 + '"}',
    ],
)
def test_who_does_not_say_who_he_is_is_not_let_in(hall, first):
    with hall.connect() as socket:
        socket.send_text(first)
        assert refusal(socket) == NOT_UNDERSTOOD
    assert hall.store.room(hall.code, hall.now).version == 0


def test_nobody_chooses_his_seat(hall):
    with hall.connect() as socket:
        assert student(socket, "a-seat-of-mine")[0] != "a-seat-of-mine"


@pytest.mark.parametrize("key", ["", "x", "é", "0" * 1000])
def test_a_wrong_key_opens_nothing(hall, key):
    with hall.connect() as socket:
        socket.send_json({"key": key})
        assert refusal(socket) == FORBIDDEN


def test_a_code_that_no_room_has_is_said_to_be_none(hall):
    for code in ("BCDFG" if hall.code != "BCDFG" else "BCDFH", "x", "%2e%2e", "%00", "A" * 500):
        with hall.connect(code) as socket:
            socket.send_json({"seat": ""})
            assert refusal(socket) == NO_ROOM
    assert hall.client.get(f"/fall-line/room/{hall.code}/none").status_code == 404
    assert hall.client.get("/fall-line/room/x/none").status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        *({"view": {"step": 1}}, {"question": "shown"}, {"end": True}, {"key": "x"}, {"seat": ""}),
        *({"number": 1, "answer": answer} for answer in (None, [2, 0], "x", [0, 0, 0], {}, 0, [0, float("nan")])),
        *({"number": "1", "answer": [0, 0]}, {"number": 1}, {"number": 1, "answer": [0, 0], "student": "another"}),
    ],
    ids=repr,
)
def test_a_student_who_says_anything_but_an_answer_is_shown_out(hall, said):
    hall.change(lambda room: asked(room, PLACE))
    with hall.connect() as socket:
        student(socket)
        socket.send_text(json.dumps(said))
        assert refusal(socket) == NOT_UNDERSTOOD
    room = hall.store.room(hall.code, hall.now)
    assert (room.ended, dict(room.view), dict(room.answers), room.question.state) == (False, {}, {}, "open")


@pytest.mark.parametrize(
    "said",
    [{"view": {"step": -1}}, {"view": {}}, {"question": "open"}, {"end": False}, {"end": 1}, {"picture": "x"}, {}],
    ids=repr,
)
def test_a_lecturer_too_says_only_what_there_is_to_say(hall, said):
    with hall.connect() as socket:
        socket.send_json({"key": hall.secret})
        socket.send_json(said)
        assert refusal(socket) == NOT_UNDERSTOOD
    assert hall.store.room(hall.code, hall.now).version == 0


def test_an_answer_that_comes_too_late_is_left_out_and_no_offence(hall):
    with hall.connect() as socket:
        student(socket)
        socket.send_json({"number": 1, "answer": [0, 0]})
        hall.change(lambda room: asked(room, PLACE))
        assert until(socket, lambda message: message.get("question"))["question"]["number"] == 1


@pytest.mark.parametrize(("lecturer", "most"), [(False, STUDENT[1]), (True, LECTURER[1])])
def test_nobody_speaks_too_often(hall, lecturer, most):
    hall.change(lambda room: asked(room, PLACE))
    with hall.connect() as socket:
        if lecturer:
            socket.send_json({"key": hall.secret})
        else:
            student(socket)
        said = {"view": {"step": 1}} if lecturer else {"number": 1, "answer": [0, 0]}
        for _ in range(int(most) + 1):
            socket.send_json(said)
        assert refusal(socket) == TOO_OFTEN


def test_a_full_room_says_so(hall):
    for number in range(MOST_STUDENTS):
        hall.change(lambda room, number=number: seated(room, str(number)))
    with hall.connect() as socket:
        socket.send_json({"seat": ""})
        assert refusal(socket) == FULL


def test_one_student_is_not_in_many_places(hall):
    with hall.connect() as first:
        seat, _ = student(first)
        others = [hall.connect() for _ in range(TABS)]
        codes = []
        for other in others:
            socket = other.__enter__()
            socket.send_json({"seat": seat})
            codes.append(socket.receive()["type"])
        assert codes == ["websocket.send"] * (TABS - 1) + ["websocket.close"]
        for other in others:
            other.__exit__(None, None, None)


def test_the_end_is_said_to_all(hall):
    with hall.connect() as lecturer, hall.connect() as one:
        lecturer.send_json({"key": hall.secret})
        student(one)
        lecturer.send_json({"end": True})
        assert refusal(one) == OVER
        assert refusal(lecturer) == OVER
    with hall.connect() as late:
        late.send_json({"seat": ""})
        assert refusal(late) == NO_ROOM


def test_after_its_hours_a_room_is_over_for_who_speaks(hall):
    with hall.connect() as lecturer:
        lecturer.send_json({"key": hall.secret})
        hall.now += HOURS * 3600
        lecturer.send_json({"view": {"step": 1}})
        assert refusal(lecturer) in {NO_ROOM, OVER}


def test_the_parts_of_a_picture_may_be_kept_by_browsers_and_proxies(hall):
    hall.store.show(hall.code, hall.now, PICTURE, PARTS)
    answer = hall.client.get(f"/fall-line/room/{hall.code}/cargo")
    assert (answer.content, "immutable" in answer.headers["cache-control"]) == (b"large", True)
    hall.change(ended)
