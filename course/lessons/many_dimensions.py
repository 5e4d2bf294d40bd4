"""Many dimensions: a minimum has to be one in every direction, and a saddle in one alone need not."""

from course.lesson import ON_EXPLORE, Lesson, Task, Way
from course.seen import Seen, distance
from landscapes.networks import share_of_minima
from words import Message, mark, message, short

DIMENSIONS = 10  # of the question
BESIDE, WITHIN = 1.0, 20  # from a saddle, and after how many steps, of the task


def share(seen: Seen, dimensions: int) -> float:
    """The share of minima among the critical points of a sum of so many terms like the two of the picture."""
    of_two = len(seen.points("minimum")) / len(seen.found.points)
    return float(of_two ** (dimensions / 2))


def right(seen: Seen) -> str:
    """Which of the shares it is."""
    found = share(seen, DIMENSIONS)
    return "quarter" if found > 0.2 else "twentieth" if found > 0.02 else "thousandth"


def happened(seen: Seen) -> tuple[Message, ...]:
    """The count in two dimensions, and what it is in ten."""
    minima, saddles, maxima = (len(seen.points(kind)) for kind in ("minimum", "saddle", "maximum"))
    return (
        message(
            "Of the {points} critical points in view {minima} are minima, {saddles} saddles and {maxima} maxima. Along "
            "each axis half of them are low and half of them high, and a minimum has to be low along both.",
            points=len(seen.found.points),
            minima=minima,
            saddles=saddles,
            maxima=maxima,
        ),
        message(
            "Every further coordinate halves the share of minima: with {dimensions} of this kind it is {share}. All "
            "other critical points but as many maxima are saddles.",
            dimensions=DIMENSIONS,
            share=short(share(seen, DIMENSIONS)),
        ),
        message(
            "Coordinates need not be independent for that: of a random Gaussian field in {dimensions} dimensions "
            "{field} of the critical points are minima. In the small network that is searched on Networks the loss is "
            "higher the more directions lead down.",
            dimensions=DIMENSIONS,
            field=short(share_of_minima(DIMENSIONS)),
        ),
    )


def away(seen: Seen) -> float:
    """How far from the nearest saddle the run is after the steps of the task."""
    return min(distance(seen.runs[0].positions[:, WITHIN], point.position) for point in seen.points("saddle"))


def now(seen: Seen) -> Message:
    """Where the run is now."""
    return message(
        "After {steps} steps the run is {away} away from the nearest saddle.", steps=WITHIN, away=short(away(seen))
    )


def solved(seen: Seen) -> bool:
    """Whether it is beside a saddle still."""
    return away(seen) < BESIDE


MANY_DIMENSIONS = Lesson(
    title=mark("Many dimensions"),
    heading=mark("Saddles are everywhere where there are many dimensions"),
    see=mark("The sum cos x + cos y: low and high places in rows, and a run that slides past a saddle."),
    picture="landscape=formula&f=cos(x)%2Bcos(y)&x=-1~11&y=-1~11&start=6.4~5&run=gradient_descent~0.2&steps=80",
    rows=(("map", "surface"), ("spectrum",)),
    question=mark(
        "Of the critical points of cos x + cos y a quarter are minima. How many of them are, if ten such terms are "
        "added, in ten dimensions?"
    ),
    answers={
        "quarter": mark("A quarter, as before"),
        "twentieth": mark("About one in twenty"),
        "thousandth": mark("About one in a thousand"),
    },
    right=right,
    happened=happened,
    controls=(),
    drag=True,
    task=Task(
        mark("Drag the ring so that after 20 steps the run is still within 1 of a saddle. How exactly must you aim?"),
        solved,
        now,
    ),
    remember=mark("With every dimension there is one more way down: critical points are saddles, hardly ever minima."),
    ways=(ON_EXPLORE, Way("curvature", "part=points"), Way("networks", "v=1&part=many_dimensions")),
    sources=(
        "Y. Dauphin et al., Identifying and attacking the saddle point problem (2014), arXiv:1406.2572",
        "A. J. Bray, D. S. Dean, Statistics of critical points of Gaussian fields (2007), cond-mat/0611023",
    ),
)
