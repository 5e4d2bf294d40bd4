"""What documents, keyboards and typesetting write for a formula's plain signs, read character for character."""

import re
import unicodedata

COMMENT = re.compile(r"#[^\n]*")
END = re.compile(r"(?:\\[,;:! )\]]|\\q?quad|[\s.,;$])*\Z")  # a sentence ends behind a formula, and a line of code
QUOTES = dict(zip("\"'`“”‘’„«»「」", "\"'`““‘‘“««「「", strict=True))  # each as what opens or closes beside it
WIDE = range(0xFF01, 0xFF5F)  # letters, digits and signs of Chinese and Japanese keyboards
MATHEMATICAL = (*range(0x2100, 0x2150), *range(0x1D400, 0x1D800))  # the letters of formulas in documents
BLANK = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
UNSEEN = "\u200b\u200c\u200d\u2060\u2061\u2063\u2064\ufeff"  # between letters of copied formulas
SIGNS = {
    "\u2062": "*", "÷": "/", "⁄": "/", "∕": "/", "∙": "*", "•": "*", "⨯": "*", "‐": "-", "‑": "-", "—": "-",
    "˄": "^", "ˆ": "^", "µ": "μ", "≔": "=", "。": ".", "∣": "|",
}  # fmt: skip


def _plain() -> dict[int, str]:
    letters = {each: unicodedata.normalize("NFKC", chr(each)) for each in (*WIDE, *MATHEMATICAL)}
    single = {each: plain for each, plain in letters.items() if len(plain) == 1}
    return single | dict.fromkeys(map(ord, BLANK + UNSEEN), " ") | {ord(each): sign for each, sign in SIGNS.items()}


PLAIN = _plain()


def plain(text: str) -> str:
    """The text with each character in the plain spelling that a formula has for it; none is added or left out.

    >>> plain("（𝑥－１）＾2 ÷ y")
    '(x-1)^2 / y'
    """
    return text.translate(PLAIN)


def without_comments(text: str) -> str:
    """The text with blanks in the place of what stands behind #, to the end of its line.

    >>> without_comments("x**2  # bowl\\n+ y")
    'x**2        \\n+ y'
    """
    return COMMENT.sub(lambda found: " " * len(found[0]), text)


LINES = re.compile(r"\\begin\{(?:align|gather|multline|split|eqnarray)")  # in which & and \\ only lay out
CASES = re.compile(r"(\\begin\{cases\}.*?\\end\{cases\})|&|\\\\", re.DOTALL)
IMPORT = re.compile(r"^[ \t]*(?:import|from)[ \t]+\w[^\n;]*\n", re.MULTILINE)
WORD_IN_BRACES = re.compile(r"(?<!_)\{\s*(\\(?:text|mbox|textrm)\s*\{[^{}]*\})\s*\}")  # as Wikipedia has it
ARROW = re.compile(r"^([ \t]*[A-Za-z]\w*[ \t]*)<-", re.MULTILINE)  # of R
FUNCTION = re.compile(r"(?m)^[ \t]*(?:(?:\w+\s+)?\w+\s*=\s*)?(?:function\b|(?:double|float)\s|\([^()]*\)\s*=>\s*\{)")
LAST = re.compile(r"[\s;]*(?:\}|\bend\b)[\s;]*\Z")  # of a function
STYLE = r"{\displaystyle"  # in front of what is copied from Wikipedia


def without_layout(text: str) -> str:
    r"""The text with blanks in the place of what only lays it out: lines of a display, Wikipedia's braces, imports.

    >>> without_layout(r"{\displaystyle x^{2}}"), without_layout(r"\begin{align} f &= x \\ &+ y \end{align}")
    ('               x^{2} ', '\\begin{align} f  = x     + y \\end{align}')
    """
    if text.strip().startswith(STYLE) and text.rstrip().endswith("}"):
        inside = text.rstrip()[:-1]
        text = inside.replace(STYLE, " " * len(STYLE), 1).ljust(len(text))
    if LINES.search(text):
        text = CASES.sub(lambda found: found[1] or " " * len(found[0]), text)
    text = WORD_IN_BRACES.sub(lambda found: found[1].center(len(found[0])), text)
    text = ARROW.sub(lambda found: f"{found[1]}= ", text)
    if FUNCTION.search(text):
        text = LAST.sub(lambda found: " " * len(found[0]), text)
    return IMPORT.sub(lambda found: " " * (len(found[0]) - 1) + "\n", text)


def bare(text: str) -> str:
    """The text in plain signs, with blanks in the place of remarks, of quotes around it and of what ends a sentence.

    >>> bare("“x² + y²”."), bare("x**2 + y**2;  # bowl")
    (' x² + y²  ', 'x**2 + y**2         ')
    """
    found = END.sub(lambda end: " " * len(end[0]), without_layout(without_comments(plain(text))))
    inside = found.strip()
    if len(inside) > 1 and inside[0] in QUOTES and QUOTES[inside[0]] == QUOTES.get(inside[-1]):
        start = found.index(inside)
        found = f" {END.sub('', inside[1:-1])}".rjust(start + 1).ljust(len(found))
    return found
