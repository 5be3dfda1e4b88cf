import base64
import copy
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.reading.conftest import Write

from champion.problems import Problem
from champion.reading import har
from champion.reading.redaction import HIDDEN, Redaction

COOKIE = "s3ss10n-Zq81mB77xKLw"
SECRETS = {
    "cookie": COOKIE,
    "bearer": "lnt_9f8e7d6c5b4a39210f1e",
    "basic": "YW5uYTpodW50ZXIyaHVudGVyMg==",
    "saml": "PHNhbWxwOlJlc3BvbnNlIElEPSJfMSI+",
    "code": "SplxlOBeZQQYbYS6WxSbIA",
    "state": "af0ifjsldkj-77",
    "password": "correct-horse-7",
    "api_key": "k-0a1b2c3d4e5f",
    "jwt": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
    "csrf": "c5rf-112233",
    "refresh": "r3fr3sh-445566",
}


def named(**values: str) -> list[dict[str, str]]:
    return [{"name": name.replace("_", "-"), "value": value} for name, value in values.items()]


def entry() -> dict[str, Any]:
    """One request, with a secret in every place that has room for one."""
    s = SECRETS
    inner = f"https%3A%2F%2Fapp.example%2Fcb%3Fcode%3D{s['code']}%26state%3D{s['state']}"
    page = (
        f'<input type="hidden" name="SAMLResponse" value="{s["saml"]}"/>'
        f"<input value='{s['saml']}' name=SAMLResponse>"
        f'<meta name="csrf-token" content="{s["csrf"]}">'
        f'<script>var csrfToken = "{s["csrf"]}"; boot({{\\"access_token\\":\\"{s["bearer"]}\\"}})'
        f"</script><a href='/x?a=1&amp;code={s['code']}'>next</a> {s['jwt']} {COOKIE}"
    )
    return {
        "pageref": "page_1",
        "startedDateTime": "2026-03-30T19:04:11.412+02:00",
        "time": 120.5,
        "request": {
            "method": "POST",
            "url": f"https://anna:pw-998877@app.example/cb?code={s['code']}&state={s['state']}"
            f"&page=2&next={inner}#access_token={s['bearer']}",
            "httpVersion": "HTTP/2",
            "cookies": named(lantern_session=COOKIE),
            "headers": named(
                Cookie=f"lantern_session={COOKIE}",
                Authorization=f"Bearer {s['bearer']}",
                Proxy_Authorization=f"Basic {s['basic']}",
                X_Api_Key=s["api_key"],
                Referer=f"https://app.example/cb?code={s['code']}",
                Accept="text/html",
            ),
            "queryString": named(code=s["code"], state=s["state"]),
            "postData": {
                "mimeType": "application/x-www-form-urlencoded",
                "text": f"SAMLResponse={s['saml']}&RelayState={s['state']}&password={s['password']}"
                "&email=anna%40customer.example",
            },
        },
        "response": {
            "status": 302,
            "statusText": "Found",
            "httpVersion": "HTTP/2",
            "cookies": named(lantern_session=COOKIE),
            "headers": named(
                Set_Cookie=f"lantern_session={COOKIE}; HttpOnly",
                Location=f"https://app.example/cb?state={s['state']}&code={s['code']}",
                X_Request_Id="9f8e7d6c5b4a3921",
                X_Echo=f"again {COOKIE}",
            ),
            "content": {"size": 900, "mimeType": "text/html", "text": page},
            "redirectURL": f"/cb?code={s['code']}",
            "bodySize": -1,
            "_error": f"at /cb?code={s['code']}",
        },
        "timings": {"blocked": -1, "dns": 1, "connect": -1, "send": 0.5, "wait": 100, "receive": 2},
        "serverIPAddress": "192.0.2.9",
    }


def text_of(*entries: Any, **log: Any) -> str:
    return json.dumps({"log": {"version": "1.2", "entries": list(entries), **log}})


def whole(frame: pd.DataFrame) -> str:
    """Everything a frame holds, its attrs too."""
    return "\n".join([*(str(each) for name in frame for each in frame[name]), str(frame.attrs)])


def test_a_request_is_a_row_with_its_types(write: Write) -> None:
    frame = har.read(write("a.har", text_of(entry())))
    row = frame.iloc[0]
    assert row["time"] == pd.Timestamp("2026-03-30 17:04:11.412", tz="UTC")
    assert str(frame["time"].dtype) == "datetime64[us, UTC]"
    assert str(frame["status"].dtype) == "Int64"
    assert (row["method"], row["status"], row["path"]) == ("POST", 302, "/cb")
    assert (row["wait_ms"], row["duration_ms"]) == (100, 120.5)
    assert pd.isna(row["blocked_ms"])
    assert pd.isna(row["bytes"])
    assert row["request_id"] == "9f8e7d6c5b4a3921"
    assert row["request_headers"]["accept"] == "text/html"
    assert row["host"] == "app.example"


@pytest.mark.parametrize("what", SECRETS)
def test_no_secret_is_in_sight(write: Write, what: str) -> None:
    seen = whole(har.read(write("a.har", text_of(entry()))))
    assert SECRETS[what] not in seen
    assert "pw-998877" not in seen
    assert HIDDEN in seen


@pytest.mark.parametrize("what", ["text/html", "application/json"])
def test_a_body_in_base64_hides_no_secret(write: Write, what: str) -> None:
    one = entry()
    body = json.dumps({"id_token": SECRETS["jwt"], "refresh_token": SECRETS["refresh"]})
    one["response"]["content"] = {
        "mimeType": what, "encoding": "base64", "text": base64.b64encode(body.encode()).decode()
    }  # fmt: skip
    seen = whole(har.read(write("a.har", text_of(one))))
    assert SECRETS["refresh"] not in seen
    assert base64.b64encode(body.encode()).decode()[:30] not in seen
    assert "refresh_token" in seen


def test_a_secret_of_the_last_request_is_hidden_in_the_first(write: Write) -> None:
    first, last = entry(), entry()
    first["request"]["url"] = f"https://app.example/reset/{COOKIE}-late/{SECRETS['jwt']}"
    last["request"]["headers"] = named(Cookie=f"x={COOKIE}-late")
    frame = har.read(write("a.har", text_of(first, last)))
    assert frame["url"][0] == f"https://app.example/reset/{HIDDEN}/{HIDDEN}"


def test_form_fields_and_parts_are_hidden_too(write: Write) -> None:
    fields, parts = entry(), entry()
    fields["request"]["postData"] = {
        "mimeType": "x", "params": named(code=SECRETS["code"], title="My video")
    }  # fmt: skip
    parts["request"]["postData"]["text"] = (
        '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n'
        f'{SECRETS["password"]}\r\n--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nMy'
        "\r\n--b--"
    )
    frame = har.read(write("a.har", text_of(fields, parts)))
    assert frame["request_body"][0] == f"code={HIDDEN}&title=My video"
    assert SECRETS["password"] not in frame["request_body"][1]
    assert 'name="title"\r\n\r\nMy' in frame["request_body"][1]


def test_what_support_needs_stays_in_sight(write: Write) -> None:
    one = entry()
    one["response"]["content"]["text"] = (
        '{"code": "plan_without_api", "error": "Your plan has no API.", "state":"failed", "n": 7}'
    )
    row = har.read(write("a.har", text_of(one))).iloc[0]
    assert row["response_body"] == one["response"]["content"]["text"]
    assert "page=2" in row["url"]
    assert "email=anna%40customer.example" in row["request_body"]
    assert row["request_cookies"] == {"lantern-session": HIDDEN}


def test_a_code_in_json_is_hidden_unless_it_is_a_plain_word() -> None:
    text = '{"code": "SplxlOBeZQQYbYS6", "state": "done", "otp": "991122"}'
    assert Redaction().text(text) == (f'{{"code": "{HIDDEN}", "state": "done", "otp": "{HIDDEN}"}}')


def test_redact_false_hides_nothing_and_says_so(write: Write) -> None:
    frame = har.read(write("a.har", text_of(entry())), redact=False)
    assert all(secret in whole(frame) for what, secret in SECRETS.items() if what != "refresh")
    assert frame.attrs["remarks"] == (
        "Nothing is redacted: cookies, tokens and passwords of a.har are in sight. "
        "Share none of it.",
    )
    assert frame.attrs["redacted"] is False


def test_a_byte_order_mark_gzip_and_no_pages_are_no_trouble(write: Write) -> None:
    text = text_of(entry(), pages=[])
    for name, content in (("a.har", "\ufeff" + text), ("a.har.gz", text)):
        assert len(har.read(write(name, content))) == 1
    one = entry()
    del one["pageref"]
    assert har.read(write("b.har", text_of(one)))["page"].isna().all()


def test_a_request_that_cannot_be_read_is_counted_without_its_secrets(write: Write) -> None:
    bad = entry()
    bad["response"]["status"] = "abc"
    bad["startedDateTime"] = "yesterday"
    frame = har.read(write("a.har", text_of(entry(), bad, 17, None, {}, {"request": 1})))
    assert len(frame) == 1
    assert [each.line for each in frame.attrs["unread"]] == [2, 3, 4, 5, 6]
    assert not [secret for secret in SECRETS.values() if secret in whole(frame)]
    assert frame.attrs["remarks"][0].startswith("5 requests could not be read: the first is")


def test_an_answer_that_never_came_is_a_row(write: Write) -> None:
    one = entry()
    one["response"] = {"status": 0, "statusText": "", "headers": [], "_error": "net::ERR_ABORTED"}
    row = har.read(write("a.har", text_of(one))).iloc[0]
    assert (row["status"], row["error"]) == (0, "net::ERR_ABORTED")
    del one["response"]
    assert har.read(write("b.har", text_of(one)))["status"].isna().all()


def test_a_har_that_breaks_off_gives_the_requests_before(write: Write) -> None:
    text = text_of(*(copy.deepcopy(entry()) for _ in range(3)))
    frame = har.read(write("cut.har", text[: len(text) - 200]))
    assert len(frame) == 2
    assert frame.attrs["remarks"] == (
        "cut.har is damaged or cut off: the 2 requests before the damage were read.",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<html>", "a.har is no HAR: it is not JSON."),
        ("{}", "a.har is JSON and no HAR: it has no log.entries."),
        ("[1]", "a.har is JSON and no HAR"),
        ('{"log": {"entries": {}}}', "a.har is JSON and no HAR"),
        ("", "a.har is empty."),
        ("[" * 100_000, "a.har is no HAR: it is not JSON."),
        ("\0\0\0", "a.har is empty."),
    ],
)
def test_what_is_no_har_is_one_line(write: Write, content: str, said: str) -> None:
    with pytest.raises(Problem) as problem:
        har.read(write("a.har", content))
    assert str(problem.value).startswith(said)


def test_a_har_without_requests_says_so(write: Write) -> None:
    frame = har.read(write("a.har", text_of()))
    assert (len(frame), frame.attrs["remarks"]) == (0, ("a.har holds no requests.",))


def test_a_har_too_large_to_hold_is_one_line(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("champion.reading.opening.MOST", 1_000_000)
    with pytest.raises(Problem, match=r"a\.har\.gz is too large to read whole"):
        har.read(write("a.har.gz", " " * 2_000_000))
