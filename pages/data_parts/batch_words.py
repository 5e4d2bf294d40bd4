"""What is said about the batches: how their gradients scatter, and what they do at the minimum and to a run."""

import numpy as np

from landscapes import Array, Batches, Landscape
from pages.data_parts.choices import DataChoices
from pages.data_parts.compute import Race
from pages.data_parts.noise import Noise, NoisySpread, fixed, noisy_spread
from words import coordinates, short

ZERO = 1e-9  # of the gradients of the examples: a batch's gradient that is smaller is zero
SAME = 1e-4  # degrees: directions that differ by less are one
FORMULA = "η s²(1 + β) / (λ(1 − β)(2(1 + β) − ηλ))"


def batch_name(choices: DataChoices, cut: Batches) -> str:
    """The batch that is looked at, with its size."""
    size = cut.rows(choices.turn).size
    if cut.order == "replaced":
        examples = f"{size:,} {'draw' if size == 1 else 'draws'} from {cut.examples:,} examples"
    else:
        examples = f"{size:,} of {cut.examples:,} examples" if size < cut.examples else f"all {size:,} examples"
    return f"batch {choices.turn + 1}, {examples}"


def cloud_words(choices: DataChoices, there: Noise) -> str:
    """The variances that were found beside the law's, or where there is no law, what was measured alone."""
    cut = choices.batches(choices.look)
    full = coordinates(there.full, zero=there.rounding)
    if fixed(cut) and cut.size == cut.examples:
        return f"A batch is all of the data: at the marker its gradient is the full gradient, {full}; nothing scatters."
    count = there.batches.shape[1]
    batches = f"{count} batches of {cut.size}" if count > 1 else f"the one batch of {cut.size}"
    if there.law is not None:
        law = "σ²/B" if cut.order == "replaced" else "S²/B · (1 − B/N)"
        return (
            f"At the marker the full gradient is {full}. {batches[0].upper()}{batches[1:]} scatter about it with "
            f"variances {pair(*there.variances)} along the two axes; {law} gives {pair(*np.diag(there.law))}."
        )
    said = (
        f"{lawless(choices, cut)} At the marker the full gradient is {full}; {'the mean of ' * (count > 1)}{batches} "
        f"{'is' if count > 1 else 'has'} {coordinates(there.mean, zero=there.rounding)}{bias(there, not fixed(cut))}."
    )
    return (
        f"{said} About their own mean they scatter with variances {pair(*np.diag(there.covariance))}."
        if count > 1
        else said
    )


def lawless(choices: DataChoices, cut: Batches) -> str:
    """Why no law tells how the batches scatter."""
    if choices.model().averages:
        return (
            "In order the batches are the same at every epoch: the law of variances is for batches drawn at random, "
            "and says nothing of these."
        )
    alone = " A single example becomes 0 by that, and so does its gradient, whatever the weights." * (cut.size == 1)
    return (
        "Normalised by itself, a batch has a loss that is not the mean of its examples’ losses: the law of variances "
        f"does not hold, and the mean of the batches’ gradients need not be the full gradient.{alone}"
    )


def bias(there: Noise, by_chance: bool) -> str:
    """How far the mean of the batches' gradients lies from the full gradient."""
    length = float(np.hypot(*there.full))
    if there.off == 0:
        return ", the same"
    share = f", {short(100 * there.off / length)} % of its length" if length > there.rounding else ""
    chance = f" (chance alone would make about {short(there.chance)})" * (by_chance and there.chance > 0)
    return f", off by {short(there.off)}{share}{chance}"


def critical_words(choices: DataChoices, seen: Landscape, best: Array | None) -> str:
    """What a batch does where the full gradient is zero; where no such place is known, what it does at the marker."""
    model, cut = choices.model(), choices.batches(choices.look)
    name = batch_name(choices, cut)
    place = np.array(choices.start) if best is None else best
    scale = max(float(np.abs(model.gradients(p)).max()) for p in (place, np.array(model.full.start)))
    pull = seen.gradient(place)
    none = float(np.abs(pull).max()) <= ZERO * scale
    if best is None:
        return at_marker(name, pull, model.full.gradient(place), ZERO * scale)
    found = f"At the minimum of the full loss that is marked, {coordinates(best)}, the full gradient is zero"
    if none:
        return f"{found}, and so is that of {name}: gradient descent on this batch stays there."
    return f"{found}; that of {name}, is {coordinates(pull)}, and gradient descent on this batch leaves."


def at_marker(name: str, batch: Array, full: Array, zero: float) -> str:
    """The angle between the ways down at the marker."""
    if min(float(np.abs(batch).max()), float(np.abs(full).max())) <= zero:
        what = f"{name}," if float(np.abs(batch).max()) <= zero else "the full loss"
        return f"At the marker the gradient of {what} is zero: it has no way down there."
    cosine = float(batch @ full / (np.hypot(*batch) * np.hypot(*full)))
    angle = float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
    if angle < SAME:
        return f"At the marker the way down of {name}, is that of all data."
    return f"At the marker the way down of {name}, is {short(angle)}° off that of all data."


def spread_words(choices: DataChoices, races: list[Race]) -> list[str]:
    """How far each race strays from the same run without noise, beside what theory expects where it knows it."""
    return [one_spread(choices, race, spread) for race in races if (spread := noisy_spread(choices, race)) is not None]


def one_spread(choices: DataChoices, race: Race, spread: NoisySpread) -> str:
    """The same for one race."""
    own = dict(race.run.numbers)
    curvature, axis = max(zip(spread.curvatures, "xy", strict=True))
    steep, border = own["learning_rate"] * curvature, 2 * (1 + own.get("momentum", 0.0))
    if not steep < border:
        return (
            f"{race.label}: along {axis}, ηλ = {short(steep)} is not below 2(1 + β) = {short(border)}: "
            "the run does not settle, with noise or without, and has no spread."
        )
    count = race.updates + 1 - spread.first
    x, y = map(short, map(float, spread.found))
    said = (
        f"{race.label}: over the last {count:,} points the squared distance from the same run without noise averages "
        f"{x} along x and {y} along y"
    )
    if spread.expected is None:
        said += ". In order the noise is the same at every epoch, and chance has no part in it: no expectation"
    else:
        looks = " and ".join(short(each.looks, 2) for each in spread.expected)
        expected = pair(*(each.variance for each in spread.expected))
        drawn = "shuffled epochs" if choices.order == "shuffled" else "independent draws"
        said += f" (correlated as they are, about {looks} independent looks). Expected for {drawn}: {expected}"
    return f"{said}; for independent draws and endless updates, {FORMULA} = {pair(*spread.for_ever)}."


def pair(x: float, y: float) -> str:
    """Two numbers for a sentence."""
    return f"{short(float(x))} and {short(float(y))}"
