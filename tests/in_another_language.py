"""What a page shows of words, and which of them are in no language: for visits in one made from the template.

Every text is looked at that the page sends to the browser: what Streamlit's own elements hold, and what the stage
draws. Outside of messages there may be formulas, numbers and the names below; inside, every vowel has its accent.
That each message is then translated, and its translation has no English left, is tested of the catalogues.
"""

import json
import re
from functools import cache

import pseudo_language
import pytest
from google.protobuf.message import Message

from figures.stage.packing import unpack
from landscapes import LANDSCAPES, LINES, knobs
from landscapes.formula.functions import FUNCTIONS
from optimizers import PLANS, RULES, TIMELINE
from pages.data_parts.choices import SCHEMA as DATA
from pages.lessons_parts.choices import SCHEMA as COURSE
from pages.networks_parts.choices import SCHEMA as NETWORKS
from pages.shared.fields.kinds import settled
from pages.shared.state import SCHEMA as EXPLORE
from pages.shared.state.link import KNOWN
from pages.shared.state.own_grids import MADE
from pages.shared.state.view_params import BESIDE
from pages.step_by_step_parts.choices import SHEETS
from pages.step_by_step_parts.timeline import work
from words import messages as module
from words import speaking

# What nobody reads: names by which the program knows a thing, code for the browser, forms of numbers, keys to press.
UNREAD = {
    *("id", "key", "url", "type", "format", "icon", "shortcut", "component_name", "deferred_file_id"),
    *(
        "query_string",
        "page_script_hash",
        "page",
        "raw_value",
        "columns",
    ),  # of a link, a choice, and how a table is written
    *("js_content", "html_content", "css_content", "code_text", "language", "theme", "config"),
}
# What of a picture is read, besides the alternative for those who do not see it.
READ = {"alt", "text", "name", "hovertemplate", "hovertext", "ticktext", "notes", "columns", "caption", "called"}
PROPER = (
    # Names of people, works and programs are the same in every language.
    *("PyTorch", "Dive into Deep Learning", "H.-Y. Lee", "Lin", "S. Ruder", "A. Ng", "NumPy"),
    *map(work, TIMELINE),
    # Names of languages, each as those who speak it write it; the one of this test has no name but its code.
    *("English", "pseudo"),
    # Names of points, as the lecture has them.
    *("P1", "P2", "P3"),
    # What stands in an empty field of AppTest, and a sentence repeats.
    "None",
    # Names in a formula, as a person typed them, and as mathematics has them.
    *(*FUNCTIONS, "max", "min", "sine"),
)


def words_of(schema):
    """Every word that a link of a page may have: of its parameters, and of what they may be."""
    first = schema.first()
    for name, kind in schema.fields.items():
        yield from schema.keys[name]
        yield from settled(getattr(kind, "options", ()), first)


# Words of a link, which are typed as they are: of parameters, of what they may be, of rules and of their knobs;
# they may be in the sentence that says what of a link was refused, and nowhere else.
LINKED = (
    *(*KNOWN, *BESIDE, *SHEETS, *LANDSCAPES, *RULES, *PLANS, *LINES, *MADE),
    *(name for rule in RULES.values() for name in knobs(rule.factory)),
    *(word for schema in (EXPLORE, DATA, NETWORKS, COURSE) for word in words_of(schema)),
)
CITED = re.compile(r"^[A-Z]\. .*\b(?:1[5-9]|20)\d\d\b.*$", re.MULTILINE)  # A. Author, Title (1964)
FORMULA = re.compile(r"\$[^$]*\$")
WORDS_IN_FORMULA = re.compile(r"\\text\{([^{}]*)\}")
MARKUP = re.compile(
    r":color\[●\]\{[^{}]*\}|:primary\[|%\{[^{}]*\}|<(?:style|script)\b.*?</(?:style|script)>|</?\w[^<>]*>|:material/\w+:|\*\*",
    re.DOTALL,
)
TYPED = re.compile(r"“[^”]*”(?= wás)")  # what a person wrote, in the sentence that refuses it
INSIDE = re.compile(r"⟦[^⟦⟧]*⟧")
GLUED = re.compile(r"(?<=■)\.?[,;:] |(?<=■\.) (?=■)")  # texts that no message joins as their language does
REFUSAL = "wás dróppéd fróm thé línk"
LETTER = "A-Za-zÀ-ɏ"
PLAIN_VOWEL = re.compile(f"[{LETTER}]*[aeiouAEIOU][{LETTER}]*")
WORD = re.compile(f"[{LETTER}]{{2,}}")


def any_of(names):
    """What finds these names as whole words."""
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))


NAMES, NAMES_IN_REFUSAL = any_of(PROPER), any_of(PROPER + LINKED)


@pytest.fixture(autouse=True)
def pseudo(pseudo_catalogues, monkeypatch):
    """The language is there, and the visitor's side of AppTest speaks it: it finds a choice by how it is shown.

    The page itself runs in a thread of its own, which begins in English.
    """
    monkeypatch.setattr(module, "CATALOGUES", pseudo_catalogues)
    with speaking(pseudo_language.CODE):
        yield


def elements(app):
    """Every element of the page and of its sidebar, as it travels to the browser."""

    def below(block):
        for child in block.children.values():
            if hasattr(child, "children"):
                yield child.proto
                yield from below(child)
            else:
                yield child.proto

    yield from below(app._tree)


def strings(proto):
    """Every text of a message to the browser, with the name of its field."""
    for field, value in proto.ListFields():
        if field.name in UNREAD:
            continue
        many = value if field.is_repeated else [value]
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            continue
        for each in many:
            if field.name == "spec" or (field.name == "json" and each):
                yield from pictured(json.loads(each))
            elif isinstance(each, Message):
                yield from strings(each)
            elif isinstance(each, str):
                yield field.name, each


def pictured(tree, key=""):
    """Every text that is read in what the stage was told."""
    if isinstance(tree, dict):
        for name, below in tree.items():
            yield from pictured(below, name)
    elif isinstance(tree, list):
        for below in tree:
            yield from pictured(below, key)
    elif isinstance(tree, str) and key in READ:
        yield key, tree


def shown(app):
    """Every text of the page."""
    found = []
    for proto in elements(app):
        if getattr(proto, "component_name", "") == "fall_line_stage":
            found += pictured(unpack(proto.bytes)[0])
        elif isinstance(proto, Message):
            found += strings(proto)
    return found


@cache  # most texts are on many pages
def left_over(text):
    """The words of a text that are in no other language."""
    text = CITED.sub(" ", re.sub(r"\\(_|[^\w\s])", r"\1", text))  # what Markdown is to show as it stands
    pieces = [*WORDS_IN_FORMULA.findall(text), FORMULA.sub(" ", text)]
    found, names = [], NAMES_IN_REFUSAL if REFUSAL in text else NAMES
    for piece in pieces:
        bare = names.sub(" ", TYPED.sub(" ", MARKUP.sub(" ", piece)))
        found += [word for word in PLAIN_VOWEL.findall(bare) if len(word) > 1]
        while INSIDE.search(bare):
            bare = INSIDE.sub(lambda message: "■." if message[0].endswith(".⟧") else "■", bare)
        found += WORD.findall(bare) + GLUED.findall(bare)
    return found


def english(app):
    """What of a page is in no other language, each text with its words."""
    assert not app.exception
    return [(name, text[:200], left_over(text)) for name, text in shown(app) if left_over(text)]
