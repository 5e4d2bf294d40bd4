"""What we rely on without a promise is still in the installed plotly.js and Streamlit, and named in one place."""

from preload import LIBRARIES

import inspect
import re
import tomllib
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
import streamlit as st
from contract import ADAPTER, MARK, PAGE_STYLE, PLOTLY, PRIVATE, ROOT, STREAMLIT
from driver import PATIENCE
from plotly.offline import get_plotlyjs
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Navigation_pb2 import Navigation
from streamlit.testing.v1 import AppTest

from figures.stage import is_script_running

HOME = Path(st.__file__).parent
HIDDEN_OPTIONS = {
    "runner.postScriptGC": "Measure whether a rerun still ends with gc.collect(2): it took most of the server's time.",
    "global.maxCachedMessageAge": "Find when the browser forgets a message now: figures/stage/host.py counts on it.",
    "global.minCachedMessageSize": "Measure the bytes of a move: an element is remembered from so many on.",
}
GONE = (
    "figures/stage/whereabouts.py reads in Streamlit's messages on which page something is asked. Find where that "
    "is said now; without it a slider that is moved while the next page is on its way leaves an empty one."
)


@cache
def scripts_of_streamlit():
    """All that Streamlit's page is made by, as one text."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((HOME / "static").rglob("*.js")))


@cache
def adapter():
    """All that the adapter says to a browser, without what it says to readers."""
    texts = [path.read_text(encoding="utf-8") for path in sorted([*ADAPTER.rglob("*.*"), PAGE_STYLE])]
    return re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", "\n".join(texts), flags=re.DOTALL)


def stands_in(text, name):
    """Whether a name stands in a text as a whole word; found fast because the pattern begins with letters."""
    return re.search(rf"{name}(?<=\b{name})\b", text)


@pytest.mark.parametrize("private", PLOTLY, ids=lambda private: private.name)
def test_plotly_has_the_private_name(private):
    assert stands_in(get_plotlyjs(), private.name), private.gone("plotly.js")


@pytest.mark.parametrize("mark", STREAMLIT, ids=lambda mark: mark.name)
def test_streamlit_has_the_mark(mark):
    assert stands_in(scripts_of_streamlit(), mark.name), mark.gone("Streamlit's page")


def test_every_name_of_the_adapter_is_in_the_contract_and_the_other_way_round():
    named = {*PRIVATE.findall(adapter()), *MARK.findall(adapter()), *re.findall(r"\b_[A-Za-z]\w+", adapter())}
    assert named == {private.name for private in (*PLOTLY, *STREAMLIT)}


def test_every_entry_says_what_the_name_is_for_and_what_to_do():
    for private in (*PLOTLY, *STREAMLIT):
        assert len(private.use.split()) > 1, private.name
        assert private.instead.endswith("."), private.name


def test_the_page_of_streamlit_has_a_head_and_a_body_for_our_two_scripts():
    page = (HOME / "static" / "index.html").read_text(encoding="utf-8")
    assert (page.count("<head>"), page.count("</body>")) == (1, 1), (
        "delivery.py puts a script behind <head> and one before </body>. Find what Streamlit's page has instead, or "
        "the stage loads late, and Back goes from choice to choice."
    )


def test_streamlit_makes_an_app_with_our_routes_headers_and_preparation():
    assert {"routes", "middleware", "lifespan"} <= inspect.signature(st.App).parameters.keys(), (
        "app.py gives st.App our routes, our middleware and what is done before the first visitor comes. Find how "
        "Streamlit's server is given them now; without st.App the same can be mounted in Starlette."
    )


def test_streamlit_says_of_which_page_a_part_is_asked_and_which_page_begins():
    asked, told = ({field.name for field in each.DESCRIPTOR.fields} for each in (ClientState, Navigation))
    assert {"fragment_id", "page_script_hash"} <= asked, GONE
    assert "page_script_hash" in told, GONE
    assert BackMsg(rerun_script=ClientState()).WhichOneof("type") == "rerun_script", GONE
    assert ForwardMsg(navigation=Navigation()).WhichOneof("type") == "navigation", GONE


def test_streamlit_knows_whether_a_script_is_running():
    asking = "import streamlit as st; from figures.stage import is_script_running; st.write(is_script_running())"
    page = AppTest.from_string(asking, default_timeout=PATIENCE).run()
    assert ([each.value for each in page.markdown], is_script_running()) == (["`True`"], False), (
        "figures/stage/host.py asks Streamlit whether this thread runs a page, so that long work ends when its visitor "
        "has gone. Find what get_script_run_ctx has become."
    )


def test_streamlit_asks_what_the_browser_remembers_before_it_refers_to_it():
    page = AppTest.from_string(
        """
import streamlit as st
from figures.stage import mark_the_end, refer_to_what_is_remembered
refer_to_what_is_remembered()
st.write("long" * 5000)
mark_the_end()
""",
        default_timeout=PATIENCE,
    )
    last = page.run().run().session_state["remembered"].last
    assert [len(run.used) for run in last] == [2, 2], (
        "figures/stage/host.py puts a set of its own in the place of ScriptRunContext.cached_message_hashes, which is "
        "asked for every message that may be remembered. Find what is asked now; until then remember nothing: "
        "global.minCachedMessageSize = 1e9."
    )


@pytest.mark.parametrize(("option", "instead"), HIDDEN_OPTIONS.items())
def test_streamlit_has_the_options_that_its_documentation_does_not_name(option, instead):
    section, name = option.split(".")
    asked = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert name in asked[section]
    assert option in config.get_config_options(), f"Streamlit no longer has {option}. {instead}"


@pytest.mark.parametrize("module", [f"{library}.{part}" for library, parts in LIBRARIES.items() for part in parts])
def test_what_is_imported_before_the_first_visitor_comes_is_still_there(module):
    try:
        import_module(module)
    except ModuleNotFoundError as gone:
        pytest.fail(
            f"{gone}. preload.py imports it because its library did so when it was first used: take it out of "
            "LIBRARIES, and tests/test_preload.py says what is imported late instead."
        )
