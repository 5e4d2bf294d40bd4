"""Small marks with soft edges: heads, starts, landmarks."""

from functools import lru_cache
from math import cos, pi, sin

from PIL import Image, ImageDraw

from figures.theme import INK, PAPER, SYMBOLS

FINE = 4  # marks are drawn so many times larger, then reduced
SIDE = 24  # pixels of the square that holds a mark
NOTHING = (255, 255, 255, 0)


def stamp(picture: Image.Image, mark: Image.Image, place: tuple[float, ...]) -> None:
    """Puts a mark's middle on a place of the picture, if the place is in it."""
    x, y = place
    if 0 <= x <= picture.width and 0 <= y <= picture.height:
        picture.paste(mark, (round(x - SIDE / 2), round(y - SIDE / 2)), mark)


@lru_cache(maxsize=64)
def head(colour: str) -> Image.Image:
    """A run's present place: a disc in its colour with a rim of paper."""
    large, draw = canvas()
    middle = (FINE * SIDE / 2, FINE * SIDE / 2)
    draw.circle(middle, FINE * 7, fill=PAPER)
    draw.circle(middle, FINE * 5, fill=colour)
    return large.reduce(FINE)


@lru_cache(maxsize=1)
def ring() -> Image.Image:
    """A start: an open ring of paper between two of ink."""
    large, draw = canvas()
    middle = (FINE * SIDE / 2, FINE * SIDE / 2)
    for radius, width, colour in ((10.5, 6, INK), (9, 3, PAPER)):
        draw.circle(middle, FINE * radius, outline=colour, width=FINE * width)
    return large.reduce(FINE)


@lru_cache(maxsize=8)
def landmark(kind: str, radius: float) -> Image.Image:
    """A critical point, in the shape of its kind."""
    large, draw = canvas()
    for grown, colour in ((radius + 1.2, INK), (radius, PAPER)):
        draw.polygon(outline(SYMBOLS[kind], grown), fill=colour)
    if SYMBOLS[kind] == "diamond-x":
        middle, half = FINE * SIDE / 2, FINE * radius / 2
        for way in (1, -1):
            draw.line((middle - half, middle - way * half, middle + half, middle + way * half), INK, FINE)
    return large.reduce(FINE)


def outline(symbol: str, radius: float) -> list[tuple[float, float]]:
    """The corners of one of plotly's symbols, as far as landmarks use them."""
    corners, turn, inner = {"star": (10, 0.0, 0.45), "triangle-up": (3, 0.0, 1.0), "square": (4, 0.5, 1.0)}.get(
        symbol, (4, 0.0, 1.0)
    )
    radii = [radius * (inner if corner % 2 else 1.0) for corner in range(corners)]
    angles = [2 * pi * (corner + turn) / corners for corner in range(corners)]
    return [
        (FINE * (SIDE / 2 + r * sin(t)), FINE * (SIDE / 2 - r * cos(t))) for r, t in zip(radii, angles, strict=True)
    ]


def canvas() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty mark, large, and a pen for it."""
    large = Image.new("RGBA", (FINE * SIDE, FINE * SIDE), NOTHING)
    return large, ImageDraw.Draw(large)
