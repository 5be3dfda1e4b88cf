"""What `logs` and `files` have in common: a folder of the company, and how to find a file in it."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from champion.desk import screen, verbs
from champion.desk.failure import near
from champion.problems import Problem

if TYPE_CHECKING:
    import pandas

Frame = TypeVar("Frame", bound="pandas.DataFrame")

VARIABLES = {"LANTERN_LOGS": "logs", "LANTERN_FILES": "files"}
"""Environment variables that tell a shell where the company's folders lie."""


class _NoSuchReader(Problem, AttributeError):
    """A reader that the shelf has not; an AttributeError too, so that hasattr() can ask."""


class Shelf(verbs.Word):
    """A folder of the company and the readers for what lies in it.

    Args:
        company: tells the company's folder, when it is first needed.
        say: shows one line.
    """

    name = ""
    usage = ""

    def __init__(
        self, company: Callable[[], Path], say: Callable[[str], object] = screen.say
    ) -> None:
        self._company = company
        self._say = say

    @property
    def folder(self) -> Path:
        """Where the company keeps them."""
        return self._company() / self.name

    def __repr__(self) -> str:
        return self.usage

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        readers = [each for each in dir(type(self)) if not each.startswith("_")]
        meant = near(name, readers)
        raise _NoSuchReader(
            f"{self.name} has no `{name}`.",
            f"Did you mean {self.name}.{meant}?" if meant else self.usage.partition("\n")[0],
        )

    def _find(self, path: object) -> Path:
        """The file that is meant: a bare name lies in the company's folder, if it does."""
        from champion.reading import opening

        if not isinstance(path, str | os.PathLike) or not str(path).strip(" .…"):
            raise Problem(
                f"{path!r} names no file.", f'Write its name in quotation marks: "{self._example}".'
            )
        if "\0" in str(path):
            opening.refuse(Path(path))
        meant = Path(path)
        with suppress(RuntimeError):  # "~nobody" has no home
            meant = meant.expanduser()
        is_bare = not {"/", "\\"} & set(str(path))
        if is_bare and (opening.is_file(self.folder / meant) or not opening.is_file(meant)):
            return self._existing(self.folder / meant)
        opening.refuse(meant)
        return meant

    def _existing(self, own: Path) -> Path:
        """A file of the company's folder; Problem when it is missing, or the whole folder is."""
        from champion.reading import opening

        if not own.parent.is_dir():
            raise Problem(
                f"This company has no folder {own.parent.name}.", "Run `champion lantern build`."
            )
        opening.refuse(own)
        return own

    _example = ""

    def _tell(self, frame: Frame) -> Frame:
        """Say, a line each, what there is to know of the file."""
        for remark in frame.attrs["remarks"]:
            self._say(remark)
        return frame


def announce(company: Path) -> None:
    """Tell the shells that this notebook starts where the company's folders lie."""
    for variable, folder in VARIABLES.items():
        os.environ[variable] = str(company / folder)
