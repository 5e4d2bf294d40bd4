"""Starts on a regular grid, by a few numbers instead of an array."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Domain


class Grid(NamedTuple):
    """The centres of `columns` × `rows` equal cells of a window, row by row from the lowest y, each from the lowest x.

    >>> Grid(((-1.0, 1.0), (0.0, 3.0)), columns=2, rows=3).starts()
    array([[-0.5,  0.5, -0.5,  0.5, -0.5,  0.5],
           [ 0.5,  0.5,  1.5,  1.5,  2.5,  2.5]])
    """

    window: Domain  # ((x0, x1), (y0, y1))
    columns: int
    rows: int

    @property
    def size(self) -> int:
        """How many starts there are."""
        return self.columns * self.rows

    @property
    def x(self) -> Array:
        """The first coordinate of every column, (columns,)."""
        return self._centres(0, np.arange(self.columns))

    @property
    def y(self) -> Array:
        """The second coordinate of every row, (rows,)."""
        return self._centres(1, np.arange(self.rows))

    def starts(self, first: int = 0, last: int | None = None) -> Array:
        """The starts from number `first` to before `last`, (2, N); number n is in row n // columns."""
        last = self.size if last is None else last
        if self.columns <= last - first:  # whole rows, of which the first and the last may be cut: a tenth of the time
            row = first // self.columns
            rows = np.arange(row, -(-last // self.columns))
            whole = np.empty((2, rows.size, self.columns))
            whole[0], whole[1] = self.x, self._centres(1, rows)[:, None]
            before = row * self.columns
            return whole.reshape(2, -1)[:, first - before : last - before]
        number = np.arange(first, last)
        of_row = number // self.columns
        return np.stack([self._centres(0, number - of_row * self.columns), self._centres(1, of_row)])

    def _centres(self, axis: int, number: NDArray[np.integer[Any]]) -> Array:
        """Counted from the middle of the window, so that a window symmetric about 0 has symmetric starts to the bit."""
        low, high = self.window[axis]
        count = (self.columns, self.rows)[axis]
        return np.asarray((low + high) / 2 + (2 * number + 1 - count) * ((high - low) / (2 * count)))
