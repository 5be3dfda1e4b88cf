"""Accounts that have left are 'cancelled' or 'closed', by when they left."""

from __future__ import annotations

from champion.lantern.company import Company
from champion.lantern.traps.asking import lacks, number
from champion.lantern.traps.trap import Trap


def _check(company: Company) -> list[str]:
    missing = lacks(
        company,
        ("nobody is cancelled", "SELECT 1 FROM accounts WHERE status = 'cancelled'"),
        ("nobody is closed", "SELECT 1 FROM accounts WHERE status = 'closed'"),
    )
    wrong = """
        SELECT count(*) FROM accounts
        WHERE (closed_at IS NOT NULL) <> (status IN ('cancelled', 'closed'))
           OR (status = 'cancelled') <> coalesce(closed_at < '2025-07-01 00:00+00', false)"""
    if number(company, wrong):
        missing.append("a status does not fit its date")
    return missing


TRAP = Trap(
    "Some accounts are 'cancelled', all of which left before 2025-07-01; some are 'closed', all "
    "of which left later; nobody else has left.",
    _check,
)
