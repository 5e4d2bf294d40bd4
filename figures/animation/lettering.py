"""The letters in a picture: those of the page."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont

FACE = "static/static/media/SourceSansVF-Upright*"  # within the installed Streamlit, which is not imported for it


WEIGHT = "Regular"  # the file holds all weights, and opens at the thinnest


@lru_cache(maxsize=8)
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Source Sans as Streamlit shows it, or where that is missing Pillow's own letters, which are fewer."""
    spec = find_spec("streamlit")
    homes = spec.submodule_search_locations if spec and spec.submodule_search_locations else []
    faces = [face for home in homes for face in sorted(Path(home).glob(FACE))]
    if not faces:
        return ImageFont.load_default(size)
    letters = ImageFont.truetype(faces[0], size)
    letters.set_variation_by_name(WEIGHT)
    return letters
