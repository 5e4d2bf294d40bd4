"""What the README says can be done."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TRANSLATED = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.zh-Hans.md", "README.zh-Hant.md")}
in_chinese = pytest.mark.parametrize("text", TRANSLATED.values(), ids=TRANSLATED)


def test_the_notebook_example_is_one_and_short():
    """That it runs, says nothing else and arrives is tested of the wheel, which is made from this tree."""
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(example.splitlines()) <= 12


def test_every_page_and_picture_it_links_to_is_there():
    for target in re.findall(r"\]\(([\w/.-]+)\)", README):
        assert (Path(__file__).parents[1] / target).is_file(), target


def test_its_two_commands_are_in_the_makefile():
    makefile = (Path(__file__).parents[1] / "Makefile").read_text(encoding="utf-8")
    for command in ("run", "test"):
        assert f"make {command} " in README
        assert re.search(rf"^{command}:", makefile, re.MULTILINE)


def test_the_long_tests_are_run_where_all_has_to_pass():
    makefile, ci = ((ROOT / name).read_text(encoding="utf-8") for name in ("Makefile", ".ci/run"))
    assert re.findall(r'-m "not.*', makefile) == ['-m "not long")']
    assert '$(if $(LONG),,-m "not long")' in makefile
    (command,) = re.findall(r"^make .*", ci, re.MULTILINE)
    assert command == "make test LONG=yes"
    assert f"`{command}`" in README


def without_comments(text):
    """The blocks of code, each without what its comments say."""
    return [re.sub(r" *#.*", "", block) for block in re.findall(r"```.*?```", text, re.DOTALL)]


@in_chinese
def test_a_translation_has_the_commands_the_example_and_the_links_of_the_english_one(text):
    assert without_comments(text) == without_comments(README)
    assert [line.count("- **") for line in text.splitlines()].count(1) == README.count("\n- **")
    names = r"\]\(([\w/.-]+)\)"
    languages = {"README.md", *TRANSLATED}
    assert set(re.findall(names, text)) - languages == set(re.findall(names, README)) - languages
    assert len(languages & set(re.findall(names, text))) == 2


def test_the_english_one_names_its_translations():
    assert all(f"]({name})" in README for name in TRANSLATED)
