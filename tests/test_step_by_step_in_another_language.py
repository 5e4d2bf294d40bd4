"""The page Step by step in a language made from the template: whatever a visitor reads there is in that language.

Every text is looked at that the page sends to the browser: what Streamlit's own elements hold, and what the stage
draws. Outside of messages there may be formulas, numbers and the names below; inside, every vowel has its accent.
"""

import ast
import json
import re
from pathlib import Path

import pseudo_language
import pytest
from google.protobuf.message import Message
from visitor import opened, press

from figures.stage.packing import unpack
from landscapes import LANDSCAPES, knobs
from landscapes.formula.functions import FUNCTIONS
from optimizers import PLANS, RULES, TIMELINE
from pages.shared.state.choices import OWN
from pages.shared.state.link import KNOWN
from pages.shared.state.view_params import BESIDE
from pages.step_by_step_parts.choices import SHEETS
from pages.step_by_step_parts.timeline import work
from words import messages as module
from words import speaking

# What nobody reads: names by which the program knows a thing, code for the browser, forms of numbers, keys to press.
UNREAD = {
    *("id", "key", "url", "type", "format", "icon", "shortcut", "component_name", "deferred_file_id"),
    *("query_string", "page_script_hash", "raw_value", "columns"),  # of a link, a choice, and how a table is written
    *("js_content", "html_content", "css_content", "code_text", "language", "theme", "config"),
}
# What of a picture is read, besides the alternative for those who do not see it.
READ = {"alt", "text", "name", "hovertemplate", "hovertext", "ticktext", "notes", "columns", "caption"}
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
# Words of a link, which are typed as they are: of parameters, of what they may be, of rules and of their knobs;
# they may be in the sentence that says what of a link was refused, and nowhere else.
LINKED = (
    *(*KNOWN, *BESIDE, *SHEETS, *LANDSCAPES, *RULES, *PLANS),
    *(name for rule in RULES.values() for name in knobs(rule.factory)),
)
FORMULA = re.compile(r"\$[^$]*\$")
WORDS_IN_FORMULA = re.compile(r"\\text\{([^{}]*)\}")
MARKUP = re.compile(r":color\[●\]\{[^{}]*\}|:primary\[|%\{[^{}]*\}|</?\w+>|:material/\w+:|\*\*")
TYPED = re.compile(r"“[^”]*”(?= wás)")  # what a person wrote, in the sentence that refuses it
INSIDE = re.compile(r"⟦[^⟦⟧]*⟧")
REFUSAL = "wás dróppéd fróm thé línk"
LETTER = "A-Za-zÀ-ɏ"
PLAIN_VOWEL = re.compile(f"[{LETTER}]*[aeiouAEIOU][{LETTER}]*")
WORD = re.compile(f"[{LETTER}]{{2,}}")


def any_of(names):
    """What finds these names as whole words."""
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))


NAMES, NAMES_IN_REFUSAL = any_of(PROPER), any_of(PROPER + LINKED)


@pytest.fixture(autouse=True)
def pseudo(tmp_path, monkeypatch):
    """The language is there, and the visitor's side of AppTest speaks it: it finds a choice by how it is shown.

    The page itself runs in a thread of its own, which begins in English.
    """
    pseudo_language.write(tmp_path)
    monkeypatch.setattr(module, "CATALOGUES", tmp_path)
    with speaking(pseudo_language.CODE):
        yield
    module._catalogue.cache_clear()


def visit(**link):
    return opened("step_by_step", v="1", lang=pseudo_language.CODE, **link)


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
            elif isinstance(each, str) and not each.startswith("<style>"):
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


def left_over(text):
    """The words of a text that are in no other language."""
    text = re.sub(r"\\(_|[^\w\s])", r"\1", text)  # what Markdown is to show as it stands
    pieces = [*WORDS_IN_FORMULA.findall(text), FORMULA.sub(" ", text)]
    found, names = [], NAMES_IN_REFUSAL if REFUSAL in text else NAMES
    for piece in pieces:
        bare = names.sub(" ", TYPED.sub(" ", MARKUP.sub(" ", piece)))
        found += [word for word in PLAIN_VOWEL.findall(bare) if len(word) > 1]
        while INSIDE.search(bare):
            bare = INSIDE.sub(" ", bare)
        found += WORD.findall(bare)
    return found


# Each opens on other words: (link, what is unfolded).
RULES_BY_TWO = [list(RULES)[i : i + 2] for i in range(0, len(RULES), 2)]
LINKS = {
    "a line search and a rule that searches": {"run": ["line_search", "lbfgs"], "steps": "5", "update": "2"},
    "a run that has left": {"run": "gradient_descent~0.1", "steps": "40", "update": "40"},
    "rules of one name": {"run": ["adam", "adam_uncorrected", "momentum", "momentum_ema"], "steps": "9"},
    "a rule more than once": {"run": ["adam", "adam", "adam~0.2", "adam~cosine", "adam~warmup~5"], "steps": "9"},
    "hidden": {"run": ["adam~hidden", "lion"], "steps": "9"},
    "an idle schedule": {"run": ["adam~step~every~500", "lion~warmup~99", "sam~cosine~warmup~99"], "steps": "9"},
    "RAdam leaves the view": {"run": ["radam~5", "radam~5~beta2~0.5"], "steps": "20", "noise": "0.5"},
    "long": {"run": "gradient_descent", "steps": "6000"},
    "too long": {"run": ["line_search", "newton"], "steps": "200000", "landscape": "quadratic_bowl"},
    "for a hall": {"size": "hall", "height": "rank"},
    "one's own formula": {"landscape": OWN, "f": "a*x**2 + y**2", "x": "-1~1"},
    "the lecture": {"sheet": "tables"},
    "the lecture without momentum": {"sheet": "tables", "lecture": "momentum~0~gradient~2"},
    "the lecture turned back": {"sheet": "tables", "lecture": "momentum~0.3~learning_rate~0.5"},
    "a long memory": {"sheet": "memory", "memory": "beta~0.99"},
    "a steep valley": {"sheet": "timeline", "timeline": "condition~10000"},
    "a short memory of squares": {"sheet": "warm_up", "warm_up": "beta2~0.5~draws~100"},
    "a border between those of RAdam": {"sheet": "warm_up", "warm_up": "beta2~0.65~draws~100"},
}
REFUSED = {
    "an optimizer": {"run": "adamant"},
    "a knob": {"run": "adam~speed~2"},
    "a knob of none": {"landscape": "booth", "knobs": "a~2"},
    "a number": {"run": "adam~beta1~2"},
    "too large": {"knobs": "b~1e400"},
    "too small": {"knobs": "b~1e-400"},
    "a schedule": {"run": "scipy_bfgs~cosine"},
    "a warm-up": {"run": "adam~warmup~-5"},
    "too many runs": {"run": ["adam"] * 9},
    "a word": {"sheet": "music"},
    "a landscape": {"landscape": "rosenbrok"},
    "no landscape": {"landscape": "qqqq"},
    "a start": {"start": "a~b"},
    "a far start": {"start": "1e300~0"},
    "a ring": {"starts": "ring~1"},
    "a count": {"steps": "0"},
    "a zoom": {"zoom": "0~1"},
    "a small zoom": {"zoom": "0~0~0~0"},
    "a point": {"point": "inf~0"},
    "a formula": {"landscape": OWN, "f": "1/2x"},
    "no formula": {"landscape": OWN, "f": "sin(y"},
    "an interval": {"landscape": OWN, "f": "x**2", "x": "3~-3"},
    "a part": {"cake": "1"},
    "too long": {"landscape": OWN, "f": "x" * 2000},
    "a frame": {"frame": "last"},
}


def english(app):
    """What of a page is in no other language, each text with its words."""
    assert not app.exception
    return [(name, text[:200], left_over(text)) for name, text in shown(app) if left_over(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Step by step", ["Step", "step", "Step", "by", "step"]),
        ("⟦⟦Ádám⟧, úpdáté 3⟧: by", ["by"]),
        ("⟦⟦Ádám⟧ after úpdáté 3⟧", ["after"]),
        (r"$p \\leftarrow \\text{then}$", ["then", "then"]),
        ("⟦Ádám⟧ β₂ 0.999, $x_{max}$, P1, (1.00, −2e−9), x %{y:.4g}", []),
    ],
)
def test_a_word_that_is_in_no_other_language_is_found(text, words):
    assert sorted(left_over(text)) == sorted(words)


@pytest.mark.parametrize("rules", RULES_BY_TWO, ids="-".join)
def test_every_rule_is_taken_apart_in_the_language_of_the_link(rules):
    app = visit(run=rules, steps="6", update="3")
    assert english(app) == []
    assert len(shown(app)) > 100


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_whatever_the_page_shows_is_in_the_language_of_the_link(link):
    assert english(visit(**link)) == []


@pytest.mark.parametrize("link", REFUSED.values(), ids=REFUSED)
def test_what_a_link_was_refused_for_is_in_its_language(link):
    app = visit(**link)
    assert "wás dróppéd" in app.warning[0].value
    assert english(app) == []


def test_a_language_without_a_catalogue_is_english_with_a_sentence():
    with speaking("en"):
        app = opened("step_by_step", v="1", lang="tlh")
    (warning,) = app.warning
    said = "“lang=tlh” was dropped from the link: lang is one of en, pseudo."
    assert warning.value.replace("\\", "") == said
    assert app.title[0].value == "Step by step"
    assert "lang" not in app.query_params


def test_what_is_unfolded_and_what_opens_over_the_page_is_in_the_language_too():
    app = visit(run=["adam~cosine", "lion"], steps="6000", starts="ring~3~0.2")
    app.session_state["saving"] = True
    app.session_state["noise row 0"] = True
    app.session_state["run 1"] = True
    app.run()
    assert {"⟦Táblé, CSV⟧", "⟦Pythón wíth NúmPy⟧"} <= {text for _, text in shown(app)}
    assert "⟦⟦séed⟧" not in str(shown(app))
    assert english(app) == []
    opening = {
        "⟦Brówsé lándscápés⟧": "⟦Fámíly⟧",
        "⟦Sháré⟧": "⟦Ópén béfóré thé ánswér⟧",
        "⟦Túné thé léárníng rátés⟧": "⟦Úsé thé bést rátés⟧",
    }
    for label, inside in opening.items():
        press(app, label)
        assert inside in {text for _, text in shown(app)}
        assert english(app) == []


def test_what_is_typed_and_refused_is_answered_in_the_language():
    app = visit(landscape=OWN, f="x**2 + y**2", run="adam", steps="5")
    app.text_area[0].set_value("x**2 + y**2").run()
    assert not app.error
    said = set()
    for typed in ("x**2 +", "x 2", "sine(x)", "x**2, y", "1/0", "(x", "x)", "", "a" * 30, "tan", "x**999", "X*x"):
        app.text_area[0].set_value(typed).run()
        said |= {error.value for error in app.error}
        assert english(app) == []
    assert len(said) == 12
    app.text_area[0].set_value("x**2").run()
    field = next(field for field in app.text_input if "⟦bétá⟧ β₁" in field.label)
    field.set_value("0,5").run()
    assert any("wás nót tákén" in error.value for error in app.error)
    assert english(app) == []


def test_a_page_without_the_parameter_is_in_english_whatever_was_said_before():
    link = {"run": ["adam~step~every~500", "lion~warmup~99"], "steps": "9"}
    first = english(visit(**link))
    with speaking("en"):
        app = opened("step_by_step", v="1", **link)
    assert first == []
    assert "⟦" not in str(shown(app))
    assert "lang" not in app.query_params
    assert english(visit(**link)) == []


def test_the_language_stays_in_the_link_whatever_is_chosen_and_on_another_page():
    app = visit(run="adam", steps="9")
    press(app, "⟦Fórwárd⟧")
    assert app.query_params["lang"] == pseudo_language.CODE
    assert app.query_params["update"] == "2"
    del app.query_params["lang"]
    app.switch_page("explore.py").run()
    assert app.query_params["lang"] == pseudo_language.CODE
    assert app.title[0].value == "⟦Éxplóré⟧"


def run_by_streamlit(tree):
    """The names of the functions of a page that Streamlit may run without the menu: fragments and dialogs."""
    for node in ast.walk(tree):
        marks = [ast.unparse(mark) for mark in getattr(node, "decorator_list", [])]
        if any(mark.startswith(("st.fragment", "st.dialog")) for mark in marks):
            yield node.name
        outer = node.func if isinstance(node, ast.Call) and isinstance(node.func, ast.Call) else None
        if outer is not None and ast.unparse(outer.func) in ("st.fragment", "st.dialog"):
            yield ast.unparse(node.args[0])


def test_what_streamlit_runs_by_itself_begins_as_every_run_for_a_visitor():
    found = {}
    for path in (Path(__file__).parents[1] / "pages").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        marks = {
            node.name: [ast.unparse(mark) for mark in node.decorator_list]
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
        }
        found |= {name: "for_the_visitor()" in marks[name] for name in run_by_streamlit(tree)}
    assert found == dict.fromkeys(["top", "show", "drawn", "by_family", "sharing", "swept_rates", "room_dialog"], True)
