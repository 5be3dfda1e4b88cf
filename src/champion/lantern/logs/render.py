"""Rendering: every log and every customer's file, written into a company's folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from champion.lantern.columns import Rows
from champion.lantern.ledger import Ledger
from champion.lantern.logs import FILES, LOGS, access, app, cdn, webhooks, worker
from champion.lantern.logs.source import Source
from champion.lantern.logs.store import Digests, digest, store


def render(folder: Path, ledger: Ledger, tables: Mapping[str, Rows]) -> Digests:
    """Write logs and files of a company.

    Args:
        folder: the company's, which is there.
        tables: what `ledger.closed()` handed out.

    Returns:
        SHA-256 of the uncompressed content, by path within the folder.

    Raises:
        OSError: they cannot be written, or the disk is full.
    """
    source, logs, files = Source(ledger, tables), folder / LOGS, folder / FILES
    logs.mkdir()
    files.mkdir()
    written = store(logs, access.NAME, access.access(source))
    written |= store(
        logs,
        app.NAME,
        app.app(source),
        touch=lambda part, lines: app.junk(ledger.dice, part, lines),
    )
    written |= store(logs, worker.NAME, worker.worker(source))
    written |= store(logs, cdn.NAME, cdn.cdn(source), head=cdn.HEAD)
    written |= store(logs, webhooks.NAME, webhooks.webhooks(source))
    digests = {f"{LOGS}/{name}": sha for name, sha in written.items()}
    for name, content in sorted(ledger.files.items()):
        (files / name).write_bytes(content)
        digests[f"{FILES}/{name}"] = digest(content)
    return digests
