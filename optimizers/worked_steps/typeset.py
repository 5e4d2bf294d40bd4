"""The lines of a rule in LaTeX, before there is any number to put into them."""

from landscapes.formula import Assignment, read_lines
from optimizers.optimizer import Rule
from optimizers.worked_steps.evaluation import SymbolWriter
from optimizers.worked_steps.notation import symbols_of


def typeset(rule: Rule) -> tuple[str, ...]:
    r"""Each line of a rule in LaTeX, with & before its sign; none for a rule that searches for its whole step.

    >>> from optimizers import RULES
    >>> print(*typeset(RULES["momentum_ema"]), sep="\n")
    v &\leftarrow \beta\,v + \left(1 - \beta\right)\,g
    p &\leftarrow p - \eta\,v
    """
    writer = SymbolWriter(symbols_of(rule))
    lines = read_lines(rule.lines.text) if rule.lines else ()
    return tuple(f"{writer.name(line.name)[0]} &{sign(rule, line)} {writer.latex(line.formula)}" for line in lines)


def sign(rule: Rule, line: Assignment) -> str:
    """An arrow where a line replaces what is remembered, the point or the gradient; an equals sign elsewhere."""
    return r"\leftarrow" if line.name in {"p", "g", *rule.memory} else "="
