"""The latest videos' server-side piece: what it asks, passes on, remembers and refuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from tests.demobin.conftest import Site
from tests.demobin.upstream import DEMO, SECRET, TOKEN, Answer, Upstream, upstream, video

BODY = json.dumps({"code": "x", "error": SECRET}).encode()


def refusing(status: int, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return status, {"X-Request-Id": "0000000000000042", **named}, BODY


def test_a_browser_gets_what_the_page_shows_and_nothing_else(site: Site, lantern: Upstream):
    lantern.videos = [video(7, notes=SECRET)]
    got = site.get()
    assert got.status == 200
    assert json.loads(got.body) == {
        "videos": [
            {
                "title": "Video 7",
                "url": "https://play.lantern.example/video00007",
                "picture": "https://cdn.lantern.example/v/video00007/thumb.jpg",
                "duration_ms": 68_000,
                "created_at": "2026-03-08T07:30:00.000Z",
            }
        ]
    }
    assert got.headers["Content-Type"] == "application/json"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Cache-Control"] == "public, max-age=60"


def test_the_newest_are_asked_for_with_the_token_in_the_header(site: Site, lantern: Upstream):
    lantern.videos = [video(n) for n in range(9, 0, -1)]
    assert site.get().titles == ["Video 9", "Video 8", "Video 7"]
    (asked,) = lantern.asked
    assert asked[""] == "/v1/videos"
    assert (asked["sort_by"], asked["order"], asked["page"]) == ("created", "desc", "1")
    assert TOKEN not in json.dumps(asked)
    assert lantern.tokens == [f"Bearer {TOKEN}"]


def test_an_account_without_videos_is_an_empty_list(site: Site):
    got = site.get()
    assert (got.status, got.titles) == (200, [])


def test_a_video_that_cannot_be_watched_yet_is_left_out(site: Site, lantern: Upstream):
    states = ["uploading", "processing", "failed", *["processing"] * 12]
    lantern.videos = [video(99 - n, status=state) for n, state in enumerate(states)]
    lantern.videos += [video(n) for n in range(5, 0, -1)]
    assert site.get().titles == ["Video 5", "Video 4", "Video 3"]
    assert [asked["page"] for asked in lantern.asked] == ["1", "2"]


def test_three_hundred_come_in_pages_of_a_hundred(site: Site, lantern: Upstream):
    site.set_up(LANTERN_HOW_MANY="300")
    lantern.videos = [video(n) for n in range(341, 0, -1)]
    titles = site.get().titles
    assert (len(titles), titles[0], titles[-1]) == (300, "Video 341", "Video 42")
    assert [asked["per_page"] for asked in lantern.asked] == ["100"] * 3


def test_fewer_than_wanted_are_shown_all(site: Site, lantern: Upstream):
    site.set_up(LANTERN_HOW_MANY="300")
    lantern.videos = [video(n) for n in range(120, 0, -1)]
    assert len(site.get().titles) == 120
    assert len(lantern.asked) == 2


def test_an_account_with_nothing_but_unready_videos_is_not_read_for_ever(
    site: Site, lantern: Upstream
):
    lantern.videos = [video(n, status="failed") for n in range(5000, 0, -1)]
    assert site.get().titles == []
    assert len(lantern.asked) == 10


def test_an_upload_between_two_pages_shows_no_video_twice(site: Site, lantern: Upstream):
    site.set_up(LANTERN_HOW_MANY="200")
    lantern.videos = [video(n) for n in range(150, 0, -1)]

    def uploading() -> Answer:
        asked = lantern.asked[-1]
        if asked["page"] == "2":
            lantern.videos.insert(0, video(151))
        first = (int(asked["page"]) - 1) * 100
        return 200, {}, json.dumps(lantern.videos[first : first + 100]).encode()

    lantern.refusal = uploading
    titles = site.get().titles
    assert len(titles) == len(set(titles)) == 150


def test_one_folder_alone_when_it_is_set(site: Site, lantern: Upstream):
    site.set_up(LANTERN_FOLDER="17")
    site.get()
    assert lantern.asked[0]["folder_id"] == "17"


def test_lantern_is_asked_once_a_minute_whatever_visitors_send(site: Site, lantern: Upstream):
    lantern.videos = [video(1)]
    site.get()
    lantern.videos = [video(2), video(1)]
    site.now += 59
    assert site.get(query="refresh=1&per_page=100").titles == ["Video 1"]
    assert len(lantern.asked) == 1
    site.now += 1
    assert site.get().titles == ["Video 2", "Video 1"]
    assert len(lantern.asked) == 2


def test_many_visitors_at_once_make_one_request(site: Site, lantern: Upstream):
    def slowly() -> Answer:
        time.sleep(0.2)
        return 200, {}, json.dumps([video(1)]).encode()

    lantern.refusal = slowly
    found: list[list[str]] = []
    visitors = [threading.Thread(target=lambda: found.append(site.get().titles)) for _ in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert found == [["Video 1"]] * 8
    assert len(lantern.asked) == 1


REFUSALS: dict[str, tuple[Answer | Callable[[], None], int, str, str]] = {
    "401": (refusing(401), 502, "token_refused", "answered 401"),
    "403": (refusing(403), 502, "not_in_plan", "your plan has no API"),
    "404": (refusing(404), 502, "lantern_refused", "look at your settings"),
    "422": (refusing(422), 502, "lantern_refused", "look at your settings"),
    "429": (refusing(429, Retry_After="17"), 503, "busy", "next one in 17 s"),
    "500": (refusing(500), 502, "lantern_failed", "answered 500"),
    "503": (refusing(503), 502, "lantern_failed", "answered 503"),
    "a redirect": (refusing(302, Location="/elsewhere"), 502, "lantern_refused", "answered 302"),
    "no JSON": ((200, {}, SECRET.encode()), 502, "lantern_failed", "not JSON"),
    "deep JSON": ((200, {}, b"[" * 100_000), 502, "lantern_failed", "not JSON"),
    "no list": ((200, {}, BODY), 502, "lantern_failed", "another form"),
    "no videos": ((200, {}, b'["' + SECRET.encode() + b'"]'), 502, "lantern_failed", "form"),
    "half a video": ((200, {}, b'[{"status": "ready"}]'), 502, "lantern_failed", "form"),
    "half an answer": ((200, {"Content-Length": "999"}, b"["), 502, "lantern_failed", "not JSON"),
    "no answer": (lambda: None, 504, "no_answer", "does not answer"),
}


@pytest.mark.parametrize("how", REFUSALS)
def test_a_refusal_is_one_word_for_the_browser_and_a_sentence_for_the_log(
    site: Site, lantern: Upstream, how: str
):
    lantern.refusal, status, error, sentence = REFUSALS[how]
    got = site.get()
    assert (got.status, got.error) == (status, error)
    assert got.headers["Content-Type"] == "application/json"
    assert got.headers["Cache-Control"] == "no-store"
    told = site.log.getvalue()
    assert sentence in told
    assert told.count("\n") == 1
    for text in (told, got.body.decode(), str(got.headers)):
        assert TOKEN not in text
        assert SECRET not in text


def test_the_log_quotes_the_request_that_lantern_can_look_up(site: Site, lantern: Upstream):
    lantern.refusal = refusing(500)
    site.get()
    assert "request 0000000000000042" in site.log.getvalue()


def test_a_silent_lantern_is_not_waited_for_long(
    site: Site, lantern: Upstream, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(site.module, "PATIENCE", 0.2)
    over = threading.Event()

    def silent() -> None:
        over.wait(10)

    lantern.refusal = silent
    began = time.monotonic()
    got = site.get()
    over.set()
    assert time.monotonic() - began < 5
    assert (got.status, got.error) == (504, "no_answer")


def test_a_lantern_that_is_down_is_told(site: Site):
    with upstream() as gone:
        pass
    site.set_up(LANTERN_API=gone.address)
    assert site.get().error == "no_answer"


def test_the_token_follows_no_redirect(site: Site, lantern: Upstream):
    with upstream() as stranger:
        stranger.videos = [video(1)]
        lantern.refusal = refusing(302, Location=f"{stranger.address}/v1/videos?page=1&per_page=9")
        assert site.get().error == "lantern_refused"
        assert stranger.tokens == []


@pytest.mark.parametrize(("status", "pause"), [(500, 10), (401, 10), (429, 17)])
def test_after_a_failure_lantern_is_left_alone_for_a_while(
    site: Site, lantern: Upstream, status: int, pause: int
):
    lantern.refusal = refusing(status, Retry_After="17")
    assert site.get().status >= 500
    site.now += pause - 1
    assert site.get().status >= 500
    assert len(lantern.asked) == 1
    site.now += 1
    lantern.refusal = None
    assert site.get().status == 200


@pytest.mark.parametrize("status", [429, 500])
def test_when_lantern_is_busy_the_last_good_list_stands_in_for_an_hour(
    site: Site, lantern: Upstream, status: int
):
    lantern.videos = [video(1)]
    site.get()
    lantern.refusal = refusing(status)
    site.now += 60
    assert site.get().titles == ["Video 1"]
    site.now += 3539
    assert site.get().titles == ["Video 1"]
    site.now += 61
    assert site.get().status >= 500


@pytest.mark.parametrize("status", [401, 403])
def test_once_the_token_is_revoked_nothing_old_is_shown(site: Site, lantern: Upstream, status: int):
    lantern.videos = [video(1)]
    site.get()
    lantern.refusal = refusing(status)
    site.now += 60
    assert site.get().status == 502


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("LANTERN_TOKEN", "", "Set LANTERN_TOKEN"),
        ("LANTERN_TOKEN", "lnt_a\nX-Evil: 1", "Set LANTERN_TOKEN"),
        ("LANTERN_TOKEN", "lnt_é", "Set LANTERN_TOKEN"),
        ("LANTERN_API", "http://api.lantern.example", "must begin with https://"),
        ("LANTERN_API", "http://127.0.0.1.evil.example:80", "must begin with https://"),
        ("LANTERN_API", "", "must begin with https://"),
        ("LANTERN_HOW_MANY", "0", "a whole number, 1 or more"),
        ("LANTERN_HOW_MANY", "three", "a whole number, 1 or more"),
        ("LANTERN_HOW_MANY", "-1", "a whole number, 1 or more"),
    ],
)
def test_a_mistake_in_the_settings_is_told_and_nothing_is_sent(
    site: Site, lantern: Upstream, setting: str, value: str, sentence: str
):
    site.set_up(**{setting: value})
    got = site.get()
    assert (got.status, got.error) == (503, "not_set_up")
    assert sentence in site.log.getvalue()
    assert lantern.asked == []


def test_it_answers_reading_alone_and_one_address_alone(site: Site, lantern: Upstream):
    posted = site.get(method="POST")
    assert (posted.status, posted.error) == (405, "method_not_allowed")
    assert posted.headers["Allow"] == "GET, HEAD"
    assert site.get("/demo/other.json").error == "not_found"
    assert lantern.asked == []
    assert site.get(method="HEAD").body == b""


def test_one_command_shows_the_page_and_never_the_program(lantern: Upstream):
    lantern.videos = [video(3)]
    settings = {"LANTERN_TOKEN": TOKEN, "LANTERN_API": lantern.address, "PORT": "0"}
    running = subprocess.Popen(
        [sys.executable, str(DEMO / "server.py")],
        env={**os.environ, **settings},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr is not None
    try:
        address = running.stderr.readline().strip()
        for path in ("/", "/latest-videos.css", "/latest-videos.js", "/poster.svg"):
            with urllib.request.urlopen(address + path, timeout=10) as answer:
                assert answer.headers["Content-Security-Policy"]
                assert TOKEN not in answer.read().decode()
        with urllib.request.urlopen(f"{address}/latest-videos.json", timeout=10) as answer:
            assert [each["title"] for each in json.load(answer)["videos"]] == ["Video 3"]
        for path in ("/server.py", "/../server.py", "/README.md"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                urllib.request.urlopen(address + path, timeout=10)
    finally:
        running.terminate()
        running.communicate(timeout=10)
