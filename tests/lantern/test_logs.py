"""Logs and files as files: their form, their order, their rotation, their digests."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.lantern import evidence, reading
from tests.lantern.evidence import Access
from tests.lantern.reading import NAMES, NOW, ROTATED, START

from champion.lantern import Company, manifest


def test_lines_stand_in_order_of_time_within_fourteen_days(one: Company) -> None:
    for name, moments in reading.moments(one).items():
        assert moments == sorted(moments), name
        assert moments[0] >= START, name
        assert moments[-1] <= NOW, name


def test_older_lines_lie_in_the_rotated_file(one: Company) -> None:
    for name, moments in reading.moments(one).items():
        if name == evidence.APP:
            continue
        older = gzip.decompress((one.logs / f"{name}.1.gz").read_bytes()).decode()
        lines = [line for line in older.splitlines() if not line.startswith("#")]
        if name == evidence.WORKER:
            lines = [line for line in lines if re.match(r"2026-\d\d-\d\d \d\d:", line)]
        assert len(lines) == sum(moment < ROTATED for moment in moments), name
        assert 0 < len(lines) < len(moments), name


def test_the_rotated_file_of_the_app_ends_at_the_same_midnight(one: Company) -> None:
    older = gzip.decompress((one.logs / "app.jsonl.1.gz").read_bytes()).decode()
    newer = (one.logs / "app.jsonl").read_text(encoding="utf-8")
    for text, is_older in ((older, True), (newer, False)):
        for line in text.splitlines():
            if line.endswith("}"):
                assert (json.loads(line)["time"] < "2026-03-24T00:00") == is_older


def test_app_lines_have_their_first_fields_in_order_and_known_words(one: Company) -> None:
    for line in reading.app(one):
        assert list(line)[:4] == ["time", "level", "service", "event"]
        assert line["level"] in ("DEBUG", "INFO", "WARNING", "ERROR")
        assert line["service"] in ("api", "app", "player", "encoder", "billing", "mailer")


def test_a_few_lines_of_each_app_log_are_no_json(one: Company) -> None:
    older = gzip.decompress((one.logs / "app.jsonl.1.gz").read_bytes()).decode()
    newer = (one.logs / "app.jsonl").read_text(encoding="utf-8")
    for text in (older, newer):
        broken = [line for line in text.removesuffix("\n").split("\n") if not line.endswith("}")]
        assert 3 <= len(broken) <= 8
        assert "" in broken
        assert any(line.startswith('{"time":') for line in broken)


def test_every_attachment_is_there_and_every_file_has_its_row(one: Company) -> None:
    known = reading.known(
        one,
        "SELECT f.file_name, f.bytes, t.reference FROM ticket_attachments f "
        "JOIN tickets t ON t.id = f.ticket_id",
    )
    assert {path.name for path in one.files.iterdir()} == set(known)
    for name, (size, reference) in known.items():
        assert len(evidence.attached(one, name)) == size
        assert name.startswith(f"{reference}-")


def test_the_manifest_knows_the_digest_of_every_file(one: Company) -> None:
    made = manifest.read(one.folder)
    assert made is not None
    found = {
        path.relative_to(one.folder).as_posix(): path
        for folder in (one.logs, one.files)
        for path in folder.iterdir()
    }
    assert set(made.files) == set(found)
    for name, path in found.items():
        content = path.read_bytes()
        text = (
            gzip.decompress(content)
            if path.parent == one.logs and path.suffix == ".gz"
            else content
        )
        assert made.files[name] == hashlib.sha256(text).hexdigest()
        assert b"\r" not in text or path.parent != one.logs


@pytest.mark.parametrize("name", NAMES)
def test_gzip_keeps_no_name_and_no_time(company: Company, name: str) -> None:
    head = (company.logs / f"{name}.1.gz").read_bytes()[:10]
    assert head[3] == 0
    assert head[4:8] == b"\0\0\0\0"


Reader = Callable[[Company], list[Any]]


@pytest.mark.parametrize("reader", [reading.access, reading.cdn])
def test_addresses_belong_to_nobody(company: Company, reader: Reader) -> None:
    for line in reader(company):
        address = line.ip_address if isinstance(line, Access) else line.client_ip
        assert address.startswith(("192.0.2.", "198.51.100.", "203.0.113."))
