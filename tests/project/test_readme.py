"""What README and CONTRIBUTING promise is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from champion import cli
from champion.authoring.coursemap import map_is_current

COURSE = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "environment.yml")


def text(name: str) -> str:
    return (COURSE / name).read_text(encoding="utf-8")


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("name", PAGES)
def test_every_make_command_exists(name):
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", text(name), re.MULTILINE)) <= targets()


@pytest.mark.parametrize("name", PAGES)
def test_every_champion_command_exists(name):
    named = set(re.findall(r"(?:`|\\)champion ([a-z]+)", text(name)))
    assert named <= set(cli.champion.commands)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_and_picture_leads_somewhere(name):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text(name))
    assert [link for link in links if not (COURSE / link).exists()] == []


def test_the_first_screen_has_a_sentence_a_picture_and_two_commands():
    first = text("README.md").split("\n## ")[0]
    assert first.startswith("# Customer Champion\n")
    assert ".github/first-check.png" in first
    assert re.search(r"```\ngit clone [^\n]+\nmake lab [^\n]+\nmake test [^\n]+\n```", first)
    assert "What it is not" in first


def test_the_map_in_the_readme_is_todays():
    assert map_is_current(COURSE / "README.md"), "champion build writes the map anew"


def test_what_was_not_run_is_said():
    said = " ".join(text("README.md").split())
    assert "conda's channels could not be reached" in said
    assert "macOS, Windows and the other versions of Python are run by the [workflow]" in said


def test_a_lesson_is_added_in_seven_steps():
    steps = re.findall(r"^(\d)\. ", text("CONTRIBUTING.md"), re.MULTILINE)
    assert steps == list("1234567")


def test_make_help_lists_what_there_is_to_do():
    described = re.findall(r"^([a-z-]+):.*## ", text("Makefile"), re.MULTILINE)
    wanted = ["help", "lab", "test", "test-all", "build", "bench", "lint", "lock", "clean"]
    assert sorted(described) == sorted(wanted)
