"""The practice API beside the judge: fresh for each run whose cells use it, on a Unix socket.

A child has no network, and reaches the API through its file alone. It is not given the control
word, so no cell can reset the state that it is judged by, or write its log.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from champion.marking import cells
from champion.marking.steps import Step

if TYPE_CHECKING:
    from champion.api.beside import Beside, Served
    from champion.api.practice import Practice

Look = Callable[["Practice"], Any]
"""What reads the state of a practice API after a run: its tables, its `requests`."""
_NAME = "api"


class Apis:
    """Serves practice APIs, from a thread that is started when the first is asked for."""

    def __init__(self) -> None:
        self._beside: Beside | None = None
        self._lock = threading.Lock()

    @contextmanager
    def beside(
        self, planned: Sequence[Step], company: Path, *, needed: bool = False
    ) -> Iterator[Served | None]:
        """A fresh one while the block runs; None where no cell mentions it, and none needs it."""
        if not needed and not any(_NAME in cells.mentions(step.source) for step in planned):
            yield None
            return
        with self._running().fresh(company, secrets.token_urlsafe(16)) as served:
            yield served

    def close(self) -> None:
        """End the thread."""
        if self._beside is not None:
            self._beside.__exit__(None, None, None)
            self._beside = None

    def _running(self) -> Beside:
        from champion.api.beside import Beside

        with self._lock:
            if self._beside is None:
                self._beside = Beside().__enter__()
            return self._beside


def told(served: Served | None) -> dict[str, str | None] | None:
    """What a child is told of it: see `champion.desk.api`."""
    if served is None:
        return None
    return {
        "address": served.address,
        "reading": served.reading,
        "writing": served.writing,
        "socket": str(served.socket) if served.socket else None,
    }
