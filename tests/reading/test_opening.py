import gzip
import os
import tracemalloc
from pathlib import Path

import pytest
from tests.reading.conftest import Write

from champion.problems import Problem
from champion.reading import access, jsonlines, opening, search
from champion.reading.unread import KEPT, Notes


def lines(path: Path) -> tuple[list[str], list[str]]:
    notes = Notes()
    read = [line for block in opening.blocks(path, notes) for line in block.lines]
    return read, list(notes.close(access.read(path)).attrs["remarks"])


def test_a_file_is_unpacked_by_its_content_not_its_name(write: Write, tmp_path: Path) -> None:
    assert lines(write("a.log.1.gz", "one\ntwo\n"))[0] == ["one", "two"]
    named_wrongly = tmp_path / "b.log"
    named_wrongly.write_bytes(gzip.compress(b"one\n") + gzip.compress(b"two\n"))
    assert lines(named_wrongly)[0] == ["one", "two"]


def test_a_truncated_gzip_gives_what_is_there_and_says_so(write: Write, tmp_path: Path) -> None:
    packed = write("a.log.gz", "".join(f"line {number}\n" for number in range(50_000)))
    cut = tmp_path / "cut.log.gz"
    cut.write_bytes(packed.read_bytes()[:-40_000])
    read, remarks = lines(cut)
    assert 1_000 < len(read) < 50_000
    assert read[:2] == ["line 0", "line 1"]
    assert "cut.log.gz is cut off: its end is missing, and what is there was read." in remarks


def test_a_damaged_gzip_gives_what_comes_before_the_damage(write: Write, tmp_path: Path) -> None:
    data = bytearray(write("a.log.gz", os.urandom(200_000).hex() + "\n").read_bytes())
    data[100_000:100_100] = b"\xff" * 100
    (tmp_path / "bad.log.gz").write_bytes(data)
    assert (
        "bad.log.gz is damaged: what comes before the damage was read."
        in (lines(tmp_path / "bad.log.gz")[1])
    )


def test_line_ends_may_be_mixed(write: Write) -> None:
    assert lines(write("a.log", b"one\r\ntwo\nthree\rfour\r\n\nsix"))[0] == [
        *("one", "two", "three", "four", "", "six")
    ]


def test_line_ends_may_fall_between_two_pieces(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "ab\r\ncd\r\n\r\nefg\rh\ni"
    for size in range(1, 12):
        monkeypatch.setattr(opening, "CHUNK", size)
        assert lines(write("a.log", text))[0] == ["ab", "cd", "", "efg", "h", "i"], size


def test_invalid_utf8_is_kept_with_signs_and_counted(write: Write) -> None:
    read, remarks = lines(write("a.log", b"caf\xe9 one\nfine \xc3\xa9\nx\xff\xfe\n"))
    assert read == ["caf� one", "fine é", "x��"]
    assert "2 lines of a.log hold bytes that are not UTF-8; each shows as �." in remarks


def test_a_byte_order_mark_is_no_letter_and_utf16_is_told(write: Write) -> None:
    assert lines(write("a.log", "\ufeffone\n"))[0] == ["one"]
    for encoding in ("utf-16-le", "utf-16-be"):
        wide = "\ufeffone é\r\ntwo\r\n".encode(encoding)
        assert lines(write("b.log", wide))[0] == ["one é", "two"]


def test_nul_bytes_hide_no_line(write: Write) -> None:
    nul = b"\0" * 3_000_000
    read, remarks = lines(write("a.log", b"one\n" + nul + b"two\nth\0ree\n"))
    assert read == ["one", "two", "th�ree"]
    assert any("hold NUL bytes" in each or "holds NUL bytes" in each for each in remarks)


def test_a_run_of_nul_bytes_over_several_pieces_hides_no_line(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "CHUNK", 1_000_000)
    assert lines(write("a.log", b"one\n" + b"\0" * 5_000_000 + b"two\n"))[0] == ["one", "two"]


def test_a_line_of_200_megabytes_is_cut_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "one-line.log.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        file.write(b"\nnext\n")
    tracemalloc.start()
    read, notes = [], Notes()
    for block in opening.blocks(path, notes):
        read += block.lines
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [len(each) for each in read] == [opening.LONGEST, 4]
    assert peak < 60_000_000


def test_many_unread_lines_are_counted_and_some_kept(write: Write) -> None:
    frame = jsonlines.read(write("a.jsonl", "no\n" * (KEPT + 5)))
    assert frame.attrs["unread"].total == KEPT + 5
    assert len(frame.attrs["unread"]) == KEPT
    assert repr(frame.attrs["unread"]).endswith("… and 5 more")


def test_an_unread_line_is_cut_to_a_length_one_can_read(write: Write) -> None:
    unread = jsonlines.read(write("a.jsonl", "z" * 5_000)).attrs["unread"]
    assert unread[0].text == "z" * 200 + "…"


def test_an_empty_file_is_said_to_be_empty(write: Write) -> None:
    frame = access.read(write("access.log", ""))
    assert len(frame) == 0
    assert "status" in frame.columns
    assert frame.attrs["remarks"] == ("access.log is empty.",)
    assert len(access.read(write("access.log.1.gz", ""))) == 0


def test_a_path_that_is_not_there_suggests_near_names(write: Write, tmp_path: Path) -> None:
    write("access.log", "")
    with pytest.raises(Problem, match=r"There is no file acess\.log in .*Did you mean access\.log"):
        access.read(tmp_path / "acess.log")


def test_a_folder_is_no_file_and_names_some(write: Write, tmp_path: Path) -> None:
    write("access.log", "")
    with pytest.raises(Problem, match=r"is a folder\. Name a file in it, such as access\.log\."):
        access.read(tmp_path)


def test_an_odd_path_is_one_line(tmp_path: Path) -> None:
    for path in (Path("a\0b"), tmp_path / ("x" * 5_000)):
        with pytest.raises(Problem):
            access.read(path)


@pytest.mark.skipif(os.name == "nt", reason="rights work differently on Windows")
def test_a_file_without_permission_is_one_line(write: Write, as_nobody) -> None:  # type: ignore[no-untyped-def]
    path = write("secret.log", "x")
    path.chmod(0)
    with as_nobody(), pytest.raises(Problem, match=r"secret\.log may not be read"):
        access.read(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Problem, match="not an ordinary file"):
        access.read(tmp_path / "pipe")


def test_lines_are_found_by_a_pattern_in_packed_files_too(write: Write) -> None:
    older, current = write("a.log.1.gz", "x 503 y\nfine\n"), write("a.log", "ok\nz 503 \n")
    found = search.grep(" 503 ", older, current)
    assert found.to_dict("records") == [
        {"file": "a.log.1.gz", "line": 1, "text": "x 503 y"},
        {"file": "a.log", "line": 2, "text": "z 503 "},
    ]
    assert list(search.grep("nowhere", current).columns) == ["file", "line", "text"]


def test_a_pattern_that_is_none_is_one_line(write: Write) -> None:
    with pytest.raises(Problem, match=r"'\(' is no regular expression"):
        search.grep("(", write("a.log", ""))
