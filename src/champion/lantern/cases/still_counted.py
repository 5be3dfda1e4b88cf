"""L-1130: deleted videos still count: the nightly rollup does not know of folders being emptied."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.counting import day_text, seen
from champion.lantern.cases.telling import Shown, Story
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, utc
from champion.lantern.ledger import Ledger

_MARCH, _TODAY = utc(2026, 3, 1), utc(2026, 3, 31)
_FILMS = (
    ("lipouglass1", "Foukané sklo"),
    ("lipouglass2", "Hodina v huti"),
    ("lipoufair01", "Veletrh 2025: stánek"),
    ("lipoufair02", "Veletrh 2025: rozhovory"),
    ("lipouold001", "Vánoční nabídka"),
)
"""The first two are there; the next two went with their folder, the last by itself."""


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    marek = story.customer.person("Marek Dvořák")
    emptied = story.here(utc(2026, 3, 12) + story.number("day", 0, 8) * DAY + 14 * HOUR)
    emptied += story.number("second", 0, 3_599) * SECOND
    alone = emptied - story.number("before", 4, 8) * DAY + 3 * HOUR
    folder = story.folder(1, "Veletrh 2025", utc(2025, 9, 1, 9))
    ends = (_TODAY, _TODAY, emptied, emptied, alone)
    films = []
    for nth, ((hashed, title), end) in enumerate(zip(_FILMS, ends, strict=True), start=1):
        film = story.video(
            nth,
            hashed,
            title,
            utc(2025, 9, 2, 8) + nth * 3 * DAY,
            story.number(f"length {nth}", 60, 400) * 1_000,
            marek,
            folder_id=folder if nth in (3, 4) else None,
            deleted_at=None if end == _TODAY else end,
        )
        _show(story, film, nth, end)
        films.append(film)
    jobs = _delete_together(story, films[2:4], emptied)
    shown, visible = (
        int(seen(ledger, some, _MARCH, _TODAY).sum()) for some in (films[:4], films[:2])
    )
    body = _BODY.format(day=day_text(emptied), total=shown, visible=visible)
    story.ask(marek, "Deleted, and still counted", body, _TODAY + 7 * HOUR)
    return Truth(
        "The nightly rollup keeps the days of videos that were deleted together.",
        {
            "videos": tuple(film.hashed_id for film in films[2:4]),
            "deleted": emptied,
            "jobs": jobs,
            "total": shown,
            "visible": visible,
        },
        tempting="The videos were not really deleted.",
        escalate=True,
    )


def _show(story: Story, film: Shown, nth: int, end: int) -> None:
    """Views from autumn until the day before today, or until it was deleted."""
    for part, (start, stop, low, high) in enumerate(
        ((utc(2025, 10, 6), _MARCH, 30, 60), (_MARCH, min(end, _TODAY), 24, 60))
    ):
        count = story.number(f"views {nth} {part}", low, high)
        moments = story.moments(f"views {nth} {part}", count, start, stop - MINUTE)
        story.views(film, moments, story.visitors(f"views {nth} {part}", count, 200), page="shop")


def _delete_together(story: Story, films: list[Shown], emptied: int) -> tuple[int, ...]:
    """The jobs that emptying the folder started, one for each video; both went well."""
    jobs = tuple(story.account * 100 + nth for nth in range(1, len(films) + 1))
    story.ledger.add(
        "background_jobs",
        id=list(jobs),
        account_id=story.account,
        video_id=[film.id for film in films],
        kind="bulk_delete",
        status="done",
        queued_at=emptied,
        started_at=emptied + 2 * SECOND,
        finished_at=emptied + 5 * SECOND,
    )
    return jobs


_BODY = """\
Dobrý den,

On {day} I emptied our folder "Veletrh 2025" with the new button, and the two videos in it
disappeared from our list. But the report for March, which goes up to yesterday, shows
{total} plays for the whole account. If I add up the videos that I can see, I get {visible}.

Earlier in March I deleted the Christmas video too, that one by hand. Are all these videos
not deleted at all? The organisers of the fair do not want to see theirs anywhere any more,
so it matters to us.

S pozdravem
Marek Dvořák
Sklárna Pod Lipou, Ostrava"""

CASE = Case("L-1130", 224, _plant, (30,))
