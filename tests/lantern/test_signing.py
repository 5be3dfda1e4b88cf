from __future__ import annotations

import hashlib
import hmac
import json

import pytest

from champion.lantern.dice import Dice
from champion.lantern.signing import body, secret, signature

EVENT = ("880f46e5-11c1-4bc9-a603-21a45f7ccc18", "video.ready", "2026-03-30T17:04:11.412Z")


def test_a_signature_is_the_hmac_of_time_full_stop_and_raw_body() -> None:
    by_hand = hmac.new(b"whsec_0123", b'1774889051.{"a":1}', hashlib.sha256).hexdigest()
    assert signature("whsec_0123", 1774889051, b'{"a":1}') == by_hand
    assert len(by_hand) == 64


def test_a_signature_changes_with_secret_time_and_every_byte() -> None:
    signed = {
        signature("a", 1, b"{}"),
        signature("b", 1, b"{}"),
        signature("a", 2, b"{}"),
        signature("a", 1, b"{ }"),
    }
    assert len(signed) == 4


def test_a_body_is_compact_and_keeps_letters_as_they_are() -> None:
    content = body(*EVENT, 210, "hpspring26", "Début · Spring", None)
    assert content == (
        b'{"uuid":"880f46e5-11c1-4bc9-a603-21a45f7ccc18","type":"video.ready",'
        b'"generated_at":"2026-03-30T17:04:11.412Z","account":210,'
        b'"video":{"hashed_id":"hpspring26","title":"D\xc3\xa9but \xc2\xb7 Spring","quality":null}}'
    )


def test_a_body_that_was_read_and_written_anew_has_another_signature() -> None:
    content = body(*EVENT, 210, "hpspring26", "Spring", "720p")
    again = json.dumps(json.loads(content)).encode()
    assert json.loads(again) == json.loads(content)
    assert signature("a", 1, again) != signature("a", 1, content)


@pytest.mark.parametrize("webhook", [801, 1001])
def test_every_webhook_of_every_company_has_a_secret_of_its_own(webhook: int) -> None:
    secrets = {secret(Dice(seed), number) for seed in (1, 2) for number in (webhook, webhook + 1)}
    assert len(secrets) == 4
    assert {len(each.removeprefix("whsec_")) for each in secrets} == {32}
    assert secret(Dice(1), webhook) == secret(Dice(1), webhook)
