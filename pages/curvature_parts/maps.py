"""How the surface bends everywhere: eigenvalues, condition number, and where it is convex."""

from collections.abc import Sequence

import streamlit as st

from figures import MAPS, call_axes, eigenvalue_map
from figures.stage import Panel, stage, visible
from landscapes import SIGNS, Bend, Bending, Chord, Landscape, bending
from pages.curvature_parts.view import View
from pages.shared.work import kept
from words import coordinates, short

SHORT = {"smallest": "Smallest", "largest": "Largest", "condition": "Condition number"}
SHARES = {  # by the signs of the smaller and of the larger eigenvalue
    (1, 1): "bend up in every direction",
    (0, 1): "bend up along one axis and are straight along the other",
    (-1, 1): "are saddle-shaped",
    (0, 0): "are flat",
    (-1, 0): "bend down along one axis and are straight along the other",
    (-1, -1): "bend down in every direction",
}


@kept("landscapes")
def bent(landscape: Landscape) -> Bending:
    """How a landscape bends over its domain, looked at once."""
    return bending(landscape)


def show(view: View) -> None:
    """One map of eigenvalues beside that of their signs, and whether the function is convex in view."""
    landscape = view.landscape
    kind = st.segmented_control(
        "Eigenvalue",
        SHORT,
        format_func=SHORT.__getitem__,
        default="smallest",
        required=True,
        label_visibility="collapsed",
    )
    found = bent(landscape)
    notes = [verdict(found, landscape.smooth), shares(found, landscape.smooth)]
    stage(
        [
            Panel(
                name,
                call_axes(
                    eigenvalue_map(landscape, landscape.domain, name, visible(f"maps {kind}", name)), landscape.axes
                ),
                alt=f"{MAPS[name].partition(',')[0]} over the domain. {notes[1]}",
            )
            for name in (kind, "sign")
        ],
        key=f"maps {kind}",
        rows=[[kind, "sign"], ["table"]],
        notes=notes,
    )


def verdict(found: Bending, smooth: bool) -> str:
    """Whether the function is convex: proven, refuted, or supported by what was looked at."""
    if found.proven is not None:
        defined = "" if found.defined else " where it is defined"
        kind = "affine, so convex and concave at once" if found.proven == "affine" else found.proven
        return f"The function is {kind}{defined}: its formula proves it, by the rules for sums and compositions."
    if found.down is not None and found.up is not None:
        refuted = f"{against(found.down, -1)}, and {against(found.up, 1)}"
        return f"The function is neither convex nor concave in view: {refuted}."
    kind, turn, side = ("convex", "down", "below") if found.down is None else ("concave", "up", "above")
    if found.down is None and found.up is None:
        kind, turn, side = "affine", "up or down", "beside"
    chords = "" if smooth else f", and no chord between two of them that was looked at lies {side} the function"
    seen = (
        f"The function may be {kind} in view: none of {found.nodes:,} places bends {turn} beyond rounding{chords}. "
        "That is evidence, not proof."
    )
    if found.down is not None:
        return f"{seen} It is not convex: {against(found.down, -1)}."
    return seen if found.up is None else f"{seen} It is not concave: {against(found.up, 1)}."


def against(found: Bend | Chord, sign: int) -> str:
    """What refutes that the function is convex (sign -1) or concave (sign 1), as a clause."""
    if isinstance(found, Bend):
        which = "smaller" if sign < 0 else "larger"
        return f"at {coordinates(found.place)} the {which} eigenvalue is {short(found.eigenvalue)}"
    one, other = (coordinates(end) for end in found.ends.T)
    side = "higher" if sign < 0 else "lower"
    return f"halfway from {one} to {other} the loss is {side} than the mean of both ends by {short(abs(found.excess))}"


def shares(found: Bending, smooth: bool) -> str:
    """How many of the places bend in which way; the shares are those of the places that have a Hessian."""
    present = [pair for pair in SIGNS if found.counts[pair]]
    if not present:
        return f"None of {found.nodes:,} places looked at has a Hessian."
    at = "" if smooth else "; at corners and edges of the surface the Hessian says nothing"
    of = f"{found.known:,} places looked at" + (" that have a Hessian" if found.known < found.nodes else "")
    if len(present) == 1:
        return f"All {of} {SHARES[present[0]]}{at}."
    parts = [
        f"{share} {SHARES[pair]}"
        for pair, share in zip(present, percentages([found.counts[pair] for pair in present]), strict=True)
    ]
    return f"Of {of}, {joined(parts)}, to within rounding{at}."


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
    ends = {0: "less than 0.1%", 1000: "more than 99.9%"}
    return [ends.get(share, f"{share / 10:.1f}%") for share in tenths]


def joined(parts: Sequence[str]) -> str:
    """Clauses with commas between them, and "and" before the last.

    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
