"""What stays the same from frame to frame: the contour map, its axes, the landmarks, the legend, the title."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from figures.animation.axes import axes, long_names
from figures.animation.colours import bands, mixed, rgb
from figures.animation.lettering import length, write
from figures.animation.over import laid_over
from figures.animation.strokes import strokes
from figures.animation.symbols import SIDE, head, landmark, stamp
from figures.animation.trails import LINE, Mask
from figures.animation.view import BOTTOM, LEFT, RIGHT, ROW, SCALE, TOP, View, borders, fine
from figures.height import LEVELS, Heights, mesh
from figures.maps import MANY, RESOLUTION, Run
from figures.theme import HAIR_OPACITY, INK, PAPER
from landscapes import Array, Landscape
from words import say

NAME, WORD = 19, 15  # pixels of height of the letters
SWATCH = 34  # pixels of a run's line in the legend
GAP, APART = 8, 20  # pixels from it to the name, and behind the name
COUNT = 190  # pixels beside the name for the step
WHOLE = re.compile(
    r"\s*(?:[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+)"
)  # between these a line may break
Entry = tuple[int, Run]  # pixels from the left


@dataclass(frozen=True)
class Picture:
    """The picture without its runs."""

    sheet: Image.Image
    chart: Image.Image
    corner: tuple[int, int]  # where the map lies on the sheet

    def at(self, step: int, steps: int) -> Image.Image:
        """A copy of the sheet that says which step it shows."""
        sheet = self.sheet.copy()
        x = self.corner[0] + self.chart.width - length(counted(steps, steps), WORD)
        write(ImageDraw.Draw(sheet), (x, TOP - 11), counted(step, steps), INK, WORD, "ls")
        return sheet


def counted(step: int, steps: int) -> str:
    """Which step it is, in words."""
    return say("step {step} of {steps}", step=f"{step:,}", steps=f"{steps:,}")


def backdrop(
    landscape: Landscape,
    height: Heights,
    seen: View,
    landmarks: Mapping[str, Array],
    lines: Sequence[Sequence[Entry]],
    over: str,
) -> Picture:
    """The sheet with everything on it that does not move."""
    size = (LEFT + seen.width + RIGHT, TOP + seen.height + BOTTOM + ROW * len(lines))
    sheet = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(sheet)
    write(draw, (LEFT, TOP - 11), begun(say(landscape.name), NAME, seen.width - COUNT), INK, NAME, "ls")
    draw.rectangle((LEFT - 1, TOP - 1, LEFT + seen.width, TOP + seen.height), outline=INK)
    axes(sheet, seen, landscape.axes)
    for row, entries in enumerate(lines):
        for x, run in entries:
            entry(sheet, x, TOP + seen.height + BOTTOM + ROW * row, run)
    chart = laid_over(contour_map(landscape, height, seen), landscape, seen, over)
    for kind, points in landmarks.items():
        for place in seen.pixels(points).T:
            stamp(chart, landmark(kind, 6.0 if points.shape[1] <= MANY else 3.0), tuple(place))
    long_names(chart, landscape.axes)
    return Picture(sheet, chart, (LEFT, TOP))


def contour_map(landscape: Landscape, height: Heights, seen: View) -> Image.Image:
    """Bands of colour between the level sets, with hairlines; paper where the loss is not a number."""
    drawn = height.of(landscape.value(mesh(seen.domain, RESOLUTION)))
    share = fine((drawn - height.low) / (height.high - height.low), seen)
    level = np.clip(share, 0.0, 1.0) * LEVELS + 0.5
    band = np.where(np.isnan(level), LEVELS + 1, np.nan_to_num(level)).astype(int)
    colours = np.vstack([bands(), rgb(PAPER)])[band]
    line = borders(band)
    colours[line] = mixed(colours[line], rgb(INK), HAIR_OPACITY)
    return Image.fromarray(colours.round().astype(np.uint8)).reduce(SCALE)


def legend(runs: Sequence[Run], width: int) -> list[list[Entry]]:
    """Every name once, with its place in its line; a line that is full is followed by another.

    A name that is longer than a line is broken, and has the next lines for itself.
    """
    lines: list[list[Entry]] = []
    x = width
    for run in {(run.label, run.colour, run.dash): run for run in runs}.values():
        first, *others = broken(run.label, width - LEFT - SWATCH - GAP)
        wide = SWATCH + GAP + round(length(first, WORD)) + APART
        if others or x + wide > width:
            lines.append([])
            x = LEFT
        lines[-1].append((x, run))
        lines += [[] for _ in others]
        x = width if others else x + wide
    return lines


def broken(name: str, room: float) -> list[str]:
    """A name in lines of as many words as have room.

    >>> broken("Gradient descent η 0.1", 60.0)
    ['Gradient', 'descent', 'η 0.1']
    """
    lines = [""]
    for word in WHOLE.findall(name):
        longer = lines[-1] + word
        if length(longer.strip(), WORD) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line.strip() for line in lines]


def begun(name: str, size: int, room: float) -> str:
    """A name, or as much of it as has room with three dots behind it."""
    if length(name, size) <= room:
        return name
    return next(cut for end in range(len(name), -1, -1) if length(cut := f"{name[:end]}…", size) <= room or not end)


def entry(sheet: Image.Image, x: int, y: int, run: Run) -> None:
    """One name of the legend behind its line and its head."""
    track = np.array([[0.0, SWATCH], [ROW / 2, ROW / 2]])
    mask = Mask((SWATCH, ROW))
    mask.add(*strokes(track, run.dash, (SWATCH, ROW)).between(-1, 1), LINE)
    sheet.paste(run.colour, (x, y), mask.small())
    swatch = head(run.colour)
    sheet.paste(swatch, (x + SWATCH // 2 - SIDE // 2, y + ROW // 2 - SIDE // 2), swatch)
    for row, words in enumerate(broken(run.label, sheet.width - LEFT - SWATCH - GAP)):
        place = x + SWATCH + GAP, y + ROW * row + ROW / 2
        write(ImageDraw.Draw(sheet), place, words, INK, WORD, "lm")
