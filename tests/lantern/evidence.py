"""Reading logs and files with the standard library alone, as solvers and tests need them.

Every reader yields the lines of the older, gzipped part first, then the newer ones: in order of
time. Moments come with their zone, except in worker.log, which has none.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from champion.lantern import Company

ACCESS, APP, WORKER, CDN, WEBHOOKS = (
    "access.log",
    "app.jsonl",
    "worker.log",
    "cdn.tsv",
    "webhooks.jsonl",
)


@dataclass(frozen=True)
class Access:
    """A line of access.log; request id and milliseconds are None where nginx answered itself."""

    time: datetime
    ip_address: str
    method: str
    target: str
    status: int
    bytes: int
    referer: str
    client: str
    request_id: str | None
    ms: int | None

    @property
    def path(self) -> str:
        """The target up to the question mark."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """What follows the question mark: the last value of each name."""
        asked = parse_qs(urlsplit(self.target).query, keep_blank_values=True)
        return {name: values[-1] for name, values in asked.items()}


@dataclass(frozen=True)
class Entry:
    """An entry of worker.log: its first line, and the lines of a stack trace below it.

    Attributes:
        wall: what the clock on the wall in Frankfurt showed; there is no zone in the file.
    """

    wall: datetime
    level: str
    worker: str
    text: str
    trace: tuple[str, ...]


@dataclass(frozen=True)
class Fetch:
    """A line of cdn.tsv."""

    time: datetime
    edge: str
    client_ip: str
    method: str
    host: str
    path: str
    status: int
    cache: str
    ttfb_ms: int
    bytes: int
    referer: str
    user_agent: str


def raw_lines(company: Company, name: str) -> list[str]:
    """All lines of a log as they stand there, older ones first."""
    older = gzip.decompress((company.logs / f"{name}.1.gz").read_bytes()).decode("utf-8")
    newer = (company.logs / name).read_text(encoding="utf-8")
    return [line for text in (older, newer) for line in text.removesuffix("\n").split("\n")]


def access_lines(company: Company) -> Iterator[Access]:
    """access.log, line by line."""
    for line in raw_lines(company, ACCESS):
        found = _ACCESS.fullmatch(line)
        assert found, line
        address, time, method, target, status, size, referer, client, request, took = found.groups()
        yield Access(
            datetime.strptime(time, "%d/%b/%Y:%H:%M:%S %z"),
            address,
            method,
            target,
            int(status),
            int(size),
            referer,
            client,
            None if request == "-" else request,
            None if took == "-" else int(took.replace(".", "")),
        )


def app_lines(company: Company) -> Iterator[dict[str, Any]]:
    """app.jsonl, object by object, `time` as a moment; what is no JSON is left out."""
    for line in raw_lines(company, APP):
        try:
            told = json.loads(line)
        except json.JSONDecodeError:
            continue
        yield told | {"time": datetime.fromisoformat(told["time"])}


def worker_entries(company: Company) -> Iterator[Entry]:
    """worker.log, entry by entry, each with its stack trace."""
    head: tuple[datetime, str, str, str] | None = None
    trace: list[str] = []
    for line in raw_lines(company, WORKER):
        found = _WORKER.fullmatch(line)
        if not found:
            trace.append(line)
            continue
        if head:
            yield Entry(*head, tuple(trace))
        wall, level, worker, text = found.groups()
        head, trace = (datetime.strptime(wall, "%Y-%m-%d %H:%M:%S,%f"), level, worker, text), []
    if head:
        yield Entry(*head, tuple(trace))


def cdn_lines(company: Company) -> Iterator[Fetch]:
    """cdn.tsv, line by line, without its head."""
    for line in raw_lines(company, CDN):
        if line.startswith("#"):
            continue
        time, *texts, path, status, cache, ttfb, size, referer, client = line.split("\t")
        edge, address, method, host = texts
        yield Fetch(
            datetime.fromisoformat(time),
            edge,
            address,
            method,
            host,
            path,
            int(status),
            cache,
            int(ttfb),
            int(size),
            referer,
            client,
        )


def webhook_lines(company: Company) -> Iterator[dict[str, Any]]:
    """webhooks.jsonl, object by object, `time` as a moment."""
    for line in raw_lines(company, WEBHOOKS):
        told = json.loads(line)
        yield told | {"time": datetime.fromisoformat(told["time"])}


def attached(company: Company, name: str) -> bytes:
    """What a customer attached, by its name in the folder of files."""
    return (company.files / name).read_bytes()


def micros(moment: datetime) -> int:
    """A moment as microseconds since 1970-01-01 00:00 UTC."""
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


_ACCESS = re.compile(
    r'(\S+) - - \[([^\]]+)\] "(\S+) (\S+) HTTP/1\.1" (\d+) (\d+) "([^"]*)" "([^"]*)" (\S+) (\S+)'
)
_WORKER = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (\w+) +\[([\w-]+)\] (.*)")
