"""Where a practice API answers: as marking says, the lab's, or one started for this kernel."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import sys
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
class Place:
    """Where an API answers.

    Attributes:
        address: "http://127.0.0.1:43211".
        reading: support's token that reads.
        writing: support's token that writes too.
        socket: the Unix socket, where it is one.
        running: who may control it; None while an answer is marked.
    """

    address: str
    reading: str
    writing: str
    socket: str | None = None
    running: Running | None = None

    @property
    def has_ended(self) -> bool:
        """Whether it was started here and has ended since."""
        process = self.running.process if self.running is not None else None
        return process is not None and process.poll() is not None

    @property
    def variables(self) -> dict[str, str]:
        """What a shell needs to ask it, as the lesson on HTTP does with curl."""
        from champion.api import processes

        return processes.variables(self.address, self.reading)


def find() -> Place:
    """Where to ask: as marking says, at the lab's API, or at one started for this kernel.

    Raises:
        Problem: marking has none beside this cell, or none can be started.
    """
    from champion.api import processes

    if VARIABLE in os.environ:
        told = json.loads(os.environ[VARIABLE])
        if told is None:
            raise Problem("There is no practice API beside this cell.")
        return Place(**told)
    running = processes.find(places.api())
    return _at(running) if running is not None else start(None)


def start(company: Path | None) -> Place:
    """One of this process's own, for a company's folder or the company in use; it ends with it.

    Raises:
        Problem: it could not be started.
    """
    from champion.api import pristine, processes

    running = processes.start(company=company)
    atexit.register(_end, running)
    for line in running.said:
        if line != pristine.BUILDING:  # once a company, soon over: no part of a page's outputs
            print(line, file=sys.stderr)  # noqa: T201 — notices are no part of a cell's output
    return _at(running)


def _at(running: Running) -> Place:
    return Place(running.address, running.reading, running.writing, None, running)


def _end(running: Running) -> None:
    with contextlib.suppress(OSError):
        running.end()
