"""Messages: each is whole, its places are filled, the template is current, and a language reaches what it should."""

import ast
import pickle
import runpy
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from string import Formatter

import pseudo_language
import pytest

from landscapes import FAMILIES, LANDSCAPES, knob_in_words, knobs
from optimizers import OPTIMIZERS, PLANS, RULES, SCHEDULES, TIMELINE
from pages.curvature_parts.choices import PARTS
from pages.shared.state.choices import LABELS, SETTINGS
from pages.step_by_step_parts.choices import LECTURE, MEMORY, SHEETS, WARM_UP
from words import languages, load_catalogues, message, message_n, say, say_n, speaking, steps
from words import messages as module

ROOT = Path(__file__).parents[1]
ROOMS = ("words", "landscapes", "optimizers", "course", "figures", "pages")
SINGULAR, PLURAL = {"say", "message", "mark"}, {"say_n", "message_n"}
BY_NAME = (ast.Name, ast.Attribute, ast.Subscript)  # a text that is marked in a table


@cache
def calls():
    """Every call that makes a message: where, which, and the call."""
    return list(each_call())


def each_call():
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
                if name in SINGULAR | PLURAL:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", name, node


def places(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def texts(name, call):
    """The texts of a call, each None where it is not written out."""
    known = call.args[: 2 if name in PLURAL else 1]
    return [argument.value if isinstance(argument, ast.Constant) else None for argument in known]


def fault(name, call):
    """What is wrong with a call, None if nothing is."""
    if any(keyword.arg is None for keyword in call.keywords):
        return "its places are not named"
    given = {keyword.arg for keyword in call.keywords}
    for argument, text in zip(call.args, texts(name, call), strict=False):
        if text is None and (given or not isinstance(argument, BY_NAME)):
            return "its text is put together"
        if text is not None and not isinstance(text, str):
            return "its text is no text"
    if name in PLURAL and any(places(text) != given | {"count"} for text in texts(name, call)):
        return "its places are not those that are filled"
    if name in SINGULAR and given and places(texts(name, call)[0]) != given:
        return "its places are not those that are filled"
    return None


@pytest.fixture
def pseudo(pseudo_catalogues, monkeypatch):
    monkeypatch.setattr(module, "CATALOGUES", pseudo_catalogues)
    yield pseudo_language.CODE
    module._catalogue.cache_clear()


def test_every_message_is_written_out_and_its_places_are_those_that_are_filled():
    assert calls()
    assert [(where, wrong) for where, name, call in calls() if (wrong := fault(name, call))] == []


def joins(call):
    """Whether a place of a message is filled with parts that English commas join."""
    texts = (node for given in call.keywords for node in ast.walk(given) if isinstance(node, ast.Attribute))
    return any(
        node.attr == "join" and isinstance(node.value, ast.Constant) and {*",;"} & {*node.value.value} for node in texts
    )


def test_no_message_has_a_list_that_is_joined_as_in_english():
    assert [where for where, _, call in calls() if joins(call)] == []
    assert joins(ast.parse('say("Known are {names}", names=", ".join(names))', mode="eval").body)


@pytest.mark.parametrize(
    "code",
    [
        'say(f"Step {n}")',
        'say("a" + b)',
        'say("Step {n}", m=1)',
        'say("Step {n} of {m}", n=1)',
        'say("Step {n}", **places)',
        'say_n("{count} step", "steps", 2)',
        'say_n("{count} step", "{count} steps of {n}", 2)',
    ],
)
def test_a_message_that_is_put_together_or_whose_places_differ_is_found(code):
    call = ast.parse(code, mode="eval").body
    assert fault(call.func.id, call) is not None


def test_the_template_is_what_is_extracted_from_the_sources():
    write_messages = runpy.run_path(str(ROOT / "docs" / "write_messages.py"))
    assert write_messages["TEMPLATE"].read_text(encoding="utf-8") == write_messages["template"](), "run `make messages`"


def test_every_text_that_is_written_out_is_in_the_template():
    keys = {message.id if isinstance(message.id, str) else message.id[0] for message in pseudo_language.template()}
    written = {text for _, name, call in calls() for text in texts(name, call)[:1] if text is not None}
    assert written - keys == set()


def texts_of_tables():
    """Every text that a table of ours has for people: names, sentences, what a knob means."""
    for factory in LANDSCAPES.values():
        yield from (factory().name, factory().about)
    for rule in RULES.values():
        yield from (rule.name, rule.use, rule.fails, *map(knob_in_words, knobs(rule.factory)))
        yield from (rule.search for _ in range(r"\text" in rule.search))
    for plan in PLANS.values():
        yield from (plan.name, plan.use)
    factories = [*LANDSCAPES.values(), *OPTIMIZERS.values(), *SCHEDULES.values()]
    marks = [SETTINGS, LECTURE, MEMORY, WARM_UP, *map(knobs, factories)]
    yield from (knob.help for knobs_of_one in marks for knob in knobs_of_one.values() if knob.help)
    for label, options in LABELS.values():
        yield from (label, *options.values())
    yield from (stage.idea for stage in TIMELINE)
    yield from (*FAMILIES, *SHEETS.values(), *PARTS.values())


def test_every_text_of_a_table_is_marked_and_so_in_the_template():
    keys = {message.id for message in pseudo_language.template() if isinstance(message.id, str)}
    found = set(texts_of_tables())
    assert len(found) > 200
    assert found - keys == set()


def test_english_is_what_is_written_and_the_number_decides_on_the_form():
    assert say_n("{count} step", "{count} steps", 1) == "1 step"
    assert say_n("{count} step", "{count} steps", 0) == "0 steps"
    assert say(r"A share of $\frac{1}{2}$") == r"A share of $\frac{1}{2}$"


def test_a_message_is_rendered_in_the_language_in_which_it_is_shown_even_out_of_a_cache(pseudo):
    kept = pickle.loads(pickle.dumps(message_n("{count} step", "{count} steps", 1500)))
    assert str(kept) == "1,500 steps"
    with speaking(pseudo):
        assert str(kept) == steps(1500) == "⟦1,500 stéps⟧"
        assert str(message("undefined")) == "⟦úndéfínéd⟧"
        assert say("An {a} without a catalogue entry", a=kept) == "An ⟦1,500 stéps⟧ without a catalogue entry"
    assert str(kept) == "1,500 steps"


def test_no_visitor_waits_for_a_catalogue_once_all_are_loaded():
    module._catalogue.cache_clear()
    load_catalogues()
    read = module._catalogue.cache_info().misses
    for code in languages():
        with speaking(code):
            say("Play")
    assert module._catalogue.cache_info().misses == read == len(languages())


def test_a_language_stays_in_its_own_thread(pseudo):
    with ThreadPoolExecutor(1) as other, speaking(pseudo):
        assert other.submit(steps, 2).result() == "2 steps"
        assert steps(2) == "⟦2 stéps⟧"


def test_a_language_without_a_catalogue_is_refused_and_those_that_are_there_are_named(pseudo):
    assert languages() == ("en", "pseudo")
    with pytest.raises(ValueError, match="there is no language 'xx', there are en, pseudo"), speaking("xx"):
        pass
