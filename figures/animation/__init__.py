"""The map with its runs as an animated GIF, drawn by Pillow: it plays on slides and needs no browser to be made."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO

import numpy as np
from PIL import Image

from figures.animation.colours import quantised
from figures.animation.film import as_film, can_film
from figures.animation.lettering import legible
from figures.animation.over import TINTS
from figures.animation.picture import Picture, backdrop, legend
from figures.animation.trails import Trails
from figures.animation.view import view
from figures.height import Heights
from figures.maps import Run
from figures.theme import PAPER
from landscapes import Array, Domain, Landscape

__all__ = ["FRAMES", "SIZE", "animation", "as_film", "can_film", "legible", "poster"]

FRAMES = 120  # at most: longer runs are shown every so many steps
SIZE = (720, 600)  # pixels
CODE = 360  # pixels of the sides of a QR code beside the picture, at most where it can be as small
SECONDS, SLOWEST, LAST = 7.2, 0.25, 2.0  # the whole, one frame of a short run, the rest on the last step


def animation(
    landscape: Landscape,
    runs: Sequence[Run],
    height: Heights,
    domain: Domain,
    landmarks: Mapping[str, Array] | None = None,
    zoom: tuple[Domain, Heights] | None = None,
    over: str = "none",
    progress: Callable[[float], None] | None = None,
) -> bytes:
    """A GIF of at most 120 frames, 720 by 600 pixels, that rests on the last step and begins again.

    Args:
        landmarks: by kind, each of shape (2, K).
        zoom: a window that is shown instead of the domain, with its own scale.
        over: one of the `OVERLAYS`.
        progress: called after each frame with the share that is done, above 0 and at most 1; to cancel, it raises.
    """
    steps = last_step(runs)
    shown = sorted({round(step) for step in np.linspace(0, steps, FRAMES)})
    picture, trails = layers(landscape, runs, height, domain, landmarks, zoom, over)
    colours = [run.colour for run in runs], TINTS.get(over, ())
    frames = drawn(picture, trails, colours, shown, progress)
    pace = round(1000 * min(SECONDS / len(shown), SLOWEST), -1)
    file = BytesIO()
    next(frames).save(
        file,
        "GIF",
        save_all=True,
        append_images=frames,
        duration=[pace] * (len(shown) - 1) + [1000 * LAST],
        loop=0,
        optimize=True,
    )
    return file.getvalue()


def poster(
    landscape: Landscape,
    runs: Sequence[Run],
    height: Heights,
    domain: Domain,
    landmarks: Mapping[str, Array] | None = None,
    zoom: tuple[Domain, Heights] | None = None,
    over: str = "none",
    code: bytes | None = None,
) -> bytes:
    """The last frame of the GIF as PNG, 720 by 600 pixels, with a picture on its right: a QR code, of any size.

    Args:
        landmarks, zoom, over: as for `animation`.
        code: a picture in a form that Pillow reads.
    """
    steps = last_step(runs)
    picture, trails = layers(landscape, runs, height, domain, landmarks, zoom, over)
    frame = picture.at(steps, steps)
    frame.paste(trails.over(picture.chart, steps), picture.corner)
    if code is not None:
        small = Image.open(BytesIO(code)).convert("RGB")
        times = max(1, CODE // small.width)  # whole pixels: its squares stay sharp
        small = small.resize((times * small.width, times * small.height), Image.Resampling.NEAREST)
        sheet = Image.new("RGB", (frame.width + small.width, max(frame.height, small.height)), PAPER)
        sheet.paste(frame, (0, 0))
        sheet.paste(small, (frame.width, (sheet.height - small.height) // 2))
        frame = sheet
    file = BytesIO()
    frame.save(file, "PNG", optimize=True)
    return file.getvalue()


def last_step(runs: Sequence[Run]) -> int:
    """The last step of the longest run."""
    return max((run.positions.shape[1] for run in runs), default=1) - 1


def layers(
    landscape: Landscape,
    runs: Sequence[Run],
    height: Heights,
    domain: Domain,
    landmarks: Mapping[str, Array] | None,
    zoom: tuple[Domain, Heights] | None,
    over: str,
) -> tuple[Picture, Trails]:
    """What stays the same from frame to frame, and what moves on it."""
    lines = legend(runs, SIZE[0])
    window, scale = zoom or (domain, height)
    seen = view(domain, SIZE, len(lines), window)
    return backdrop(landscape, scale, seen, landmarks or {}, lines, over), Trails(runs, seen)


def drawn(
    picture: Picture,
    trails: Trails,
    colours: tuple[Sequence[str], Sequence[str]],
    shown: Sequence[int],
    progress: Callable[[float], None] | None,
) -> Iterator[Image.Image]:
    """The frames, one after the other, all in one palette."""
    for number, step in enumerate(shown, start=1):
        frame = picture.at(step, shown[-1])
        frame.paste(trails.over(picture.chart, step), picture.corner)
        yield quantised(frame, *colours)
        if progress is not None:
            progress(number / len(shown))
