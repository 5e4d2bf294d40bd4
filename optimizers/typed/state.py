"""The state of a typed rule: a tuple whose fields have the rule's own names."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any


class Fields(tuple[Any, ...]):
    """As a NamedTuple, but made without running a text: its names may come from anywhere."""

    _fields: tuple[str, ...] = ()

    def __new__(cls, *values: Any) -> "Fields":
        """The values in the order of the fields."""
        return tuple.__new__(cls, values)

    def _replace(self, **changed: Any) -> "Fields":
        return type(self)(*(changed.get(name, value) for name, value in zip(self._fields, self, strict=True)))

    def __reduce__(self) -> tuple[Any, ...]:
        return state_of, (self._fields, tuple(self))


def state_class(fields: Iterable[str]) -> type[Fields]:
    """The class of states with these fields, in this order."""
    names = tuple(fields)
    attributes: dict[str, Any] = {name: property(itemgetter(place)) for place, name in enumerate(names)}
    return type("TypedState", (Fields,), attributes | {"_fields": names})


def state_of(fields: tuple[str, ...], values: tuple[Any, ...]) -> Fields:
    """A state from its fields and their values."""
    return state_class(fields)(*values)
