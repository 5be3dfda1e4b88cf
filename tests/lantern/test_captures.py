"""Files that customers attach are what a browser, a player or a colleague would have saved."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.lantern import evidence
from tests.lantern import solvers_player as solvers

from champion.lantern import Company
from champion.lantern.traps.asking import number, rows

HARS = (
    "L-1108-fjelltelt.har",
    "L-1124-www.casamarfilhoteles.example.har",
    "L-1125-signals-office.har",
    "L-1146-office.har",
    "L-1146-farm.har",
)
UNREDACTED = "L-1125-signals-office.har"


def test_captures_are_what_a_browser_exports(companies: tuple[Company, ...]) -> None:
    """HTTP Archive 1.2: all that it asks for, times in order, timings that add up."""
    for company in companies:
        for name in HARS:
            log = json.loads(evidence.attached(company, name))["log"]
            assert log["version"] == "1.2"
            assert log["creator"]["name"] == "WebInspector"
            pages = {page["id"] for page in log["pages"]}
            begun = [solvers.begun(entry) for entry in log["entries"]]
            assert begun == sorted(begun), name
            for entry in log["entries"]:
                assert entry["pageref"] in pages
                assert set(entry) >= {"startedDateTime", "time", "request", "response", "cache"}
                _whole(entry)


def _whole(entry: dict[str, Any]) -> None:
    request, response, timings = entry["request"], entry["response"], entry["timings"]
    both = {"httpVersion", "headers", "cookies", "headersSize", "bodySize"}
    assert set(request) >= both | {"method", "url", "queryString"}
    assert set(response) >= both | {"status", "statusText", "content", "redirectURL"}
    steps = ("blocked", "dns", "connect", "send", "wait", "receive")
    assert entry["time"] == pytest.approx(sum(max(timings[step], 0) for step in steps))
    assert timings["ssl"] <= timings["connect"]
    stopped = response["_error"] is not None
    assert stopped == (response["status"] == 0)
    assert not stopped or response["_error"].startswith("net::ERR_")
    sent = {header["name"] for header in request["headers"]}
    assert ("cookie" in sent) == bool(request["cookies"])
    assert bool(request["queryString"]) == bool(urlsplit(request["url"]).query)


def test_one_capture_is_not_redacted_and_the_others_are(companies: tuple[Company, ...]) -> None:
    for company in companies:
        for name in HARS:
            found = solvers.secrets(solvers.capture(company, name))
            assert len(found) == (5 if name == UNREDACTED else 0)


PLAYLISTS = (("L-1125-master.m3u8", "redrivsig1"), ("L-1126-master.m3u8", "kuusikko01"))
VARIANT = re.compile(
    r"#EXT-X-STREAM-INF:BANDWIDTH=(\d+),AVERAGE-BANDWIDTH=(\d+),RESOLUTION=(\d+)x(\d+),"
    r'FRAME-RATE=(\d+)\.000,CODECS="[^"]+"\n(\w+)/index\.m3u8'
)


@pytest.mark.parametrize(("name", "video"), PLAYLISTS)
def test_a_playlist_that_a_customer_saved_agrees_with_the_files(
    companies: tuple[Company, ...], name: str, video: str
) -> None:
    sql = """
        SELECT f.quality, f.width, f.height, f.fps, f.bytes, v.duration_ms
        FROM video_versions f JOIN videos v ON v.id = f.video_id
        WHERE v.hashed_id = :video AND f.quality <> 'original' ORDER BY f.height"""
    for company in companies:
        text = evidence.attached(company, name).decode("utf-8")
        assert text.startswith("#EXTM3U\n")
        variants = VARIANT.findall(text)
        files = rows(company, sql, video=video)
        assert len(variants) == len(files) == 3
        for (peak, average, wide, high, rate, quality), file in zip(variants, files, strict=True):
            assert (quality, int(wide), int(high), int(rate)) == tuple(file[:4])
            assert int(average) == file[4] * 8_000 // file[5] < int(peak)


def test_a_media_playlist_lasts_as_long_as_its_video(companies: tuple[Company, ...]) -> None:
    for company in companies:
        text = evidence.attached(company, "L-1125-index.m3u8").decode("utf-8")
        lasts = sum(round(float(found) * 1_000) for found in re.findall(r"#EXTINF:([\d.]+),", text))
        sql = "SELECT duration_ms FROM videos WHERE hashed_id = 'redrivsig1'"
        assert number(company, sql) == lasts
        assert text.endswith("#EXT-X-ENDLIST\n")


def test_a_file_has_one_size_whoever_asks_for_it(companies: tuple[Company, ...]) -> None:
    """In every capture, in what customers saved, and in each line of the CDN's log."""
    for company in companies:
        sizes = {f"/v/{video}/master.m3u8": saved(company, name) for name, video in PLAYLISTS}
        for quality in ("720p", "360p"):
            sizes[f"/v/redrivsig1/{quality}/index.m3u8"] = saved(company, "L-1125-index.m3u8")
        for name in HARS:
            for entry in solvers.capture(company, name):
                address, answer = urlsplit(entry["request"]["url"]), entry["response"]
                if address.netloc == "cdn.lantern.example" and answer["status"] == 200:
                    size = answer["content"]["size"]
                    assert sizes.setdefault(address.path, size) == size, (name, address.path)
        for line in evidence.cdn_lines(company):
            changed = line.path == "/v/steindl001/thumb.jpg"
            if line.status == 200 and not changed:
                assert sizes.setdefault(line.path, line.bytes) == line.bytes, line


def saved(company: Company, name: str) -> int:
    return len(evidence.attached(company, name))


def test_what_a_capture_reports_is_counted(companies: tuple[Company, ...]) -> None:
    """A report that was answered is a load, within a moment; one that was blocked is none."""
    sql = """
        SELECT count(*) FROM loads l JOIN videos v ON v.id = l.video_id
        WHERE v.hashed_id = :video AND l.received_at BETWEEN :moment
          AND CAST(:moment AS TIMESTAMPTZ) + INTERVAL 1 SECOND"""
    for company in companies:
        for name in HARS:
            for entry in solvers.capture(company, name):
                if entry["request"]["url"] == solvers.REPORTS:
                    video = json.loads(entry["request"]["postData"]["text"])["video"]
                    counted = number(company, sql, video=video, moment=solvers.begun(entry))
                    assert counted == (entry["response"]["status"] == 204), name


def test_no_viewer_lives_where_a_server_answers(companies: tuple[Company, ...]) -> None:
    for company in companies:
        viewers = {line.client_ip for line in evidence.cdn_lines(company)}
        for name in HARS:
            entries = solvers.capture(company, name)
            assert not viewers & {entry["serverIPAddress"] for entry in entries}, name


def test_every_file_of_a_ticket_is_there_and_has_its_size(companies: tuple[Company, ...]) -> None:
    sql = "SELECT file_name, bytes FROM ticket_attachments"
    for company in companies:
        for name, size in rows(company, sql):
            assert len(evidence.attached(company, name)) == size
