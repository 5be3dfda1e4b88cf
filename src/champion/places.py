"""Where everything lies: the course, the sample company, the keys and the learner's own folder."""

from __future__ import annotations

import os
from pathlib import Path


def course() -> Path:
    """The checkout of the course: CHAMPION_COURSE, or the folder this package is installed from."""
    named = os.environ.get("CHAMPION_COURSE")
    return Path(named) if named else Path(__file__).resolve().parents[2]


def curriculum() -> Path:
    """Where authors write."""
    return course() / "curriculum"


def notebooks() -> Path:
    """The built and executed lessons."""
    return course() / "notebooks"


def exercises() -> Path:
    """The built exercises, answers removed."""
    return course() / "exercises"


def doctrine() -> Path:
    """The team's knowledge base."""
    return course() / "doctrine"


def demobin() -> Path:
    """Small pages on the API that customers can use on their own sites, a folder each."""
    return course() / "demobin"


def recipes() -> Path:
    """The small tables of names and texts that the sample company is made from."""
    return course() / "data"


def build() -> Path:
    """What building leaves behind and git ignores: keys, solved copies, proven companies."""
    return course() / "build"


def keys() -> Path:
    """The answer keys, one JSON file a lesson: `build/keys/1-querying/01-one-table.json`."""
    return build() / "keys"


def company() -> Path:
    """The folder of the sample company in use: CHAMPION_COMPANY, or `data/lantern`."""
    named = os.environ.get("CHAMPION_COMPANY")
    return Path(named) if named else course() / "data" / "lantern"


def work() -> Path:
    """The learner's own folder: CHAMPION_WORK, or `work` in the course."""
    named = os.environ.get("CHAMPION_WORK")
    return Path(named) if named else course() / "work"


def api() -> Path:
    """The part of the work folder that is the practice API's: its state, its log, its address."""
    return work() / ".champion" / "api"
