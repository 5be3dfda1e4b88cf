"""HAR 1.2, what a browser records of a page's requests; secrets are hidden unless asked for."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from champion.problems import Problem
from champion.reading import columns, opening
from champion.reading.redaction import Redaction
from champion.reading.unread import Notes

if TYPE_CHECKING:
    import pandas

_TIMINGS = ("blocked", "dns", "connect", "ssl", "send", "wait", "receive")
_WHOLE = ("status", "bytes", "content_bytes")
_OBJECTS = (
    *("request_headers", "response_headers", "request_cookies", "response_cookies"),
)  # fmt: skip
_COLUMNS = (
    *("page", "time", "duration_ms", "method", "url", "host", "path", "status", "status_text"),
    *("content_type", "bytes", "content_bytes", *(f"{each}_ms" for each in _TIMINGS)),
    *("request_id", "server_ip", "protocol", "redirect_url", "error"),
    *(*_OBJECTS, "request_body", "response_body"),
)
_ADDRESS = re.compile(r"[A-Za-z][\w+.-]*://([^/?#]*)([^?#]*)")
_READABLE = re.compile(r"text/|json|xml|javascript|urlencoded|html", re.IGNORECASE)


def read(path: Path, *, redact: bool = True) -> pandas.DataFrame:
    """Read a HAR into a frame with one row a request.

    Columns: page, time (when it began, UTC), duration_ms, method, url, host, path, status
    (Int64; 0: no answer came), status_text, content_type, bytes (sent over the network) and
    content_bytes (unpacked), blocked_ms, dns_ms, connect_ms, ssl_ms, send_ms, wait_ms,
    receive_ms, request_id (the answer's X-Request-Id), server_ip, protocol, redirect_url, error,
    request_headers and response_headers and the cookies (a dict each, header names in small
    letters), request_body, response_body (text alone). What a HAR marks as unknown with -1 is
    missing.

    Cookies, Authorization, SAMLResponse, code, state, passwords, tokens and keys are hidden
    wherever they stand with their name. A secret that has none, in the middle of a path for
    example, stays in sight. In `unread`, line is the number of the request.

    Args:
        path: the file, with or without a byte-order mark, plain or gzipped.
        redact: False leaves every secret in sight, and says so.

    attrs: redacted (whether), hidden (how many secrets).

    Raises:
        Problem: the file is missing, may not be read, or is no HAR.
    """
    import pandas as pd

    notes, redaction = Notes("request"), Redaction(on=redact)
    if not redact:
        notes.remark(
            f"Nothing is redacted: cookies, tokens and passwords of {path.name} are in sight. "
            "Share none of it."
        )
    entries = _entries(path, notes)
    if redact:  # so that a secret of the last request is known in the first
        _rows(entries, path.name, redaction, Notes())
        redaction.hidden = 0
    rows = _rows(entries, path.name, redaction, notes)
    made = {name: _typed(name, [row.get(name) for row in rows]) for name in _COLUMNS}
    frame = notes.close(pd.DataFrame(made))
    frame.attrs |= {"redacted": redact, "hidden": redaction.hidden}
    return frame


def _entries(path: Path, notes: Notes) -> list[Any]:
    """The requests of the file; of one that breaks off, those before."""
    text = opening.text(path, notes).text
    if not text.strip("\0 \t\r\n"):
        raise Problem(f"{path.name} is empty.")
    try:
        told = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        entries = _salvaged(text)
        if not entries:
            raise Problem(
                f"{path.name} is no HAR: it is not JSON.",
                "In the browser's network panel, export with “Save all as HAR”.",
            ) from None
        notes.remark(
            f"{path.name} is damaged or cut off: the {len(entries):,} requests "
            "before the damage were read."
        )
        return entries
    log = told.get("log") if isinstance(told, dict) else None
    held = log.get("entries") if isinstance(log, dict) else None
    if not isinstance(held, list):
        raise Problem(f"{path.name} is JSON and no HAR: it has no log.entries.")
    if not held:
        notes.remark(f"{path.name} holds no requests.")
    return held


def _salvaged(text: str) -> list[Any]:
    begun = re.search(r'"entries"\s*:\s*\[\s*', text)
    decoder = json.JSONDecoder(strict=False)
    entries: list[Any] = []
    at = begun.end() if begun else len(text)
    while at < len(text):
        try:
            entry, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        entries.append(entry)
        between = re.compile(r"\s*,\s*").match(text, at)
        if between is None:
            break
        at = between.end()
    return entries


def _rows(
    entries: list[Any], file: str, redaction: Redaction, notes: Notes
) -> list[dict[str, Any]]:
    rows = []
    for number, entry in enumerate(entries, 1):
        try:
            rows.append(_row(entry, redaction))
        except (ValueError, TypeError, AttributeError, KeyError):
            notes.unread(file, number, _described(entry, redact=redaction.on))
    return rows


def _row(entry: Mapping[str, Any], redaction: Redaction) -> dict[str, Any]:
    request, response = entry["request"], entry.get("response") or {}
    content, timings = response.get("content") or {}, entry.get("timings") or {}
    began = entry.get("startedDateTime")
    if began is not None and not columns.is_moment(began):
        raise ValueError(began)
    url = redaction.text(_word(request["url"]))
    parts = _ADDRESS.match(url)
    headers = _pairs(response.get("headers"), redaction)
    row: dict[str, Any] = {
        "page": redaction.text(_word(entry.get("pageref"))),
        "time": began,
        "duration_ms": _known(entry.get("time")),
        "method": _word(request.get("method")),
        "url": url,
        "host": parts[1].rpartition("@")[2] if parts else "",
        "path": parts[2] if parts else "",
        "status": int(response["status"]) if response.get("status") is not None else None,
        "status_text": redaction.text(_word(response.get("statusText"))),
        "content_type": _word(content.get("mimeType")),
        "bytes": _known(response.get("bodySize")),
        "content_bytes": _known(content.get("size")),
        "request_id": headers.get("x-request-id"),
        "server_ip": _word(entry.get("serverIPAddress")),
        "protocol": _word(response.get("httpVersion") or request.get("httpVersion")),
        "redirect_url": redaction.text(_word(response.get("redirectURL"))),
        "error": redaction.text(_word(response.get("_error") or entry.get("_error"))),
        "request_headers": _pairs(request.get("headers"), redaction),
        "response_headers": headers,
        "request_cookies": _cookies(request.get("cookies"), redaction),
        "response_cookies": _cookies(response.get("cookies"), redaction),
        "request_body": _sent(request.get("postData") or {}, redaction),
        "response_body": redaction.text(_received(content)),
    }
    row |= {f"{each}_ms": _known(timings.get(each)) for each in _TIMINGS}
    return row


def _pairs(given: Iterable[Mapping[str, Any]] | None, redaction: Redaction) -> dict[str, str]:
    """Headers by their names in small letters; one that is sent twice has a line for each."""
    pairs: dict[str, str] = {}
    for each in given or ():
        name = _word(each["name"]).lower()
        value = redaction.named(name, _word(each.get("value")))
        pairs[name] = f"{pairs[name]}\n{value}" if name in pairs else value
    return pairs


def _cookies(given: Iterable[Mapping[str, Any]] | None, redaction: Redaction) -> dict[str, str]:
    def shown(value: str) -> str:
        return redaction.hide(value) if redaction.on and value else value

    return {_word(each["name"]): shown(_word(each.get("value"))) for each in given or ()}


def _sent(body: Mapping[str, Any], redaction: Redaction) -> str:
    """The body of a request; made of its fields where the browser kept only those."""
    if body.get("text"):
        return redaction.text(_word(body["text"]))
    fields = [(_word(each["name"]), _word(each.get("value"))) for each in body.get("params") or ()]
    return "&".join(f"{name}={redaction.named(name, value)}" for name, value in fields)


def _received(content: Mapping[str, Any]) -> str:
    """The body of an answer, when it is text."""
    text = _word(content.get("text"))
    if content.get("encoding") != "base64":
        return text
    if not _READABLE.search(_word(content.get("mimeType"))):
        return ""
    try:
        return base64.b64decode(text).decode("utf-8", "replace")
    except binascii.Error:
        return ""


def _described(entry: Any, *, redact: bool) -> str:
    """An entry that cannot be read; its names alone while secrets are to be hidden."""
    if not redact:
        return json.dumps(entry, ensure_ascii=False)
    if not isinstance(entry, dict):
        return f"a {type(entry).__name__} where a request was expected"
    return f"a request with {', '.join(map(str, entry)) or 'nothing in it'}"


def _word(value: Any) -> str:
    return "" if value is None else str(value)


def _known(value: Any) -> float | None:
    """A number; None when it is missing, or -1, which HAR writes for unknown."""
    return None if value is None or float(value) < 0 else float(value)


def _typed(name: str, values: list[Any]) -> pandas.Series[Any]:
    import pandas as pd

    if name == "time":
        return columns.moments(values)
    if name in _WHOLE:
        return columns.whole(values)
    if name.endswith("_ms"):
        return columns.decimals(values)
    if name in _OBJECTS:
        return pd.Series(values, dtype="object")
    return columns.texts([each or None for each in values])
