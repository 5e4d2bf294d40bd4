"""In which encoding a table is written.

A general detector needs more text than the few names of a table: of short Western tables charset-normalizer took half
for Central European or East Asian ones. Here the encodings are those in which spreadsheets save in Western Europe,
China, Taiwan and Russia.
"""

import codecs
import re
from itertools import islice
from unicodedata import decimal, normalize

from words import mark, message

ENCODINGS = {
    "utf-8": mark("UTF-8"),
    "utf-16-le": mark("UTF-16, little-endian"),
    "utf-16-be": mark("UTF-16, big-endian"),
    "cp1252": mark("Latin-1 and Windows-1252"),
    "mac_roman": mark("Mac Roman"),
    "gb18030": mark("GB 18030 (simplified Chinese)"),
    "big5": mark("Big5 (traditional Chinese)"),
    "cp1251": mark("Windows-1251 (Cyrillic)"),
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
PAIRS = {  # in each Chinese encoding, the two bytes of its everyday characters, and of its signs
    "gb18030": re.compile(rb"[\xb0-\xd7][\xa1-\xfe]|[\xa1-\xa3][\xa1-\xfe]"),
    "big5": re.compile(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]|[\xa1-\xa3][\x40-\x7e\xa1-\xfe]"),
}
EVERYDAY = 0.8  # the share of a Chinese text's characters beyond ASCII that are, at least
WORD = re.compile(r"[^\W\d_]+")
CYRILLIC = re.compile(r"[\u0400-\u04ff]{3,}")
OTHER_DIGITS = re.compile("[٠-٩۰-۹０-９．－＋％]")  # of Arabic and Persian, and of the wide keyboards of East Asia
IN_TEXT = frozenset("€£°²³µ½–—’“”„§ \u00a0")  # signs that stand between words


def encoding_of(content: bytes) -> str:
    """A key of ENCODINGS. All that are told by their letters have the same digits: a wrong one changes no number."""
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
    return _chinese(content) or _of_letters(content)


def _chinese(content: bytes) -> str | None:
    """The Chinese encoding in which nearly all characters beyond ASCII are everyday ones, if there is one."""
    shares = {}
    for name, pair in PAIRS.items():
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        some = [found[0].encode(name) for found in islice(BEYOND.finditer(text), MOST)]
        shares[name] = sum(map(bool, map(pair.fullmatch, some))) / len(some) if some else 0.0
    best = max(shares, key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] >= EVERYDAY else None


def _of_letters(content: bytes) -> str:
    """Cyrillic where whole words are of its letters: Western words have some letters beyond ASCII, not only such."""
    words = [word for word in WORD.findall(content.decode("cp1251", "replace")) if not word.isascii()]
    if sum(CYRILLIC.fullmatch(word) is not None for word in words) > len(words) / 2:
        return "cp1251"
    return max(("cp1252", "mac_roman"), key=lambda name: plausible(content.decode(name, "replace")))


def decoded(content: bytes, encoding: str) -> str:
    """The text, without a byte order mark, with lines that end in one character, and its digits in ASCII.

    Raises:
        ValueError: it is binary.
    """
    text = content.decode(encoding, "replace").removeprefix("\ufeff")
    if any(c in text[:LOOK] for c in "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10") or "\x00" in text:
        raise ValueError(message("The file is not text: save the table as CSV and try again."))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    if not any(mark in text for mark in ",;\t|"):
        text = text.replace("，", ",").replace("；", ";")
    return OTHER_DIGITS.sub(_in_ascii, text)


def _in_ascii(found: "re.Match[str]") -> str:
    """A digit, or a sign of a number, as ASCII has it."""
    value = decimal(found[0], None)
    return normalize("NFKC", found[0]) if value is None else str(value)


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
