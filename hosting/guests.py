"""How many visitors a process takes at once; who comes when it is full is let in as places become free."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

RESERVED = 30.0  # seconds for which a place is held for one who was given the page
AGAIN = 10  # seconds after which one who waits asks again
FULL = (Path(__file__).parent / "full.html").read_text(encoding="utf-8")
STREAM = "/_stcore/stream"
TRY_LATER = 1013  # why a connection is not taken, by RFC 6455's registry


class Guests:
    """The places: those taken, each by an open connection, and those held for pages that were just given.

    Args:
        most: None for as many as come.
        now: seconds on a clock that only goes forward.
    """

    def __init__(self, most: int | None, now: Callable[[], float] = time.monotonic) -> None:
        self.most, self.now = most, now
        self.connected = 0
        self._reserved: deque[float] = deque()  # when each was given

    def reserve(self) -> bool:
        """Holds a place for one who is given the page; False where there is none."""
        while self._reserved and self._reserved[0] <= self.now() - RESERVED:
            self._reserved.popleft()
        if self.most is None:
            return True
        if self.connected + len(self._reserved) >= self.most:
            return False
        self._reserved.append(self.now())
        return True

    def enter(self) -> bool:
        """Takes a place for a connection, the one that was held if there is one; False where there is none."""
        if self._reserved:
            self._reserved.popleft()
        elif self.most is not None and self.connected >= self.most:
            return False
        self.connected += 1
        return True

    def leave(self) -> None:
        """Gives a place back."""
        self.connected -= 1


class Door:
    """Counts the visitors, and gives a page that asks again by itself to those for whom there is no place.

    Args:
        open_to_all: beginnings of paths under which there is no page, and so no place is asked for.
    """

    def __init__(self, app: ASGIApp, guests: Guests, open_to_all: Sequence[str] = ()) -> None:
        self.app, self.guests, self.open_to_all = app, guests, tuple(open_to_all)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as the app does where there is a place."""
        if scope["type"] == "websocket" and scope["path"].endswith(STREAM):
            if not self.guests.enter():
                await receive()
                await send({"type": "websocket.close", "code": TRY_LATER})
                return
            try:
                await self.app(scope, receive, send)
            finally:
                self.guests.leave()
        elif is_page(scope) and not scope["path"].startswith(self.open_to_all) and not self.guests.reserve():
            headers = {"Retry-After": str(AGAIN), "Refresh": str(AGAIN), "Cache-Control": "no-store"}
            await HTMLResponse(FULL, status_code=503, headers=headers)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def is_page(scope: Scope) -> bool:
    """Whether a request is that of a browser for a page."""
    return scope.get("method") == "GET" and "text/html" in Headers(scope=scope).get("accept", "")
