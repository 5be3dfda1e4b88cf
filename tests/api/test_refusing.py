"""Refusing: bad tokens, plans, limits, sizes, and whatever callers make up."""

from __future__ import annotations

import contextlib
import json
import random
import socket
import threading
import time

import pytest

from .conftest import Api


def test_without_a_token_nothing_is_open(api: Api):
    answer = api.client("").get("/v1/videos")
    assert answer.status_code == 401
    assert answer.json()["code"] == "unauthorized_credentials"
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer x", "bearer lnt_pcc41w", "Basic YTpi", "", "Bearer ÿþ"]
)
def test_a_token_that_is_none_is_refused(api: Api, header: str):
    raw = header.encode("latin-1")
    answer = api.client("").get("/v1/videos", headers={b"Authorization": raw})
    assert answer.status_code == 401


def test_a_known_prefix_with_another_rest_is_refused(api: Api):
    forged = "lnt_desk0w" + "0" * 32
    assert api.client(forged).get("/v1/videos").status_code == 401


def test_the_plan_without_api_is_a_403_whatever_the_token_may(api: Api):
    answer = api.customer(805).get("/v1/videos")
    assert (answer.status_code, answer.json()["code"]) == (403, "plan_without_api")


def test_an_account_whose_bill_is_open_is_inactive(api: Api):
    api.served.practice.run("UPDATE accounts SET inactive = 1 WHERE id = ?", (228,))
    answer = api.get("/v1/videos")
    assert (answer.status_code, answer.json()["code"]) == (401, "account_inactive")


def test_a_token_without_the_scope_says_so(api: Api):
    answer = api.client(api.served.reading).post("/v1/folders", json={"name": "x"})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized_scope")


def test_the_old_parameter_opens_reading_alone_and_shows_in_the_log(api: Api):
    customer = api.customer(912)
    whole = customer.headers["authorization"].removeprefix("Bearer ")
    plain = api.client("")
    assert plain.get(f"/v1/videos?api_password={whole}&per_page=1").status_code == 200
    assert plain.post(f"/v1/folders?api_password={whole}", json={"name": "x"}).status_code == 401
    assert whole in api.log()[0]


def test_supports_own_token_is_in_no_log_and_no_state_even_as_the_old_parameter(api: Api):
    whole = api.served.reading
    assert api.client("").get(f"/v1/videos?api_password={whole}").status_code == 200
    api.get("/v1/videos")
    assert "lnt_desk0r..." in api.log()[0]
    for name in ("state.sqlite", "state.sqlite-wal", "access.log"):
        assert whole[10:].encode() not in (api.served.practice.folder / name).read_bytes()


def test_the_limit_holds_for_the_account_across_its_tokens(api: Api):
    api.switch("PUT", "limit", per_minute=4)
    customer = api.customer(912)
    for client in (api, customer, api, customer):
        assert client.get("/v1/account").status_code == 200
    refused = customer.get("/v1/account")
    assert refused.status_code == 429
    assert refused.headers["content-type"].startswith("text/plain")
    assert "4 a minute" in refused.text
    with pytest.raises(json.JSONDecodeError):
        refused.json()
    other = api.customer(808).get("/v1/account")
    assert other.status_code == 200


def test_who_waits_as_long_as_the_answer_says_is_served_again(api: Api):
    api.switch("PUT", "limit", per_minute=1)
    api.get("/v1/account")
    wait = int(api.get("/v1/account").headers["retry-after"])
    assert 1 <= wait <= 60
    api.sleep(wait - 1)
    assert api.get("/v1/account").status_code == 429
    api.sleep(1)
    assert api.get("/v1/account").status_code == 200


def test_the_usual_limit_is_600_a_minute(api: Api):
    answers = [api.get("/v1/account").status_code for _ in range(602)]
    assert answers.index(429) == 600


def test_a_body_above_a_megabyte_is_a_413(api: Api):
    large = b'{"name": "' + b"x" * 1_000_000 + b'"}'
    answer = api.post("/v1/folders", content=large)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")

    def in_pieces():
        for start in range(0, len(large), 50_000):
            yield large[start : start + 50_000]

    assert api.post("/v1/folders", content=in_pieces()).status_code == 413


def test_a_page_that_was_led_here_is_not_answered(api: Api):
    answer = api.get("/v1/videos", headers={"Host": "evil.example"})
    assert answer.status_code == 421


def test_the_switches_need_the_control_word(api: Api):
    for method, path, content in (
        ("POST", "reset", {}), ("PUT", "limit", {"per_minute": 1}), ("PUT", "faults", {}),
        ("POST", "stop", {}),
    ):  # fmt: skip
        answer = api.request(method, f"/practice/{path}", json=content)
        assert answer.status_code == 403, path
    assert api.client("").post("/practice/sleep", json={"seconds": 1}).status_code == 401
    assert api.post("/practice/sleep", json={"seconds": 1}).status_code == 200


def test_nothing_that_callers_make_up_is_a_500(api: Api):
    api.switch("PUT", "limit", per_minute=1_000_000)
    dice = random.Random(1)
    signs = [bytes([n]) for n in range(33, 256)] + [b"%00", b"%ff", b"%2f", b"?", b"&", b"="] * 8
    names = (b"If-None-Match", b"Content-Type", b"Idempotency-Key", b"User-Agent", b"Cookie",
             b"X-Lantern-Faul", b"Content-Encoding", b"Expect", b"Range", b"Host")  # fmt: skip
    nouns = (b"videos/", b"folders/1", b"plays", b"tokens?", b"webhooks/", b"allowed_domains", b"")
    methods = (b"GET", b"POST", b"PUT", b"PATCH", b"DELETE", b"HEAD", b"OPTIONS")
    seen = set()
    for _ in range(500):
        junk = b"".join(dice.choices(signs, k=dice.randint(1, 40)))
        host = b"Host: lantern\r\nAuthorization: Bearer " + api.served.writing.encode()
        head = (
            dice.choice(methods) + b" /v1/" + dice.choice(nouns) + junk + b" HTTP/1.1\r\n" + host
            + b"\r\n" + dice.choice(names) + b": " + junk + b"\r\nConnection: close\r\n"
            + b"Content-Length: %d\r\n\r\n" % len(junk)
        )  # fmt: skip
        with _plain(api) as line, contextlib.suppress(OSError):
            line.settimeout(5)
            line.sendall(head + junk)
            answer = line.recv(12)
            assert answer[:9] == b"HTTP/1.1 ", (head, answer)
            seen.add(int(answer[9:]))
    assert not any(status >= 500 for status in seen), seen
    assert {400, 404, 405, 422} <= seen


def test_a_head_that_is_no_http_does_not_end_the_server(api: Api):
    for junk in (b"\x00\xff\x16\x03\x01\r\n\r\n", b"GET / HTTP/1.1\r\nHost: \xff\r\n\r\n",
                 b"GET /v1/videos HTTP/1.1\r\n" + b"X: y\r\n" * 5_000 + b"\r\n"):  # fmt: skip
        with _plain(api) as line, contextlib.suppress(OSError):
            line.sendall(junk)
            line.settimeout(2)
            line.recv(100)
    assert api.get("/v1/account").status_code == 200


def test_a_client_that_hangs_up_in_mid_answer_harms_nobody(api: Api):
    head = f"GET /v1/videos?per_page=100 HTTP/1.1\r\nHost: lantern\r\nAuthorization: Bearer {api.served.writing}\r\n\r\n"  # noqa: E501
    for _ in range(20):
        with _plain(api) as line:
            line.sendall(head.encode())
    slow = b"POST /v1/folders HTTP/1.1\r\nHost: lantern\r\nContent-Length: 500\r\n\r\n{"
    with _plain(api) as line:
        line.sendall(slow)
    time.sleep(0.2)
    assert api.get("/v1/account").status_code == 200
    assert any(" 499 " in line for line in api.log())


def test_two_hundred_connections_at_once_are_all_answered(api: Api):
    api.switch("PUT", "limit", per_minute=1_000_000)
    lines = [_plain(api) for _ in range(200)]
    head = f"GET /v1/account HTTP/1.1\r\nHost: lantern\r\nAuthorization: Bearer {api.served.reading}\r\n\r\n"  # noqa: E501
    try:
        for line in lines:
            line.sendall(head.encode())
        for line in lines:
            line.settimeout(20)
            assert line.recv(100).startswith(b"HTTP/1.1 200")
    finally:
        for line in lines:
            line.close()


def test_many_writers_at_once_lose_nothing(api: Api):
    made: list[int] = []

    def write() -> None:
        client = api.client()
        made.extend(client.post("/v1/folders", json={"name": "x"}).json()["id"] for _ in range(10))

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 60


def _plain(api: Api) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    line.connect(str(api.served.socket))
    return line
