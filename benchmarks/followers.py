"""What a room costs the server: 200 students who follow ten moves a minute, beside an idle server in the same run.

python -m benchmarks.followers [students] [seconds]

Every other move is one of playback, zoom or camera; the others are choices, with a new picture for everybody. What the
lecturer's own page costs to make that picture is in `benchmarks.served`. The clients are a process of their own; their
delays are those of this machine, from before a move is said to after it is heard.
"""

import asyncio
import json
import sys
import time
from itertools import count
from urllib.request import urlopen

import numpy as np
from websockets.asyncio.client import ClientConnection, connect

from tests.driver import serving

MOVES = 10  # a minute


def main() -> None:
    students, seconds = (int(given) for given in (*sys.argv[1:3], *("200", "60")[len(sys.argv) - 1 :]))
    with serving("benchmarks/room_app.py") as address:
        asyncio.run(measured(address, students, seconds))


async def measured(address: str, students: int, seconds: int) -> None:
    """Idle, still and led, one after the other, for so many seconds each."""
    while True:  # the server says its address before it answers there
        try:
            await asked(f"{address}/spent")
            break
        except OSError:
            await asyncio.sleep(0.5)
    await asyncio.sleep(10)  # what it prepares is done
    await say(address, "idle server", seconds)
    code, secret = await asked(f"{address}/open")
    url = f"{address.replace('http', 'ws', 1)}/fall-line/room/{code}"
    heard: list[float] = []
    moved = {"at": 0.0}
    before = await asked(f"{address}/spent")
    listeners = []
    for _ in range(students):
        socket = await connect(url, max_size=None, ping_interval=None)
        await socket.send(json.dumps({"seat": ""}))
        listeners.append(asyncio.create_task(listen(socket, moved, heard)))
    lecturer = await connect(url, max_size=None, ping_interval=None)
    await lecturer.send(json.dumps({"key": secret}))
    others = asyncio.create_task(listen(lecturer, {}, []))
    await asyncio.sleep(3)
    print(
        f"{students} students come: {1000 * (await asked(f'{address}/spent') - before) / students:.2f} ms of CPU each"
    )
    await say(address, f"{students} students in a still room", seconds)
    leading = asyncio.create_task(lead(address, code, lecturer, moved))
    heard.clear()
    await say(address, f"{students} students follow {MOVES} moves a minute", seconds)
    for task in (leading, others, *listeners):
        task.cancel()
    late = 1000 * np.array(heard)
    print(f"heard {len(heard)} times, after {np.median(late):.0f} ms, 95 % after {np.percentile(late, 95):.0f} ms")


async def lead(address: str, code: str, lecturer: ClientConnection, moved: dict[str, float]) -> None:
    """One move after the other, in turn a step and a choice."""
    for move in count():
        moved["at"] = time.perf_counter()
        if move % 2:
            await asked(f"{address}/show/{code}?move={move}")
        else:
            await lecturer.send(json.dumps({"view": {"step": move, "playing": False}}))
        await asyncio.sleep(60 / MOVES)


async def listen(socket: ClientConnection, moved: dict[str, float], heard: list[float]) -> None:
    """Notes how long after a move it is heard of."""
    async for _ in socket:
        heard.append(time.perf_counter() - moved.get("at", 0.0))


async def say(address: str, name: str, seconds: int) -> None:
    """The share of one core that the server takes in the next seconds."""
    before, began = await asked(f"{address}/spent"), time.perf_counter()
    await asyncio.sleep(seconds)
    spent = await asked(f"{address}/spent") - before
    print(f"{name}: {100 * spent / (time.perf_counter() - began):.2f} % of a core", flush=True)


async def asked(url: str) -> object:
    """What the server answers."""

    def fetch() -> object:
        with urlopen(url) as answer:
            return json.load(answer)

    return await asyncio.to_thread(fetch)


if __name__ == "__main__":
    main()
