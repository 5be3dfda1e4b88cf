"""The page of a month in which nothing was played: that, why it may be, and what was looked at."""

from __future__ import annotations

import pandas as pd

from champion.reporting import months, words
from champion.reporting.counting import Totals
from champion.reporting.months import Month
from champion.reporting.pieces import Piece, listed, paragraph, together


def played(
    month: Month,
    now: Totals,
    before: Totals,
    left_out: int,
    videos: int,
    last_play: pd.DataFrame,
    why_not: str = "",
) -> Piece | None:
    """In place of everything else, when nothing was played: that, and what was looked at.

    Args:
        month: which.
        now, before: its figures, and those of the month before.
        left_out: plays by people who were signed in.
        videos: how many there were.
        last_play: the moment of the last play that counts, of any month, in one row of one
            column, received_at; it may be missing.
        why_not: why the month before cannot be compared with.
    """
    if now.plays:
        return None
    last = pd.to_datetime(last_play["received_at"], utc=True).iloc[0]
    day = None if pd.isna(last) else last.tz_convert(month.zone).date()
    seen = [
        f"Videos of the account: {words.whole(videos)}.",
        f"Moments: from {months.said(month.start)} to before {months.said(month.end)}.",
        f"Times the player appeared: {words.whole(now.loads)}.",
        f"Plays by people who were signed in to Lantern, which no report counts: "
        f"{words.whole(left_out)}.",
        *([] if why_not else [f"Plays in {month.before.name}: {words.whole(before.plays)}."]),
        "The last play that counts: "
        + (f"{words.day(day)}." if day else "none in the last two years."),
    ]
    return together(
        paragraph(f"Nothing was played in {month.name}.", "lead"),
        paragraph(_why(now, left_out, videos)),
        paragraph("What was looked at:"),
        listed(seen),
    )


def _why(now: Totals, left_out: int, videos: int) -> str:
    if not videos:
        return "The account had no video in the month."
    if not now.loads and not left_out:
        return (
            "No player appeared on any page either. A video shows here once it is embedded on a "
            "page, or its link is sent to somebody, and a visitor presses play."
        )
    if left_out:
        return (
            "Reports leave out plays by people who are signed in to Lantern. To see a play "
            "counted, open the page in a private window and press play there."
        )
    return "The player appeared, and nobody pressed play."
