"""An update in formulas with its numbers, and as a table of what was before and after."""

import re
from collections.abc import Callable

import numpy as np

from landscapes import Array, shown
from optimizers import Anatomy, to_latex
from pages.shared.letters import tinted
from words import coordinates, paragraph, say, say_n, short

BROAD = 40  # characters that fit beside each other where two runs are abreast
ARROW = r"\leftarrow"  # of a line that replaces what is remembered
ENTRIES = 4  # of a memory that a table can hold: more is only counted

BEFORE = "_{-1}"  # behind the letter of what something was before the update
SIGNS = {r"\Delta": "Δ", r"\Pi": "Π", r"_{\max}": " max", "^t": "ᵗ", r"\_": "_"}
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def formulas(update: Anatomy, broad: int = BROAD, colours: tuple[str, str] | None = None) -> str:
    """Point, gradient, every line of the rule in letters and in numbers, effective rate and step, in LaTeX.

    Args:
        broad: a line of more characters is broken before its numbers.
        colours: of the gradient, and of the old momentum where it enters, in letters and in numbers.
    """
    gradient, momentum = (lambda latex, colour=colour: tinted(latex, colour) for colour in colours or ("", ""))
    g = to_latex(update.g)
    rows = [rf"{gradient('g')} &= \nabla f{to_latex(update.p)} = {gradient(g)}"]
    if update.rate is not None:
        rows[0] += rf", \quad \eta = {to_latex(np.array(update.rate))}"
    old = {memory.letter: to_latex(memory.before) for memory in update.memories}.get(update.momentum, "")
    for line in update.lines:
        if not line.formula:
            origin = say("(searched for)")
            rows.append(rf"{line.letter} &= {to_latex(line.value)} \quad \text{{{origin}}}")
            continue
        formula, numbers = lettered(line.formula, "g", gradient), line.numbers.replace(g, gradient(g))
        if line.letter == update.momentum and line.sign == ARROW:
            formula = lettered(formula, update.momentum, momentum)
            numbers = numbers if old == g else numbers.replace(old, momentum(old), 1)
        said, result = rf"{line.letter} &{line.sign} {formula}", f"{numbers} = {to_latex(line.value)}"
        rows += [f"{said} = {result}"] if breadth(said + result) <= broad else [said, f"&= {result}"]
    if update.effective is not None:
        rate = say("rate")
        rows.append(rf"\text{{{rate}}} &= {update.effective_formula} = {to_latex(update.effective)}")
    rows.append(rf"\Delta p &= {to_latex(update.new)} - {to_latex(update.p)} = {to_latex(update.step)}")
    return r"$\begin{aligned} " + r" \\[2pt] ".join(rows) + r" \end{aligned}$"


def lettered(latex: str, letter: str, tint: Callable[[str], str]) -> str:
    """A formula with one of its letters in a colour.

    >>> lettered(r"\\gamma g + \\log g", "g", str.upper)
    '\\\\gamma G + \\\\log G'
    """
    return re.sub(rf"(?<![a-zA-Z\\]){re.escape(letter)}(?![a-zA-Z])", lambda found: tint(found[0]), latex)


def breadth(latex: str) -> int:
    """About how many characters wide a formula is: a column counts as its longest number.

    >>> breadth(r"m &= 0.9 \\begin{pmatrix} 12.5 \\\\ 3 \\end{pmatrix}")
    11
    """

    def column(found: re.Match[str]) -> str:
        return f"({max(found[1].split(chr(92) * 2), key=len)})"

    plain = re.sub(r"\\textcolor{#\w+}", "", latex)
    flat = re.sub(r"\\begin{pmatrix}(.*?)\\end{pmatrix}", column, plain)
    return len(
        re.sub(r"[\s{}^_&\\]", "", re.sub(r"\\(left|right|frac|,)|\\[a-zA-Z]+", lambda c: "" if c[1] else "x", flat))
    )


def before_and_after(update: Anatomy) -> str:
    """A Markdown table: the point and everything that is remembered, before and after."""
    rows = [("p", update.p, update.new)]
    rows += [memory[:] for memory in update.memories]
    heads = say("letter"), say("before"), say("after")
    lines = [f"| {' | '.join(heads)} |", "|:--|:--|:--|"]
    lines += [f"| ${letter}$ | {in_a_cell(before)} | {in_a_cell(after)} |" for letter, before, after in rows]
    return "\n".join(lines)


def in_a_cell(values: Array) -> str:
    """A number, a vector or a small matrix."""
    if values.ndim == 0:
        return short(float(values))
    if values.ndim == 1:
        return coordinates(values)
    if values.size > ENTRIES:
        return say_n("{count} vector", "{count} vectors", len(values))
    return f"${to_latex(values)}$"


def lesson(name: str, update: Anatomy) -> str:
    """The update in one to three sentences, with the numbers that matter."""
    length = float(np.linalg.norm(update.step))
    slope = float(update.g @ update.step)
    sentences = [_step(name, f"{update.t:,}", short(length), slope)]
    if update.from_memory is not None and update.t > 1 and length > 0:
        share = float(update.from_memory @ update.step) / length**2
        sentences.append(say("The old momentum makes {share} % of the step.", share=short(100 * share)))
    if update.effective is not None and (ratio := _ratio(update.effective)) is not None:
        sentences.append(
            say("One coordinate goes {ratio} times as fast as the other for the same direction.", ratio=short(ratio))
        )
    return paragraph(*sentences)


def _step(run: str, t: str, length: str, slope: float) -> str:
    """How long a step is, and which way it leads; `slope` is g·Δp."""
    if slope < 0:
        return say(
            "{run}, update {t}: a step of length {length}, downhill (g·Δp = {slope}).",
            run=run,
            t=t,
            length=length,
            slope=short(slope),
        )
    if slope > 0:
        return say(
            "{run}, update {t}: a step of length {length}, uphill (g·Δp = {slope}).",
            run=run,
            t=t,
            length=length,
            slope=short(slope),
        )
    return say(
        "{run}, update {t}: a step of length {length}, level (g·Δp = {slope}).",
        run=run,
        t=t,
        length=length,
        slope=short(slope),
    )


def _ratio(effective: Array) -> float | None:
    low, high = sorted(np.abs(effective))
    return float(high / low) if low > 0 and np.isfinite(high) and high > 1.005 * low else None


def in_plain_text(letter: str) -> str:
    """A letter of LaTeX in plain text, for a picture.

    >>> in_plain_text(r"1 - \\beta_1^t"), in_plain_text(r"v_{\\max}"), in_plain_text(r"\\mathrm{speed}_{2}")
    ('1 − β₁ᵗ', 'v max', 'speed₂')
    """
    if letter.endswith(BEFORE):
        stem = letter.removesuffix(BEFORE)
        return say("{letter} before", letter=in_plain_text(stem[1:-1] if stem.startswith("{") else stem))
    for latex, sign in SIGNS.items():
        letter = letter.replace(latex, sign)
    letter = re.sub(r"\\hat\{?([^{}]*)\}?", "\\1\u0302", letter)
    letter = re.sub(r"\\mathrm\{([^{}]*)\}", r"\1", letter)
    letter = re.sub(r"\\([a-z]+)", lambda word: shown(word[1]), letter)
    letter = re.sub(r"_(\d+)|_\{(\d+)\}", lambda index: (index[1] or index[2]).translate(LOWERED), letter)
    return re.sub(r"_\{([^{}]*)\}", r" \1", letter).replace("-", "−")
