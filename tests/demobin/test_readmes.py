"""What the demobin's READMEs promise is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from champion import places
from champion.api import demobin

from .upstream import server

FOLDERS = demobin.demos()


def text(folder: Path) -> str:
    return (folder / "README.md").read_text(encoding="utf-8")


def names(folder: Path) -> str:
    return folder.name


def test_the_demobin_s_readme_leads_to_every_demo():
    told = text(places.demobin())
    assert FOLDERS
    assert [each.name for each in FOLDERS if f"]({each.name}/README.md)" not in told] == []


@pytest.mark.parametrize("folder", [places.demobin(), *FOLDERS], ids=names)
def test_every_link_and_picture_leads_somewhere(folder: Path):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text(folder))
    assert links
    assert [link for link in links if not (folder / link).exists()] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=names)
def test_every_demo_s_readme_has_what_the_others_have(folder: Path):
    told = text(folder)
    assert told.startswith("# ")
    for part in ("![", "## Three steps", "## What to change", "## What it does not do"):
        assert part in told, part
    if (folder / "server.py").exists():
        assert "## Why the token must not be in the page" in told


@pytest.mark.parametrize("folder", FOLDERS, ids=names)
def test_every_demo_loads_nothing_from_elsewhere_and_hides_no_script_in_its_page(folder: Path):
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', page) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page) == []


def test_every_answer_of_latest_videos_is_in_its_readme():
    source = Path(server().__file__ or "").read_text(encoding="utf-8")
    told = text(places.demobin() / "latest-videos")
    words = set(re.findall(r'"(\d{3}) [A-Z][\w ]+", "(\w+)"', source))
    words |= set(re.findall(r'"(\d{3}) [A-Z][\w ]+",\s+"(\w+)"', source))
    words -= {("404", "not_found"), ("405", "method_not_allowed")}
    assert len(words) >= 7
    assert [each for each in words if f"| {each[0]} `{each[1]}` |" not in told] == []
