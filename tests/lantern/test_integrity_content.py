"""Sharing, processing, background jobs, daily statistics, tags, escalations and ratings."""

from __future__ import annotations

import pytest

from champion.lantern import Company
from champion.lantern.schema import Base
from champion.lantern.traps.asking import number, rows

IMPOSSIBLE = {
    "a folder shared with another account": "SELECT 1 FROM folder_shares s "
    "JOIN folders f ON f.id = s.folder_id JOIN users u ON u.id = s.user_id "
    "WHERE u.account_id <> f.account_id",
    "a folder shared with somebody who sees all": "SELECT 1 FROM folder_shares s "
    "JOIN users u ON u.id = s.user_id WHERE u.role IN ('owner', 'manager')",
    "a folder shared by somebody who may not": "SELECT 1 FROM folder_shares s "
    "JOIN folders f ON f.id = s.folder_id JOIN users u ON u.id = s.shared_by_id "
    "WHERE u.account_id <> f.account_id OR u.role NOT IN ('owner', 'manager')",
    "a share before its folder or its user": "SELECT 1 FROM folder_shares s "
    "JOIN folders f ON f.id = s.folder_id JOIN users u ON u.id = s.user_id "
    "WHERE s.created_at < f.created_at OR s.created_at < u.created_at",
    "a share that was taken back before it was given": "SELECT 1 FROM folder_shares "
    "WHERE revoked_at <= created_at",
    "a folder shared twice with somebody": "SELECT folder_id, user_id FROM folder_shares "
    "WHERE revoked_at IS NULL GROUP BY 1, 2 HAVING count(*) > 1",
    "a list of hosts without the customer's own": "SELECT a.id FROM accounts a "
    "JOIN allowed_domains d ON d.account_id = a.id GROUP BY a.id, a.domain "
    "HAVING count(*) FILTER (WHERE d.host = 'www.' || a.domain) <> 1",
    "a load on somebody else's site": "SELECT 1 FROM loads l JOIN videos v ON v.id = l.video_id "
    "JOIN accounts a ON a.id = v.account_id WHERE l.embed_url IS NOT NULL "
    "AND l.embed_url NOT LIKE 'https://play.lantern.example/%' "
    "AND l.embed_url NOT LIKE 'https://%.' || a.domain || '/%'",
    "a file before its video": "SELECT 1 FROM video_versions f JOIN videos v ON v.id = f.video_id "
    "WHERE f.created_at < v.created_at OR v.status = 'uploading'",
    "a ready video without its original": "SELECT v.id FROM videos v LEFT JOIN video_versions f "
    "ON f.video_id = v.id AND f.quality = 'original' WHERE v.status <> 'uploading' "
    "GROUP BY v.id HAVING count(f.id) <> 1",
    "a rendition of a video that is not ready": "SELECT 1 FROM video_versions f "
    "JOIN videos v ON v.id = f.video_id WHERE f.quality <> 'original' AND v.status <> 'ready'",
    "a ready video without a rendition": "SELECT 1 FROM videos v WHERE v.status = 'ready' "
    "AND NOT EXISTS (SELECT 1 FROM video_versions f "
    "WHERE f.video_id = v.id AND f.quality = '360p')",
    "a rendition that is larger than the original": "SELECT 1 FROM video_versions f "
    "JOIN video_versions o ON o.video_id = f.video_id AND o.quality = 'original' "
    "WHERE f.width > o.width OR f.height > o.height OR f.created_at < o.created_at",
    "a rendition whose rate varies": "SELECT 1 FROM video_versions WHERE quality <> 'original' "
    "AND (variable_frame_rate OR hdr OR codec <> 'h264')",
    "a size or a rate that is none": "SELECT 1 FROM video_versions "
    "WHERE bytes <= 0 OR fps <= 0 OR width <= 0 OR height <= 0",
    "an attempt before its upload": "SELECT 1 FROM encode_jobs j "
    "JOIN videos v ON v.id = j.video_id WHERE j.queued_at <= v.created_at",
    "an attempt that ends before it begins": "SELECT 1 FROM encode_jobs "
    "WHERE started_at < queued_at OR finished_at < started_at",
    "an attempt whose status does not fit": "SELECT 1 FROM encode_jobs "
    "WHERE (status = 'queued') <> (started_at IS NULL) "
    "OR (status IN ('done', 'failed')) <> (finished_at IS NOT NULL) "
    "OR (status = 'failed') <> (error_code IS NOT NULL)",
    "a ready video without an attempt that was done": "SELECT v.id FROM videos v "
    "LEFT JOIN encode_jobs j ON j.video_id = v.id AND j.status = 'done' "
    "GROUP BY v.id, v.status HAVING (v.status = 'ready') <> (count(j.id) = 1)",
    "a second attempt without a first that failed": "SELECT 1 FROM encode_jobs j "
    "WHERE j.attempt = 2 AND NOT EXISTS (SELECT 1 FROM encode_jobs f WHERE f.attempt = 1 "
    "AND f.video_id = j.video_id AND f.status = 'failed' AND f.finished_at <= j.queued_at)",
    "a load before the video was ready": "SELECT 1 FROM loads l JOIN encode_jobs j "
    "ON j.video_id = l.video_id AND j.status = 'done' WHERE l.received_at < j.finished_at",
    "a job that ends before it begins": "SELECT 1 FROM background_jobs "
    "WHERE started_at < queued_at OR finished_at < started_at",
    "a job whose status does not fit": "SELECT 1 FROM background_jobs "
    "WHERE (status = 'queued') <> (started_at IS NULL) "
    "OR (status IN ('done', 'failed')) <> (finished_at IS NOT NULL)",
    "a job about another account's video": "SELECT 1 FROM background_jobs j "
    "JOIN videos v ON v.id = j.video_id "
    "WHERE v.account_id <> j.account_id OR j.queued_at < v.created_at",
    "a night's job that belongs to somebody": "SELECT 1 FROM background_jobs "
    "WHERE (kind IN ('nightly_rollup', 'purge_views')) <> (account_id IS NULL) "
    "OR (kind = 'nightly_rollup') <> (counts_day IS NOT NULL)",
    "a day counted before it was over": "SELECT 1 FROM background_jobs "
    "WHERE counts_day >= CAST(started_at AS date)",
    "a video's day twice": "SELECT video_id, day FROM daily_stats GROUP BY 1, 2 "
    "HAVING count(*) > 1",
    "a day of nothing": "SELECT 1 FROM daily_stats WHERE loads + plays <= 0",
    "more visitors than plays": "SELECT 1 FROM daily_stats WHERE visitors > plays "
    "OR (plays > 0) <> (visitors > 0) OR seconds_watched < 0",
    "a day before its video, or today": "SELECT 1 FROM daily_stats s "
    "JOIN videos v ON v.id = s.video_id "
    "WHERE s.day < CAST(v.created_at AS date) OR s.day >= '2026-03-31'",
    "a day after the account closed": "SELECT 1 FROM daily_stats s "
    "JOIN videos v ON v.id = s.video_id JOIN accounts a ON a.id = v.account_id "
    "WHERE s.day > CAST(a.closed_at AS date)",
    "a day of a deleted video, unless a folder was emptied": "SELECT 1 FROM daily_stats s "
    "JOIN videos v ON v.id = s.video_id WHERE v.deleted_at < '2026-03-31 00:30+00' "
    "AND NOT EXISTS (SELECT 1 FROM background_jobs j "
    "WHERE j.video_id = v.id AND j.kind = 'bulk_delete')",
    "a day of a video that waits to be counted anew": "SELECT 1 FROM daily_stats s "
    "JOIN background_jobs j ON j.video_id = s.video_id "
    "WHERE j.kind = 'rebuild_stats' AND j.finished_at IS NULL",
    "a tag twice on a ticket": "SELECT ticket_id, tag FROM ticket_tags GROUP BY 1, 2 "
    "HAVING count(*) > 1",
    "a tag before its ticket": "SELECT 1 FROM ticket_tags g JOIN tickets t ON t.id = g.ticket_id "
    "WHERE g.tagged_at < t.opened_at",
    "a ticket handed over before anybody read it": "SELECT 1 FROM escalations e "
    "JOIN tickets t ON t.id = e.ticket_id WHERE t.first_reply_at IS NULL "
    "OR e.escalated_at < t.first_reply_at OR e.answered_at > t.closed_at",
    "an answer that came before the question": "SELECT 1 FROM escalations "
    "WHERE answered_at <= escalated_at",
    "an escalation that is half answered": "SELECT 1 FROM escalations "
    "WHERE (outcome IS NULL) <> (answered_at IS NULL) OR (answer IS NULL) <> (outcome IS NULL) "
    "OR (developer_minutes > 0) <> (answered_at IS NOT NULL) "
    "OR (answered_at IS NOT NULL AND developer_id IS NULL)",
    "an escalation by an agent who was not there": "SELECT 1 FROM escalations e "
    "JOIN agents a ON a.id = e.agent_id "
    "WHERE e.escalated_at < a.started_at OR e.escalated_at > a.left_at",
    "an escalation to a developer who had not come": "SELECT 1 FROM escalations e "
    "JOIN developers d ON d.id = e.developer_id WHERE e.escalated_at < d.started_at",
    "a rating before the ticket was solved": "SELECT 1 FROM csat_ratings r "
    "JOIN tickets t ON t.id = r.ticket_id WHERE t.closed_at IS NULL OR r.rated_at < t.closed_at",
    "a ticket rated twice, or out of range": "SELECT ticket_id FROM csat_ratings GROUP BY 1 "
    "HAVING count(*) > 1 OR min(score) < 1 OR max(score) > 5",
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_what_cannot_be_is_not(companies: tuple[Company, ...], what: str) -> None:
    for company in companies:
        assert rows(company, f"SELECT count(*) FROM ({IMPOSSIBLE[what]}) AS t") == [(0,)], what


STORED = """
    SELECT video_id, day, sum(loads) AS loads, sum(plays) AS plays, sum(visitors) AS visitors,
           sum(seconds) AS seconds_watched
    FROM (
        SELECT video_id, CAST(received_at AS date) AS day, count(*) AS loads, 0 AS plays,
               0 AS visitors, 0 AS seconds FROM loads GROUP BY 1, 2
        UNION ALL
        SELECT video_id, CAST(received_at AS date), 0, count(*), count(DISTINCT visitor_key),
               sum(seconds_watched) FROM plays WHERE viewer_user_id IS NULL GROUP BY 1, 2
    ) AS events GROUP BY 1, 2"""


def test_daily_stats_are_what_the_stored_views_come_to(companies: tuple[Company, ...]) -> None:
    """Of every video that is there: all but the day that was counted twice, and today."""
    counted = ("loads", "plays", "visitors", "seconds_watched")
    differ = " OR ".join(f"s.{name} IS DISTINCT FROM e.{name}" for name in counted)
    sql = f"""
        SELECT count(*) FROM (
            SELECT * FROM daily_stats WHERE day >= '2024-03-31'
        ) AS s FULL JOIN ({STORED}) AS e ON e.video_id = s.video_id AND e.day = s.day
        JOIN videos v ON v.id = coalesce(s.video_id, e.video_id)
        WHERE coalesce(s.day, e.day) NOT IN ('2026-02-11', '2026-03-31')
          AND v.deleted_at IS NULL AND v.hashed_id <> 'highveld01' AND ({differ})"""
    for company in companies:
        assert number(company, sql) == 0


def test_what_the_purge_took_lives_on_in_daily_stats(companies: tuple[Company, ...]) -> None:
    sql = """
        SELECT count(*) FROM daily_stats s JOIN videos v ON v.id = s.video_id
        WHERE s.day < '2024-03-31' AND v.hashed_id = :id"""
    for company in companies:
        assert number(company, sql, id="fjordstart") > 20


def test_there_are_nine_developers_and_most_tickets_never_reach_them(
    companies: tuple[Company, ...],
) -> None:
    for company in companies:
        assert number(company, "SELECT count(*) FROM developers") == 9
        handed = number(company, "SELECT count(DISTINCT ticket_id) FROM escalations")
        assert 20 * handed < 3 * number(company, "SELECT count(*) FROM tickets")


def test_customers_like_slow_answers_less(companies: tuple[Company, ...]) -> None:
    sql = """
        SELECT avg(r.score) FILTER (WHERE t.first_reply_at < t.opened_at + INTERVAL '4 hours'),
               avg(r.score) FILTER (WHERE t.first_reply_at >= t.opened_at + INTERVAL '4 hours')
        FROM csat_ratings r JOIN tickets t ON t.id = r.ticket_id"""
    for company in companies:
        soon, late = rows(company, sql)[0]
        assert soon > late


REMARKS = ("bug", "how-to", "known-issue", "waiting", "follow-up", "docs", "vip")


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("folder_shares", "access", ("view", "edit")),
        ("video_versions", "quality", ("original", "1080p", "720p", "360p")),
        ("video_versions", "codec", ("h264", "hevc", "vp9", "prores")),
        ("encode_jobs", "status", ("queued", "running", "done", "failed")),
        (
            "encode_jobs",
            "error_code",
            ("worker_lost", "no_video_track", "truncated_file", "unsupported_codec"),
        ),
        (
            "background_jobs",
            "kind",
            (
                "nightly_rollup",
                "purge_views",
                "rebuild_stats",
                "bulk_delete",
                "export_videos",
                "transcribe",
            ),
        ),
        ("background_jobs", "status", ("queued", "running", "done", "failed")),
        ("developers", "team", ("player", "statistics", "uploads", "api", "accounts", "billing")),
        (
            "escalations",
            "outcome",
            ("fixed", "explained", "known_issue", "no_fault", "sent_back"),
        ),
        (
            "ticket_tags",
            "tag",
            ("embed", "stats", "billing", "upload", "sign-in", "api", "thanks", *REMARKS),
        ),
    ],
)
def test_the_dictionary_knows_every_word_that_occurs(
    companies: tuple[Company, ...], table: str, column: str, words: tuple[str, ...]
) -> None:
    comment = Base.metadata.tables[table].columns[column].comment or ""
    assert all(word in comment for word in words)
    for company in companies:
        sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"
        assert {word for (word,) in rows(company, sql)} <= set(words)
