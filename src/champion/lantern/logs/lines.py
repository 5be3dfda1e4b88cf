"""One line of each log, before it is written: what stories add to the lines made from tables.

Every `moment` is in microseconds since 1970-01-01 00:00 UTC; how a log writes it is the log's
own business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from champion.lantern.clock import DAY, NOW, utc

LOGS_START = NOW - 14 * DAY
"""Older lines are deleted."""
ROTATED = utc(2026, 3, 24)
"""What is older lies in the rotated file beside the log, gzipped."""

Level = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
Service = Literal["api", "app", "player", "encoder", "billing", "mailer"]
Cache = Literal["HIT", "MISS", "EXPIRED", "-"]


@dataclass(frozen=True)
class AccessLine:
    """A request that has no row in api_requests: it never reached the application.

    Attributes:
        target: path and what follows the question mark.
        bytes: size of the answer's body.
        referer: the page it came from, "-" when the caller did not say.
    """

    moment: int
    ip_address: str
    method: str
    target: str
    status: int
    bytes: int
    client: str
    referer: str = "-"


@dataclass(frozen=True)
class AppLine:
    """Something an application tells; `more` holds what depends on the event, in its order."""

    moment: int
    level: Level
    service: Service
    event: str
    more: Mapping[str, str | int | bool | None] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkerLine:
    """Something a worker tells: `worker` is encoder-1 to -6, jobs-1 or jobs-2.

    Attributes:
        text: the line itself, such as "encode 48211 started: video=hpspring26 attempt=1".
        trace: the lines of a stack trace below it.
    """

    moment: int
    level: Level
    worker: str
    text: str
    trace: tuple[str, ...] = ()


@dataclass(frozen=True)
class CdnLine:
    """A request for a file of a video, or for the player.

    Attributes:
        edge: the location that answered: fra2, lhr1, iad3, sjc1, gru1, bom2 or syd1.
        path: "/v/<hashed id>/720p/seg-00012.ts" and the like.
        cache: "-" when the request was refused.
        ttfb_ms: milliseconds to the first byte.
        bytes: size of the answer; 0: of the file as it is.
        referer: the page that asked, "-" when it did not say.
    """

    moment: int
    edge: str
    client_ip: str
    path: str
    status: int
    cache: Cache
    ttfb_ms: int
    bytes: int
    client: str
    referer: str = "-"
    host: str = "cdn.lantern.example"
    method: str = "GET"


def encoder(job: int) -> str:
    """The worker that has an encode job, by the job's id."""
    return f"encoder-{1 + job % 6}"


Line = AccessLine | AppLine | WorkerLine | CdnLine
