"""L-1004: which are our three longest videos?

Lengths are dealt by the seed, so that in every company

- a deleted video is the longest of all, and another one is longer than the second that counts;
- the third and the fourth that count have the same length, and the one that comes first by
  title has the larger id;
- none of the four is among the first three by id.
"""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, utc
from champion.lantern.ledger import Ledger

_DELETED = (2, 7, 12, 16)
_TITLES = (
    "Guided tour: the east wing",
    "Guided tour: the east wing (old cut)",
    "Curator's talk: light in the north",
    "How we hang a painting",
    "The winter exhibition",
    "Night at the museum, for families",
    "The winter exhibition (draft)",
    "A morning in the restoration workshop",
    "Conversation with the architects",
    "Summer school: printing by hand",
    "Voices from the archive",
    "Opening speech, first take",
    "Opening speech",
    "Maps of the Baltic",
    "Amber: a history in ten objects",
    "Concert in the courtyard, rehearsal",
    "Concert in the courtyard",
    "For teachers: planning your visit",
)


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    leyla = story.customer.person("Leyla Aydın")
    ranking = _ranking(story)
    lengths = _lengths(story, ranking)
    for nth, title in enumerate(_TITLES, start=1):
        created = utc(2025, 4, 2, 8) + nth * 17 * DAY + story.number(f"hour {nth}", 0, 9) * HOUR
        gone = created + story.number(f"deleted {nth}", 2, 30) * DAY if nth in _DELETED else None
        story.video(nth, f"nordlich{nth:02d}", title, created, lengths[nth], leyla, deleted_at=gone)
    story.ask(leyla, "Our three longest videos", _BODY, utc(2026, 3, 31, 10, 20))
    counted = [nth for nth in ranking if nth not in _DELETED][:4]
    first, second, *tied = (_TITLES[nth - 1] for nth in counted)
    return Truth(
        "They ask for the three longest videos they can see.",
        {"titles": (first, second, min(tied))},
        tempting="The three longest rows, deleted ones among them.",
    )


def _ranking(story: Story) -> list[int]:
    """The videos from longest to shortest; the fifth and sixth are the tied pair."""
    counted = [nth for nth in range(1, len(_TITLES) + 1) if nth not in _DELETED]
    later = story.shuffled("ranks", counted[3:])
    pair = next([a, b] for a in later for b in later if a < b and _TITLES[a - 1] > _TITLES[b - 1])
    first, second = [nth for nth in later if nth not in pair][:2]
    gone = story.shuffled("gone", _DELETED)
    top = [gone[0], first, gone[1], second, *pair]
    return top + story.shuffled("rest", [n for n in range(1, len(_TITLES) + 1) if n not in top])


def _lengths(story: Story, ranking: list[int]) -> dict[int, int]:
    """Milliseconds for each video: from just under an hour downwards, the pair the same."""
    lengths: dict[int, int] = {}
    length = story.number("longest", 55 * 60_000, 58 * 60_000)
    for place, nth in enumerate(ranking):
        lengths[nth] = length
        if place != 4:
            length -= story.number(f"step {place}", 61_000, 170_000)
    return lengths


_BODY = """\
Dear Lantern team,

Our board wants shorter films on the site. Before Thursday I have to tell them which three of our \
videos are the longest, so that we can cut those first. I mean the ones we can see in our account.

Could you send me the three titles with their lengths?

With best wishes from Berlin
Leyla Aydın
Nordlicht Museum"""

CASE = Case("L-1004", 104, _plant)
