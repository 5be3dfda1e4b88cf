"""What logs tell of encodes, jobs and viewers is what the tables say, both ways."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta

from tests.lantern import evidence, reading
from tests.lantern.reading import START

from champion.lantern import Company
from champion.lantern.dice import Dice
from champion.lantern.logs.edges import bad_disk
from champion.lantern.traps.asking import rows

_STEP = re.compile(r"(encode|job) (\d+) (queued|started|progress|done|failed)(?:: (.*))?")


def test_the_workers_tell_every_step_in_frankfurts_time(one: Company) -> None:
    steps = {
        "encode": reading.known(
            one,
            "SELECT e.id, v.hashed_id, e.error_code, e.queued_at, e.started_at, e.finished_at "
            "FROM encode_jobs e JOIN videos v ON v.id = e.video_id",
        ),
        "job": reading.known(
            one,
            "SELECT j.id, v.hashed_id, CASE j.status WHEN 'failed' THEN j.kind END, j.queued_at, "
            "j.started_at, j.finished_at FROM background_jobs j "
            "LEFT JOIN videos v ON v.id = j.video_id",
        ),
    }
    seen: Counter[str] = Counter()
    for entry in reading.worker(one):
        found = _STEP.fullmatch(entry.text)
        if not found:
            assert entry.level in ("WARNING", "ERROR"), entry
            named = re.findall(r"encode (\d+)", entry.text)
            assert all(int(each) in steps["encode"] for each in named), entry
            continue
        kind, number, step, about = found.groups()
        video, error, queued, started, finished = steps[kind][int(number)]
        if about and "video=" in about:
            assert re.search(r"video=(\w+)", about).group(1) == video  # type: ignore[union-attr]
        moment = reading.moment(entry)
        if step in ("progress", "noticed"):
            assert started < moment < finished
            continue
        at = {"queued": queued, "started": started}.get(step, finished)
        assert timedelta(0) <= moment - at < timedelta(seconds=1), entry
        assert (entry.level == "ERROR") == (step == "failed") == bool(entry.trace)
        if step == "failed":
            assert about == error
            assert entry.trace[0] == "Traceback (most recent call last):"
        seen[f"{kind} {step}"] += 1
    for kind, known in steps.items():
        ended = sum(finished is not None and finished >= START for *_, finished in known.values())
        assert seen[f"{kind} done"] + seen[f"{kind} failed"] == ended


def test_the_workers_clock_jumps_an_hour_on_the_29th(one: Company) -> None:
    walls = [entry.wall for entry in reading.worker(one)]
    assert not any(datetime(2026, 3, 29, 2) <= wall < datetime(2026, 3, 29, 3) for wall in walls)
    rollups = [e.wall for e in reading.worker(one) if "started: kind=nightly_rollup" in e.text]
    assert {wall.hour for wall in rollups if wall < datetime(2026, 3, 29)} == {1}
    assert {wall.hour for wall in rollups if wall > datetime(2026, 3, 29)} == {1, 2}


def test_the_cdn_serves_known_videos_to_pages_where_they_stand(one: Company) -> None:
    videos = reading.known(one, "SELECT hashed_id, account_id FROM videos")
    qualities = set(
        rows(
            one,
            "SELECT v.hashed_id, q.quality FROM video_versions q JOIN videos v "
            "ON v.id = q.video_id",
        )
    )
    for line in reading.cdn(one):
        assert line.host == "cdn.lantern.example"
        assert line.method == "GET"
        if line.path == "/player/v4/player.js":
            continue
        _, root, video, *folder, name = line.path.split("/")
        assert root == "v"
        assert video in videos
        if folder:
            assert (video, *folder) in qualities
            assert re.fullmatch(r"index\.m3u8|seg-\d{5}\.ts", name)
        else:
            assert name in ("thumb.jpg", "master.m3u8")
        assert (line.cache == "-") == (line.status == 403)
        assert line.ttfb_ms > 0
        assert (line.bytes == 0) == (line.status == 304)


def test_every_play_asks_for_its_list_of_renditions(one: Company) -> None:
    plays = Counter(
        video
        for (video,) in rows(
            one,
            "SELECT v.hashed_id FROM plays p JOIN videos v ON v.id = p.video_id "
            "WHERE p.received_at >= '2026-03-17 12:05+00'",
        )
    )
    asked = Counter(
        line.path.split("/")[2]
        for line in reading.cdn(one)
        if line.path.endswith("/master.m3u8") and line.status == 200
    )
    assert not plays - asked


def test_nothing_plays_where_the_customers_list_forbids_it(one: Company) -> None:
    lists: dict[str, list[tuple[str, datetime]]] = {}
    for video, host, created in rows(
        one,
        "SELECT v.hashed_id, d.host, d.created_at FROM allowed_domains d "
        "JOIN videos v ON v.account_id = d.account_id",
    ):
        lists.setdefault(video, []).append((host, created))
    refused = 0
    for line in reading.cdn(one):
        if not line.path.startswith("/v/"):
            continue
        listed = [
            host for host, since in lists.get(line.path.split("/")[2], []) if since < line.time
        ]
        host = line.referer.split("/")[2] if line.referer != "-" else ""
        allowed = (
            not listed
            or host == "play.lantern.example"
            or any(
                host.endswith(each[1:]) if each.startswith("*.") else host == each
                for each in listed
            )
        )
        assert (line.status == 403) == (not allowed), line
        refused += not allowed
    assert refused


def test_one_location_is_late_for_a_few_days_and_its_median_is_fine(one: Company) -> None:
    bad, start, stop = bad_disk(Dice(one.seed))
    times: dict[tuple[str, bool], list[int]] = {}
    for line in reading.cdn(one):
        if line.status == 200:
            during = start <= evidence.micros(line.time) < stop
            times.setdefault((line.edge, during), []).append(line.ttfb_ms)
    for (edge, during), found in times.items():
        ordered = sorted(found)
        assert ordered[len(ordered) // 2] < 60
        if len(ordered) > 40:
            late = ordered[len(ordered) * 95 // 100] > 1_000
            assert late == ((edge, during) == (bad, True)), (edge, during)
