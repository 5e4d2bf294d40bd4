"""The content-security policy: a page runs our scripts and Streamlit's, and speaks with its own host alone."""

import re
from base64 import b64encode
from hashlib import sha256

INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:]+\](:\d+)?")


def policy(host: str, frame_hosts: str, page: bytes = b"") -> str:
    """The policy of an answer.

    Streamlit starts components from blob: modules and styles itself inline. Of the scripts that stand in a page those
    that were in it when it was sent are named by their hash, and no other runs.

    Args:
        host: as the request names it, with its port; one that is no host is left out.
        frame_hosts: who may show the page in a frame.
        page: the HTML, where the answer is a page.
    """
    hashes = [f"'sha256-{b64encode(sha256(script).digest()).decode()}'" for script in INLINE.findall(page)]
    sockets = [f"{scheme}://{host}" for scheme in ("ws", "wss") if HOST.fullmatch(host)]
    return "; ".join(
        [
            "default-src 'self'",
            " ".join(["script-src 'self' blob:", *dict.fromkeys(hashes)]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            " ".join(["connect-src 'self'", *sockets]),
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {frame_hosts}",
        ]
    )
