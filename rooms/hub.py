"""Gives what changes in a room to everybody who watches it, one small message for each change."""

import asyncio
import json
from base64 import b64encode
from collections import Counter
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from rooms.room import Room, for_students, for_the_wall
from rooms.store import NoSuchRoom, Store, Unreachable

INLINE = 48_000  # bytes: a larger message of the stage is fetched, and a proxy may keep it
PARTS = ("picture", "view", "question")


@dataclass(eq=False)
class Watcher:
    """One open connection."""

    code: str
    wall: bool  # whether it is the lecturer's
    loop: asyncio.AbstractEventLoop
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    seen: dict[str, int] = field(default_factory=dict)  # by part: which of its changes was sent last


@dataclass(eq=False)
class Channel:
    """A room that somebody watches here."""

    room: Room
    texts: dict[str, str] = field(default_factory=dict)  # by part, as JSON: made once for all who watch
    changes: Counter[str] = field(default_factory=Counter)  # by part
    watchers: set[Watcher] = field(default_factory=set)
    seats: Counter[str] = field(default_factory=Counter)  # connections of each student: a reload has two for a moment


class Hub:
    """Everybody who watches a room through this process."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._channels: dict[str, Channel] = {}
        self._lock = RLock()
        store.listen(self._heard)

    def join(self, watcher: Watcher, now: float) -> None:
        """From now on this watcher is woken when something changes that it may see; it has not seen anything yet."""
        room = self.store.room(watcher.code, now)
        with self._lock:
            channel = self._channels.get(room.code)
            if channel is None:
                channel = self._channels[room.code] = Channel(room)
                self._renew(channel, room)
            channel.watchers.add(watcher)
        self._heard(self.store.room(watcher.code, now))  # it may have changed before this hub listened to it

    def leave(self, watcher: Watcher) -> None:
        """It is gone."""
        with self._lock:
            channel = self._channels.get(watcher.code)
            if channel is not None:
                channel.watchers.discard(watcher)
                if not channel.watchers:
                    del self._channels[watcher.code]

    def sit(self, code: str, student: str, by: int) -> int:
        """Counts a connection of a student, or takes one away; gives how many he has here."""
        with self._lock:
            channel = self._channels.get(code)
            if channel is None:
                return 0
            channel.seats[student] += by
            left = channel.seats[student]
            if left <= 0:
                del channel.seats[student]
            return left

    def news(self, watcher: Watcher, now: float) -> tuple[str, bool]:
        """What this watcher has not seen yet as one message, "" for nothing; and whether the room was ended."""
        with self._lock:
            channel = self._channels.get(watcher.code)
            if channel is None:
                return "", True
            room = channel.room
            first = not watcher.seen
            fresh = {}
            if watcher.wall:
                if watcher.seen.get("wall") != room.version:
                    watcher.seen["wall"] = room.version
                    fresh = {part: json.dumps(value) for part, value in for_the_wall(room).items()}
            else:
                for part, text in channel.texts.items():
                    if watcher.seen.get(part) != channel.changes[part]:
                        watcher.seen[part] = channel.changes[part]
                        fresh[part] = text
            if first and room.led:  # playback has gone on since it was said
                fresh["age"] = json.dumps(max(0.0, now - room.led))
        return text_of(fresh), room.is_over(now)

    def _heard(self, room: Room) -> None:
        """A room has changed; called from any thread."""
        with self._lock:
            channel = self._channels.get(room.code)
            if channel is None or room.version <= channel.room.version:
                return
            changed = self._renew(channel, room) or room.ended
            woken = [watcher for watcher in channel.watchers if changed or watcher.wall]
        for loop in {watcher.loop for watcher in woken}:
            mine = [watcher.woken for watcher in woken if watcher.loop is loop]
            if not loop.is_closed():
                loop.call_soon_threadsafe(wake, mine)

    def _renew(self, channel: Channel, room: Room) -> bool:
        """Brings a channel up to a room; says whether its students see something new."""
        before, channel.room = channel.room, room
        old, new = for_students(before), for_students(room)
        changed = [part for part in PARTS if part not in channel.texts or old[part] != new[part]]
        for part in changed:
            value = self._with_message(room) if part == "picture" else new[part]
            channel.texts[part] = json.dumps(value, separators=(",", ":"))
            channel.changes[part] += 1
        return bool(changed)

    def _with_message(self, room: Room) -> dict[str, Any] | None:
        """A picture with the bytes of its message, where these are few."""
        picture = for_students(room)["picture"]
        if picture:
            try:
                data = self.store.part(room.code, picture["message"])
            except (Unreachable, NoSuchRoom):
                data = None  # the browser asks for it itself
            if data is not None and len(data) <= INLINE:
                picture["inline"] = b64encode(data).decode()
        return picture  # type: ignore[no-any-return]


def wake(events: list[asyncio.Event]) -> None:
    """Has all these go on."""
    for event in events:
        event.set()


def text_of(parts: dict[str, str]) -> str:
    """One JSON object from parts that are JSON already.

    >>> text_of({"view": '{"step":3}', "age": "0.5"})
    '{"view":{"step":3},"age":0.5}'
    """
    return "{" + ",".join(f'"{part}":{text}' for part, text in parts.items()) + "}" if parts else ""
