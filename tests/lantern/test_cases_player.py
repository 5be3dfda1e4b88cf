"""The plausible wrong conclusion leads elsewhere: around the player, the CDN and files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.lantern import evidence
from tests.lantern import solvers_player as solvers
from tests.lantern import solvers_streams as streams
from tests.lantern.test_captures import HARS, UNREDACTED

from champion.lantern import Company
from champion.lantern.stories import cases, truths
from champion.lantern.traps.asking import number, rows


def moments(company: Company, sql: str, **binds: Any) -> list[datetime]:
    return [moment for (moment,) in rows(company, sql, **binds)]


def test_nothing_was_lost_in_l_1108(companies: tuple[Company, ...]) -> None:
    """The gap is alike on every day, and no hour of any day is silent; blockers were seen."""
    daily = """
        SELECT count(*) FROM loads l JOIN videos v ON v.id = l.video_id
        WHERE v.hashed_id = 'fjelltelt1'
          AND CAST(l.received_at AT TIME ZONE 'Europe/Oslo' AS date) = CAST(:day AS date)"""
    for company in companies:
        text = evidence.attached(company, "L-1108-fjelltelt-uke13.csv").decode("utf-8-sig")
        for row in csv.DictReader(io.StringIO(text), delimiter=";"):
            share = number(company, daily, day=row["Dato"]) / int(row["Sidevisninger"])
            assert 0.58 < share < 0.72
        found = solvers.unseen_loads(company)
        assert found["loads"] < found["their page views"]
        start = solvers.begun(solvers.capture(company, "L-1108-fjelltelt.har")[0])
        page = "https://www.fjellvannoutdoor.example/fjelltelt"
        around = (start - timedelta(minutes=5), start + timedelta(minutes=5))
        assert solvers.loads_at(company, page, *around) == []
        assert found["of that visit the CDN answered"] > 5


def test_the_same_video_of_l_1122_played_elsewhere_while_it_was_private_in_the_shop(
    companies: tuple[Company, ...],
) -> None:
    for company in companies:
        found = solvers.unlisted_host(company)
        lines = solvers.of(company, "lowlandtul")
        answered = [line for line in lines if line.path.endswith(".ts") and line.status == 200]
        assert {solvers.host_of(line) for line in answered} == {"www.lowlandbulbs.example"}
        assert micros_of(answered[-1].time) > found["first refusal"]
        both = {line.client_ip for line in lines if solvers.host_of(line) == found["refused host"]}
        assert both & {line.client_ip for line in answered}
        assert found["put on the list instead"] != found["refused host"]
        changed = moments(company, "SELECT updated_at FROM videos WHERE hashed_id = 'lowlandtul'")
        assert micros_of(changed[0]) < found["first refusal"]


def test_the_new_app_of_l_1123_was_answered_until_the_list_and_the_old_one_is_refused_too(
    companies: tuple[Company, ...],
) -> None:
    for company in companies:
        found = solvers.silent_app(company)
        lines = solvers.of(company, "isibani")
        new = [line for line in lines if "/3.2.0 " in line.user_agent]
        assert {line.status for line in new} == {200, 403}
        for line in new:
            assert (micros_of(line.time) < found["list began"]) == (line.status == 200)
        assert found["old versions refused"] > 0 < found["refused in a browser"]
        said = [line for line in lines if line.referer != "-"]
        assert {line.status for line in said if line.path.endswith("m3u8")} == {200}


def test_the_player_of_l_1124_is_not_down_and_one_directive_is_not_enough(
    companies: tuple[Company, ...],
) -> None:
    for company in companies:
        found = solvers.strict_page(company)
        elsewhere = """
            SELECT l.received_at FROM loads l JOIN videos v ON v.id = l.video_id
            WHERE v.hashed_id = 'marfilboda' AND l.embed_url LIKE '%/prensa/2025'"""
        since = [
            micros_of(moment) > found["last load there"] for moment in moments(company, elsewhere)
        ]
        assert sum(since) > 2
        lines = solvers.of(company, "marfilboda")
        assert max(micros_of(line.time) for line in lines) > found["last load there"]
        entries = solvers.capture(company, "L-1124-www.casamarfilhoteles.example.har")
        policy = solvers.headers(entries[0]["response"])["content-security-policy"]
        only_what_is_seen = policy.replace("script-src", "script-src https://cdn.lantern.example")
        assert solvers.missing(only_what_is_seen) == list(found["directives to mend"][1:]) != []
        console = evidence.attached(company, "L-1124-consola.txt").decode("utf-8")
        assert found["blocked"][0] in console


def test_the_403_of_l_1125_is_not_ours(companies: tuple[Company, ...]) -> None:
    """Our CDN never refused the office; its answers say which location they are from."""
    for company in companies:
        found = solvers.office_proxy(company)
        lines = solvers.of(company, "redrivsig1")
        assert {line.status for line in lines if line.client_ip == found["office"]} == {200}
        since = [
            line for line in lines if micros_of(line.time) > found["last segment to the office"]
        ]
        elsewhere = [line for line in since if line.client_ip != found["office"]]
        assert any(line.path.endswith(".ts") for line in elsewhere)
        for entry in solvers.capture(company, UNREDACTED):
            if "cdn.lantern.example" in entry["request"]["url"]:
                ours = "x-lantern-edge" in solvers.headers(entry["response"])
                assert ours == (entry["response"]["status"] == 200)


def test_the_firewall_of_l_1146_hides_no_load_and_the_blockers_stop_no_video(
    companies: tuple[Company, ...],
) -> None:
    plays = """
        SELECT count(*) FROM plays p JOIN loads l ON l.id = p.load_id
        WHERE l.embed_url LIKE :page AND p.received_at >= '2026-03-22 15:00+00'"""
    for company in companies:
        found = solvers.two_gaps(company)
        views, loads = found["staff page"]
        assert views == loads
        views, loads = found["farmers page"]
        assert loads < views * 7 // 10
        assert number(company, plays, page="%/staff/safety") == 0
        assert number(company, plays, page="%/farmers/safety") > 50
        office = solvers.capture(company, "L-1146-office.har")
        assert solvers.errors(office, "net::ERR_BLOCKED_BY_CLIENT") == []
        farm = solvers.capture(company, "L-1146-farm.har")
        assert solvers.errors(farm, "net::ERR_CONNECTION_RESET") == []


def test_the_office_of_l_1146_and_of_l_1125_is_one_address_that_gets_every_playlist(
    companies: tuple[Company, ...],
) -> None:
    """Of what they saw since, the log holds the playlists, and not one segment."""
    offices = (
        ("shirakaba1", "198.51.100.246", "/staff/safety", datetime(2026, 3, 22, 15, tzinfo=UTC)),
        ("redrivsig1", "198.51.100.245", "/staff/signals", datetime(2026, 3, 27, tzinfo=UTC)),
    )
    for company in companies:
        for video, office, page, since in offices:
            lines = [
                line
                for line in evidence.cdn_lines(company)
                if line.path.startswith(f"/v/{video}/") and line.time >= since
            ]
            theirs = [line for line in lines if line.client_ip == office]
            assert sum(line.path.endswith("master.m3u8") for line in theirs) > 5
            assert not any(line.path.endswith(".ts") for line in theirs)
            if video == "shirakaba1":
                there = [line for line in lines if line.referer.endswith(page)]
                assert {line.client_ip for line in there} == {office}


def test_the_upload_of_l_1126_is_whole(companies: tuple[Company, ...]) -> None:
    """The attempt that failed was ours to lose; the one after it made every rendition."""
    errors = """
        SELECT j.error_code FROM encode_jobs j JOIN videos v ON v.id = j.video_id
        WHERE v.hashed_id = 'kuusikko01' ORDER BY j.attempt"""
    files = """
        SELECT count(*) FROM video_versions f JOIN videos v ON v.id = f.video_id
        WHERE v.hashed_id = 'kuusikko01'"""
    for company in companies:
        assert rows(company, errors) == [("worker_lost",), (None,)]
        assert number(company, files) == 4
        found = streams.slide_show(company)
        assert found["frames a second"] < 3 < found["of their other webinars"]


def test_neither_hevc_nor_hdr_explains_l_1127(companies: tuple[Company, ...]) -> None:
    for company in companies:
        found = streams.phone_clips(company)
        clips = "SELECT count(*) FROM videos WHERE account_id = 248"
        assert 0 < len(found["out of sync"]) < number(company, clips)
        assert found["with high dynamic range, in sync"] not in found["out of sync"]
        body, _ = solvers.opening(company, "L-1127")
        sql = "SELECT title FROM videos WHERE hashed_id = :id"
        for video in found["out of sync"]:
            assert f'"{rows(company, sql, id=video)[0][0]}"' in body
        assert min(found["drift in ms"]) > 400


def test_the_median_of_the_bad_location_of_l_1128_is_as_good_as_ever(
    companies: tuple[Company, ...],
) -> None:
    for company in companies:
        found = streams.bad_disk(company)
        span = (found["first late answer"], found["last late answer"])
        lines = [line for line in solvers.of(company, "vozviva") if line.path.endswith(".ts")]
        lines = [line for line in lines if line.status == 200 and line.cache == "HIT"]
        for edge in {line.edge for line in lines}:
            here = [line for line in lines if line.edge == edge]
            during = [x.ttfb_ms for x in here if span[0] <= micros_of(x.time) <= span[1]]
            if len(during) < 20:
                continue
            assert median(during) < 70
            p95 = quantiles(during, n=20)[-1]
            assert (p95 > 1_500) == (edge == found["location"]), edge
            before = [x.ttfb_ms for x in here if micros_of(x.time) < span[0]]
            assert quantiles(before, n=20)[-1] < 500
        assert truths(company.seed)["L-1128"].escalate


def test_the_new_picture_of_l_1129_is_there_and_the_old_one_is_older_than_the_change(
    companies: tuple[Company, ...],
) -> None:
    for company in companies:
        found = streams.old_picture(company)
        assert found["copied there"] < found["changed"] < found["kept there until"]
        assert found["changed"] < found["fetched anew there"]
        (size,) = {
            line["bytes"]
            for line in evidence.app_lines(company)
            if line["event"] == "thumbnail.changed" and line["video"] == "steindl001"
        }
        lines = solvers.of(company, "steindl001")
        for line in lines:
            far = line.edge == found["location with the new one"]
            fresh = far and micros_of(line.time) >= found["fetched anew there"]
            assert (line.bytes == size) == fresh
        assert sum(line.bytes == size for line in lines) > 1
        changed = moments(company, "SELECT updated_at FROM videos WHERE hashed_id = 'steindl001'")
        assert micros_of(changed[0]) == found["changed"]


def test_our_export_of_l_1133_is_as_it_should_be(companies: tuple[Company, ...]) -> None:
    """It holds every title as it is; one has no accent here either; hers begins with a mark."""
    sql = "SELECT title FROM videos WHERE account_id = 251 AND deleted_at IS NULL ORDER BY id"
    for company in companies:
        export = evidence.attached(company, "L-1133-videos.csv")
        titles = [row["title"] for row in csv.DictReader(io.StringIO(export.decode("utf-8")))]
        assert titles == [title for (title,) in rows(company, sql)]
        hers = evidence.attached(company, "L-1133-videos_saison.csv")
        assert (export[:3] == b"\xef\xbb\xbf", hers[:3] == b"\xef\xbb\xbf") == (False, True)
        found = streams.read_as_cp1252(company)
        assert found["mended"] == found["names with accents"] - 1
        typed = found["typed anew by hand"]
        with pytest.raises(UnicodeError):
            streams.mend(typed)


def test_bodies_are_broken_into_short_lines(companies: tuple[Company, ...]) -> None:
    told = [case.ticket for case in cases() if case.account in range(241, 252)]
    assert sorted(told) == sorted([*solvers.SOLVERS, *streams.SOLVERS])
    for company in companies:
        for ticket in told:
            body, _ = solvers.opening(company, ticket)
            assert max(map(len, body.splitlines())) <= 88, ticket


def test_what_these_stories_name_is_known(companies: tuple[Company, ...]) -> None:
    """Every video of theirs that a capture, the CDN or an application names is in the tables."""
    for company in companies:
        videos = {video for (video,) in rows(company, "SELECT hashed_id FROM videos")}
        assert set(_named(company)) <= videos


def _named(company: Company) -> Iterator[str]:
    for line in solvers.fetches(company):
        yield line.path.split("/")[2]
    for name in HARS:
        for entry in solvers.capture(company, name):
            path = urlsplit(entry["request"]["url"]).path
            if "lantern.example/v/" in entry["request"]["url"]:
                yield path.split("/")[2]


def micros_of(moment: datetime) -> int:
    return evidence.micros(moment)
