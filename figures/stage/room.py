"""The page of a student in a room: the lecturer's stage, without any of the controls."""

import json
from html import escape
from importlib.resources import files
from string import Template

from figures.stage.assets import revision
from figures.stage.sayings import sayings, translated
from figures.stage.standalone import COLOURS
from words import language, mark, say

ON_THE_WALL = (
    mark("The connection to the room is lost; it comes back."),
    mark("The room is over."),
    mark("{count} of {everyone} have answered"),
    mark("No more answers"),
    mark("Show the answer"),
    mark("Median distance to where it ended: {distance}"),
)
IN_THE_HALL = (
    mark("The connection is lost; it comes back by itself."),
    mark("There is no room with this code, or it is over."),
    mark("The room is over."),
    mark("There is no seat left in this room."),
    mark("That was too often. Load the page again."),
    mark("That was not understood. Load the page again."),
    mark("The lecturer will be here soon."),
    mark("Tap the map."),
    mark("Your answer"),
    mark("Answer"),
    mark("Wanted is a number from {low} to {high}."),
    mark("Your answer is there; you may change it."),
    mark("Yes: {answer}."),
    mark("The answer is {answer}."),
    mark("Your answer is {distance} away."),
    mark("No more answers."),
)


def words_on_the_wall() -> dict[str, str]:
    """What the lecturer's half says, by its English texts."""
    return translated(ON_THE_WALL)


def room_page(code: str, base: str = "") -> str:
    """The HTML of a student's page, in the language of the present context; with no code it asks for one.

    Args:
        code: of the room, checked before; "" for none.
        base: path that the app is served under.
    """
    home = f"{base}/fall-line/{revision()}"
    given = {
        "code": code,
        "room": f"{base}/fall-line/room/{code}",
        "own": f"{base}/",
        "words": sayings() | translated(IN_THE_HALL),
    }
    data = json.dumps(given).replace("<", "\\u003c")  # which would end the script
    script = (
        f'<script id="room" type="application/json">{data}</script>\n'
        f'<script type="module" src="{home}/room.js"></script>'
    )
    label, enter = say("Code of the room"), say("Enter")
    asks = (
        f'<form action="{escape(base)}/"><label for="code">{escape(label)}</label>'
        f'<input id="code" name="room" required maxlength="12" autocomplete="off" autocapitalize="characters">'
        f"<button>{escape(enter)}</button></form>"
    )
    page = Template((files("figures.stage") / "room.html").read_text(encoding="utf-8"))
    return page.substitute(
        COLOURS,
        language=language(),
        title=escape(say("Room {code}", code=code) if code else "Fall Line"),
        home=home,
        own=escape(say("On my own")),
        said=escape(say("The lecturer will be here soon.") if code else say("Which room?")),
        form="" if code else asks,
        script=script if code else "",
    )
