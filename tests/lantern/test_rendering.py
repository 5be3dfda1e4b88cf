"""What cases add to the logs beyond the tables stands there as they wrote it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from champion.lantern.build import ledger_of
from champion.lantern.clock import NOW
from champion.lantern.ledger import Ledger
from champion.lantern.logs.lines import (
    LOGS_START,
    ROTATED,
    AccessLine,
    AppLine,
    CdnLine,
    WorkerLine,
)
from champion.lantern.logs.render import render

BROWSER = "Mozilla/5.0 (X11)"


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company to which a case adds a line to each log, and a file."""
    ledger = ledger_of(7, 0.005)
    ledger.log(
        AccessLine(NOW, "192.0.2.1", "GET", "/old?x=1", 404, 153, BROWSER, "https://a.example/"),
        AppLine(NOW, "DEBUG", "player", "player.blocked", {"video": "ábc", "tries": 2, "by": None}),
        WorkerLine(ROTATED, "WARNING", "jobs-2", "disk is 91 % full", ("  see /srv/disk", "end")),
        WorkerLine(ROTATED - 1, "WARNING", "jobs-2", "disk is 90 % full"),
        CdnLine(LOGS_START, "gru1", "192.0.2.1", "/v/x/thumb.jpg", 403, "-", 3, 146, "app/1.0"),
    )
    ledger.files["L-1001-names.csv"] = b"\xef\xbb\xbfname\r\n"
    folder = tmp_path_factory.mktemp("rendered")
    render(folder, ledger, ledger.closed())
    return folder


def _older(folder: Path, name: str) -> list[str]:
    content = gzip.decompress((folder / "logs" / f"{name}.1.gz").read_bytes())
    return content.decode("utf-8").split("\n")


def _newer(folder: Path, name: str) -> list[str]:
    return (folder / "logs" / name).read_text(encoding="utf-8").split("\n")


def test_a_request_that_never_reached_the_application(rendered: Path) -> None:
    assert _newer(rendered, "access.log")[-2:] == [
        '192.0.2.1 - - [31/Mar/2026:12:00:00 +0000] "GET /old?x=1 HTTP/1.1" 404 153 '
        f'"https://a.example/" "{BROWSER}" - -',
        "",
    ]


def test_something_that_an_application_tells(rendered: Path) -> None:
    assert _newer(rendered, "app.jsonl")[-2:] == [
        '{"time":"2026-03-31T12:00:00.000Z","level":"DEBUG","service":"player",'
        '"event":"player.blocked","video":"ábc","tries":2,"by":null}',
        "",
    ]


def test_a_worker_tells_in_its_own_time_and_the_log_is_rotated_at_midnight_utc(
    rendered: Path,
) -> None:
    assert _older(rendered, "worker.log")[-2:] == [
        "2026-03-24 00:59:59,999 WARNING  [jobs-2] disk is 90 % full",
        "",
    ]
    assert _newer(rendered, "worker.log")[:3] == [
        "2026-03-24 01:00:00,000 WARNING  [jobs-2] disk is 91 % full",
        "  see /srv/disk",
        "end",
    ]


def test_a_request_to_the_cdn_stands_below_the_head_of_the_first_file(rendered: Path) -> None:
    first, second, third, *_ = _older(rendered, "cdn.tsv")
    assert first == "#Version: 1.0"
    assert second.startswith("#Fields: time\tedge\t")
    assert third == (
        "2026-03-17T12:00:00Z\tgru1\t192.0.2.1\tGET\tcdn.lantern.example\t/v/x/thumb.jpg\t403\t-"
        "\t3\t146\t-\tapp/1.0"
    )
    assert _newer(rendered, "cdn.tsv")[:2] == [first, second]


def test_a_customers_file_is_kept_byte_by_byte(rendered: Path) -> None:
    assert (rendered / "files" / "L-1001-names.csv").read_bytes() == b"\xef\xbb\xbfname\r\n"


def test_lines_of_another_day_are_refused() -> None:
    for moment in (LOGS_START - 1, NOW + 1):
        with pytest.raises(ValueError, match="lies outside the logs' 14 days"):
            Ledger(1, 0.02).log(AppLine(moment, "INFO", "app", "x"))


def test_stack_traces_name_modules_of_their_own(rendered: Path) -> None:
    files = [line for line in _newer(rendered, "worker.log") if line.startswith("  File ")]
    assert files
    assert all(
        re.match(r'  File "/srv/(encoder|jobs)/\w+\.py", line \d+, in \w+$', f) for f in files
    )
