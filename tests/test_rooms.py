"""A room as a value: who may do what in it, how many, and for how long. No test here reads a clock."""

import json
from dataclasses import replace

import pytest

from rooms import (
    HOURS,
    MOST_ROOMS,
    MOST_STUDENTS,
    Full,
    Memory,
    NoRoomLeft,
    NoSuchRoom,
    NotAsked,
    NotSeated,
    NotUnderstood,
    Picture,
    Question,
    answer_to,
    as_typed,
    asked,
    closed,
    ended,
    for_students,
    for_the_wall,
    is_code,
    put_away,
    view_from,
)
from rooms.room import answered, from_text, led, left, seated, shown, to_text

NOW = 1000.0
PLACE = Question(number=0, kind="place", text="Where will it end?", bounds=((-2, 2), (-1, 3)), truth=(1.0, 1.0))
CHOICE = Question(number=0, kind="choice", text="Which arrives first?", options=("Adam", "Newton"), truth=1)
RATE = Question(number=0, kind="number", text="What rate would you take?", bounds=((1e-6, 10.0),))


@pytest.fixture
def place():
    store = Memory()
    return store, *store.open(NOW)


def opened():
    store = Memory()
    return store.room(store.open(NOW).code, NOW)


def test_a_room_has_a_short_code_and_a_secret_that_only_its_lecturer_has(place):
    store, code, secret = place
    room = store.room(code, NOW)
    assert is_code(code)
    assert len(secret) >= 20
    assert room.is_led_with(secret)
    assert [
        other for other in ("", code, secret[:-1], secret + "x", secret.swapcase()) if room.is_led_with(other)
    ] == []
    assert secret not in to_text(room)
    assert secret not in json.dumps([for_students(room), for_the_wall(room)])


def test_a_code_may_be_typed_in_small_letters_and_in_groups():
    assert as_typed("bc-df 2") == "BCDF2"
    assert [text for text in ("", "BCDF", "BCDF22", "BCDF1", "bcdf2", "ÄCDF2") if is_code(text)] == []


def test_a_room_ends_after_its_hours_and_at_a_click(place):
    store, code, _ = place
    end = NOW + HOURS * 3600
    assert store.room(code, end - 1).code == code
    with pytest.raises(NoSuchRoom):
        store.room(code, end)
    with pytest.raises(NoSuchRoom):
        store.change(code, end, lambda room: seated(room, "a"))
    store.change(code, NOW, ended)
    with pytest.raises(NoSuchRoom):
        store.room(code, NOW)


def test_there_are_fifty_rooms_and_one_more_when_one_is_over(place):
    store, code, _ = place
    codes = {code, *(store.open(NOW).code for _ in range(MOST_ROOMS - 1))}
    assert len(codes) == MOST_ROOMS
    with pytest.raises(NoRoomLeft):
        store.open(NOW)
    store.change(code, NOW, ended)
    store.open(NOW)
    with pytest.raises(NoRoomLeft):
        store.open(NOW)
    store.open(NOW + HOURS * 3600)


def test_where_there_is_no_room_left_one_that_nobody_has_been_in_for_long_makes_place(place):
    store, code, _ = place
    others = [store.open(NOW).code for _ in range(MOST_ROOMS - 1)]
    for other in others:
        store.change(other, NOW, lambda room: seated(room, "a"))
    store.open(NOW + 3600)
    with pytest.raises(NoSuchRoom):
        store.room(code, NOW + 3600)
    with pytest.raises(NoRoomLeft):
        store.open(NOW + 3600)
    assert all(store.room(other, NOW + 3600).present == 1 for other in others)


def test_there_are_five_hundred_seats_and_who_comes_back_has_his_own():
    room = opened()
    for number in range(MOST_STUDENTS):
        room = seated(room, str(number))
    with pytest.raises(Full):
        seated(room, "one more")
    assert seated(room, "7") is room
    room = seated(left(room, "3"), "one more")
    with pytest.raises(Full):
        seated(room, "3")
    assert left(room, "3") is room
    assert room.present == MOST_STUDENTS


def test_who_comes_and_goes_for_ever_does_not_fill_the_memory():
    room = opened()
    for number in range(3 * MOST_STUDENTS):
        room = left(seated(room, str(number)), str(number))
    assert len(room.students) <= 2 * MOST_STUDENTS
    assert room.present == 0


def test_answers_count_only_from_students_and_only_to_the_open_question():
    room = seated(opened(), "a")
    with pytest.raises(NotAsked):
        answered(room, "a", 1, [0.0, 0.0])
    room = asked(room, PLACE)
    with pytest.raises(NotSeated):
        answered(room, "b", 1, [0.0, 0.0])
    with pytest.raises(NotAsked):
        answered(room, "a", 2, [0.0, 0.0])
    room = answered(answered(room, "a", 1, [0.0, 0.0]), "a", 1, [1.0, 2.0])
    assert for_the_wall(room)["answers"]["answers"] == [[1.0, 2.0]]
    for state in (closed(room, shown=False), closed(room, shown=True)):
        with pytest.raises(NotAsked):
            answered(state, "a", 1, [0.0, 0.0])
    room = asked(room, CHOICE)
    assert (room.question.number, dict(room.answers)) == (2, {})
    assert put_away(room).question.number == 2
    assert for_students(put_away(room))["question"] is None
    assert asked(put_away(room), RATE).question.number == 3


def test_what_is_right_is_known_to_nobody_before_it_is_shown():
    room = asked(opened(), PLACE)
    for hidden in (room, closed(room, shown=False)):
        assert "truth" not in for_students(hidden)["question"]
        assert for_the_wall(hidden)["answers"]["truth"] is None
    seen = closed(room, shown=True)
    assert for_students(seen)["question"]["truth"] == for_the_wall(seen)["answers"]["truth"] == (1.0, 1.0)


def test_who_answered_and_left_is_counted_among_those_who_could():
    room = asked(seated(seated(opened(), "a"), "b"), CHOICE)
    room = left(answered(room, "a", 1, 0), "a")
    assert (for_the_wall(room)["present"], for_the_wall(room)["everyone"]) == (1, 2)


def test_nothing_says_who_answered():
    room = answered(asked(seated(opened(), "a-student"), CHOICE), "a-student", 1, 0)
    assert "a-student" not in json.dumps([for_students(room), for_the_wall(room)])


def test_a_room_that_is_over_keeps_nothing():
    room = ended(answered(asked(seated(opened(), "a"), CHOICE), "a", 1, 0))
    assert (room.students, room.answers, room.question, room.view, room.picture) == ({}, {}, None, {}, None)


def test_a_room_goes_through_text_unchanged():
    room = shown(led(seated(opened(), "a"), {"step": 3, "window": [0.0, 1.0, 2.0, 3.0]}, NOW), picture("m"))
    for question, answer in ((PLACE, [0.5, 0.25]), (CHOICE, 1), (RATE, 0.1)):
        asking = answered(asked(room, question), "a", 1, answer)
        assert from_text(to_text(asking)) == asking


def picture(name):
    return Picture("stage", name, {"map": f"{name} map", "still": "same"}, "/?v=1", "Explore")


def parts(name):
    return {name: b"1", f"{name} map": b"2", "same": b"3"}


def test_a_late_comer_gets_the_present_picture_and_old_ones_are_forgotten(place):
    store, code, _ = place
    for name in "abc":
        room = store.show(code, NOW, picture(name), parts(name))
    assert for_students(room)["picture"]["message"] == "c"
    assert [store.part(code, name) for name in ("c", "c map", "same", "b", "a", "a map")] == [
        *(b"1", b"2", b"3", b"1"),
        *(None, None),
    ]


def test_only_what_changes_is_told(place):
    store, code, _ = place
    versions = []
    store.listen(lambda room: versions.append(room.version))
    store.show(code, NOW, picture("a"), parts("a"))
    store.show(code, NOW, picture("a"), parts("a"))
    store.change(code, NOW, lambda room: left(room, "nobody"))
    store.change(code, NOW, lambda room: led(room, {"step": 1}, NOW))
    assert versions == [1, 2]


VIEWS = [
    {"step": 12, "playing": True, "seconds": 10, "speed": 0.25, "loop": False},
    {"window": [0.0, 1.0, -1.0, 1.0], "camera": [1.0, 1.0, 1.0], "alone": "map", "concealed": True},
    {"window": None, "camera": None, "alone": ""},
]


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_let_in(view):
    assert view_from(view) == view


@pytest.mark.parametrize(
    "said",
    [
        *(None, [], {}, "step", 3),
        *({"step": step} for step in (-1, 1.5, True, "3", 10**7, None, float("nan"))),
        *({"speed": speed} for speed in (0, 3, True, "1", None, float("inf"))),
        *({"window": ends} for ends in ([0, 1, 2], [1, 0, 0, 1], [0, 0, 0, 1], [0, float("nan"), 0, 1], "0101", [[]])),
        {"window": [-1e308, 1e308, 0, 1]},
        *({"camera": ends} for ends in ([], [1, 2], [1, 2, float("inf")], [1e9, 0, 0], {"eye": 1})),
        *({"alone": name} for name in ("<b>", "a" * 21, None, 3)),
        *({"concealed": 1}, {"playing": "yes"}, {"loop": None}, {"seconds": 0}, {"seconds": 61}),
        *({"step": 1, "code": "X"}, {"picture": "p"}, {"__proto__": {}}),
    ],
    ids=repr,
)
def test_nothing_else_is(said):
    with pytest.raises(NotUnderstood):
        view_from(said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        *((PLACE, said) for said in (None, [], [1], [1, 2, 3], [3, 0], [0, -1.5], ["0", 0], [True, 0], {"x": 0}, 1)),
        *((PLACE, [float("nan"), 0]), (PLACE, [0, float("inf")]), (PLACE, "00")),
        *((CHOICE, said) for said in (None, -1, 2, 0.5, True, "0", [0], float("nan"))),
        *((RATE, said) for said in (None, 0, 11, -1, "0.1", [0.1], True, float("nan"), float("inf"))),
        (replace(PLACE, kind="start"), [2.1, 0]),
    ],
    ids=repr,
)
def test_an_answer_is_a_point_a_choice_or_a_number_within_bounds(question, said):
    with pytest.raises(NotUnderstood):
        answer_to(question, said)


def test_such_answers_are():
    assert answer_to(PLACE, [2, -1]) == [2.0, -1.0]
    assert answer_to(CHOICE, 1) == 1
    assert answer_to(RATE, 1e-6) == 1e-6
