"""Solvers of the cases around videos, daily statistics, sharing and escalations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from tests.lantern.solvers import Found, _micros, _one, _rows

from champion.lantern import Company

_SEEN = "FROM plays p JOIN videos v ON v.id = p.video_id WHERE p.viewer_user_id IS NULL"


def lifetime_engagement(company: Company) -> Found:
    """The days are those of the ticket; the report's are UTC days."""
    (body,) = _one(company, _BODY, ticket="L-1103")
    first, last = (datetime.fromisoformat(f"{word}T00:00+00:00") for word in _days(body))
    engagement = f"SELECT count(*), sum(p.percent_viewed) / count(*) {_SEEN} AND v.hashed_id = :id"
    plays, then = _one(
        company,
        f"{engagement} AND p.received_at >= :first AND p.received_at < :after",
        id="larkspur01",
        first=first,
        after=last + timedelta(days=1),
    )
    return {
        "plays in these days": plays,
        "engagement in these days": then,
        "engagement ever": _one(company, engagement, id="larkspur01")[1],
    }


def popover_rate(company: Company) -> Found:
    sql = """
        SELECT l.embed_type, count(*), count(p.id)
        FROM loads l JOIN videos v ON v.id = l.video_id LEFT JOIN plays p ON p.load_id = l.id
        WHERE v.hashed_id = 'cobaltedge' GROUP BY 1"""
    counts = {kind: (loads, plays) for kind, loads, plays in _rows(company, sql)}
    return {
        "popover loads": counts["popover"][0],
        "popover plays": counts["popover"][1],
        "inline loads": counts["inline"][0],
        "inline plays": counts["inline"][1],
    }


def short_day(company: Company) -> Found:
    sql = f"""
        SELECT CAST(extract(hour FROM p.received_at AT TIME ZONE 'America/Chicago') AS integer),
               count(*)
        {_SEEN} AND v.hashed_id = 'lakeviewfm'
        AND CAST(p.received_at AT TIME ZONE 'America/Chicago' AS date) = :day GROUP BY 1"""
    saturday, sunday = (dict(_rows(company, sql, day=date(2026, 3, day))) for day in (7, 8))
    return {
        "hours": len(sunday),
        "hour that is not there": min(set(saturday) - set(sunday)),
        "plays": sum(sunday.values()),
        "plays the day before": sum(saturday.values()),
    }


def still_counted(company: Company) -> Found:
    """Deleted videos of theirs that daily_stats still knows, and the jobs that deleted them."""
    total, visible = _one(
        company,
        """SELECT sum(s.plays), sum(s.plays) FILTER (WHERE v.deleted_at IS NULL)
           FROM daily_stats s JOIN videos v ON v.id = s.video_id
           WHERE v.account_id = 224 AND s.day >= '2026-03-01'""",
    )
    left = _rows(
        company,
        """SELECT v.hashed_id, v.deleted_at, j.id
           FROM videos v JOIN background_jobs j ON j.video_id = v.id AND j.kind = 'bulk_delete'
           WHERE v.account_id = 224 AND v.deleted_at IS NOT NULL
             AND EXISTS (SELECT 1 FROM daily_stats s WHERE s.video_id = v.id) ORDER BY v.id""",
    )
    (deleted,) = {moment for _, moment, _ in left}
    return {
        "videos": tuple(hashed for hashed, _, _ in left),
        "deleted": _micros(deleted),
        "jobs": tuple(job for _, _, job in left),
        "total": total,
        "visible": visible,
    }


def restored_video(company: Company) -> Found:
    """Nights that have passed since the job was queued: each ends at 04:00 UTC."""
    job, queued = _one(
        company,
        """SELECT j.id, j.queued_at FROM background_jobs j JOIN videos v ON v.id = j.video_id
           WHERE v.hashed_id = 'highveld01' AND j.kind = 'rebuild_stats' AND j.status = 'queued'
             AND NOT EXISTS (SELECT 1 FROM daily_stats s WHERE s.video_id = v.id)""",
    )
    nights = (company.now - timedelta(hours=4)).date() - (queued - timedelta(hours=4)).date()
    return {
        "job": job,
        "nights passed": nights.days,
        "stuck": nights.days > 0,
        "plays kept": _one(company, f"SELECT count(*) {_SEEN} AND v.hashed_id = 'highveld01'")[0],
    }


def fanned_hours(company: Company) -> Found:
    quarter = "t.account_id = 226 AND e.escalated_at >= '2026-01-01 00:00+00'"
    theirs = f"FROM escalations e JOIN tickets t ON t.id = e.ticket_id {{}} WHERE {quarter}"
    counts = "SELECT sum(e.developer_minutes), count(*) "
    minutes, rows = _one(company, counts + theirs.format(""))
    joined = "JOIN ticket_tags g ON g.ticket_id = t.id"
    reported, added = _one(company, counts + theirs.format(joined))
    return {
        "minutes": minutes,
        "minutes we reported": reported,
        "escalations": rows,
        "rows we added up": added,
    }


def shared_folder(company: Company) -> Found:
    """A share that holds, with a colleague of the same role, of a folder not shared with her."""
    share, shared, folder = _one(
        company,
        """SELECT s.id, s.created_at, s.folder_id
           FROM folder_shares s JOIN users u ON u.id = s.user_id
           JOIN tickets t ON t.reference = 'L-1138' AND t.account_id = u.account_id
           JOIN users asking ON asking.id = t.requester_id AND asking.role = u.role
           WHERE u.name = 'Tom Gallagher' AND s.revoked_at IS NULL
             AND NOT EXISTS (SELECT 1 FROM folder_shares hers WHERE hers.user_id = asking.id
                             AND hers.folder_id = s.folder_id AND hers.revoked_at IS NULL)""",
    )
    videos = "SELECT count(*) FROM videos WHERE folder_id = :folder AND deleted_at IS NULL"
    owner = "SELECT id FROM users WHERE account_id = 227 AND role = 'owner'"
    return {
        "share": share,
        "shared": _micros(shared),
        "videos in it": _one(company, videos, folder=folder)[0],
        "may share": _one(company, owner)[0],
    }


def day_and_pages(company: Company) -> Found:
    """The evening by the customer's clock, and the last video of the last full page."""
    (body,) = _one(company, _BODY, ticket="L-1141")
    gala = body.split("evening (")[1].split(")")[0]
    day, plays = _one(
        company,
        f"""SELECT CAST(CAST(p.received_at AT TIME ZONE 'America/Vancouver' AS date) AS text),
                   count(*)
            {_SEEN} AND v.hashed_id = :gala GROUP BY 1 ORDER BY 2 DESC LIMIT 1""",
        gala=gala,
    )
    live = _rows(
        company,
        "SELECT hashed_id FROM videos WHERE account_id = 228 AND deleted_at IS NULL ORDER BY id",
    )
    asked = """
        SELECT count(DISTINCT query) FROM api_requests
        WHERE account_id = 228 AND path = '/v1/videos' AND status = 200 AND query LIKE 'page=%'"""
    (pages,) = _one(company, asked)
    return {
        "day": day,
        "plays that day": plays,
        "videos": len(live),
        "pages asked for": pages,
        "rows in the file": pages * 100,
        "last in the file": live[pages * 100 - 1][0],
    }


def quiet_monday(company: Company) -> Found:
    sql = f"""
        SELECT count(*) {_SEEN} AND v.hashed_id = 'bursztyn01'
        AND CAST(p.received_at AT TIME ZONE 'Europe/Warsaw' AS date) = :day"""
    monday, *before = (
        _one(company, sql, day=date(2026, 3, 30) - timedelta(weeks=week))[0] for week in range(5)
    )
    return {"monday": monday, "mondays before": tuple(before)}


def moved_video(company: Company) -> Found:
    hashed, folder, changed = _one(
        company,
        """SELECT v.hashed_id, f.name, v.updated_at
           FROM videos v JOIN folders f ON f.id = v.folder_id
           WHERE v.account_id = 230 AND v.title = 'Showreel' AND v.deleted_at IS NULL""",
    )
    since = f"SELECT count(*) {_SEEN} AND v.hashed_id = :id AND p.received_at >= :changed"
    return {
        "video": hashed,
        "folder": folder,
        "last changed": _micros(changed),
        "plays since": _one(company, since, id=hashed, changed=changed)[0],
    }


def sent_back(company: Company) -> Found:
    """The one UTC day on which daily_stats and plays differ, and the job of that day."""
    (outcome,) = _one(
        company,
        """SELECT e.outcome FROM escalations e JOIN tickets t ON t.id = e.ticket_id
           WHERE t.account_id = 231""",
    )
    day, counted, plays = _one(
        company,
        f"""SELECT s.day, s.plays, stored.plays
            FROM daily_stats s JOIN (
                SELECT v.id AS video_id, CAST(p.received_at AS date) AS day, count(*) AS plays
                {_SEEN} AND v.hashed_id = 'tundracamp' GROUP BY 1, 2
            ) AS stored ON stored.video_id = s.video_id AND stored.day = s.day
            WHERE s.plays <> stored.plays""",
    )
    runs = """SELECT count(*) FROM background_jobs
              WHERE kind = 'nightly_rollup' AND counts_day = :day"""
    return {
        "earlier outcome": outcome,
        "video": "tundracamp",
        "day": str(day),
        "counted": counted,
        "plays": plays,
        "runs of the rollup": _one(company, runs, day=day)[0],
    }


def vanished_video(company: Company) -> Found:
    """What they deleted from Monday to Friday; the film is the long one about a starter."""
    deleted = """
        SELECT hashed_id, deleted_at FROM videos
        WHERE account_id = 281 AND deleted_at >= '2026-03-23 00:00+00' AND deleted_at < :end"""
    week = f"{deleted} AND lower(title) LIKE '%starter%' AND duration_ms > 1800000"
    hashed, moment = _one(company, week, end="2026-03-28 00:00+00")
    short = _rows(company, deleted, end="2026-03-27 00:00+00")
    return {
        "video": hashed,
        "deleted": _micros(moment),
        "from Monday to Thursday": tuple(each for each, _ in short),
    }


def twelve_addresses(company: Company) -> Found:
    """The addresses of the ticket beside the customer's own users, whatever their capitals."""
    (body,) = _one(company, _BODY, ticket="L-1154")
    asked = {line.strip().lower() for line in body.splitlines() if "@" in line}
    users = _rows(company, "SELECT lower(email), deactivated_at FROM users WHERE account_id = 282")
    access = {email: moment is None for email, moment in users}
    return {
        "may sign in": tuple(sorted(each for each in asked if access.get(each))),
        "sent away": tuple(sorted(each for each in asked if access.get(each) is False)),
        "no users": tuple(sorted(asked - access.keys())),
        "addresses": len(asked),
    }


def _days(body: str) -> list[str]:
    return [word.strip(".,") for word in body.split() if word.startswith("20")][:2]


_BODY = """
    SELECT m.body FROM ticket_messages m JOIN tickets t ON t.id = m.ticket_id
    WHERE t.reference = :ticket ORDER BY m.sent_at LIMIT 1"""

SOLVERS: dict[str, Callable[[Company], Found]] = {
    "L-1103": lifetime_engagement,
    "L-1104": popover_rate,
    "L-1106": short_day,
    "L-1130": still_counted,
    "L-1131": restored_video,
    "L-1132": fanned_hours,
    "L-1138": shared_folder,
    "L-1141": day_and_pages,
    "L-1142": quiet_monday,
    "L-1143": moved_video,
    "L-1144": sent_back,
    "L-1147": vanished_video,
    "L-1154": twelve_addresses,
}
"""By ticket."""
