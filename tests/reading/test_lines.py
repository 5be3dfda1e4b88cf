"""JSON lines, tabular logs and workers' logs."""

import json

import pandas as pd
from tests.reading.conftest import Write

from champion.reading import jsonlines, tabular, worker

APP = (
    '{"time":"2026-03-30T17:04:11.412Z","level":"WARNING","account_id":228,"ms":4,"ok":true}\n'
    '{"time":"2026-03-30T17:04:12.000Z","level":"INFO","request":{"path":"/v1","ids":[1,2]}}\n'
)
CDN = (
    "#Version: 1.0\n#Fields: time\tedge\tstatus\tttfb_ms\tbytes\treferer\tvideo_id\n"
    "2026-03-30T17:04:11Z\tfra2\t200\t23\t812344\thttps://a.example/x y\t0042\n"
    "2026-03-30T17:04:12Z\tlhr1\t403\t1\t-\t-\t0043\n"
)
W3C = (
    "#Software: Microsoft Internet Information Services 10.0\n"
    "#Fields: date time c-ip cs-uri-stem sc-status cs(User-Agent)\n"
    "2026-03-30 17:04:11 192.0.2.7 /a 200 Mozilla/5.0+(X11)\n"
    '2026-03-30 17:04:12 192.0.2.8 "/a b" 200 -\n'
    "#Fields: date time c-ip sc-status time-taken\n"
    "2026-03-30 17:05:00 192.0.2.9 500 31\n"
)
WORKER = (
    "2026-03-30 19:06:02,118 INFO     [encoder-3] encode 48211 started: video=hpspring26\n"
    "2026-03-30 19:06:41,530 ERROR    [encoder-3] encode 48211 failed: worker_lost\n"
    "Traceback (most recent call last):\n"
    '  File "/srv/encoder/run.py", line 118, in run\n'
    "\n"
    "WorkerLost: gone\n"
    "2026-03-29 02:30:00,000 WARNING  [jobs-1] the queue is long\n"
)


def kinds(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(kind) for name, kind in frame.dtypes.items()}


def test_every_key_is_a_column_and_nested_ones_have_dots(write: Write) -> None:
    frame = jsonlines.read(write("app.jsonl", APP))
    assert kinds(frame) == {
        "time": "datetime64[us, UTC]", "level": "str", "account_id": "Int64", "ms": "Int64",
        "ok": "boolean", "request.path": "str", "request.ids": "object",
    }  # fmt: skip
    assert frame["time"][0] == pd.Timestamp("2026-03-30 17:04:11.412", tz="UTC")
    assert frame["account_id"].isna().tolist() == [False, True]
    assert frame["request.ids"][1] == [1, 2]


def test_junk_in_json_lines_is_counted_and_kept(write: Write) -> None:
    junk = [
        '{"time":"2026-03-30T17:0',
        "urllib3 warns: pool is full",
        "",
        "17",
        "[1]",
        "[" * 99_999,
    ]
    frame = jsonlines.read(write("app.jsonl", APP + "\n".join(junk)))
    unread = frame.attrs["unread"]
    assert [each.line for each in unread] == [3, 4, 5, 6, 7, 8]
    assert unread[1].text == "urllib3 warns: pool is full"
    assert len(frame) == 2


def test_a_time_that_is_none_costs_one_line_not_the_column(write: Write) -> None:
    bad = '{"time":"yesterday","level":"INFO"}\n{"time":"2026-02-30T10:00:00Z","level":"INFO"}\n'
    frame = jsonlines.read(write("app.jsonl", APP * 2 + bad))
    assert kinds(frame)["time"] == "datetime64[us, UTC]"
    assert [each.line for each in frame.attrs["unread"]] == [5, 6]
    assert "yesterday" in frame.attrs["unread"][0].text


def test_times_without_an_offset_stay_without_one(write: Write) -> None:
    frame = jsonlines.read(write("a.jsonl", '{"at":"2026-03-30 17:04:11"}\n'))
    assert kinds(frame) == {"at": "datetime64[us]"}


def test_two_keys_that_come_to_one_name_are_both_kept(write: Write) -> None:
    frame = jsonlines.read(write("a.jsonl", '{"a.b": 1, "a": {"b": 2}}\n'))
    assert frame.to_dict("records") == [{"a.b": 1, "a.b_2": 2}]


def test_numbers_beyond_64_bits_and_mixed_kinds_change_nothing(write: Write) -> None:
    rows = [{"big": 2**70, "mixed": [1], "half": 1}, {"big": 1, "mixed": "x", "half": 0.5}]
    frame = jsonlines.read(write("a.jsonl", "\n".join(map(json.dumps, rows))))
    assert frame["big"].tolist() == [2**70, 1]
    assert frame["mixed"].tolist() == [[1], "x"]
    assert kinds(frame)["half"] == "float64"


def test_a_key_with_numbers_and_text_makes_two_typed_columns(write: Write) -> None:
    rows = [{"status": 503, "status_text": "x"}, {"status": "finished"}, {"other": 1}]
    frame = jsonlines.read(write("a.jsonl", "\n".join(map(json.dumps, rows))))
    assert kinds(frame) == {
        "status": "Int64", "status_text_2": "str", "status_text": "str", "other": "Int64"
    }  # fmt: skip
    assert frame["status"].sum() == 503
    assert frame["status_text_2"].dropna().tolist() == ["finished"]


def test_the_edge_log_is_typed_and_its_ids_stay_text(write: Write) -> None:
    frame = tabular.read(write("cdn.tsv", CDN))
    assert kinds(frame) == {
        "time": "datetime64[us, UTC]", "edge": "str", "status": "Int64", "ttfb_ms": "Int64",
        "bytes": "Int64", "referer": "str", "video_id": "str",
    }  # fmt: skip
    assert frame["bytes"].isna().tolist() == [False, True]
    assert frame["video_id"].tolist() == ["0042", "0043"]
    assert frame["referer"][0] == "https://a.example/x y"


def test_w3c_extended_has_one_time_in_utc_and_may_change_its_fields(write: Write) -> None:
    frame = tabular.read(write("u_ex.log", W3C))
    assert frame["time"].tolist() == [
        pd.Timestamp(f"2026-03-30 {clock}", tz="UTC") for clock in ("17:04:11", "17:04:12", "17:05")
    ]
    assert "date" not in frame.columns
    assert frame["cs-uri-stem"].fillna("?").tolist() == ["/a", "/a b", "?"]
    assert frame["time-taken"].tolist()[2] == 31
    assert frame["sc-status"].sum() == 900


def test_a_row_with_too_few_or_too_many_fields_is_unread(write: Write) -> None:
    frame = tabular.read(write("cdn.tsv", CDN + "2026-03-30T17:04:13Z\tfra2\n" + "a\t" * 9 + "\n"))
    assert [each.line for each in frame.attrs["unread"]] == [5, 6]
    assert len(frame) == 2


def test_a_table_that_names_no_fields_says_what_reads_it(write: Write) -> None:
    frame = tabular.read(write("a.tsv", "time\tedge\n1\t2\n"))
    assert len(frame) == 0
    assert frame.attrs["unread"].total == 2
    assert any("has no `#Fields:` line" in each for each in frame.attrs["remarks"])


def test_a_workers_entry_is_one_row_with_its_trace(write: Write) -> None:
    frame = worker.read(write("worker.log", WORKER))
    assert kinds(frame) == {
        "local_time": "datetime64[us]", "level": "str", "worker": "str", "job_kind": "str",
        "job_id": "Int64", "message": "str", "trace": "str",
    }  # fmt: skip
    failed = frame.iloc[1]
    assert (failed["level"], failed["worker"], failed["job_id"]) == ("ERROR", "encoder-3", 48211)
    assert failed["job_kind"] == "encode"
    assert failed["trace"].splitlines()[0] == "Traceback (most recent call last):"
    assert failed["trace"].endswith("\nWorkerLost: gone")
    assert frame["trace"].isna().tolist() == [True, False, True]
    assert frame["job_id"].isna().tolist() == [False, False, True]


def test_an_hour_that_the_wall_clock_skipped_is_read_as_written(write: Write) -> None:
    frame = worker.read(write("worker.log", WORKER))
    assert frame["local_time"][2] == pd.Timestamp("2026-03-29 02:30:00")
    assert frame["local_time"][0] == pd.Timestamp("2026-03-30 19:06:02.118")


def test_a_trace_whose_beginning_was_rotated_away_is_unread(write: Write) -> None:
    frame = worker.read(
        write("worker.log.1.gz", WORKER), write("worker.log", f"  File “x”, line 1\n{WORKER}")
    )
    assert [tuple(each[:2]) for each in frame.attrs["unread"]] == [("worker.log", 1)]
    assert len(frame) == 6
    assert set(frame["file"]) == {"worker.log.1.gz", "worker.log"}
