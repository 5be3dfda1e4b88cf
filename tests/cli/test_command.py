"""The `champion` command as a person meets it in a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def champion(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would, with some settings of its environment."""
    return subprocess.run(
        [sys.executable, "-c", "from champion.cli import main; main()", *words],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )


def test_help_names_every_verb_without_importing_what_is_slow() -> None:
    asked = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "from champion.cli import main; main()", "-h"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    verbs = "lab build prove mark submit doctrine doctor lantern new report"
    for verb in verbs.split():
        assert f"\n  {verb} " in asked.stdout
    for slow in ("pandas", "sqlalchemy", "duckdb", "IPython", "nbformat"):
        assert f" {slow}\n" not in asked.stderr


def test_a_misspelt_verb_is_one_line_and_says_where_help_is() -> None:
    told = champion("lantren", "build")
    assert told.returncode == 2
    assert "No such command 'lantren'" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("lantern", "build", "--seed", "seven"), "seed"),
        (("lantern", "build", "--scale", "-1"), "scale"),
        (("prove", "1-quering"), "1-quering"),
        (("mark", "nowhere.ipynb"), "nowhere.ipynb"),
        (("submit", "nowhere.ipynb", "--name", "Ada"), "nowhere.ipynb"),
        (("reset", "no-such-task"), "no-such-task"),
    ],
)
def test_a_mistake_is_one_clear_line(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    told = champion(*words, CHAMPION_WORK=str(tmp_path))
    assert told.returncode == 1, told.stderr
    assert said in told.stderr
    assert told.stderr.startswith("champion: ")
    assert len(told.stderr.strip().splitlines()) == 1


def test_what_nobody_foresaw_is_one_line_too_unless_one_asks(tmp_path: Path) -> None:
    elsewhere = {"CHAMPION_COURSE": str(tmp_path)}
    code = (
        "import champion.cli as cli\n"
        "from champion.workplace import doctor\n"
        "doctor.lines = lambda: 1 / 0\n"
        "cli.main()"
    )
    for debug, traceback in (("", False), ("1", True)):
        told = subprocess.run(
            [sys.executable, "-c", code, "doctor"],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, **elsewhere, "CHAMPION_DEBUG": debug},
            check=False,
        )
        assert told.returncode != 0
        assert ("Traceback" in told.stderr) is traceback
