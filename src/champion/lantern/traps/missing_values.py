"""NULL where lessons need it, and values beside it."""

from __future__ import annotations

from champion.lantern.company import Company
from champion.lantern.traps.asking import rows
from champion.lantern.traps.trap import Trap

COLUMNS = (
    ("plans", "price_cents"),
    ("plans", "video_limit"),
    ("plans", "retired_at"),
    ("accounts", "industry"),
    ("accounts", "trial_ends_at"),
    ("accounts", "closed_at"),
    ("users", "last_seen_at"),
    ("users", "deactivated_at"),
    ("subscriptions", "ended_at"),
    ("folders", "parent_id"),
    ("videos", "folder_id"),
    ("videos", "uploaded_by_id"),
    ("videos", "duration_ms"),
    ("videos", "deleted_at"),
    ("loads", "embed_url"),
    ("plays", "viewer_user_id"),
    ("agents", "left_at"),
    ("tickets", "account_id"),
    ("tickets", "agent_id"),
    ("tickets", "priority"),
    ("tickets", "first_reply_at"),
    ("tickets", "closed_at"),
    ("folder_shares", "shared_by_id"),
    ("folder_shares", "revoked_at"),
    ("encode_jobs", "error_code"),
    ("background_jobs", "video_id"),
    ("background_jobs", "started_at"),
    ("csat_ratings", "remark"),
    ("payments", "failure"),
    ("audit_events", "user_id"),
    ("audit_events", "detail"),
    ("api_tokens", "revoked_at"),
    ("api_requests", "query"),
    ("api_requests", "body_digest"),
    ("api_requests", "error"),
    ("webhooks", "disabled_at"),
    ("webhook_events", "quality"),
    ("webhook_deliveries", "status"),
    ("webhook_deliveries", "failure"),
    ("email_events", "detail"),
    ("deploys", "rolled_back_at"),
    ("status_incidents", "deploy_id"),
    ("feature_flags", "account_id"),
)


def _check(company: Company) -> list[str]:
    missing = []
    for table, column in COLUMNS:
        (rows_in_all, there), *_ = rows(company, f"SELECT count(*), count({column}) FROM {table}")
        if not 0 < there < rows_in_all:
            missing.append(f"{table}.{column} has {there} values in {rows_in_all} rows")
    return missing


TRAP = Trap("Every column that may be missing is missing somewhere, and there somewhere.", _check)
