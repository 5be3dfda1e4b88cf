"""Opening a file of any kind: packed or not, any line ends, any encoding, in bounded memory."""

from __future__ import annotations

import codecs
import difflib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from champion.problems import Problem
from champion.reading.unread import Notes

CHUNK = 1 << 22
"""Bytes that are looked at in one go."""
LONGEST = 1_000_000
"""A longer line is cut to so many bytes."""
MOST = 512 * 1024 * 1024
"""A file that has to be held whole may come to so many bytes, unpacked."""
_GZIP = b"\x1f\x8b"
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

_SAID = {
    "invalid": (
        "holds bytes that are not UTF-8; each shows as �",
        "hold bytes that are not UTF-8; each shows as �",
    ),
    "nul": (
        "holds NUL bytes, as a crash or a full disk leaves them",
        "hold NUL bytes, as a crash or a full disk leaves them",
    ),
    "cut": (
        f"is longer than {LONGEST:,} bytes and was cut there",
        f"are longer than {LONGEST:,} bytes and were cut there",
    ),
}


@dataclass(frozen=True)
class Block:
    """Some whole lines of a file, without their ends; `first` is the first one's number."""

    first: int
    lines: list[str]


@dataclass(frozen=True)
class Text:
    """A whole file as text: its encoding by name, and whether a byte-order mark led it."""

    text: str
    encoding: str
    bom: bool


def blocks(path: Path, notes: Notes) -> Iterator[Block]:
    """The lines of a text file, plain or gzipped, a few megabytes at a time.

    Line ends may be mixed. Bytes that are no UTF-8 become U+FFFD, NUL bytes go from a line's
    beginning and become U+FFFD elsewhere, a line of more than `LONGEST` bytes is cut; `notes`
    hears of all of it.

    Raises:
        Problem: there is no such file, or it may not be read.
    """
    counts = dict.fromkeys(("invalid", "nul", "cut"), 0)
    number = 1
    for piece, is_cut in _whole_lines(_as_utf8(_unpacked(path, notes))):
        lines = _decoded(piece, counts)
        counts["cut"] += is_cut
        yield Block(number, lines)
        number += len(lines)
    if number == 1:
        notes.remark(f"{path.name} is empty.")
    _tell(path.name, counts, notes)


def content(path: Path, notes: Notes) -> bytes:
    """A whole file, unpacked; Problem when it is missing, forbidden, or larger than `MOST`."""
    parts, size = [], 0
    for part in _unpacked(path, notes):
        size += len(part)
        if size > MOST:
            raise Problem(
                f"{path.name} is too large to read whole.",
                f"{MOST // 1024**2} MB is the most; cut it into parts.",
            )
        parts.append(part)
    return b"".join(parts)


def text(path: Path, notes: Notes, otherwise: str = "utf-8") -> Text:
    """A whole file as text.

    Args:
        path: the file.
        notes: hears of bytes that do not fit.
        otherwise: the encoding to take when more of the file is no UTF-8 than is.

    Raises:
        Problem: as `content`.
    """
    data = content(path, notes)
    for mark, name in _WIDE.items():
        if data.startswith(mark):
            return Text(data[2:].decode(name, "replace"), "utf-16", bom=True)
    bom = data.startswith(codecs.BOM_UTF8)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return Text(data.decode("utf-8"), "utf-8", bom)
    except UnicodeDecodeError:
        told = data.decode("utf-8", "replace")
    wrong = told.count("�")
    if otherwise != "utf-8" and wrong >= sum(letter > "\x7f" for letter in told) - wrong:
        return Text(data.decode(otherwise, "replace"), otherwise, bom)
    lines = sum("�" in line for line in told.splitlines())
    _tell(path.name, {"invalid": lines}, notes)
    return Text(told, "utf-8", bom)


def refuse(path: Path) -> None:
    """Raise the Problem that keeps this path from being read, if there is one."""
    try:
        if "\0" in str(path):  # older Pythons raise here, newer ones say that it is not there
            raise ValueError
        if path.is_file():
            return
        is_folder, is_there = path.is_dir(), path.exists()
    except PermissionError:
        raise _forbidden(path) from None
    except (OSError, ValueError):
        raise Problem(f"{str(path)!r} cannot be the path of a file.") from None
    if is_folder:
        some = ", ".join(_names(path)[:3])
        raise Problem(
            f"{path.name or path} is a folder.", f"Name a file in it, such as {some}." * bool(some)
        )
    if is_there:
        raise Problem(f"{path.name} is not an ordinary file.")
    raise missing(path.name, path.parent)


def is_file(path: Path) -> bool:
    """Whether a file lies there, as far as one may look."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def missing(name: str, folder: Path) -> Problem:
    """There is no such file in the folder; suggests the names that are near."""
    near = difflib.get_close_matches(name, _names(folder), 3, 0.6)
    where = f" in {folder}" if folder != Path() else ""
    return Problem(
        f"There is no file {name}{where}.", f"Did you mean {' or '.join(near)}?" if near else ""
    )


def _forbidden(path: Path) -> Problem:
    return Problem(f"{path.name} may not be read: you have no permission.")


def _names(folder: Path) -> list[str]:
    try:
        return sorted(each.name for each in folder.iterdir() if not each.name.startswith("."))
    except OSError:
        return []


def _unpacked(path: Path, notes: Notes) -> Iterator[bytes]:
    refuse(path)
    try:
        with path.open("rb") as file:
            first = file.read(CHUNK)
            if first.startswith(_GZIP):
                file.seek(0)
                yield from _gunzipped(iter(lambda: file.read(1 << 16), b""), path.name, notes)
                return
            while first:
                yield first
                first = file.read(CHUNK)
    except PermissionError:
        raise _forbidden(path) from None
    except OSError as error:
        raise Problem(f"{path.name} cannot be read: {error.strerror or error}.") from None


def _gunzipped(packed: Iterator[bytes], name: str, notes: Notes) -> Iterator[bytes]:
    """Every member of a gzip file, and of a damaged one what comes before the damage."""
    member = zlib.decompressobj(31)
    for part in packed:
        waiting, is_full = part, False
        while waiting or is_full:
            if member.eof:
                waiting = waiting.lstrip(b"\0")
                member = zlib.decompressobj(31) if waiting else member
                if not waiting:
                    break
            try:
                out = member.decompress(waiting, CHUNK)
            except zlib.error:
                notes.remark(f"{name} is damaged: what comes before the damage was read.")
                return
            if out:
                yield out
            is_full = len(out) == CHUNK
            waiting = member.unused_data if member.eof else member.unconsumed_tail
    if not member.eof:
        notes.remark(f"{name} is cut off: its end is missing, and what is there was read.")


def _as_utf8(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The same text in UTF-8 without a byte-order mark; a mark tells UTF-16."""
    first = next(parts, b"")
    while 0 < len(first) < 3 and (more := next(parts, b"")):
        first += more
    for mark, name in _WIDE.items():
        if first.startswith(mark):
            decoder = codecs.getincrementaldecoder(name)("replace")
            yield decoder.decode(first[2:]).encode("utf-8", "replace")
            for part in parts:
                yield decoder.decode(part).encode("utf-8", "replace")
            return
    yield first.removeprefix(codecs.BOM_UTF8)
    yield from parts


def _whole_lines(parts: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Pieces that end with a line's end, the last one perhaps not; True when one is cut."""
    begun, skipping = b"", False
    for part in parts:
        if skipping:
            at = part.find(b"\n")
            if at < 0:
                continue
            part, skipping = part[at + 1 :], False
        data = (begun + part).lstrip(b"\0") if not begun.strip(b"\0") else begun + part
        at = data.rfind(b"\n")
        if at < 0:
            at = data.rfind(b"\r", 0, -1)
        if at < 0 and len(data) > LONGEST:
            yield data[:LONGEST], True
            begun, skipping = b"", True
            continue
        if at >= 0:
            yield data[: at + 1], False
        begun = data[at + 1 :]
    if begun:
        yield begun, False


def _decoded(piece: bytes, counts: dict[str, int]) -> list[str]:
    if b"\r" in piece:
        piece = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        lines = piece.removesuffix(b"\n").decode("utf-8").split("\n")
    except UnicodeDecodeError:
        parts = piece.removesuffix(b"\n").split(b"\n")
        lines = [part.decode("utf-8", "replace") for part in parts]
        counts["invalid"] += sum(not _is_utf8(part) for part in parts)
    if b"\0" in piece:
        counts["nul"] += sum("\0" in line for line in lines)
        lines = [line.lstrip("\0").replace("\0", "�") for line in lines]
    if len(piece) > LONGEST:
        counts["cut"] += sum(len(line) > LONGEST for line in lines)
        lines = [line[:LONGEST] for line in lines]
    return lines


def _is_utf8(part: bytes) -> bool:
    try:
        part.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _tell(name: str, counts: dict[str, int], notes: Notes) -> None:
    for what, (one, many) in _SAID.items():
        if counts.get(what) == 1:
            notes.remark(f"1 line of {name} {one}.")
        elif counts.get(what):
            notes.remark(f"{counts[what]:,} lines of {name} {many}.")
