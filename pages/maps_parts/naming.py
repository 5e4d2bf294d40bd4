"""The ends of the trajectories of a map in words: in a table, in sentences, and where the pointer is."""

from collections.abc import Sequence

import numpy as np

from figures import Basin, percent
from figures.stage import Table
from landscapes import Landscape
from pages.maps_parts.ends import End
from pages.maps_parts.outcome_maps import Basins
from words import coordinates, mark, say, say_n, short

ZERO = 1e-9  # of the view's width: a coordinate that is smaller is written as 0
MOST_ROWS = 8  # of the table; what is behind them is counted together
HOVERS = {  # what stands in front of the number of steps
    "minimum": mark("Ends at the minimum {place}, there from step"),
    "saddle": mark("Ends at the saddle {place}, there from step"),
    "maximum": mark("Ends on the maximum {place}, there from step"),
    "flat": mark("Ends where it is flat, there from step"),
    "cycle": mark("Ends in a cycle, in it from step"),
    "moving": mark("Still moving at step"),
    "diverged": mark("Diverges: it leaves at step"),
}
NAMES = {
    "minimum": mark("Minimum {place}"),
    "saddle": mark("Saddle {place}"),
    "maximum": mark("Maximum {place}"),
    "flat": mark("Where it is flat"),
    "cycle": mark("A cycle"),
    "moving": mark("Still moving"),
    "diverged": mark("Diverged"),
}
REACHED = {
    "minimum": mark("{share} % reach the minimum {place}."),
    "saddle": mark("{share} % end at the saddle {place}."),
    "maximum": mark("{share} % end on the maximum {place}."),
    "flat": mark("{share} % end where the landscape is flat."),
    "cycle": mark("{share} % end in a cycle."),
    "moving": mark("{share} % still move at the last step."),
    "diverged": mark("{share} % diverge."),
}
ELSEWHERE = {"minimum": mark("Another minimum"), "saddle": mark("Another saddle"), "maximum": mark("Another maximum")}


def basin(landscape: Landscape, basins: Basins, slot: int, number: int) -> Basin:
    """An end as it is drawn."""
    end = basins.ends[number]
    hover = say(HOVERS[end.kind], place=place(landscape, end)) if end.position else hover_elsewhere(end)
    return Basin(called(landscape, end), end.kind, end.number, basins.share(slot, number), hover)


def hover_elsewhere(end: End) -> str:
    """What stands in front of the number of steps of what has no one place."""
    if end.kind in ELSEWHERE:
        return say("Ends elsewhere, there from step")
    return say(HOVERS[end.kind])


def place(landscape: Landscape, end: End) -> str:
    """Where an end is."""
    width = max(high - low for low, high in landscape.domain)
    return coordinates(np.array(end.position), zero=ZERO * width)


def called(landscape: Landscape, end: End) -> str:
    """An end as a table has it."""
    if end.position is not None:
        return say(NAMES[end.kind], place=place(landscape, end))
    return say(ELSEWHERE[end.kind] if end.kind in ELSEWHERE else NAMES[end.kind])


def shares_table(
    landscape: Landscape, basins: Basins, slots: Sequence[int], names: Sequence[str], caption: str
) -> Table:
    """How many of the starts come to which end, and how soon: the legend of the maps."""
    order = basins.order(slots)
    rows, colours = [], []
    for number in order[:MOST_ROWS]:
        row = [called(landscape, basins.ends[number])]
        for slot in slots:
            share = basins.share(slot, number)
            row.append(say("{share} %", share=percent(share)))
            if len(slots) == 1:
                row.append(short(basins.median(slot, number)) if share else "")
        rows.append(row)
        colours.append(basin(landscape, basins, slots[0], number).colour)
    if rest := order[MOST_ROWS:]:
        rows.append([say_n("{count} other end", "{count} other ends", len(rest))])
        for slot in slots:
            share = sum(basins.share(slot, number) for number in rest)
            rows[-1] += [say("{share} %", share=percent(share)), *([""] if len(slots) == 1 else [])]
        colours.append("")
    last = [say("Share"), say("Median step")] if len(slots) == 1 else list(names)
    return Table(
        columns=[say("Ends at"), *last],
        rows=rows,
        colours=colours,
        caption=caption,
    )


def in_words(landscape: Landscape, basins: Basins, slot: int) -> str:
    """The shares in sentences: what the colours of a map say."""
    order = basins.order([slot])
    said = [sentence(landscape, basins.ends[number], basins.share(slot, number)) for number in order[:MOST_ROWS]]
    if rest := order[MOST_ROWS:]:
        share = percent(sum(basins.share(slot, number) for number in rest))
        said.append(
            say_n(
                "{share} % end at {count} other place.",
                "{share} % end at {count} other places.",
                len(rest),
                share=share,
            )
        )
    return " ".join(said)


def sentence(landscape: Landscape, end: End, share: float) -> str:
    """Which share comes to an end."""
    if end.position is None and end.kind in ELSEWHERE:
        return say("{share} % end at other such places.", share=percent(share))
    at = place(landscape, end) if end.position else ""
    return say(REACHED[end.kind], share=percent(share), place=at)
