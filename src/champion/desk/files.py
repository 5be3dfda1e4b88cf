"""`files`: what customers attached to their tickets, as pandas frames."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from champion.desk.shelf import Shelf
from champion.problems import Problem

if TYPE_CHECKING:
    import os

    import pandas

    PathLike = str | os.PathLike[str]

_TICKET = re.compile(r"(L-\d+)\b")


class Files(Shelf):
    """The readers of customers' files; `files.folder` is where they lie.

    A bare name is looked up there; a path is read where it points, plain or gzipped. What could
    not be read is counted and kept in `.attrs["unread"]`, and said in one line.
    """

    name = "files"
    usage = (
        "To see what customers attached, write files.list().\n"
        'To read a file, write files.har("…"), files.csv("…") or files.manifest("…"), '
        "with its name."
    )
    _example = "L-1108-checkout.har"

    def list(self) -> pandas.DataFrame:
        """What customers attached: name, ticket (its number, where the name has one), bytes."""
        import pandas as pd

        if not self.folder.is_dir():
            raise Problem("This company has no folder files.", "Run `champion lantern build`.")
        found = sorted(each for each in self.folder.iterdir() if each.is_file())
        tickets = [_TICKET.match(each.name) for each in found]
        return pd.DataFrame(
            {
                "name": pd.Series([each.name for each in found], dtype="str"),
                "ticket": pd.Series([each and each[1] for each in tickets], dtype="str"),
                "bytes": pd.Series([each.stat().st_size for each in found], dtype="int64"),
            }
        )

    def har(self, path: PathLike, *, redact: bool = True) -> pandas.DataFrame:
        """Read what a browser recorded, one row a request; see `reading.har.read`.

        Secrets are hidden; redact=False leaves them in sight, and says so.
        """
        from champion.reading import har

        return self._tell(har.read(self._find(path), redact=redact))

    def csv(self, path: PathLike) -> pandas.DataFrame:
        """Read a table whose first line names its columns; see `reading.csvfile.read`."""
        from champion.reading import csvfile

        return self._tell(csvfile.read(self._find(path)))

    def manifest(self, path: PathLike) -> pandas.DataFrame:
        """Read an HLS playlist, a master or one with segments; see `reading.playlist.read`."""
        from champion.reading import playlist

        return self._tell(playlist.read(self._find(path)))
