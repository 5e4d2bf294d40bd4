"""What the tests of a browser rely on: they wait for what is not there yet, and every visitor is a new one."""

from contextlib import closing

import pytest
from conftest import visiting
from driver import wait_until
from playwright.sync_api import Error

from browser.screen import PHONE

pytestmark = pytest.mark.browser

LATER = "() => void requestAnimationFrame(() => (document.body.innerHTML = '<b title=there></b>'))"


def test_a_claim_about_what_is_not_there_yet_waits_for_it_and_a_wrong_name_fails(context):
    with closing(context.new_page()) as page:
        page.evaluate(LATER)
        assert wait_until(page, "() => document.querySelector('b').title").json_value() == "there"
        with pytest.raises(Error, match="wrongName is not defined"):
            wait_until(page, "() => wrongName")


@pytest.mark.long
def test_who_comes_second_to_a_tab_finds_nothing_of_who_was_there_before(tabs, demo):
    url, told = f"{demo}/_stcore/health", "() => [localStorage.length, sessionStorage.length, document.referrer]"
    with visiting(tabs, url, **PHONE, phone=True, color_scheme="dark") as first:
        tab = first.page
        tab.evaluate("() => (localStorage.setItem('mine', 1), sessionStorage.setItem('mine', 1))")
        tab.route("**/*", lambda route: route.abort())
    with visiting(tabs, url) as second:
        assert second.page is tab
        assert tab.evaluate(told) == [0, 0, ""]
        assert tab.evaluate("() => [innerWidth, innerHeight, navigator.maxTouchPoints]") == [1400, 900, 0]
        assert not tab.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    assert len(first.asked) == 1  # what the second asked for is not told to the first
    with visiting(tabs, url, rerouted=True) as third:
        assert third.page is not tab
    assert third.page.is_closed()
