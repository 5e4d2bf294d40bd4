"""How the surface bends everywhere: eigenvalues, condition number, and where it is convex."""

import streamlit as st

from figures import MAPS, convexity, eigenvalue_map
from figures.stage import Panel, stage
from pages.parts.view import View

SHORT = {"smallest": "Smallest", "largest": "Largest", "condition": "Condition number"}


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
    convex, mixed, concave = convexity(landscape, landscape.domain)
    shares = f"{convex:.1%} of the sampled points are convex, {mixed:.1%} saddle-shaped, {concave:.1%} concave."
    if mixed == concave == 0:
        claim = "No sampled point has a negative eigenvalue: nothing speaks against the function being convex in view."
    else:
        claim = "The function is not convex in view: some sampled points have a negative eigenvalue."
    stage(
        [
            Panel(
                name, eigenvalue_map(landscape, landscape.domain, name), alt=f"{MAPS[name]} over the domain. {shares}"
            )
            for name in (kind, "sign")
        ],
        key=f"maps {kind}",
        rows=[[kind, "sign"], ["table"]],
        notes=[
            f"{claim} {shares}",
            "Solid line: the smaller eigenvalue changes its sign. Dashed line: the larger one does.",
        ],
    )
