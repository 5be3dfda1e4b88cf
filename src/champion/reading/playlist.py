"""HLS playlists, as RFC 8216 has them: a master with its renditions, or one with segments.

Written here because a playlist that a customer attaches is often a broken one: every line that
does not fit has to be kept with its number, and the rest has to be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from champion.problems import Problem
from champion.reading import columns, opening
from champion.reading.unread import Notes, cut

if TYPE_CHECKING:
    import pandas

_ATTRIBUTE = re.compile(r'\s*([A-Z0-9-]+)=("[^"]*"|[^",]*)\s*(?:,|$)')
_SIZE = re.compile(r"(\d+)x(\d+)")
_MASTER = ("#EXT-X-STREAM-INF", "#EXT-X-MEDIA", "#EXT-X-I-FRAME-STREAM-INF")
_INFO = re.compile(r"(-?\d+(?:\.\d*)?)(?:\s[^,]*)?(?:,\s*(.*))?")
"""A duration and a title; lists of channels write -1 and attributes between the two."""
_WHOLE = {
    "#EXT-X-VERSION": "version",
    "#EXT-X-TARGETDURATION": "target_duration_s",
    "#EXT-X-MEDIA-SEQUENCE": "first_number",
    "#EXT-X-DISCONTINUITY-SEQUENCE": "discontinuity_sequence",
}
_VARIANT = {
    "kind": "text", "uri": "text", "bandwidth": "whole", "average_bandwidth": "whole",
    "width": "whole", "height": "whole", "frame_rate": "decimal", "codecs": "text",
    "group": "text", "name": "text", "language": "text", "default": "flag",
    "audio": "text", "subtitles": "text",
}  # fmt: skip
_SEGMENT = {
    "number": "whole", "uri": "text", "duration_s": "decimal", "starts_s": "decimal",
    "title": "text", "time": "time", "discontinuity": "flag", "gap": "flag",
    "byterange": "text", "key_method": "text", "key_uri": "text", "map_uri": "text",
}  # fmt: skip


def read(path: Path) -> pandas.DataFrame:
    """Read one playlist into a frame.

    A master has a row for each variant and rendition: kind (variant, i-frames, audio,
    subtitles, …), uri, bandwidth and average_bandwidth (bits a second), width, height,
    frame_rate, codecs, group, name, language, default, audio, subtitles. A media playlist has a
    row for each segment: number, uri, duration_s, starts_s (seconds from the playlist's
    beginning), title, time (UTC), discontinuity, gap, byterange, key_method, key_uri, map_uri.

    attrs: kind ("master" or "media"), version, target_duration_s, playlist_type, ended, and
    other_tags, lines with a tag that is not looked at.

    Raises:
        Problem: the file is missing, may not be read, or is no playlist.
    """
    import pandas as pd

    notes = Notes()
    told = _Playlist(path.name, notes)
    lines = opening.text(path, notes).text.splitlines()
    if not any(lines):
        notes.remark(f"{path.name} is empty.")
    elif not any(line.lstrip().startswith("#EXT") for line in lines):
        raise Problem(
            f"{path.name} is no HLS playlist: no line of it begins with #EXT.",
            f"Its first line is: {cut(next(filter(None, lines)), 60)}",
        )
    for number, line in enumerate(lines, 1):
        if line.strip():
            told.take(number, line.strip())
    told.end()
    kinds = _VARIANT if told.is_master else _SEGMENT
    made = {
        name: _typed(kind, [row.get(name) for row in told.rows]) for name, kind in kinds.items()
    }
    frame = notes.close(pd.DataFrame(made))
    frame.attrs |= {"kind": "master" if told.is_master else "media", **told.facts}
    frame.attrs["other_tags"] = tuple(told.others)
    return frame


class _Playlist:
    """What the lines of a playlist have said so far."""

    def __init__(self, file: str, notes: Notes) -> None:
        self.file = file
        self.notes = notes
        self.rows: list[dict[str, Any]] = []
        self.facts: dict[str, Any] = {"ended": False}
        self.others: list[str] = []
        self.is_master = False
        self._seen: set[str] = set()
        self._next: dict[str, Any] = {}
        self._named: tuple[int, str] | None = None
        self._key: dict[str, Any] = {}
        self._starts: float | None = 0.0

    def take(self, number: int, line: str) -> None:
        """Take one line; one that does not fit is noted."""
        if not line.startswith("#"):
            self._address(number, line)
            return
        if not line.startswith("#EXT"):
            return
        tag, _, value = line.partition(":")
        self._seen.add(tag)
        try:
            self._tag(number, tag, value.strip(), line)
        except ValueError:
            self.notes.unread(self.file, number, line)

    def end(self) -> None:
        """Note what is missing."""
        if self._named:
            self.notes.unread(self.file, *self._named)
        if not self._seen:
            return
        needed = ("#EXTM3U",) if self.is_master else ("#EXTM3U", "#EXT-X-TARGETDURATION")
        for tag in needed:
            if tag not in self._seen:
                self.notes.remark(f"{self.file} has no {tag}, which its kind of playlist needs.")
        self._count("variants", "bandwidth (BANDWIDTH)", "bandwidth")
        self._count("segments", "duration (#EXTINF)", "duration_s")

    def _count(self, what: str, fact: str, column: str) -> None:
        """Note how many variants of a master, or segments, lack what each of them needs."""
        kind = "variant" if what == "variants" else None
        rows = [row for row in self.rows if row.get("kind") == kind]
        count = sum(row.get(column) is None for row in rows)
        if count and self.is_master == (kind is not None):
            self.notes.remark(f"{self.file}: {count:,} of {len(rows):,} {what} are without {fact}.")

    def _tag(self, number: int, tag: str, value: str, line: str) -> None:
        if tag in _MASTER:
            self._entry(number, tag, _attributes(value), line)
        elif tag in _WHOLE:
            self.facts[_WHOLE[tag]] = int(value)
        elif tag == "#EXTINF":
            found = _INFO.fullmatch(value)
            if found is None:
                raise ValueError(value)
            lasts = _seconds(found[1]) if float(found[1]) >= 0 else None
            self._expect(number, line, duration_s=lasts, title=found[2] or None)
        elif tag == "#EXT-X-PROGRAM-DATE-TIME":
            if not columns.is_moment(value):
                raise ValueError(value)
            self._next["time"] = value
        elif tag == "#EXT-X-BYTERANGE":
            self._next["byterange"] = value
        elif tag in ("#EXT-X-DISCONTINUITY", "#EXT-X-GAP"):
            self._next[tag.removeprefix("#EXT-X-").lower()] = True
        elif tag == "#EXT-X-KEY":
            self._key |= _key(_attributes(value))
        elif tag == "#EXT-X-MAP":
            self._key["map_uri"] = _attributes(value).get("URI")
        elif tag == "#EXT-X-ENDLIST":
            self.facts["ended"] = True
        elif tag == "#EXT-X-PLAYLIST-TYPE":
            self.facts["playlist_type"] = value
        elif tag != "#EXTM3U":
            self.others.append(f"line {number}: {cut(line)}")

    def _entry(self, number: int, tag: str, given: Mapping[str, str], line: str) -> None:
        """A line of a master: a rendition is whole, a variant waits for its address."""
        self.is_master = True
        row = _variant(tag, given)
        if tag == "#EXT-X-STREAM-INF":
            self._expect(number, line, **row)
        else:
            self.rows.append(row)

    def _expect(self, number: int, line: str, **facts: Any) -> None:
        """Facts about an address that has to follow; one that never came is noted."""
        if self._named:
            self.notes.unread(self.file, *self._named)
        self._named = (number, line)
        self._next |= facts

    def _address(self, number: int, line: str) -> None:
        if not self._seen:
            self.notes.unread(self.file, number, line)
            return
        row = {**self._next, "uri": line}
        if self.is_master:
            row.setdefault("kind", "variant")
        else:
            first = self.facts.get("first_number", 0)
            row |= {"number": first + len(self.rows), "starts_s": self._starts, **self._key}
            lasts = row.get("duration_s")
            if self._starts is not None:
                self._starts = None if lasts is None else round(self._starts + lasts, 6)
        self.rows.append(row)
        self._next, self._named = {}, None


def _attributes(value: str) -> dict[str, str]:
    """An attribute list; ValueError when something in it is none."""
    found, at = {}, 0
    while at < len(value):
        part = _ATTRIBUTE.match(value, at)
        if part is None:
            raise ValueError(value)
        found[part[1]] = part[2].strip().strip('"')
        at = part.end()
    return found


def _variant(tag: str, given: Mapping[str, str]) -> dict[str, Any]:
    kind = {"#EXT-X-STREAM-INF": "variant", "#EXT-X-I-FRAME-STREAM-INF": "i-frames"}.get(tag)
    size = _SIZE.fullmatch(given["RESOLUTION"]) if "RESOLUTION" in given else None
    if "RESOLUTION" in given and not size:
        raise ValueError(given["RESOLUTION"])
    return {
        "kind": kind or given.get("TYPE", "").lower() or None,
        "uri": given.get("URI"),
        "bandwidth": _number(given.get("BANDWIDTH")),
        "average_bandwidth": _number(given.get("AVERAGE-BANDWIDTH")),
        "width": int(size[1]) if size else None,
        "height": int(size[2]) if size else None,
        "frame_rate": _seconds(given["FRAME-RATE"]) if "FRAME-RATE" in given else None,
        "codecs": given.get("CODECS"),
        "group": given.get("GROUP-ID"),
        "name": given.get("NAME"),
        "language": given.get("LANGUAGE"),
        "default": given.get("DEFAULT") == "YES" if tag == "#EXT-X-MEDIA" else None,
        "audio": given.get("AUDIO"),
        "subtitles": given.get("SUBTITLES"),
    }


def _key(given: Mapping[str, str]) -> dict[str, Any]:
    method = given.get("METHOD")
    return {"key_method": None if method == "NONE" else method, "key_uri": given.get("URI")}


def _number(value: str | None) -> int | None:
    return None if value is None else int(value)


def _seconds(value: str) -> float:
    if not re.fullmatch(r"\s*\d+(?:\.\d*)?\s*", value):
        raise ValueError(value)
    return float(value)


def _typed(kind: str, values: list[Any]) -> pandas.Series[Any]:
    import pandas as pd

    if kind == "flag":
        return pd.Series(values, dtype="boolean")
    if kind == "whole":
        return columns.whole(values)
    if kind == "decimal":
        return columns.decimals(values)
    return columns.moments(values) if kind == "time" else columns.texts(values)
