"""The choices on Explore, Curvature and Step by step, which these pages share."""

from pages.shared.fields.run_choice import Numbers
from pages.shared.state.choices import Choices
from pages.shared.state.history import History
from pages.shared.state.link import read, write

__all__ = ["HISTORY", "begin", "change", "choose", "current", "set_number", "share", "undo"]

HISTORY: History[Choices] = History("", read, write)
begin = HISTORY.begin
current = HISTORY.current
choose = HISTORY.choose
change = HISTORY.change
undo = HISTORY.undo
share = HISTORY.share


def set_number(numbers: Numbers, name: str, value: float) -> Numbers:
    """The same knobs with one of them turned."""
    return tuple((n, value if n == name else v) for n, v in numbers)
