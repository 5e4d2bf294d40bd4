"""The addresses of a room beside the pages: a WebSocket for those who watch, and the parts of its pictures."""

import asyncio
import json
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from rooms.hub import Hub, Watcher
from rooms.limits import Allowance
from rooms.messages import NotUnderstood, answer_to, view_from
from rooms.room import Full, NotAsked, NotSeated, Room, answered, closed, ended, led, left, seated
from rooms.store import NoSuchRoom, Store, Unreachable, as_typed, is_code

LONGEST = 2000  # characters of one message
SEAT = 32  # characters of a student's name, at most
TABS = 4  # connections of one student
SILENCE = 30.0  # seconds that the first message may take
AT_MOST_EVERY = 0.1  # seconds between two messages to one browser: what changes faster is sent as it is then
STUDENT = (5.0, 20.0)  # messages a second, and in one go
LECTURER = (20.0, 60.0)
# Why a connection is closed; the browser comes back after the last two.
NOT_UNDERSTOOD, FORBIDDEN, NO_ROOM, OVER, FULL, TOO_OFTEN, LATER = 4000, 4003, 4004, 4010, 4013, 4029, 4503
Clock = Callable[[], float]


class Refused(Exception):
    """A connection is not wanted any more."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


@dataclass(eq=False)
class Door:
    """What all connections share."""

    store: Store
    hub: Hub
    clock: Clock

    async def change(self, code: str, step: Callable[[Room], Room]) -> Room:
        """Takes a step with a room; waiting for a Redis holds up nobody else."""
        return await run_in_threadpool(self.store.change, code, self.clock(), step)


def room_routes(store: Store, base: str = "", clock: Clock = time.time) -> list[BaseRoute]:
    """The routes of all rooms in a store.

    Nothing here goes by cookies: who may do what is said by a secret in the first message. So a page of another host
    that connects is a stranger like any other.
    """
    door = Door(store, Hub(store), clock)

    async def part(request: Request) -> Response:
        code, name = request.path_params["code"], request.path_params["name"]
        data = await run_in_threadpool(store.part, code, name) if is_code(code) else None
        if data is None:
            return Response(status_code=404)
        keep = {"Cache-Control": "public, max-age=43200, immutable"}  # its name changes with its content
        return Response(data, headers=keep, media_type="application/octet-stream")

    async def watch(socket: WebSocket) -> None:
        await socket.accept()
        try:
            await watched(door, socket)
        except Refused as refused:
            await close(socket, refused.code, refused.reason)
        except NoSuchRoom as missing:
            await close(socket, NO_ROOM, str(missing))
        except Unreachable as lost:
            await close(socket, LATER, str(lost))
        except WebSocketDisconnect:
            pass  # which is how most visits end

    home = f"{base}/fall-line/room/{{code}}"
    return [WebSocketRoute(home, watch), Route(f"{home}/{{name}}", part)]


async def close(socket: WebSocket, code: int, reason: str) -> None:
    """Says why, where somebody is still there."""
    if socket.application_state == WebSocketState.CONNECTED and socket.client_state == WebSocketState.CONNECTED:
        with suppress(RuntimeError, WebSocketDisconnect):  # gone in this very moment
            await socket.close(code, reason)


async def heard(socket: WebSocket) -> dict[str, Any]:
    """The next message, if it is one at all."""
    text = await socket.receive_text()
    if len(text) > LONGEST:
        raise Refused(NOT_UNDERSTOOD, "this is too long")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(NOT_UNDERSTOOD, "this is no JSON") from error
    if not isinstance(said, dict):
        raise Refused(NOT_UNDERSTOOD, "this is no object")
    return said


async def watched(door: Door, socket: WebSocket) -> None:
    """One visit, from the first message to the end: a student's, who says a seat, or a lecturer's, who says the key."""
    code = as_typed(socket.path_params["code"])
    if not is_code(code):
        raise NoSuchRoom("there is no room with this code")
    try:
        said = await asyncio.wait_for(heard(socket), SILENCE)
    except TimeoutError as silent:
        raise Refused(NOT_UNDERSTOOD, "nothing was said") from silent
    room = await run_in_threadpool(door.store.room, code, door.clock())
    match said:
        case {"key": str(secret), **none} if not none:
            if not room.is_led_with(secret):
                raise Refused(FORBIDDEN, "this is not the key of the room")
            await stay(door, socket, room, "")
        case {"seat": str(seat), **none} if not none and len(seat) <= SEAT:
            # a seat that the room does not know is not given, so that nobody chooses one
            student = seat if seat in room.students else secrets.token_urlsafe(12)
            await stay(door, socket, room, student)
        case _:
            raise Refused(NOT_UNDERSTOOD, "first comes a seat or a key")


async def stay(door: Door, socket: WebSocket, room: Room, student: str) -> None:
    """Watches a room until one side ends it; without a student it is the lecturer who does."""
    code = room.code
    watcher = Watcher(code, not student, asyncio.get_running_loop())
    await run_in_threadpool(door.hub.join, watcher, door.clock())
    watcher.woken.set()
    tabs = door.hub.sit(code, student, 1) if student else 1
    try:
        if tabs > TABS:
            raise Refused(FULL, "one student is not in so many places")
        if student:
            try:
                await door.change(code, lambda room: seated(room, student))
            except Full as full:
                raise Refused(FULL, str(full)) from full
            await socket.send_text(json.dumps({"seat": student}))
        speaking = asyncio.create_task(speak(door, socket, watcher))
        try:
            await listen(door, socket, code, student)
        finally:
            speaking.cancel()
    finally:
        rest = door.hub.sit(code, student, -1) if student else 0
        door.hub.leave(watcher)
        if student and rest <= 0:
            asyncio.get_running_loop().run_in_executor(None, stand_up, door, code, student)


def stand_up(door: Door, code: str, student: str) -> None:
    """A student's last connection is gone; of a room that is gone too nothing is to be said."""
    with suppress(NoSuchRoom, Unreachable):
        door.store.change(code, door.clock(), lambda room: left(room, student))


async def speak(door: Door, socket: WebSocket, watcher: Watcher) -> None:
    """Sends what is new as it comes; where nobody is there any more, who listens has heard it."""
    with suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await watcher.woken.wait()
            watcher.woken.clear()
            text, over = door.hub.news(watcher, door.clock())
            if over:
                await close(socket, OVER, "the room is over")
                return
            if text:
                await socket.send_text(text)
                await asyncio.sleep(AT_MOST_EVERY)


async def listen(door: Door, socket: WebSocket, code: str, student: str) -> None:
    """Hears what is said, within what is allowed."""
    allowance = Allowance(*(STUDENT if student else LECTURER))
    while True:
        said = await heard(socket)
        if not allowance.take(door.clock()):
            raise Refused(TOO_OFTEN, "this is too often")
        try:
            await (answer(door, code, student, said) if student else lead(door, code, said))
        except NotUnderstood as strange:
            raise Refused(NOT_UNDERSTOOD, str(strange)) from strange
        except NotSeated as stranger:
            raise Refused(FORBIDDEN, str(stranger)) from stranger
        except (NotAsked, Full):
            continue  # the question was closed while the answer came


async def answer(door: Door, code: str, student: str, said: dict[str, Any]) -> None:
    """A student's answer to the open question."""
    match said:
        case {"number": int(number), "answer": given, **none} if not none:

            def step(room: Room) -> Room:
                if room.question is None or room.question.number != number or not room.question.text:
                    raise NotAsked("this question is not open")
                return answered(room, student, number, answer_to(room.question, given))

            await door.change(code, step)
        case _:
            raise NotUnderstood("wanted is an answer with the number of its question")


async def lead(door: Door, code: str, said: dict[str, Any]) -> None:
    """What the lecturer's browser does: playback, zoom and camera; and the end of a question, or of the room."""
    match said:
        case {"view": view, **none} if not none:
            found, now = view_from(view), door.clock()
            await door.change(code, lambda room: led(room, found, now))
        case {"question": "closed" | "shown" as state, **none} if not none:
            await door.change(code, lambda room: closed(room, shown=state == "shown"))
        case {"end": True, **none} if not none:
            await door.change(code, ended)
        case _:
            raise NotUnderstood("wanted is a view, the end of a question, or of the room")
