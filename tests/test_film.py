"""The animated GIF as an MP4: where there is ffmpeg it plays; where it fails or is cancelled, nothing stays behind."""

import shutil
import subprocess
from io import BytesIO

import pytest
from PIL import Image

from figures import as_film, can_film

needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")


def gif(frames=5, size=(101, 61)):
    """A GIF that grows brighter, half a second a frame; its sides are odd, which H.264 does not know."""
    pictures = [Image.new("RGB", size, (50 * k, 20, 20)) for k in range(frames)]
    file = BytesIO()
    pictures[0].save(file, "GIF", save_all=True, append_images=pictures[1:], duration=500)
    return file.getvalue()


def stand_in(monkeypatch, folder, script):
    """Something else that answers to ffmpeg's name."""
    program = folder / "ffmpeg"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@needs_ffmpeg
def test_the_film_is_an_mp4_with_the_same_picture(tmp_path):
    film = as_film(gif())
    assert film[4:8] == b"ftyp"
    (tmp_path / "film.mp4").write_bytes(film)
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-i", "film.mp4", "-frames:v", "1", "first.png"], cwd=tmp_path, check=True
    )
    with Image.open(tmp_path / "first.png") as first:
        assert first.size == (100, 60)
        assert max(abs(a - b) for a, b in zip(first.getpixel((50, 30)), (0, 20, 20), strict=True)) < 12


def test_what_ffmpeg_writes_is_handed_on_and_without_ffmpeg_nothing_is_offered(monkeypatch, tmp_path):
    stand_in(monkeypatch, tmp_path, 'for last; do :; done; printf film > "$last"')
    assert can_film()
    assert as_film(gif()) == b"film"
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert not can_film()


def test_a_film_that_fails_says_why(monkeypatch, tmp_path):
    stand_in(monkeypatch, tmp_path, "echo no ink >&2; exit 1")
    with pytest.raises(RuntimeError, match="ffmpeg failed: no ink"):
        as_film(gif())


def test_a_film_that_is_cancelled_ends_ffmpeg(monkeypatch, tmp_path):
    stand_in(monkeypatch, tmp_path, f"echo $$ > {tmp_path}/new; mv {tmp_path}/new {tmp_path}/pid; exec sleep 60")

    def cancel():
        if (tmp_path / "pid").exists():
            raise InterruptedError

    with pytest.raises(InterruptedError):
        as_film(gif(), cancel)
    assert subprocess.run(["/bin/kill", "-0", (tmp_path / "pid").read_text().strip()], check=False).returncode
