"""Routes of the API, and how large the bodies of its answers are."""

from __future__ import annotations

import json
import zlib
from typing import Any
from urllib.parse import parse_qs

import numpy as np
from numpy.typing import NDArray

from champion.lantern.clock import HISTORY_START, SECOND, Moments
from champion.lantern.columns import Column
from champion.lantern.dice import Whole
from champion.lantern.logs.source import Source

_BY_ID = ("videos", "folders", "webhooks", "jobs")
_LISTS = ("videos", "folders")
_ROW = {"videos": 391, "folders": 118}
"""Bytes of one object in a list."""
_ONE = {"/v1/videos/{id}": 402, "/v1/videos/{id}/stats": 188, "/v1/signed_links": 233}
_OTHER = 131
_SAYS = {
    "unauthorized_credentials": "This token is unknown or has been revoked.",
    "account_inactive": "This account is inactive: a bill is open.",
    "unauthorized_scope": "This token may not do that.",
    "plan_without_api": "The plan of this account does not include the API.",
    "upload_incomplete": "The file stopped coming before it was whole.",
    "not_found": "There is no such object.",
    "invalid": "The body of the request is not valid.",
    "internal": "Something went wrong on our side.",
}
_TOO_MANY = "Too many requests: an account may make 600 a minute.\n"
_PER_PAGE, _PER_PAGE_MOST = 25, 100
_MOVED, _HUNG_UP = 301, 499


def routes(paths: NDArray[Any]) -> list[str]:
    """The route of each path: /v1/videos/{id}/stats for /v1/videos/hpspring26/stats."""
    texts = paths.tolist()
    known = {path: _route(path) for path in set(texts)}
    return [known[path] for path in texts]


def _route(path: str) -> str:
    parts = path.split("/")
    if len(parts) > 3 and parts[2] in _BY_ID:
        parts[3] = "{id}"
    return "/".join(parts)


def body_sizes(source: Source, calls: dict[str, Column]) -> list[int]:
    """How many bytes each call of the API was answered with."""
    statuses, errors = calls["status"].values.tolist(), calls["error"].values.tolist()
    methods, paths = calls["method"].values.tolist(), calls["path"].values.tolist()
    pages = _page_sizes(source, calls)
    single = {path: _single(path) for path in set(paths)}
    return [
        _error_size(status, error)
        if status >= 400
        else _moved_size(path)
        if status == _MOVED
        else page
        if page and method == "GET"
        else single[path]
        for status, error, method, path, page in zip(
            statuses, errors, methods, paths, pages, strict=True
        )
    ]


def _single(path: str) -> int:
    return _ONE.get(_route(path), _OTHER) + zlib.crc32(path.encode()) % 61


def _moved_size(path: str) -> int:
    return len(f"Moved permanently to {path.replace('/v0/', '/v1/', 1)}\n")


def _error_size(status: int, error: str) -> int:
    if status == _HUNG_UP:
        return 0
    return _ERROR_SIZES.get(error, _OTHER)


_ERROR_SIZES = {
    **{code: len(json.dumps({"code": code, "error": says})) for code, says in _SAYS.items()},
    "too_many_requests": len(_TOO_MANY),
}


def _page_sizes(source: Source, calls: dict[str, Column]) -> list[int]:
    """For lists, the bytes of a page: of as many objects as there were at that moment; else 0."""
    sizes = np.zeros(len(calls["id"]), dtype=np.int64)
    paths, queries = calls["path"].values, calls["query"].values
    for table in _LISTS:
        rows = np.flatnonzero(paths == f"/v1/{table}")
        account, moment = calls["account_id"].values[rows], calls["requested_at"].values[rows]
        asked = queries[rows].tolist()
        known = {query: _page(query) for query in set(asked)}
        page, per_page = (
            np.array([known[query] for query in asked], dtype=np.int64).reshape(-1, 2).T
        )
        there = _there(source, table, account, moment)
        shown = np.clip(there - (page - 1) * per_page, 0, per_page)
        # Titles are of different lengths, so pages with as many objects differ by some bytes.
        differs = (account * 31 + page * 17 + there * 7) % 97
        sizes[rows] = 2 + shown * (_ROW[table] + account % 23) + np.minimum(shown, differs)
    return sizes.tolist()


def _page(query: str) -> tuple[int, int]:
    asked = parse_qs(query)
    page, per_page = (_number(asked, *each) for each in (("page", 1), ("per_page", _PER_PAGE)))
    return max(page, 1), min(max(per_page, 1), _PER_PAGE_MOST)


def _number(asked: dict[str, list[str]], name: str, otherwise: int) -> int:
    value = asked.get(name, [""])[0]
    return int(value) if value.isdecimal() else otherwise


def _there(source: Source, table: str, account: Whole, moment: Moments) -> Whole:
    """How many of a table's objects each account had at a moment."""
    rows = source.tables[table]
    owner = rows["account_id"].values
    made = np.sort(_keys(owner, rows["created_at"].values))
    count: Whole = _before(made, account, moment)
    if "deleted_at" in rows:
        gone = ~rows["deleted_at"].gaps()
        count = count - _before(
            np.sort(_keys(owner[gone], rows["deleted_at"].values[gone])), account, moment
        )
    return count


def _before(keys: Whole, account: Whole, moment: Moments) -> Whole:
    first = np.searchsorted(keys, account << 32, side="left")
    return np.searchsorted(keys, _keys(account, moment), side="right") - first


def _keys(account: Whole, moment: Moments) -> Whole:
    """Account and second in one number, so that one search finds both."""
    return (account << 32) + np.maximum((moment - HISTORY_START) // SECOND, 0)
