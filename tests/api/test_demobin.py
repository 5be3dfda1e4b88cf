"""The demobin, served for practice: its list, its pages, their headers; no token anywhere."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from champion import places
from champion.api import demobin, processes
from champion.api.processes import Running
from champion.lantern import Company

from .conftest import Api

VIDEOS = "/demobin/latest-videos/latest-videos.json"
SHOWN = ("/demobin", "/demobin/", "/demobin/demobin.css", "/demobin/latest-videos/", VIDEOS)


@pytest.fixture(scope="module")
def running(company: Company) -> Iterator[Running]:
    started = processes.start(company=company.folder)
    yield started
    started.end()


@pytest.fixture
def visitor(running: Running) -> Iterator[httpx.Client]:
    """A browser without any token, before an API that was just put back."""
    running.ask("POST", "reset")
    with httpx.Client(base_url=running.address, trust_env=False) as client:
        yield client


def test_the_list_names_every_demo_with_the_first_words_of_its_readme(visitor: httpx.Client):
    page = visitor.get("/demobin").text
    for folder in demobin.demos():
        readme = (folder / "README.md").read_text(encoding="utf-8")
        assert f'href="/demobin/{folder.name}/"' in page
        assert readme.splitlines()[0].removeprefix("# ") in page
    assert "The newest videos of an account" in page


def test_the_newest_videos_of_support_s_account_are_shown(visitor: httpx.Client, running: Running):
    shown = visitor.get(VIDEOS).json()["videos"]
    asked = {"sort_by": "created", "order": "desc", "per_page": 20}
    headers = {"Authorization": f"Bearer {running.reading}"}
    own = visitor.get("/v1/videos", params=asked, headers=headers).json()
    ready = [each["title"] for each in own if each["status"] == "ready"]
    assert [each["title"] for each in shown] == ready[:3]


def test_its_request_stands_in_the_access_log(visitor: httpx.Client, running: Running):
    visitor.get(VIDEOS)
    visitor.get(VIDEOS)
    (line,) = running.log.read_text(encoding="utf-8").splitlines()
    assert "GET /v1/videos?sort_by=created&order=desc" in line
    assert '"latest-videos/1"' in line


def test_after_a_reset_nothing_old_is_remembered(visitor: httpx.Client, running: Running):
    before = visitor.get(VIDEOS).json()["videos"][0]
    headers = {"Authorization": f"Bearer {running.writing}"}
    known = before["url"].rpartition("/")[2]
    visitor.patch(f"/v1/videos/{known}", json={"title": "Renamed"}, headers=headers)
    assert visitor.get(VIDEOS).json()["videos"][0] == before
    running.ask("POST", "reset")
    visitor.patch(f"/v1/videos/{known}", json={"title": "Renamed"}, headers=headers)
    assert visitor.get(VIDEOS).json()["videos"][0]["title"] == "Renamed"


@pytest.mark.parametrize("path", SHOWN)
def test_every_answer_has_strict_headers_and_no_token(
    visitor: httpx.Client, running: Running, path: str
):
    answer = visitor.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in answer.headers
    for token in (running.reading, running.writing):
        assert token not in answer.text
        assert token not in str(answer.headers)


def test_an_address_without_its_slash_leads_to_the_one_with_it(visitor: httpx.Client):
    answer = visitor.get("/demobin/latest-videos")
    assert answer.status_code == 308
    assert answer.headers["location"] == "/demobin/latest-videos/"


@pytest.mark.parametrize(
    "path",
    [
        "nope",
        "nope/",
        "..%2f",
        "latest-videos/server.py",
        "latest-videos/README.md",
        "latest-videos/__pycache__",
        "latest-videos/..%2f..%2fREADME.md",
        "latest-videos/%2fetc%2fhostname",
        "latest-videos/a%00b",
        "latest-videos/latest-videos.css/",
    ],
)
def test_what_is_no_part_of_a_page_is_not_there(visitor: httpx.Client, path: str):
    assert visitor.get(f"/demobin/{path}").status_code == 404


def test_a_refusal_of_lantern_s_reaches_the_browser_as_one_word(
    visitor: httpx.Client, running: Running
):
    running.ask("PUT", "faults", {"plan": None, "steps": [{"fault": "500"}]})
    answer = visitor.get(VIDEOS)
    assert (answer.status_code, answer.json()) == (502, {"error": "lantern_failed"})


def test_over_a_socket_that_no_browser_reaches_it_asks_nobody(api: Api):
    if api.served.socket is None:
        pytest.skip("no Unix sockets here")
    answer = api.client("").get(VIDEOS)
    assert (answer.status_code, answer.json()) == (503, {"error": "not_set_up"})
    assert api.client("").get("/demobin/latest-videos/").status_code == 200


def test_a_course_without_a_demobin_says_so(api: Api, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(places, "demobin", lambda: places.build() / "none")
    for path in ("/demobin", "/demobin/demobin.css", "/demobin/latest-videos/"):
        assert api.client("").get(path).status_code == 404
