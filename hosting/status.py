"""How a process is doing, for its host alone."""

import os
from collections.abc import Mapping
from hmac import compare_digest
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from caching import POOLS, held
from hosting.guests import Guests
from hosting.reruns import RERUNS
from hosting.settings import Settings

PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")


def status(request: Request, settings: Settings, guests: Guests, jobs: Mapping[str, int]) -> Response:
    """Sessions, reruns, memory and long jobs as JSON; whoever does not bring the token learns nothing.

    Args:
        jobs: long computations and drawings under way, and how many wait.
    """
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if settings.status_token is None or not compare_digest(given.encode(), settings.status_token.encode()):
        return Response(status_code=404)
    told = {
        "sessions": guests.connected,
        "most_sessions": settings.most_sessions,
        **RERUNS.told(),
        "memory_megabytes": memory() / 1e6,
        "held_megabytes": {name: size / 1e6 for name, size in held().items()},
        "most_held_megabytes": sum(pool.most for pool in POOLS.values()) / 1e6,
        "jobs": dict(jobs),
    }
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


def memory() -> int:
    """Bytes of the machine's memory that the process has, as Linux counts them; 0 elsewhere."""
    counts = Path("/proc/self/statm")
    return int(counts.read_text().split()[1]) * PAGE_SIZE if counts.exists() else 0
