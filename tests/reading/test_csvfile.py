import pandas as pd
import pytest
from tests.reading.conftest import Write

from champion.reading import csvfile

ROWS = "id,title,plays,share,day,seen_at\n007,Café,12,0.5,2026-03-30,2026-03-30T10:00:00+02:00\n"


def test_columns_have_their_proper_types(write: Write) -> None:
    frame = csvfile.read(write("a.csv", ROWS + "008,,,1,2026-03-31,2026-03-30T10:00:00Z\n"))
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "id": "str", "title": "str", "plays": "Int64", "share": "float64",
        "day": "datetime64[us]", "seen_at": "datetime64[us, UTC]",
    }  # fmt: skip
    assert frame["id"].tolist() == ["007", "008"]
    assert frame["plays"].isna().tolist() == [False, True]
    assert frame["seen_at"][0] == pd.Timestamp("2026-03-30 08:00", tz="UTC")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(write: Write, separator: str) -> None:
    text = ROWS.replace(",", separator) + separator.join(['"a;b,c"', "x", "1", "2", "", ""])
    frame = csvfile.read(write("a.csv", text + "\n"))
    assert frame.attrs["separator"] == separator
    assert frame["id"].tolist() == ["007", "a;b,c"]


def test_the_separator_that_excel_writes_down_is_obeyed(write: Write) -> None:
    frame = csvfile.read(write("a.csv", "sep=;\nname;note\nA;1,5\nB;2,5\n"))
    assert frame.to_dict("list") == {"name": ["A", "B"], "note": ["1,5", "2,5"]}


@pytest.mark.parametrize(
    ("content", "encoding", "bom"),
    [
        (ROWS.encode(), "utf-8", False),
        (b"\xef\xbb\xbf" + ROWS.encode(), "utf-8", True),
        (("\ufeff" + ROWS).encode("utf-16-le"), "utf-16", True),
        (ROWS.encode("cp1252"), "cp1252", False),
    ],
)
def test_encoding_and_byte_order_mark_are_told(
    write: Write, content: bytes, encoding: str, bom: bool
) -> None:
    frame = csvfile.read(write("a.csv", content))
    assert (frame.attrs["encoding"], frame.attrs["bom"]) == (encoding, bom)
    assert frame["title"].tolist() == ["Café"]
    assert frame.columns[0] == "id"
    assert any("cp1252" in each for each in frame.attrs["remarks"]) == (encoding == "cp1252")


def test_mojibake_is_said_and_left_as_it_is(write: Write) -> None:
    mangled = "title,who\nCafÃ©,RenÃ©e\nItâ€™s,Ok\nfine é ‚Äo,à la carte\n"
    frame = csvfile.read(write("a.csv", mangled))
    assert frame.attrs["mojibake"] == 3
    assert frame["title"].tolist()[:2] == ["CafÃ©", "Itâ€™s"]
    assert frame.attrs["remarks"] == (
        "3 fields of a.csv look like UTF-8 that was once read as cp1252 (“Ã©” for “é”). "
        "They are left as they are.",
    )
    assert (
        csvfile.read(write("b.csv", "title\nCafé Ångström “quoted” naïve\n")).attrs["remarks"] == ()
    )


def test_a_quoted_field_may_span_lines(write: Write) -> None:
    frame = csvfile.read(write("a.csv", 'a,b\r\n"x\r\ny","say ""hi"""\r\n1,2\r\n'))
    assert frame["a"].tolist() == ["x\ny", "1"]
    assert frame["b"].tolist() == ['say "hi"', "2"]


def test_an_unclosed_quotation_mark_costs_one_line(write: Write) -> None:
    rows = [f"{number},fine" for number in range(5_000)]
    rows[10] = '10,"oops'
    frame = csvfile.read(write("a.csv", "\n".join(["a,b", *rows])))
    assert [each.line for each in frame.attrs["unread"]] == [12]
    assert len(frame) == 4_999


def test_rows_of_another_length_are_counted(write: Write) -> None:
    frame = csvfile.read(write("a.csv", "a,b,c\n1,2,3\n1,2,3,4\n1\n\n"))
    assert [tuple(each) for each in frame.attrs["unread"]] == [("a.csv", 3, "1,2,3,4")]
    assert frame["a"].tolist() == [1, 1]
    assert (
        "1 row of a.csv end early: what is missing there is missing here."
        in (frame.attrs["remarks"])
    )


def test_columns_without_a_name_or_with_one_twice_get_one(write: Write) -> None:
    assert list(csvfile.read(write("a.csv", "a,,a\n1,2,3\n")).columns) == ["a", "column_2", "a_2"]


def test_nul_bytes_and_an_empty_file_are_no_crash(write: Write) -> None:
    assert csvfile.read(write("a.csv", b"a,b\n1,x\0y\n")).shape == (1, 2)
    empty = csvfile.read(write("b.csv", ""))
    assert (empty.shape, empty.attrs["remarks"]) == ((0, 0), ("b.csv is empty.",))
    assert csvfile.read(write("c.csv", "a,b\n")).shape == (0, 2)
