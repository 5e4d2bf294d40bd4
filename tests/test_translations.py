"""Every message is translated in every language, with the same places, and the compiled catalogues are those."""

import re
import runpy
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter

import pseudo_language
import pytest
from chinese_words import ELSEWHERE, NAMES, SHARED

from pages.data_parts.table import read as read_a_table
from pages.networks_parts.own_grid import read_file as read_a_grid
from pages.shared.controls.language_menu import NAMES as LANGUAGES
from words import languages, say, say_n, speaking

ROOT = Path(__file__).parents[1]
WRITER = runpy.run_path(str(ROOT / "docs" / "write_messages.py"))
PATHS = WRITER["translations"]()
by_language = pytest.mark.parametrize("path", PATHS, ids=[path.parents[1].name for path in PATHS])
FORMULA = re.compile(r"\$[^$]*\$|\\(?!text)[a-zA-Z]+")
CODE = re.compile(r"`[^`]*`|https?:\S+")
AS_IT_IS = re.compile(rf"\{{[^{{}}]*\}}|</?\w+>|\\text|{FORMULA.pattern}|{CODE.pattern}")
HAN = re.compile("[\u3400-\u9fff]")
WORD = re.compile("[A-Za-z]{2,}")
SCRIPTS = {"zh-Hans": "gb2312", "zh-Hant": "big5"}  # what has the letters of one script and not of the other


def forms(text):
    return list(text) if isinstance(text, (tuple, list)) else [text]


def places(text):
    """The places of a message; none in a formula, whose braces are its own."""
    if "\\" in text and "$" not in text:
        return []
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_there_are_the_three_languages():
    assert languages() == ("en", "zh-Hans", "zh-Hant")
    assert [path.parents[1].name for path in PATHS] == ["zh-Hans", "zh-Hant"]


@by_language
def test_every_message_is_translated_and_nothing_else(path):
    template = {message.id for message in pseudo_language.template() if message.id}  # which is what is extracted
    catalogue = WRITER["translated"](path)
    assert {message.id for message in catalogue if message.id} == template
    assert [
        message.id for message in catalogue if message.id and (message.fuzzy or not all(forms(message.string)))
    ] == []


@by_language
def test_a_translation_has_the_places_formulas_and_code_of_its_message(path):
    for message in WRITER["translated"](path):
        if not message.id:
            continue
        english = forms(message.id)[-1]
        for said in forms(message.string):
            assert places(said) == places(english), english
            assert sorted(FORMULA.findall(said)) == sorted(FORMULA.findall(english)), english
            assert sorted(CODE.findall(said)) == sorted(CODE.findall(english)), english
            assert said.count("**") == english.count("**")
            assert said.count("{") - said.count("}") == 0
            assert said.strip() == said


@by_language
def test_what_is_compiled_is_what_was_translated(path):
    with path.with_suffix(".mo").open("rb") as kept:
        known = GNUTranslations(kept)._catalog
    now = GNUTranslations(BytesIO(WRITER["compiled"](path)))._catalog
    known.pop(""), now.pop("")  # the header, which names the program that wrote it
    assert known == now


@pytest.mark.parametrize(
    ("code", "program", "steps", "row"),
    [
        ("zh-Hans", "相同批次上的优化器", "12 步", "表格没有行。"),
        ("zh-Hant", "相同批次上的最佳化器", "12 步", "表格沒有列。"),
    ],
)
def test_the_words_are_those_of_the_place(code, program, steps, row):
    with speaking(code):
        assert say("Optimizers on the same batches") == program
        assert say_n("{count} step", "{count} steps", 12) == steps
        assert say("The table has no rows.") == row


def said(path):
    """Every text of a language, with the English of it."""
    for message in WRITER["translated"](path):
        if message.id:
            yield from ((text, forms(message.id)[-1]) for text in forms(message.string))


def written(path):
    """Every text of a language, and the lines of its README without the names of the languages."""
    yield from (text for text, _ in said(path))
    readme = (ROOT / f"README.{path.parents[1].name}.md").read_text(encoding="utf-8")
    yield from re.sub("|".join(LANGUAGES.values()), "", readme).splitlines()


@by_language
def test_every_letter_is_one_of_the_script(path):
    letters = {letter for text in written(path) for letter in text if HAN.match(letter)}
    assert len(letters) > 800
    assert [letter for letter in letters if not letter.encode(SCRIPTS[path.parents[1].name], "ignore")] == []


def test_no_letter_is_simplified_that_both_scripts_have():
    (path,) = (path for path in PATHS if path.parents[1].name == "zh-Hant")
    assert [(found[0], text) for text in written(path) if (found := SHARED.search(text))] == []


@by_language
def test_no_word_is_one_of_the_other_side_of_the_strait(path):
    other = ELSEWHERE[path.parents[1].name]
    assert [(found[0], text) for text in written(path) if (found := other.search(text))] == []


@by_language
def test_nothing_is_left_in_english_but_names_and_what_is_typed(path):
    left = {word for text, _ in said(path) for word in WORD.findall(AS_IT_IS.sub(" ", text))} - NAMES
    assert {word for word in left if word[1:].islower()} == set()  # others, such as SGD, are words of no language


@by_language
def test_points_and_quotation_marks_are_those_of_the_language(path):
    foreign = {"zh-Hans": "[「」『』]", "zh-Hant": "[“”‘’]"}[path.parents[1].name]
    narrow = re.compile(rf"{HAN.pattern}[,;:?!.](?!\d)|\d\s%|{foreign}")
    assert [text for text, _ in said(path) if narrow.search(AS_IT_IS.sub(" ", text))] == []


@by_language
def test_a_space_is_between_chinese_and_latin_letters_or_digits(path):
    beside = re.compile(rf"{HAN.pattern}[A-Za-z0-9(]|[A-Za-z0-9)]{HAN.pattern}")
    assert [text for text, _ in said(path) if beside.search(AS_IT_IS.sub(" ", text))] == []


@pytest.mark.parametrize(("read", "file"), [(read_a_table, (b"a\n", ())), (read_a_grid, (b"a\n",))])
def test_what_is_kept_of_a_refused_file_has_no_language(read, file):
    said = {}
    for code in languages():
        with speaking(code):
            said[code] = str(read(*file)[1])
    assert len(set(said.values())) == 3
