"""Deliveries: webhooks that really arrive, signed, again, late, and not at all."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections import Counter
from typing import Any

import pytest

from champion.desk.webhooks import Caught, Listener, listen
from champion.problems import Problem

from .conftest import Api


def hook(api: Api, listener: Listener, *types: str) -> dict[str, Any]:
    made = api.post("/v1/webhooks", json={"url": listener.url, "event_types": types or ["*"]})
    assert made.status_code == 201, made.text
    told: dict[str, Any] = made.json()
    return told


def upload(api: Api, webhook: dict[str, Any]) -> list[str]:
    hashed = api.get("/v1/videos?per_page=1").json()[0]["hashed_id"]
    answer = api.post(f"/v1/webhooks/{webhook['id']}/test", json={"hashed_id": hashed})
    assert answer.status_code == 202, answer.text
    uuids: list[str] = answer.json()
    return uuids


def uuid(caught: Caught) -> str:
    found: str = json.loads(caught.body)["uuid"]
    return found


def test_an_upload_is_told_in_five_events_signed_on_the_raw_bytes(api: Api):
    with listen() as listener:
        webhook = hook(api, listener)
        told = upload(api, webhook)
        api.sleep(120)
        caught = listener.wait(5)
    assert {uuid(each) for each in caught} == set(told)
    for each in caught:
        parts = dict(part.split("=", 1) for part in each.headers["Lantern-Signature"].split(","))
        signed = parts["t"].encode() + b"." + each.body
        right = hmac.new(webhook["secret"].encode(), signed, hashlib.sha256).hexdigest()
        assert hmac.compare_digest(parts["v1"], right)
        reread = json.dumps(json.loads(each.body)).encode()
        assert reread != each.body
    kinds = [json.loads(each.body)["type"] for each in caught]
    assert set(kinds) == {"video.created", "video.rendition_ready", "video.ready"}


def test_they_arrive_without_anybody_moving_the_clock(api: Api):
    with listen() as listener:
        upload(api, hook(api, listener, "video.created"))
        assert len(listener.wait(1, seconds=5)) >= 1


def test_only_what_was_asked_for_is_told(api: Api):
    with listen() as listener:
        upload(api, hook(api, listener, "video.ready"))
        api.sleep(300)
        kinds = {json.loads(each.body)["type"] for each in listener.caught}
    assert kinds == {"video.ready"}


def test_some_come_twice_and_some_out_of_order_and_the_same_twice_on_every_run(api: Api):
    def run() -> list[str]:
        api.switch("POST", "reset")
        with listen() as listener:
            webhook = hook(api, listener)
            for _ in range(8):
                upload(api, webhook)
                api.sleep(1)
            api.sleep(300)
            return [uuid(each) for each in listener.caught]

    order = run()
    assert len(order) > len(set(order)) == 40
    at = [json_time(api, each) for each in dict.fromkeys(order)]
    assert at != sorted(at)
    assert Counter(run()) == Counter(order)  # real time has a say in their order


def json_time(api: Api, uuid: str) -> str:
    row = api.served.practice.one("SELECT generated_at FROM webhook_events WHERE uuid = ?", uuid)
    assert row is not None
    when: str = row["generated_at"]
    return when


def test_a_failed_one_is_sent_again_after_the_waits_and_five_times_at_most(api: Api):
    with listen(status=500) as listener:
        webhook = hook(api, listener, "video.created")
        upload(api, webhook)
        sent = []
        for wait in (30, 61, 601, 3_601, 21_601, 86_400):
            api.sleep(wait)
            sent.append(len(listener.caught))
        listed = api.get(f"/v1/webhooks/{webhook['id']}/deliveries").json()
    assert sent == [1, 2, 3, 4, 5, 5]
    assert [each["attempt"] for each in listed] == [1, 2, 3, 4, 5]
    assert {(each["status"], each["failure"]) for each in listed} == {(500, "server_error")}
    assert len({each["event"] for each in listed}) == 1
    assert [each["sent_at"] for each in listed] == sorted(each["sent_at"] for each in listed)


def test_a_redirect_is_not_followed(api: Api):
    with listen(status=301) as listener:
        webhook = hook(api, listener, "video.created")
        upload(api, webhook)
        api.sleep(30)
        listed = api.get(f"/v1/webhooks/{webhook['id']}/deliveries").json()
    assert [(each["status"], each["failure"]) for each in listed] == [(301, "redirect")]
    assert {each.path for each in listener.caught} == {"/hook"}


def test_after_twelve_hours_without_success_it_is_switched_off(api: Api):
    with listen(status=500) as listener:
        webhook = hook(api, listener, "video.created")
        upload(api, webhook)
        api.sleep(13 * 3_600)
        upload(api, webhook)
        api.sleep(30)
        shown = api.get(f"/v1/webhooks/{webhook['id']}").json()
        assert shown["disabled_reason"] == "failing"
        caught = len(listener.caught)
        refused = api.post(f"/v1/webhooks/{webhook['id']}/test", json={"hashed_id": "a" * 10})
        assert refused.status_code == 409
        listener.status = 200
        api.patch(f"/v1/webhooks/{webhook['id']}", json={"enabled": True})
        upload(api, webhook)
        api.sleep(30)
        assert len(listener.caught) == caught + 1


def test_nobody_but_loopback_is_ever_asked(api: Api, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("httpx.AsyncClient.post", pytest.fail)
    made = api.post("/v1/webhooks", json={"url": "https://hooks.north.example/x"}).json()
    upload(api, made)
    api.sleep(30)
    listed = api.get(f"/v1/webhooks/{made['id']}/deliveries").json()
    assert {each["failure"] for each in listed} == {"connection_refused"}


def test_a_receiver_that_is_gone_does_not_stop_the_others(api: Api):
    gone = listen()
    first = hook(api, gone, "video.created")
    gone.close()
    with listen() as listener:
        hook(api, listener, "video.created")
        upload(api, first)
        api.sleep(30)
        assert len(listener.caught) == 1


def test_one_that_is_switched_off_or_removed_gets_nothing_of_what_was_waiting(api: Api):
    with listen(status=500) as listener:
        first, second = hook(api, listener, "video.ready"), hook(api, listener, "video.ready")
        upload(api, first)
        api.sleep(30)
        caught = len(listener.caught)
        assert caught == 2
        api.patch(f"/v1/webhooks/{first['id']}", json={"enabled": False})
        api.delete(f"/v1/webhooks/{second['id']}")
        made = hook(api, listener, "video.deleted")
        assert made["id"] == second["id"]
        api.patch(f"/v1/webhooks/{first['id']}", json={"enabled": True})
        api.sleep(3_600)
        assert len(listener.caught) == caught
        assert api.get(f"/v1/webhooks/{made['id']}/deliveries").json() == []


def test_archiving_a_video_is_told(api: Api):
    with listen() as listener:
        hook(api, listener, "video.deleted")
        hashed = api.get("/v1/videos?per_page=1").json()[0]["hashed_id"]
        api.put(f"/v1/videos/{hashed}/archive")
        api.sleep(30)
        assert json.loads(listener.caught[0].body)["video"]["hashed_id"] == hashed


def test_after_a_reset_old_events_are_not_told(api: Api):
    with listen() as listener:
        upload(api, hook(api, listener))
        api.switch("POST", "reset")
        before = len(listener.caught)
        api.sleep(86_400)
        time.sleep(0.1)
        assert len(listener.caught) - before <= 1


def test_what_was_caught_shows_its_bytes_and_headers(api: Api):
    with listen() as listener:
        upload(api, hook(api, listener, "video.created"))
        api.sleep(30)
        shown = repr(listener.caught[0])
    assert "Lantern-Signature: t=" in shown
    assert "POST /hook" in shown
    assert 'b\'{"uuid":' in shown


def test_waiting_in_vain_says_so():
    with listen() as listener, pytest.raises(Problem, match="0 of 1 deliveries"):
        listener.wait(1, seconds=0.05)
