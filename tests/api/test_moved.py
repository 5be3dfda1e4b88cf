"""Addresses of the first version: where they lead, and who is let through."""

from __future__ import annotations

from .conftest import Api


def test_an_old_address_says_where_the_thing_is_now(api: Api):
    answer = api.get("/v0/videos?page=2&per_page=7")
    assert (answer.status_code, answer.headers["location"]) == (301, "/v1/videos?page=2&per_page=7")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text == "Moved permanently to /v1/videos\n"
    assert answer.headers["x-request-id"] in api.log()[0]
    assert '"GET /v0/videos?page=2&per_page=7 HTTP/1.1" 301' in api.log()[0]


def test_who_follows_gets_what_the_new_address_answers(api: Api):
    followed = api.get("/v0/videos?per_page=7", follow_redirects=True)
    assert followed.json() == api.get("/v1/videos?per_page=7").json()
    assert [answer.status_code for answer in followed.history] == [301]
    assert api.get("/v0/nope", follow_redirects=True).status_code == 404


def test_an_old_address_needs_a_token_too_and_only_reads(api: Api):
    assert api.client("").get("/v0/videos").json()["code"] == "unauthorized_credentials"
    refused = api.post("/v0/folders", json={"name": "x"})
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET")


def test_no_odd_address_leads_out_of_the_api(api: Api):
    for odd in ("/v0//evil.example", "/v0/%0d%0aX-Evil:%201", "/v0/..", "/v0/%C3%BC"):
        answer = api.get(odd)
        assert answer.status_code in (301, 404), odd
        assert answer.headers.get("location", "/v1/").startswith("/v1/"), odd
        assert "x-evil" not in answer.headers


def test_the_log_recorded_what_the_api_answers_today(api: Api):
    """The screen of the bird reserve: same token, same call, same answer, as many bytes."""
    screen = api.customer(273 * 4)
    answer = screen.get("/v0/videos")
    assert (answer.status_code, len(answer.content)) == (301, 32)
    log = (api.company.folder / "logs" / "access.log").read_text(encoding="utf-8")
    moved = [line for line in log.splitlines() if "GET /v0/videos " in line]
    assert moved
    assert all('" 301 32 "' in line for line in moved)
    assert len(screen.get("/v1/videos").json()) == 4
