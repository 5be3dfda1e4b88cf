"""The first, the last and the matching lines of a file, shown in full."""

from __future__ import annotations

import gzip
from pathlib import Path

import pandas as pd
import pytest

from champion.problems import Problem
from champion.reading import search
from champion.reading.lines import SHOWN, Lines

LONG = "a line " + "that goes on " * 30 + "to its end"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "app.log"
    path.write_text("".join(f"entry {n}\n" for n in range(1, 31)) + LONG + "\n", encoding="utf-8")
    return path


def test_the_first_and_the_last_lines_carry_their_numbers(log: Path) -> None:
    assert search.head(2, log)["text"].tolist() == ["entry 1", "entry 2"]
    assert search.tail(2, log)["line"].tolist() == [30, 31]
    assert len(search.head(0, log)) == len(search.tail(0, log)) == 0
    assert len(search.tail(500, log)) == 31


def test_lines_are_shown_whole_however_long_they_are(log: Path) -> None:
    assert repr(search.tail(1, log)) == f"31  {LONG}\n1 line"
    assert LONG in str(search.tail(1, log)._repr_html_())


def test_many_lines_are_cut_and_counted(log: Path) -> None:
    shown = repr(search.grep("entry", log)).splitlines()
    assert len(shown) == SHOWN + 1
    assert shown[0] == " 1  entry 1"
    assert shown[-1] == f"first {SHOWN} of 30 lines"
    assert repr(search.grep("nothing like this", log)) == "no lines"


def test_the_part_that_fits_alone_and_a_star_that_takes_too_much(log: Path) -> None:
    assert search.grep(r"en.*[0-9]", log, only=True)["text"].tolist()[:2] == ["entry 1", "entry 2"]
    assert search.grep("t.", log, only=True)["text"].tolist()[0] == "tr"


def test_lines_below_a_match_come_with_it_once(log: Path) -> None:
    found = search.grep("entry (3|4|9)$", log, after=2)
    assert found["line"].tolist() == [3, 4, 5, 6, 9, 10, 11]
    assert search.grep("to its end", log, after=5)["line"].tolist() == [31]


def test_a_packed_files_lines_say_where_they_stand(tmp_path: Path) -> None:
    packed = tmp_path / "app.log.1.gz"
    packed.write_bytes(gzip.compress(b"one\ntwo\n"))
    assert repr(search.grep("two", packed)) == "app.log.1.gz:2  two\n1 line"


def test_markup_in_a_line_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_text("<script>alert(1)</script>\n", encoding="utf-8")
    assert "<script>" not in str(search.head(1, path)._repr_html_())


def test_the_lines_are_a_frame_like_any_other(log: Path) -> None:
    found = search.grep("entry", log)
    assert isinstance(found, pd.DataFrame)
    assert isinstance(found.tail(3), Lines)
    assert "entry 30" in repr(found.tail(3))
    assert "file" not in repr(found[["line", "text"]]).splitlines()[0]
    assert found.groupby("file").size().tolist() == [30]


def test_a_pattern_that_is_none_is_one_line(log: Path) -> None:
    with pytest.raises(Problem, match="no regular expression") as told:
        search.grep("(", log)
    assert "\n" not in str(told.value)
