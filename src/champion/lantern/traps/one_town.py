"""A town with six customers, all of the cast, most of whom typed it in capitals of their own."""

from __future__ import annotations

from champion.lantern.company import Company
from champion.lantern.traps.asking import number, rows
from champion.lantern.traps.trap import Trap


def _check(company: Company) -> list[str]:
    lacking = []
    if number(company, "SELECT count(*) FROM accounts WHERE city = 'Cardiff'") != 2:
        lacking.append("Cardiff is not typed 'Cardiff' exactly twice")
    made = rows(company, "SELECT created_at FROM accounts WHERE lower(city) = 'cardiff'")
    if len(made) != 6 or len(set(made)) != 6:
        lacking.append("Cardiff does not have six customers who came at six moments")
    newest = "SELECT {} FROM accounts WHERE lower(city) = 'cardiff' ORDER BY {} LIMIT 3"
    by_moment = rows(company, newest.format("id", "created_at DESC"))
    if by_moment in (rows(company, newest.format("id", by)) for by in ("id", "name")):
        lacking.append("the newest three of Cardiff are also the first three by id or name")
    return lacking


TRAP = Trap(
    "Cardiff has six customers, all of the cast, who came at different moments; two typed it as "
    "it is written. The newest three are not the first three by id or by name.",
    _check,
)
