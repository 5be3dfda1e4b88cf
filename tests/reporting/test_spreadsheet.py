"""CSV as a spreadsheet opens it."""

from __future__ import annotations

import csv
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from champion.reading import csvfile
from champion.reporting import spreadsheet

FORMULAS = ["=1+1", "+49 30 1234", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", "'=1"]
TURNED = ["2026", "007", "1e10", "00e5", "2026-03-01", "1/2", "12:30", "5 %", "-5", "1,5"]
PLAIN = [
    "Unboxing",
    "Lesson 2: First steps",
    "'Tis the season",
    "É",
    "a=b",
    "7 tips",
    "",
    '"Quotes"',
]


@pytest.mark.parametrize("title", [*FORMULAS, *TURNED])
def test_a_title_that_a_spreadsheet_would_run_or_turn_into_a_number_is_marked_as_text(title):
    assert spreadsheet.text(title) == f"'{title}"
    assert spreadsheet.plain(spreadsheet.text(title)) == title


@pytest.mark.parametrize("title", PLAIN)
def test_any_other_title_stays_as_it_is(title):
    assert spreadsheet.text(title) == title


@given(st.text())
def test_what_was_marked_can_always_be_had_back(title):
    marked = spreadsheet.text(title)
    assert spreadsheet.plain(marked) == title
    assert marked[:1] not in ("=", "+", "@")


@given(st.integers() | st.floats() | st.none())
def test_numbers_are_no_text(number):
    assert spreadsheet.text(number) is number


def test_the_file_has_a_mark_crlf_iso_days_and_decimal_points(tmp_path):
    frame = pd.DataFrame(
        {
            "day": [date(2026, 2, 1), date(2026, 2, 2)],
            "title": ["Café “Ipê”", 'Two\nlines, "quoted"'],
            "play_rate": [0.5, None],
            "plays": [1240, 0],
        }
    )
    spreadsheet.write(frame, tmp_path / "days.csv")
    content = (tmp_path / "days.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfday,title,play_rate,plays\r\n")
    assert "2026-02-01,Café “Ipê”,0.5,1240\r\n".encode() in content
    assert content.endswith(b'2026-02-02,"Two\nlines, ""quoted""",,0\r\n')


def test_our_own_reader_finds_nothing_wrong_with_it(tmp_path, asked):
    spreadsheet.write(asked(108, "2026-03").by_video, tmp_path / "videos.csv")
    told = csvfile.read(tmp_path / "videos.csv").attrs
    assert (told["encoding"], told["bom"], told["separator"]) == ("utf-8", True, ",")
    assert told["mojibake"] == 0


@pytest.mark.parametrize("name", ["by_day", "by_video"])
@pytest.mark.parametrize(
    ("account", "month"), [(105, "2026-03"), (108, "2026-02"), (104, "2026-02")]
)
def test_read_back_it_is_the_frame(tmp_path, asked, account, month, name):
    frame = getattr(asked(account, month), name)
    spreadsheet.write(frame, tmp_path / "it.csv")
    with (tmp_path / "it.csv").open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.DictReader(file))
    assert len(read) == len(frame) > 0
    for line, (_, row) in zip(read, frame.iterrows(), strict=True):
        assert list(line) == list(frame.columns)
        for column, value in row.items():
            if pd.isna(value):
                assert line[column] == ""
            elif isinstance(value, str):
                assert spreadsheet.plain(line[column]) == value
            elif isinstance(value, date):
                assert line[column] == value.isoformat()
            else:
                assert float(line[column]) == value
