"""Practising: reset, the clock, the log, and faults on purpose."""

from __future__ import annotations

import re

import httpx
import pytest

from champion.api import faults, keys

from .conftest import CONTROL, Api

LINE = re.compile(
    r'127\.0\.0\.1 - - \[31/Mar/2026:\d\d:\d\d:\d\d \+0000\] "[A-Z]+ \S+ HTTP/1\.1" \d{3} \d+ "-" '
    r'"[^"]*" [0-9a-f]{16} \d+\.\d{3}'
)


def test_a_learner_finds_their_own_request_in_the_log(api: Api):
    answer = api.get("/v1/videos?page=2", headers={"User-Agent": "my script"})
    found = [line for line in api.log() if answer.headers["x-request-id"] in line]
    assert len(found) == 1
    assert '"GET /v1/videos?page=2 HTTP/1.1" 200' in found[0]
    assert str(len(answer.content)) in found[0]
    assert '"my script"' in found[0]


def test_every_line_has_the_form_of_lanterns_own_log(api: Api):
    api.get("/v1/videos", headers={"User-Agent": 'bad "quotes" \\ and ÿ'.encode("latin-1")})
    api.get("/v1/nope?x=%22")
    api.post("/v1/folders", json={"name": "x"})
    assert len(api.log()) == 3
    assert all(LINE.fullmatch(line) for line in api.log()), api.log()


def test_after_a_reset_everything_is_as_it_was_and_ids_count_from_one(api: Api):
    def walk() -> list[tuple[int, bytes, list[tuple[str, str]]]]:
        answers = [
            api.get("/v1/account"),
            api.post("/v1/folders", json={"name": "Mine"}),
            api.get("/v1/folders?per_page=100"),
            api.post("/v1/tokens", json={"name": "t", "scopes": ["read:videos"]}),
            api.get("/v1/nope"),
        ]
        return [(each.status_code, each.content, each.headers.multi_items()) for each in answers]

    api.switch("POST", "reset")
    first = walk()
    lines = api.log()
    api.sleep(1000)
    api.switch("POST", "reset")
    assert walk() == first
    assert api.log() == lines
    assert dict(first[0][2])["x-request-id"] == "0000000000000001"
    assert dict(first[0][2])["date"] == "Tue, 31 Mar 2026 12:00:00 GMT"


def test_the_clock_goes_on_without_anybody_waiting(api: Api):
    api.sleep(3_600)
    assert api.get("/v1/account").headers["date"] == "Tue, 31 Mar 2026 13:00:00 GMT"


def test_a_500_on_purpose_did_nothing(api: Api):
    answer = api.post("/v1/folders", json={"name": "x"}, headers={"X-Lantern-Fault": "500"})
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert api.post("/v1/folders", json={"name": "y"}).json()["id"] == _newest(api)


def test_a_timeout_on_purpose_did_what_was_asked(api: Api):
    before = _newest(api)
    with pytest.raises(httpx.ReadTimeout):
        api.post(
            "/v1/folders", json={"name": "x"}, headers={"X-Lantern-Fault": "timeout"}, timeout=0.5
        )
    assert _newest(api) == before + 1
    assert " 499 0 " in api.log()[0]


def test_an_answer_that_breaks_off_on_purpose(api: Api):
    with pytest.raises(httpx.RemoteProtocolError):
        api.get("/v1/videos", headers={"X-Lantern-Fault": "disconnect"})
    assert api.get("/v1/videos").status_code == 200


def test_a_slow_answer_on_purpose(api: Api):
    answer = api.get("/v1/account", headers={"X-Lantern-Fault": "slow"})
    assert answer.status_code == 200
    assert answer.elapsed.total_seconds() >= faults.SLOW_SECONDS
    assert answer.headers["date"] == "Tue, 31 Mar 2026 12:00:05 GMT"


def test_a_plan_strikes_where_it_was_set_to_and_once(api: Api):
    api.switch("PUT", "faults", steps=[{"fault": "500", "nth": 3, "path": "/v1/videos"}])
    assert api.get("/v1/account").status_code == 200
    assert [api.get("/v1/videos").status_code for _ in range(5)] == [200, 200, 500, 200, 200]


def test_a_429_of_a_plan_says_how_long_to_wait(api: Api):
    api.switch("PUT", "faults", steps=[{"fault": "429"}])
    answer = api.get("/v1/videos")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")
    assert api.get("/v1/videos").status_code == 200


def test_a_list_that_shrinks_between_pages_loses_a_video_for_who_counts_pages(api: Api):
    whole = {
        video["hashed_id"]
        for page in range(1, 5)
        for video in api.get(f"/v1/videos?per_page=100&page={page}").json()
    }
    api.switch("POST", "reset")
    api.switch("PUT", "faults", steps=[{"fault": "shrink", "nth": 2, "path": "/v1/videos"}])
    seen = {
        video["hashed_id"]
        for page in range(1, 5)
        for video in api.get(f"/v1/videos?per_page=100&page={page}").json()
    }
    assert len(whole - seen) == 1


@pytest.mark.parametrize("name", sorted(faults.PLANS))
def test_a_named_plan_is_the_same_on_every_run_and_strikes_within_nine_calls(name: str):
    for seed in (1, 2, 3):
        steps = faults.named(name, seed)
        assert [(s.fault, s.nth) for s in steps] == [
            (s.fault, s.nth) for s in faults.named(name, seed)
        ]
        assert all(1 <= step.nth <= 9 for step in steps)


def test_named_plans_are_asked_for_by_name(api: Api):
    assert api.switch("PUT", "faults", plan="bumpy").json() == {"steps": 2}
    answer = api.put(
        "/practice/faults", json={"plan": "bumpyy"}, headers={"X-Lantern-Control": CONTROL}
    )
    assert answer.status_code == 404
    assert "bumpy" in answer.json()["error"]


def test_another_company_has_other_secrets_and_the_same_prefixes():
    tokens = {keys.token(seed, 912, "lnt_pcc41w") for seed in (1, 2)}
    assert len(tokens) == 2
    assert {token[:10] for token in tokens} == {"lnt_pcc41w"}


def _newest(api: Api) -> int:
    found = api.served.practice.one("SELECT max(id) AS id FROM folders")
    assert found is not None
    newest: int = found["id"]
    return newest
