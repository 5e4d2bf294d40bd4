"""The library as a package: built as a wheel, installed where nothing else is, and used outside the tree."""

import re
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import distribution, distributions
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
LIBRARY = ("words", "landscapes", "optimizers")


def pip(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built from a copy, so that no build folder is left in the tree."""
    copy, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in LIBRARY:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "requirements-library.txt", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), str(copy))
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def clean_python(wheel, tmp_path_factory):
    """The interpreter of a fresh environment that holds the wheel and what it asks for, linked to what is here."""
    home = tmp_path_factory.mktemp("clean")
    venv.create(home)
    python = home / "bin" / "python"
    pip("--python", str(python), "install", "--quiet", "--no-index", "--no-deps", "--no-compile", str(wheel))
    (site,) = home.glob("lib/python*/site-packages")
    (made,) = distributions(name="fall-line", path=[str(site)])
    here = {
        file.parts[0]: package.locate_file(file.parts[0]) for package in needed(made.requires) for file in package.files
    }
    for name in here.keys() - {"..", "__pycache__"}:
        (site / name).symlink_to(here[name])
    pip("--python", str(python), "check")
    return python


def needed(requirements):
    """The packages here that meet the requirements, and what these require themselves."""
    for requirement in requirements or ():
        name, _, condition = requirement.partition(";")
        if "extra" not in condition:
            package = distribution(re.match(r"[\w.-]+", name)[0])
            yield package
            yield from needed(package.requires)


def run(python, code, folder):
    done = subprocess.run(
        [python, "-I", "-W", "error", "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout


def test_the_wheel_holds_the_library_its_data_and_its_types_and_nothing_of_the_app(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == set(LIBRARY)
    assert {f"{name}/py.typed" for name in LIBRARY} <= set(names)
    shipped = {str(path.relative_to(ROOT)) for name in LIBRARY for path in (ROOT / name).rglob("*.csv")}
    assert shipped
    assert shipped <= set(names)


def test_the_readme_example_runs_where_only_the_wheel_was_installed(clean_python, tmp_path):
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    shown = run(clean_python, example, tmp_path)
    assert "Reached the minimum at (1.00, 1.00)" in shown
    assert "['saddle']" in shown


def test_data_sets_come_along_and_streamlit_and_plotly_do_not(clean_python, tmp_path):
    code = "import importlib.util as u; from landscapes import LINES; print(LINES['galton']().examples > 0); "
    code += "print([name for name in ('streamlit', 'plotly') if u.find_spec(name)])"
    assert run(clean_python, code, tmp_path).split("\n")[:2] == ["True", "[]"]


def test_the_version_is_one_that_the_changes_name(clean_python, tmp_path):
    version = run(clean_python, "from importlib.metadata import version; print(version('fall-line'))", tmp_path).strip()
    assert f"Version {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
