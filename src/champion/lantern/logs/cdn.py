"""cdn.tsv: what the CDN's locations answered, with cache status and time to the first byte.

Of what goes well, it keeps all pictures and playlists, but only some of the pieces.
"""

from __future__ import annotations

import numpy as np

from champion.lantern.columns import texts
from champion.lantern.dice import Dice, Whole, along, below, mixed
from champion.lantern.logs.edges import EDGES, LATE, bad_disk
from champion.lantern.logs.fetches import CACHE, Fetches, fetches
from champion.lantern.logs.lines import CdnLine
from champion.lantern.logs.served import Served
from champion.lantern.logs.showings import Showings, showings
from champion.lantern.logs.source import Source, Told, together
from champion.lantern.logs.stamps import iso

NAME = "cdn.tsv"
FIELDS = (
    "time",
    "edge",
    "client_ip",
    "method",
    "host",
    "path",
    "status",
    "cache",
    "ttfb_ms",
    "bytes",
    "referer",
    "user_agent",
)
HEAD = ("#Version: 1.0", "#Fields: " + "\t".join(FIELDS))

_TTFB = (2, 4, 6, 9, 13, 19, 30, 58)
"""Milliseconds from a location's own disk: the quantiles."""
_FETCH = np.array((0, 90, 45, 0), dtype=np.int64)
"""What asking the origin costs at least, by cache status."""
_NO_ANSWER = 10_000


def cdn(source: Source) -> Told:
    """Everything that loads and plays of the last 14 days asked the CDN for."""
    shown = showings(source)
    heads, tails = _viewers(shown)
    told = [_told(source.dice, shown, heads, tails, kind) for kind in fetches(source, shown)]
    return together([*told, _added(source, source.ledger.lines(CdnLine))])


def _viewers(shown: Showings) -> tuple[list[str], list[str]]:
    """What stands before and after the varying part of each showing's lines."""
    edges = texts(EDGES, shown.edge).tolist()
    heads = [
        f"{edge}\t{address}\tGET\tcdn.lantern.example"
        for edge, address in zip(edges, shown.address.tolist(), strict=True)
    ]
    tails = [
        f"{referer}\t{client}"
        for referer, client in zip(shown.referer.tolist(), shown.client.tolist(), strict=True)
    ]
    return heads, tails


def _told(dice: Dice, shown: Showings, heads: list[str], tails: list[str], kind: Fetches) -> Told:
    columns = (
        iso(kind.moment, "s"),
        kind.showing.tolist(),
        kind.paths,
        kind.status.tolist(),
        texts(CACHE, kind.cache).tolist(),
        _first_byte(dice, shown, kind).tolist(),
        kind.size.tolist(),
    )
    lines = [
        f"{time}Z\t{heads[who]}\t{path}\t{status}\t{cache}\t{ttfb}\t{size}\t{tails[who]}"
        for time, who, path, status, cache, ttfb, size in zip(*columns, strict=True)
    ]
    return Told(kind.moment, lines)


def _first_byte(dice: Dice, shown: Showings, kind: Fetches) -> Whole:
    """Milliseconds to the first byte: most from the disk, some from the origin, a few late."""
    own = along(kind.draws, _TTFB)
    least = _FETCH[kind.cache]
    time = own + least + below(mixed(kind.draws), 4 * least + 1)
    edge, start, stop = bad_disk(dice)
    there = (shown.edge[kind.showing] == EDGES.index(edge)) & (kind.cache == CACHE.index("HIT"))
    there &= (start <= kind.moment) & (kind.moment < stop)
    late = there & (below(mixed(kind.draws + np.uint64(1)), 1_000) < LATE)
    time = np.where(late, time + 1_400 + below(mixed(kind.draws), 5_000), time)
    return np.where(kind.status == 504, _NO_ANSWER, time)


def _added(source: Source, lines: list[CdnLine]) -> Told:
    """What stories add; a file whose size they leave out is as large as it is for everybody."""
    served = Served.of(source.dice, source.tables["videos"], source.tables["video_versions"])
    sizes = {path: served.size(path) for path in {line.path for line in lines if not line.bytes}}
    moments = np.array([line.moment for line in lines], dtype=np.int64)
    made = []
    for line, time in zip(lines, iso(moments, "s"), strict=True):
        fields = (
            f"{time}Z",
            line.edge,
            line.client_ip,
            line.method,
            line.host,
            line.path,
            line.status,
            line.cache,
            line.ttfb_ms,
            line.bytes or sizes[line.path],
            line.referer,
            line.client,
        )
        made.append("\t".join(map(str, fields)))
    return Told(moments, made)
