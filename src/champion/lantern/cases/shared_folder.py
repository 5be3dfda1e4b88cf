"""L-1138: a colleague sees videos that she cannot: a folder was shared with him alone."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, utc
from champion.lantern.ledger import Ledger

_SCENES = (
    "Antigone, scene 1",
    "Chorus, first try",
    "Monologue 4",
    "Monologue 7",
    "Two voices",
    "Silent scene",
    "Call-back, Saturday",
    "Call-back, Sunday",
    "Jury's round",
    "Last five",
)
_COSTUMES = ("Capes and cloaks", "Masks, first fitting")


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    deirdre, tom, aoife = story.customer.people
    folder = story.folder(1, "Auditions 2026", utc(2026, 2, 2, 10))
    costumes = story.folder(2, "Costumes", utc(2025, 10, 13, 9))
    count = story.number("scenes", 5, len(_SCENES))
    for nth, title in enumerate(_SCENES, start=1):
        inside = folder if nth <= count else None
        _add(story, nth, title, utc(2026, 2, 3, 11) + nth * DAY, inside)
    for nth, title in enumerate(_COSTUMES, start=len(_SCENES) + 1):
        _add(story, nth, title, utc(2025, 10, 13, 11) + nth * DAY, costumes)
    shared = utc(2026, 3, 2, 14) + story.number("shared", 0, 20 * 24) * HOUR
    first = story.account * 100
    ledger.add(
        "folder_shares",
        id=[first + 1, first + 2, first + 3],
        folder_id=[costumes, costumes, folder],
        user_id=[aoife.id, tom.id, tom.id],
        access=["view", "view", "edit"],
        shared_by_id=deirdre.id,
        created_at=[utc(2025, 10, 14, 9), utc(2025, 10, 14, 9), shared],
        revoked_at=[utc(2026, 1, 19, 15), utc(2026, 1, 19, 15), None],
    )
    story.ask(aoife, "Tom sees more than I do", _BODY, utc(2026, 3, 31, 9, 30))
    return Truth(
        "A folder was shared with the colleague and not with her; both have the same role.",
        {
            "share": first + 3,
            "shared": shared,
            "videos in it": count,
            "may share": deirdre.id,
        },
        tempting="Access rights are broken, for two contributors see different things.",
    )


def _add(story: Story, nth: int, title: str, day: int, folder: int | None) -> None:
    created = day + story.number(f"hour {nth}", 0, 6) * HOUR
    length = story.number(f"length {nth}", 40, 280) * 1_000
    owner = story.customer.owner
    story.video(nth, f"fernhill{nth:02d}", title, created, length, owner, folder_id=folder)


_BODY = """\
Hi,

My colleague Tom Gallagher and I do the same job here and are both contributors. Yesterday
he had videos on his screen that I cannot find anywhere: some young people on our small
stage. I reloaded, I signed out and in again. We did both lose the costume videos in January,
so maybe your rights are mixed up since then?

Could you look what Tom can see and give me the same, please? And which videos are they?

Thanks a million
Aoife Nolan
Fernhill Theatre School, Dublin"""

CASE = Case("L-1138", 227, _plant, (38,))
