"""L-1147: a video vanished; somebody of the customer's deleted it on the last day of that week.

In every company

- its title is not what the customer calls it, and is written with other capital letters;
- a short film of nearly the same title is there, moved to a folder in those days;
- another video was deleted on the Tuesday, so a week cut short at Friday's midnight is not empty;
- two earlier takes were deleted before that week, one of them on the Sunday evening;
- of three updates one is written in capitals and deleted since, one begins with another word and
  was moved in March, and one was uploaded in March.
"""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, utc
from champion.lantern.ledger import Ledger

_MONDAY = utc(2026, 3, 23)
_TITLES = (
    "Baguettes for beginners",
    "Sourdough STARTER, first recording",
    "Feeding your Sourdough Starter (draft)",
    "Feeding your Sourdough Starter",
    "Feeding your Sourdough Starter (short)",
    "Shaping a round loaf",
    "Rye bread from start to finish",
    "Starter kit: what is in the box",
    "What happens in the oven",
    "A tour of the bakery",
    "UPDATE for our students",
    "New ovens: an update for our students",
    "Update for our students: after Easter",
)
_FIRST, _DRAFT, _FILM, _SHORT, _LOAF, _NEWS, _OVENS = 2, 3, 4, 5, 6, 11, 12
_PAGE = "courses/sourdough"
_MOVED = (1, _SHORT, 9, _OVENS)


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    orla, declan, sadhbh = story.customer.people
    gone = _gone(story)
    folder = story.folder(1, "Courses 2026", utc(2026, 3, 24, 9))
    moved = utc(2026, 3, 25, 9) + story.number("moved", 0, 300) * MINUTE
    films = []
    for nth, title in enumerate(_TITLES, start=1):
        created = utc(2025, 2, 17, 9) + nth * 31 * DAY + story.number(f"hour {nth}", 0, 8) * HOUR
        more = {"folder_id": folder, "updated_at": moved + nth * MINUTE} if nth in _MOVED else {}
        length = story.number(f"length {nth}", *_minutes(nth)) * 1_000
        by = (orla, declan, sadhbh)[nth % 3]
        films.append(
            story.video(
                nth,
                f"brookmil{nth:02d}",
                title,
                created,
                length,
                by,
                deleted_at=gone.get(nth),
                **more,
            )
        )
    film = films[_FILM - 1]
    for part, start, stop in (
        ("winter", utc(2025, 10, 6), utc(2026, 3, 1)),
        ("march", utc(2026, 3, 1), gone[_FILM] - DAY),
        ("last day", gone[_FILM] - DAY, gone[_FILM] - MINUTE),
    ):
        count = story.number(part, 4, 7) * (1 if part == "last day" else 10)
        moments = story.moments(part, count, start, stop)
        story.views(film, moments, story.visitors(part, count, 60), page=_PAGE)
    sunday = story.moments("sunday", 1, _MONDAY - 90 * MINUTE, _MONDAY - 60 * MINUTE)
    story.views(film, sunday, story.visitors("orla", 1, 1), page=_PAGE, staff=orla)
    story.ask(orla, "Our starter video has vanished", _BODY, utc(2026, 3, 30, 9, 20))
    return Truth(
        "Somebody of the customer's deleted it on Friday; nobody keeps a record of who.",
        {"video": film.hashed_id, "deleted": gone[_FILM], "from Monday to Thursday": (_LOAF_ID,)},
        tempting="It was not deleted: nothing about a starter was deleted from Monday to Friday.",
    )


def _gone(story: Story) -> dict[int, int]:
    """When each of the deleted videos was deleted."""
    hours = {
        _FIRST: utc(2025, 8, 4, 10),
        _NEWS: utc(2026, 2, 16, 9),
        _DRAFT: _MONDAY - 6 * HOUR,
        _LOAF: _MONDAY + DAY + 10 * HOUR,
        _FILM: _MONDAY + 4 * DAY + 8 * HOUR,
    }
    return {
        nth: hour + story.number(f"gone {nth}", 0, 5 * 3_600) * SECOND
        for nth, hour in hours.items()
    }


def _minutes(nth: int) -> tuple[int, int]:
    """The least and the most seconds that a video of this number lasts."""
    if nth == _SHORT:
        return 105, 130
    if nth in (_FIRST, _DRAFT, _FILM):
        return 31 * 60, 38 * 60
    return 4 * 60, 14 * 60


_LOAF_ID = f"brookmil{_LOAF:02d}"

_BODY = """\
Hello,

Our video about feeding a sourdough starter has vanished. I mean the long one, half an hour
and more, which our course pages show. On Sunday 22 March I watched it myself, late in the
evening, before my class. On Saturday morning, the 28th, a student wrote that it does not play
any more, and it is not in our list of videos either.

The short film of almost the same name is still there; that one takes two minutes. Declan
tidied up during the week and put some of our videos into a folder, but he says that he
deleted none of them. Was it lost on your side?

Kind regards
Orla Tierney
Brookmill Bread School, Cork"""

CASE = Case("L-1147", 281, _plant)
