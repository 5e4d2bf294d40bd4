"""Round numbers on the left of the picture and below it, with the names of both."""

import math

import numpy as np
from PIL import Image, ImageDraw

from figures.animation.lettering import font
from figures.animation.view import LEFT, RIGHT, TOP, View
from figures.theme import INK, PAPER
from landscapes import Interval, shown
from words import short

TICK = 13  # pixels of height of the letters
GAP = 8  # pixels between a number and the plot
INSIDE, HALO = 6, 2  # pixels from the edge to a name within the plot, and of paper around its letters


def axes(sheet: Image.Image, seen: View, names: tuple[str, str]) -> None:
    """Ticks and their numbers, and names that fit beside them; a number too long for its margin is written upwards."""
    draw = ImageDraw.Draw(sheet)
    (x0, _), (y0, _) = seen.domain
    for x, label in labels(seen.domain[0]):
        across = LEFT + float(seen.pixels(np.array([x, y0]))[0])
        bottom = TOP + seen.height
        draw.line((across, bottom, across, bottom + 4), INK)
        middle = min(across, sheet.width - font(TICK).getlength(label) / 2)
        draw.text((middle, bottom + 7), label, INK, font(TICK), anchor="mt")
    for y, label in labels(seen.domain[1]):
        down = TOP + float(seen.pixels(np.array([x0, y]))[1])
        draw.line((LEFT - 5, down, LEFT - 1, down), INK)
        if font(TICK).getlength(label) < LEFT - GAP:
            draw.text((LEFT - GAP, down), label, INK, font(TICK), anchor="rm")
        else:
            upwards(sheet, label, down)
    below, beside = map(shown, names)
    if fits(below, RIGHT - 4):
        draw.text((LEFT + seen.width + 4, TOP + seen.height), below, INK, font(TICK), anchor="ls")
    if fits(beside, LEFT - GAP):
        draw.text((LEFT - GAP, TOP - 6), beside, INK, font(TICK), anchor="rs")


def long_names(chart: Image.Image, names: tuple[str, str]) -> None:
    """Names of axes that do not fit beside the plot, in its corners: across lower right, upwards upper left."""
    draw, (across, up) = ImageDraw.Draw(chart), map(shown, names)
    if not fits(across, RIGHT - 4):
        draw.text(
            (chart.width - INSIDE, chart.height - INSIDE),
            across,
            INK,
            font(TICK),
            anchor="rs",
            stroke_width=HALO,
            stroke_fill=PAPER,
        )
    if not fits(up, LEFT - GAP):
        draw.text((INSIDE, INSIDE), up, INK, font(TICK), anchor="lt", stroke_width=HALO, stroke_fill=PAPER)


def fits(name: str, room: float) -> bool:
    """Whether a name has room in so many pixels."""
    return font(TICK).getlength(name) <= room


def upwards(sheet: Image.Image, label: str, down: float) -> None:
    """A number along the left axis, its middle at its tick."""
    letters = Image.new("L", (math.ceil(font(TICK).getlength(label)), TICK))
    ImageDraw.Draw(letters).text((0, TICK / 2), label, 255, font(TICK), anchor="lm")
    turned = letters.transpose(Image.Transpose.ROTATE_90)
    sheet.paste(INK, (LEFT - GAP - TICK, round(down - turned.height / 2)), turned)


def labels(interval: Interval) -> list[tuple[float, str]]:
    """About five round numbers in an interval, with as many digits as tell them apart.

    >>> labels((-2.0, 2.3)) == [(-2.0, "−2"), (-1.0, "−1"), (0.0, "0"), (1.0, "1"), (2.0, "2")]
    True
    >>> [label for _, label in labels((0.99996, 1.00007))]
    ['0.99996', '0.99998', '1', '1.00002', '1.00004', '1.00006']
    """
    low, high = interval
    rough = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = min((factor * power for factor in (1, 2, 5, 10)), key=lambda size: abs(size - rough))
    digits = 1 + math.floor(math.log10(max(abs(low), abs(high)))) - math.floor(math.log10(step))
    numbers = [number * step for number in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return [(number, short(number, max(3, digits))) for number in numbers]
