"""Messages in the visitor's language, and numbers as a sentence shows them; knows no other room."""

from words.lists import listed, listed_apart, listed_later, listed_with_and, paragraph
from words.messages import (
    ENGLISH,
    Message,
    language,
    languages,
    load_catalogues,
    mark,
    message,
    message_n,
    say,
    say_n,
    speaking,
)
from words.numbers import DIGITS, apart, coordinates, digits_within, rounded_down, short, steps, steps_later

__all__ = [
    "DIGITS",
    "ENGLISH",
    "Message",
    "apart",
    "coordinates",
    "digits_within",
    "language",
    "languages",
    "listed",
    "listed_apart",
    "listed_later",
    "listed_with_and",
    "load_catalogues",
    "mark",
    "message",
    "message_n",
    "paragraph",
    "rounded_down",
    "say",
    "say_n",
    "short",
    "speaking",
    "steps",
    "steps_later",
]
