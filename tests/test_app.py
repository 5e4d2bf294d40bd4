"""What the server adds to Streamlit's: our files, plotly.js before anybody asks, safe headers."""

import re

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from app import HEADERS, MIDDLEWARE, PLOTLY, ROUTES
from delivery import SELDOM
from figures.stage import revision, sources

PAGE = "<!DOCTYPE html><html><head><title>x</title></head><body><div id=root></div></body></html>"
OURS = f"/fall-line/{revision()}"


@pytest.fixture(scope="module")
def client():
    page = Route("/{path:path}", lambda request: HTMLResponse(PAGE))
    return TestClient(Starlette(routes=[*ROUTES, page], middleware=MIDDLEWARE), follow_redirects=False)


def test_the_browser_is_given_our_files_for_ever_and_nothing_else(client):
    answer = client.get(f"{OURS}/stage.js")
    assert (answer.status_code, answer.headers["content-encoding"]) == (200, "gzip")
    assert answer.content == sources()["stage.js"]
    assert "immutable" in answer.headers["cache-control"]
    again = client.get(f"{OURS}/stage.js", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    for path in [f"{OURS}/assets.py", f"{OURS}/app.py", "/fall-line/0/stage.js", "/fall-line/0/plotly.min.js"]:
        assert client.get(path).status_code == 404


def test_plotly_may_be_asked_for_before_our_own_revision_is_known(client):
    assert client.get(PLOTLY).text == client.get(f"{OURS}/plotly.min.js").text
    assert "Plotly" in client.get(PLOTLY).text[-100_000:]


def test_a_client_that_cannot_unzip_gets_the_plain_file(client):
    plain = client.get(f"{OURS}/stage.css", headers={"accept-encoding": "identity"})
    assert plain.content == sources()["stage.css"]
    assert "content-encoding" not in plain.headers
    assert plain.headers["content-type"].startswith("text/css")


def test_every_page_carries_the_safe_headers_and_begins_to_load_what_the_stage_needs(client):
    page = client.get("/curvature?v=1", headers={"accept": "text/html"})
    assert {name: page.headers[name] for name in HEADERS} == HEADERS
    scripts = page.headers["content-security-policy"].partition("script-src")[2].partition(";")[0]
    assert "unsafe" not in scripts
    assert scripts.count("'sha256-") == page.text.count("<script>") == 2
    assert int(page.headers["content-length"]) == len(page.content)
    named = re.findall(r'"(/fall-line/[^"]+)"', page.text)
    assert {name.split("/", 3)[3] for name in named} == {*sources(), "plotly.min.js"} - SELDOM
    assert [name for name in named if client.get(name).status_code != 200] == []


def test_what_is_no_page_is_left_as_it_is(client):
    assert client.get("/data.json", headers={"accept": "application/json"}).text == PAGE


def test_explore_answers_to_its_name_and_keeps_its_link(client):
    answer = client.get("/explore?v=1&landscape=saddle")
    assert (answer.status_code, answer.headers["location"]) == (307, "/?v=1&landscape=saddle")
