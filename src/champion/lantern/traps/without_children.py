"""Rows with nothing below them, which an inner join would lose."""

from __future__ import annotations

from champion.lantern.company import Company
from champion.lantern.traps.asking import lacks
from champion.lantern.traps.trap import Trap

PAIRS = (
    ("accounts", "tickets", "account_id"),
    ("accounts", "videos", "account_id"),
    ("accounts", "folders", "account_id"),
    ("accounts", "subscriptions", "account_id"),
    ("users", "tickets", "requester_id"),
    ("folders", "videos", "folder_id"),
    ("videos", "loads", "video_id"),
    ("videos", "plays", "video_id"),
    ("loads", "plays", "load_id"),
    ("videos", "daily_stats", "video_id"),
    ("folders", "folder_shares", "folder_id"),
    ("accounts", "allowed_domains", "account_id"),
    ("tickets", "ticket_tags", "ticket_id"),
    ("tickets", "escalations", "ticket_id"),
    ("tickets", "csat_ratings", "ticket_id"),
)


def _check(company: Company) -> list[str]:
    below = "SELECT 1 FROM {0} p WHERE {2} EXISTS (SELECT 1 FROM {1} c WHERE c.{3} = p.id)"
    wanted = []
    for parent, child, column in PAIRS:
        wanted.append((f"all {parent} have {child}", below.format(parent, child, "NOT", column)))
        wanted.append((f"no {parent} have {child}", below.format(parent, child, "", column)))
    return lacks(company, *wanted)


TRAP = Trap("Some parents have children and some have none, for many pairs of tables.", _check)
