"""What we rely on in plotly.js and in Streamlit without a promise that it stays: each name, its use, and a way on.

The adapter alone knows these names: `figures/stage/js/adapter`, `pages/shared/page.css`, and in Python
`figures/stage/host.py` and `whereabouts.py`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
ADAPTER = ROOT / "figures" / "stage" / "js" / "adapter"
PAGE_STYLE = ROOT / "pages" / "shared" / "page.css"


@dataclass(frozen=True)
class Private:
    """One name."""

    name: str
    use: str  # what it is to us, as in "..., which draws the canvas over the plot"
    instead: str  # what to do when it is gone
    holds: str = ""  # an expression that is true in the browser as long as the name means what we think

    def gone(self, library: str) -> str:
        """What to say when it is no longer there, or means something else."""
        return f"{library} no longer has {self.name} as we know it. We use it for {self.use}. {self.instead}"


LAYOUT = "Look for where plotly.js keeps the layout with all defaults filled in; change js/adapter/plotly.js alone."
AXIS = "Look in src/plots/cartesian/set_convert.js for the conversion; change js/adapter/plotly.js alone."
GL3D = (
    "Look in src/plots/gl3d/scene.js for its successor; change js/adapter/plotly.js alone. Until then hide the surface."
)

# In the browser: `map` and `surface` are plots, `x` the map's axis, `scene` the surface's.
PLOTLY = (
    Private(
        "_fullLayout", "ranges, sizes and axes as they are drawn", LAYOUT, "map._fullLayout.width === map.offsetWidth"
    ),
    Private(
        "_fullData",
        "which traces the legend has switched off",
        "Keep a list of our own from the event plotly_legendclick; change js/adapter/plotly.js alone.",
        "map._fullData.length === map.data.length && map._fullData.some((trace) => trace.visible === true)",
    ),
    Private(
        "_size",
        "where in the plot a 3-D scene is",
        LAYOUT,
        "['l', 't', 'w', 'h'].every((side) => surface._fullLayout._size[side] >= 0)",
    ),
    Private(
        "_offset",
        "where an axis begins, for runs, the start's ring and clicks",
        AXIS,
        "x._offset > 0 && x._offset + x._length <= map._fullLayout.width",
    ),
    Private("_length", "how long an axis is, for the same", AXIS, "Math.abs(x.d2p(x.range[1]) - x._length) < 1e-6"),
    Private(
        "d2p", "the pixels of a number on an axis, also a logarithmic one", AXIS, "Math.abs(x.d2p(x.range[0])) < 1e-6"
    ),
    Private("p2d", "the number under a pointer", AXIS, "Math.abs(x.d2p(x.p2d(x._length / 3)) - x._length / 3) < 1e-6"),
    Private("_scene", "camera and drawing of a surface", GL3D, "typeof scene === 'object'"),
    Private(
        "getCamera",
        "where the eye is, for the link and the next visit",
        "The event plotly_relayout gives scene.camera; keep that in js/adapter/plotly.js.",
        "Number.isFinite(scene.getCamera().eye.x)",
    ),
    Private(
        "saveLayout",
        "a camera that glides on: it would jump back at the next drawing",
        "Write the camera of the event plotly_relayout into the layout, in js/adapter/plotly.js.",
        "(scene.saveLayout(surface.layout), Number.isFinite(surface.layout.scene.camera.eye.x))",
    ),
    Private("glplot", "the drawing of a scene", GL3D, "typeof scene.glplot === 'object'"),
    Private(
        "onrender",
        "runs that follow a camera while it is turned",
        "Ask for the camera at every frame, in js/adapter/plotly.js.",
        "typeof scene.glplot.onrender === 'function'",
    ),
    Private(
        "cameraParams",
        "the matrices that put a run's points over the surface",
        GL3D,
        "['model', 'view', 'projection'].every((name) => scene.glplot.cameraParams[name].length === 16)",
    ),
    Private("dataScale", "units of the scene in one of the data", GL3D, "scene.dataScale.length === 3"),
    Private(
        "fullSceneLayout",
        "the part of the plot that a scene fills",
        GL3D,
        "['x', 'y'].every((axis) => scene.fullSceneLayout.domain[axis].length === 2)",
    ),
    Private(
        "nsewdrag",
        "two fingers that zoom the map: the element that hears the wheel",
        "Find the element that now lies over the axes, or set the ranges by relayout; in js/adapter/plotly.js.",
        "map.querySelectorAll('.nsewdrag').length === 1",
    ),
    Private(
        "_d3locale",
        "numbers in a hover as they are elsewhere, with a true minus sign",
        "Look for what plotly.js formats the numbers of a hover with; change js/adapter/plotly.js alone.",
        "map._fullLayout._d3locale.numberFormat('.3g')(-123456) === '−123000'",
    ),
    Private(
        "hoverlayer",
        "the sign of a run in a hover, whose line the canvas draws",
        "Look at what a hover is made of; change js/adapter/marks.css alone.",
        "map.querySelectorAll('.hoverlayer').length === 1",
    ),
)

RULE = "Look for the element in the page and change the rule; until then the page looks looser, and works."
STREAMLIT = (
    Private(
        "__streamlit",
        "the address of the server, so that a deep link does not ask below its own path first",
        "Without it all works, with refusals in the console: take the line out of js/adapter/inline/head.js.",
        "typeof window.__streamlit.BACKEND_BASE_URL === 'string'",
    ),
    Private(
        "BACKEND_BASE_URL",
        "the same",
        "Take the line out of js/adapter/inline/head.js.",
    ),
    Private(
        "data-test-connection-state",
        "the moment at which to fetch plotly.js, when the page's own files are through",
        "Without it the stage loads all itself, later: take another sign in js/adapter/inline/early.js.",
        "document.querySelector('[data-test-connection-state=CONNECTED]')",
    ),
    Private(
        "data-test-script-state",
        "a stage that tells what is in view when nothing else is asked",
        "Find how Streamlit marks that its script runs; change isAsking in js/adapter/streamlit.js.",
        "document.querySelector('[data-test-script-state=notRunning]')",
    ),
    Private(
        "stElementContainer",
        "components that have nothing to show, and answers that do not fade the page",
        "Find what now encloses one element; change js/adapter/streamlit.js and marks.css, and the knobs in page.css.",
    ),
    Private(
        "data-stale",
        "answers that do not fade the page, and pictures that keep their size while they may be about to go",
        "Find how Streamlit marks it; change js/adapter/marks.css and streamlit.js.",
    ),
    Private("stApp", "a link that the keyboard has come to, marked", RULE),
    Private("stMainBlockContainer", "narrower margins", RULE),
    Private("stMarkdownContainer", "sentences close together", RULE),
    Private("stSidebarHeader", "a low head of the sidebar", RULE),
    Private("stSidebarUserContent", "controls close together", RULE),
    Private("stVerticalBlock", "controls close together", RULE),
    Private("stAlert", "what is said in a box in its middle", RULE),
    Private("stExpander", "headings that are dark enough to read", RULE),
    Private("stCaptionContainer", "captions that are dark enough to read", RULE),
    Private("stMain", "keys that are dark enough to read, and not shown to fingers", RULE),
    Private("stMarkdown", "formulas that scroll inside their column", RULE),
    Private("stTextInput", "the field for the exact number of a knob", RULE),
    Private("stTextInputRootElement", "the same", RULE),
    Private("stSlider", "the label of a knob, which leaves room for that field", RULE),
    Private("stImage", "the landscape's picture beside its name", RULE),
    Private("stElementToolbar", "no button on that picture", RULE),
    Private("stSidebar", "a sheet at the lower edge of a phone", RULE),
    Private("stSidebarContent", "the same", RULE),
    Private("stSidebarNav", "the pages after the controls of that sheet", RULE),
    Private("stExpandSidebarButton", "what opens the sheet, where the thumb is", RULE),
    Private("stSidebarCollapseButton", "what closes it", RULE),
    Private("data-collapsed", "whether it is open", RULE),
    Private("stButton", "buttons that a finger meets", RULE),
    Private("stDownloadButton", "the same", RULE),
    Private("stPopover", "the same", RULE),
    Private("stSidebarNavLink", "pages in that sheet that a finger meets", RULE),
    Private("stToolbar", "pages that leave room in their line for what stands beside them", RULE),
    Private("stTopNav", "the same, and pages across the top that a finger meets", RULE),
    Private("stTopNavSection", "how many pages it holds besides, in the visitor's language", RULE),
    Private("stAlert", "a box that ends below its words", RULE),
    Private("stSelectbox", "lists that a finger meets", RULE),
    Private("stTooltipIcon", "explanations that a finger meets", RULE),
    Private("stStatusWidget", "what says that the page is at work, below what stands beside the pages", RULE),
    Private("stMarkdownColoredText", "the colour of a run, large enough to be told", RULE),
    Private("stHtml", "the mark of an embedded front page, which takes no room", RULE),
    Private("stSliderTickBar", "no ends of a slider on the verdict below it", RULE),
    Private("stSliderThumbValue", "no number on a slider whose number stands beside it", RULE),
    Private("stAlertContainer", "the same, in the sidebar", RULE),
    Private("stHorizontalBlock", "what was not taken, said as wide as the card", RULE),
    Private("stColumn", "the same", RULE),
    Private("stNumberInputClearButton", "no cross in a field that cannot be empty", RULE),
    Private("stButtonGroup", "parts of a page that are in view on a phone", RULE),
    Private("data-selected", "a chosen part that can be read under the pointer", RULE),
    Private("stFileUploaderDropzone", "the words on the button for a file, in the visitor's language", RULE),
    Private("stPopoverBody", "a menu that finds its place before it is filled", RULE),
)
MARK = re.compile(r"\bst[A-Z]\w+|\bdata-(?:test-[\w-]+|stale|selected|collapsed)|\b__streamlit\b|\bBACKEND_BASE_URL\b")
PRIVATE = re.compile(
    r"\b_(?:full[A-Z]\w*|offset|length|size|scene)\b|\b(?:d2p|p2d|getCamera|saveLayout|glplot|onrender|cameraParams|dataScale"
    r"|fullSceneLayout|nsewdrag|hoverlayer)\b"
)
