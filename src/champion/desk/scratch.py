"""The scratch API: one of its own for what must not touch the learner's, and clients that look."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from champion.desk.api import Api, api
from champion.problems import Problem

if TYPE_CHECKING:
    from champion.api.processes import Running
    from champion.desk.door import Door
    from champion.lantern.company import Company

_apart: dict[Path, Api] = {}


def apart(company: Company) -> Api:
    """An API of its own for what must not touch the learner's: a key's cells.

    It is started when it is first used, and put back for each cell.
    """
    found = _apart.get(company.folder)
    if found is None or found._company is not company:
        found = _apart[company.folder] = Api(_company=company)
    elif found._place is not None and not found._place.has_ended:
        found.reset()
    return found


def looking(company: Company, place: Door) -> Api:
    """A client that looks at the state of the API behind a door, unseen and uncounted."""
    return Api(_company=company, _place=place, _looks=True)


def set_stage(scratch: Api, stage: Mapping[str, Any]) -> None:
    """Put a scratch API back, and set it up for one call of a function.

    Raises:
        Problem: the account has fewer videos than it should.
    """
    left = _running(scratch).ask("PUT", "stage", stage)["videos"]
    if left is not None and left < stage["videos"]:
        raise Problem(f"its account has only {left} videos, not {stage['videos']}")


def story(scratch: Api) -> list[dict[str, Any]]:
    """What was asked since, and waited: see `champion.api.stage.story`."""
    told: list[dict[str, Any]] = _running(scratch).ask("GET", "requests")["requests"]
    return told


@contextmanager
def moved(place: Door) -> Iterator[None]:
    """Have the notebook's own client, and all that were made of it, ask at another door."""
    named = ("LANTERN", "LANTERN_TOKEN")
    own, before = api._place, {name: os.environ.get(name) for name in named}
    api.leave()
    api._place = replace(place, running=None, control="")  # a function may not reset it
    os.environ.update(zip(named, (place.address, place.reading), strict=True))
    try:
        yield
    finally:
        api.leave()
        api._place = own
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _running(scratch: Api) -> Running:
    running = scratch.door.running
    assert running is not None  # a scratch API is started by this process
    return running
