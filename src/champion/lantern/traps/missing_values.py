"""NULL where lessons need it, and values beside it."""

from __future__ import annotations

from champion.lantern.company import Company
from champion.lantern.outline import outlines
from champion.lantern.traps.asking import rows
from champion.lantern.traps.trap import Trap

RARE = frozenset(
    {
        ("encode_jobs", "finished_at"),
        ("encode_jobs", "started_at"),
        ("escalations", "answer"),
        ("escalations", "answered_at"),
        ("escalations", "developer_id"),
        ("escalations", "outcome"),
        ("sso_connections", "certificate_expires_at"),
        ("sso_connections", "disabled_at"),
        ("status_incidents", "resolved_at"),
    }
)
"""Columns of small tables, or of what is under way just now: a small company may lack one side."""


def _check(company: Company) -> list[str]:
    missing = []
    for table, column in _columns():
        (rows_in_all, there), *_ = rows(company, f"SELECT count(*), count({column}) FROM {table}")
        if not 0 < there < rows_in_all:
            missing.append(f"{table}.{column} has {there} values in {rows_in_all} rows")
    return missing


def _columns() -> list[tuple[str, str]]:
    fields = [field for table in outlines().values() for field in table.fields.values()]
    nullable = [(field.table, field.name) for field in fields if field.nullable]
    return [column for column in nullable if column not in RARE]


TRAP = Trap(
    "Every column that may be missing is missing somewhere, and there somewhere, "
    "but for the few that are rare.",
    _check,
)
