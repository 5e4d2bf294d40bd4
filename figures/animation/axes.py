"""Round numbers on the left of the picture and below it, with the names of both."""

import math

import numpy as np
from PIL import Image, ImageDraw

from figures.animation.lettering import length, write
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
        middle = min(across, sheet.width - length(label, TICK) / 2)
        write(draw, (middle, bottom + 7), label, INK, TICK, "mt")
    for y, label in labels(seen.domain[1]):
        down = TOP + float(seen.pixels(np.array([x0, y]))[1])
        draw.line((LEFT - 5, down, LEFT - 1, down), INK)
        if length(label, TICK) < LEFT - GAP:
            write(draw, (LEFT - GAP, down), label, INK, TICK, "rm")
        else:
            upwards(sheet, label, down)
    below, beside = map(shown, names)
    if fits(below, RIGHT - 4):
        write(draw, (LEFT + seen.width + 4, TOP + seen.height), below, INK, TICK, "ls")
    if fits(beside, LEFT - GAP):
        write(draw, (LEFT - GAP, TOP - 6), beside, INK, TICK, "rs")


def long_names(chart: Image.Image, names: tuple[str, str]) -> None:
    """Names of axes that do not fit beside the plot, in its corners: across lower right, upwards upper left."""
    draw, (across, up) = ImageDraw.Draw(chart), map(shown, names)
    if not fits(across, RIGHT - 4):
        place = chart.width - INSIDE, chart.height - INSIDE
        write(draw, place, across, INK, TICK, "rs", halo=HALO, paper=PAPER)
    if not fits(up, LEFT - GAP):
        write(draw, (INSIDE, INSIDE), up, INK, TICK, "lt", halo=HALO, paper=PAPER)


def fits(name: str, room: float) -> bool:
    """Whether a name has room in so many pixels."""
    return length(name, TICK) <= room


def upwards(sheet: Image.Image, label: str, down: float) -> None:
    """A number along the left axis, its middle at its tick."""
    letters = Image.new("L", (math.ceil(length(label, TICK)), TICK))
    write(ImageDraw.Draw(letters), (0, TICK / 2), label, 255, TICK, "lm")
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
