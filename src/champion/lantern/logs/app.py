"""app.jsonl: what Lantern's own programs tell of their work, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import numpy as np

from champion.lantern.clock import NOW
from champion.lantern.columns import Rows
from champion.lantern.dice import Dice
from champion.lantern.logs.lines import LOGS_START, AppLine, Level
from champion.lantern.logs.routes import routes
from champion.lantern.logs.source import Source, Told, recent, records, together
from champion.lantern.logs.stamps import iso

NAME = "app.jsonl"
SAMPLE = 5
"""One good GET in so many is logged."""
SLOW_MS = 1_000

_REFUSED, _FAILED, _HUNG_UP, _SLOW, _DONE, _SILENT = range(6)
_HEADS = tuple(
    f'"level":"{level}","service":"api","event":"request.{event}"'
    for level, event in (
        ("WARNING", "refused"),
        ("ERROR", "failed"),
        ("WARNING", "hung_up"),
        ("WARNING", "slow"),
        ("INFO", "done"),
    )
)
_EXCEPTIONS = {
    500: "KeyError: 'renditions' (api/videos.py:212)",
    503: "PoolTimeout: no connection to the database was free (api/storage.py:57)",
}
_MAIL_LEVELS: dict[str, Level] = {
    "soft_bounced": "WARNING",
    "hard_bounced": "WARNING",
    "suppressed": "WARNING",
}
_WARNINGS = (
    "/srv/api/http/client.py:88: DeprecationWarning: timeout without a unit is read as seconds",
    "/srv/app/forms.py:41: UserWarning: a field without a label",
    "WARNING: connection pool is full, discarding connection: cache-2",
    "(process 4121) received signal 15, finishing requests",
)


def app(source: Source) -> Told:
    """Requests, mails, refused sign-ins, background jobs and starts of programs."""
    return together(
        [
            _requests(source),
            _objects(
                [
                    *_starts(source),
                    *_mails(source),
                    *_sign_ins(source),
                    *_jobs(source),
                    *source.ledger.lines(AppLine),
                ]
            ),
        ]
    )


def junk(dice: Dice, part: int, lines: list[str]) -> list[str]:
    """The same lines with a few among them that are no JSON, as in life.

    A program that was ended in the middle of a line writes the whole of it after its restart.
    """
    if not lines:
        return lines
    count = dice.between("app.jsonl", "junk", part, 3, 8)[0]
    n = np.arange(count) + part * 100
    places = np.sort(dice.between("app.jsonl", "junk place", n, 0, len(lines) - 1)).tolist()
    kinds = dice.between("app.jsonl", "junk kind", n, 0, len(_WARNINGS) - 1).tolist()
    mixed = list(lines)
    for nth, place in reversed(list(enumerate(places))):
        cut = lines[place][: len(lines[place]) * (3 + kinds[nth]) // 8]
        mixed.insert(place, ("", cut, _WARNINGS[kinds[nth]])[nth % 3])
    return mixed


def _requests(source: Source) -> Told:
    calls = source.since("api_requests", "requested_at")
    kinds = _kinds(calls)
    rows = np.flatnonzero(kinds != _SILENT)
    calls = {name: held.taken(rows) for name, held in calls.items()}
    tokens = source.of("api_tokens", "prefix", calls["token_id"].values)
    columns = (
        iso(calls["requested_at"].values),
        kinds[rows].tolist(),
        calls["request_id"].values.tolist(),
        calls["account_id"].values.tolist(),
        tokens.tolist(),
        calls["method"].values.tolist(),
        routes(calls["path"].values),
        calls["status"].values.tolist(),
        _details(calls),
        calls["duration_ms"].values.tolist(),
    )
    lines = [
        f'{{"time":"{time}Z",{_HEADS[kind]},"request_id":"{request:016x}","account_id":{account},'
        f'"token":"{token}","route":"{method} {route}","status":{status},{detail}"ms":{ms}}}'
        for time, kind, request, account, token, method, route, status, detail, ms in zip(
            *columns, strict=True
        )
    ]
    return Told(calls["requested_at"].values, lines)


def _kinds(calls: Rows) -> Any:
    status, ms = calls["status"].values, calls["duration_ms"].values
    sampled = calls["request_id"].values % np.uint64(SAMPLE) == 0
    return np.select(
        [
            status == 499,
            status >= 500,
            status >= 400,
            ms >= SLOW_MS,
            (calls["method"].values != "GET") | sampled,
        ],
        [_HUNG_UP, _FAILED, _REFUSED, _SLOW, _DONE],
        _SILENT,
    )


def _details(calls: Rows) -> list[str]:
    """The fields that only some events have: the answer's code, the exception."""
    pairs = list(zip(calls["status"].values.tolist(), calls["error"].values.tolist(), strict=True))
    known = {pair: _detail(*pair) for pair in set(pairs)}
    return [known[pair] for pair in pairs]


def _detail(status: int, code: str) -> str:
    fields = {"code": code} if code else {}
    if status >= 500:
        fields["error"] = _EXCEPTIONS.get(status, _EXCEPTIONS[500])
    return "".join(f'"{name}":{_json(value)},' for name, value in fields.items())


def _objects(lines: Iterable[AppLine]) -> Told:
    kept = [line for line in lines if LOGS_START <= line.moment <= NOW]
    moments = np.array([line.moment for line in kept], dtype=np.int64)
    texts = []
    for line, time in zip(kept, iso(moments), strict=True):
        head = {"time": f"{time}Z", "level": line.level, "service": line.service}
        texts.append(_json(head | {"event": line.event, **line.more}))
    return Told(moments, texts)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _starts(source: Source) -> list[AppLine]:
    """A program starts when it is released, and its former version when that is taken back."""
    lines = []
    running: dict[str, str] = {}
    for row in records(source.tables["deploys"]):
        service, version = row["service"], row["version"]
        starts = [(row["deployed_at"], version)]
        if row["rolled_back_at"] is not None and service in running:
            starts.append((row["rolled_back_at"], running[service]))
        lines += [
            AppLine(moment, "INFO", service, "service.started", {"version": started})
            for moment, started in starts
        ]
        running[service] = starts[-1][1]
    return lines


def _mails(source: Source) -> list[AppLine]:
    lines = []
    for row in records(source.since("email_events", "happened_at")):
        more = {
            "message_key": f"{row['message_key']:016x}",
            "account_id": row["account_id"],
            "user_id": row["user_id"],
            "kind": row["kind"],
            "to": row["address"],
        }
        more |= {"detail": row["detail"]} if row["detail"] is not None else {}
        level = _MAIL_LEVELS.get(row["event"], "INFO")
        lines.append(AppLine(row["happened_at"], level, "mailer", f"mail.{row['event']}", more))
    return lines


def _sign_ins(source: Source) -> list[AppLine]:
    tries = source.since("sign_ins", "tried_at")
    refused = np.flatnonzero(tries["outcome"].values != "ok")
    tries = {name: held.taken(refused) for name, held in tries.items()}
    accounts = source.of("users", "account_id", tries["user_id"].values).tolist()
    return [
        AppLine(
            row["tried_at"],
            "WARNING",
            "app",
            "sign_in.refused",
            {
                "account_id": account,
                "user_id": row["user_id"],
                "method": row["method"],
                "outcome": row["outcome"],
                "sso_connection_id": row["sso_connection_id"],
            },
        )
        for row, account in zip(records(tries), accounts, strict=True)
    ]


def _jobs(source: Source) -> list[AppLine]:
    """What the programs put into the background, and what came back from there."""
    lines = []
    for row in records(recent(source.tables["background_jobs"])):
        more = {
            "job_id": row["id"],
            "kind": row["kind"],
            "account_id": row["account_id"],
            "video": source.hashed_id(row["video_id"]),
        }
        lines.append(AppLine(row["queued_at"], "INFO", "app", "job.queued", more))
        if row["finished_at"] is not None:
            level: Level = "ERROR" if row["status"] == "failed" else "INFO"
            more = {**more, "status": row["status"]}
            lines.append(AppLine(row["finished_at"], level, "app", "job.finished", more))
    return lines
