"""Exact derivatives of an expression in named pieces, by the chain rule: they grow no faster than the expression."""

from collections.abc import Mapping, Sequence
from functools import cache

import sympy as sp

from landscapes.formula.functions import choose
from landscapes.formula.stable import with_ratios

SHORT = 8  # parts of a derivative that needs no name of its own


class Derivatives:
    """Total derivatives of trees whose pieces are named, and the assignments that compute them."""

    def __init__(self, definitions: Mapping[sp.Symbol, sp.Expr]) -> None:
        self.definitions = dict(definitions)
        self.of_name = cache(self._of_name)

    def of(self, tree: sp.Expr, coordinate: sp.Symbol) -> sp.Expr:
        """d tree/d coordinate = ∂tree/∂coordinate + Σ ∂tree/∂piece · d piece/d coordinate.

        Of `choose` it is that of the formula which holds there: 0 times the other one's is none where it is undefined.
        """
        if isinstance(tree, choose):
            which, *formulas = tree.args
            return choose(which, *(self.of(each, coordinate) for each in formulas))
        pieces = sorted(tree.free_symbols & self.definitions.keys(), key=str)
        terms = [sp.diff(tree, piece) * self.of_name(piece, coordinate) for piece in pieces]
        return sp.Add(sp.diff(tree, coordinate), *terms)

    def _of_name(self, piece: sp.Symbol, coordinate: sp.Symbol) -> sp.Expr:
        tree = self.definitions[piece]
        derivative = self.of(tree, coordinate).xreplace({tree: piece})  # exp(u) is its own derivative
        if sum(1 for _ in sp.preorder_traversal(derivative)) <= SHORT and not derivative.has(choose):
            return derivative
        name = sp.Symbol(f"derivative_{len(self.definitions)}", real=True)
        self.definitions[name] = derivative
        return name

    def program(self, results: Sequence[sp.Expr]) -> tuple[list[tuple[sp.Symbol, sp.Expr]], list[sp.Expr]]:
        """The assignments that `results` need, in an order in which they can be made, and the results in their terms.

        What occurs twice, in the pieces too, is computed once.
        """
        needed: list[sp.Symbol] = []
        for name in reversed(self.definitions):  # each is defined by names before it
            if any(name in tree.free_symbols for tree in [*results, *(self.definitions[n] for n in needed)]):
                needed.append(name)
        wanted = [*(self.definitions[name] for name in needed), *results]
        shared, trees = sp.cse([with_ratios(tree) for tree in wanted])
        assignments = dict(shared) | dict(zip(needed, trees, strict=False))
        ordered: dict[sp.Symbol, sp.Expr] = {}

        def make(name: sp.Symbol) -> None:
            if name in assignments and name not in ordered:
                for earlier in sorted(assignments[name].free_symbols, key=str):
                    make(earlier)
                ordered[name] = assignments[name]

        for name in assignments:
            make(name)
        return list(ordered.items()), trees[len(needed) :]
