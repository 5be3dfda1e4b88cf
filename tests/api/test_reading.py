"""Reading: lists, pages, sorting, caching, and parameters that nobody knows."""

from __future__ import annotations

from .conftest import Api


def test_a_list_is_a_bare_array_of_25(api: Api):
    listed = api.get("/v1/videos")
    assert listed.status_code == 200
    assert isinstance(listed.json(), list)
    assert len(listed.json()) == 25
    assert "link" not in listed.headers


def test_the_page_after_the_last_is_empty(api: Api):
    assert api.get("/v1/videos?page=4000").json() == []


def test_page_zero_is_refused_by_name(api: Api):
    answer = api.get("/v1/videos?page=0")
    assert answer.status_code == 422
    assert answer.json() == {"error": "page must be at least 1."}


def test_more_than_a_hundred_a_page_are_refused(api: Api):
    assert api.get("/v1/videos?per_page=101").json() == {"error": "per_page must be at most 100."}


def test_an_unknown_parameter_is_named(api: Api):
    answer = api.get("/v1/videos?pge=2")
    assert (answer.status_code, answer.json()) == (422, {"error": "pge is not known here."})


def test_sorting_by_update_moves_a_video_that_was_changed(api: Api):
    first, second = (
        video["hashed_id"] for video in api.get("/v1/videos?sort_by=updated&per_page=2").json()
    )
    api.patch(f"/v1/videos/{first}", json={"title": "Changed while you read"})
    assert api.get("/v1/videos?sort_by=updated&per_page=1").json()[0]["hashed_id"] == second
    newest = api.get("/v1/videos?sort_by=updated&order=desc&per_page=1").json()[0]
    assert newest["hashed_id"] == first


def test_a_video_that_has_not_changed_is_not_sent_again(api: Api):
    hashed = api.get("/v1/videos?per_page=1").json()[0]["hashed_id"]
    tag = api.get(f"/v1/videos/{hashed}").headers["etag"]
    again = api.get(f"/v1/videos/{hashed}", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    api.patch(f"/v1/videos/{hashed}", json={"title": "Another"})
    changed = api.get(f"/v1/videos/{hashed}", headers={"If-None-Match": tag})
    assert (changed.status_code, changed.json()["title"]) == (200, "Another")


def test_another_accounts_video_is_as_if_it_were_not_there(api: Api):
    other = api.served.practice.one(
        "SELECT hashed_id FROM videos WHERE account_id <> 228 AND deleted_at IS NULL"
    )
    assert other is not None
    foreign = api.get(f"/v1/videos/{other['hashed_id']}")
    nobody = api.get("/v1/videos/aaaaaaaaaa")
    assert foreign.status_code == nobody.status_code == 404
    assert (
        foreign.json()
        == nobody.json()
        == {
            "code": "not_found",
            "error": "There is no such object.",
        }
    )


def test_another_accounts_objects_are_not_there_whatever_they_are(api: Api):
    for table, path in (
        ("folders", "folders"), ("allowed_domains", "allowed_domains"), ("webhooks", "webhooks"),
        ("tokens", "tokens"), ("background_jobs", "background_jobs"),
    ):  # fmt: skip
        other = api.served.practice.one(f"SELECT id FROM {table} WHERE account_id <> 228")
        assert other is not None
        assert api.get(f"/v1/{path}/{other['id']}").status_code == 404, path


def test_what_is_in_no_form_of_a_number_is_not_there(api: Api):
    for odd in ("x", "0", "-1", "9" * 40, "1.5", "%00", "1e3"):
        assert api.get(f"/v1/folders/{odd}").status_code == 404, odd


def test_supports_own_tokens_are_in_no_customers_list(api: Api):
    names = [token["prefix"] for token in api.get("/v1/tokens").json()]
    assert names == ["lnt_pcc41w"]
    assert api.get("/v1/tokens/1").status_code == 404


def test_plays_answer_mistakes_as_problem_details(api: Api):
    answer = api.get("/v1/plays?limit=0")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 422
    assert answer.json()["errors"] == [{"parameter": "limit", "detail": "must be at least 1"}]
