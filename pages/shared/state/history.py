"""The choices of one visitor: read from the link once, kept over pages, taken back, written back to the link."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import streamlit as st

from pages.shared.state.keys import renew
from pages.shared.state.lecture import in_own_address
from pages.shared.state.view_params import BESIDE, seen
from pages.shared.state.visitor import language_in_link
from words import Message

MOST_PAST = 100  # choices that can be taken back
C = TypeVar("C")
Link = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class History(Generic[C]):
    """The choices of a session, a frozen dataclass, with undo and redo: one for the pages that share them."""

    name: str  # before the names of what the session keeps, and of the controls
    read: Callable[[Link], tuple[C, list[Message]]]  # the choices of a link, and a sentence for each refused part
    write: Callable[[C], Mapping[str, str | list[str]]]

    def current(self) -> C:
        """The visitor's choices; the first time in a session they come from the link."""
        with suppress(KeyError):  # asked for so often that to look first whether it is there would be felt
            there: C = st.session_state[f"{self.name}choices"]
            return there
        link = in_address()
        choices, dropped = self.read({key: texts for key, texts in link.items() if key not in BESIDE})
        self._keep(choices=choices, dropped=(choices, dropped + seen(link)[1]), past=(), future=())
        return choices

    def begin(self, choices: C, parts: Collection[str] = ()) -> None:
        """Shows these choices to a visitor who came without a link and has not chosen anything on any page.

        An address that chooses nothing but some of `parts`, and has no version, was written by hand: it gets these
        choices too, with its parts. Links that a page wrote have a version, and mean all that they leave out.
        """
        refused: list[Message] = []
        if f"{self.name}choices" in st.session_state:
            chosen = self.can_undo() or self.can_undo(back=False)
            if chosen or self.current() != st.session_state.get(f"{self.name}opening"):
                return
            choices = replace(choices, **{name: getattr(self.current(), name) for name in parts})  # type: ignore[type-var]
        elif chosen_parts := in_address().keys() - BESIDE:
            if not chosen_parts <= set(parts):
                return
            asked, refused = self.read({key: texts for key, texts in in_address().items() if key in parts})
            choices = replace(choices, **{name: getattr(asked, name) for name in chosen_parts})  # type: ignore[type-var]
        same = st.session_state.get(f"{self.name}choices") == choices
        dropped = (choices, refused + seen(in_address())[1])
        self._keep(choices=choices, opening=choices, dropped=dropped, past=(), future=())
        if not same:
            renew()

    def follow(self, name: str) -> None:
        """Takes the choices of a link on the page that was followed to itself, which has a parameter of that name.

        Once: until the browser has the address that is written for them, it goes on asking with the old one.
        """
        link = in_address()
        followed, st.session_state[f"{self.name}followed"] = (
            st.session_state.get(f"{self.name}followed"),
            link.get(name),
        )
        if name in link and link[name] != followed:
            self.open(link)

    def open(self, link: Link) -> None:
        """Takes the choices of a link; what of it could not be followed is said when the choices are shared."""
        choices, dropped = self.read({key: texts for key, texts in link.items() if key not in BESIDE})
        self.choose(choices, redraw=True)
        self._keep(dropped=(choices, dropped))

    def choose(self, choices: C, *, redraw: bool = False, transient: bool = False) -> None:
        """Takes new choices; `redraw` makes controls that were already on the page show them.

        Choices that are `transient` to others, and the first that is not, are taken back together.
        """
        old = self.current()
        if choices != old:
            past = st.session_state[f"{self.name}past"]
            if not self.transient():
                past = (*past, without_what_was_made(old))[-MOST_PAST:]
            self._keep(choices=choices, past=past, future=())
        begun = choices != old or self.transient()
        st.session_state[f"{self.name}under way"] = transient and begun
        if redraw:
            renew()

    def transient(self) -> bool:
        """Whether the choices are on their way to others."""
        return bool(st.session_state.get(f"{self.name}under way"))

    def change(self, **parts: Any) -> None:
        """Changes some of the choices."""
        self.choose(replace(self.current(), **parts))  # type: ignore[type-var]  # there is no bound for dataclasses

    def undo(self, back: bool = True) -> None:
        """Takes the last choice back, or with `back=False` takes it again; nothing where there is none."""
        there, here = ("past", "future") if back else ("future", "past")
        if self.can_undo(back):
            *rest, choices = st.session_state[f"{self.name}{there}"]
            aside = (*st.session_state[f"{self.name}{here}"], without_what_was_made(self.current()))
            self._keep(**{"choices": choices, there: tuple(rest), here: aside, "under way": False})
            renew()

    def can_undo(self, back: bool = True) -> bool:
        """Whether there is something to take back, or to take again."""
        self.current()
        return bool(st.session_state[f"{self.name}{'past' if back else 'future'}"])

    def share(self) -> None:
        """Writes the choices to the address bar, and says what of the link that was opened could not be followed."""
        choices = self.current()
        parts = self.link() | in_own_address()
        link = {key: [part] if isinstance(part, str) else part for key, part in parts.items()}
        said = st.session_state.get("said choices", choices)  # may have come after the browser had asked for this run
        if in_address() != link or said != choices:
            st.query_params.from_dict(link)
        st.session_state["said choices"] = choices
        loaded, dropped = st.session_state[f"{self.name}dropped"]
        if dropped and loaded == choices:
            st.warning("\n\n".join(plain(str(sentence)) for sentence in dropped))

    def link(self) -> dict[str, str | list[str]]:
        """The parameters of the link to what is seen: the choices, what the stage shows of them, and the language."""
        return {**self.write(self.current()), **seen(in_address())[0], **language_in_link()}

    def _keep(self, **parts: object) -> None:
        st.session_state.update({f"{self.name}{part}": value for part, value in parts.items()})


def without_what_was_made(choices: C) -> C:
    """The same choices, which do not hold what they were asked to make, so that those of the past stay small."""
    return replace(choices)  # type: ignore[type-var]  # there is no bound for dataclasses


def came_without_choices() -> bool:
    """Whether the visitor opened the app by a link that chose nothing."""
    came = st.session_state.setdefault("came without choices", not in_address().keys() - BESIDE)
    return bool(came)


def in_address() -> dict[str, list[str]]:
    """What stands in the address, as far as the server knows it."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def plain(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|~$<>:&" else c for c in text)
