"""Access logs of nginx and Apache: common, combined, and what a site has added at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from champion.reading import columns, opening
from champion.reading.unread import Notes

if TYPE_CHECKING:
    import pandas

_QUOTED = r'"([^"\\]*(?:\\.[^"\\]*)*)"'
_LINE = re.compile(
    r"(?:(\S[^\[]*?) )??((?!- )\S+) (\S+) (\S+) \[([^\]]*)\] "
    rf"{_QUOTED} (\d{{3}}|-) (\d+|-)"
    rf"(?: {_QUOTED} {_QUOTED}(?: ([0-9A-Za-z_-]{{8,64}}|-) (\d+\.\d+|-))?(?: (\S.*))?)?\s*"
)
_CLOCK = re.compile(r":(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d [+-](?:0\d|1[0-4])[0-5]\d")
_ISO = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-]\d\d:\d\d)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PARTS = (
    *("before", "client_ip", "ident", "user", "time", "request", "status", "bytes"),
    *("referer", "user_agent", "request_id", "upstream_s", "rest"),
)
_IF_ANY = ("before", "ident", "request_id", "upstream_s", "rest")


def read(*paths: Path) -> pandas.DataFrame:
    """Read access logs, one after the other, into one frame.

    Columns: client_ip, user, time (UTC), method, path, protocol, status (Int64), bytes (Int64,
    `-` is missing), referer, user_agent; request_id and upstream_s (seconds) where the log has
    them; ident, before (what stands before the client's address: a host's name, or the addresses
    of proxies) and rest (what else stands at a line's end) where some line has one; file where
    several were read. A request that is none, as scanners send them, stands in path as it
    is, without a method.

    Raises:
        Problem: a file is missing or may not be read.
    """
    notes = Notes()
    held: dict[str, list[str | None]] = {part: [] for part in _PARTS}
    files: list[str] = []
    for path in paths:
        for block in opening.blocks(path, notes):
            rows = list(_rows(block, path.name, notes))
            for part, values in zip(_PARTS, zip(*rows, strict=True), strict=False):
                held[part] += values
        files += [path.name] * (len(held["time"]) - len(files))
    return notes.close(_frame(held, files if len(paths) > 1 else []))


def _rows(block: opening.Block, file: str, notes: Notes) -> Iterator[tuple[str | None, ...]]:
    """The parts of every line that can be read."""
    for number, line in enumerate(block.lines, block.first):
        found = _LINE.fullmatch(line)
        time = _iso(found[5]) if found else None
        if found is None or time is None:
            notes.unread(file, number, line)
        else:
            before, (_, *after) = found.groups()[:4], found.groups()[4:]
            yield (*before, time, *after)


def _frame(held: dict[str, list[str | None]], files: list[str]) -> pandas.DataFrame:
    import pandas as pd

    requests = [_request(each) for each in held.pop("request")]
    given = {part: [None if each == "-" else each for each in held[part]] for part in held}
    made: dict[str, pandas.Series[Any]] = {}
    for part, values in given.items():
        if part in _IF_ANY and not any(values):
            continue
        made[part] = _typed(part, values)
        if part == "time":
            for at, name in enumerate(("method", "path", "protocol")):
                made[name] = columns.texts([each[at] for each in requests])
    if files:
        made["file"] = columns.texts(files)
    return pd.DataFrame(made)


def _typed(part: str, values: list[str | None]) -> pandas.Series[Any]:
    if part == "time":
        return columns.moments(values)
    if part in ("status", "bytes"):
        return columns.whole(values)
    return columns.decimals(values) if part == "upstream_s" else columns.texts(values)


@lru_cache(maxsize=4096)
def _request(request: str | None) -> tuple[str | None, str | None, str | None]:
    """Method, path and protocol of a request line; the whole of it as path when it is none."""
    if request in (None, "", "-"):
        return (None, None, None)
    assert request is not None
    method, _, rest = request.partition(" ")
    if not rest or not (method.isalpha() and method.isupper()):
        return (None, request, None)
    path, _, protocol = rest.rpartition(" ")
    return (method, path, protocol) if path and "/" in protocol[1:] else (method, rest, None)


def _iso(time: str) -> str | None:
    """A log's time as ISO 8601 has it, None when it is none."""
    day = _day(time[:11])
    if day and _CLOCK.fullmatch(time, 11):
        return f"{day}T{time[12:20]}{time[21:]}"
    return time if _ISO.fullmatch(time) and columns.is_moment(time) else None


@lru_cache(maxsize=4096)
def _day(written: str) -> str | None:
    """`30/Mar/2026` as `2026-03-30`, whatever this computer calls its months."""
    parts = written.split("/")
    if len(parts) != 3 or parts[1] not in _MONTHS:
        return None
    day = f"{parts[2]}-{_MONTHS.index(parts[1]) + 1:02d}-{parts[0]}"
    return day if columns.is_moment(day) else None
