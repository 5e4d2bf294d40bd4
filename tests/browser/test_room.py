"""A room with a lecturer and a student in browsers of their own, and with fifty students more who have none."""

import asyncio
import json
import re

import pytest
from crowd import aside
from driver import wait_until
from playwright.sync_api import expect
from websockets.asyncio.client import connect

pytestmark = [pytest.mark.browser, pytest.mark.long]

LINK = "/?v=1&landscape=himmelblau&layout=map"  # without a surface, which takes long to draw where there is no GPU
OTHERS = 50
SOCKETS = """window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(url, spoken) {  // of what Streamlit's page says, the third word is its session
    super(url, ...(spoken ? [window.forgets ? spoken.slice(0, 2) : spoken] : []));
    sockets.push(this);
  }
};"""
BESIDE = """() => document.querySelector(".fall-line").getBoundingClientRect().right
  <= document.querySelector("[class*=room-panel]").getBoundingClientRect().left"""

BELOW = """() => innerWidth === 1024 && document.querySelector(".st-key-ways").getBoundingClientRect().bottom
  <= document.querySelector("[class*=room-panel]").getBoundingClientRect().top"""


@pytest.fixture(scope="module")
def room(lasting_visit, fall_line):
    """A lecturer's visit, the code of her room, and a student's visit; the last test ends it."""
    lecturer = lasting_visit(f"{fall_line}{LINK}", before=SOCKETS)
    lecturer.drawn()
    lecturer.page.get_by_role("button", name="Open a room").click()
    expect(panel(lecturer).get_by_role("img")).to_be_visible()
    code = panel(lecturer).get_by_role("heading").inner_text()
    expect(panel(lecturer).get_by_text(f"/?room={code}")).to_be_visible()
    wait_until(lecturer.page, "() => sessionStorage.getItem('fall-line lead')")
    kept = lecturer.page.evaluate("sessionStorage.getItem('fall-line lead')")
    assert kept.startswith(f"{code}.")
    secret = kept.removeprefix(f"{code}.")
    assert secret not in lecturer.page.url  # which stands on the wall
    assert secret not in lecturer.page.inner_text("body")
    student = lasting_visit(f"{fall_line}/?room={code.lower()}", 390, 844)
    stage(student)
    return lecturer, code, student


def panel(lecturer):
    """What stands beside the lecturer's wall."""
    return lecturer.page.locator("[class*=room-panel]")


def stage(visit, step=None):
    """The stage of a visit when it has been drawn, at a step where one is wanted."""
    found = visit.page.locator(".fall-line[data-drawn]" + (f'[data-step="{step}"]' if step is not None else ""))
    expect(found).to_have_count(1)
    return found


def scrub(visit, step):
    visit.page.locator(".fall-line-playback input[type=range]").fill(str(step))


def as_if_the_process_had_died(visit):
    """Has a page lose its connections, and come back to a server that does not know it."""
    visit.page.evaluate("() => { window.forgets = true; sockets.forEach(socket => socket.close()); }")
    expect(panel(visit)).to_be_hidden()  # as it is in a session that has just begun
    visit.errors[:] = [
        error for error in visit.errors if "when disconnected" not in error
    ]  # what Streamlit's page says


def test_fifty_students_and_one_answer_where_it_will_end(room, fall_line):
    lecturer, code, student = room
    panel(lecturer).get_by_text("Ask", exact=True).click()
    lecturer.page.get_by_role("button", name="Where will Adam end?").click()
    expect(student.page.get_by_text("Where will Adam end?")).to_be_visible()
    stage(student, 0)  # which shows no end of any run
    box = student.page.locator("[data-panel=map]").bounding_box()
    student.page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + 0.4 * box["height"])
    expect(student.page.get_by_text("Your answer is there")).to_be_visible()
    wall = lecturer.page.locator(".fall-line-wall")
    expect(wall.get_by_text("1 of 1 have answered")).to_be_visible()
    seen = aside(lambda: answer_all(fall_line, code, 1))
    assert len(seen) == OTHERS
    assert not any("truth" in text for text in seen)
    expect(wall.get_by_text(f"{OTHERS + 1} of {OTHERS + 1} have answered")).to_be_visible()
    expect(lecturer.page.locator(".fall-line-dots i")).to_have_count(OTHERS + 1)
    scrub(lecturer, 500)  # to the end
    expect(student.page.get_by_text(re.compile(r"Your answer is [\d.]+ away\."))).to_be_visible()
    expect(wall.get_by_text(re.compile(r"Median distance to where it ended: [\d.]+"))).to_be_visible()
    expect(lecturer.page.locator(".fall-line-truth")).to_have_count(1)
    # everybody's ball, in the same room
    lecturer.page.get_by_role("button", name="Where do you let Adam begin?").click()
    expect(student.page.get_by_text("Where do you let Adam begin?")).to_be_visible()
    student.page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 0.3 * box["height"])
    expect(student.page.get_by_text("Your answer is there")).to_be_visible()
    aside(lambda: answer_all(fall_line, code, 2))
    lecturer.page.get_by_role("button", name="Let all of them run together").click()
    together = lecturer.page.get_by_role("button", name=f"{OTHERS + 1} starts")
    expect(together).to_have_attribute("aria-pressed", "true")
    expect(student.page.get_by_text("Where do you let Adam begin?")).to_be_hidden()
    lecturer.page.get_by_role("button", name="Undo").click()  # one start again
    expect(together).to_have_attribute("aria-pressed", "false")
    assert lecturer.errors == student.errors == []


async def answer_all(address, code, number_asked):
    """Has fifty clients answer at the same moment; gives all that each was sent until then."""
    together = asyncio.Barrier(OTHERS)
    url = f"{address.replace('http', 'ws', 1)}/fall-line/room/{code}"

    async def one(number):
        said = ""
        async with connect(url, max_size=None) as socket:
            await socket.send(json.dumps({"seat": ""}))
            async for text in socket:
                said += text
                question = json.loads(text).get("question") or {}
                if question.get("state") == "open" and question.get("number") == number_asked:
                    break
            await together.wait()
            await socket.send(json.dumps({"number": number_asked, "answer": [number / OTHERS, 1.0]}))
            await socket.send(
                json.dumps({"number": number_asked, "answer": [number / OTHERS, 2.0]})
            )  # he changes his mind
            await (await socket.ping())
        return said

    async with asyncio.timeout(300):
        return await asyncio.gather(*(one(number) for number in range(OTHERS)))


def test_a_student_sees_what_the_lecturer_does_until_he_is_on_his_own(room, fall_line):
    lecturer, code, student = room
    scrub(lecturer, 40)
    stage(student, 40)
    assert not [address for address in student.asked if "_stcore" in address]  # it is no session
    expect(student.page.get_by_role("button", name="Play")).to_be_hidden()
    lecturer.page.get_by_role("slider", name="Adam").focus()  # a choice
    drawn = student.page.locator(".fall-line").get_attribute("data-drawn")
    lecturer.page.keyboard.press("ArrowRight")
    expect(student.page.locator(f'.fall-line:not([data-drawn="{drawn}"])')).to_have_count(1)
    student.page.get_by_role("link", name="On my own").click()
    student.drawn()
    assert f"attends={code}" in student.page.url
    assert "landscape=himmelblau" in student.page.url
    assert "lead" not in student.page.url
    scrub(student, 7)
    student.page.get_by_role("link", name="Back to the lecture").click()
    stage(student, 40)
    lecturer.page.reload()  # and is the lecturer still
    lecturer.drawn()
    lecturer.page.get_by_role("button", name=f"Room {code}").click()
    expect(panel(lecturer)).to_be_visible()
    wait_until(lecturer.page, BESIDE)  # it covers nothing of the wall
    lecturer.page.set_viewport_size({"width": 1024, "height": 768})
    wait_until(lecturer.page, BELOW)  # nor of the header, which has two lines there
    lecturer.rest()
    scrub(lecturer, 90)
    stage(student, 90)
    as_if_the_process_had_died(lecturer)
    scrub(lecturer, 120)
    stage(student, 120)
    lecturer.page.get_by_role("button", name=f"Room {code}").click()
    lecturer.page.get_by_role("button", name="End the room").click()
    expect(student.page.get_by_text("The room is over.")).to_be_visible()
    expect(lecturer.page.get_by_role("button", name="Open a room")).to_be_visible()
    wait_until(lecturer.page, "() => !sessionStorage.getItem('fall-line lead')")
    assert lecturer.errors == student.errors == []
