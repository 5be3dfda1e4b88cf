"""Showings: the times a player appeared, each with what the CDN knows of who looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern import recipe
from champion.lantern.clock import DAY, HOUR, NOW, Moments
from champion.lantern.columns import Rows, texts
from champion.lantern.dice import Draws, Whole, below, pick
from champion.lantern.logs.edges import WEIGHTS, nearest
from champion.lantern.logs.lines import LOGS_START
from champion.lantern.logs.source import Source
from champion.lantern.signins import ADDRESSES

_ELSEWHERE = 110
"""How many of a thousand viewers are far from where the customer is."""
_NEVER = NOW + DAY
_VIEWERS = np.array([each for each in ADDRESSES if int(each.split(".")[3]) < 240], dtype=object)
"""Where viewers come from; the rest of each range is left to the people of stories."""


@dataclass(frozen=True)
class Showings:
    """Loads of the logs' days and of the hour before, by time.

    Attributes:
        moment: when the player appeared.
        draws: a draw of its own for each.
        video: whose, by place among the videos.
        edge: the location that serves this viewer, by place in EDGES.
        played: which have a play, and its moment and how far it came; else 0.
        refused: whether the account's list of hosts forbids the page.
        address, client, referer: what the viewer's browser says.
    """

    moment: Moments
    draws: Draws
    video: Whole
    edge: Whole
    played: NDArray[np.bool_]
    began: Moments
    percent: Whole
    refused: NDArray[np.bool_]
    address: NDArray[Any]
    client: NDArray[Any]
    referer: NDArray[Any]


def showings(source: Source) -> Showings:
    """All of this company's showings, but for those whose lines a story logs by itself."""
    loads = source.since("loads", "received_at", LOGS_START - HOUR)
    others = np.flatnonzero(~np.isin(loads["visitor_key"].values, source.ledger.told()))
    loads = {name: held.taken(others) for name, held in loads.items()}
    dice, visitor = source.dice, loads["visitor_key"].values
    video = source.places("videos", loads["video_id"].values)
    owner = source.tables["videos"]["account_id"].values[video]
    account = source.places("accounts", owner)
    home = nearest(source.tables["accounts"]["time_zone"].values)[account]
    far = dice.chance("viewers", "far", visitor, _ELSEWHERE)
    browsers = recipe.table("clients")["browser"]
    which = pick(dice.roll("viewers", "client", visitor), [each["weight"] for each in browsers])
    began, percent, played = _plays(source, loads)
    referer = loads["embed_url"].values.copy()
    refused = _forbidden(source, owner, referer, loads["received_at"].values)
    # What a page hides from our script, browsers may still tell the CDN: its site.
    hidden = (referer == "") & refused & played
    domains = source.tables["accounts"]["domain"].values[account[hidden]].tolist()
    referer[hidden] = [f"https://www.{domain}/" for domain in domains]
    referer[referer == ""] = "-"
    return Showings(
        loads["received_at"].values,
        dice.roll("cdn.tsv", "showing", visitor ^ loads["received_at"].values.astype(np.uint64)),
        video,
        np.where(far, dice.pick("viewers", "edge", visitor, WEIGHTS), home),
        played,
        began,
        percent,
        refused & ~hidden,
        _VIEWERS[below(dice.roll("viewers", "address", visitor), len(_VIEWERS))],
        texts([each["client"] for each in browsers], which),
        referer,
    )


def _plays(source: Source, loads: Rows) -> tuple[Moments, Whole, NDArray[np.bool_]]:
    ids, plays = loads["id"].values, source.since("plays", "received_at", LOGS_START - HOUR)
    place = np.searchsorted(ids, plays["load_id"].values)
    there = np.flatnonzero((plays["load_id"].values >= ids.min(initial=0)) & (place < len(ids)))
    began, percent = (np.zeros(len(ids), dtype=np.int64) for _ in range(2))
    began[place[there]] = plays["received_at"].values[there]
    percent[place[there]] = plays["percent_viewed"].values[there]
    return began, percent, began > 0


def _forbidden(
    source: Source, owner: Whole, pages: NDArray[Any], moment: Moments
) -> NDArray[np.bool_]:
    """Where an account lists hosts, which showings stood on none of them at that time."""
    lists: dict[int, list[tuple[str, int]]] = {}
    allowed = source.tables["allowed_domains"]
    for account, host, created in zip(
        *(allowed[name].values.tolist() for name in ("account_id", "host", "created_at")),
        strict=True,
    ):
        lists.setdefault(account, []).append((host, created))
    forbidden = np.zeros(len(owner), dtype=bool)
    rows = np.flatnonzero(np.isin(owner, allowed["account_id"].values))
    known: dict[tuple[int, str], tuple[int, int]] = {}
    spans = []
    for pair in zip(owner[rows].tolist(), pages[rows].tolist(), strict=True):
        if pair not in known:
            known[pair] = _span(lists[pair[0]], pair[1])
        spans.append(known[pair])
    first, match = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    forbidden[rows] = (first <= moment[rows]) & (moment[rows] < match)
    return forbidden


def _span(listed: list[tuple[str, int]], page: str) -> tuple[int, int]:
    """Since when the account lists hosts at all, and since when it allows this page."""
    host = page.split("/")[2] if page else ""
    if host == "play.lantern.example":
        return _NEVER, _NEVER
    matching = [created for allowed, created in listed if host and _is_below(host, allowed)]
    return min(created for _, created in listed), min(matching, default=_NEVER)


def _is_below(host: str, allowed: str) -> bool:
    return host.endswith(allowed[1:]) if allowed.startswith("*.") else host == allowed
