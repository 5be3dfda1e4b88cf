"""The building site: a company is made beside the old one, and takes its place in one move.

Beside `data/lantern` lie, while they are needed, `.lantern.lock` (one builder at a time),
`.lantern.new` (in the making; says who makes it) and `.lantern.old` (for the moment of the
exchange). A builder that was killed leaves the old company whole: the next one tidies up.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from champion.problems import Problem

MARK = "manifest.json"
"""A folder that holds this is a company; no other is ever replaced."""
PATIENCE = 300
"""Seconds to wait for another builder."""


@dataclass(frozen=True)
class Site:
    """Where one company is built.

    Attributes:
        folder: the place it takes when it is done.
    """

    folder: Path

    @contextmanager
    def alone(
        self, waiting: Callable[[str], None] = lambda who: None, patience: float = PATIENCE
    ) -> Iterator[None]:
        """Be the only builder; wait for another one to end.

        Args:
            waiting: told who builds, when there is somebody to wait for.
            patience: seconds to wait at most.

        Raises:
            Problem: the place cannot be written, or the other builder does not end.
        """
        self._must_be_free()
        with _in_words(self.folder):
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._beside("lock"))
            try:
                lock.acquire(timeout=0)
            except Timeout:
                waiting(self.builder())
                self._wait(lock, patience)
        try:
            self.recover()
            yield
        finally:
            lock.release()

    @contextmanager
    def fresh(self) -> Iterator[Path]:
        """An empty folder to build in; afterwards it takes the old company's place.

        If building fails, it goes away, and the old company stays.

        Raises:
            Problem: it cannot be written, the disk is full, or the old company is in use in a
                way that keeps it from being moved.
        """
        new, old = self._beside("new"), self._beside("old")
        with _in_words(self.folder):
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir()
            (new / _BUILDER).write_text(f"process {os.getpid()}", encoding="utf-8")
            try:
                yield new
                (new / _BUILDER).unlink()
                self._exchange(new, old)
            except BaseException:
                shutil.rmtree(new, ignore_errors=True)
                raise

    def builder(self) -> str:
        """Who is building, in words."""
        try:
            return (self._beside("new") / _BUILDER).read_text(encoding="utf-8")
        except OSError:
            return "another build"

    def was_interrupted(self) -> bool:
        """Whether a builder is, or was killed, in the moment of the exchange."""
        return self._beside("old").is_dir()

    def recover(self) -> None:
        """Put back the old company if a builder was killed in the moment of the exchange.

        Only for whoever builds `alone`.
        """
        old = self._beside("old")
        with suppress(OSError):
            if old.is_dir() and not self.folder.exists():
                old.rename(self.folder)
        shutil.rmtree(old, ignore_errors=True)

    def _must_be_free(self) -> None:
        if not self.folder.is_dir():
            return
        theirs = {path.name for path in self.folder.iterdir()}
        if theirs and MARK not in theirs:
            raise Problem(
                f"{self.folder} holds other things than a company.", "Choose another folder."
            )

    def _exchange(self, new: Path, old: Path) -> None:
        if self.folder.is_dir():
            self.folder.rename(old)
        try:
            new.rename(self.folder)
        except OSError:
            self.recover()
            raise
        shutil.rmtree(old, ignore_errors=True)

    def _wait(self, lock: FileLock, patience: float) -> None:
        try:
            lock.acquire(timeout=patience)
        except Timeout:
            raise Problem(
                f"{self.builder().capitalize()} is still building {self.folder}.",
                "Wait for it, or end that process.",
            ) from None

    def _beside(self, what: str) -> Path:
        return self.folder.with_name(f".{self.folder.name}.{what}")


_BUILDER = "builder.txt"


@contextmanager
def _in_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise Problem(
                f"There is no room left on the disk for {folder}.",
                "Free some space, or build a smaller company with --scale 0.1.",
            ) from None
        reason = error.strerror or str(error)
        raise Problem(
            f"Cannot write the company to {folder}: {reason}.", "Choose another folder with --to."
        ) from None
