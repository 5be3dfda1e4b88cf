"""CSV that opens right in a spreadsheet, whoever typed what is in it.

UTF-8 with a byte-order mark, because without it Excel reads cp1252 and shows "Ã©" for "é"; lines
end as RFC 4180 has them; days as 2026-02-10; decimal points, whatever the machine's language; a
missing figure is an empty field. A text that a spreadsheet would run as a formula, or turn into a
number or a day, begins with an apostrophe. Each file has rows of one kind, so that it can be
sorted and added up.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_RUN = r"[=+\-@＝＋－＠]"
_TURNED = r"(?=\D*\d)[\d.,:/%eE\s-]+$"
_TOUCHY = re.compile(rf"[\s']*(?:{_RUN}|{_TURNED})")


def write(frame: pd.DataFrame, path: str | Path) -> None:
    """Write a frame's columns as CSV, without its index."""
    safe = frame.apply(lambda column: column.map(text) if _holds_text(column) else column)
    safe.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def text(value: Any) -> Any:
    """A text as it may stand in a spreadsheet; any other value as it is.

    "=1+1" becomes "'=1+1". An apostrophe in front of such a text is doubled, so that taking one
    away always gives the text back.
    """
    return f"'{value}" if isinstance(value, str) and _TOUCHY.match(value) else value


def plain(value: Any) -> Any:
    """The text that `text` was given."""
    if isinstance(value, str) and value.startswith("'") and _TOUCHY.match(value):
        return value[1:]
    return value


def _holds_text(column: pd.Series[Any]) -> bool:
    from pandas.api.types import is_object_dtype, is_string_dtype

    return is_object_dtype(column) or is_string_dtype(column)
