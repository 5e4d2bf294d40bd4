"""Where rooms are remembered: in this process, or for several processes in Redis."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from threading import RLock
from typing import NamedTuple, Protocol

from rooms.room import Picture, Room, locked, shown

MOST_ROOMS = 50  # that one process opens
SETTING = "FALL_LINE_ROOMS"  # the environment's name for the address of a Redis; without it a process has its own rooms
LETTERS = "BCDFGHJKMNPQRTVWXYZ2346789"  # none that is taken for another, and no vowel, so that no code is a word
LENGTH = 5  # twelve million codes
IDLE = 1800.0  # seconds, after which a room with nobody in it makes place for another where there is none left
Step = Callable[[Room], Room]
Heard = Callable[[Room], None]


class NoSuchRoom(LookupError):
    """There is no room with this code, or it is over."""


class NoRoomLeft(RuntimeError):
    """As many rooms are open as this process opens."""


class Unreachable(ConnectionError):
    """The rooms cannot be reached at present."""


class Place(NamedTuple):
    """What a lecturer is given who opens a room."""

    code: str
    secret: str


class Store(Protocol):
    """What remembers rooms. Each method may be called from any thread."""

    def open(self, now: float) -> Place:
        """A new room.

        Raises:
            NoRoomLeft: there are too many.
        """

    def room(self, code: str, now: float) -> Room:
        """The room with this code, as it is.

        Raises:
            NoSuchRoom: there is none, or it is over.
        """

    def change(self, code: str, now: float, step: Step) -> Room:
        """Takes one step with a room, that nobody else's comes between, and tells all who listen.

        Raises:
            NoSuchRoom: there is none, or it is over.
        """

    def show(self, code: str, now: float, picture: Picture, parts: Mapping[str, bytes]) -> Room:
        """Shows a picture to a room, with the bytes of its parts by name."""

    def part(self, code: str, name: str) -> bytes | None:
        """The bytes of a part of the present picture or of the one before."""

    def listen(self, heard: Heard) -> None:
        """Has every room given to `heard` after it changed."""

    def close(self) -> None:
        """Ends what goes on by itself."""


def new_place() -> Place:
    """A code that is easily said and typed, and a secret that is not guessed."""
    return Place("".join(secrets.choice(LETTERS) for _ in range(LENGTH)), secrets.token_urlsafe(18))


def is_code(text: str) -> bool:
    """Whether a room may have this code."""
    return len(text) == LENGTH and set(text) <= set(LETTERS)


def as_typed(text: str) -> str:
    """A code as somebody typed it: small letters are large ones, blanks and hyphens are left out.

    >>> as_typed(" kq-7xb ")
    'KQ7XB'
    """
    return "".join(letter for letter in text.upper() if letter not in " -")


def named_by(picture: Picture | None) -> set[str]:
    """The parts that a picture is made of."""
    return {picture.message, *picture.cargos.values()} if picture else set()


def is_idle(room: Room, now: float) -> bool:
    """Whether nobody has been in a room for long."""
    return not room.present and now - max(room.opened, room.led) > IDLE


def stepped(room: Room, step: Step) -> Room:
    """A room after a step, with another number where something changed; the same room where nothing did."""
    after = step(room)
    return room if after is room else replace(after, version=room.version + 1)


class Memory:
    """The rooms of one process."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        self._parts: dict[str, dict[str, bytes]] = {}
        self._listeners: list[Heard] = []
        self._lock = RLock()

    def open(self, now: float) -> Place:
        """A new room; one with nobody in it makes place where there is none left."""
        with self._lock:
            for code in [code for code, room in self._rooms.items() if room.is_over(now)]:
                self._forget(code)
            if len(self._rooms) >= MOST_ROOMS:
                idle = [code for code, room in self._rooms.items() if is_idle(room, now)]
                if not idle:
                    raise NoRoomLeft("as many rooms are open as can be")
                self._forget(min(idle, key=lambda code: self._rooms[code].led))
            place = new_place()
            while place.code in self._rooms:
                place = new_place()
            self._rooms[place.code] = Room(code=place.code, lock=locked(place.secret), opened=now)
            return place

    def _forget(self, code: str) -> None:
        del self._rooms[code]
        self._parts.pop(code, None)

    def room(self, code: str, now: float) -> Room:
        """The room with this code, as it is."""
        found = self._rooms.get(code)
        if found is None or found.is_over(now):
            raise NoSuchRoom("there is no room with this code")
        return found

    def change(self, code: str, now: float, step: Step) -> Room:
        """Takes one step with a room, and tells all who listen."""
        with self._lock:
            before = self.room(code, now)
            after = self._rooms[code] = stepped(before, step)
            if after is not before:
                for heard in self._listeners:
                    heard(after)
            return after

    def show(self, code: str, now: float, picture: Picture, parts: Mapping[str, bytes]) -> Room:
        """Shows a picture; its parts and those of the one before are kept."""
        with self._lock:
            before = self.room(code, now).picture
            held = {**self._parts.get(code, {}), **parts}
            wanted = named_by(before) | named_by(picture)
            self._parts[code] = {name: data for name, data in held.items() if name in wanted}
            return self.change(code, now, lambda room: shown(room, picture))

    def part(self, code: str, name: str) -> bytes | None:
        """The bytes of a part."""
        return self._parts.get(code, {}).get(name)

    def listen(self, heard: Heard) -> None:
        """Has every room given to `heard` after it changed, in the thread that changed it."""
        self._listeners.append(heard)

    def close(self) -> None:
        """Nothing goes on by itself."""


@cache
def the_store() -> Store:
    """Where the rooms of this process are remembered, as the environment says."""
    address = os.environ.get(SETTING, "")
    if not address:
        return Memory()
    store: Store = import_module("rooms.shared").Shared(address)  # only here: who has no Redis needs no client
    return store
