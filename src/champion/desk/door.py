"""The door of a practice API: where it answers, and how this process found or opened it."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from champion import places
from champion.problems import Problem

if TYPE_CHECKING:
    from champion.api.processes import Running

VARIABLE = "CHAMPION_API"
"""Where marking says, as JSON, at which socket the API answers and with which tokens."""


@dataclass
class Door:
    """Where an API answers: its address, its socket, support's tokens, and who may control it."""

    address: str
    reading: str
    writing: str
    socket: str | None = None
    running: Running | None = None
    control: str = ""

    @property
    def has_ended(self) -> bool:
        """Whether it was started by this process and is gone."""
        process = self.running.process if self.running is not None else None
        return process is not None and process.poll() is not None


def door() -> Door:
    """Where to ask: as marking says, at the lab's API, or at one started for this kernel."""
    from champion.api import processes

    if VARIABLE in os.environ:
        told = json.loads(os.environ[VARIABLE])
        if told is None:
            raise Problem("There is no practice API beside this cell.")
        return Door(**told)
    running = processes.find(places.api())
    return _at(running) if running is not None else started(None)


def started(company: Path | None) -> Door:
    """One that was started just now and ends with this process.

    Args:
        company: the company's folder; None: the one in use.
    """
    from champion.api import pristine, processes

    running = processes.start(company=company)
    atexit.register(_ended_with_the_kernel, running)
    for line in running.said:
        if line != pristine.BUILDING:  # once a company, soon over: no part of a page's outputs
            _say(line)
    return _at(running)


def _at(running: Running) -> Door:
    return Door(running.address, running.reading, running.writing, None, running, running.control)


def _ended_with_the_kernel(running: Running) -> None:
    with contextlib.suppress(OSError):
        running.end()


def _say(line: str) -> None:
    import sys

    print(line, file=sys.stderr)  # noqa: T201 — notices are no part of a cell's output
