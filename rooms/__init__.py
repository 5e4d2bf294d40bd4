"""A room that a lecturer leads: what it is, who may do what in it, and where it is remembered; knows no page."""

from rooms.hub import Hub
from rooms.limits import Allowance
from rooms.messages import NotUnderstood, answer_to, view_from
from rooms.room import (
    HOURS,
    MOST_STUDENTS,
    Answer,
    Full,
    NotAsked,
    NotSeated,
    Picture,
    Question,
    Room,
    asked,
    closed,
    ended,
    for_students,
    for_the_wall,
    put_away,
)
from rooms.routes import room_routes
from rooms.store import (
    MOST_ROOMS,
    Memory,
    NoRoomLeft,
    NoSuchRoom,
    Place,
    Store,
    Unreachable,
    as_typed,
    is_code,
    the_store,
)

__all__ = [
    "HOURS",
    "MOST_ROOMS",
    "MOST_STUDENTS",
    "Allowance",
    "Answer",
    "Full",
    "Hub",
    "Memory",
    "NoRoomLeft",
    "NoSuchRoom",
    "NotAsked",
    "NotSeated",
    "NotUnderstood",
    "Picture",
    "Place",
    "Question",
    "Room",
    "Store",
    "Unreachable",
    "answer_to",
    "as_typed",
    "asked",
    "closed",
    "ended",
    "for_students",
    "for_the_wall",
    "is_code",
    "put_away",
    "room_routes",
    "the_store",
    "view_from",
]
