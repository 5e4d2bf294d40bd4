"""Links that earlier versions wrote keep opening the choices that wrote them."""

import json
from dataclasses import asdict
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from pages.data_parts import link as data
from pages.shared.state import link as shared

OLD = [json.loads(path.read_text(encoding="utf-8")) for path in (Path(__file__).parent / "data").glob("links_v*.json")]
READERS = {"shared": shared.read, "data": data.read}
CASES = [(page, case["link"], case["choices"]) for links in OLD for page, cases in links.items() for case in cases]


def known_then(now, then):
    """What a choice is now, without the parts that did not exist when it was recorded."""
    if isinstance(then, dict) and "rate" in then:  # of a run, when it had no other knobs
        now = now | {"rate": dict(now["numbers"])["learning_rate"]}
    if isinstance(then, dict):
        return {key: known_then(now[key], value) for key, value in then.items()}
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [known_then(*pair) for pair in zip(now, then, strict=True)]
    return now


@pytest.mark.parametrize(("page", "link", "recorded"), CASES)
def test_a_link_of_an_earlier_version_opens_what_it_opened_then(page, link, recorded):
    choices, dropped = READERS[page](parse_qs(link))
    assert dropped == []
    assert known_then(json.loads(json.dumps(asdict(choices))), recorded) == recorded


def test_links_of_every_page_were_recorded():
    assert {page for page, _, _ in CASES} == set(READERS)
