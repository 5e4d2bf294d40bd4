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


def test_who_comes_second_finds_nothing_of_who_was_there_before(context, demo):
    url = f"{demo}/_stcore/health"
    with visiting(context, url, **PHONE, phone=True, color_scheme="dark") as first:
        first.page.evaluate("() => (localStorage.setItem('mine', 1), sessionStorage.setItem('mine', 1))")
    with visiting(context, url) as second:
        assert second.page.evaluate("() => [localStorage.length, sessionStorage.length]") == [0, 0]
        assert second.page.evaluate("() => [innerWidth, innerHeight, navigator.maxTouchPoints]") == [1400, 900, 0]
        assert not second.page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
