"""What a run refers to is there when the answer comes: tried on a model of Streamlit's page and of its queue."""

import random
from collections import Counter

import pytest

from figures.stage.host import FORGOTTEN, RUNS
from figures.stage.remembered import Remembered

ELEMENTS, VALUES = 12, 4


class Browser:
    """The memory of Streamlit's page: a message is forgotten when more than `FORGOTTEN` runs ended since its use."""

    def __init__(self):
        self.used, self.ended, self.missed = {}, 0, 0

    def take(self, kind, message):
        if kind == "end":
            self.ended += 1
            self.used = {m: at for m, at in self.used.items() if self.ended - at <= FORGOTTEN}
        elif kind == "whole" or message in self.used:
            self.used[message] = self.ended
        else:
            self.missed += 1


def played(begin, seed):
    """Counts misses, references and whole messages of a hasty visitor whose answers come late or never.

    Runs that are overtaken end early, and the page does not count them; of a queue that was not sent yet the start of
    the next run throws away all but the ends of runs.
    """
    chance = random.Random(seed)
    browser, queue, asked, counts = Browser(), [], [], Counter()
    values = [0] * ELEMENTS

    def deliver(most):
        for _ in range(min(most, len(queue))):
            browser.take(*queue.pop(0))

    for _ in range(300):
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            values[chance.randrange(ELEMENTS)] = chance.randrange(VALUES)
            asked.append((list(values), frozenset(browser.used)))
            deliver(chance.choice((0, 0, 5, 99)))
        while asked:
            if chance.random() < 0.5:
                del asked[:-1]  # several questions are answered in one
            shown, said = asked.pop(0)
            queue[:] = [each for each in queue if each[0] == "end"]
            remembered = begin(said)
            reached = chance.choice((ELEMENTS, ELEMENTS, ELEMENTS, chance.randrange(ELEMENTS)))
            for place, value in list(enumerate(shown))[:reached]:
                message = f"{place}: {value}"
                kind = "reference" if message in remembered else "whole"
                counts[kind] += 1
                queue.append((kind, message))
                if chance.random() < 0.2:
                    deliver(chance.choice((1, 99)))
            if reached == ELEMENTS:
                queue.append(("end", None))
        deliver(chance.choice((0, 10, 99, 99)))
    return Counter(counts, missed=browser.missed)


def test_a_reference_to_what_the_browser_said_it_had_is_missed_now_and_then():
    assert sum((played(frozenset, seed) for seed in range(40)), Counter())["missed"] > 0


@pytest.mark.long
def test_no_reference_to_what_it_certainly_has_is_missed_and_some_messages_are_references():
    counts = sum((played(Remembered(RUNS).begin, seed) for seed in range(100)), Counter())
    assert counts["missed"] == 0
    assert counts["reference"] > 0


def test_what_stays_is_referred_to_as_soon_as_the_browser_has_shown_that_it_had_it():
    remembered = Remembered(RUNS)
    assert ["a" in remembered.begin(()), "a" in remembered.begin({"a"})] == [False, True]


@pytest.mark.parametrize("runs", range(1, RUNS + 3))
def test_what_was_not_used_for_long_is_sent_again(runs):
    remembered = Remembered(RUNS)
    assert "a" not in remembered.begin(())
    for _ in range(runs - 1):
        remembered.begin({"a"})
    assert ("a" in remembered.begin({"a"})) == (runs <= RUNS)


def test_what_came_after_all_that_the_browser_has_shown_is_sent_again():
    remembered = Remembered(RUNS)
    first = remembered.begin(())
    assert [message in first for message in "abc"] == [False] * 3
    second = remembered.begin("ab")
    assert [message in second for message in "abc"] == [True, True, False]
