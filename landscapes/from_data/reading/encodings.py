"""In which encoding a table is written.

A general detector needs more text than the few names of a table: of short Western tables charset-normalizer took half
for Central European or East Asian ones. Here the encodings are those in which spreadsheets save.
"""

import codecs
import re
from itertools import islice

from words import mark, message

ENCODINGS = {
    "utf-8": mark("UTF-8"),
    "utf-16-le": mark("UTF-16, little-endian"),
    "utf-16-be": mark("UTF-16, big-endian"),
    "cp1252": mark("Latin-1 and Windows-1252"),
    "mac_roman": mark("Mac Roman"),
}
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
LOOK = 4000  # bytes in which every second one is looked at
MOST = 2000  # characters beyond ASCII by which encodings are compared
BEYOND = re.compile(r"[^\x00-\x7f]")
COMMON = frozenset("äöüßéèêëàâçñíóúáåæøîïôûìòùãõ")  # letters of Western European languages
IN_TEXT = frozenset("€£°²³µ½–—’“”„§ \u00a0")  # signs that stand between words


def encoding_of(content: bytes) -> str:
    """A key of ENCODINGS. Digits and ASCII are the same in the last two, so that a wrong one changes no number."""
    for start, name in BYTE_ORDER_MARKS.items():
        if content.startswith(start):
            return name
    even, odd = (content[start:LOOK:2] for start in (0, 1))
    if odd.count(0) > len(odd) / 3 and not even.count(0) > len(even) / 3:
        return "utf-16-le"
    if even.count(0) > len(even) / 3 and not odd.count(0) > len(odd) / 3:
        return "utf-16-be"
    text = content.decode("utf-8", "replace")
    strange = text.count("\ufffd")
    if not strange or len(BEYOND.findall(text)) > 2 * strange:
        return "utf-8"
    return max(("cp1252", "mac_roman"), key=lambda name: plausible(content.decode(name, "replace")))


def decoded(content: bytes, encoding: str) -> str:
    """The text, without a byte order mark and with lines that end in one character.

    Raises:
        ValueError: it is binary.
    """
    text = content.decode(encoding, "replace").removeprefix("\ufeff")
    if any(c in text[:LOOK] for c in "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10") or "\x00" in text:
        raise ValueError(message("The file is not text: save the table as CSV and try again."))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plausible(text: str) -> float:
    """How much the characters beyond ASCII look like those of words and amounts.

    >>> plausible("größe") > plausible("gr¸ﬂe")
    True
    """
    total = 0.0
    for found in islice(BEYOND.finditer(text), MOST):
        at, c = found.start(), found[0]
        before, after = text[at - 1] if at else " ", text[at + 1 : at + 2] or " "
        inside = before.isalpha() or after.isalpha()
        if c == "\ufffd" or (not c.isprintable() and c != "\u00a0"):
            total -= 2
        elif c.isalpha() and not inside:
            continue
        elif c.isalpha():
            shouted = (before.islower() and c.isupper()) or (c.islower() and before.isupper() and after.isupper())
            total += -1 if shouted else 1 if c.lower() in COMMON else 0.25
        else:
            total += 0.5 if c in IN_TEXT and not (before.isalpha() and after.isalpha()) else -1 if inside else -0.25
    return total
