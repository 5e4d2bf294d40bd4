"""What is said about the batches: how their gradients scatter, and what they do at the minimum and to a run."""

import numpy as np

from landscapes import Array, Batches, Landscape
from pages.data_parts.choices import DataChoices
from pages.data_parts.compute import Race
from pages.data_parts.noise import Noise, NoisySpread, fixed, noisy_spread
from pages.shared.race import bad_batch
from words import coordinates, listed, listed_apart, paragraph, say, say_n, short

ZERO = 1e-9  # of the gradients of the examples: a batch's gradient that is smaller is zero
SAME = 1e-4  # degrees: directions that differ by less are one
FORMULA = "η s²(1 + β) / (λ(1 − β)(2(1 + β) − ηλ))"


def batch_name(choices: DataChoices, cut: Batches) -> str:
    """The batch that is looked at, with its size."""
    size, number = cut.rows(choices.turn).size, choices.turn + 1
    if cut.order == "replaced":
        return say_n(
            "batch {number}, {count} draw from {examples} examples",
            "batch {number}, {count} draws from {examples} examples",
            size,
            number=number,
            examples=f"{cut.examples:,}",
        )
    if size < cut.examples:
        return say(
            "batch {number}, {size} of {examples} examples",
            number=number,
            size=f"{size:,}",
            examples=f"{cut.examples:,}",
        )
    return say("batch {number}, all {size} examples", number=number, size=f"{size:,}")


def cloud_words(choices: DataChoices, there: Noise) -> str:
    """The variances that were found beside the law's, or where there is no law, what was measured alone."""
    cut = choices.batches(choices.look)
    full = coordinates(there.full, zero=there.rounding)
    if fixed(cut) and cut.size == cut.examples:
        return say(
            "A batch is all of the data: at the marker its gradient is the full gradient, {gradient}; nothing "
            "scatters.",
            gradient=full,
        )
    count = there.batches.shape[1]
    if there.law is not None:
        return paragraph(
            say("At the marker the full gradient is {gradient}.", gradient=full),
            say(
                "{count} batches of {size} scatter about it with variances {variances} along the two axes; {law} gives "
                "{expected}.",
                count=count,
                size=cut.size,
                variances=pair(*there.variances),
                law="σ²/B" if cut.order == "replaced" else "S²/B · (1 − B/N)",
                expected=pair(*np.diag(there.law)),
            ),
        )
    mean = coordinates(there.mean, zero=there.rounding)
    off = bias(there, not fixed(cut))
    if count == 1:
        measured = say(
            "At the marker the full gradient is {gradient}; the one batch of {size} has {mean}{bias}.",
            gradient=full,
            size=cut.size,
            mean=mean,
            bias=off,
        )
        return paragraph(lawless(choices, cut), measured)
    return paragraph(
        lawless(choices, cut),
        say(
            "At the marker the full gradient is {gradient}; the mean of {count} batches of {size} is {mean}{bias}.",
            gradient=full,
            count=count,
            size=cut.size,
            mean=mean,
            bias=off,
        ),
        say(
            "About their own mean they scatter with variances {variances}.", variances=pair(*np.diag(there.covariance))
        ),
    )


def lawless(choices: DataChoices, cut: Batches) -> str:
    """Why no law tells how the batches scatter."""
    if choices.model().averages:
        return say(
            "In order the batches are the same at every epoch: the law of variances is for batches drawn at random, "
            "and says nothing of these."
        )
    alone = say("A single example becomes 0 by that, and so does its gradient, whatever the weights.")
    return paragraph(
        say(
            "Normalised by itself, a batch has a loss that is not the mean of its examples’ losses: the law of "
            "variances does not hold, and the mean of the batches’ gradients need not be the full gradient."
        ),
        alone if cut.size == 1 else "",
    )


def bias(there: Noise, by_chance: bool) -> str:
    """How far the mean of the batches' gradients lies from the full gradient."""
    length, off, chance = float(np.hypot(*there.full)), short(there.off), short(there.chance)
    if there.off == 0:
        return say(", the same")
    share = short(100 * there.off / length) if length > there.rounding else ""
    if by_chance and there.chance > 0:
        if share:
            return say(
                ", off by {off}, {share} % of its length (chance alone would make about {chance})",
                off=off,
                share=share,
                chance=chance,
            )
        return say(", off by {off} (chance alone would make about {chance})", off=off, chance=chance)
    return (
        say(", off by {off}, {share} % of its length", off=off, share=share)
        if share
        else say(", off by {off}", off=off)
    )


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
    if none:
        return say(
            "At the minimum of the full loss that is marked, {place}, the full gradient is zero, and so is that of "
            "{batch}: gradient descent on this batch stays there.",
            place=coordinates(best),
            batch=name,
        )
    return say(
        "At the minimum of the full loss that is marked, {place}, the full gradient is zero; that of {batch}, is "
        "{gradient}, and gradient descent on this batch leaves.",
        place=coordinates(best),
        batch=name,
        gradient=coordinates(pull),
    )


def at_marker(name: str, batch: Array, full: Array, zero: float) -> str:
    """The angle between the ways down at the marker."""
    if float(np.abs(batch).max()) <= zero:
        return say("At the marker the gradient of {batch}, is zero: it has no way down there.", batch=name)
    if float(np.abs(full).max()) <= zero:
        return say("At the marker the gradient of the full loss is zero: it has no way down there.")
    cosine = float(batch @ full / (np.hypot(*batch) * np.hypot(*full)))
    angle = float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
    if angle < SAME:
        return say("At the marker the way down of {batch}, is that of all data.", batch=name)
    return say(
        "At the marker the way down of {batch}, is {angle}° off that of all data.", batch=name, angle=short(angle)
    )


def bad_batch_words(choices: DataChoices, races: list[Race]) -> list[str]:
    """What one bad batch adds, and how far each run moves in the update that meets it; nothing where there is none."""
    outlier = choices.bad_batch
    met = [race for race in races if race.updates >= outlier.update]
    notes = bad_batch(outlier, max((race.updates for race in races), default=0))
    if not (outlier.present and met):
        return notes
    at = slice(outlier.update - 1, outlier.update + 1)
    lengths = {race.label: float(np.hypot(*np.diff(race.trajectory.positions[:, at])[:, 0])) for race in met}
    moves = [
        say("{run}: {length}", run=run, length=short(length)) for run, length in lengths.items() if length < np.inf
    ]
    if moves:
        notes.append(say("The length of that update: {moves}.", moves=listed_apart(moves)))
    if len(met) < len(races):
        missed = [race.label for race in races if race not in met]
        notes.append(say("Not so many updates are made by {runs}.", runs=listed(missed)))
    return [paragraph(*notes)]


def spread_words(choices: DataChoices, races: list[Race]) -> list[str]:
    """How far each race strays from the same run without noise, beside what theory expects where it knows it."""
    return [one_spread(choices, race, spread) for race in races if (spread := noisy_spread(choices, race)) is not None]


def one_spread(choices: DataChoices, race: Race, spread: NoisySpread) -> str:
    """The same for one race."""
    own = dict(race.run.numbers)
    curvature, axis = max(zip(spread.curvatures, "xy", strict=True))
    steep, border = own["learning_rate"] * curvature, 2 * (1 + own.get("momentum", 0.0))
    if not steep < border:
        return say(
            "{run}: along {axis}, ηλ = {steep} is not below 2(1 + β) = {border}: the run does not settle, with noise "
            "or without, and has no spread.",
            run=race.label,
            axis=axis,
            steep=short(steep),
            border=short(border),
        )
    count = race.updates + 1 - spread.first
    x, y = map(short, map(float, spread.found))
    said = say(
        "{run}: over the last {count} points the squared distance from the same run without noise averages {x} along x "
        "and {y} along y",
        run=race.label,
        count=f"{count:,}",
        x=x,
        y=y,
    )
    forever = pair(*spread.for_ever)
    if spread.expected is None:
        return say(
            "{measured}. In order the noise is the same at every epoch, and chance has no part in it: no "
            "expectation; for independent draws and endless updates, {formula} = {forever}.",
            measured=said,
            formula=FORMULA,
            forever=forever,
        )
    one, other = (short(each.looks, 2) for each in spread.expected)
    return say(
        "{measured} (correlated as they are, about {looks} independent looks). Expected for {draws}: {expected}; for "
        "independent draws and endless updates, {formula} = {forever}.",
        measured=said,
        looks=say("{one} and {other}", one=one, other=other),
        draws=say("shuffled epochs") if choices.order == "shuffled" else say("independent draws"),
        expected=pair(*(each.variance for each in spread.expected)),
        formula=FORMULA,
        forever=forever,
    )


def pair(x: float, y: float) -> str:
    """Two numbers for a sentence."""
    return say("{one} and {other}", one=short(float(x)), other=short(float(y)))
