"""Polynomials in x and y up to the second degree, in exact arithmetic."""

from fractions import Fraction
from typing import NamedTuple


class Quadratic(NamedTuple):
    """xx x² + xy xy + yy y² + x x + y y + one; decimals are taken as they are written."""

    xx: Fraction = Fraction(0)
    xy: Fraction = Fraction(0)
    yy: Fraction = Fraction(0)
    x: Fraction = Fraction(0)
    y: Fraction = Fraction(0)
    one: Fraction = Fraction(0)

    @classmethod
    def constant(cls, value: float | Fraction) -> "Quadratic":
        """A number.

        >>> Quadratic.constant(0.1).one
        Fraction(1, 10)
        """
        return cls(one=value if isinstance(value, Fraction) else Fraction(repr(float(value))))

    @property
    def degree(self) -> int:
        """0, 1 or 2; of 0 too it is 0."""
        return 2 if any(self[:3]) else 1 if any(self[3:5]) else 0

    @property
    def convex(self) -> bool:
        """Whether the Hessian, which is the same everywhere, has no negative eigenvalue."""
        return not any(self[:3]) or (self.xx >= 0 and self.yy >= 0 and 4 * self.xx * self.yy >= self.xy**2)

    @property
    def nonnegative(self) -> bool:
        """Whether it is negative nowhere: then it is the square of a norm of an affine function of (x, y).

        Decided by the principal minors of the form in (x, y, 1), all of which are 0 or more just then.
        """
        if min(self.xx, self.yy, self.one) < 0:
            return False
        if self.degree == 0:
            return True
        a, b, c = 2 * self.xx, 2 * self.yy, 2 * self.one
        minors = (a * b - self.xy**2, a * c - self.x**2, b * c - self.y**2)
        if min(minors) < 0:
            return False
        whole = a * minors[2] - self.xy * (self.xy * c - self.x * self.y) + self.x * (self.xy * self.y - self.x * b)
        return whole >= 0

    @property
    def negative(self) -> "Quadratic":
        """The polynomial with the other sign."""
        return Quadratic(*(-a for a in self))

    def plus(self, other: "Quadratic") -> "Quadratic":
        """The sum."""
        return Quadratic(*(a + b for a, b in zip(self, other, strict=True)))

    def scaled(self, factor: Fraction) -> "Quadratic":
        """A multiple."""
        return Quadratic(*(factor * a for a in self))

    def times(self, other: "Quadratic") -> "Quadratic | None":
        """The product, None where its degree is more than 2."""
        if self.degree + other.degree > 2:
            return None
        if self.degree == 0 or other.degree == 0:
            return other.scaled(self.one) if self.degree == 0 else self.scaled(other.one)
        return Quadratic(
            xx=self.x * other.x,
            xy=self.x * other.y + self.y * other.x,
            yy=self.y * other.y,
            x=self.x * other.one + self.one * other.x,
            y=self.y * other.one + self.one * other.y,
            one=self.one * other.one,
        )
