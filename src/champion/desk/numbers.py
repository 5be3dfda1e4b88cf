"""A number as a cell's last line shows it: `58.5`, also when it came out of a column.

NumPy shows its own as `np.float64(58.5)`, and a beginner asks what has gone wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def show_plainly(shell: InteractiveShell) -> None:
    """From now on, numbers and truths of columns look like Python's own; in lists, too."""
    import numpy as np

    formatter: Any = shell.display_formatter
    for kind in {each for each in np.sctypeDict.values() if issubclass(each, np.number | np.bool_)}:
        formatter.formatters["text/plain"].for_type(kind, _plainly)


def _plainly(number: Any, printer: Any, _: bool) -> None:
    printer.text(repr(number.item()))
