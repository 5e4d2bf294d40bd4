"""The offline page as text: complete, harmless, and no larger than it has to be."""

import re
from base64 import b64decode
from html.parser import HTMLParser

import numpy as np
import plotly.graph_objects as go
import pytest
from plotly.offline import get_plotlyjs

from figures.stage import Panel, Table, standalone
from figures.stage.assets import sources
from figures.stage.packing import unpack
from figures.stage.standalone import bundle

HOSTILE = 'A </script><script>alert(1)</script><img src="x" onerror="alert(2)"> & $title'
PATH = np.linspace(0, 1, 501) ** 2


def made(name=HOSTILE):
    run = go.Scatter(x=PATH, y=PATH, name=name, meta={"plays": True})
    return standalone(
        [Panel("map", go.Figure([go.Contour(z=np.ones((60, 60))), run]), alt=name)],
        title=name,
        about=name,
        steps=500,
        table=Table(["Run"], [[name]]),
        notes=[name],
    ).decode()


class Page(HTMLParser):
    """The page's elements, with the text of each."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes), []))

    def handle_data(self, data):
        if self.elements:
            self.elements[-1][2].append(data)

    def all(self, tag):
        return [(attributes, "".join(words)) for name, attributes, words in self.elements if name == tag]


@pytest.fixture(scope="module")
def text():
    return made()


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_the_page_loads_nothing_from_anywhere(text, page):
    for tag, attributes, _ in page.elements:
        assert not {"src", "href", "action", "data", "srcset", "poster"} & attributes.keys(), tag
    styles = "".join(words for _, words in page.all("style"))
    assert not re.search(r"@import|url\(", styles)
    rest = text.replace(get_plotlyjs(), "")
    assert set(re.findall(r"\w+://[\w./]*", rest)) == set()
    (policy,) = [a["content"] for a, _ in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert not re.search(r"https?:|\*|'self'|connect-src", policy)


def test_names_cannot_leave_their_places(page):
    assert len(page.all("script")) == 3
    assert page.all("img") == []
    assert [words.strip() for tag in ("title", "h1") for _, words in page.all(tag)] == [HOSTILE] * 2


def test_the_message_holds_the_figures_the_table_and_the_sentences(page):
    (message,) = [words for attributes, words in page.all("script") if attributes.get("id") == "message"]
    tree, arrays = unpack(b64decode(message))
    _, run = tree["panels"]["map"]["data"]
    np.testing.assert_allclose(arrays[run["x"]["#"]], PATH, rtol=1e-6)
    assert run["name"] == tree["notes"][0] == tree["table"]["rows"][0][0] == tree["panels"]["map"]["alt"] == HOSTILE
    assert tree["steps"] == 500
    assert tree["start"] is None  # there is no server that could move it


def test_who_has_no_javascript_reads_what_the_pictures_show(text):
    said = text.split("<noscript>")[1].split("</noscript>")[0]
    assert "This page plays with JavaScript." in said
    assert "&lt;img" in said


def test_plotly_is_in_the_page_once_and_little_else(text):
    assert text.count(get_plotlyjs()) == 1
    assert len(text.encode()) - len(get_plotlyjs().encode()) < 160_000


def test_the_same_figures_give_the_same_page(text):
    assert made() == text


def test_every_module_that_the_stage_imports_is_in_the_bundle_once_and_before_its_use():
    script = bundle("standalone.js", sources())
    order = re.findall(r'^modules\["([\w./]+)"\] = ', script, re.MULTILINE)
    # the button in the header, the rooms and what a course remembers, which a saved page does not have
    alone = {
        "present_button.js",
        "kept_lead.js",
        "remember.js",
        "room.js",
        "lead.js",
        "socket.js",
        "answers.js",
        "language.js",
    }
    assert sorted(order) == sorted(name for name in sources() if name.endswith(".js") and name not in alone)
    for user, text in zip(order, script.split("\nmodules[")[1:], strict=True):
        for used in re.findall(r'= modules\["([\w./]+)"\];', text):
            assert order.index(used) < order.index(user)
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)
    assert "</script" not in script


def test_a_module_that_is_missing_is_named():
    with pytest.raises(KeyError, match=r"gone\.js"):
        bundle("a.js", {"a.js": b'import { b } from "./gone.js";'})
