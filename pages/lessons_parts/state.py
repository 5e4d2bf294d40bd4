"""The choices on Lessons."""

from pages.lessons_parts.choices import SCHEMA, LessonChoices
from pages.shared.state import history, keys

HISTORY: history.History[LessonChoices] = history.History("lessons ", SCHEMA.read, SCHEMA.write)
current, choose, change, share = HISTORY.current, HISTORY.choose, HISTORY.change, HISTORY.share


def key(name: str) -> str:
    """The key of a control of this page."""
    return keys.key(f"{HISTORY.name}{name}")
