"""Two processes behind nginx: one address, visitors spread by cookie, files compressed; whatever ends begins anew."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from crowd import come
from driver import PATIENCE, REPOSITORY, free_port
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from delivery import PLOTLY
from rooms.shared import Shared

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
TOKEN = "a token of some length"
PAGE = {"Accept": "text/html"}
pytestmark = [pytest.mark.skipif(NGINX is None, reason="nginx is not installed: `make nginx`"), pytest.mark.long]


def ask(address, **headers):
    return urlopen(Request(address, headers=headers), timeout=PATIENCE)


def wait_to_hear(process, said, address, times=1):
    """Returns when it was said for the so-many-th time that somebody listens at an address.

    Who asks again and again instead takes the time of those that begin.
    """
    while "".join(said).count(address) < times:
        said.append(process.stdout.readline())
        assert said[-1], f"nobody listens at {address}"


def answering(address, **headers):
    """The answer, as soon as there is one: nginx may begin after those behind it."""
    while True:
        try:
            return ask(address, **headers)
        except (URLError, ConnectionError) as error:
            if isinstance(error, HTTPError) and error.code not in (502, 504):
                raise


@pytest.fixture(scope="module")
def served():
    """The address of all, those of both processes, the process that watches over them, and what was said so far."""
    port, first = free_port(), free_port()
    command = [sys.executable, "deploy/serve.py", f"--port={port}", f"--first={first}"]
    settings = {"FALL_LINE_STATUS_TOKEN": TOKEN, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, cwd=REPOSITORY, env=os.environ | settings, stdout=subprocess.PIPE, text=True)
    processes, said = [f"http://127.0.0.1:{first + number}" for number in range(2)], []
    try:
        for each in processes:
            wait_to_hear(process, said, each)
        answering(f"http://127.0.0.1:{port}/", **PAGE)
        yield f"http://127.0.0.1:{port}", processes, process, said
    finally:
        process.terminate()
        assert process.wait(timeout=PATIENCE) == 0
        process.stdout.close()
    for each in processes:
        with pytest.raises(URLError):
            ask(f"{each}/_stcore/health")


@pytest.fixture(scope="module", autouse=True)
def unfinished(served):
    """A request that is begun before the first test of this file and does not end; the last one waits for that."""
    address, *_ = served
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as half:
        half.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        yield half


def status(address):
    with answering(f"{address}/fall-line/status", Authorization=f"Bearer {TOKEN}") as answer:
        return json.load(answer)


def test_a_page_comes_with_a_cookie_and_compressed_and_its_policy_names_the_address(served):
    address, *_ = served
    with ask(f"{address}/curvature?v=1", **PAGE, **{"Accept-Encoding": "gzip"}) as answer:
        headers = answer.headers
    name, _, rest = headers["set-cookie"].partition("=")
    assert (name, len(rest.partition(";")[0])) == ("fall_line", 32)
    assert "HttpOnly" in rest
    assert headers["content-encoding"] == "gzip"
    assert f"ws://{address.removeprefix('http://')}" in headers["content-security-policy"]
    with ask(f"{address}/", Cookie=f"fall_line={'a' * 32}", **PAGE) as answer:
        assert "set-cookie" not in answer.headers
    with ask(address + PLOTLY, **{"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"


def test_a_hall_behind_one_address_is_spread_over_both_processes(served):
    address, processes, *_ = served
    before = [status(each)["reruns_a_second"] for each in processes]
    visits = come(address, ["?v=1"] * 20, PATIENCE, cookie="fall_line")
    assert [visit.exceptions for visit in visits if visit.exceptions] == []
    after = [status(each)["reruns_a_second"] for each in processes]
    assert all(later > earlier for earlier, later in zip(before, after, strict=True))


def test_a_file_to_save_is_had_from_the_process_that_has_it_whichever_the_cookie_names(served):
    address, processes, *_ = served
    with connect(
        f"{processes[0].replace('http', 'ws')}/_stcore/stream", open_timeout=PATIENCE, max_size=None
    ) as socket:
        socket.send(BackMsg(rerun_script={"page_name": "curvature", "query_string": "v=1"}).SerializeToString())
        sent = (ForwardMsg.FromString(data).delta.new_element.download_button.url for data in socket)
        path = next(filter(None, sent))
        for visitor in range(8):  # of both processes
            with ask(f"{address}{path}", Cookie=f"fall_line={visitor:032x}") as answer:
                assert answer.read().startswith(b"x,y,")


def test_what_is_the_hosts_business_is_not_to_be_had_through_the_proxy(served):
    address, *_ = served
    for path in ("fall-line/status", "_stcore/metrics", "_stcore/script-health-check"):
        with pytest.raises(HTTPError, match="404"):
            ask(f"{address}/{path}", Authorization=f"Bearer {TOKEN}")


def test_a_process_that_dies_is_started_anew_and_the_address_answers_meanwhile(served):
    address, processes, watcher, said = served
    children = Path(f"/proc/{watcher.pid}/task/{watcher.pid}/children").read_text().split()
    victim = next(int(child) for child in children if processes[0][-5:] in command_of(child))
    os.kill(victim, signal.SIGKILL)
    for visitor in range(8):
        with ask(f"{address}/", Cookie=f"fall_line={visitor:032x}", **PAGE) as answer:
            assert answer.status == 200
    wait_to_hear(watcher, said, processes[0], times=2)
    with ask(f"{processes[0]}/_stcore/health") as answer:
        assert answer.read() == b"ok"
    visits = come(address, ["?v=1"] * 4, PATIENCE, cookie="fall_line")
    assert [visit.exceptions for visit in visits] == [[]] * 4


@pytest.mark.skipif(not shutil.which("redis-server"), reason="there is no redis-server: `make redis`")
def test_a_room_is_known_to_both_processes(served):
    _, processes, watcher, _ = served
    children = Path(f"/proc/{watcher.pid}/task/{watcher.pid}/children").read_text().split()
    app = next(child for child in children if processes[0][-5:] in command_of(child))
    settings = dict(pair.split("=", 1) for pair in Path(f"/proc/{app}/environ").read_text().split("\0") if pair)
    with closing(Shared(settings["FALL_LINE_ROOMS"])) as store:
        code = store.open(time.time()).code
        for each in processes:
            with connect(f"{each.replace('http', 'ws')}/fall-line/room/{code}", open_timeout=PATIENCE) as socket:
                socket.send(json.dumps({"seat": ""}))
                assert "seat" in json.loads(socket.recv(timeout=PATIENCE))


def command_of(process):
    return Path(f"/proc/{process}/cmdline").read_text()


def test_a_request_that_does_not_end_is_let_go(unfinished):
    with suppress(ConnectionResetError):  # which is how it is let go
        assert unfinished.recv(1) == b""
