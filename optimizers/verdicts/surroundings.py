"""A landscape seen from one of its points: where around it the loss is lower, level or higher, beyond rounding.

Lengths are in views: a coordinate divided by the width of the landscape's domain along it.
"""

from dataclasses import dataclass

import numpy as np

from landscapes import Array, Landscape

SHAKEN = 4 * np.finfo(float).eps  # of a place and of its loss: what rounding may be off
SURE = 4.0  # times what rounding makes: a difference
TURNS = 48  # directions looked into on every circle, besides the axes and those asked for
FEW = 8  # lowest places of one circle that are looked at more closely
ZOOM = np.append(0.0, np.linspace(-1, 1, 17))  # the middle first: it wins where all are equal
OFF = np.array([-16.0, -8.0, -4.0, 4.0, 8.0, 16.0])  # last steps of Newton's method, at most, to where the point may be
ROUNDS = 17  # each eight times as fine as the one before: to the last digit of an angle
NEWTON = 8  # steps to the floor of a valley
NODES, WEIGHTS = (array[:, None] for array in np.polynomial.legendre.leggauss(5))


@dataclass(frozen=True)
class Surroundings:
    """A landscape seen from a point: `u` are steps from there in views, (2, N) or (2, K, N)."""

    landscape: Landscape
    centre: Array  # (2,)
    scale: Array  # (2,), one view
    last: Array  # (2,), in views, the step that led to the point: it may be off by some more of it

    def place(self, u: Array) -> Array:
        """The positions themselves, in the shape of `u`."""
        return np.asarray((self.centre + self.scale * u.T).T)

    def value(self, u: Array) -> Array:
        """The loss there."""
        return self.landscape.value(self.place(u))

    def slope(self, u: Array, along: Array) -> Array:
        """The derivative along vectors whose shape broadcasts with that of `u`."""
        return np.asarray(self._slopes(u, along).sum(axis=0))

    def _slopes(self, u: Array, along: Array) -> Array:
        """What each coordinate adds to the derivative along vectors."""
        return np.asarray((self.landscape.gradient(self.place(u)).T * self.scale).T * along)

    def curvature(self, u: Array, along: Array) -> Array:
        """The second derivative along one vector, (2, N) and (2,) -> (N,)."""
        step = along * self.scale
        return np.asarray(np.einsum("i,ij...,j->...", step, self.landscape.hessian(self.place(u)), step))

    def rise(self, u: Array) -> Array:
        """How much higher the loss is than at the point, (2, N) -> (N,); nan where it has no value.

        Where the loss is larger than what the coordinates add to its change, it is the integral of the slope along the
        straight line, by Gauss's rule with five nodes: the derivatives of a smooth landscape still have all their
        digits there.
        """
        f, origin = self.value(u), self.value(np.zeros((2, 1)))
        if not self.landscape.smooth:
            return np.asarray(f - origin)
        parts = WEIGHTS * self._slopes(u[:, None] * (1 + NODES) / 2, u[:, None]) / 2
        by_values = np.abs(f) + np.abs(origin) <= np.abs(parts).sum(axis=(0, 1))
        return np.where(by_values | np.isnan(f), f - origin, parts.sum(axis=(0, 1)))

    def shaken(self, u: Array) -> Array:
        """Places that differ from these by rounding only, (2, N) -> (2, 8, N)."""
        size = SHAKEN * (np.abs(self.place(u).T / self.scale).T + np.hypot(*u))
        corners = np.array([(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y]).T
        return np.asarray(u[:, None] + corners[:, :, None] * size[:, None])

    def trends(self, u: Array, out: Array) -> tuple[Array, Array]:
        """Whether the loss is higher than at the point (1), lower (-1), or the same to rounding (0), (2, N) -> (N,).

        What the loss may be at the point itself, which may be off by some steps of Newton's method, counts as rounding:
        between crossing curves of minima such a point is a little higher than they are. Where the values are the same,
        the slope further out decides, if it is more than rounding and hardly leads aside.

        Args:
            out: unit vectors that lead further out, (2, N).

        Returns:
            That, and how many times the largest effect of rounding it is.
        """
        u = np.hstack([np.zeros((2, 1)), u])
        places = np.concatenate([u[:, None], self.shaken(u)], axis=1)  # (2, 9, 1 + N)
        values = self.value(places)
        rounding = np.abs(values[1:] - values[0]).max(axis=0) + SHAKEN * np.abs(values[0])
        off = self.value(OFF * self.last[:, None]) - values[0, 0]
        rounding[0] += np.nan_to_num(np.abs(off)).max()
        difference, unsure = values[0, 1:] - values[0, 0], SURE * (rounding[1:] + rounding[0])
        gradients = (self.landscape.gradient(self.place(places[:, :, 1:])).T * self.scale).T
        parts = gradients * out[:, None]  # each coordinate rounds for itself
        slope, aside = parts[:, 0].sum(axis=0), (gradients[:, 0] * np.stack([-out[1], out[0]])).sum(axis=0)
        blurred = np.fmax(SURE * np.abs(parts[:, 1:] - parts[:, :1]).sum(axis=0).max(axis=0), 2 * np.abs(aside))
        steep = np.abs(slope) > blurred
        trends = np.where(np.abs(difference) > unsure, np.sign(difference), np.where(steep, np.sign(slope), 0.0))
        return trends, np.fmax(np.abs(difference) / unsure, np.where(steep, np.abs(slope) / blurred, 0.0))

    def floor(self, t: Array, along: Array, across: Array) -> Array:
        """The floor of a valley, or the top of a ridge, at steps t along it, (N,) -> (2, N); nan where it is lost.

        Args:
            along, across: unit vectors, (2,); the loss bends across the valley.
        """
        u, sign = along[:, None] * t, np.sign(self.curvature(np.zeros((2, 1)), across))
        step = np.zeros_like(t)
        for _ in range(NEWTON):
            bend = self.curvature(u, across)
            step = np.where(sign * bend > 0, self.slope(u, across[:, None]) / bend, np.nan)
            u = u - across[:, None] * step
            if not (np.abs(step) > SHAKEN * np.abs(t)).any():
                break
        return np.asarray(np.where(np.abs(step) <= 1e-9 * np.abs(t), u, np.nan))

    def extremes(self, radii: Array, axes: Array) -> tuple[list[Array], list[Array]]:
        """Where on each circle the loss is lower than beside it, and where higher: at most 8 places, (2, K), for each.

        Args:
            axes: directions to look into besides the regular ones, (2, M).
        """
        if self.landscape.curve:
            both = [np.array([[radius, -radius], [0.0, 0.0]]) for radius in radii]
            return both, both
        special = np.arctan2(axes[1], axes[0])[:, None] + np.array([0.0, np.pi])
        angles = np.concatenate([turns(TURNS), np.arange(4) * np.pi / 2, special.ravel()])
        angles = np.unique(angles % (2 * np.pi))
        signs, radius, turn = (grid.ravel() for grid in np.meshgrid([1.0, -1.0], radii, angles, indexing="ij"))
        rise = (signs * self.rise(radius * circle(turn))).reshape(-1, angles.size)
        rise[np.isnan(rise)] = np.inf
        dips = (rise <= np.roll(rise, 1, axis=1)) & (rise <= np.roll(rise, -1, axis=1)) & (rise < np.inf)
        ranks = np.where(dips, rise, np.inf).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
        row, column = np.nonzero(dips & (ranks < FEW))
        circles = np.repeat(np.tile(radii, 2), np.bincount(row, minlength=2 * radii.size))
        found = self.refined(circles, angles[column], 2 * np.pi / TURNS, np.where(row < radii.size, 1.0, -1.0))
        places = [found[:, row == number] for number in range(2 * radii.size)]
        return places[: radii.size], places[radii.size :]

    def refined(self, radius: Array, angles: Array, window: float, sign: Array) -> Array:
        """The lowest places within a window round angles on circles, the highest where `sign` is -1, (N,) -> (2, N)."""
        for _ in range(ROUNDS):
            tried = angles + window * ZOOM[:, None]
            rise = sign * self.rise((radius * circle(tried)).reshape(2, -1)).reshape(tried.shape)
            best = np.where(np.isnan(rise), np.inf, rise).argmin(axis=0)
            angles, window = tried[best, np.arange(angles.size)], window / 8
        return radius * circle(angles)


def circle(angles: Array) -> Array:
    """Unit vectors, (...) -> (2, ...); exactly along an axis where they are so to rounding."""
    vectors = np.stack([np.cos(angles), np.sin(angles)])
    return np.where(np.abs(vectors) < 1e-15, 0.0, vectors)


def turns(count: int) -> Array:
    """So many angles all round, none of them along an axis of symmetry."""
    return np.arange(count) * 2 * np.pi / count + 0.01
