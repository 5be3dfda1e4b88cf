"""What could not be read: counted, kept, and said in one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas

KEPT = 10_000
"""So many unread lines are kept; all of them are counted."""
LETTERS = 200
"""So much of an unread line is kept."""


class Line(NamedTuple):
    """One line that could not be read: its file's name, its number from 1, its text, cut."""

    file: str
    line: int
    text: str


class Unread(tuple[Line, ...]):
    """The lines that could not be read, in the file's order; `total` counts those not kept too.

    `pandas.DataFrame(unread)` makes a table of it, with columns file, line and text.
    """

    total: int

    def __new__(cls, lines: Iterable[Line] = (), total: int | None = None) -> Unread:
        """These lines, and how many there were in all."""
        made = super().__new__(cls, lines)
        made.total = len(made) if total is None else total
        return made

    def __deepcopy__(self, memo: object) -> Unread:
        """Itself: pandas copies a frame's attrs at every step, and this never changes."""
        return self

    def __repr__(self) -> str:
        if not self.total:
            return "every line was read"
        lines = [f"{each.file}, line {each.line}: {each.text}" for each in self]
        if self.total > len(self):
            lines.append(f"… and {self.total - len(self):,} more")
        return "\n".join(lines)


class Notes:
    """What a reader notes while it reads; `what` is what it cannot read: a line, a request."""

    def __init__(self, what: str = "line") -> None:
        self.what = what
        self.total = 0
        self._lines: list[Line] = []
        self._remarks: list[str] = []

    def unread(self, file: str, line: int, text: str) -> None:
        """Count and keep a line that cannot be read."""
        self.total += 1
        if len(self._lines) < KEPT:
            self._lines.append(Line(file, line, cut(text)))

    def remark(self, text: str) -> None:
        """Keep one line to say, once."""
        if text not in self._remarks:
            self._remarks.append(text)

    def close(self, frame: pandas.DataFrame) -> pandas.DataFrame:
        """The frame, with what was noted in its attrs."""
        remarks = [*self._remarks, self._count()] if self.total else self._remarks
        lines = sorted(self._lines, key=lambda each: each.line)
        files = list(dict.fromkeys(each.file for each in self._lines))
        lines.sort(key=lambda each: files.index(each.file))
        frame.attrs["unread"] = Unread(lines, self.total)
        frame.attrs["remarks"] = tuple(remarks)
        return frame

    def _count(self) -> str:
        first = self._lines[0]
        many = f"1 {self.what}" if self.total == 1 else f"{self.total:,} {self.what}s"
        which = "it is" if self.total == 1 else "the first is"
        return (
            f"{many} could not be read: {which} {self.what} {first.line:,} of {first.file}. "
            'The result keeps what was left out in `.attrs["unread"]`.'
        )


def cut(text: str, letters: int = LETTERS) -> str:
    """A text in a length that can be read."""
    return text if len(text) <= letters else f"{text[:letters]}…"
