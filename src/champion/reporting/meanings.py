"""What each figure of a report means, in the words of the page; `counting` does what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from champion.reporting import months
from champion.reporting.counting import MOST
from champion.reporting.months import Month
from champion.reporting.pieces import Piece, escaped

if TYPE_CHECKING:
    import pandas as pd

DEFINITIONS = {
    "Loads": "The player appeared on a page. Nobody need have pressed play.",
    "Plays": (
        "Playing began: by a click, or because the page started the video. Plays by people who "
        "were signed in to Lantern, usually the account's own staff, are left out. Plays of "
        "videos that have been deleted since still count here; Lantern's statistics page no "
        "longer has them."
    ),
    "Unique viewers": (
        "Different browsers that played. Nearly people, but two devices of one person are two. "
        "Who watched on several days, or several videos, is one viewer of the month: the viewers "
        "of days and of videos do not add up to it."
    ),
    "Play rate": (
        "Unique viewers, of all browsers in which the player appeared in the month. A play "
        "shortly after midnight counts its browser, also when the player appeared before."
    ),
    "Engagement": (
        "How much of the video a play saw on average. Each play weighs the same, whatever its "
        "video. Only plays of the month are in it: Lantern's statistics page shows the average "
        "of a video's whole life instead."
    ),
    "Watched": "Seconds of watching in these plays. A part that was seen twice counts twice.",
    "Plays a day": "Plays, by the days that have passed; of a day under way, by its part.",
    "Lists of videos": (
        f"At most {MOST} each. Of two with as many plays, the one with more viewers comes first; "
        "with as few plays, the one that appeared more often; with the same engagement, the one "
        "with more plays. After that, by title. No video is among the best and the worst at once."
    ),
}


def definitions(month: Month, placed: pd.DataFrame) -> Piece:
    """What each figure means."""
    told = dict(DEFINITIONS)
    if "popover" in set(placed["embed_type"]):
        told["Play rate"] += (
            " A popover loads only when it is clicked, so it raises the rate; compare it with how "
            "often its page was opened."
        )
    terms = "".join(
        f"<dt>{escaped(term)}</dt><dd>{escaped(text)}</dd>" for term, text in told.items()
    )
    period = (
        f"Counted from {months.said(month.start)} to before {months.said(month.end)}, days in "
        f"{month.zone}."
    )
    return Piece(f"<dl>{terms}<dt>Period</dt><dd>{escaped(period)}</dd></dl>", period)
