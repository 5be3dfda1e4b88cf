"""Two customers have a colleague of the same name, and each of the two has uploaded films."""

from __future__ import annotations

from champion.lantern.cast import member
from champion.lantern.clock import DAY, MINUTE, utc
from champion.lantern.company import Company
from champion.lantern.ledger import Ledger
from champion.lantern.traps.asking import rows
from champion.lantern.traps.trap import Trap

_PHYSIO = 284
_TITLES = (
    "Your first visit",
    "Neck and shoulders, six exercises",
    "After a knee operation",
    "How to sit at a desk",
    "Breathing and posture",
)


def _plant(ledger: Ledger) -> None:
    fiona = member(_PHYSIO).person("Fiona O'Shea")
    count = len(_TITLES)
    created = [utc(2025, 2, 3, 10) + nth * 40 * DAY for nth in range(count)]
    ledger.add(
        "videos",
        id=[_PHYSIO * 100 + nth for nth in range(1, count + 1)],
        account_id=_PHYSIO,
        folder_id=None,
        uploaded_by_id=fiona.id,
        hashed_id=[f"physio{nth:04d}" for nth in range(1, count + 1)],
        title=list(_TITLES),
        status="ready",
        duration_ms=[
            ledger.dice.one("same name", "length", nth, 400_000) + 90_000 for nth in range(count)
        ],
        created_at=created,
        updated_at=[moment + 90 * MINUTE for moment in created],
        deleted_at=None,
    )


def _check(company: Company) -> list[str]:
    sql = """
        SELECT u.account_id FROM users u JOIN videos v ON v.uploaded_by_id = u.id
        WHERE u.name = :name AND v.deleted_at IS NULL GROUP BY u.account_id ORDER BY 1"""
    found = [account for (account,) in rows(company, sql, name="Fiona O'Shea")]
    return [] if found == [283, _PHYSIO] else ["no two customers have a Fiona O'Shea with films"]


TRAP = Trap(
    "Two customers (283, of L-1155, and 284) have a user named Fiona O'Shea, and each of the two "
    "has uploaded films that are there.",
    _check,
    _plant,
)
