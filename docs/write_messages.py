"""Writes the template of all messages from the sources, and brings every language up to it: `make messages`.

The template is `words/catalogues/fall_line.pot`. Each language has a folder, `words/catalogues/CODE/LC_MESSAGES`, with
its `fall_line.po`, and the compiled `fall_line.mo` that the standard library's gettext reads.
"""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from landscapes import knob_in_words, knobs
from optimizers import RULES

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "words" / "catalogues" / "fall_line.pot"
ROOMS = ("words", "landscapes", "optimizers", "course", "figures", "pages")
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)  # so that what is compiled changes only with the messages
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


def translations() -> list[Path]:
    """The catalogue of every language, as its translator writes it."""
    return sorted(TEMPLATE.parent.glob("*/LC_MESSAGES/fall_line.po"))


def translated(path: Path) -> Catalog:
    """A language's catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name.replace("-", "_"))


def brought_up_to(path: Path, messages: Catalog) -> str:
    """A language's catalogue with the messages there are now: new ones empty, those that are gone left out."""
    known, made = translated(path), Catalog(locale=path.parents[1].name.replace("-", "_"), fuzzy=False)
    for each in messages:
        found = known.get(each.id) if each.id else None
        if each.id:
            said = found.string if found else ""
            made.add(each.id, said, [(name, None) for name, _ in each.locations], auto_comments=each.auto_comments)
    out = BytesIO()
    write_po(out, made, omit_header=True, include_lineno=False, width=120)
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Language: {made.locale_identifier}\\n"\n"Plural-Forms: {made.plural_forms}\\n"\n\n'
    )
    return header + out.getvalue().decode("utf-8")


def compiled(path: Path) -> bytes:
    """A language's catalogue as gettext reads it: without the dates that a compiler would add."""
    locale = path.parents[1].name.replace("-", "_")
    known, plain = translated(path), Catalog(locale=locale, fuzzy=False, creation_date=NO_DATE, revision_date=NO_DATE)
    for each in known:
        if each.id:
            plain.add(each.id, each.string)
    out = BytesIO()
    write_mo(out, plain)
    return out.getvalue()


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_text(template(), encoding="utf-8")
    messages = extracted()
    for path in translations():
        path.write_text(brought_up_to(path, messages), encoding="utf-8")
        path.with_suffix(".mo").write_bytes(compiled(path))
