"""What the logs are made from: the closed tables of the last 14 days, and the lines added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern.clock import Moments
from champion.lantern.columns import Column, Rows
from champion.lantern.dice import Dice, Whole
from champion.lantern.ledger import Ledger
from champion.lantern.logs.lines import LOGS_START


@dataclass(frozen=True)
class Told:
    """Lines of one log, in any order.

    Attributes:
        moments: when each was written, in microseconds.
        lines: the lines themselves, without their end; a line may hold several.
    """

    moments: Moments
    lines: list[str]


@dataclass(frozen=True)
class Source:
    """A company whose tables are closed: their ids are final, and in order.

    Attributes:
        ledger: what cases added beyond the tables.
        tables: every table, as `Ledger.closed` hands it out.
    """

    ledger: Ledger
    tables: Mapping[str, Rows]

    @property
    def dice(self) -> Dice:
        """The chance of this company."""
        return self.ledger.dice

    def since(self, table: str, column: str, start: int = LOGS_START) -> dict[str, Column]:
        """The rows of a table whose moment lies within the logs' 14 days, or after `start`."""
        rows = self.tables[table]
        there = np.flatnonzero(rows[column].values >= start)
        return {name: held.taken(there) for name, held in rows.items()}

    def of(self, table: str, column: str, ids: Whole) -> NDArray[Any]:
        """A column's values for the rows of these ids; where it is missing, zero or empty."""
        return self.tables[table][column].values[self.places(table, ids)]

    def places(self, table: str, ids: Whole) -> Whole:
        """The places of the rows of these ids, which must be there."""
        found: Whole = np.searchsorted(self.tables[table]["id"].values, ids)
        return found

    def hashed_id(self, video: int | None) -> str | None:
        """The id that customers know a video by."""
        if video is None:
            return None
        return str(self.of("videos", "hashed_id", np.array([video]))[0])


def recent(jobs: Rows) -> Rows:
    """Jobs that were queued, or ended, within the logs' 14 days."""
    last = np.maximum(jobs["queued_at"].values, jobs["finished_at"].values)
    there = np.flatnonzero(last >= LOGS_START)
    return {name: held.taken(there) for name, held in jobs.items()}


def records(rows: Rows) -> list[dict[str, Any]]:
    """A few rows one by one, each with its values by column; None where one is missing."""
    columns = [
        [
            None if gap else value
            for value, gap in zip(held.values.tolist(), held.gaps(), strict=True)
        ]
        for held in rows.values()
    ]
    return [dict(zip(rows, values, strict=True)) for values in zip(*columns, strict=True)]


def together(parts: list[Told]) -> Told:
    """All lines of several parts, by time; at one moment, in the order of the parts."""
    moments = np.concatenate([part.moments for part in parts])
    lines = [line for part in parts for line in part.lines]
    order = np.argsort(moments, kind="stable")
    return Told(moments[order], [lines[i] for i in order.tolist()])
