"""Serves Fall Line with two processes behind nginx: `python deploy/serve.py`, or `make serve`.

They share their rooms by a Redis of their own, unless `FALL_LINE_ROOMS` names another. Whatever process ends is
started anew. On SIGTERM or Ctrl-C nginx takes no more visitors, and the processes end when what they are at is
answered.
"""

import argparse
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

HOME = Path(__file__).parents[1]
LOCAL = "127.0.0.1"
LOOK = 0.5  # seconds between two looks whether every process is there
ROOMS = "FALL_LINE_ROOMS"  # the environment's name for the address of a Redis
GRACE = 20  # seconds in which a process may finish what it is at


def arguments() -> argparse.Namespace:
    """What is asked for on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--port", type=int, default=8080, help="where visitors come (8080)")
    parser.add_argument("--address", default=LOCAL, help="0.0.0.0 for visitors from other machines (127.0.0.1)")
    parser.add_argument("--processes", type=int, default=2, help="about one for each core (2)")
    parser.add_argument("--first", type=int, default=8501, help="port of the first process; the others follow (8501)")
    return parser.parse_args()


def configuration(address: str, port: int, first: int, processes: int, folder: str) -> str:
    """`nginx.conf` for processes on this machine."""
    text = (HOME / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    ports = range(first, first + processes)
    servers = "".join(f"        server {LOCAL}:{each} max_fails=1 fail_timeout=5s;\n" for each in ports)
    text = re.sub(r"( +server app-\d:.*\n)+", servers, text)
    text = text.replace("listen 8080;", f"listen {address}:{port};")
    return text.replace("/tmp/fall-line-nginx", f"{folder}/nginx")


def commands(asked: argparse.Namespace, nginx: str, folder: str) -> list[list[str]]:
    """What is run: nginx, then one process after the other."""
    settings = Path(folder) / "nginx.conf"
    settings.write_text(
        configuration(asked.address, asked.port, asked.first, asked.processes, folder), encoding="utf-8"
    )
    streamlit = [sys.executable, "-m", "streamlit", "run", str(HOME / "app.py"), f"--server.address={LOCAL}"]
    streamlit += ["--server.headless=true", "--server.fileWatcherType=none"]
    return [
        [nginx, "-c", str(settings), "-p", folder, "-g", "daemon off;"],
        *([*streamlit, f"--server.port={asked.first + number}"] for number in range(asked.processes)),
    ]


def rooms_of_all(folder: str) -> tuple[list[str], str]:
    """The command of a Redis that nobody else reaches, which writes nothing down, and its address."""
    socket = f"{folder}/rooms.sock"
    kept = ["--save", "", "--appendonly", "no", "--maxmemory", "1gb"]
    return ["redis-server", "--port", "0", "--unixsocket", socket, "--dir", folder, *kept], f"unix://{socket}"


def serve(run: Sequence[Sequence[str]], settings: Mapping[str, str]) -> None:
    """Runs all commands until it is asked to end, each anew where it ends by itself.

    Args:
        settings: variables of the environment that are not set otherwise.
    """
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    shared = {"STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32), **settings} | os.environ
    running = [start(command, shared) for command in run]
    while not ending.wait(LOOK):
        for place, process in enumerate(running):
            if process.poll() is not None:
                print(f"{run[place][0]} ended with {process.returncode} and is started anew", file=sys.stderr)
                running[place] = start(run[place], shared)
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()


def start(command: Sequence[str], environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """A process in the top folder, apart from the terminal's signals, which come to this one alone."""
    return subprocess.Popen(command, cwd=HOME, env=environment, start_new_session=True)


def main() -> None:
    """Serves until it is asked to end."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        sys.exit("Several processes need nginx before them: install it, or run one with `make run`.")
    asked = arguments()
    with TemporaryDirectory() as folder:
        print(f"Fall Line: http://{asked.address}:{asked.port}")
        run, settings = commands(asked, nginx, folder), {}
        if asked.processes > 1 and not os.environ.get(ROOMS):
            if shutil.which("redis-server"):
                redis, settings[ROOMS] = rooms_of_all(folder)
                run.insert(0, redis)
            else:
                print("A room is known to one process alone: install redis-server, and all share it.", file=sys.stderr)
        serve(run, settings)


if __name__ == "__main__":
    main()
