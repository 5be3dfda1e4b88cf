"""The tables of a report: days, videos, how plays began and where the player appeared.

Each gives a piece of the page, or None when nothing was played.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from champion.reporting import words
from champion.reporting.counting import FEWEST_PLAYS, Totals
from champion.reporting.months import Month
from champion.reporting.pieces import Column, Piece, day, paragraph, parts, table, video

if TYPE_CHECKING:
    import pandas as pd

REASONS = {
    "click": "Somebody pressed play",
    "autoplay": "The page started it, without sound",
    "api": "A script on the page started it",
}
PLACES = {
    "inline": "In a page",
    "popover": "In a popover, which loads only when clicked",
    "link": "On Lantern's own page",
}


def days(frame: pd.DataFrame, month: Month) -> Piece | None:
    """Every day of the month; None without plays."""
    if not frame["plays"].sum():
        return None
    return table(
        f"Every day of {month.name} in {month.zone}",
        Column("Day", [day(words.day(each)) for each in frame["day"]]),
        Column("Plays", _whole(frame["plays"]), bars=parts(frame["plays"])),
        Column("Viewers", _whole(frame["viewers"])),
        Column("Loads", _whole(frame["loads"])),
        Column("Play rate", [words.share(each) for each in frame["play_rate"]]),
        Column("Engagement", [words.percent(each) for each in frame["engagement"]]),
        Column("Watched", [words.length(each) for each in frame["seconds_watched"]]),
    )


def videos(caption: str, frame: pd.DataFrame, bars: str = "", earlier: str = "") -> Piece | None:
    """A list of videos; None when it is empty.

    Args:
        caption: what they are, and in which order.
        frame: rows of `counting.by_video`.
        bars: the column that is drawn as bars, plays or engagement.
        earlier: the name of the month before, if its plays shall be shown.
    """
    deleted = [None if _absent(each) else each for each in frame["deleted"]]
    known = zip(frame["title"], frame["hashed_id"], deleted, strict=True)
    columns = [
        Column("Video", [video(*each) for each in known]),
        Column("Plays", _whole(frame["plays"]), _bars(frame, "plays", bars)),
        Column("Viewers", _whole(frame["viewers"])),
        Column("Loads", _whole(frame["loads"])),
        Column("Play rate", [words.share(each) for each in frame["play_rate"]]),
        Column(
            "Engagement",
            [words.percent(each) for each in frame["engagement"]],
            _bars(frame, "engagement", bars),
        ),
    ]
    if earlier:
        columns.append(Column(f"In {earlier}", _whole(frame["plays_before"])))
    return table(caption, *columns)


def in_short(frame: pd.DataFrame) -> Piece | None:
    """How many videos there were, and of how many the player appeared; None without plays."""
    if not frame["plays"].sum():
        return None
    appeared = int((frame["browsers"] > 0).sum())
    played = int((frame["plays"] > 0).sum())
    text = (
        f"The account had {words.count(len(frame), 'video')} in the month. The player of "
        f"{words.whole(appeared)} appeared somewhere, and {words.whole(played)} "
        f"{'was' if played == 1 else 'were'} played."
    )
    return paragraph(text)


def too_few(frame: pd.DataFrame) -> Piece | None:
    """In place of a list by engagement, when no video has enough plays for one."""
    if not frame["plays"].sum() or (frame["plays"] >= FEWEST_PLAYS).any():
        return None
    return paragraph(f"No video had {FEWEST_PLAYS} plays, and fewer say little about a video.")


def reasons(frame: pd.DataFrame) -> Piece | None:
    """How plays began; None without plays."""
    return table(
        "How plays began",
        Column("Reason", [REASONS.get(each, each) for each in frame["play_reason"]]),
        Column("Plays", _whole(frame["plays"]), bars=parts(frame["plays"])),
        Column("Viewers", _whole(frame["viewers"])),
        Column("Engagement", [words.percent(each) for each in frame["engagement"]]),
    )


def places(frame: pd.DataFrame, now: Totals) -> Piece | None:
    """Where the player appeared; None without plays."""
    if not now.plays:
        return None
    return table(
        "Where the player appeared",
        Column("Place", [PLACES.get(each, each) for each in frame["embed_type"]]),
        Column("Loads", _whole(frame["loads"]), bars=parts(frame["loads"])),
    )


def _bars(frame: pd.DataFrame, column: str, wanted: str) -> list[float]:
    """The parts of the bars: of the most plays, or of the whole video."""
    if column != wanted:
        return []
    return parts(frame[column], 100 if column == "engagement" else None)


def _whole(column: pd.Series[int]) -> list[str]:
    return [words.whole(each) for each in column]


def _absent(value: object) -> bool:
    return value is None or value != value
