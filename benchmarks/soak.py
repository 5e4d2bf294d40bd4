"""A class that never ends: does memory stay where it is, while students come, move things, and go?

python -m benchmarks.soak --students 20 --hurried 15 --minutes 45 > docs/soak.txt

So many students are there all the time. Each stays for a minute or two, moving learning rates as those of
`benchmarks.class` do; then another comes in her place. Results are held up to a stated bound (`caching/pools.py`), so
that what must not grow is the memory besides them: its slope is fitted to the second half of the time.

What a process takes once and keeps is taken sooner where the first students are in a hurry, who think and stay a tenth
as long: most results, and the table of the names that Python interns, whose size doubles once, by 4 MB, when some tens
of thousands of them have come and gone.
"""

import argparse
import asyncio
import json
import os
import time
from importlib import import_module
from typing import Any
from urllib.request import Request, urlopen

import numpy as np

from landscapes import Array
from tests.driver import serving

crowd = import_module("benchmarks.class")  # whose name is a keyword
TOKEN = "soak" * 4
STAYS = 60.0, 120.0  # seconds, from which to which
HURRY = 0.1  # of the times that the others take
EVERY = 10.0  # seconds between two looks
NOTED = 6  # looks for one line


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--students", type=int, default=20)
    parser.add_argument("--hurried", type=float, default=15, help="minutes, of students in a hurry")
    parser.add_argument("--minutes", type=float, default=45, help="after these")
    given = parser.parse_args()
    os.environ["FALL_LINE_STATUS_TOKEN"] = TOKEN
    with serving("app.py") as address:
        crowd.together(address, [""] * given.students)
        looks = asyncio.run(soaked(address, given.students, 60 * given.hurried, 60 * given.minutes))
    later = looks[len(looks) // 2 :]
    slope, error = fitted(later[:, 0] / 3600, later[:, 1] - later[:, 2])
    print(
        f"memory besides results, second half: {slope:+.1f} ± {error:.1f} MB an hour, {later[0, 3]:.0f} visits before"
    )


def fitted(hours: Array, megabytes: Array) -> tuple[float, float]:
    """The slope of a straight line through these, and its standard error."""
    (slope, _), covariance = np.polyfit(hours, megabytes, 1, cov=True)
    return float(slope), float(np.sqrt(covariance[0, 0]))


async def soaked(address: str, students: int, hurried: float, seconds: float) -> Array:
    """Looks at a server under a constant crowd: seconds, megabytes in all and of results, and visits so far, (N, 4).

    Args:
        hurried: seconds in which the students are in a hurry, before the others, which are `seconds`.
    """
    begun, visits, seconds = time.monotonic(), 0, hurried + seconds

    async def seat(number: int) -> None:
        """One student after the other on the same seat."""
        nonlocal visits
        draws = np.random.default_rng(number)
        while (left := seconds + 2 * EVERY - (time.monotonic() - begun)) > 0:  # until the last look is over
            visits += 1
            page = crowd.PAGES[number % len(crowd.PAGES)]
            student = crowd.Student(number, page, crowd.LINK.format(rate=0.01 + 1e-5 * number))
            share = HURRY if left > seconds - hurried else 1.0
            await crowd.visit(address, student, min(left, share * draws.uniform(*STAYS)), alone(), share * crowd.THINK)

    async def look() -> Array:
        """Looks until the time is over."""
        looks = []
        print("  minute    visits  sessions  reruns/s   memory MB  of results  besides")
        while time.monotonic() - begun < seconds:
            await asyncio.sleep(EVERY)
            now = await asyncio.to_thread(status, address)
            held = sum(now["held_megabytes"].values())
            looks.append((time.monotonic() - begun, now["memory_megabytes"], held, visits))
            if len(looks) % NOTED == 0:
                print(
                    f"{looks[-1][0] / 60:8.1f}{visits:10}{now['sessions']:10}{now['reruns_a_second']:10.2f}"
                    f"{now['memory_megabytes']:12.0f}{held:12.0f}{now['memory_megabytes'] - held:9.0f}",
                    flush=True,
                )
        return np.array(looks)

    seats = [asyncio.create_task(seat(number)) for number in range(students)]
    looks = await look()
    await asyncio.gather(*seats)
    return looks


def alone() -> asyncio.Barrier:
    """What a student who comes alone waits for: nobody."""
    return asyncio.Barrier(1)


def status(address: str) -> dict[str, Any]:
    """What the server tells its host."""
    asked = Request(f"{address}/fall-line/status", headers={"Authorization": f"Bearer {TOKEN}"})
    with urlopen(asked) as answer:
        return dict(json.load(answer))


if __name__ == "__main__":
    main()
