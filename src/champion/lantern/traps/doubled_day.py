"""The night on which the rollup ran twice: one UTC day is double, for everybody."""

from __future__ import annotations

from champion.lantern.company import Company
from champion.lantern.traps.asking import lacks, number, rows
from champion.lantern.traps.trap import Trap

_COMPARED = """
    SELECT s.day, s.plays AS counted, e.plays AS stored
    FROM daily_stats s JOIN (
        SELECT video_id, CAST(received_at AS date) AS day, count(*) AS plays
        FROM plays WHERE viewer_user_id IS NULL GROUP BY 1, 2
    ) AS e ON e.video_id = s.video_id AND e.day = s.day"""


def _check(company: Company) -> list[str]:
    double = "SELECT DISTINCT day FROM ({}) AS t WHERE counted <> stored"
    days = [str(day) for (day,) in rows(company, double.format(_COMPARED))]
    missing = [] if days == ["2026-02-11"] else [f"the days that differ are {days}"]
    other = f"SELECT count(*) FROM ({_COMPARED}) AS t WHERE day = '2026-02-11' AND "
    if number(company, other + "counted <> 2 * stored"):
        missing.append("a video's plays of that day are not exactly double")
    runs = """
        SELECT CAST(counts_day AS text) FROM background_jobs WHERE kind = 'nightly_rollup'
        GROUP BY 1 HAVING count(*) > 1"""
    if rows(company, runs) != [("2026-02-11",)]:
        missing.append("the job did not run twice for that day, or for another day too")
    return missing + lacks(
        company,
        (
            "nothing was counted before the purge",
            "SELECT 1 FROM daily_stats WHERE day < '2024-03-31'",
        ),
        (
            "adding up days counts nobody twice",
            "SELECT video_id FROM daily_stats s GROUP BY video_id HAVING sum(visitors) > "
            "(SELECT count(DISTINCT visitor_key) FROM plays p WHERE p.video_id = s.video_id)",
        ),
    )


TRAP = Trap(
    "For 2026-02-11, and for no other day, the nightly rollup ran twice: plays in daily_stats are "
    "exactly double what is stored, for every video. Its rows reach back beyond the purge, and "
    "visitors added up over days are more than there were.",
    _check,
)
