"""What the lessons need before they open: the company and the keys."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from champion import places
from champion.lantern import build
from champion.problems import Problem
from champion.workplace import supplies


@pytest.fixture
def console():
    return Console(file=io.StringIO(), width=100)


def test_a_missing_company_is_built_and_said(course, console, monkeypatch):
    asked = []
    monkeypatch.setattr(build, "build_company", lambda *args, **kw: asked.append(args))
    assert next(supplies.supply(console)) == "The sample company is built."
    assert len(asked) == 1


def test_a_company_that_stands_is_left_alone(course, company, console, monkeypatch):
    monkeypatch.setenv("CHAMPION_COMPANY", str(company.folder))
    monkeypatch.setattr(build, "build_company", lambda *args, **kw: pytest.fail("built again"))
    assert list(supplies.supply(console)) == []
    assert (places.keys() / "1-querying/01-one-table.json").is_file()


def test_a_mistake_in_a_lesson_is_said_and_does_not_keep_the_lab_closed(
    course, company, console, monkeypatch
):
    monkeypatch.setenv("CHAMPION_COMPANY", str(company.folder))
    course.write("curriculum/1-querying/02-filtering/lesson.md", "no front matter\n")
    (told,) = supplies.supply(console)
    assert told.startswith("Some lessons cannot be checked: ")
    assert "02-filtering" in told


def test_a_teams_database_that_does_not_answer_stops_the_lab(course, console, monkeypatch):
    monkeypatch.setenv("CHAMPION_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:9/none")
    with pytest.raises(Problem):
        list(supplies.supply(console))
