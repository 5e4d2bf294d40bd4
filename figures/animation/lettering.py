"""The letters in a picture: those of the page, and Chinese ones where this machine has a font of them."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from PIL import ImageDraw, ImageFont

from words import language

FACE = "static/static/media/SourceSansVF-Upright*"  # within the installed Streamlit, which is not imported for it
WEIGHT = "Regular"  # the file holds all weights, and opens at the thinnest

# Fonts of Chinese that systems have, by the names of their files, under which Pillow finds them; some hold a face for
# each script.
HAN: tuple[tuple[str, dict[str, int]], ...] = (
    ("NotoSansCJK-Regular.ttc", {"zh-Hans": 2, "zh-Hant": 3}),
    ("NotoSansCJK-VF.otf.ttc", {"zh-Hans": 2, "zh-Hant": 3}),
    ("SourceHanSans.ttc", {"zh-Hans": 2, "zh-Hant": 3}),
    ("PingFang.ttc", {}),
    ("Hiragino Sans GB.ttc", {}),
    ("msyh.ttc", {}),
    ("msjh.ttc", {}),
    ("wqy-microhei.ttc", {}),
    ("wqy-zenhei.ttc", {}),
    ("DroidSansFallbackFull.ttf", {}),
)
NO_LETTER = "\uffff"  # that no font has
UNKNOWN = "?"  # stands for a letter that no font has

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@lru_cache(maxsize=8)
def font(size: int) -> Font:
    """Source Sans as Streamlit shows it, or where that is missing Pillow's own letters, which are fewer."""
    spec = find_spec("streamlit")
    homes = spec.submodule_search_locations if spec and spec.submodule_search_locations else []
    faces = [face for home in homes for face in sorted(Path(home).glob(FACE))]
    if not faces:
        return ImageFont.load_default(size)
    letters = ImageFont.truetype(faces[0], size)
    letters.set_variation_by_name(WEIGHT)
    return letters


@lru_cache(maxsize=32)
def han(size: int, code: str) -> Font | None:
    """The machine's letters for Chinese, drawn as a language has them; None where there are none."""
    for file, faces in HAN:
        try:
            return ImageFont.truetype(file, size, index=faces.get(code, 0))
        except OSError:
            continue
    return None


def has(letters: Font, letter: str) -> bool:
    """Whether a font has a letter: what it draws is not what it draws for one that no font has."""
    return letter.isspace() or bytes(letters.getmask(letter)) != bytes(letters.getmask(NO_LETTER))


@lru_cache(maxsize=4096)
def known(letter: str, code: str) -> bool | None:
    """Whether the letters of the page have this one; None where none of this machine do."""
    if has(font(16), letter):
        return True
    wide = han(16, code)
    return False if wide is not None and has(wide, letter) else None


def legible(texts: Iterable[str]) -> bool:
    """Whether this machine has every letter of the texts."""
    return all(known(letter, language()) is not None for letter in {*"".join(texts)})


def pieces(text: str, size: int) -> Iterator[tuple[str, Font]]:
    """A text in parts that have one font each."""
    code = language()
    for ours, letters in groupby(text, lambda letter: known(letter, code)):
        part = "".join(letters)
        wide = han(size, code) if ours is False else None
        yield (UNKNOWN * len(part) if ours is None else part), wide or font(size)


def length(text: str, size: int) -> float:
    """Pixels that a text is wide."""
    return sum(letters.getlength(part) for part, letters in pieces(text, size))


def write(
    draw: ImageDraw.ImageDraw,
    place: tuple[float, float],
    text: str,
    colour: str | int,
    size: int,
    anchor: str,
    *,
    halo: int = 0,
    paper: str | None = None,
) -> None:
    """Writes a text on one line.

    Args:
        anchor: what of the text is at the place, in Pillow's letters: left, middle or right; top, middle or baseline.
        halo: pixels of `paper` around its letters.
    """
    parts = list(pieces(text, size))
    if all(letters is font(size) for _, letters in parts):
        draw.text(
            place,
            "".join(part for part, _ in parts),
            colour,
            font(size),
            anchor=anchor,
            stroke_width=halo,
            stroke_fill=paper,
        )
        return
    x = place[0] - {"l": 0.0, "m": 0.5, "r": 1.0}[anchor[0]] * length(text, size)
    y = place[1] + {"s": 0.0, "m": 0.35, "t": 0.85}[anchor[1]] * size  # down to the baseline
    for part, letters in parts:
        draw.text((x, y), part, colour, letters, anchor="ls", stroke_width=halo, stroke_fill=paper)
        x += letters.getlength(part)
