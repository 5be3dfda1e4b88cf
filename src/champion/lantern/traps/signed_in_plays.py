"""Plays by the customer's own people, which reports leave out."""

from __future__ import annotations

from champion.lantern.company import Company
from champion.lantern.traps.asking import lacks, number
from champion.lantern.traps.trap import Trap


def _check(company: Company) -> list[str]:
    missing = lacks(
        company,
        (
            "no video is played by staff and strangers",
            "SELECT video_id FROM plays GROUP BY video_id HAVING count(viewer_user_id) > 0 AND "
            "count(*) > count(viewer_user_id)",
        ),
        (
            "no video is played by staff alone",
            "SELECT video_id FROM plays GROUP BY video_id HAVING count(*) = count(viewer_user_id)",
        ),
    )
    strangers = """
        SELECT count(*) FROM plays p JOIN videos v ON v.id = p.video_id
        JOIN users u ON u.id = p.viewer_user_id WHERE u.account_id <> v.account_id"""
    return [*missing, "staff of another account"] if number(company, strangers) else missing


TRAP = Trap(
    "Some videos have plays by signed-in users beside others, at least one has no other plays; "
    "all signed-in viewers belong to the video's account.",
    _check,
)
