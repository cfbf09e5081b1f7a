"""Rooms and floors: import-linter keeps both contracts, and would notice."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("cms", "directory", "workshops", "casebook", "home")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [tool, "--no-cache", "--config", str(folder / "pyproject.toml")],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The five rooms alone, to spoil."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_both_contracts_are_kept() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("casebook/permissions.py", "import workshops.models"),  # a sibling
        ("workshops/queries/events.py", "import casebook.models"),  # the other way round
        ("cms/dates.py", "import directory.models"),  # the frame knows no room
        ("directory/models/roles.py", "import directory.public.urls"),  # a noun knows no door
        ("casebook/queries/cases.py", "import casebook.actions"),  # a question does nothing
        ("casebook/enums.py", "import wagtail.models"),  # no Wagtail side
    ],
)
def test_a_step_in_the_wrong_direction_is_noticed(copy: Path, file: str, line: str) -> None:
    path = copy / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    result = lint(copy)
    assert (result.returncode, "BROKEN" in result.stdout) == (1, True)
