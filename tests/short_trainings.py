"""Networks that are trained for few steps: for tests of how it is shown what they come to, and not of what that is."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from unittest.mock import patch

from course import LESSONS
from pages.lessons_parts.choices import knobs, picture_of
from pages.lessons_parts.watch import at_first
from pages.networks_parts import model_bias

PICTURES = {
    "depth": "part=depth&depth_steps=50&depth_width=4",
    "model-bias": "part=model_bias&bias_seed=919",  # a seed that nobody else asks for: what comes of it is kept
}


@contextmanager
def short_trainings() -> Iterator[None]:
    """The lessons on depth and on model bias, and that part of Networks, train for 50 steps."""
    lessons = {name: replace(LESSONS[name], picture=picture) for name, picture in PICTURES.items()}
    with ExitStack() as after, patch.object(model_bias, "STEPS", 50), patch.dict(LESSONS, lessons):
        for known in (picture_of, knobs, at_first):  # by the name of a lesson, of which there is another meanwhile
            known.cache_clear()
            after.callback(known.cache_clear)
        yield
