"""The map with its runs as an animated GIF, drawn by Pillow: it plays on slides and needs no browser to be made."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO

import numpy as np
from PIL import Image

from figures.animation.colours import quantised
from figures.animation.film import as_film, can_film
from figures.animation.over import TINTS
from figures.animation.picture import Picture, backdrop, legend
from figures.animation.trails import Trails
from figures.animation.view import view
from figures.height import Heights
from figures.maps import Run
from landscapes import Array, Domain, Landscape

__all__ = ["FRAMES", "SIZE", "animation", "as_film", "can_film"]

FRAMES = 120  # at most: longer runs are shown every so many steps
SIZE = (720, 600)  # pixels
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
    steps = max((run.positions.shape[1] for run in runs), default=1) - 1
    shown = sorted({round(step) for step in np.linspace(0, steps, FRAMES)})
    lines = legend(runs, SIZE[0])
    window, scale = zoom or (domain, height)
    seen = view(domain, SIZE, len(lines), window)
    picture = backdrop(landscape, scale, seen, landmarks or {}, lines, over)
    colours = [run.colour for run in runs], TINTS.get(over, ())
    frames = drawn(picture, Trails(runs, seen), colours, shown, progress)
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
        frame.paste(trails.over(picture.sea, step), picture.corner)
        yield quantised(frame, *colours)
        if progress is not None:
            progress(number / len(shown))
