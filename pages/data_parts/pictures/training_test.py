"""Training against test: a curve that fits its points ever better, and other points from the same source worse."""

from dataclasses import dataclass

import numpy as np
from streamlit.delta_generator import DeltaGenerator

from figures import CURVE_NODES, is_below_the_edge, losses_along_training, polynomial_fit, training_and_test
from figures.stage import Drawing, Panel, Table, drawing, stage, viewed
from landscapes import Array
from landscapes.from_data import (
    HELD_OUT,
    Sample,
    fitted_polynomial,
    learning_curves,
    mean_squared_error,
    predicted,
    sample,
    sine,
    trained_polynomial,
    training_rate,
)
from pages.data_parts.choices import SCHEMA, DataChoices
from pages.data_parts.pictures.fields import POLYNOMIAL
from pages.data_parts.pictures.knobs import knobs_of
from pages.data_parts.state import HISTORY
from pages.shared.controls import field_control
from pages.shared.fields import Numbers
from pages.shared.size import panels_in_size
from pages.shared.work import Frozen, drawn_once, frozen, kept
from words import paragraph, say, short

STAGE = "data training test"
TEST_POINTS = 100
DEGREES = np.arange(16)
PENALTIES = 10.0 ** np.linspace(-6, 2, 33)
UPDATES = np.unique(np.round(np.concatenate([[0.0], 10.0 ** np.linspace(0, 6, 121)])))  # at the steps of the playback
SIZES = np.array([4, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100])
ROUNDING = 1e-15  # of a mean square of points of size 1
Losses = tuple[Array, Array]  # training and test


@dataclass(frozen=True, eq=False, kw_only=True)
class Fits:
    """One sample with all that is fitted to it; losses are pairs of training and test loss."""

    points: Sample
    held_out: Sample
    fit: Array  # coefficients of the chosen degree and penalty, (degree + 1,)
    losses: tuple[float, float]  # of that fit
    over_degrees: Losses  # at the chosen penalty, (D,) each
    over_penalties: Losses  # at the chosen degree, (P,) each
    moving: Array  # the polynomial at every step of the playback, (K, NODES)
    along: Losses  # (K,) each
    rate: float  # at which it is trained
    by_size: Losses  # medians over samples, (S,) each


def controls() -> None:
    """The polynomial, its points, and what the losses are drawn over."""
    knobs_of("polynomial", POLYNOMIAL)
    for name in ("complexity", "seed"):
        field_control(HISTORY, name, SCHEMA.fields[name])


@kept("runs")
def fits(numbers: Numbers, seed: int) -> Fits:
    """Everything that is shown, by the numbers of the knobs."""
    of = dict(numbers)
    degree, penalty = int(of["degree"]), of["penalty"]
    points = sample(int(of["points"]), of["noise"], seed, 0)
    held_out = sample(TEST_POINTS, of["noise"], seed, HELD_OUT)

    def losses(coefficients: Array) -> Losses:
        return mean_squared_error(coefficients, points), mean_squared_error(coefficients, held_out)

    def each(coefficients: list[Array]) -> Losses:
        training, test = zip(*map(losses, coefficients), strict=True)
        return np.array(training), np.array(test)

    fit = fitted_polynomial(points, degree, penalty)
    trained = trained_polynomial(points, degree, UPDATES, penalty)
    training, test = losses(fit)
    return Fits(
        points=points,
        held_out=held_out,
        fit=fit,
        losses=(float(training), float(test)),
        over_degrees=each([fitted_polynomial(points, int(other), penalty) for other in DEGREES]),
        over_penalties=each([fitted_polynomial(points, degree, other) for other in PENALTIES]),
        moving=predicted(trained, np.linspace(-1, 1, CURVE_NODES)),
        along=losses(trained),
        rate=training_rate(points, degree, penalty),
        by_size=learning_curves(degree, penalty, SIZES, of["noise"], held_out, seed),
    )


def show(choices: DataChoices, _: DeltaGenerator) -> None:
    """The pictures of the chosen fit."""
    stage(pictured(choices, frozen(viewed(STAGE))), key=STAGE)


@drawn_once
def pictured(choices: DataChoices, views: Frozen) -> Drawing:
    """The fit, both losses over the degree or the penalty, along training, and over the number of points."""
    numbers = dict(choices.polynomial)
    found = fits(choices.polynomial, choices.seed)
    degree, penalty, noise = int(numbers["degree"]), numbers["penalty"], numbers["noise"]
    by_degree = choices.complexity == "degree"
    nodes = np.linspace(-1, 1, CURVE_NODES)
    said = [
        fit_words(found, degree, penalty),
        degree_words(found) if by_degree else penalty_words(found, degree),
        training_words(found),
        size_words(found, noise),
    ]
    drawn = (found.over_degrees if by_degree else found.over_penalties, found.along, found.by_size)
    if any(map(is_below_the_edge, drawn)):
        said.append(say("A loss that is 0, or nearly so, is drawn at the lower edge of its picture."))
    return drawing(
        panels_in_size(
            [
                Panel(
                    "fit",
                    polynomial_fit(
                        found.points,
                        found.held_out,
                        [(say("true curve"), sine(nodes)), (say("least squares"), predicted(found.fit, nodes))],
                        found.moving,
                    ),
                    alt=said[0],
                ),
                Panel(
                    "complexity",
                    training_and_test(say("Loss of the fit"), say("degree"), DEGREES, found.over_degrees, chosen=degree)
                    if by_degree
                    else training_and_test(
                        say("Loss of the fit"),
                        say("penalty λ"),
                        PENALTIES,
                        found.over_penalties,
                        chosen=penalty or None,
                        logarithmic=True,
                    ),
                    alt=said[1],
                ),
                Panel(
                    "training",
                    losses_along_training(say("Loss along training"), UPDATES, found.along),
                    alt=said[2],
                ),
                Panel(
                    "size",
                    training_and_test(
                        say("Loss of the fit, median over samples"),
                        say("training points"),
                        SIZES,
                        found.by_size,
                        chosen=numbers["points"],
                        floor=noise**2,
                        star=False,
                    ),
                    alt=said[3],
                ),
            ],
            choices.size,
        ),
        key=STAGE,
        views=dict(views),
        rows=[["fit", "complexity", "training"], ["play"], ["size", "table"]],
        steps=UPDATES.size - 1,
        table=table(found, degree, penalty),
        notes=said,
    )


def table(found: Fits, degree: int, penalty: float) -> Table:
    """Both losses of the chosen fit, and of what would have had the lowest test loss."""
    rows = [[say("least squares, as chosen"), *map(loss_in_words, found.losses)]]
    best = int(found.over_degrees[1].argmin())
    rows.append(
        [say("the best degree, {degree}", degree=best), *(loss_in_words(each[best]) for each in found.over_degrees)]
    )
    best = int(found.over_penalties[1].argmin())
    rows.append(
        [
            say("the best penalty of those drawn, λ = {penalty}", penalty=short(float(PENALTIES[best]))),
            *(loss_in_words(each[best]) for each in found.over_penalties),
        ]
    )
    best = int(found.along[1].argmin())
    rows.append(
        [
            say("stopped at update {update}", update=f"{int(UPDATES[best]):,}"),
            *(loss_in_words(each[best]) for each in found.along),
        ]
    )
    caption = say("Degree {degree}, λ = {penalty}, where not said otherwise", degree=degree, penalty=short(penalty))
    return Table(columns=[say("Fit"), say("Training loss"), say("Test loss")], rows=rows, caption=caption)


def loss_in_words(loss: float) -> str:
    """A loss to three digits; what is left where a curve goes through all points is rounding."""
    return short(0.0 if loss < ROUNDING else float(loss))


def fit_words(found: Fits, degree: int, penalty: float) -> str:
    """The chosen fit and its losses."""
    training, test = map(loss_in_words, found.losses)
    count = found.points.x.size
    fit = say(
        "A polynomial of degree {degree}, which has {coefficients} coefficients, is fitted to {count} points: its mean "
        "squared error is {training} on them and {test} on {held_out} points that are held out.",
        degree=degree,
        coefficients=degree + 1,
        count=count,
        training=training,
        test=test,
        held_out=found.held_out.x.size,
    )
    if degree + 1 > count and penalty == 0:
        more = say(
            "It has more coefficients than there are points: of all polynomials through the points it is the one whose "
            "coefficients have the least sum of squares."
        )
        return paragraph(fit, more)
    return fit


def degree_words(found: Fits) -> str:
    """What the degree does to both losses."""
    training, test = found.over_degrees
    best, last = int(test.argmin()), int(DEGREES[-1])
    lowest = say("The test loss is lowest at degree {best}, {loss}.", best=best, loss=loss_in_words(test[best]))
    ends = say(
        "At degree 0 the losses are {training} and {test}, at degree {last} they are {last_training} and {last_test}.",
        training=loss_in_words(training[0]),
        test=loss_in_words(test[0]),
        last=last,
        last_training=loss_in_words(training[-1]),
        last_test=loss_in_words(test[-1]),
    )
    return paragraph(lowest, ends)


def penalty_words(found: Fits, degree: int) -> str:
    """What the penalty does to both losses."""
    training, test = found.over_penalties
    best = int(test.argmin())
    lowest = say(
        "With degree {degree} the test loss is lowest at λ = {best}, {loss}.",
        degree=degree,
        best=short(float(PENALTIES[best])),
        loss=loss_in_words(test[best]),
    )
    ends = say(
        "At λ = {first} the losses are {training} and {test}, at λ = {last} they are {last_training} and {last_test}.",
        first=short(float(PENALTIES[0])),
        training=loss_in_words(training[0]),
        test=loss_in_words(test[0]),
        last=short(float(PENALTIES[-1])),
        last_training=loss_in_words(training[-1]),
        last_test=loss_in_words(test[-1]),
    )
    return paragraph(lowest, ends)


def training_words(found: Fits) -> str:
    """What becomes of both losses while it is trained, and when to stop."""
    training, test = found.along
    best = int(test.argmin())
    falls = say(
        "Gradient descent from 0 at η = 1/λₘₐₓ = {rate}: over {updates} updates the training loss falls from {first} "
        "to {last}.",
        rate=short(found.rate),
        updates=f"{int(UPDATES[-1]):,}",
        first=loss_in_words(training[0]),
        last=loss_in_words(training[-1]),
    )
    if best == test.size - 1:
        return paragraph(falls, say("The test loss is lowest at the end, {loss}.", loss=loss_in_words(test[-1])))
    return paragraph(
        falls,
        say(
            "The test loss is lowest at update {update}, {loss}; at the end it is {last}.",
            update=f"{int(UPDATES[best]):,}",
            loss=loss_in_words(test[best]),
            last=loss_in_words(test[-1]),
        ),
    )


def size_words(found: Fits, noise: float) -> str:
    """What more points do to both losses."""
    training, test = found.by_size
    return say(
        "Medians over many samples: with {few} points the training loss is {few_training} and the test loss "
        "{few_test}, with {many} points {many_training} and {many_test}; the noise alone has a variance of {variance}.",
        few=int(SIZES[0]),
        few_training=loss_in_words(training[0]),
        few_test=loss_in_words(test[0]),
        many=int(SIZES[-1]),
        many_training=loss_in_words(training[-1]),
        many_test=loss_in_words(test[-1]),
        variance=short(noise**2),
    )
