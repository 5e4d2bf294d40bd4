"""The documents made from the code are those of this code, and what the how-to pages name is there."""

import re
import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
HOW_TO = sorted(DOCS.glob("add-*.md"))


def test_the_page_of_the_library_is_made_from_the_present_docstrings():
    write_api = runpy.run_path(str(DOCS / "write_api.py"))
    assert write_api["PAGE"].read_text(encoding="utf-8") == write_api["page"]()


@pytest.mark.parametrize("document", HOW_TO, ids=lambda path: path.stem)
def test_the_files_that_a_how_to_page_names_are_there(document):
    named = re.findall(
        r"`((?:docs|landscapes|optimizers|figures|pages|tests)/[\w/.]*)`", document.read_text(encoding="utf-8")
    )
    assert named
    assert [name for name in named if not name.isupper() and not (DOCS.parent / name).exists()] == []


def test_the_example_of_a_surface_is_the_entry_in_the_catalogue():
    (example,) = re.findall(r"```python\n(.*?)```", (DOCS / "add-a-surface.md").read_text(encoding="utf-8"), re.DOTALL)
    lines = [
        line.strip()
        for line in example.splitlines()
        if line.strip() and not line.strip().startswith(("about=", "source="))
    ]
    catalogue = (DOCS.parent / "landscapes" / "catalogue" / "classics.py").read_text(encoding="utf-8")
    assert [line for line in lines if line not in catalogue] == []
