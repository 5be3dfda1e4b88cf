"""`logs`: Lantern's own logs as pandas frames, and any log of the same kinds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from champion.desk.shelf import Shelf
from champion.problems import Problem

if TYPE_CHECKING:
    import os

    import pandas

    from champion.reading.lines import Lines

    PathLike = str | os.PathLike[str]


class Logs(Shelf):
    """The readers of logs; `logs.folder` is where Lantern's own lie.

    Without a path a reader reads Lantern's own log, the current file alone, and says that an
    older part exists. `older=True` reads both, the older one first, with a column `file`. With a
    path it reads that file, plain or gzipped. What could not be read is counted and kept in
    `.attrs["unread"]`, and said in one line. Moments are in UTC.
    """

    name = "logs"
    usage = (
        "To read a log, write logs.access(), logs.app(), logs.worker(), logs.cdn() or "
        "logs.webhooks().\n"
        "older=True in the brackets adds the older part; the name of a file reads that file.\n"
        'To find lines in a log, write logs.grep("ERROR", "worker.log"); '
        'logs.tail("worker.log") shows the last.'
    )
    _example = "access.log"

    def access(self, path: PathLike | None = None, *, older: bool = False) -> pandas.DataFrame:
        """Read access.log, or an access log of nginx or Apache; see `reading.access.read`."""
        from champion.reading import access

        return self._read(access.read, "access.log", path, older)

    def app(self, path: PathLike | None = None, *, older: bool = False) -> pandas.DataFrame:
        """Read app.jsonl, or any file of JSON lines; see `reading.jsonlines.read`."""
        from champion.reading import jsonlines

        return self._read(jsonlines.read, "app.jsonl", path, older)

    def worker(self, path: PathLike | None = None, *, older: bool = False) -> pandas.DataFrame:
        """Read worker.log, or a plain-text log with traces; see `reading.worker.read`.

        Lantern's workers write the wall clock of Frankfurt, without an offset: `local_time`.
        """
        from champion.reading import worker

        return self._read(worker.read, "worker.log", path, older)

    def cdn(self, path: PathLike | None = None, *, older: bool = False) -> pandas.DataFrame:
        """Read cdn.tsv, or a log with a `#Fields:` line; see `reading.tabular.read`."""
        from champion.reading import tabular

        return self._read(tabular.read, "cdn.tsv", path, older)

    def webhooks(self, path: PathLike | None = None, *, older: bool = False) -> pandas.DataFrame:
        """Read webhooks.jsonl, or any file of JSON lines; see `reading.jsonlines.read`."""
        from champion.reading import jsonlines

        return self._read(jsonlines.read, "webhooks.jsonl", path, older)

    def list(self) -> pandas.DataFrame:
        """Which logs there are: name, bytes."""
        import pandas as pd

        if not self.folder.is_dir():
            raise Problem("This company has no folder logs.", "Run `champion lantern build`.")
        found = sorted(each for each in self.folder.iterdir() if each.is_file())
        return pd.DataFrame(
            {
                "name": pd.Series([each.name for each in found], dtype="str"),
                "bytes": pd.Series([each.stat().st_size for each in found], dtype="int64"),
            }
        )

    def head(self, path: PathLike, count: int = 5) -> Lines:
        """The first lines of a log: file, line, text."""
        from champion.reading import search

        return self._tell(search.head(_number(count), self._find(path)))

    def tail(self, path: PathLike, count: int = 5) -> Lines:
        """The last lines of a log: file, line, text."""
        from champion.reading import search

        return self._tell(search.tail(_number(count), self._find(path)))

    def grep(
        self,
        pattern: str,
        path: PathLike,
        *,
        older: bool = False,
        only: bool = False,
        after: int = 0,
    ) -> Lines:
        """The lines of a log in which a regular expression is found: file, line, text.

        older=True looks into the older part first, only=True shows the part that fits alone,
        and after=6 shows six lines below each, such as a stack trace.
        """
        from champion.reading import search

        file = self._find(path)
        paths = [*_older_part(file), file] if older else [file]
        return self._tell(search.grep(pattern, *paths, only=only, after=_number(after)))

    def _read(
        self,
        read: Callable[..., pandas.DataFrame],
        own: str,
        path: PathLike | None,
        older: bool,
    ) -> pandas.DataFrame:
        if path is not None:
            if older:
                raise Problem(
                    "older=True goes with Lantern's own log.", "Take it out, or take the path out."
                )
            return self._tell(read(self._find(path)))
        file = self._existing(self.folder / own)
        parts = _older_part(file)
        frame = self._tell(read(*parts, file) if older and parts else read(file))
        if parts and not older:
            self._say(f"This is {own} alone; {parts[0].name} is older. older=True reads both.")
        return frame


def _number(count: object) -> int:
    if isinstance(count, bool) or not isinstance(count, int):
        raise Problem(f"{count!r} is no number of lines.", "Write a whole number, such as 5.")
    return count


def _older_part(file: Path) -> list[Path]:
    """The rotated part of a log, if there is one."""
    older = file.with_name(f"{file.name}.1.gz")
    return [older] if older.is_file() else []
