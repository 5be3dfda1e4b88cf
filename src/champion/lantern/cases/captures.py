"""Network captures: what a customer's Chrome exports as a HAR file (HTTP Archive 1.2).

Chrome speaks HTTP/2 to everybody here, so header names are small and sizes of headers unknown.
A request that an extension or a policy stopped has no answer: status 0, and `_error` says why.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from champion.lantern.clock import SECOND

BLOCKED, CSP, RESET = (
    "net::ERR_BLOCKED_BY_CLIENT",
    "net::ERR_BLOCKED_BY_CSP",
    "net::ERR_CONNECTION_RESET",
)
"""Stopped by an extension; by the page's own policy; and cut off on the way."""
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/146.0.0.0 Safari/537.36"
)
_BRAND = '"Chromium";v="146", "Not-A.Brand";v="24", "Google Chrome";v="146"'
_MIMES = {
    "document": "text/html",
    "script": "application/javascript",
    "image": "image/jpeg",
    "stylesheet": "text/css",
    "font": "font/woff2",
}
_PRIORITIES = {"document": "VeryHigh", "stylesheet": "VeryHigh", "image": "Low", "ping": "VeryLow"}

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Call:
    """One request of a capture.

    Attributes:
        kind: Chrome's resource type: document, script, image, xhr, fetch, ping, stylesheet, font.
        status: of the answer; 0 with an `error`.
        error: why there was no answer, "net::ERR_…".
        took: milliseconds.
        sent, got: headers beyond those that every request and answer has.
        posted: what a POST carried.
        text: the answer's body, where Chrome kept it.
        size: of the answer's body in bytes, where there is no text.
        server: the address that answered, where it is not the usual one of its host.
    """

    moment: int
    url: str
    kind: str
    status: int = 200
    error: str | None = None
    took: int = 40
    method: str = "GET"
    sent: Headers = ()
    got: Headers = ()
    posted: str = ""
    posted_as: str = "application/json"
    text: str = ""
    size: int = 0
    mime: str = ""
    server: str = ""


def har(page: str, calls: Sequence[Call]) -> bytes:
    """The file that "Export HAR" writes, for one page at this address and its requests."""
    first = calls[0]
    log = {
        "version": "1.2",
        "creator": {"name": "WebInspector", "version": "537.36"},
        "pages": [
            {
                "startedDateTime": _iso(first.moment),
                "id": "page_1",
                "title": page,
                "pageTimings": {
                    "onContentLoad": _ms(first.took * 1_000 + 211_407),
                    "onLoad": _ms(first.took * 1_000 + 902_118),
                },
            }
        ],
        "entries": [_entry(page, call) for call in calls],
    }
    return json.dumps({"log": log}, indent=2, ensure_ascii=False).encode()


def _entry(page: str, call: Call) -> dict[str, Any]:
    told: dict[str, Any] = {
        "_initiator": {"type": "other"}
        if call.kind == "document"
        else {"type": "script" if call.kind in ("xhr", "fetch", "ping") else "parser", "url": page},
        "_priority": _PRIORITIES.get(call.kind, "High"),
        "_resourceType": call.kind,
        "cache": {},
    }
    if not call.error:
        told["connection"] = "443"
    timings = _timings(call)
    return {
        **told,
        "pageref": "page_1",
        "request": _request(page, call),
        "response": _response(call),
        "serverIPAddress": "" if call.error else call.server or _server(page, call.url),
        "startedDateTime": _iso(call.moment),
        "time": _ms(sum(timings[name] for name in _STEPS if timings[name] > 0)),
        "timings": {name: _ms(value) if value >= 0 else -1 for name, value in timings.items()},
    }


def _server(page: str, url: str) -> str:
    """The address at which a host answers: ours, the page's own, or somebody else's."""
    host, site = urlsplit(url).netloc, urlsplit(page).netloc.split(".", 1)[1]
    if host in _SERVERS:
        return _SERVERS[host]
    return "198.51.100.254" if host.endswith(site) else "198.51.100.248"


_SERVERS = {"cdn.lantern.example": "198.51.100.251", "play.lantern.example": "198.51.100.252"}

_STEPS = ("blocked", "dns", "connect", "send", "wait", "receive")
"""The timings that add up to the whole; the one of TLS is part of connecting."""


def _timings(call: Call) -> dict[str, int]:
    """Microseconds of each step; -1 where there was none."""
    if call.error:
        steps = dict.fromkeys((*_STEPS, "ssl"), -1)
        return {**steps, "blocked": 1_000 * call.took + 317, "send": 0, "wait": 0, "receive": 0}
    fresh = call.kind == "document"
    wait = call.took * 780
    return {
        "blocked": 1_904,
        "dns": 4_112 if fresh else -1,
        "ssl": 21_730 if fresh else -1,
        "connect": 33_861 if fresh else -1,
        "send": 241,
        "wait": wait,
        "receive": call.took * 1_000 - wait,
        "_blocked_queueing": 1_266,
    }


def _request(page: str, call: Call) -> dict[str, Any]:
    address = urlsplit(call.url)
    target = address.path + (f"?{address.query}" if address.query else "")
    pseudo = (
        (":authority", address.netloc),
        (":method", call.method),
        (":path", target),
        (":scheme", address.scheme),
    )
    always: Headers = (
        ("accept-language", "en-US,en;q=0.9"),
        *(() if call.kind == "document" else (("referer", page),)),
        ("sec-ch-ua", _BRAND),
        ("sec-ch-ua-mobile", "?0"),
        ("sec-ch-ua-platform", '"Windows"'),
        ("user-agent", WINDOWS),
    )
    told: dict[str, Any] = {
        "method": call.method,
        "url": call.url,
        "httpVersion": "" if call.error else "http/2.0",
        "headers": _named((() if call.error else pseudo) + call.sent + always),
        "queryString": _named(parse_qsl(address.query, keep_blank_values=True)),
        "cookies": _cookies(call.sent, "cookie", "; "),
        "headersSize": -1,
        "bodySize": len(call.posted.encode()),
    }
    if call.posted:
        told["postData"] = {"mimeType": call.posted_as, "text": call.posted}
        if call.posted_as == "application/x-www-form-urlencoded":
            told["postData"]["params"] = _named(
                [part.split("=", 1) for part in call.posted.split("&")]
            )
    return told


def _response(call: Call) -> dict[str, Any]:
    if call.error:
        return {
            "status": 0,
            "statusText": "",
            "httpVersion": "",
            "headers": [],
            "cookies": [],
            "content": {"size": 0, "mimeType": "x-unknown"},
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
            "_transferSize": 0,
            "_error": call.error,
            "_fetchedViaServiceWorker": False,
        }
    size = len(call.text.encode()) or call.size
    mime = call.mime or _MIMES.get(call.kind, "application/json")
    content: dict[str, Any] = {"size": size, "mimeType": mime}
    headers = (*((("content-type", mime),) if size else ()), *call.got)
    return {
        "status": call.status,
        "statusText": "",
        "httpVersion": "http/2.0",
        "headers": _named((*headers, ("date", http_date(call.moment)))),
        "cookies": _cookies(call.got, "set-cookie", "\n"),
        "content": content | ({"text": call.text} if call.text else {}),
        "redirectURL": dict(call.got).get("location", ""),
        "headersSize": -1,
        "bodySize": -1,
        "_transferSize": size + 320,
        "_error": None,
        "_fetchedViaServiceWorker": False,
    }


def _cookies(headers: Headers, name: str, between: str) -> list[dict[str, str]]:
    pairs = [
        cookie.split(";")[0].split("=", 1)
        for key, value in headers
        if key == name
        for cookie in value.split(between)
    ]
    return [{"name": name, "value": value} for name, value in pairs]


def _named(pairs: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def _iso(moment: int) -> str:
    return f"{_date(moment):%Y-%m-%dT%H:%M:%S}.{moment % SECOND // 1_000:03d}Z"


def http_date(moment: int) -> str:
    """A moment as answers' headers tell it: "Mon, 30 Mar 2026 16:04:11 GMT"."""
    date = _date(moment)
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[date.weekday()]
    return f"{day}, {date:%d} Mar {date:%Y %H:%M:%S} GMT"


def _date(moment: int) -> datetime:
    return datetime.fromtimestamp(moment // SECOND, UTC)


def _ms(micros: int) -> float:
    """Chrome writes fractions of a millisecond; dividing whole numbers is the same everywhere."""
    return micros / 1_000
