"""The container and its services as far as they can be looked at without Docker: files, commands, ports, settings."""

import json
import re

import pytest
from driver import REPOSITORY
from streamlit.config import _config_options_template as streamlits_options
from streamlit.config import get_where_defined

from hosting.settings import FRAME_HOSTS, MOST_SESSIONS, STATUS_TOKEN
from rooms.store import SETTING

DEPLOY = REPOSITORY / "deploy"
CONTAINER, SERVICES, PROXY = (
    (DEPLOY / name).read_text(encoding="utf-8") for name in ("Dockerfile", "compose.yaml", "nginx.conf")
)
STEPS = [line.split(maxsplit=1) for line in CONTAINER.replace("\\\n", " ").splitlines() if re.match("[A-Z]+ ", line)]
(COMMAND,) = (json.loads(words) for step, words in STEPS if step == "CMD")
OPTIONS = dict(option.removeprefix("--").split("=") for option in COMMAND[5:])


@pytest.mark.parametrize("copied", [words.split() for step, words in STEPS if step == "COPY"], ids=" ".join)
def test_what_is_copied_is_there_and_keeps_its_name(copied):
    *sources, target = copied
    assert all((REPOSITORY / source).exists() for source in sources)
    assert target == "./" or sources == [target]


def test_the_command_runs_a_file_that_is_copied_with_options_that_streamlit_has():
    assert COMMAND[:4] == ["python", "-m", "streamlit", "run"]
    assert any(COMMAND[4] in words.split() for step, words in STEPS if step == "COPY")
    assert {get_where_defined(name) is not None for name in OPTIONS} == {True}  # it raises for one that is none


def test_the_ports_meet():
    port = OPTIONS["server.port"]
    assert [words for step, words in STEPS if step == "EXPOSE"] == [port]
    assert f"127.0.0.1:{port}/_stcore/script-health-check" in CONTAINER
    processes = re.findall(r"^  (app-\d+): \*app$", SERVICES, re.MULTILINE)
    assert len(processes) >= 2
    assert re.findall(r"^ +server (\S+) ", PROXY, re.MULTILINE) == [f"{process}:{port}" for process in processes]
    assert re.findall(r"^    depends_on: \[(.*)\]", SERVICES, re.MULTILINE) == [", ".join(processes)]
    assert set(re.findall(r"listen (?:\S*:)?(\d+)", PROXY)) == set(re.findall(r'ports: \["\S+:(\d+)"\]', SERVICES))


def test_the_services_files_are_there():
    (folder,) = re.findall(r"context: (\S+)", SERVICES)
    (file,) = re.findall(r"dockerfile: (\S+)", SERVICES)
    (mounted,) = re.findall(r'volumes: \["(\S+?):', SERVICES)
    assert (DEPLOY / folder).samefile(REPOSITORY)
    assert (DEPLOY / folder / file).samefile(DEPLOY / "Dockerfile")
    assert (DEPLOY / mounted).samefile(DEPLOY / "nginx.conf")


def test_the_processes_share_their_rooms_in_a_service_of_their_own():
    (host, port) = re.findall(r"redis://(\w+):(\d+)/0", SERVICES)[0]
    assert f"\n  {host}:\n" in SERVICES
    assert port == "6379"  # where Redis is by itself


def test_every_setting_is_one_that_is_read():
    names = re.findall(r"^    ([A-Z_]+): ", SERVICES, re.MULTILINE)
    names += [words.split("=")[0] for step, words in STEPS if step == "ENV"]
    streamlits = {
        "STREAMLIT_" + re.sub("([A-Z])", r"_\1", name.replace(".", "_")).upper() for name in streamlits_options
    }
    assert len(names) >= 5
    assert set(names) <= {MOST_SESSIONS, FRAME_HOSTS, STATUS_TOKEN, SETTING} | streamlits
