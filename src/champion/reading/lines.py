"""Lines of a file as a frame that shows them whole: a log is there to be read."""

from __future__ import annotations

import html
from typing import Any

import pandas as pd

COLUMNS = ("file", "line", "text")
SHOWN = 20
"""So many lines are shown; the frame holds all of them."""


class Lines(pd.DataFrame):
    """A frame with the columns file, line (its number, from 1) and text.

    What is made of it stays a frame like any other; as long as the three columns are there,
    it shows its lines in full.
    """

    @property
    def _constructor(self) -> type[Lines]:
        return Lines

    def __repr__(self) -> str:
        if tuple(self.columns) != COLUMNS:
            return super().__repr__()
        return "\n".join([*(f"{where}  {text}" for where, text in self._shown()), self._count()])

    def _repr_html_(self) -> str | None:
        if tuple(self.columns) != COLUMNS:
            shown: str | None = super()._repr_html_()  # type: ignore[misc]
            return shown
        lines = "\n".join(
            f"<b>{html.escape(where)}</b>  {html.escape(text)}" for where, text in self._shown()
        )
        return f'<pre style="white-space: pre-wrap">{lines}</pre><p>{self._count()}</p>'

    def _shown(self) -> list[tuple[str, str]]:
        """Where each line stands, and its text."""
        packed = self["file"].str.endswith(".gz").any()
        several = packed or self["file"].nunique() > 1
        rows: list[tuple[Any, ...]] = list(self.head(SHOWN).itertuples(index=False, name=None))
        places = [f"{file}:{line}" if several else str(line) for file, line, _ in rows]
        width = max(map(len, places), default=0)
        return [
            (place.rjust(width), text) for place, (_, _, text) in zip(places, rows, strict=True)
        ]

    def _count(self) -> str:
        count = len(self)
        if count > SHOWN:
            return f"first {SHOWN} of {count:,} lines"
        return "no lines" if not count else f"{count} line{'s' if count > 1 else ''}"
