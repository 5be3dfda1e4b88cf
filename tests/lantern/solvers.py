"""Solvers: each finds what is the matter from the tables alone, as a learner would.

They know the ticket and nothing of `lantern.cases`; a test compares what they find with the truth.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from champion.lantern import Company

Found = dict[str, Any]


def _rows(company: Company, sql: str, **binds: Any) -> list[Any]:
    with company.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(sql), binds)]


def _one(company: Company, sql: str, **binds: Any) -> Any:
    return _rows(company, sql, **binds)[0]


def _micros(moment: datetime) -> int:
    return round(moment.replace(microsecond=0).timestamp()) * 1_000_000 + moment.microsecond


def greeting(company: Company) -> Found:
    sql = """
        SELECT u.name FROM tickets t JOIN users u ON u.id = t.requester_id
        WHERE reference = 'L-1001'"""
    return {"answer to": _one(company, sql)[0].split()[0]}


def which_plan(company: Company) -> Found:
    sql = "SELECT plan_id FROM accounts WHERE lower(name) = lower('OAK STREET YOGA')"
    return {"plan_id": _one(company, sql)[0]}


def trial_end(company: Company) -> Found:
    sql = "SELECT trial_ends_at FROM accounts WHERE name = 'Kestrel Language School'"
    return {"trial_ends_at": _micros(_one(company, sql)[0])}


def longest_videos(company: Company) -> Found:
    sql = """
        SELECT title FROM videos WHERE account_id = 104 AND deleted_at IS NULL
        ORDER BY duration_ms DESC, title LIMIT 3"""
    return {"titles": tuple(title for (title,) in _rows(company, sql))}


def plays_and_loads(company: Company) -> Found:
    sql = """
        SELECT CAST(CAST(p.received_at AT TIME ZONE a.time_zone AS date) AS text), count(*)
        FROM plays p JOIN videos v ON v.id = p.video_id JOIN accounts a ON a.id = v.account_id
        WHERE v.hashed_id = 'hpspring26' AND p.viewer_user_id IS NULL
          AND p.received_at AT TIME ZONE a.time_zone >= '2026-03-01'
          AND p.received_at AT TIME ZONE a.time_zone < '2026-04-01'
        GROUP BY 1 ORDER BY 1"""
    return {"days": dict(_rows(company, sql))}


def signed_in_viewers(company: Company) -> Found:
    plays, counted, hers = _one(
        company,
        """SELECT count(*), count(*) FILTER (WHERE p.viewer_user_id IS NULL),
                  count(*) FILTER (WHERE p.viewer_user_id = t.requester_id)
           FROM plays p JOIN videos v ON v.id = p.video_id, tickets t
           WHERE v.hashed_id = 'tamarind01' AND t.reference = 'L-1101'""",
    )
    return {
        "plays": plays,
        "counted": counted,
        "hers": hers,
        "loads": _loads(company, "tamarind01"),
    }


def unique_viewers(company: Company) -> Found:
    sql = """
        SELECT count(*), count(DISTINCT visitor_key) FROM plays p JOIN videos v ON v.id = p.video_id
        WHERE v.hashed_id = 'jacaranda1'"""
    plays, visitors = _one(company, sql)
    return {"plays": plays, "visitors": visitors, "loads": _loads(company, "jacaranda1")}


def utc_day(company: Company) -> Found:
    sql = """
        SELECT CAST(CAST(p.received_at AT TIME ZONE a.time_zone AS date) AS text), count(*)
        FROM plays p JOIN videos v ON v.id = p.video_id JOIN accounts a ON a.id = v.account_id
        WHERE v.hashed_id = 'redwood001' AND p.viewer_user_id IS NULL
        GROUP BY 1 ORDER BY 2 DESC LIMIT 1"""
    day, plays = _one(company, sql)
    return {"day": day, "plays that day": plays}


def muted_autoplay(company: Company) -> Found:
    of = "FROM plays p JOIN videos v ON v.id = p.video_id WHERE v.hashed_id = 'belleville'"
    first = (
        f"SELECT min(p.received_at AT TIME ZONE 'Europe/Paris') {of} AND play_reason = 'autoplay'"
    )
    day = _one(company, first)[0].date()
    counts = f"""SELECT count(*) FILTER (WHERE play_reason = 'click'),
                        count(*) FILTER (WHERE play_reason = 'autoplay') {of}
                 AND p.received_at AT TIME ZONE 'Europe/Paris' >= :day"""
    clicks, starts = _one(company, counts, day=datetime(day.year, day.month, day.day))
    return {"redesign": str(day), "clicks since": clicks, "autoplays since": starts}


def two_years(company: Company) -> Found:
    sql = """
        SELECT min(l.received_at) FROM loads l JOIN videos v ON v.id = l.video_id
        WHERE v.hashed_id = 'fjordstart'"""
    return {"first load": _micros(_one(company, sql)[0])}


def _loads(company: Company, hashed_id: str) -> int:
    sql = "SELECT count(*) FROM loads l JOIN videos v ON v.id = l.video_id WHERE v.hashed_id = :id"
    return int(_one(company, sql, id=hashed_id)[0])


SOLVERS: dict[str, Callable[[Company], Found]] = {
    "L-1001": greeting,
    "L-1002": which_plan,
    "L-1003": trial_end,
    "L-1004": longest_videos,
    "L-1042": plays_and_loads,
    "L-1101": signed_in_viewers,
    "L-1102": unique_viewers,
    "L-1105": utc_day,
    "L-1107": muted_autoplay,
    "L-1109": two_years,
}
"""By ticket."""
