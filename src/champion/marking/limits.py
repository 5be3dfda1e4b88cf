"""What one learner's notebook may use, in seconds and bytes."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The most that one run of a notebook may use.

    Attributes:
        cell_seconds: for one cell; then it is interrupted, and `grace` later ended.
        notebook_seconds: for all its cells together, on one company.
        call_seconds: for one call of a function that is tried.
        memory: bytes of address space of each process.
        disk: bytes in its own temporary folder, and of any one file.
        processes, open_files: how many at once (processes only where a namespace counts them).
        line: bytes of one message, so of one answer.
        stream: bytes of all messages of one run.
    """

    cell_seconds: float = 20.0
    notebook_seconds: float = 120.0
    call_seconds: float = 10.0
    memory: int = 4096 * MEGABYTE
    disk: int = 64 * MEGABYTE
    processes: int = 64
    open_files: int = 256
    line: int = 32 * MEGABYTE
    stream: int = 128 * MEGABYTE

    def grace(self, *, with_api: bool) -> float:
        """Seconds that an interrupted cell has to give way before its process is ended.

        One that asks the practice API may have a connection to close first, whose other end
        is served by this machine too.
        """
        return 5.0 if with_api else 2.0
