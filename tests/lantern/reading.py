"""Logs read once for many tests, and rows to hold them against."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from tests.lantern import evidence
from tests.lantern.evidence import Access, Entry, Fetch

from champion.lantern import Company
from champion.lantern.traps.asking import rows

START = datetime(2026, 3, 17, 12, tzinfo=UTC)
ROTATED = datetime(2026, 3, 24, tzinfo=UTC)
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
FRANKFURT = ZoneInfo("Europe/Berlin")
NAMES = (evidence.ACCESS, evidence.APP, evidence.WORKER, evidence.CDN, evidence.WEBHOOKS)


@cache
def access(company: Company) -> list[Access]:
    """All of access.log."""
    return list(evidence.access_lines(company))


@cache
def app(company: Company) -> list[dict[str, Any]]:
    """All of app.jsonl that is JSON."""
    return list(evidence.app_lines(company))


@cache
def worker(company: Company) -> list[Entry]:
    """All of worker.log."""
    return list(evidence.worker_entries(company))


@cache
def cdn(company: Company) -> list[Fetch]:
    """All of cdn.tsv."""
    return list(evidence.cdn_lines(company))


@cache
def webhooks(company: Company) -> list[dict[str, Any]]:
    """All of webhooks.jsonl."""
    return list(evidence.webhook_lines(company))


def forget() -> None:
    """Let go of everything that was read."""
    for kept in (access, app, worker, cdn, webhooks):
        kept.cache_clear()


def moment(entry: Entry) -> datetime:
    """When an entry of worker.log was written, in UTC."""
    return entry.wall.replace(tzinfo=FRANKFURT).astimezone(UTC)


def moments(company: Company) -> dict[str, list[datetime]]:
    """When each line was written, by log."""
    return {
        evidence.ACCESS: [line.time for line in access(company)],
        evidence.APP: [line["time"] for line in app(company)],
        evidence.WORKER: [moment(entry) for entry in worker(company)],
        evidence.CDN: [line.time for line in cdn(company)],
        evidence.WEBHOOKS: [line["time"] for line in webhooks(company)],
    }


def known(company: Company, sql: str) -> dict[Any, tuple[Any, ...]]:
    """Rows by their first column."""
    return {row[0]: row[1:] for row in rows(company, sql)}
