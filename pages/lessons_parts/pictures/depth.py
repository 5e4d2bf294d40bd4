"""The training losses of networks of every depth while they are trained."""

import numpy as np

from course import SeenPart
from figures import let_grow
from figures.stage import Panel
from landscapes import Domain
from pages.lessons_parts.pictures.page_picture import PagePicture, of_fields
from pages.networks_parts.choices import NetworksChoices
from pages.networks_parts.depth import DEPTHS, Losses, depth_panels, losses_of, trainings
from pages.networks_parts.progress import stage_of
from words import mark

KINDS = ("without", "with")


def losses(choices: NetworksChoices) -> dict[str, list[Losses]]:
    """Of every depth, without skip connections and with them."""
    both = trainings(choices)
    found: dict[str, list[Losses]] = {kind: [] for kind in KINDS}
    for number, (kind, training) in enumerate(
        (kind, each) for kind, of in zip(KINDS, both, strict=True) for each in of
    ):
        with stage_of(number / (2 * len(DEPTHS)), (number + 1) / (2 * len(DEPTHS))):
            found[kind].append(losses_of(training))
    return found


def seen(choices: NetworksChoices) -> SeenPart:
    """The losses at the end, (depths,) each: training loss, and test loss."""
    found = losses(choices)
    ends = {kind: np.array([each.train[-1] for each in found[kind]]) for kind in KINDS}
    tests = {f"test {kind}": np.array([each.test[-1] for each in found[kind]]) for kind in KINDS}
    return SeenPart(numbers=numbers(choices), curves={"depths": np.array(DEPTHS, dtype=float), **ends, **tests})


def panels(choices: NetworksChoices, look: Domain | None, answered: bool) -> list[Panel]:
    """The losses along training, which grow step by step, and at the end."""
    found = losses(choices)
    without, with_skips, by_depth = depth_panels(*found.values())
    for panel, of in zip((without, with_skips), found.values(), strict=True):
        let_grow(panel.figure, steps(choices), of[0].steps.astype(np.int64))
    return [without, with_skips, by_depth]


def steps(choices: NetworksChoices) -> int:
    """Those of the training."""
    return choices.depth_steps


knobs, numbers, turned = of_fields("depth_steps", "depth_width")
DEPTH = PagePicture(
    knobs=knobs,
    numbers=numbers,
    turned=turned,
    seen=seen,
    panels=panels,
    steps=steps,
    work=mark("Training networks of every depth"),
    ready=lambda choices: all(losses_of.has(training) for of in trainings(choices) for training in of),
)
