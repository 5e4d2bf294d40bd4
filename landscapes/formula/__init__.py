"""A formula as a landscape: text to syntax tree, exact derivatives, NumPy functions and LaTeX."""

from landscapes.formula.analytic import analytic
from landscapes.formula.axes import names_of, suggested_axes, with_axes
from landscapes.formula.latex import ATOM, LatexWriter, Piece, name_in_latex, number
from landscapes.formula.names import shown
from landscapes.formula.parser import read_lines
from landscapes.formula.rounding import UNIT
from landscapes.formula.special import expit
from landscapes.formula.spelling import plain, without_comments
from landscapes.formula.syntax import (
    Assignment,
    Call,
    Choice,
    FormulaError,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Sum,
    changed,
)
from landscapes.formula.typed import formula, free_knobs, free_names

__all__ = [
    "ATOM",
    "UNIT",
    "Assignment",
    "Call",
    "Choice",
    "FormulaError",
    "LatexWriter",
    "Name",
    "Negative",
    "Node",
    "Number",
    "Piece",
    "Power",
    "Product",
    "Sum",
    "analytic",
    "changed",
    "expit",
    "formula",
    "free_knobs",
    "free_names",
    "name_in_latex",
    "names_of",
    "number",
    "plain",
    "read_lines",
    "shown",
    "suggested_axes",
    "with_axes",
    "without_comments",
]
