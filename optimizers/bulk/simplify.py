"""Programs with fewer operations that give the same numbers to the bit: no products by one, hardly a change of sign.

Rounding does not look at signs: x + (-y) is x - y, and (-x)·y is -(x·y). Only the sign of nan may differ.
"""

from typing import Any

import numpy as np

from optimizers.bulk.lanes import Recorder

ONE = (1.0).hex()


class Simplifier:
    """Writes operations down again; `ones` are the slots whose number is 1 in every step."""

    def __init__(self, ones: frozenset[int]) -> None:
        self.recorder, self.ones = Recorder(), ones

    def node(self, function: Any, *operands: Any) -> int:
        """The number of an operation, or of what it comes to."""
        a, b = (*operands, None)[:2]
        if function is np.multiply:
            return self._product(a, b)
        if function is np.true_divide and self._is_one(b):
            return int(a)
        if function is np.add:
            for one, other in ((a, b), (b, a)):
                if (opposite := self._opposite(other)) is not None:
                    return self.node(np.subtract, one, opposite)
        if function is np.subtract and (opposite := self._opposite(b)) is not None:
            return self.node(np.add, a, opposite)
        if function is np.negative and (opposite := self._opposite(a)) is not None:
            return opposite
        return self.recorder.node(function, *operands)

    def _product(self, a: int, b: int) -> int:
        for one, other in ((a, b), (b, a)):
            if self._is_one(one):
                return other
            if (opposite := self._opposite(one)) is not None:
                return self.node(np.negative, self.node(np.multiply, opposite, other))
        return self.recorder.node(np.multiply, a, b)

    def _opposite(self, node: int) -> int | None:
        """What this is the negative of."""
        name, *operands = self.recorder.operations[node]
        return operands[0] if name is np.negative else None

    def _is_one(self, node: int) -> bool:
        name, *operands = self.recorder.operations[node]
        return (name == "literal" and operands[0] == ONE) or (name == "slot" and operands[0] in self.ones)
