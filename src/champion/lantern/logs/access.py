"""access.log: what the web server of the API answered, in the usual form of such logs.

After the usual fields stand the request id and the seconds that the application took; both are
"-" for what never reached it.
"""

from __future__ import annotations

import numpy as np

from champion.lantern import recipe
from champion.lantern.clock import DAY, MINUTE, NOW, SECOND
from champion.lantern.logs.lines import LOGS_START, AccessLine
from champion.lantern.logs.routes import body_sizes
from champion.lantern.logs.source import Source, Told, together
from champion.lantern.logs.stamps import common
from champion.lantern.signins import ADDRESSES

NAME = "access.log"

_EVERY = 10 * MINUTE
"""How often the monitor asks."""
_CRAWLS, _SCANS = 24, 3
"""Visits of crawlers, and of scanners, on a day."""
_NOT_FOUND, _MOVED = (404, 153), (301, 169)
"""Status and size of the web server's own answers."""


def access(source: Source) -> Told:
    """Every call of the API, and what the web server answered by itself."""
    added = [*_checks(), *_crawls(source), *_scans(source), *source.ledger.lines(AccessLine)]
    return together([_calls(source), _alone(added)])


def _calls(source: Source) -> Told:
    calls = source.since("api_requests", "requested_at")
    columns = (
        calls["ip_address"].values.tolist(),
        common(calls["requested_at"].values),
        calls["method"].values.tolist(),
        calls["path"].values.tolist(),
        calls["query"].values.tolist(),
        calls["status"].values.tolist(),
        body_sizes(source, calls),
        calls["client"].values.tolist(),
        calls["request_id"].values.tolist(),
        calls["duration_ms"].values.tolist(),
    )
    lines = [
        f'{address} - - [{time} +0000] "{method} {path}{"?" if query else ""}{query} HTTP/1.1" '
        f'{status} {size} "-" "{client}" {request:016x} {ms // 1000}.{ms % 1000:03d}'
        for address, time, method, path, query, status, size, client, request, ms in zip(
            *columns, strict=True
        )
    ]
    return Told(calls["requested_at"].values, lines)


def _alone(lines: list[AccessLine]) -> Told:
    moments = np.array([line.moment for line in lines], dtype=np.int64)
    return Told(
        moments,
        [
            f'{line.ip_address} - - [{time} +0000] "{line.method} {line.target} HTTP/1.1" '
            f'{line.status} {line.bytes} "{line.referer}" "{line.client}" - -'
            for line, time in zip(lines, common(moments), strict=True)
        ],
    )


def _checks() -> list[AccessLine]:
    """A monitor asks again and again whether the web server is there."""
    monitor = recipe.table("clients")["monitor"]
    return [
        AccessLine(moment, monitor["address"], "GET", "/health", 200, 3, monitor["client"])
        for moment in range(LOGS_START + 7 * SECOND, NOW, _EVERY)
    ]


def _crawls(source: Source) -> list[AccessLine]:
    """Crawlers look for pages; there are none on this host."""
    dice, crawlers = source.dice, recipe.table("clients")["crawler"]
    n = np.arange((NOW - LOGS_START) // DAY * _CRAWLS, dtype=np.int64)
    moments = LOGS_START + n * (DAY // _CRAWLS)
    moments += dice.between("access.log", "crawl", n, 0, DAY // _CRAWLS // SECOND - 1) * SECOND
    which = dice.pick("access.log", "crawler", n, [each["weight"] for each in crawlers])
    page = dice.pick("access.log", "crawled", n, (5, 4, 1))
    answers = (("/robots.txt", 200, 26), ("/", *_MOVED), ("/sitemap.xml", *_NOT_FOUND))
    return [
        AccessLine(moment, crawler["address"], "GET", target, status, size, crawler["client"])
        for moment, crawler, (target, status, size) in zip(
            moments.tolist(),
            (crawlers[i] for i in which.tolist()),
            (answers[i] for i in page.tolist()),
            strict=True,
        )
    ]


def _scans(source: Source) -> list[AccessLine]:
    """Scanners try a few well-known doors, one after the other."""
    dice, scanner = source.dice, recipe.table("clients")["scanner"]
    n = np.arange((NOW - LOGS_START) // DAY * _SCANS, dtype=np.int64)
    moments = LOGS_START + n * (DAY // _SCANS)
    moments += dice.between("access.log", "scan", n, 0, 7 * 3_600) * SECOND
    addresses = dice.between("access.log", "scanner", n, 0, len(ADDRESSES) - 1)
    clients = dice.pick("access.log", "scanner's client", n, [1] * len(scanner["clients"]))
    lines = []
    for moment, address, client in zip(
        moments.tolist(), addresses.tolist(), clients.tolist(), strict=True
    ):
        for nth, target in enumerate(scanner["targets"]):
            lines.append(
                AccessLine(
                    moment + nth * 700_000,
                    ADDRESSES[address],
                    "POST" if target == "/xmlrpc.php" else "GET",
                    target,
                    *_NOT_FOUND,
                    scanner["clients"][client],
                )
            )
    return lines
