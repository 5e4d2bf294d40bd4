"""The settings that a host makes by variables of the environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

MOST_SESSIONS = "FALL_LINE_MOST_SESSIONS"
FRAME_HOSTS = "FALL_LINE_FRAME_HOSTS"
STATUS_TOKEN = "FALL_LINE_STATUS_TOKEN"
SOURCE = re.compile(r"\*|'self'|'none'|(https?://)?(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d+|:\*)?")
SHORTEST_TOKEN = 16  # characters


@dataclass(frozen=True)
class Settings:
    """What a process is told."""

    most_sessions: int | None = None  # visitors at once; None for as many as come
    frame_hosts: str = "*"  # who may show the app in a frame, as a content-security policy has it
    status_token: str | None = None  # who has it may ask how the process is doing; None for nobody


def read(environment: Mapping[str, str]) -> Settings:
    """The settings of an environment; what is empty is as if it were not there.

    >>> read({"FALL_LINE_MOST_SESSIONS": "200", "FALL_LINE_FRAME_HOSTS": "'self' https://moodle.example.org"})
    Settings(most_sessions=200, frame_hosts="'self' https://moodle.example.org", status_token=None)

    Raises:
        ValueError: one of them is not what it has to be.
    """
    most = environment.get(MOST_SESSIONS, "").strip()
    if most and not (most.isascii() and most.isdigit() and int(most) > 0):
        raise ValueError(f"{MOST_SESSIONS} is a whole number from 1 on, got {most!r}")
    hosts = environment.get(FRAME_HOSTS, "").split() or ["*"]
    if strange := [host for host in hosts if not SOURCE.fullmatch(host)]:
        raise ValueError(f"{FRAME_HOSTS} is hosts such as https://moodle.example.org, got {' '.join(strange)!r}")
    token = environment.get(STATUS_TOKEN, "").strip()
    if token and len(token) < SHORTEST_TOKEN:
        raise ValueError(f"{STATUS_TOKEN} has at least {SHORTEST_TOKEN} characters, got {len(token)}")
    return Settings(int(most) if most else None, " ".join(hosts), token or None)
