"""The stage alone, on a page of its own."""

import pytest


@pytest.fixture(scope="session")
def demo(serve):
    """Address of the demo: a race on the stage, and a few sliders."""
    return serve("tests/browser/demo_app.py")


@pytest.fixture
def flat(visit, demo):
    """The demo without its surface, which takes long to draw where there is no GPU."""
    seen = visit(f"{demo}/?flat=1")
    seen.drawn()
    return seen


@pytest.fixture(scope="module")
def lasting_flat(lasting_visit, demo):
    """The same for all tests of a file that leave nothing changed but the step."""
    seen = lasting_visit(f"{demo}/?flat=1")
    seen.drawn()
    return seen
