"""Logs of workers: plain text, an entry's first line with its time, a trace on the lines after."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from champion.reading import columns, opening
from champion.reading.unread import Notes

if TYPE_CHECKING:
    import pandas

_ENTRY = re.compile(
    r"(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,6})?)(?=\s)\s*(?:-\s+)?"
    r"(?:(DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL|TRACE)\b\s*)?"
    r"(?:\[((?:[^\[\]]|\[[^\]]*\])+)\]\s*)?(?:-\s+)?(.*)"
)
_JOB = re.compile(r"([a-z][a-z_.-]*(?: [a-z]+)?) #?(\d{1,18})\b")
_PARTS = ("local_time", "level", "worker", "message")


def read(*paths: Path) -> pandas.DataFrame:
    """Read workers' logs, one after the other, into one frame with one row an entry.

    Columns: local_time (datetime64[us] as the wall clock beside the machine showed it: the log
    has no offset, and none is made up), level, worker, job_kind and job_id (Int64) where the
    message begins with them, message, trace (the lines that follow the first, joined); file
    where several were read.

    Raises:
        Problem: a file is missing or may not be read.
    """
    import pandas as pd

    notes = Notes()
    rows: list[tuple[str | None, ...]] = []
    traces: list[list[str]] = []
    files: list[str] = []
    for path in paths:
        for block in opening.blocks(path, notes):
            for number, line in enumerate(block.lines, block.first):
                found = _ENTRY.fullmatch(line)
                if found and columns.is_moment(found[1]):
                    rows.append(found.groups())
                    traces.append([])
                    files.append(path.name)
                elif files and files[-1] == path.name:
                    traces[-1].append(line)
                else:
                    notes.unread(path.name, number, line)
    held = {part: [row[at] for row in rows] for at, part in enumerate(_PARTS)}
    times = [each and each.replace(",", ".") for each in held["local_time"]]
    jobs = [_JOB.match(each or "") for each in held["message"]]
    made = {
        "local_time": columns.wall_times(times),
        "level": columns.texts(held["level"]),
        "worker": columns.texts(held["worker"]),
        "job_kind": columns.texts([each and each[1] for each in jobs]),
        "job_id": columns.whole([each and each[2] for each in jobs]),
        "message": columns.texts(held["message"]),
        "trace": columns.texts(["\n".join(each).rstrip() or None for each in traces]),
    }
    if len(paths) > 1:
        made["file"] = columns.texts(files)
    return notes.close(pd.DataFrame(made))
