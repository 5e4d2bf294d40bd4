"""Races that each show one thing, by their names in a link: what a lecturer opens in one click."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import parse_qs

from pages.shared.fields import VERSION, Reader
from words import Message, mark

PARAMETER = "story"  # of a link, in place of all that the story chooses


class Story(NamedTuple):
    """A race that shows one thing."""

    title: str
    hint: str  # what it shows, in a few words
    sentence: str
    link: str  # its choices


STORIES = {
    "saddle": Story(
        mark("Saddle"),
        mark("it looks converged"),
        mark("The loss levels off at a saddle: gradient descent leaves it again, Newton’s method stays."),
        "landscape=double_well&start=0.00000001~1.5&run=gradient_descent~0.05&run=newton&steps=150",
    ),
    "valley": Story(
        mark("Valley"),
        mark("one rate, two directions"),
        mark("The steep walls allow only a small learning rate, which is slow along the flat floor; momentum arrives."),
        "landscape=elongated_valley&run=gradient_descent~0.0195&run=momentum~0.01&steps=300",
    ),
    "too-fast": Story(
        mark("Too fast"),
        mark("2/λ is the limit"),
        mark("Two learning rates, one on each side of 2/λₘₐₓ: the smaller arrives, the larger diverges."),
        "landscape=quadratic_bowl&run=gradient_descent~0.19&run=gradient_descent~0.21&steps=200",
    ),
    "momentum": Story(
        mark("Momentum"),
        mark("over the barrier"),
        mark("Gradient descent stops in the first minimum; momentum runs over the barrier into the lower one."),
        "landscape=tilted_double_well&start=1.8~1&run=gradient_descent~0.02&run=momentum~0.02&steps=300",
    ),
    "noise": Story(
        mark("Noise"),
        mark("leaves where exact stays"),
        mark("With exact gradients this run ends on the saddle; a little noise is enough to leave it."),
        "landscape=double_well&start=0~1.5&noise=0.01&run=gradient_descent~0.05&steps=200",
    ),
    "many-minima": Story(
        mark("Many minima"),
        mark("the start decides"),
        mark("The same rule from a grid of starts: which of the four minima it reaches depends on the start alone."),
        "landscape=himmelblau&run=gradient_descent~0.01&starts=grid~4&steps=200",
    ),
    "your-formula": Story(
        mark("Your formula"),
        mark("type it, drag the start"),
        mark("A surface of your own: type another formula, change its number a, drag the start."),
        "landscape=formula&f=x^2/4%2By^2%2Ba*sin(3*x)*cos(2*y)&x=-3~3&y=-3~3&knobs=a~1&start=2.5~2"
        "&run=gradient_descent~0.05&run=momentum~0.02&steps=200",
    ),
}


def expand(link: Mapping[str, Sequence[str]]) -> tuple[dict[str, Sequence[str]], list[Message]]:
    """The link with the choices of the story that it names in place of the name, and a sentence where there is none.

    What else stands in the link is kept, and goes before what the story chooses.
    """
    rest = {key: texts for key, texts in link.items() if key != PARAMETER}
    reader = Reader(link)
    name = reader.one_of(PARAMETER, list(STORIES), "")
    return ({"v": [VERSION], **parse_qs(STORIES[name].link), **rest} if name else rest), reader.dropped
