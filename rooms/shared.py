"""Rooms in Redis: several processes and machines share them, and a room survives the death of any of them."""

from collections.abc import Mapping
from threading import Event, RLock, Thread
from typing import Any

from redis import Redis
from redis.exceptions import ConnectionError as Lost
from redis.exceptions import TimeoutError as Late

from rooms.room import HOURS, Picture, Room, from_text, locked, shown, to_text
from rooms.store import (
    MOST_ROOMS,
    Heard,
    NoRoomLeft,
    NoSuchRoom,
    Place,
    Step,
    Unreachable,
    is_idle,
    named_by,
    new_place,
    stepped,
)

CHANGED = "fall-line:changed"  # where the code of a room is published that has changed
KEPT = HOURS * 3600  # seconds, until Redis forgets a room by itself
PATIENCE = 2.0  # seconds, after which Redis is out of reach
PAUSE = 0.2  # seconds, until it is looked for again


class Shared:
    """The rooms of all processes that know the same Redis.

    What this process has last heard of a room it keeps too: a Redis that comes back empty is given it again.
    """

    def __init__(self, address: str) -> None:
        self._redis: Any = Redis.from_url(address, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self._ears: Any = Redis.from_url(address, socket_connect_timeout=PATIENCE, health_check_interval=10)
        self._mine: set[str] = set()  # the rooms that were opened here
        self._rooms: dict[str, Room] = {}  # as they were last heard of
        self._parts: dict[str, dict[str, bytes]] = {}  # of their present pictures and of those before
        self._listeners: list[Heard] = []
        self._lock = RLock()
        self._closing = Event()
        self._thread: Thread | None = None

    def open(self, now: float) -> Place:
        """A new room; one with nobody in it makes place where this process has opened as many as it may."""
        with self._lock:
            rooms = {code: self._find(code) for code in self._mine}
            self._mine = {code for code, room in rooms.items() if room is not None and not room.is_over(now)}
            if len(self._mine) >= MOST_ROOMS:
                idle = [room for room in rooms.values() if room and room.code in self._mine and is_idle(room, now)]
                if not idle:
                    raise NoRoomLeft("as many rooms are open as can be")
                oldest = min(idle, key=lambda room: room.led).code
                self._mine.discard(oldest)
                self._ask("delete", room_key(oldest), parts_key(oldest))
            while True:
                place = new_place()
                room = Room(code=place.code, lock=locked(place.secret), opened=now)
                if self._ask("set", room_key(place.code), to_text(room), nx=True, ex=KEPT):
                    break
            self._mine.add(place.code)
            self._rooms[place.code] = room
            return place

    def room(self, code: str, now: float) -> Room:
        """The room with this code, as it is."""
        found = self._find(code)
        if found is None or found.is_over(now):
            raise NoSuchRoom("there is no room with this code")
        return found

    def change(self, code: str, now: float, step: Step) -> Room:
        """Takes one step with a room, again where another process came between, and tells all processes."""
        key = room_key(code)

        def transaction(pipe: Any) -> Room:
            text = pipe.get(key)
            before = from_text(text) if text else None
            if before is None or before.is_over(now):
                raise NoSuchRoom("there is no room with this code")
            after = stepped(before, step)
            pipe.multi()
            if after is not before:
                pipe.set(key, to_text(after), keepttl=True)
                pipe.publish(CHANGED, code)
            return after

        with self._lock:
            for gone in [each for each, known in self._rooms.items() if known.is_over(now)]:
                self._drop(gone)
            after: Room = self._ask("transaction", transaction, key, value_from_callable=True)
            self._rooms[code] = after
            return after

    def show(self, code: str, now: float, picture: Picture, parts: Mapping[str, bytes]) -> Room:
        """Shows a picture; its parts and those of the one before are kept."""
        with self._lock:
            before = self.room(code, now).picture
            wanted = named_by(before) | named_by(picture)
            held = {name.decode() for name in self._ask("hkeys", parts_key(code))}
            fresh = {name: data for name, data in parts.items() if name not in held}
            if fresh:
                self._ask("hset", parts_key(code), mapping=fresh)
            if held - wanted:
                self._ask("hdel", parts_key(code), *(held - wanted))
            self._ask("expire", parts_key(code), KEPT)
            mine = {**self._parts.get(code, {}), **parts}
            self._parts[code] = {name: data for name, data in mine.items() if name in wanted}
            return self.change(code, now, lambda room: shown(room, picture))

    def part(self, code: str, name: str) -> bytes | None:
        """The bytes of a part; this process asks for each once."""
        held = self._parts.get(code, {}).get(name)
        if held is not None:
            return held
        found: bytes | None = self._ask("hget", parts_key(code), name)
        room = self._rooms.get(code)
        if found is not None and room is not None and name in named_by(room.picture):
            with self._lock:
                mine = self._parts.setdefault(code, {})
                for old in mine.keys() - named_by(room.picture):
                    del mine[old]
                mine[name] = found
        return found

    def listen(self, heard: Heard) -> None:
        """Has every room given to `heard` after any process changed it, in a thread of its own."""
        self._listeners.append(heard)
        if self._thread is None:
            self._thread = Thread(target=self._hear, name="rooms", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Hears no more; no connection is closed while the thread that hears still asks something of it."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()
        self._redis.close()
        self._ears.close()

    def _hear(self) -> None:
        """Gives rooms to those who listen, for ever; what was missed is made up for when Redis is back."""
        while not self._closing.is_set():
            try:
                with self._ears.pubsub(ignore_subscribe_messages=True) as heard:
                    heard.subscribe(CHANGED)
                    self._make_up()
                    while not self._closing.is_set():
                        message = heard.get_message(timeout=PAUSE)
                        if message:
                            self._tell(message["data"].decode())
            except (Lost, Late, Unreachable):
                self._closing.wait(PAUSE)

    def _make_up(self) -> None:
        """Tells of every known room again, and gives back to Redis what it has lost."""
        for code, known in list(self._rooms.items()):
            if known.ended:
                self._drop(code)
                continue
            if self._ask("set", room_key(code), to_text(known), nx=True, ex=KEPT) and self._parts.get(code):
                self._ask("hset", parts_key(code), mapping=self._parts[code])
            self._tell(code)

    def _tell(self, code: str) -> None:
        room = self._find(code)
        if room is not None:
            self._rooms[code] = room
            for heard in self._listeners:
                heard(room)
            if room.ended:
                self._drop(code)

    def _drop(self, code: str) -> None:
        self._rooms.pop(code, None)
        self._parts.pop(code, None)

    def _find(self, code: str) -> Room | None:
        text = self._ask("get", room_key(code))
        return from_text(text) if text else None

    def _ask(self, command: str, *given: Any, **options: Any) -> Any:
        try:
            return getattr(self._redis, command)(*given, **options)
        except (Lost, Late) as lost:
            raise Unreachable("the rooms are out of reach") from lost


def room_key(code: str) -> str:
    """Under which a room is kept."""
    return f"fall-line:room:{code}"


def parts_key(code: str) -> str:
    """Under which the parts of its pictures are kept."""
    return f"fall-line:parts:{code}"
