"""The ends of the trajectories of a map in words: in a table, in sentences, and where the pointer is."""

from collections.abc import Sequence

import numpy as np

from figures import Basin, percent
from figures.stage import Table
from landscapes import Landscape
from pages.maps_parts.ends import End
from pages.maps_parts.outcome_maps import Basins
from words import coordinates, paragraph, say, say_n, short

ZERO = 1e-9  # of the view's width: a coordinate that is smaller is written as 0
MOST_ROWS = 8  # of the table; what is behind them is counted together


def basin(landscape: Landscape, basins: Basins, slot: int, number: int) -> Basin:
    """An end of a map as it is drawn."""
    return drawn(landscape, basins.ends[number], basins.share(slot, number))


def drawn(landscape: Landscape, end: End, share: float) -> Basin:
    """An end as it is drawn, to which a share of the starts comes."""
    return Basin(called(landscape, end), end.kind, end.number, share, hover(landscape, end))


def hover(landscape: Landscape, end: End) -> str:
    """What stands in front of the number of steps where the pointer is."""
    at = place(landscape, end)
    match end.kind:
        case "minimum" if at:
            return say("Ends at the minimum {place}, there from step", place=at)
        case "saddle" if at:
            return say("Ends at the saddle {place}, there from step", place=at)
        case "maximum" if at:
            return say("Ends on the maximum {place}, there from step", place=at)
        case "flat":
            return say("Ends where it is flat, there from step")
        case "cycle":
            return say("Ends in a cycle, in it from step")
        case "moving":
            return say("Still moving at step")
        case "diverged":
            return say("Diverges: it leaves at step")
    return say("Ends elsewhere, there from step")


def place(landscape: Landscape, end: End) -> str:
    """Where an end is; nothing where it is not one place."""
    width = max(high - low for low, high in landscape.domain)
    return coordinates(np.array(end.position), zero=ZERO * width) if end.position else ""


def called(landscape: Landscape, end: End) -> str:
    """An end as a table has it."""
    at = place(landscape, end)
    match end.kind:
        case "minimum":
            return say("Minimum {place}", place=at) if at else say("Another minimum")
        case "saddle":
            return say("Saddle {place}", place=at) if at else say("Another saddle")
        case "maximum":
            return say("Maximum {place}", place=at) if at else say("Another maximum")
        case "flat":
            return say("Where it is flat")
        case "cycle":
            return say("A cycle")
        case "moving":
            return say("Still moving")
    return say("Diverged")


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
    last = [say("Share of all"), say("Median step")] if len(slots) == 1 else list(names)
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
    return paragraph(*said)


def sentence(landscape: Landscape, end: End, part: float) -> str:
    """Which share comes to an end."""
    at, share = place(landscape, end), percent(part)
    match end.kind:
        case "minimum" if at:
            return say("{share} % reach the minimum {place}.", share=share, place=at)
        case "saddle" if at:
            return say("{share} % end at the saddle {place}.", share=share, place=at)
        case "maximum" if at:
            return say("{share} % end on the maximum {place}.", share=share, place=at)
        case "flat":
            return say("{share} % end where the landscape is flat.", share=share)
        case "cycle":
            return say("{share} % end in a cycle.", share=share)
        case "moving":
            return say("{share} % still move at the last step.", share=share)
        case "diverged":
            return say("{share} % diverge.", share=share)
    return say("{share} % end at other such places.", share=share)
