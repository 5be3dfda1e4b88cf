from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from champion.authoring.source import Lesson, read_lesson

SAMPLES = Path(__file__).parent / "samples"
COUNTING = "1-querying/03-counting"
PLANNED = """\
[lessons]
"0-start/01-welcome" = "Welcome"
"1-querying/03-counting" = "Counts"
"1-querying/04-joining" = "Joining"

[routes.core]
title = "Core"
lessons = ["0-start/01-welcome", "1-querying/03-counting"]
"""

Edit = Callable[..., Path]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of its own that holds the sample curriculum."""
    home = tmp_path / "a course with é"
    shutil.copytree(SAMPLES, home / "curriculum")
    (home / "curriculum" / "routes.toml").write_text(PLANNED, encoding="utf-8")
    monkeypatch.setenv("CHAMPION_COURSE", str(home))
    for name in ("CHAMPION_COMPANY", "CHAMPION_WORK", "CHAMPION_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def edit(course: Path) -> Edit:
    """Replaces text in a page of the sample lesson; the text must be there."""

    def replace(page: str, old: str, new: str, lesson: str = COUNTING) -> Path:
        path = course / "curriculum" / lesson / f"{page}.md"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return replace


@pytest.fixture
def counting(course: Path) -> Lesson:
    return read_lesson(COUNTING)
