"""Which messages the browser certainly still has, so that they are referred to instead of being sent again.

Streamlit's page remembers a message until some runs have ended without it, and says with every question which ones it
remembers. When the answer comes, runs that were asked for earlier have ended too, and the message may be forgotten: a
reference to it then ends the connection. So a run refers only to what the page is known to have used lately.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Run:
    """What one run of a page asked for, in order."""

    used: dict[str, int] = field(default_factory=dict)  # every message that may be remembered, with its place
    new: dict[str, int] = field(default_factory=dict)  # those of them that no earlier run had used

    def reached(self, remembered: frozenset[str]) -> int:
        """The place up to which the browser has had this run: messages come in order, and some end of them may not."""
        return max((place for message, place in self.new.items() if message in remembered), default=-1)


class Remembered:
    """The last runs of a visitor, by which it is known what the browser still has.

    Args:
        runs: a message that the browser used in one of so many last runs is still there; 1 or more, and less than the
            number of runs after which the browser forgets.
    """

    def __init__(self, runs: int) -> None:
        self.last: deque[Run] = deque(maxlen=runs)
        self.runs = 0  # begun so far

    def begin(self, remembered: Iterable[str]) -> "Certain":
        """The next run; `remembered` is what the browser said it had when it asked for the run."""
        said = frozenset(remembered)
        certain = Certain(said)
        certain.earlier = [(run, run.reached(said)) for run in self.last]
        certain.run = Run()
        self.last.append(certain.run)
        self.runs += 1
        return certain


class Certain(frozenset[str]):
    """What the browser said it had, and by `in` whether it certainly still has it; to ask is to use a message."""

    earlier: list[tuple[Run, int]]
    run: Run

    def __contains__(self, message: object) -> bool:
        said = super().__contains__(message)
        if not isinstance(message, str):
            return said
        place = len(self.run.used)
        if message not in self.run.used:
            self.run.used[message] = place
            if not said and not any(message in run.used for run, _ in self.earlier):
                self.run.new[message] = place
        return said and any(run.used.get(message, reached + 1) <= reached for run, reached in self.earlier)
