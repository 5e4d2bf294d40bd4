"""What is asked on a page that its visitor has left does not reach Streamlit; everything else does."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from delivery import PagesLeft

STREAM = "/lectures/_stcore/stream"


def whole(page="", name=""):
    """What a browser asks that wants a page."""
    return BackMsg(rerun_script={"page_script_hash": page, "page_name": name}).SerializeToString()


def part(page):
    """What it asks that wants a part of the page it is on."""
    return BackMsg(rerun_script={"page_script_hash": page, "fragment_id": "runs"}).SerializeToString()


def begun(page):
    """What it is told when a page begins."""
    return ForwardMsg(navigation={"page_script_hash": page}).SerializeToString()


async def answer(socket):
    """Repeats what it hears, as text; where it hears a text, the page that this names begins."""
    await socket.accept()
    while (heard := await socket.receive())["type"] != "websocket.disconnect":
        if "text" in heard:
            await socket.send_bytes(begun(heard["text"]))
        else:
            await socket.send_text(heard["bytes"].hex())


@pytest.fixture
def heard():
    """Sends messages one after the other, and gives those that were heard; at a text the page that it names begins."""
    routes = [WebSocketRoute(path, answer) for path in (STREAM, "/fall-line/room/BCDF2")]
    client = TestClient(Starlette(routes=routes, middleware=[Middleware(PagesLeft)]))
    last = BackMsg(stop_script=True).SerializeToString()

    def send(*messages, path=STREAM):
        with client.websocket_connect(path) as socket:
            for message in messages:
                if isinstance(message, str):
                    socket.send_text(message)
                else:
                    socket.send_bytes(message)
            socket.send_bytes(last)
            told = iter(lambda: socket.receive().get("text", ""), last.hex())
            return [bytes.fromhex(text) for text in told if text]

    return send


def test_a_part_of_a_page_that_was_left_is_not_asked_for(heard):
    assert heard(whole("data"), part("data"), whole("maps"), part("data"), part("maps")) == [
        whole("data"),
        part("data"),
        whole("maps"),
        part("maps"),
    ]


def test_nor_of_one_that_was_opened_by_its_name(heard):
    opened = whole(name="data"), "data", part("data")
    assert heard(*opened, whole("maps"), part("data")) == [whole(name="data"), part("data"), whole("maps")]


def test_nor_of_one_that_leads_on_by_itself(heard):
    assert heard(whole("data"), "data", part("data"), "maps", part("data"), part("maps")) == [
        whole("data"),
        part("data"),
        part("maps"),
    ]


def test_who_comes_back_is_answered_and_who_asks_for_a_page_that_is_not_there_too(heard):
    back = whole("data"), whole("maps"), whole("data"), part("data")
    assert heard(*back) == list(back)
    assert heard(whole("gone"), "explore", part("explore")) == [whole("gone"), part("explore")]


def test_what_says_nothing_of_a_page_passes_and_what_is_no_question_too(heard):
    unsaid = BackMsg(rerun_script={"fragment_id": "runs"}).SerializeToString()
    passing = part("data"), whole("data"), unsaid, BackMsg(clear_cache=True).SerializeToString(), b"\xff\xff"
    assert heard(*passing) == list(passing)


def test_other_connections_are_no_business_of_it(heard):
    assert heard(whole("data"), whole("maps"), part("data"), path="/fall-line/room/BCDF2")[-1] == part("data")
