"""What can lie over the map, drawn with Pillow: arrows straight down, or how the surface bends."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from figures.animation.colours import mixed, rgb
from figures.animation.lettering import font
from figures.animation.view import SCALE, View, borders, fine
from figures.height import MARGIN
from figures.overlays import TINT, arrows, curvature
from figures.theme import INK, KIND_COLOURS, PAPER
from landscapes import Landscape

TINTS = {"curvature": tuple(KIND_COLOURS[kind] for kind in ("saddle", "maximum"))}  # the colours besides paper and ink
SIGN = 13  # pixels of height of a sign
FINE = 4  # arrows are drawn so many times larger, then reduced
STROKES = ((PAPER, 0.55, 2.6, 4.5), (INK, 0.85, 1.0, 3.0))  # colour, opacity, pixels of the line, of half the head


def laid_over(chart: Image.Image, landscape: Landscape, seen: View, kind: str) -> Image.Image:
    """The map with one of the `OVERLAYS` on it.

    Raises:
        KeyError: `kind` is none of these.
    """
    drawn: dict[str, Callable[[Image.Image, Landscape, View], Image.Image]] = {
        "none": lambda chart, *_: chart,
        "gradient": gradient_field,
        "curvature": curvature_signs,
    }
    return drawn[kind](chart, landscape, seen)


def gradient_field(chart: Image.Image, landscape: Landscape, seen: View) -> Image.Image:
    """Arrows along -∇f, all equally long."""
    tails, tips = (FINE * seen.pixels(points) for points in arrows(landscape, seen.domain))
    picture = chart.copy()
    for colour, opacity, width, half in STROKES:
        mask = Image.new("L", (FINE * seen.width, FINE * seen.height))
        draw = ImageDraw.Draw(mask)
        for tail, tip in zip(tails.T, tips.T, strict=True):
            along = (tip - tail) / np.hypot(*(tip - tail)) * FINE * half
            across, back = along[::-1] * (0.6, -0.6), tip - 2 * along
            draw.line([*tail, *back], 255, round(FINE * width))
            draw.polygon([*(tip + along / 2), *(back + across), *(back - across)], 255)
        small = mask.reduce(FINE)
        picture.paste(colour, mask=small.point([round(opacity * covered) for covered in range(256)]))
    return picture


def curvature_signs(chart: Image.Image, landscape: Landscape, seen: View) -> Image.Image:
    """Tints where an eigenvalue of the Hessian is negative, and a sign at the nodes of a coarse grid."""
    bent, regions = curvature(landscape, seen.domain)
    colours = np.asarray(chart, dtype=float)
    for kind, bend in bent.items():
        here, tint = fine(bend, seen, MARGIN) < 0, rgb(KIND_COLOURS[kind])
        for part, opacity in ((here, TINT), (borders(here), 1.0 - TINT)):
            share = np.asarray(Image.fromarray(np.uint8(255) * part).reduce(SCALE))[..., None] / 255
            colours = mixed(colours, tint, opacity * share)
    picture = Image.fromarray(colours.round().astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    for sign, places in regions.items():
        for place in seen.pixels(places).T:
            draw.text(tuple(place), sign, INK, font(SIGN), anchor="mm", stroke_width=1, stroke_fill=PAPER)
    return picture
