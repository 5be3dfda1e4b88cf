"""The desk: a warm check of a large answer, and what opening the desk costs."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from champion.checking.key import Key, Task, to_json
from champion.lantern import proven_company

Row = tuple[str, str, str]

ROWS = 10_000
TRIES = 200
WRONG_TRIES = 40

_QUERY = f"""%%sql answer
SELECT id, video_id, received_at, visitor_key, play_reason, percent_viewed, seconds_watched
FROM plays ORDER BY id LIMIT {ROWS}"""
_WRONG = _QUERY.replace("seconds_watched\n", "seconds_watched + 1 AS seconds_watched\n")
_TASK = Task(
    slug="large",
    lesson="9-bench/01-large",
    page="exercise",
    number="1.1",
    title="A large answer",
    minutes=1,
    kind="table",
    variable="answer",
    blank="%%sql answer\nSELECT ...",
    reference=_QUERY,
)
_OPENING = """
import sys, time
import pandas, sqlalchemy
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
began = time.perf_counter()
import champion.desk
champion.desk.open_desk(shell)
print(time.perf_counter() - began)
"""


def bench() -> list[Row]:
    """The desk's two figures."""
    right, wrong = _warm_checks()
    opening = min(_opening() for _ in range(5))
    check = f"warm check of a {ROWS:,}-row frame, 95th percentile"
    return [
        (f"{check} of {TRIES}, right answer", f"{right * 1000:.1f} ms", "≤ 20 ms"),
        (f"{check} of {WRONG_TRIES}, one column wrong", f"{wrong * 1000:.1f} ms", "≤ 20 ms"),
        (
            "desk import and opening beyond pandas, SQLAlchemy and IPython, best of 5",
            f"{opening:.3f} s",
            "≤ 0.1 s",
        ),
    ]


def _warm_checks() -> tuple[float, float]:
    """Seconds, 95th percentile, of a whole `check` of a right answer and of a wrong one."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    from champion.desk import open_desk, session
    from champion.desk.check import check

    company = proven_company(2, 0.02)
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    measured = []
    with _course(), capture_output():
        open_desk(shell)
        session.current().company = company
        for source, tries in ((_QUERY, TRIES), (_WRONG, WRONG_TRIES)):
            shell.run_cell(source)
            check(_TASK.slug)
            measured.append(_percentile([_timed(check, _TASK.slug) for _ in range(tries)]))
    InteractiveShell.clear_instance()
    company.close()
    return measured[0], measured[1]


@contextmanager
def _course() -> Iterator[None]:
    """A course that holds the one task, with a work folder in which tries are noted."""
    with tempfile.TemporaryDirectory() as folder:
        key = Path(folder) / "build" / "keys" / f"{_TASK.lesson}.json"
        key.parent.mkdir(parents=True)
        key.write_text(to_json(Key(_TASK.lesson, "Large", (_TASK,))), encoding="utf-8")
        (Path(folder) / "work").mkdir()
        with mock.patch.dict(os.environ, {"CHAMPION_COURSE": folder, "CHAMPION_PROGRESS": "on"}):
            os.environ.pop("CHAMPION_WORK", None)
            yield


def _timed(do: object, *args: object) -> float:
    began = time.perf_counter()
    do(*args)  # type: ignore[operator]
    return time.perf_counter() - began


def _percentile(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


def _opening() -> float:
    ran = subprocess.run(
        [sys.executable, "-c", _OPENING], capture_output=True, text=True, check=True
    )
    return float(ran.stdout.splitlines()[-1])
