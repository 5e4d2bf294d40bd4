"""A number that repeats far outside the others is asked about, and taken as missing by a click alone."""

import numpy as np
import pytest
from data_choices import opened

from landscapes.from_data.reading import Column, read_table, suspects

AIR = "hour,CO\n" + "".join(f"{hour},{-200 if hour % 4 == 0 else hour / 4}\n" for hour in range(1, 25))


def asked(values):
    column = Column(name="x", kind="number", values=np.array(values, dtype=float))
    return [(suspect.value, suspect.times) for suspect in suspects(column)]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([2.6, 2, -200, 2.2, -200, 1.2], [(-200, 2)]),
        ([31, -1, 44, 27, -1, -1], [(-1, 3)]),
        ([0, 0, -9, 3, 1, 2, -9], [(-9, 2)]),
        ([12, 9999, 15, 17, 9999, 11], [(9999, 2)]),
        ([12.5, 999, 700, 30, 999, 400], [(999, 2)]),
        ([-99, 5, 6, 7, 999, -99, 999], [(-99, 2), (999, 2)]),
        ([0, 0, 22, 25, 24, 27], [(0, 2)]),
        ([1e30, 5, 6, 7, 1e30, np.nan], [(1e30, 2)]),
        ([-200, 5, 6, 7], []),  # once is no mark
        ([-200, -200, 0, 100, -150], []),  # within the reach of the others
        ([-1, -1, 0, 1, -2, 4], []),  # other numbers are negative too
        ([-1, 1, -1, 1, 0], []),  # a code of three classes
        ([50, 50, 50, 49.8, 22, 31], []),  # where a scale ends
        ([3, 3, 3], []),
        ([], []),
    ],
)
def test_a_number_that_repeats_far_outside_is_a_suspect(values, found):
    assert asked(values) == found


def test_the_others_are_told_with_it():
    (suspect,) = suspects(read_table(AIR.encode()).column("CO"))
    assert suspect == (-200, 6, 0.25, 5.75)


def test_one_click_takes_it_as_missing_and_nothing_does_before():
    app = opened().text_area(key="data pasted").set_value(AIR).run()
    table = app.session_state["data choices"].table
    assert (table.examples, table.target.min()) == (24, -200)
    assert app.info[0].value.replace("\\", "") == (
        "“CO” is −200 in 6 rows and elsewhere from 0.25 to 5.75: is it missing there?"
    )
    button = next(button for button in app.button if button.label == "Take −200 as missing, in every column")
    app = button.click().run()
    assert not app.exception
    table = app.session_state["data choices"].table
    assert (table.examples, table.target.min()) == (18, 0.25)
    assert "5, 9, 13, 17, 21, 25" in app.warning[0].value
    assert not app.info
