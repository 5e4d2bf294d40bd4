"""Convex or not: whether the start matters, and a chord that tells."""

from course.lesson import ON_EXPLORE, Control, Lesson, Task, Way
from course.seen import Seen, distance
from landscapes.curvature import ChordTest, chord_test
from words import Message, coordinates, mark, message, short

SAME = 0.01  # between two ends that are one minimum
ON_LINE = 1e-9  # a coordinate that is smaller is 0


def at_minima(seen: Seen) -> int:
    """How many starts end at a minimum."""
    return [found.kind for found in seen.runs[0].verdicts].count("minimum")


def places(seen: Seen) -> int:
    """At how many different minima they end."""
    ends = [found.position for found in seen.runs[0].verdicts if found.kind == "minimum"]
    first = [end for n, end in enumerate(ends) if all(distance(end, other) > SAME for other in ends[:n])]
    return len(first)


def astray(seen: Seen) -> list[tuple[float, float]]:
    """The starts that end at no minimum."""
    return [start for start, found in zip(seen.starts, seen.runs[0].verdicts, strict=True) if found.kind != "minimum"]


def right(seen: Seen) -> str:
    """Which starts those are."""
    lost = astray(seen)
    if not lost:
        return "none"
    return "middle" if all(abs(x) < ON_LINE for x, _ in lost) else "corners"


def chord(seen: Seen) -> ChordTest:
    """The chord between the two minima."""
    one, other = sorted((point.position for point in seen.points("minimum")), key=lambda place: place[0])
    return chord_test(seen.landscape, one, other)


def happened(seen: Seen) -> tuple[Message, ...]:
    """Where the starts end, and what the chord between the minima says."""
    test = chord(seen)
    a, b = (coordinates(end) for end in test.ends.T)
    return (
        message(
            "Of {starts} starts {count} end at a minimum, at {places} different places; {lost} end at the saddle "
            "between them, all of them from the line x = 0, where the slope has no part along x.",
            starts=len(seen.starts),
            count=at_minima(seen),
            places=places(seen),
            lost=len(astray(seen)),
        ),
        message(
            "Along the chord from {a} to {b} the loss rises to {top}, {excess} above the chord, at {place}: a convex "
            "function lies below each of its chords, and so has one valley only.",
            a=a,
            b=b,
            top=short(float(test.loss[test.worst])),
            excess=short(float(test.loss[test.worst] - test.chord[test.worst])),
            place=coordinates(test.point(float(test.shares[test.worst])), zero=ON_LINE),
        ),
    )


def now(seen: Seen) -> Message:
    """Where the starts end now."""
    return message(
        "At a tilt of {tilt}, {count} of {starts} starts end at a minimum; different minima: {places}.",
        tilt=short(seen.landscape.parameters["t"]),
        count=at_minima(seen),
        starts=len(seen.starts),
        places=places(seen),
    )


def solved(seen: Seen) -> bool:
    """Whether all of them end at one minimum."""
    return at_minima(seen) == len(seen.starts) and places(seen) == 1


CONVEX = Lesson(
    title=mark("Convex or not"),
    heading=mark("Does the start matter?"),
    see=mark("Two valleys of equal depth with a ridge between them, and gradient descent from a grid of starts."),
    picture="landscape=tilted_double_well&knobs=t~0&start=1.8~1&starts=grid~5&run=gradient_descent~0.05&steps=150",
    rows=(("map", "surface"),),
    question=mark("Gradient descent runs from every start of the grid. Which starts end at no minimum?"),
    answers={
        "none": mark("None: each one runs down to a minimum"),
        "middle": mark("Those halfway between the valleys"),
        "corners": mark("Those in the corners, which are farthest out"),
    },
    right=right,
    happened=happened,
    controls=(Control("t", mark("tilt t, slope added along x")),),
    task=Task(
        mark(
            "Tilt the two wells until every start ends at the same minimum. (The function is not convex even then: one "
            "minimum alone does not make it so.)"
        ),
        solved,
        now,
    ),
    remember=mark("Where a function is convex, the start does not matter; one broken chord shows that it is not."),
    ways=(ON_EXPLORE, Way("curvature", "part=chord")),
    sources=("S. Boyd, L. Vandenberghe, Convex Optimization (2004), section 3.1.1",),
)
