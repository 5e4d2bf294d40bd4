"""What the README says can be done."""

import re
import subprocess
import sys
from pathlib import Path

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_notebook_example_runs_and_arrives():
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(example.splitlines()) <= 12
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example], cwd=Path(__file__).parents[1], capture_output=True, text=True
    )
    assert done.stderr == ""
    assert "Reached the minimum at (1.00, 1.00)" in done.stdout
    assert "['saddle']" in done.stdout


def test_every_page_and_picture_it_links_to_is_there():
    for target in re.findall(r"\]\(([\w/.-]+)\)", README):
        assert (Path(__file__).parents[1] / target).is_file(), target


def test_its_two_commands_are_in_the_makefile():
    makefile = (Path(__file__).parents[1] / "Makefile").read_text(encoding="utf-8")
    for command in ("run", "test"):
        assert f"make {command} " in README
        assert re.search(rf"^{command}:", makefile, re.MULTILINE)
