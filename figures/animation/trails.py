"""What moves: lines that grow from frame to frame on a halo of paper, and the heads of the runs."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from figures.animation.strokes import strokes
from figures.animation.symbols import head, ring, stamp
from figures.animation.view import SCALE, View
from figures.maps import Run
from figures.theme import CASING, PAPER

LINE, UNDER, THIN = 2, 5, 1  # pixels


class Trails:
    """The runs up to a step. Lines are only ever added to, so steps are asked for in rising order.

    What has been drawn is kept as masks, one for each colour, twice as fine as the picture: every segment is drawn
    once, however many frames show it.
    """

    def __init__(self, runs: Sequence[Run], view: View) -> None:
        self.size = (view.width, view.height)
        lanes = [(run, run.positions[:, :, n]) for run in runs if run.faint for n in range(run.positions.shape[2])]
        lanes += [(run, run.positions) for run in runs if not run.faint]
        self.runs = [run for run, _ in lanes]
        self.tracks = [view.pixels(positions) for _, positions in lanes]
        dashes = ["solid" if run.faint else run.dash for run in self.runs]
        self.strokes = [strokes(track, dash, self.size) for track, dash in zip(self.tracks, dashes, strict=True)]
        self.whole = [strokes(track, "solid", self.size) for track in self.tracks]
        self.colours = [run.colour for run in self.runs]
        self.casing = Mask(self.size)
        self.masks = {colour: Mask(self.size) for colour in self.colours}
        self.before = -1

    def over(self, chart: Image.Image, step: int) -> Image.Image:
        """The map with the lines up to a step, the starts and the heads."""
        for run, dashes, whole in zip(self.runs, self.strokes, self.whole, strict=True):
            if not run.faint:
                self.casing.add(*whole.between(self.before, step), UNDER)
            self.masks[run.colour].add(*dashes.between(self.before, step), THIN if run.faint else LINE)
        self.before = step
        picture = chart.copy()
        picture.paste(PAPER, mask=self.casing.small().point(lambda covered: covered * CASING))
        for colour, mask in self.masks.items():
            picture.paste(colour, mask=mask.small())
        for place in dict.fromkeys(tuple(track[:, 0]) for track in self.tracks):
            stamp(picture, ring(), place)
        for colour, track in zip(self.colours, self.tracks, strict=True):
            seen = np.flatnonzero(np.isfinite(track[:, : step + 1]).all(axis=0))
            if seen.size:
                stamp(picture, head(colour), tuple(track[:, seen[-1]]))
        return picture


class Mask:
    """Where a colour lies, from 0 to 255, drawn fine and handed out in the picture's size."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.fine = Image.new("L", (SCALE * size[0], SCALE * size[1]))
        self.reduced = self.fine.reduce(SCALE)

    def add(self, pieces: Sequence[tuple[int, int, int, int]], joined: Sequence[bool], width: int) -> None:
        """Draws more pieces; one that is joined to the piece before it gets a round joint."""
        draw = ImageDraw.Draw(self.fine)
        for (x0, y0, x1, y1), joint in zip(pieces, joined, strict=True):
            draw.line((x0, y0, x1, y1), fill=255, width=SCALE * width)
            if joint:
                draw.circle((x0, y0), SCALE * width / 2 - 0.5, fill=255)
        if pieces:
            self.reduced = self.fine.reduce(SCALE)

    def small(self) -> Image.Image:
        """The mask in the picture's size."""
        return self.reduced
