"""Quiet: what is printed in a block is kept from the page, in one thread at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO

_one = threading.RLock()


@contextmanager
def quiet() -> Iterator[StringIO]:
    """Catch what is printed while the block runs.

    Standard output is the whole process's, so another thread that wants quiet waits here: else
    the two would put back one another's.
    """
    with _one, redirect_stdout(StringIO()) as said:
        yield said
