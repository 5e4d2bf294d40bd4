"""How often something may be said: so many times in one go, and then as they come back."""

from dataclasses import dataclass


@dataclass
class Allowance:
    """A bucket that holds `most` and is filled by `rate` a second; the time is given."""

    rate: float
    most: float
    held: float = -1.0
    at: float = 0.0

    def take(self, now: float) -> bool:
        """Whether there was one more to take.

        >>> allowance = Allowance(rate=1, most=2)
        >>> [allowance.take(now) for now in (0, 0, 0, 1, 1)]
        [True, True, False, True, False]
        """
        if self.held < 0:
            self.held = self.most
        else:
            self.held = min(self.most, self.held + self.rate * max(0.0, now - self.at))
        self.at = now
        if self.held < 1:
            return False
        self.held -= 1
        return True
