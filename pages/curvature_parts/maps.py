"""How the surface bends everywhere: eigenvalues, condition number, and where it is convex."""

from collections.abc import Sequence

import streamlit as st

from figures import call_axes, eigenvalue_map
from figures.stage import Drawing, Panel, drawing, stage, viewed, visible
from landscapes import SIGNS, Chord, ConvexityReport, Domain, Landscape, SignedEigenvalue, examine_convexity
from pages.curvature_parts.view import View
from pages.shared.size import panels_in_size
from pages.shared.state import Choices
from pages.shared.work import Frozen, drawn_once, frozen, kept
from words import coordinates, listed_with_and, mark, paragraph, say, short

SHORT = {"smallest": mark("Smallest"), "largest": mark("Largest"), "condition": mark("Condition number")}
OVER = {
    "smallest": mark("Smallest eigenvalue over the domain."),
    "largest": mark("Largest eigenvalue over the domain."),
    "condition": mark("Condition number over the domain."),
    "sign": mark("Signs of both eigenvalues over the domain."),
}
PROVEN = {
    "convex": mark("The function is convex: its formula proves it, by the rules for sums and compositions."),
    "concave": mark("The function is concave: its formula proves it, by the rules for sums and compositions."),
    "affine": mark(
        "The function is affine, so convex and concave at once: its formula proves it, by the rules for sums and "
        "compositions."
    ),
}
PROVEN_WHERE_DEFINED = {
    "convex": mark(
        "The function is convex where it is defined: its formula proves it, by the rules for sums and compositions."
    ),
    "concave": mark(
        "The function is concave where it is defined: its formula proves it, by the rules for sums and compositions."
    ),
    "affine": mark(
        "The function is affine, so convex and concave at once where it is defined: its formula proves it, by the "
        "rules for sums and compositions."
    ),
}
SUPPORTED = {  # of a smooth function, by its Hessians
    "convex": mark(
        "The function may be convex in view: none of {places} places bends down beyond rounding. That is evidence, not "
        "proof."
    ),
    "concave": mark(
        "The function may be concave in view: none of {places} places bends up beyond rounding. That is evidence, not "
        "proof."
    ),
    "affine": mark(
        "The function may be affine in view: none of {places} places bends up or down beyond rounding. That is "
        "evidence, not proof."
    ),
}
SUPPORTED_BY_CHORDS = {
    "convex": mark(
        "The function may be convex in view: none of {places} places bends down beyond rounding, and no chord between "
        "two of them that was looked at lies below the function. That is evidence, not proof."
    ),
    "concave": mark(
        "The function may be concave in view: none of {places} places bends up beyond rounding, and no chord between "
        "two of them that was looked at lies above the function. That is evidence, not proof."
    ),
    "affine": mark(
        "The function may be affine in view: none of {places} places bends up or down beyond rounding, and no chord "
        "between two of them that was looked at lies beside the function. That is evidence, not proof."
    ),
}
SHARES = {  # by the signs of the smaller and of the larger eigenvalue
    (1, 1): mark("{share} bend up in every direction"),
    (0, 1): mark("{share} bend up along one axis and are straight along the other"),
    (-1, 1): mark("{share} are saddle-shaped"),
    (0, 0): mark("{share} are flat"),
    (-1, 0): mark("{share} bend down along one axis and are straight along the other"),
    (-1, -1): mark("{share} bend down in every direction"),
}


@kept("landscapes")
def examined(landscape: Landscape) -> ConvexityReport:
    """Whether a landscape is convex over its domain, examined once."""
    return examine_convexity(landscape)


def show(view: View) -> None:
    """One map of eigenvalues beside that of their signs, and whether the function is convex in view."""
    kind = st.segmented_control(
        say("Eigenvalue"),
        SHORT,
        format_func=lambda name: say(SHORT[name]),
        default="smallest",
        required=True,
        label_visibility="collapsed",
    )
    key = f"maps {kind}"
    looks = visible(key, kind), visible(key, "sign")
    stage(pictured(view.choices, kind, looks, frozen(viewed(key))), key=key)


@drawn_once
def pictured(choices: Choices, kind: str, looks: tuple[Domain | None, Domain | None], views: Frozen) -> Drawing:
    """The map of this kind of eigenvalue beside that of the signs.

    Args:
        looks: what the browser shows of both, where it said so.
    """
    landscape = choices.build()
    found = examined(landscape)
    notes = [verdict(found, landscape.smooth), shares(found, landscape.smooth)]
    return drawing(
        panels_in_size(
            [
                Panel(
                    name,
                    call_axes(eigenvalue_map(landscape, landscape.domain, name, look), landscape.axes),
                    alt=paragraph(say(OVER[name]), notes[1]),
                )
                for name, look in zip((kind, "sign"), looks, strict=True)
            ],
            choices.size,
        ),
        key=f"maps {kind}",
        views=dict(views),
        rows=[[kind, "sign"], ["table"]],
        notes=notes,
    )


def verdict(found: ConvexityReport, smooth: bool) -> str:
    """Whether the function is convex: proven, refuted, or supported by what was looked at."""
    if found.proven is not None:
        return say((PROVEN if found.defined else PROVEN_WHERE_DEFINED)[found.proven])
    if found.against_convexity is not None and found.against_concavity is not None:
        return say(
            "The function is neither convex nor concave in view: {one}, and {other}.",
            one=against(found.against_convexity, -1),
            other=against(found.against_concavity, 1),
        )
    convex, concave = found.against_convexity is None, found.against_concavity is None
    kind = "affine" if convex and concave else "convex" if convex else "concave"
    seen = say((SUPPORTED if smooth else SUPPORTED_BY_CHORDS)[kind]).format(places=f"{found.nodes:,}")
    if found.against_convexity is not None:
        return paragraph(seen, say("It is not convex: {reason}.", reason=against(found.against_convexity, -1)))
    if found.against_concavity is not None:
        return paragraph(seen, say("It is not concave: {reason}.", reason=against(found.against_concavity, 1)))
    return seen


def against(found: SignedEigenvalue | Chord, sign: int) -> str:
    """What refutes that the function is convex (sign -1) or concave (sign 1), as a clause."""
    if isinstance(found, SignedEigenvalue):
        place, eigenvalue = coordinates(found.place), short(found.eigenvalue)
        if sign < 0:
            return say("at {place} the smaller eigenvalue is {eigenvalue}", place=place, eigenvalue=eigenvalue)
        return say("at {place} the larger eigenvalue is {eigenvalue}", place=place, eigenvalue=eigenvalue)
    one, other = (coordinates(end) for end in found.ends.T)
    excess = short(abs(found.excess))
    if sign < 0:
        return say(
            "halfway from {one} to {other} the loss is higher than the mean of both ends by {excess}",
            one=one,
            other=other,
            excess=excess,
        )
    return say(
        "halfway from {one} to {other} the loss is lower than the mean of both ends by {excess}",
        one=one,
        other=other,
        excess=excess,
    )


def shares(found: ConvexityReport, smooth: bool) -> str:
    """How many of the places bend in which way; the shares are those of the places that have a Hessian."""
    present = [pair for pair in SIGNS if found.counts[pair]]
    if not present:
        return say("None of {places} places looked at has a Hessian.", places=f"{found.nodes:,}")
    shown = percentages([found.counts[pair] for pair in present]) if len(present) > 1 else [say("all")]
    parts = listed_with_and(say(SHARES[pair]).format(share=share) for pair, share in zip(present, shown, strict=True))
    places = say("{places} places looked at", places=f"{found.known:,}")
    if found.known < found.nodes:
        places = say("{places} places looked at that have a Hessian", places=f"{found.known:,}")
    if smooth:
        return say("Of {places}, {parts}, to within rounding.", places=places, parts=parts)
    return say(
        "Of {places}, {parts}, to within rounding; at corners and edges of the surface the Hessian says nothing.",
        places=places,
        parts=parts,
    )


def percentages(counts: Sequence[int]) -> list[str]:
    """Shares in per cent to one digit that add up to 100, none of them shown as 0 or 100.

    Source: the method of the largest remainder, T. Hare, The Election of Representatives (1859).

    >>> percentages([1, 1, 1]), percentages([1, 9999])
    (['33.4%', '33.3%', '33.3%'], ['less than 0.1%', 'more than 99.9%'])
    """
    exact = [1000 * count / sum(counts) for count in counts]
    tenths = [int(share) for share in exact]
    for index in sorted(range(len(counts)), key=lambda i: tenths[i] - exact[i])[: 1000 - sum(tenths)]:
        tenths[index] += 1
    ends = {0: say("less than 0.1%"), 1000: say("more than 99.9%")}
    return [ends.get(share, f"{share / 10:.1f}%") for share in tenths]
