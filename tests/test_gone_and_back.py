"""A tab that is closed leaves no thread and no work behind, and a page comes back with its state after a crash."""

import asyncio
import os
import signal
from urllib.parse import parse_qs

import pytest
from crowd import aside, finished
from driver import PATIENCE, free_port, process_of, serving, work_of
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

pytestmark = pytest.mark.long

RUNS = 8
LONG = "v=1&landscape=rosenbrock&steps=5000&" + "&".join(f"run=lbfgs~{rate / 10}" for rate in range(1, RUNS + 1))
SHORT = "v=1&landscape=himmelblau&steps=50&run=adam~0.3"
OUTCOME = "pages.shared.race.compute.outcome"


def stream(address):
    return connect(f"{address.replace('http', 'ws', 1)}/_stcore/stream", max_size=None, open_timeout=None)


def asked(link, **more):
    return BackMsg(rerun_script={"query_string": link, **more}).SerializeToString()


async def until(address, holds):
    """What the process tells of its work, as soon as this holds of it."""
    return await asyncio.to_thread(work_of, address, holds)


async def closed_in_the_middle(address):
    """What the process tells before a visitor comes, while the script computes for her, and when she has gone."""
    before = await until(address, lambda now: now["computed"].get(OUTCOME, 0) >= 3 and not now["scripts"])
    async with stream(address) as socket:
        await socket.send(asked(LONG))
        during = await until(address, lambda now: now["computed"][OUTCOME] > before["computed"][OUTCOME])
    after = await until(address, lambda now: not now["visitors"] and not now["scripts"])
    return before, during, after


async def slider_of(socket):
    """The slider of the learning rate in an answer, the fragment that it is in, and the address that came with it."""
    slider, link = None, ""
    async for data in socket:
        message = ForwardMsg.FromString(data)
        if message.HasField("page_info_changed"):
            link = message.page_info_changed.query_string
        element = message.delta.new_element
        assert not element.HasField("exception"), element.exception.message
        if "learning rate" in element.slider.label:
            slider = element.slider, message.delta.fragment_id
        if finished(message):
            return *slider, link
    raise ConnectionError("the answer broke off")


async def moved(address, stop):
    """The link of a visitor who moved the learning rate to one of its stops."""
    async with stream(address) as socket:
        await socket.send(asked(SHORT))
        slider, fragment, _ = await slider_of(socket)
        state = {"id": slider.id, "string_array_value": {"data": [stop]}}
        await socket.send(asked(SHORT, fragment_id=fragment, widget_states={"widgets": [state]}))
        _, _, link = await slider_of(socket)
        os.kill((await asyncio.to_thread(process_of, address))["id"], signal.SIGKILL)  # while she looks at it
        await socket.wait_closed()
    return link


async def opened(address, link):
    """Where the learning rate is when a page asks with its link, as one does whose server is back."""
    async with stream(address) as socket:
        await socket.send(asked(link))
        slider, _, _ = await slider_of(socket)
        (value,) = slider.raw_value  # as the page sets it
        return value


def test_a_closed_tab_leaves_no_thread_and_no_work_and_a_page_comes_back_after_a_crash_with_its_state():
    port = free_port()
    with serving("tests/watched_app.py", port=port) as address:
        before, during, after = aside(lambda: asyncio.wait_for(closed_in_the_middle(address), PATIENCE))
        assert during["visitors"] == 1
        assert during["scripts"] >= 1
        assert after["computed"][OUTCOME] < before["computed"][OUTCOME] + RUNS  # the rest was not computed
        link = aside(lambda: asyncio.wait_for(moved(address, "0.5"), PATIENCE))
    assert parse_qs(link)["run"] == ["adam~0.5"]
    with serving("tests/watched_app.py", port=port) as address:
        assert aside(lambda: asyncio.wait_for(opened(address, link), PATIENCE)) == "0.5"
