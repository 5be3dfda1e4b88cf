"""A 503 in the older access log, and an answer in the current one that is 503 bytes long."""

from __future__ import annotations

import gzip
import re

from champion.lantern.clock import SECOND, utc
from champion.lantern.company import Company
from champion.lantern.ledger import Ledger
from champion.lantern.logs.lines import AccessLine
from champion.lantern.traps.trap import Trap

_CRAWLER, _ADDRESS = "heron-crawler/1.2 (+https://heron.example/bot)", "198.51.100.202"
_STATUS, _LENGTH = re.compile(r'" 503 '), re.compile(r'" (?!503)\d+ 503 ')


def _plant(ledger: Ledger) -> None:
    restarting = utc(2026, 3, 20, 5, 41) + 12 * SECOND
    crawled = utc(2026, 3, 26, 3, 17) + 44 * SECOND
    ledger.log(
        AccessLine(restarting, _ADDRESS, "GET", "/docs", 503, 197, _CRAWLER),
        AccessLine(crawled, _ADDRESS, "GET", "/robots.txt", 200, 503, _CRAWLER),
    )


def _check(company: Company) -> list[str]:
    folder = company.folder / "logs"
    older = gzip.decompress((folder / "access.log.1.gz").read_bytes()).decode("utf-8")
    current = (folder / "access.log").read_text(encoding="utf-8")
    lacking = []
    if not _STATUS.search(older) or not _STATUS.search(current):
        lacking.append("one of the two access logs has no 503")
    if not _LENGTH.search(current):
        lacking.append("no other answer in the current access log is 503 bytes long")
    return lacking


TRAP = Trap(
    "Both access logs have an answer with the status 503, and in the current one stands another "
    "answer that is 503 bytes long.",
    _check,
    _plant,
)
