"""Tags that fan out a join: none, one or several on a ticket."""

from __future__ import annotations

from champion.lantern.company import Company
from champion.lantern.traps.asking import lacks, number
from champion.lantern.traps.trap import Trap

_TAGS = "SELECT t.id FROM tickets t LEFT JOIN ticket_tags g ON g.ticket_id = t.id GROUP BY t.id "
_MINUTES = "SELECT sum(e.developer_minutes) FROM escalations e {}"


def _check(company: Company) -> list[str]:
    missing = lacks(
        company,
        *((f"no ticket has {n} tags", f"{_TAGS} HAVING count(g.id) = {n}") for n in range(4)),
        (
            "no ticket was escalated twice",
            "SELECT ticket_id FROM escalations GROUP BY 1 HAVING count(*) > 1",
        ),
        (
            "no two escalations took equally long",
            "SELECT developer_minutes FROM escalations GROUP BY 1 HAVING count(*) > 1",
        ),
    )
    plain = number(company, _MINUTES.format(""))
    joined = number(company, _MINUTES.format("JOIN ticket_tags g ON g.ticket_id = e.ticket_id"))
    if not joined > plain:
        missing.append("joining the tags does not make developers' minutes more")
    return missing


TRAP = Trap(
    "Some tickets have no tag, some one, two, three; some were escalated twice, and some took "
    "developers equally long, so neither a join nor DISTINCT adds their minutes up.",
    _check,
)
