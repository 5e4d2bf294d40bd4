"""Takes the sentence of a verdict apart and recomputes every number and every clause of it from the run itself.

Of the verdict only the place it names is used: distances, eigenvalues, products, rates and directions are computed here
once more, and what the loss does around a place is seen by going there.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar

from landscapes import Landscape
from optimizers import Optimizer, Trajectory, Verdict, learning_rates
from optimizers.verdicts.convergence_point import critical_point_near

REACH = 1e-3  # of the width: a run is at a place
NEAR_BY = np.array([1e-4, 1e-3, 1e-2])  # of the width
DIRECTIONS = np.stack([np.cos(np.arange(360) * np.pi / 180), np.sin(np.arange(360) * np.pi / 180)])
NUMBER = r"−?\d+(?:\.\d+)?(?:e−?\d+)?"
VANISHES = "(?P<zero>the Hessian is zero|the Hessian has a zero eigenvalue|the second derivative is zero)"


class UntrueError(AssertionError):
    """A claim that does not hold."""


@dataclass(frozen=True)
class Case:
    """A run and its verdict."""

    landscape: Landscape
    optimizer: Optimizer
    run: Trajectory
    found: Verdict

    @property
    def path(self):
        """The positions that were seen, (2, steps + 1)."""
        finite = np.isfinite(self.run.positions).all(axis=0)
        return self.run.positions[:, : int(finite.sum())]

    @property
    def width(self):
        """The extent of the domain along each axis."""
        return np.array([high - low for low, high in self.landscape.domain])

    @property
    def eigenvalues(self):
        """Those of the Hessian at the place; of a landscape of one variable, its second derivative."""
        hessian = self.landscape.hessian(self.found.position)
        return hessian[0, :1] if self.landscape.curve else np.linalg.eigvalsh(hessian)

    def loss(self, p):
        """At any places."""
        return self.landscape.value(np.asarray(p, dtype=float))

    def last_motion(self):
        """How far it moved about in its last twentieth, in widths."""
        last = max(5, (self.path.shape[1] - 1) // 20)
        return (np.ptp(self.path[:, -last - 1 :], axis=1) / self.width).max()

    def distance(self):
        """From the place, at every step, in widths."""
        return np.abs((self.path - self.found.position[:, None]) / self.width[:, None]).max(axis=0)

    def rises(self, directions=DIRECTIONS, lengths=NEAR_BY):
        """How much higher the loss is than at the place in directions (2, K), (K, lengths); rounding counts as 0.

        Where the values of a smooth landscape differ by rounding only, its slopes on the way there are added up.
        """
        if self.landscape.curve and directions is DIRECTIONS:
            directions = np.array([[1.0, -1.0], [0.0, 0.0]])
        centre, here = self.found.position, self.loss(self.found.position)
        steps = directions[:, :, None] * lengths * self.width.min()
        there = self.loss(centre[:, None, None] + steps)
        shaken = self.loss(
            centre[:, None] + 1e-15 * (np.abs(centre)[:, None] + 1e-3 * self.width[:, None]) * DIRECTIONS
        )
        rounding = 8 * (np.abs(shaken - here).max() + np.finfo(float).eps * np.abs(here))
        if not self.landscape.smooth:
            return np.where(np.abs(there - here) <= rounding, 0.0, there - here)
        parts = (np.arange(64) + 0.5) / 64
        slopes = self.landscape.gradient(centre[:, None, None, None] + steps[..., None] * parts) * steps[..., None]
        added, size = slopes.sum(axis=0).mean(axis=-1), np.abs(slopes).sum(axis=0).mean(axis=-1)
        added = np.where(np.abs(added) <= 1e-9 * size, 0.0, added)
        return np.where(np.abs(there - here) <= rounding, added, there - here)

    def vanishing(self):
        """The gradient vanishes at the place."""
        p, width = self.found.position, self.width[:, None]
        around = self.landscape.gradient(p[:, None] + 1e-2 * width * DIRECTIONS) * width
        size = np.abs(self.landscape.gradient(p) * self.width).max()
        hold(size <= 1e-6 * np.abs(around).max() or self.jumps(), "the gradient vanishes there, or jumps")

    def jumps(self):
        """The gradient is no smaller a thousand times nearer to the place: a kink."""
        p = self.found.position[:, None]
        far, close = (np.abs(self.landscape.gradient(p + r * DIRECTIONS)).max() for r in (1e-6, 1e-9))
        return close > far / 2 > 0

    def surrounded(self, kind):
        """Around a minimum no place is lower, around a maximum none is higher, and around a saddle there are both."""
        rises = self.rises()
        hold(kind != "minimum" or rises[:, :2].min() >= 0, "no place near by is lower than a minimum")
        hold(kind != "maximum" or rises[:, :2].max() <= 0, "no place near by is higher than a maximum")
        hold(kind != "saddle" or rises.min() < 0 < rises.max(), "lower and higher places are near a saddle")


def hold(claim: bool, text: str) -> None:
    """A clause that has to be true."""
    if not claim:
        raise UntrueError(text)


def whole(text: str) -> int:
    """A number of steps, with its thousands marks."""
    return int(text.replace(",", ""))


def number(text: str) -> float:
    """What stands there."""
    return float(text.replace("−", "-").replace("∞", "inf"))


def says(text: str, value: float, what: str, digits: int = 3) -> None:
    """A number as written is that value, rounded to the digits that are shown, or to `digits`."""
    mantissa = text.partition("e")[0]
    shown = len((mantissa if "." in mantissa else mantissa.rstrip("0")).strip("−").replace(".", "").lstrip("0"))
    if not np.isfinite(value):
        hold(number(text) == value, f"{what}: {text} is said, {value} found")
    elif value == 0:
        hold(number(text) == 0, f"{what}: {text} is said, 0 found")
    else:
        half = 0.5 * 10.0 ** (np.floor(np.log10(abs(value))) - max(digits, shown) + 1)
        hold(abs(number(text) - value) <= half * (1 + 1e-6), f"{what}: {text} is said, {value!r} found")


def at(case: Case, text: str, p: Any, what: str) -> None:
    """A place as written is `p`, where 0 stands for less than a millionth of the width."""
    for written, value, width in zip(re.findall(NUMBER, text), p, case.width, strict=False):
        if written == "0":
            hold(abs(value) <= 1e-6 * width, f"{what}: 0 is said, {value!r} found")
        else:
            says(written, float(value), what)


def direction(text: str) -> Any:
    """A direction as written, which must be of unit length as far as its digits go."""
    if text in ("to the right", "to the left"):
        return np.array([1.0 if text == "to the right" else -1.0, 0.0])
    d = np.array([number(each) for each in re.findall(NUMBER, text)])
    hold(abs(np.hypot(*d) - 1) < 0.01, f"{text} is not of unit length")
    return d


def arrives(case: Case, words: dict[str, str]) -> None:
    """It is at a critical point of this kind, in this place, and has been there since this step."""
    kind = "saddle" if words["kind"] in ("degenerate saddle", "inflection") else words["kind"]
    hold(case.found.kind == kind, f"the kind is {case.found.kind}")
    at(case, words["p"], case.found.position, "the place")
    far = np.flatnonzero(case.distance() > REACH)
    since = int(far[-1]) + 1 if far.size else 0
    stays = words["begun"] in ("At", "Stays on")
    hold(since == 0 if stays else since > 0, "it is there from the start")
    if words.get("steps"):
        hold(whole(words["steps"]) == since, f"it is within reach from step {since} on")
    case.vanishing()
    case.surrounded(kind)
    if "kind" in words and words["kind"] != "saddle" and kind == "saddle":
        hold(case.landscape.curve == (words["kind"] == "inflection"), "an inflection is one of a curve")


def plain(case: Case, words: dict[str, str]) -> None:
    """The end of a sentence, where nothing was said about eigenvalues because they leave nothing to say."""


def both_negative(case: Case, words: dict[str, str]) -> None:
    """All eigenvalues are negative."""
    hold(bool((case.eigenvalues < 0).all()), f"the eigenvalues are {case.eigenvalues}")


def downhill(case: Case, words: dict[str, str]) -> None:
    """A negative eigenvalue beside a positive one, and its eigenvector, along which the loss falls."""
    says(words["low"], float(case.eigenvalues[0]), "the negative eigenvalue")
    hold(case.eigenvalues[0] < 0 < case.eigenvalues[-1], "one eigenvalue is negative, one positive")
    d, axis = direction(words["d"]), np.linalg.eigh(case.landscape.hessian(case.found.position))[1][:, 0]
    hold(np.abs(d - axis * np.sign(d @ axis)).max() < 0.006, f"the eigenvector is {axis}")
    hold(case.rises(d[:, None]).min() < 0, "the loss falls along it")


def vanishes(case: Case, words: dict[str, str]) -> None:
    """The Hessian is zero, or one of its eigenvalues is."""
    scale = case.width.min() ** 2
    around = case.landscape.hessian(case.found.position[:, None] + 1e-2 * case.width[:, None] * DIRECTIONS)
    zero = np.abs(case.eigenvalues) * scale <= 1e-6 * np.abs(around).max() * scale
    hold(
        zero.all() if "eigenvalue" not in words["zero"] else zero.sum() == 1, f"the eigenvalues are {case.eigenvalues}"
    )


def falls_and_rises(case: Case, words: dict[str, str]) -> None:
    """Along these two directions as they are written, or along a curve that begins in one of them."""
    down = direction(words["down"])
    hold(case.rises(down[:, None]).min() < 0 if not words["curve"] else curve_leads_down(case, down), "the loss falls")
    hold(case.rises(direction(words["up"])[:, None]).max() > 0, "the loss rises there")


def curve_leads_down(case: Case, d: Any) -> bool:
    """Nowhere straight along the direction, but beside it, and the nearer to it the nearer to the point."""
    turns = np.append(0.0, np.geomspace(1e-8, 0.1, 400))
    turns = np.concatenate([-turns[:0:-1], turns])
    beside = np.array([d[0] * np.cos(turns) - d[1] * np.sin(turns), d[0] * np.sin(turns) + d[1] * np.cos(turns)])
    lower = case.rises(beside, NEAR_BY) < 0
    aside = np.array([np.abs(turns[column]).min(initial=np.inf) for column in lower.T])
    return not lower[turns == 0].any() and bool(np.isfinite(aside).sum() > 1 and aside.argmax() >= aside.argmin())


def all_round(case: Case, words: dict[str, str]) -> None:
    """Higher, or lower, in every direction."""
    sign = 1 if words["than"] == "higher" else -1
    hold(bool((sign * case.rises()[:, -1] > 0).all()), f"the loss is {words['than']} all round")
    if words.get("zero"):
        vanishes(case, words)
    else:
        kink(case, words)


def kink(case: Case, words: dict[str, str]) -> None:
    """The gradient jumps there."""
    hold(case.jumps(), "the gradient jumps")


def curve(case: Case, words: dict[str, str]) -> None:
    """Going along the curve, and from there to the nearest floor, the loss is the same; across it, it is not."""
    sign = 1 if words["kinds"] == "minima" else -1
    hold(case.found.kind == {1: "minimum", -1: "maximum"}[sign], "the kinds agree")
    d = direction(words["d"])
    across, here = np.array([-d[1], d[0]]), float(case.loss(case.found.position))
    beside = sign * case.rises(np.stack([across, -across], axis=1))
    hold(bool((beside >= 0).all() and (beside[:, -1] > 0).all()), "across the curve it is not level")
    level = []
    for t in np.array([-1e-2, -1e-3, -1e-4, 1e-4, 1e-3, 1e-2]) * case.width.min():
        start = case.found.position + t * d

        def loss(s: float, start: Any = start) -> float:
            return sign * float(case.loss(start + s * across))

        found = minimize_scalar(loss, bounds=(-abs(t) / 2, abs(t) / 2), method="bounded", options={"xatol": 1e-14})
        level.append(abs(found.fun - sign * here) <= 1e-12 * abs(here) + 1e-9 * beside[:, -1].min())
        bent = abs(t) / case.width.min()  # so much a curve may turn on the way
        hold(abs(found.x) < (0.007 + 10 * bent) * abs(t), "the curve runs along that direction")
    hold(all(level[:3]) or all(level[3:]), "it is level along the curve")
    if words.get("bend"):
        says(words["bend"], float(max(case.eigenvalues, key=abs)), "the eigenvalue across")
        vanishes(case, {"zero": "a zero eigenvalue"})
    else:
        vanishes(case, {"zero": "zero"})
        hold({"rises": 1, "falls": -1}[words["turn"]] == sign, "it rises across a curve of minima, and falls else")


def not_beyond(case: Case, words: dict[str, str]) -> None:
    """Nothing beyond within a hundredth of the view, though some of it is level to rounding."""
    sign = 1 if words["than"] == "lower" else -1
    hold(bool((sign * case.rises() >= 0).all()), f"no place is {words['than']}")
    if words.get("d"):
        d = direction(words["d"])
        hold(
            np.abs(case.rises(d[:, None], NEAR_BY[:1])).max() <= 1e-9 * np.abs(case.rises()).max(), "it is level there"
        )
        vanishes(case, {"zero": "a zero eigenvalue"})
    else:
        hold((case.rises(lengths=NEAR_BY[:1]) == 0).mean() > 1 / 8, "a part of the surroundings is level")


def crossing(case: Case, words: dict[str, str]) -> None:
    """Nothing beyond, and it is level in two ways at least that are not one."""
    hold(words["kinds"] == {"minimum": "minima", "maximum": "maxima"}[case.found.kind], f"it is a {case.found.kind}")
    sign = 1 if words["than"] == "lower" else -1
    hold(bool((sign * case.rises() >= 0).all()), f"no place is {words['than']}")
    smallest = np.abs(case.rises(lengths=NEAR_BY[-1:]))[:, 0]
    level = np.flatnonzero((smallest <= np.roll(smallest, 1)) & (smallest <= np.roll(smallest, -1)))
    hold(np.unique(level % 180 // 10).size >= 2, "it is level in two ways")


def gradient_is_zero(case: Case, words: dict[str, str]) -> None:
    """A flat place: there it is, and the gradient is zero."""
    hold(case.found.kind == "flat", f"the kind is {case.found.kind}")
    at(case, words["p"], case.found.position, "the place")
    g = np.abs(case.landscape.gradient(case.found.position) * case.width).max()
    hold(g <= 1e-12 * max(1.0, np.abs(case.loss(case.path)).max()), f"the gradient is {g}")


def is_plateau(case: Case, words: dict[str, str]) -> None:
    """The Hessian is zero and so is every difference near by."""
    hold(not case.eigenvalues.any(), f"the eigenvalues are {case.eigenvalues}")
    hold(not case.rises(lengths=NEAR_BY[:2]).any(), "near by it is level")


def cannot_be_told(case: Case, words: dict[str, str]) -> None:
    """Near by it is level to rounding, further out it is not."""
    hold(not case.rises(lengths=NEAR_BY[:1]).any(), "near by it is level")
    hold(bool(case.rises(lengths=np.array([1e-2, 1e-1])).any()), "further out it is not")


def stopped(case: Case, words: dict[str, str]) -> None:
    """So far from the place, and hardly moving any more."""
    says(words["left"], float(np.hypot(*(case.path[:, -1] - case.found.position))), "the distance")
    hold(case.last_motion() <= 0.01 * case.distance()[-1], "it has stopped")


def not_there_yet(case: Case, words: dict[str, str]) -> None:
    """So far from the place, which is more than a ten thousandth of a view, and still on its way."""
    says(words["left"], float(np.hypot(*(case.path[:, -1] - case.found.position))), "the distance")
    hold(case.distance()[-1] > 1e-4, "that is more than a ten thousandth of a view")
    hold(case.last_motion() > 0.01 * case.distance()[-1], "it has not stopped")


def passed_a_saddle(case: Case, words: dict[str, str]) -> None:
    """It was slow near a saddle for as many steps as are said, and left along the negative curvature."""
    said = np.array([number(each) for each in re.findall(NUMBER, words["p"])])
    near = critical_point_near(case.landscape, said)
    hold(near is not None, "there is a critical point near by")
    there = Case(case.landscape, case.optimizer, case.run, Verdict("saddle", near.position, 0, ""))
    at(case, words["p"], near.position, "the saddle")
    there.vanishing()
    there.surrounded("saddle")
    downhill(there, words)
    distance, norms = np.hypot(*(case.path - near.position[:, None])), np.hypot(*case.landscape.gradient(case.path))
    first, last, slowest = (whole(words[name] or "0") for name in ("first", "last", "slowest"))
    hold(bool(words["first"]) == bool(first), "a run that came there was not there from the start")
    hold(number(words["r"]) == float(f"{case.width.min() / 20:.1g}"), "that is a twentieth of the view")
    hold((distance[first : last + 1] <= number(words["r"])).all(), "it was within that distance")
    hold(distance[last + 1] > number(words["r"]), "it left after that step")
    hold(first == 0 or distance[first - 1] > number(words["r"]), "it came at that step")
    hold(first + norms[first : last + 1].argmin() == slowest, "the gradient norm was smallest then")
    says(words["norm"], float(norms[slowest]), "the gradient norm")
    hold(norms[last + 1 :].max() >= 5 * norms[slowest], "it was slow there")
    out, d = case.path[:, last + 1] - near.position, direction(words["d"])
    hold(abs(out @ d) >= 0.89 * np.hypot(*out), "it left along that direction")


def stands_on_level(case: Case, words: dict[str, str]) -> None:
    """Not a bit changes, and the gradient is as small as that."""
    hold(case.found.kind == "flat", f"the kind is {case.found.kind}")
    at(case, words["p"], case.path[:, -1], "the place")
    hold(not np.diff(case.path[:, -6:]).any(), "it stands still")
    says(words["g"], float(np.hypot(*case.landscape.gradient(case.path[:, -1]))), "the gradient")


def returns(case: Case, period: int) -> float:
    """How far the places are from those a period before, at most, in parts of the extent."""
    quarter = case.path.shape[1] // 4
    p = case.path / case.width[:, None]
    late = p[:, -min(quarter, 128) :]
    return float(np.abs(late[:, period:] - late[:, :-period]).max() / np.ptp(p[:, -quarter:], axis=1).max())


def cycles(case: Case, words: dict[str, str]) -> None:
    """It goes around the same places: after so many steps it is back, and not before, or never without leaving."""
    hold(case.found.kind == "cycle", f"the kind is {case.found.kind}")
    quarter = case.path.shape[1] // 4
    late, before = case.path[:, -quarter:], case.path[:, -2 * quarter : -quarter]
    extent = np.ptp(late, axis=1)
    hold(np.hypot(*np.diff(late)).sum() >= 4 * extent.max(), "it goes to and fro")
    parts = [(late, before), (case.path[:, -(quarter // 2) :], case.path[:, -2 * (quarter // 2) : -(quarter // 2)])]
    grown = [np.maximum(b.max(axis=1) - a.max(axis=1), a.min(axis=1) - b.min(axis=1)) for b, a in parts]
    hold(any((each <= 0.05 * extent.max() + 1e-12).all() for each in grown), "it goes nowhere new")
    hold(extent.max() >= 0.9 * min(np.ptp(before, axis=1).max(), 1.02 * extent.max()), "it does not shrink")
    if words.get("a"):
        at(case, words["a"], case.path[:, -2], "the place before")
        at(case, words["b"], case.path[:, -1], "the last place")
        hold(words["a"] != words["b"], "two places")
    else:
        at(case, words["p"], late.mean(axis=1), "the middle")
    longest = min(64, late.shape[1] // 2)
    period = next((k for k in range(2, longest + 1) if returns(case, k) <= 0.05), None)
    hold(period == (int(words["period"]) if words.get("period") else None), f"the period is {period}")
    off = 0.0 if period is None else returns(case, period)
    hold(bool(words.get("off")) == (off > 1e-3), f"it is {off} off")
    if words.get("off"):
        says(words["off"], 100 * off, "per cent", digits=2)


def sharp(case: Case, words: dict[str, str]) -> None:
    """The mean of λₘₐₓ·η over the last steps is more than the rule can hold."""
    end, count = case.path.shape[1] - 1, whole(words["count"])
    hold(count == min(64, end // 4), "over as many steps")
    steps = range(end - count, end)
    product, limit = np.mean([stability(case, step) for step in steps], axis=0)
    says(words["product"], product, "λₘₐₓ·η")
    says(words["limit"], limit, "the limit")
    hold(number(words["product"]) > number(words["limit"]), "more than the limit, as written")


def stability(case: Case, step: int) -> tuple[float, float]:
    """λₘₐₓ·η and its limit in one step."""
    sharpness = float(np.linalg.eigvalsh(case.landscape.hessian(case.path[:, step]))[-1])
    rate = float(case.optimizer.rate(step))
    return sharpness * rate, float(case.optimizer.stability_limit(step)) * rate


def moves(case: Case, words: dict[str, str]) -> None:
    """It moves still, or hardly, or not at all; after so many steps."""
    hold(case.found.kind == "moving", f"the kind is {case.found.kind}")
    still = not np.diff(case.path[:, -6:]).any()
    hold(still == (words["begun"] == "Stands still"), "it stands still")
    if words.get("steps"):
        hold(whole(words["steps"]) == case.path.shape[1] - 1, "so many steps")
    if words["begun"] == "Has all but stopped":
        hold(case.last_motion() <= 1e-4, "it hardly moves")


def not_a_step(case: Case, words: dict[str, str]) -> None:
    """There is but the start."""
    hold(case.path.shape[1] == 1, "no step was taken")


def is_away(case: Case, words: dict[str, str]) -> None:
    """So far from a critical point that is there, and how near it came before."""
    near = critical_point_near(case.landscape, case.path[:, -1])
    hold(near is not None, "there is a critical point near by")
    there = Case(case.landscape, case.optimizer, case.run, Verdict(near.kind, near.position, 0, ""))
    there.vanishing()
    at(case, words["p"], near.position, "the critical point")
    if words["kind"] != "critical point":
        there.surrounded(words["kind"])
    distance = np.hypot(*(case.path - near.position[:, None]))
    if words.get("d"):
        says(words["d"], float(distance[-1]), "the distance")
    else:
        hold(distance[-1] <= 1e-3 * case.width.max(), "it is close to it")
    nearer = distance.min() < distance[-1] / 2
    hold(bool(words.get("nearest") or words.get("exact")) == bool(nearer), "it has been nearer")
    if words.get("nearest"):
        says(words["nearest"], float(distance.min()), "how near it has been")
    elif nearer:
        hold(distance.min() <= 1e-3 * case.width.max(), "how near it has been")


def because_of_the_rate(case: Case, words: dict[str, str]) -> None:
    """The last learning rate, and the highest where it was another."""
    rates = learning_rates(case.landscape, case.optimizer, case.run)
    says(words["rate"], float(rates[-1]), "the learning rate")
    hold(bool(words.get("highest")) == bool(rates.max() != rates[-1]), "it was higher")
    if words.get("highest"):
        says(words["highest"], float(rates.max()), "the highest learning rate")


def ends_with(case: Case, words: dict[str, str]) -> None:
    """The loss and the length of the gradient at the end."""
    says(words["loss"], float(case.loss(case.path[:, -1])), "the loss")
    says(words["norm"], float(np.hypot(*case.landscape.gradient(case.path[:, -1]))), "the gradient norm")


def diverges(case: Case, words: dict[str, str]) -> None:
    """At this step it was seen no more."""
    hold(case.found.kind == "diverged", f"the kind is {case.found.kind}")
    hold(whole(words["step"]) == case.path.shape[1] < case.run.positions.shape[1], "at that step")


def without_gradient(case: Case, words: dict[str, str]) -> None:
    """There the gradient is no number."""
    at(case, words["p"], case.path[:, -1], "the last place")
    hold(not np.isfinite(case.landscape.gradient(case.path[:, -1])).all(), "there is no gradient")


def left_the_domain(case: Case, words: dict[str, str]) -> None:
    """The loss is a number at the last place that was seen, and none where the next step led."""
    known = np.isfinite(case.loss(case.path)).sum()
    hold(whole(words["step"]) == known, "at that step")
    at(case, words["p"], case.path[:, known - 1], "the last place")
    at(case, words["q"], case.run.undefined_at, "where it led")
    hold(bool(np.isnan(case.loss(case.run.undefined_at))), "f is not defined there")


def nothing_to_descend(case: Case, words: dict[str, str]) -> None:
    """The loss is no number at the start."""
    at(case, words["q"], case.run.undefined_at, "the start")
    hold(bool(np.isnan(case.loss(case.run.undefined_at))), "f is not defined there")


def keeps_falling(case: Case, words: dict[str, str]) -> None:
    """The loss at the last place, and lower further that way."""
    first, last = case.path[:, 0], case.path[:, -1]
    at(case, words["p"], last, "the last place")
    says(words["loss"], float(case.loss(last)), "the loss")
    hold(case.loss(first) > case.loss(last) > case.loss(first + 3 * (last - first)), "it keeps falling")


def held(case: Case, words: dict[str, str]) -> None:
    """λₘₐₓ·η was more than the limit at that step, and the rate suggested would have been below it."""
    step = whole(words["at"]) if words.get("at") else 0
    product, limit = stability(case, step)
    says(words["product"], product, "λₘₐₓ·η")
    says(words["limit"], limit, "the limit")
    hold(number(words["product"]) > number(words["limit"]), "more than the limit, as written")
    share = number(words["below"]) / float(case.optimizer.rate(step)) * product / limit
    hold(0.99 < share <= 1 + 1e-12, f"{words['below']} is {share} of what would have held")


def endless(case: Case, words: dict[str, str]) -> None:
    """At the last place, along that direction, the Hessian is 0 and the slope is not."""
    at(case, words["p"], case.path[:, -1], "the last place")
    d = np.array([number(each) for each in re.findall(NUMBER, words["d"])])
    d = d / np.hypot(*d)
    says(words["slope"], float(abs(case.landscape.gradient(case.path[:, -1]) @ d)), "the slope")
    hold(bool(np.abs(case.landscape.hessian(case.path[:, -1]) @ d).max() < 0.01), "no curvature")


def left_at_once(case: Case, words: dict[str, str]) -> None:
    """From this place, with this loss."""
    at(case, words["p"], case.path[:, -1], "the last place")
    says(words["loss"], float(case.loss(case.path[:, -1])), "the loss")


def grew(case: Case, words: dict[str, str]) -> None:
    """The last step that was seen was the longest; the first loss and the last."""
    lengths = np.hypot(*np.diff(case.path))
    hold(lengths[-1] == lengths.max(), "the last step was the longest")
    says(words["length"], float(lengths[-1]), "its length")
    says(words["first"], float(case.loss(case.path[:, 0])), "the first loss")
    says(words["last"], float(case.loss(case.path[:, -1])), "the last loss")


def place(name: str) -> str:
    """A place under that name."""
    return rf"(?P<{name}>\({NUMBER}, {NUMBER}\)|x = {NUMBER})"


def value(name: str) -> str:
    """A number under that name."""
    return rf"(?P<{name}>{NUMBER}|−?∞|undefined)"


def way(name: str) -> str:
    """A direction under that name."""
    return rf"(?:along )?(?P<{name}>\({NUMBER}, {NUMBER}\)|to the left|to the right)"


STEPS = r"(?P<steps>[\d,]+) steps?"
Check = Callable[[Case, dict[str, str]], None]
CLAUSES: list[tuple[str, Check]] = [
    (rf"(?P<begun>Reached|At|Ran onto|Stays on) (?:the|a) (?P<kind>minimum|maximum) at {place('p')}"
     rf"(?: after {STEPS}| from the start)", arrives),
    (rf"(?P<begun>Ran into|Stays on) the (?P<kind>saddle|degenerate saddle|inflection) at {place('p')}"
     r"(?: from the start)?", arrives),
    (r": the gradient vanishes there, but (?:both eigenvalues of the Hessian are|the second derivative is) negative",
     both_negative),
    (rf": the gradient vanishes there, but the Hessian has a negative eigenvalue {value('low')} and the loss falls "
     rf"{way('d')}", downhill),
    (rf": the gradient vanishes there and {VANISHES}, but ", vanishes),
    (r", on a kink where the gradient counts as zero: ", kink),
    (rf"the loss falls (?P<curve>along a curve that sets out )?{way('down')} and rises {way('up')}", falls_and_rises),
    (rf", a (?:degenerate one: {VANISHES}|kink)(?:, but|, and|:) the loss is (?P<than>higher|lower) "
     r"(?:all round|on both sides)", all_round),
    (rf", one of a curve of (?P<kinds>minima|maxima) that runs {way('d')} there; (?:the Hessian's eigenvalue across it "
     rf"is {value('bend')}|the Hessian is zero, and across it the loss (?P<turn>rises|falls))", curve),
    (rf", a degenerate one: {way('d')} the loss is level to rounding near by, and no place within a hundredth of the "
     r"view is (?P<than>lower|higher)", not_beyond),
    (r", where curves of (?P<kinds>minima|maxima) cross: no place within a hundredth of the view is "
     r"(?P<than>lower|higher)", crossing),
    (r", at the edge of a level region: no place within a hundredth of the view is (?P<than>lower|higher)", not_beyond),
    (rf"The gradient is zero to rounding at {place('p')}", gradient_is_zero),
    (r", and so is the (?:Hessian|second derivative): near by the loss is level to rounding, a plateau", is_plateau),
    (r", but what this is cannot be told in float64: near by the loss is level to rounding, further out it is not",
     cannot_be_told),
    (rf"Stands still on level ground at {place('p')}: the gradient there, {value('g')}, is too small to change the "
     r"position in float64", stands_on_level),
    (rf"Cycles between {place('a')} and {place('b')} with period (?P<period>2)"
     rf"(?:, to within {value('off')} % of its extent)?", cycles),
    (rf"Cycles round {place('p')} with period (?P<period>\d+)(?:, to within {value('off')} % of its extent)?", cycles),
    (rf"Bounces round {place('p')} without coming to rest", cycles),
    (rf": λₘₐₓ·η is {value('product')} on average over the last (?P<count>[\d,]+) steps, more than {value('limit')}",
     sharp),
    (rf"(?P<begun>Still moving|Has all but stopped) after {STEPS}", moves),
    (r"(?P<begun>Stands still)", moves),
    (r"Has not taken a step", not_a_step),
    (rf", (?:{value('d')} from|close to) (?P<article>the|a) (?P<kind>minimum|maximum|saddle|critical point) at "
     rf"{place('p')}(?: after coming (?:as near as {value('nearest')}|(?P<exact>within rounding of it)))?", is_away),
    (rf",? because the learning rate is {value('rate')}(?:, down from {value('highest')})?", because_of_the_rate),
    (r" without having arrived", plain),
    (rf": loss {value('loss')}, gradient norm {value('norm')}", ends_with),
    (r"Diverged at step (?P<step>[\d,]+): ", diverges),
    (rf"Left the domain of f at step (?P<step>[\d,]+): from {place('p')} that step led to {place('q')}, where f is not "
     r"defined", left_the_domain),
    (rf"f is not defined at the start, {place('q')}: there is nothing to descend", nothing_to_descend),
    (rf"the landscape has no gradient at {place('p')}", without_gradient),
    (rf"the loss keeps falling that way, it was {value('loss')} at {place('p')}", keeps_falling),
    (rf"λₘₐₓ·η = {value('product')} exceeded {value('limit')} (?:at the start|at step (?P<at>[\d,]+)); "
     rf"η below {value('below')} would have held there", held),
    (rf"at {place('p')} the slope along {way('d')} is {value('slope')} in size and the curvature is 0, "
     r"and Newton's step divides the one by the other", endless),
    (rf"that step led out of all bounds from {place('p')}, where the loss is {value('loss')}", left_at_once),
    (rf"its steps grew to a length of {value('length')}, and the loss went from {value('first')} to {value('last')}, "
     r"before it left all bounds", grew),
    (rf"\. It has stopped {value('left')} from there", stopped),
    (rf"\. It is {value('left')} from there", not_there_yet),
    (rf"\. (?:On its way it came to|It began near) the saddle at {place('p')}: within {value('r')} of it"
     r"(?: from step (?P<first>[\d,]+))? to (?:step )?(?P<last>[\d,]+), its gradient norm was smallest at step "
     rf"(?P<slowest>[\d,]+), {value('norm')}, and it left {way('d')}, where the Hessian's eigenvalue is {value('low')}",
     passed_a_saddle),
    (r"\.$", plain),
]  # fmt: skip


def check(case: Case, sentence: str | None = None) -> int:
    """The number of clauses of a verdict's sentence, or of another in its place, all of them found true.

    Raises:
        UntrueError: a number or a clause that is not, or one that nobody knows how to check.
    """
    left, clauses = case.found.sentence if sentence is None else sentence, 0
    while left:
        known = ((re.match(pattern, left), claim) for pattern, claim in CLAUSES)
        match, claim = next(((match, claim) for match, claim in known if match), (None, plain))
        if match is None:
            raise UntrueError(f"nobody knows how to check: {left}")
        claim(case, match.groupdict())
        left, clauses = left[match.end() :], clauses + 1
    return clauses


def count(cases: Iterable[Case]) -> tuple[int, int]:
    """How many clauses the sentences have in all, and how many of them are untrue: at most one of each sentence."""
    clauses = untrue = 0
    for case in cases:
        try:
            clauses += check(case)
        except UntrueError:
            clauses, untrue = clauses + 1, untrue + 1
    return clauses, untrue
