"""Explore looks up what its pictures and words are made of once for a move of a learning rate, and hands it down."""

import pytest
from visitor import opened

from benchmarks.calls import asking, moved
from caching import POOLS

STATES = {"as it opens": {}, "far curves": {"curve": "distance", "layout": "curves"}, "zoomed": {"zoom": "-1~0~0~1"}}


@pytest.mark.parametrize("link", STATES.values(), ids=STATES)
def test_one_move_of_a_learning_rate_asks_once_for_each_thing(link):
    app = opened(**link)
    assert not app.warning  # the whole link was understood
    moved(app, 0.2)
    moved(app, 0.25)
    POOLS["pictures"].clear()  # where the picture is there too, nothing is asked for
    with asking() as counts:
        moved(app, 0.2)  # whose run is there, as making it would look the landscape up as well
    assert counts["critical points asked for"] == 1
    assert counts["runs asked for"] == len(app.session_state["choices"].runs) == 3
    assert counts["heights of the landscape asked for"] == 1
    assert counts["landscape looked up"] == 1
    assert not any("_built" in vars(past) for past in app.session_state["past"])  # which would hold on to landscapes
