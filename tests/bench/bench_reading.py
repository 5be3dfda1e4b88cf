"""The readers: 100 MB of access log, plain and packed, and 100,000 lines of JSON."""

from __future__ import annotations

import gzip
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from champion.reading import access, jsonlines

Row = tuple[str, str, str]

MEGABYTES = 100
OBJECTS = 100_000
_LINE = (
    '203.0.113.{ip} - - [{day:02d}/Mar/2026:{hour:02d}:{minute:02d}:{second:02d} +0000] '
    '"GET /v1/videos/{at:010x}?page=1&per_page=100 HTTP/1.1" 200 {bytes} "-" '
    '"python-requests/2.31.0" {at:016x} 0.{ms:03d}\n'
)  # fmt: skip


def bench() -> list[Row]:
    """Seconds to a finished frame."""
    with tempfile.TemporaryDirectory() as folder:
        plain, packed = Path(folder, "access.log"), Path(folder, "access.log.1.gz")
        count = _write(plain)
        packed.write_bytes(gzip.compress(plain.read_bytes(), 1))
        objects = Path(folder, "app.jsonl")
        objects.write_text("".join(map(_object, range(OBJECTS))), encoding="utf-8")
        what = f"{MEGABYTES} MB of access log, {count:,} lines"
        return [
            (what, _seconds(lambda: access.read(plain)), "≤ 10 s"),
            (f"{what}, gzipped", _seconds(lambda: access.read(packed)), "≤ 10 s"),
            (f"{OBJECTS:,} lines of JSON", _seconds(lambda: jsonlines.read(objects)), ""),
        ]


def _write(path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        while file.tell() < MEGABYTES * 1_000_000:
            file.write("".join(_access(at) for at in range(count, count + 10_000)))
            count += 10_000
    return count


def _access(at: int) -> str:
    return _LINE.format(
        ip=at % 250, day=17 + at % 14, hour=at % 24, minute=at % 60, second=at * 7 % 60,
        at=at * 2_654_435_761 % 2**40, bytes=at % 90_000, ms=at % 1000,
    )  # fmt: skip


def _object(at: int) -> str:
    row = {
        "time": f"2026-03-30T17:04:{at % 60:02d}.412Z", "level": "INFO", "service": "api",
        "event": "request.done", "account_id": at % 1200, "status": 200, "ms": at % 900,
    }  # fmt: skip
    return json.dumps(row) + "\n"


def _seconds(read: Callable[[], object]) -> str:
    began = time.perf_counter()
    read()
    return f"{time.perf_counter() - began:.1f} s"
