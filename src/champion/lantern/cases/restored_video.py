"""L-1131: a restored video shows zeros: the job that counts its days anew has not run."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.counting import day_text, seen
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, NOW, SECOND, utc
from champion.lantern.ledger import Ledger

_TODAY = utc(2026, 3, 31)


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    pieter = story.customer.person("Pieter Botha")
    nights = story.number("nights since", 0, 3)
    restored = _TODAY - nights * DAY + 6 * HOUR + story.number("minute", 0, 150) * MINUTE
    deleted = restored - story.number("hours gone", 20, 60) * HOUR
    film = story.video(
        1,
        "highveld01",
        "Reading an X-ray",
        utc(2025, 9, 29, 7),
        1_126_000,
        pieter,
        updated_at=restored,
    )
    count = story.number("views", 390, 460)
    moments = story.moments("views", count, utc(2025, 10, 1), deleted - MINUTE)
    story.views(film, moments, story.visitors("views", count, 120), page="courses")
    job = _queue(story, film.id, restored, deleted)
    kept = int(seen(ledger, [film]).sum())
    opened = NOW - story.number("opened", 20, 80) * MINUTE
    body = _BODY.format(day=day_text(restored))
    story.ask(pieter, "Restored, and all statistics are gone", body, opened)
    return Truth(
        "The background job that counts the video's days anew is still queued.",
        {"job": job, "nights passed": nights, "stuck": nights > 0, "plays kept": kept},
        tempting="The statistics are lost.",
        escalate=nights > 0,
    )


def _queue(story: Story, film: int, restored: int, deleted: int) -> int:
    """The job that waits, and an older one of the same video that failed."""
    job = story.account * 100 + 2
    failed = deleted - 9 * DAY
    story.ledger.add(
        "background_jobs",
        id=[job - 1, job],
        account_id=story.account,
        video_id=film,
        kind=["transcribe", "rebuild_stats"],
        status=["failed", "queued"],
        queued_at=[failed, restored],
        started_at=[failed + 40 * SECOND, None],
        finished_at=[failed + 7 * MINUTE, None],
    )
    return job


_BODY = """\
Good day,

One of my students deleted "Reading an X-ray" (highveld01) by accident. I restored it myself
on {day} and the video plays again, thank you for that button.

But its statistics now show zero plays, for all time! It has been part of the course since
October, and I report the numbers to the veterinary council next week. The transcript never
came either, some days before. Is everything lost?

Regards
Pieter Botha
Highveld Veterinary College, Pretoria"""

CASE = Case("L-1131", 225, _plant, (31,))
