"""Deleted videos keep their rows, their status and the plays they had."""

from __future__ import annotations

from champion.lantern.company import Company
from champion.lantern.traps.asking import lacks, number
from champion.lantern.traps.trap import Trap


def _check(company: Company) -> list[str]:
    missing = lacks(
        company,
        (
            "no ready video is deleted",
            "SELECT 1 FROM videos WHERE status = 'ready' AND deleted_at IS NOT NULL",
        ),
        (
            "no deleted video was played",
            "SELECT 1 FROM plays p JOIN videos v ON v.id = p.video_id "
            "WHERE v.deleted_at IS NOT NULL",
        ),
        (
            "no uploader was deactivated",
            "SELECT 1 FROM videos v JOIN users u ON u.id = v.uploaded_by_id "
            "WHERE u.deactivated_at IS NOT NULL",
        ),
    )
    after = """
        SELECT count(*) FROM loads l JOIN videos v ON v.id = l.video_id
        WHERE l.received_at > v.deleted_at"""
    return [*missing, "a deleted video loaded"] if number(company, after) else missing


TRAP = Trap(
    "Some deleted videos are still 'ready' and had plays, none after the deletion; some "
    "uploaders have been deactivated since.",
    _check,
)
