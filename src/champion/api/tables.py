"""The tables of the practice API's own state, in SQLite; moments are texts that sort by time."""

from __future__ import annotations

import hashlib

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, domain TEXT NOT NULL, plan TEXT NOT NULL,
    status TEXT NOT NULL, time_zone TEXT NOT NULL, country TEXT NOT NULL,
    created_at TEXT NOT NULL, has_api INTEGER NOT NULL, inactive INTEGER NOT NULL
);
CREATE TABLE folders (
    id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, parent_id INTEGER, name TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX folders_of_account ON folders (account_id, id);
CREATE TABLE videos (
    id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, folder_id INTEGER,
    hashed_id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, status TEXT NOT NULL,
    duration_ms INTEGER, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT
);
CREATE INDEX videos_of_account ON videos (account_id, id) WHERE deleted_at IS NULL;
CREATE INDEX videos_by_update ON videos (account_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE TABLE allowed_domains (
    id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, host TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX domains_of_account ON allowed_domains (account_id, id);
CREATE TABLE tokens (
    id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, name TEXT NOT NULL,
    prefix TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, scopes TEXT NOT NULL,
    created_at TEXT NOT NULL, last_used_at TEXT, revoked_at TEXT, support INTEGER NOT NULL
);
CREATE INDEX tokens_of_account ON tokens (account_id, id);
CREATE TABLE webhooks (
    id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, url TEXT NOT NULL,
    event_types TEXT NOT NULL, created_at TEXT NOT NULL, disabled_at TEXT, disabled_reason TEXT,
    failing_since TEXT
);
CREATE INDEX webhooks_of_account ON webhooks (account_id, id);
CREATE TABLE webhook_events (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, account_id INTEGER NOT NULL,
    type TEXT NOT NULL, video_id INTEGER NOT NULL, quality TEXT, generated_at TEXT NOT NULL
);
CREATE TABLE webhook_deliveries (
    id INTEGER PRIMARY KEY, webhook_id INTEGER NOT NULL, event_id INTEGER NOT NULL,
    attempt INTEGER NOT NULL, status INTEGER, failure TEXT, duration_ms INTEGER NOT NULL,
    sent_at TEXT NOT NULL
);
CREATE INDEX deliveries_of_webhook ON webhook_deliveries (webhook_id, id);
CREATE TABLE webhook_due (
    id INTEGER PRIMARY KEY AUTOINCREMENT, webhook_id INTEGER NOT NULL, event_id INTEGER NOT NULL,
    attempt INTEGER NOT NULL, due_at TEXT NOT NULL
);
CREATE TABLE background_jobs (
    id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, video_id INTEGER, kind TEXT NOT NULL,
    status TEXT NOT NULL, queued_at TEXT NOT NULL, started_at TEXT, finished_at TEXT,
    folder_id INTEGER, here INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX jobs_of_account ON background_jobs (account_id, id);
CREATE TABLE idempotency (
    token_id INTEGER NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, answer TEXT NOT NULL,
    PRIMARY KEY (token_id, key)
) WITHOUT ROWID;
CREATE TABLE requests (
    id INTEGER PRIMARY KEY, request_id TEXT NOT NULL, account_id INTEGER, token_id INTEGER,
    method TEXT NOT NULL, path TEXT NOT NULL, query TEXT, body TEXT, status INTEGER NOT NULL,
    error TEXT, duration_ms INTEGER NOT NULL, client TEXT NOT NULL, requested_at TEXT NOT NULL
);
"""

VERSION = hashlib.sha256(TABLES.encode()).hexdigest()[:8]
"""A state with other tables than these is built anew."""
