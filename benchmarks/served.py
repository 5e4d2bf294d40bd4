"""What a rerun of each page, and one more visitor, cost the server, in milliseconds of CPU, sending included.

python -m benchmarks.served [page...]

A visitor speaks Streamlit's protocol over a WebSocket, as a browser does: a control that stands in a fragment asks for
that fragment alone, and every question says which messages are held. Every number that is taken is a new one, so that
what follows from it is computed. "The same" changes nothing: so is what opens or closes a chip. One more visitor opens
a link that others have opened.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.crowd import come
from tests.driver import PATIENCE, process_of, serving

RACE = "landscape=rosenbrock&steps=500&run=adam&run=nesterov&run=gradient_descent"
RATE = "learning rate"
SCENES = {  # by name: page, link, and what the label of the slider has
    "explore": ("", f"v=1&{RACE}", RATE),
    "step-by-step": ("step-by-step", f"v=1&{RACE}", RATE),
    "lecture": ("step-by-step", "v=1&sheet=tables", "length of a step"),
    "curvature": ("curvature", f"v=1&part=run&{RACE}", RATE),
    "data": ("data", "v=1", RATE),
    "batches": ("data", "v=1&part=batch", RATE),
    "wells": ("data", "v=1&part=flat", "shift"),
}
OPENED = {  # by name: page and link
    **{name: (page, link) for name, (page, link, _) in SCENES.items()},
    "points": ("curvature", "v=1"),
    "model": ("curvature", "v=1&part=model"),
    "memory": ("step-by-step", "v=1&sheet=memory"),
    "timeline": ("step-by-step", "v=1&sheet=timeline"),
    "basins": ("maps", "v=1"),
    "networks": ("networks", "v=1"),
    "lessons": ("lessons", "v=1"),
}
VISITORS = 20
WARM = 10
DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)

held: set[str] = set()  # messages that need not be sent again


def main() -> None:
    with serving("tests/watched_app.py") as address:
        for name in sys.argv[1:] or OPENED:
            if name in SCENES:
                held.clear()
                asyncio.run(visit(address, name))
            print(f"{name:14}one more visitor: {one_more(address, *OPENED[name]):5.1f} ms")


def one_more(address: str, page: str, link: str) -> float:
    """Milliseconds of CPU that one who opens a link costs when others have, on average."""
    come(address, [f"{page}?{link}"], PATIENCE)
    before = cpu(address)
    for _ in range(VISITORS):
        come(address, [f"{page}?{link}"], PATIENCE)
    return 1000 * (cpu(address) - before) / VISITORS


async def visit(address: str, name: str) -> None:
    """Takes the first such slider through all its stops; then asks for the last of them again and again."""
    page, link, label = SCENES[name]
    async with connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream", max_size=None, open_timeout=None
    ) as socket:
        sent = await answer(socket, BackMsg(rerun_script={"page_name": page, "query_string": link}))
        slider = next(each for each in sent if label in each.new_element.slider.label)
        stops = slider.new_element.slider.options
        shape = "the fragment" if slider.fragment_id else "the whole page"
        for kind, asked in (("another", stops), ("the same", stops[-1:] * len(stops))):
            moves = [taken(page, link, slider, stop) for stop in asked]
            milliseconds, elements, size = await spent(address, socket, moves)
            print(
                f"{name:14}{kind:10}{shape}: {milliseconds:5.1f} ms, {elements:.0f} new elements, {size / 1000:.1f} kB"
            )


async def spent(address: str, socket: ClientConnection, moves: Sequence[BackMsg]) -> tuple[float, float, float]:
    """Milliseconds of CPU, new elements and bytes of an answer, on average, once the first ones are answered."""
    for move in moves[:WARM]:
        await answer(socket, move)
    before = cpu(address)
    answers = [await answer(socket, move) for move in moves[WARM:]]
    milliseconds = 1000 * (cpu(address) - before) / len(answers)
    sizes = [sum(delta.ByteSize() for delta in sent) for sent in answers]
    return milliseconds, sum(map(len, answers)) / len(answers), sum(sizes) / len(answers)


def cpu(address: str) -> float:
    """Seconds of CPU that the server has used until now, as Linux counts them."""
    fields = Path(f"/proc/{process_of(address)['id']}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # in its own code, and in the kernel for it


def taken(page: str, link: str, slider: Delta, stop: str) -> BackMsg:
    """What a browser sends when the slider is moved to a stop."""
    states = [{"id": slider.new_element.slider.id, "string_array_value": {"data": [stop]}}]
    asked = {"page_name": page, "query_string": link, "fragment_id": slider.fragment_id}
    return BackMsg(rerun_script={**asked, "widget_states": {"widgets": states}})


async def answer(socket: ClientConnection, asked: BackMsg) -> list[Delta]:
    """All elements of one answer."""
    asked.rerun_script.cached_message_hashes.extend(held)
    await socket.send(asked.SerializeToString())
    sent = []
    async for data in socket:
        message = ForwardMsg.FromString(data)  # type: ignore[arg-type]  # Streamlit sends bytes alone
        if message.metadata.cacheable:
            held.add(message.hash)
        if message.HasField("delta"):
            sent.append(message.delta)
        if message.HasField("script_finished") and message.script_finished in DONE:
            return sent
    raise ConnectionError("the answer broke off")


if __name__ == "__main__":
    main()
