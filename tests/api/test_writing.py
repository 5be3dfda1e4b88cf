"""Writing: what is made, changed, put away and brought back; and what is done later."""

from __future__ import annotations

from .conftest import Api


def first_video(api: Api) -> str:
    hashed: str = api.get("/v1/videos?per_page=1").json()[0]["hashed_id"]
    return hashed


def test_a_folder_asked_for_twice_is_made_twice(api: Api):
    made = [api.post("/v1/folders", json={"name": "Spring"}).json() for _ in range(2)]
    assert made[0]["id"] != made[1]["id"]
    assert made[0]["created_at"] < made[1]["created_at"]


def test_a_webhook_asked_for_twice_with_one_key_is_made_once(api: Api):
    wanted = {"url": "https://hooks.north.example/x", "event_types": ["video.ready"]}
    key = {"Idempotency-Key": "one"}
    first = api.post("/v1/webhooks", json=wanted, headers=key)
    again = api.post("/v1/webhooks", json=wanted, headers=key)
    other = api.post("/v1/webhooks", json={**wanted, "event_types": ["*"]}, headers=key)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert other.status_code == 409
    assert len(api.get("/v1/webhooks").json()) == 1


def test_a_move_is_done_by_a_job_that_can_be_polled(api: Api):
    hashed = first_video(api)
    folder = api.post("/v1/folders", json={"name": "Term"}).json()["id"]
    accepted = api.put(f"/v1/videos/{hashed}/move", json={"folder_id": folder})
    assert accepted.status_code == 202
    job = accepted.headers["location"]
    assert api.get(job).json()["status"] == "queued"
    assert api.get(f"/v1/videos/{hashed}").json()["folder_id"] is None
    api.sleep(1.5)
    assert api.get(job).json()["status"] == "running"
    api.sleep(2)
    assert api.get(job).json()["status"] == "done"
    assert api.get(f"/v1/videos/{hashed}").json()["folder_id"] == folder
    assert api.get(f"/v1/videos?folder_id={folder}").json()[0]["hashed_id"] == hashed


def test_an_archived_video_is_gone_until_it_is_restored(api: Api):
    hashed = first_video(api)
    assert api.put(f"/v1/videos/{hashed}/archive").status_code == 204
    assert api.get(f"/v1/videos/{hashed}").status_code == 404
    assert first_video(api) != hashed
    assert api.put(f"/v1/videos/{hashed}/restore").status_code == 202
    assert first_video(api) == hashed
    assert api.put(f"/v1/videos/{hashed}/restore").status_code == 409


def test_a_restored_video_has_no_statistics_before_the_next_night(api: Api):
    hashed = api.get("/v1/plays?limit=1").json()["data"][0]["hashed_id"]
    before = api.get(f"/v1/videos/{hashed}/stats").json()
    assert before["play_count"] > 0
    api.put(f"/v1/videos/{hashed}/archive")
    job = api.put(f"/v1/videos/{hashed}/restore").headers["location"]
    assert api.get(f"/v1/videos/{hashed}/stats").json()["play_count"] == 0
    api.sleep(15 * 3600)
    assert api.get(job).json()["status"] == "done"
    assert api.get(f"/v1/videos/{hashed}/stats").json() == before


def test_the_companys_own_stuck_jobs_stay_stuck(api: Api):
    waiting = "SELECT count(*) AS n FROM background_jobs WHERE status = 'queued'"
    before = api.served.practice.one(waiting)
    hashed = first_video(api)
    api.put(f"/v1/videos/{hashed}/archive")
    api.put(f"/v1/videos/{hashed}/restore")
    api.sleep(3 * 86_400)
    api.get("/v1/account")
    assert api.served.practice.one(waiting) == before


def test_a_token_is_shown_once_and_kept_as_a_digest(api: Api):
    made = api.post("/v1/tokens", json={"name": "Export", "scopes": ["read:videos"]}).json()
    whole = made["token"]
    assert api.client(whole).get("/v1/videos").status_code == 200
    assert api.client(whole).get("/v1/account/stats").json()["code"] == "unauthorized_scope"
    assert "token" not in api.get(f"/v1/tokens/{made['id']}").json()
    secret = whole[10:]
    for name in ("state.sqlite", "state.sqlite-wal", "access.log"):
        assert secret.encode() not in (api.served.practice.folder / name).read_bytes()


def test_a_revoked_token_opens_nothing_more(api: Api):
    made = api.post("/v1/tokens", json={"name": "Export", "scopes": ["read:videos"]}).json()
    assert api.put(f"/v1/tokens/{made['id']}/revoke").json()["revoked_at"]
    answer = api.client(made["token"]).get("/v1/videos")
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized_credentials")


def test_a_token_cannot_make_a_stronger_one(api: Api):
    weak = ["write:videos"]
    made = api.post("/v1/tokens", json={"name": "Weak", "scopes": weak}).json()
    answer = api.client(made["token"]).post(
        "/v1/tokens", json={"name": "Strong", "scopes": ["read:stats"]}
    )
    assert answer.status_code == 422
    assert "read:stats" in answer.json()["errors"]["scopes"][0]


def test_the_three_shapes_of_a_422(api: Api):
    hashed = first_video(api)
    assert api.get("/v1/videos?page=x").json() == {"error": "page must be a whole number."}
    assert api.post("/v1/folders", json={}).json() == {"errors": ["name is missing."]}
    assert api.patch(f"/v1/videos/{hashed}", json={}).json() == {
        "errors": {"title": ["is missing"]}
    }


def test_a_body_that_is_no_json_is_said_to_be_none(api: Api):
    kind = {"Content-Type": "application/json"}
    for body in (b"{", b"\x80\xa6\x81"):
        answer = api.post("/v1/folders", content=body, headers=kind)
        assert (answer.status_code, answer.json()) == (422, {"errors": ["body is not JSON."]})


def test_a_folder_that_holds_something_stays(api: Api):
    outer = api.post("/v1/folders", json={"name": "Outer"}).json()["id"]
    inner = api.post("/v1/folders", json={"name": "Inner", "parent_id": outer}).json()["id"]
    assert api.delete(f"/v1/folders/{outer}").status_code == 409
    assert api.delete(f"/v1/folders/{inner}").status_code == 204
    assert api.delete(f"/v1/folders/{outer}").status_code == 204
    assert api.get(f"/v1/folders/{outer}").status_code == 404


def test_an_allowed_domain_is_on_the_list_once(api: Api):
    first = api.post("/v1/allowed_domains", json={"host": "www.north.example"})
    again = api.post("/v1/allowed_domains", json={"host": "www.north.example"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_a_signed_link_ends_when_it_was_said_to(api: Api):
    asked = {"hashed_id": first_video(api), "expires_in": 60}
    made = api.post("/v1/signed_links", json=asked)
    assert made.status_code == 201
    assert made.json()["expires_at"].startswith("2026-03-31T12:01:00")
