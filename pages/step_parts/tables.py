"""The lecture's tables, calculated by the rules themselves: momentum over three gradients, Adam's bias correction."""

from collections.abc import Sequence

import streamlit as st

from optimizers import corrections, pushes, short
from pages.shared.choices import Choices
from pages.shared.state import key

TIMES = (1, 2, 3, 10, 100, 1000)
DIGITS = 6


def show(choices: Choices) -> None:
    """Both tables, each with its knobs and what there is to see in it."""
    del choices  # the lecture's numbers are its own
    momentum_table()
    correction_table()


def momentum_table() -> None:
    """Three gradients, and a movement that goes on against the last of them."""
    st.header("Momentum over three gradients", anchor=False)
    left, right, _ = st.columns([1, 1, 3])
    rate = left.number_input("η", 0.001, 10.0, 0.1, format="%.4g", key=key("lecture rate"))
    beta = right.number_input("β (the lecture's λ)", 0.0, 0.999, 0.9, format="%.4g", key=key("lecture beta"))
    rows = pushes(rate=float(rate), beta=float(beta))
    st.markdown(
        table(
            [
                "point",
                "$x$",
                "$g$",
                r"$\beta m$, kept",
                r"$-\eta g$, pull",
                "$m$, the movement",
                "$v$ (PyTorch)",
                "$v$ (mean)",
            ],
            [[str(i), *(number(part) for part in row)] for i, row in enumerate(rows)],
        )
    )
    last = rows[-1]
    against = "still goes on, against its gradient" if last.m > 0 else "has turned round"
    st.markdown(
        f"$m \\leftarrow \\beta m - \\eta g$, $x \\leftarrow x + m$. At the second point the gradient is 0 and the "
        f"movement is {number(rows[1].m)} all the same. At the third the gradient is {number(last.g)}: what is kept, "
        f"{number(last.kept)}, and the pull, {number(last.pull)}, add up to {number(last.m)}, so the run {against}."
    )


def correction_table() -> None:
    """Both means against a gradient that is always 1."""
    st.header("Adam’s bias correction against a steady gradient of 1", anchor=False)
    left, right, _ = st.columns([1, 1, 3])
    beta1 = left.number_input("β₁", 0.0, 0.999, 0.9, format="%.4g", key=key("lecture beta1"))
    beta2 = right.number_input("β₂", 0.0, 0.9999, 0.999, format="%.4g", key=key("lecture beta2"))
    rows = corrections(TIMES, float(beta1), float(beta2))
    st.markdown(
        table(
            [
                *("$t$", r"$1 - \beta_1^t$", r"$1 - \beta_2^t$", "$m$", r"$\hat m$", "$v$", r"$\hat v$"),
                *(r"$\frac{\hat m}{\sqrt{\hat v}}$", r"$\frac{m}{\sqrt v}$", "$v$ of momentum", "$v$ of its mean"),
            ],
            [
                [
                    str(row.t),
                    *(number(part) for part in (row.c1, row.c2, row.m, row.m_hat, row.v, row.v_hat)),
                    *(number(part) for part in (row.step, row.uncorrected, row.velocity, row.mean)),
                ]
                for row in rows
            ],
        )
    )
    worst = max(rows, key=lambda row: row.uncorrected)
    st.markdown(
        f"Both means start at 0 and are too small by $1 - \\beta^t$; divided by it, they are the gradient from the "
        f"first update on, and every corrected step is one rate. Without it the step at $t = {worst.t}$ is "
        f"{short(worst.uncorrected)} rates."
    )


def number(value: float) -> str:
    """Six digits, as the lecture prints them."""
    return short(0.0 if value == 0 else value, DIGITS)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows under their heads, in Markdown, numbers to the right."""
    lines = [heads, ["--:"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
