"""Many visitors at once, without a browser: each speaks Streamlit's protocol over a WebSocket of its own."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

Result = TypeVar("Result")


@dataclass
class Visit:
    """What one visitor was sent until the page was whole."""

    path: str
    kinds: Counter[str] = field(default_factory=Counter)  # of the elements, such as "markdown"
    exceptions: list[str] = field(default_factory=list)
    received: int = 0  # bytes


def come(address: str, paths: Iterable[str], patience: float, cookie: str = "") -> list[Visit]:
    """Opens each of the paths (`page?link`) as a visitor of its own: all are connected before the first one asks.

    Args:
        cookie: its name, where each visitor brings one of her own.

    Raises:
        TimeoutError: after as many seconds as there is patience, some page was not whole.
    """
    return aside(lambda: _come(address, list(paths), patience, cookie))


def aside(work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """What a coroutine comes to, in a thread of its own: one that drives a browser has an event loop already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()


def finished(message: ForwardMsg) -> bool:
    """Whether a message says that a page, or some of its parts, is whole."""
    done = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
    return message.HasField("script_finished") and message.script_finished in done


async def _come(address: str, paths: list[str], patience: float, cookie: str) -> list[Visit]:
    together = asyncio.Barrier(len(paths))
    async with asyncio.timeout(patience):
        headers = [{"Cookie": f"{cookie}={number:032x}"} if cookie else {} for number in range(len(paths))]
        return await asyncio.gather(*map(_visit, [address] * len(paths), paths, headers, [together] * len(paths)))


async def _visit(address: str, path: str, headers: dict[str, str], together: asyncio.Barrier) -> Visit:
    page, _, link = path.partition("?")
    ask = BackMsg()
    ask.rerun_script.page_name, ask.rerun_script.query_string = page, link
    visit = Visit(path)
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    options = {"max_size": None, "open_timeout": None, "ping_interval": None, "additional_headers": headers}
    async with connect(stream, **options) as socket:
        await together.wait()
        await socket.send(ask.SerializeToString())
        async for data in socket:
            visit.received += len(data)
            message = ForwardMsg.FromString(data)
            if message.HasField("delta"):
                element = message.delta.new_element
                visit.kinds[element.WhichOneof("type")] += 1
                if element.HasField("exception"):
                    visit.exceptions.append(f"{element.exception.type}: {element.exception.message}")
            if finished(message):
                return visit
    raise ConnectionError(f"{path} was left unfinished")
