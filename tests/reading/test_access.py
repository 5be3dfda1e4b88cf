import pandas as pd
from tests.reading.conftest import Write

from champion.reading import access

OURS = (
    '203.0.113.141 - - [30/Mar/2026:17:04:11 +0000] "GET /v1/videos?page=1 HTTP/1.1" 200 18423 '
    '"-" "python-requests/2.31.0" 9f8e7d6c5b4a3921 0.137\n'
    '203.0.113.9 - - [30/Mar/2026:17:04:12 +0000] "GET /wp-login.php HTTP/1.1" 404 - '
    '"https://a.example/" "Mozilla/5.0 (X11)" - -\n'
)
COMMON = '::1 - frank [26/Dec/2025:16:16:29 +0200] "GET /favicon.ico HTTP/1.0" 404 209\n'
COMBINED = (
    '198.51.100.7 - - [01/Jan/2026:00:30:00 +0530] "POST /a%20b HTTP/2.0" 201 5 '
    '"https://a.example/?q=\\"x\\"" "Agent \\"7\\""\n'
)


def test_a_line_of_ours_has_every_part_with_its_type(write: Write) -> None:
    frame = access.read(write("access.log", OURS))
    first, second = frame.to_dict("records")
    assert list(frame.columns) == [
        *("client_ip", "user", "time", "method", "path", "protocol", "status", "bytes"),
        *("referer", "user_agent", "request_id", "upstream_s"),
    ]
    assert first["time"] == pd.Timestamp("2026-03-30 17:04:11", tz="UTC")
    assert (first["method"], first["path"]) == ("GET", "/v1/videos?page=1")
    assert (first["request_id"], first["upstream_s"]) == ("9f8e7d6c5b4a3921", 0.137)
    assert {name: str(kind) for name, kind in frame.dtypes.items()} | {} == {
        **dict.fromkeys(frame.columns, "str"),
        "time": "datetime64[us, UTC]",
        "status": "Int64",
        "bytes": "Int64",
        "upstream_s": "float64",
    }
    assert second["status"] == 404
    assert repr(frame.attrs["unread"]) == "every line was read"


def test_no_bytes_are_missing_not_zero(write: Write) -> None:
    frame = access.read(write("access.log", OURS))
    assert frame["bytes"].isna().tolist() == [False, True]
    assert frame["bytes"].sum() == 18423
    assert frame["request_id"].isna().tolist() == [False, True]


def test_common_and_combined_are_read_and_mixed(write: Write) -> None:
    frame = access.read(write("mixed.log", COMMON + COMBINED))
    assert frame["user"].tolist()[0] == "frank"
    assert frame["time"].tolist() == [
        pd.Timestamp("2025-12-26 14:16:29", tz="UTC"),
        pd.Timestamp("2025-12-31 19:00:00", tz="UTC"),
    ]
    assert frame["user_agent"].tolist()[1] == 'Agent \\"7\\"'
    assert "request_id" not in frame.columns
    assert len(frame.attrs["unread"]) == 0


def test_what_stands_before_and_after_the_usual_parts_is_kept(write: Write) -> None:
    usual = COMBINED.rstrip("\n")
    lines = f'shop.example {usual}\n10.0.0.2, 10.0.0.1, {usual}\n{usual} "192.0.2.1" gzip\n'
    frame = access.read(write("odd.log", lines))
    assert frame["client_ip"].tolist() == ["198.51.100.7"] * 3
    assert frame["before"].tolist()[:2] == ["shop.example", "10.0.0.2, 10.0.0.1,"]
    assert frame["rest"].tolist()[2] == '"192.0.2.1" gzip'
    assert len(frame.attrs["unread"]) == 0


def test_a_request_that_is_none_keeps_its_text(write: Write) -> None:
    line = '192.0.2.1 - - [30/Mar/2026:17:04:11 +0000] "{}" 400 0 "-" "-"\n'
    requests = ("\\x16\\x03\\x01", "-", "", "GET /", "GET /a b HTTP/1.1")
    frame = access.read(write("access.log", "".join(map(line.format, requests))))
    assert frame["path"].fillna("?").tolist() == ["\\x16\\x03\\x01", "?", "?", "/", "/a b"]
    assert frame["method"].fillna("?").tolist() == ["?", "?", "?", "GET", "GET"]


def test_a_line_that_cannot_be_read_is_counted_and_kept(write: Write) -> None:
    cut = OURS.splitlines()[0][:60]
    no_day = OURS.splitlines()[0].replace("30/Mar", "31/Feb")
    no_hour = OURS.splitlines()[0].replace(":17:04", ":24:04")
    spaced = COMMON.replace("frank", "Frank Nord").rstrip("\n")
    text = f"{OURS}{cut}\n\n{no_day}\n{no_hour}\n{spaced}\n{COMMON}"
    frame = access.read(write("access.log", text))
    unread = frame.attrs["unread"]
    assert [each.line for each in unread] == [3, 4, 5, 6, 7]
    assert unread[0] == ("access.log", 3, cut)
    assert len(frame) + unread.total == 8
    assert frame.attrs["remarks"] == (
        "5 lines could not be read: the first is line 3 of access.log. "
        'The result keeps what was left out in `.attrs["unread"]`.',
    )


def test_several_files_come_in_order_and_are_told_apart(write: Write) -> None:
    frame = access.read(write("access.log.1.gz", COMMON), write("access.log", OURS))
    assert frame["file"].tolist() == ["access.log.1.gz", "access.log", "access.log"]
    assert frame["time"].is_monotonic_increasing


def test_a_frame_goes_on_working_with_its_notes(write: Write) -> None:
    frame = access.read(write("access.log", OURS + "junk\n"))
    both = pd.concat([frame, frame])
    assert both.attrs["unread"].total == 1
    assert frame[frame["status"] == 404].attrs["unread"] is frame.attrs["unread"]
    table = pd.DataFrame(frame.attrs["unread"])
    assert table.to_dict("records") == [{"file": "access.log", "line": 3, "text": "junk"}]
