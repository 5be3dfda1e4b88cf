"""The edge of a LIMIT: ties, and deleted rows among the first."""

from __future__ import annotations

from champion.lantern.company import Company
from champion.lantern.traps.asking import rows
from champion.lantern.traps.trap import Trap

ACCOUNT = 104
"""The museum of L-1004."""


def _check(company: Company) -> list[str]:
    videos = rows(
        company,
        "SELECT id, title, duration_ms, deleted_at IS NOT NULL FROM videos WHERE account_id = "
        ":account AND status = 'ready' ORDER BY duration_ms DESC, title",
        account=ACCOUNT,
    )
    counted = [video for video in videos if not video[3]]
    first = counted[:4]
    missing = []
    if not (first[1][2] > first[2][2] == first[3][2] > counted[4][2]):
        missing.append("the third and fourth longest are not the only tie")
    if first[2][0] < first[3][0]:
        missing.append("id and title break the tie alike")
    if len({tuple(v[0] for v in some) for some in (videos[:3], first[:3])}) == 1:
        missing.append("no deleted video is among the longest")
    if {v[0] for v in sorted(counted)[:3]} & {v[0] for v in first}:
        missing.append("the first three by id are among the longest")
    others = "SELECT 1 FROM videos WHERE account_id <> :account AND duration_ms > :length LIMIT 3"
    if len(rows(company, others, account=ACCOUNT, length=first[0][2])) < 3:
        missing.append("other customers have no longer videos")
    return missing


TRAP = Trap(
    "Of the museum's videos (L-1004) the longest of all is deleted, and so is one between the "
    "first and the second that count; the third and the fourth that count are equally long, and "
    "id and title order them differently; none of the four is among the first three by id; other "
    "customers have longer ones.",
    _check,
)
