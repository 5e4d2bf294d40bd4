"""The animated GIF as an MP4, where the machine has ffmpeg: smaller, and slides play it."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

PATIENCE = 0.1  # seconds between two looks whether it is done
LONGEST = 600  # looks after which it is given up
EVEN = "fps=25,scale=trunc(iw/2)*2:trunc(ih/2)*2"  # H.264 as every player reads it has even sides


def can_film() -> bool:
    """Whether this machine can make MP4s."""
    return shutil.which("ffmpeg") is not None


def as_film(gif: bytes, progress: Callable[[], None] = lambda: None) -> bytes:
    """The same frames in an MP4, at their own pace.

    Args:
        progress: called ten times a second; to cancel, it raises, and ffmpeg is stopped.

    Raises:
        RuntimeError: ffmpeg failed, or took longer than a minute.
    """
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "film.gif"), Path(folder, "film.mp4")
        source.write_bytes(gif)
        command = ["ffmpeg", "-loglevel", "error", "-nostdin", "-threads", "1", "-i", str(source)]
        command += ["-vf", EVEN, "-pix_fmt", "yuv420p", "-movflags", "+faststart", str(target)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            try:
                for _ in range(LONGEST):
                    try:
                        _, said = process.communicate(timeout=PATIENCE)
                        break
                    except subprocess.TimeoutExpired:
                        progress()
                else:
                    raise RuntimeError("ffmpeg took longer than a minute")
            finally:
                process.kill()
        if process.returncode:
            raise RuntimeError(f"ffmpeg failed: {said.strip()}")
        return target.read_bytes()
