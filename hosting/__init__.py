"""What a host sets and sees: who may come in, who may frame the app, and how a process is doing."""

from hosting.guests import STREAM, Door, Guests, is_page
from hosting.policy import policy
from hosting.reruns import RERUNS, Reruns
from hosting.settings import Settings, read
from hosting.status import status

__all__ = ["RERUNS", "STREAM", "Door", "Guests", "Reruns", "Settings", "is_page", "policy", "read", "status"]
