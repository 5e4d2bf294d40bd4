"""The tests wait for what is not there yet, and not for what never can be."""

from contextlib import closing

import pytest
from driver import wait_until
from playwright.sync_api import Error

pytestmark = pytest.mark.browser

LATER = "() => void requestAnimationFrame(() => (document.body.innerHTML = '<b title=there></b>'))"


def test_a_claim_about_what_is_not_there_yet_waits_for_it_and_a_wrong_name_fails(context):
    with closing(context().new_page()) as page:
        page.evaluate(LATER)
        assert wait_until(page, "() => document.querySelector('b').title").json_value() == "there"
        with pytest.raises(Error, match="wrongName is not defined"):
            wait_until(page, "() => wrongName")
