"""L-1109: viewing from before 2024-03-31 has vanished: it is kept for two years."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, RETENTION_START, utc
from champion.lantern.ledger import Ledger


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    mikkel = story.customer.person("Mikkel Dahl")
    changed = utc(2026, 3, 26, 12)
    film = story.video(
        1, "fjordstart", "Your first week", utc(2024, 2, 5, 9), 742_000, mikkel, updated_at=changed
    )
    first = RETENTION_START + story.number("first", 1, 5) * HOUR
    for week in range(104):
        count = story.number(f"week {week}", 2, 7)
        start = first + week * 7 * DAY
        moments = story.moments(f"week {week}", count, start, start + 6 * DAY)
        moments[0] = start
        story.views(film, moments, story.visitors(f"week {week}", count, 300), page="courses")
    story.ask(mikkel, "Heatmaps of early 2024 are gone", _BODY, utc(2026, 3, 31, 6, 35))
    return Truth(
        "Single views are kept for two years and removed by the nightly job.",
        {"first load": first},
        tempting="The change to the video on 2026-03-26 deleted them.",
    )


_BODY = """\
Hi,

We wanted to compare this spring's beginners with those of 2024. For "Your first week" \
(fjordstart) I find nothing from before 2024-03-31, although we have used it \
since February of that year. Last Thursday a colleague changed the thumbnail. \
Did that delete the old heatmaps?

Best regards
Mikkel Dahl
Fjord & Field Training, Oslo"""

CASE = Case("L-1109", 110, _plant, (9,))
