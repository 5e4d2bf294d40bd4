"""Rooms in a real Redis: shared by processes, and there again after either of them died."""

import shutil
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from queue import Queue

import pytest
from driver import PATIENCE, free_port
from test_rooms import NOW, PLACE, parts, picture

from rooms import HOURS, MOST_ROOMS, Full, NoRoomLeft, NoSuchRoom, Unreachable, asked, ended
from rooms.room import answered, led, seated
from rooms.shared import Shared

REDIS = shutil.which("redis-server")
pytestmark = pytest.mark.skipif(not REDIS, reason="there is no redis-server, which `make redis` installs on Debian")
ROOT = Path(__file__).parent.parent


class Server:
    """A Redis that keeps nothing on disk."""

    def __init__(self):
        self.port = free_port()
        self.start()

    @property
    def address(self):
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        options = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([REDIS, *options], stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if "Ready to accept connections" in line:
                return
        raise RuntimeError("Redis did not start")

    def hold(self):
        """Answers nothing from here on, until it goes on."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        self.process.kill()
        self.process.wait(PATIENCE)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def server():
    running = Server()
    yield running
    running.kill()


@pytest.fixture
def stores(server):
    """Two processes, as far as Redis can tell."""
    with closing(Shared(server.address)) as one, closing(Shared(server.address)) as other:
        yield one, other


def test_what_one_process_opens_another_knows(stores):
    one, other = stores
    code, secret = one.open(NOW)
    assert other.room(code, NOW).is_led_with(secret)
    one.show(code, NOW, picture("a"), parts("a"))
    assert other.part(code, "a map") == b"2"
    other.change(code, NOW, lambda room: answered(asked(seated(room, "a"), PLACE), "a", 1, [0.0, 1.0]))
    assert dict(one.room(code, NOW).answers) == {"a": [0.0, 1.0]}
    other.change(code, NOW, ended)
    with pytest.raises(NoSuchRoom):
        one.room(code, NOW)


def test_both_hear_of_every_change(stores):
    heard = Queue(), Queue()
    for store, queue in zip(stores, heard, strict=True):
        store.listen(queue.put)
    one, other = stores
    code, _ = one.open(NOW)
    step = 0
    for queue in heard:  # as soon as each has begun to listen
        while queue.empty():
            step += 1
            one.change(code, NOW, lambda room, step=step: led(room, {"step": step}, NOW))
    other.change(code, NOW, lambda room: led(room, {"step": 10**6}, NOW))
    for queue in heard:
        while queue.get(timeout=PATIENCE).view["step"] != 10**6:
            pass


def test_what_two_do_at_once_is_done_twice(stores):
    one, other = stores
    code, _ = one.open(NOW)
    script = (
        "import sys; from rooms.shared import Shared; from rooms.room import seated\n"
        "store = Shared(sys.argv[1])\n"
        "for k in range(100): store.change(sys.argv[2], 1000.0, lambda room: seated(room, f'{sys.argv[3]}{k}'))\n"
    )
    address = one._redis.connection_pool.connection_kwargs
    command = [sys.executable, "-c", script, f"redis://127.0.0.1:{address['port']}/0", code]
    both = [subprocess.Popen([*command, name], cwd=ROOT) for name in "ab"]
    assert [process.wait(PATIENCE) for process in both] == [0, 0]
    assert other.room(code, NOW).present == 200


def test_old_parts_are_forgotten(stores):
    one, other = stores
    code, _ = one.open(NOW)
    for name in "abc":
        one.show(code, NOW, picture(name), parts(name))
    assert [other.part(code, name) for name in ("c", "same", "b", "a")] == [b"1", b"3", b"1", None]


def test_limits_and_hours_are_those_of_a_single_process(stores):
    one, _ = stores
    places = [one.open(NOW) for _ in range(MOST_ROOMS)]
    with pytest.raises(NoRoomLeft):
        one.open(NOW)
    with pytest.raises(NoSuchRoom):
        one.room(places[0].code, NOW + HOURS * 3600)
    one.open(NOW + HOURS * 3600)

    def crowd(room):
        for number in range(501):
            room = seated(room, str(number))
        return room

    code, _ = one.open(NOW + HOURS * 3600)
    with pytest.raises(Full):
        one.change(code, NOW + HOURS * 3600, crowd)


def test_a_process_may_die(server, stores):
    _, other = stores
    script = (
        "import os, sys; from rooms.shared import Shared\n"
        "print(*Shared(sys.argv[1]).open(1000.0), flush=True); os._exit(9)"
    )
    died = subprocess.run(
        [sys.executable, "-c", script, server.address], cwd=ROOT, capture_output=True, text=True, check=False
    )
    code, secret = died.stdout.split()
    assert died.returncode == 9
    assert other.room(code, NOW).is_led_with(secret)


def test_redis_may_die_and_come_back_empty():
    server = Server()
    heard = Queue()
    with closing(Shared(server.address)) as store:
        store.listen(heard.put)
        code, secret = store.open(NOW)
        store.show(code, NOW, picture("a"), parts("a"))
        server.kill()
        with pytest.raises(Unreachable):
            store.room(code, NOW)
        with pytest.raises(Unreachable):
            store.open(NOW)
        while not heard.empty():
            heard.get()
        server.start()
        assert heard.get(timeout=PATIENCE).code == code  # it was given back, and told again
        assert store.room(code, NOW).is_led_with(secret)
        with closing(Shared(server.address)) as fresh:
            assert fresh.part(code, "a map") == b"2"
        store.change(code, NOW, lambda room: led(room, {"step": 5}, NOW))
        while heard.get(timeout=PATIENCE).view != {"step": 5}:
            pass
        server.kill()


def test_a_store_that_is_closed_lets_its_thread_hear_to_the_end(monkeypatch):
    monkeypatch.setattr("rooms.shared.PATIENCE", 0.5)
    server, asking = Server(), Queue()
    with closing(Shared(server.address)) as store:
        for _ in range(2):
            store.open(NOW)

        def hear(room):
            server.hold()  # what the thread asks for next, of the other room, is not answered
            asking.put(room.code)

        store.listen(hear)
        asking.get(timeout=PATIENCE)
    server.go_on()
    server.kill()
    assert not store._thread.is_alive()


def test_nobody_listens_on_a_port_and_the_sentence_says_so():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with closing(Shared(f"redis://127.0.0.1:{port}/0")) as store, pytest.raises(Unreachable, match="out of reach"):
        store.open(NOW)
