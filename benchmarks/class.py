"""A class at its computers: how long do answers take, and what do they cost, from 20 students to 300?

python -m benchmarks.class --students 20 100 200 --processes 1 2 --seconds 60

Each student speaks Streamlit's protocol over a WebSocket of her own: opens a page, then moves a learning rate, thinks,
and moves it again; the times between two moves are drawn from an exponential distribution with a mean of 6.5 s. Half of
them have rates of their own from the beginning. First all come at once, by the same link: cold, to a server that has
just begun, and warm. Beside each line stands the same class at an app of as many sliders and nothing else.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.driver import REPOSITORY, free_port, serving

PAGES = ("", "", "step-by-step", "data")  # of four students two are on Explore
RATE = "learning rate"
THINK = 6.5  # seconds, on average
DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
LINK = "v=1&landscape=himmelblau&steps=500&run=adam~0.3&run=momentum~{rate}"


@dataclass
class Student:
    """One of the class, and how long her answers took."""

    number: int
    page: str
    link: str
    seconds: list[float] = field(default_factory=list)
    held: set[str] = field(default_factory=set)  # messages that need not be sent again


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--students", type=int, nargs="+", default=[20, 100, 200])
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    print("                                        all there after |  answers, ms          | CPU, ms  | cores | MB")
    print("                                        cold s   warm s |  p50    p95    p99    | a move   | busy  |")
    for processes in asked.processes:
        for students in asked.students:
            with served(processes) as address:
                herd = [together(address, [""] * students), together(address, [""] * students)]
                line(f"Fall Line, {processes} x, {students} students", herd, *lesson(address, students, asked.seconds))
            with serving("benchmarks/widgets_app.py") as address:
                herd = [together(address, [""] * students, "widgets=10") for _ in range(2)]
                line(f"ten sliders, 1 x, {students} students", herd, *lesson(address, students, asked.seconds, True))


def line(name: str, herd: Sequence[float], students: Sequence[Student], spent: float, took: float, size: float) -> None:
    """Prints what one class saw."""
    seconds = np.array([each for student in students for each in student.seconds])
    p50, p95, p99 = 1000 * np.quantile(seconds, [0.5, 0.95, 0.99])
    print(
        f"{name:40}{herd[0]:6.1f}   {herd[1]:6.1f} | {p50:5.0f}  {p95:5.0f}  {p99:5.0f}    | "
        f"{1000 * spent / seconds.size:6.1f}   | {spent / took:4.2f}  | {size / 1e6:.0f}",
        flush=True,
    )


@contextmanager
def served(processes: int) -> Iterator[str]:
    """The app in one process, or in several behind nginx."""
    if processes == 1:
        with serving("app.py") as address:
            yield address
        return
    port, first = free_port(), free_port()
    options = [f"--port={port}", f"--first={first}", f"--processes={processes}"]
    process = subprocess.Popen([sys.executable, "deploy/serve.py", *options], cwd=REPOSITORY, stdout=subprocess.DEVNULL)
    try:
        for each in range(processes):
            asyncio.run(listening(first + each))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


async def listening(port: int) -> None:
    """Returns when somebody listens on a port."""
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return


def together(address: str, pages: Sequence[str], link: str = LINK.format(rate=0.01)) -> float:
    """Seconds until all have their page, who come at the same moment."""

    async def all_come() -> float:
        begun = time.monotonic()
        students = [Student(number, page, link) for number, page in enumerate(pages)]
        await asyncio.gather(*(visit(address, student, 0) for student in students))
        return time.monotonic() - begun

    return asyncio.run(all_come())


def lesson(address: str, count: int, seconds: float, plain: bool = False) -> tuple[list[Student], float, float, float]:
    """A class, the seconds of CPU that the servers spent on its moves, the seconds it took, and their memory."""
    students = []
    for number in range(count):
        own = LINK.format(rate=0.01 + 1e-5 * number * (number % 2))
        students.append(Student(number, "" if plain else PAGES[number % len(PAGES)], "widgets=10" if plain else own))

    async def all_learn() -> tuple[float, float]:
        ready = asyncio.Barrier(count + 1)
        visits = [asyncio.create_task(visit(address, student, seconds, ready)) for student in students]
        waits = asyncio.create_task(ready.wait())
        await asyncio.wait([waits, *visits], return_when=asyncio.FIRST_COMPLETED)  # a visit ends sooner where it fails
        if not waits.done():
            waits.cancel()
            await asyncio.gather(*visits)
        begun, before = time.monotonic(), cpu()
        await asyncio.gather(*visits)
        return cpu() - before, time.monotonic() - begun

    spent, took = asyncio.run(all_learn())
    return students, spent, took, memory()


async def visit(
    address: str, student: Student, seconds: float, ready: asyncio.Barrier | None = None, think: float = THINK
) -> None:
    """Opens the page; then, once all have, moves a learning rate again and again for so long."""
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    cookie = {"Cookie": f"fall_line={student.number:032x}"}
    draws = np.random.default_rng(student.number)
    async with connect(
        stream, max_size=None, open_timeout=None, ping_interval=None, additional_headers=cookie
    ) as socket:
        first = BackMsg(rerun_script={"page_name": student.page, "query_string": student.link})
        sent = await answer(socket, student, first)
        if ready is None:
            return
        slider = next(each for each in sent if RATE in each.new_element.slider.label)
        await ready.wait()
        end = time.monotonic() + seconds
        stops = slider.new_element.slider.options
        while (thought := draws.exponential(think)) < end - time.monotonic():
            await asyncio.sleep(thought)
            begun = time.monotonic()
            sent = await answer(socket, student, moved(student, slider, stops[draws.integers(len(stops))]))
            student.seconds.append(time.monotonic() - begun)
            slider = next((each for each in sent if RATE in each.new_element.slider.label), slider)


def moved(student: Student, slider: Delta, stop: str) -> BackMsg:
    """What a browser sends when the slider is moved to a stop."""
    states = [{"id": slider.new_element.slider.id, "string_array_value": {"data": [stop]}}]
    asked = {
        "page_name": student.page,
        "query_string": student.link,
        "fragment_id": slider.fragment_id,
        "widget_states": {"widgets": states},
    }
    return BackMsg(rerun_script=asked)


async def answer(socket: ClientConnection, student: Student, asked: BackMsg) -> list[Delta]:
    """All elements of one answer, to its end; an answer that begins another goes on with that."""
    asked.rerun_script.cached_message_hashes.extend(student.held)
    await socket.send(asked.SerializeToString())
    sent = []
    async for data in socket:
        message = ForwardMsg.FromString(data)  # type: ignore[arg-type]  # Streamlit sends bytes alone
        if message.metadata.cacheable:
            student.held.add(message.hash)
        if message.HasField("delta"):
            sent.append(message.delta)
            if message.delta.new_element.HasField("exception"):
                raise RuntimeError(message.delta.new_element.exception.message)
        if message.HasField("script_finished") and message.script_finished in DONE:
            return sent
    raise ConnectionError("the answer broke off")


def servers() -> list[int]:
    """The processes that this one has started, and those that they have."""
    found, left = [], [os.getpid()]
    while left:
        process = left.pop()
        children = Path(f"/proc/{process}/task/{process}/children")
        new = [int(child) for child in children.read_text().split()] if children.exists() else []
        found += new
        left += new
    return found


def cpu() -> float:
    """Seconds of CPU that all servers have used until now, as Linux counts them."""
    ticks = 0
    for process in servers():
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])  # in its own code, and in the kernel for it
    return ticks / os.sysconf("SC_CLK_TCK")


def memory() -> float:
    """Bytes of memory that all servers have."""
    pages = sum(int(Path(f"/proc/{process}/statm").read_text().split()[1]) for process in servers())
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
