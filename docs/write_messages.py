"""Writes the template of all messages, `words/catalogues/fall_line.pot`, from the sources: `make messages`."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from landscapes import knob_in_words, knobs
from optimizers import RULES

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "words" / "catalogues" / "fall_line.pot"
ROOMS = ("words", "landscapes", "optimizers", "course", "figures", "pages")
KEYWORDS = {"say": None, "message": None, "mark": None, "say_n": (1, 2), "message_n": (1, 2)}


def extracted() -> Catalog:
    """Every marked message, in the order of the rooms and of their files, and the names of the rules' knobs."""
    catalog = Catalog(project="Fall Line", fuzzy=False)
    for room in ROOMS:
        found = extract_from_dir(ROOT / room, [("**.py", "python")], keywords=KEYWORDS, comment_tags=["Translators:"])
        for name, line, text, comments, _ in sorted(found, key=lambda message: message[:2]):
            catalog.add(text, locations=[(f"{room}/{name}", line)], auto_comments=comments)
    for rule in RULES.values():
        for knob in knobs(rule.factory):
            home = rule.factory.__module__.replace(".", "/") + ".py"
            catalog.add(knob_in_words(knob), locations=[(home, 0)], auto_comments=["The name of a hyperparameter."])
    return catalog


def template() -> str:
    """The catalogue as a file: no dates and no line numbers, so that it changes only with the messages."""
    out = BytesIO()
    write_po(out, extracted(), omit_header=True, include_lineno=False, width=120)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return header + out.getvalue().decode("utf-8")


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_text(template(), encoding="utf-8")
