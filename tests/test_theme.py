"""Colours stand in figures/theme.py; Streamlit's settings repeat some, and no other file names one."""

import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from figures import theme
from pages.shared.letters import page_style

ROOT = Path(__file__).parent.parent
SHEET = ROOT / "pages" / "shared" / "page.css"
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|(?<=[ :])#[0-9a-fA-F]{3}\b(?=[;,])")


@pytest.mark.parametrize(("kind", "suffix"), [("light", ""), ("dark", "_DARK")])
def test_the_colours_of_the_page_are_those_of_the_figures(kind, suffix):
    def colour(name):
        return getattr(theme, f"{name}{suffix}")

    page = SETTINGS[kind]
    assert (page["primaryColor"], page["linkColor"]) == (colour("ACCENT"), colour("ACCENT"))
    assert (page["backgroundColor"], page["secondaryBackgroundColor"]) == (colour("PAPER"), colour("SIDE"))
    assert (page["textColor"], page["borderColor"]) == (colour("INK"), colour("BORDER"))
    assert page["sidebar"] == {"backgroundColor": colour("SIDE"), "secondaryBackgroundColor": colour("PAPER")}
    runs = [theme.in_the_dark(each) if suffix else each for each in theme.RUN_COLOURS]
    assert page["chartCategoricalColors"] == runs
    stops = [each for _, each in (theme.HEIGHT_COLOURS_DARK if suffix else theme.HEIGHT_COLOURS)]
    assert [each for each in page["chartSequentialColors"] if each in stops] == stops


def test_no_other_file_names_a_colour():
    files = [path for room in ("figures", "pages") for path in (ROOT / room).rglob("*.*")]
    files = [path for path in files if path.suffix in (".py", ".js", ".css", ".html") and path.name != "theme.py"]
    found = {path.name: COLOUR.findall(path.read_text(encoding="utf-8")) for path in files}
    assert {name: colours for name, colours in found.items() if colours} == {"colours.py": ["#12344d"]}  # an example


@pytest.mark.parametrize("path", list((ROOT / "pages").rglob("*.svg")), ids=lambda path: path.stem)
def test_drawings_look_the_same_on_machines_without_our_fonts(path):
    assert not [element.tag for element in ElementTree.parse(path).iter() if element.tag.endswith("text")]


def test_a_page_is_sent_all_rules_of_its_style_sheet_in_one_line_and_no_remark():
    rules, remark = [], False
    for line in SHEET.read_text(encoding="utf-8").splitlines():
        remark = remark or line.lstrip().startswith("/*")
        if not remark:
            rules.append(" ".join(line.split("/*")[0].split()))
        remark = remark and not line.rstrip().endswith("*/")
    sent = page_style()
    assert len(rules) > 50
    assert [rule for rule in rules if rule not in sent] == []
    assert not set(sent) & set("\n\t")
    assert "/*" not in sent
