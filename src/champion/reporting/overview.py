"""The head of a report: its title, the month in a sentence and a few figures, and what to know.

Each function gives a piece of the page, or None when there is nothing to show; a heading of the
notebook under which nothing is shown is left out of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from champion.problems import Problem
from champion.reporting import months, words
from champion.reporting.accounts import Account
from champion.reporting.counting import Totals, Views
from champion.reporting.months import KEPT_SINCE, Month
from champion.reporting.pieces import Column, Piece, escaped, listed, paragraph, table, together

MUCH = 1 / 3
"""A part that changes what a figure says."""


def opening(account: Account, month: Month) -> Piece:
    """The title of the page, and what it covers. It also tells the command how to name its files.

    Raises:
        Problem: the account was made after the month.
    """
    if account.created >= month.end:
        raise Problem(
            f"{account.name} ({account.id}) was made on {_day(account.created, month)}; there is "
            f"nothing to count in {month.name}."
        )
    until = "" if month.is_over else f", until {months.said(month.end)}"
    covers = f"{month.name}{until} · days in {month.zone}"
    return Piece(
        f'<header><p class="kind">Video report</p><h1><bdi>{escaped(account.name)}</bdi></h1>'
        f'<p class="covers">{escaped(covers)}</p></header>',
        f"{account.name}, {covers}",
        {
            "title": f"{account.name}: video report, {month.name}",
            "file": f"{account.slug}-{month.code}",
        },
    )


def incomparable(account: Account, month: Month) -> str:
    """Why the month before cannot be compared with, in a sentence; "" when it can."""
    before = month.before
    if account.created >= before.over:
        return f"In {before.name} the account did not exist yet."
    if before.start < KEPT_SINCE:
        return (
            f"Of {before.name} too little is left to compare with: single plays are kept for two "
            f"years, and begin on {_day(KEPT_SINCE, month)}."
        )
    return ""


def summary(now: Totals, before: Totals, month: Month, why_not: str = "") -> Piece | None:
    """The month in a sentence and five figures; None without plays.

    Args:
        now, before: the figures of the month and of the month before.
        month: which.
        why_not: why the month before cannot be compared with.
    """
    if not now.plays:
        return None
    earlier = month.before.name
    against = ""
    if not why_not:
        against = _against(now.plays, before.plays, earlier)
    lead = (
        f"In {month.name}, the videos were played {words.count(now.plays, 'time')} by "
        f"{words.count(now.viewers, 'unique viewer')}{against}."
    )
    compared = None if why_not else before
    cards = "".join(
        f'<li><span class="name">{escaped(name)}</span>'
        f'<strong class="figure">{escaped(value)}</strong>'
        f'<span class="since">{escaped(since)}</span></li>'
        for name, value, since in _cards(now, compared, earlier)
    )
    return together(paragraph(lead, "lead"), Piece(f'<ul class="cards">{cards}</ul>', lead))


def remarks(account: Account, month: Month, seen: Views, why_not: str = "") -> Piece | None:
    """What to know before reading: a month that is not whole, what is left out, odd rates."""
    said = [*_limits(account, month, why_not)]
    if len(seen.plays):
        said += [*_short_days(month), *_left_out(seen), *_embedding(seen)]
        said += [why_not] if why_not else []
    return listed(said, "remarks")


def _limits(account: Account, month: Month, why_not: str) -> Iterator[str]:
    if not month.is_over:
        yield (
            f"{month.name} is not over: all figures end at {months.said(month.end)}, while the "
            "month before is whole. Of the counts, compare plays a day."
        )
    if month.start < KEPT_SINCE:
        yield (
            f"Single plays are kept for two years: of {month.name} only what came from "
            f"{months.said(KEPT_SINCE)} on is counted, and days before it show 0."
        )
    if month.start <= account.created < month.end:
        yield f"The account was made on {_day(account.created, month)}."
    if account.closed is not None and account.closed < month.end:
        yield f"The account was closed on {_day(account.closed, month)}."


def _short_days(month: Month) -> Iterator[str]:
    for day, hours in month.hours.items():
        if hours != 24 and (month.is_over or day != month.days[-1]):
            yield f"{words.day(day)} had {hours:g} hours: the clocks of {month.zone} changed."


def _left_out(seen: Views) -> Iterator[str]:
    if seen.left_out:
        are = "is" if seen.left_out == 1 else "are"
        yield (
            f"{words.count(seen.left_out, 'play')} by people who were signed in to Lantern {are} "
            "left out, as in all reports."
        )


def _embedding(seen: Views) -> Iterator[str]:
    """Two ways of embedding that make a figure look better than it is."""
    by_itself = (seen.plays["play_reason"] == "autoplay").mean()
    clicked = (seen.loads["embed_type"] == "popover").mean()
    if by_itself >= MUCH:
        yield (
            f"{words.share(by_itself)} of the plays were started by the page, without sound. "
            "“How plays began” has those that somebody started."
        )
    if clicked >= MUCH:
        yield (
            f"{words.share(clicked)} of the loads were popovers, which load only when they are "
            "clicked: the play rate says little here."
        )


def comparison(now: Totals, before: Totals, month: Month, why_not: str = "") -> Piece | None:
    """All figures of the month beside those of the month before; None without plays."""
    if not now.plays:
        return None
    rows = _figures(now, before)
    columns = [Column(month.name, [value for _, value, _, _ in rows])]
    if not why_not:
        columns.append(Column(month.before.name, [value for _, _, value, _ in rows]))
        columns.append(Column("Change", [value for _, _, _, value in rows]))
    caption = "All figures" if why_not else f"{month.name} against {month.before.name}"
    note = None
    if not why_not and not before.plays:
        note = paragraph(f"There were no plays in {month.before.name}.", "note")
    elif not why_not and month.is_over and len(month.days) != len(month.before.days):
        note = paragraph(
            f"{month.name} has {len(month.days)} days, {month.before.name} "
            f"{len(month.before.days)}. Plays a day do not depend on that.",
            "note",
        )
    return together(table(caption, Column("Figure", [row[0] for row in rows]), *columns), note)


def _against(now: int, before: int, earlier: str) -> str:
    if not before:
        return f"; in {earlier} there were no plays"
    if now == before:
        return f", exactly as often as in {earlier}"
    more = "more" if now > before else "fewer"
    grown = words.growth(now, before)[1:]
    return f": {grown} {more} plays than in {earlier}"


def _cards(now: Totals, before: Totals | None, earlier: str) -> Sequence[tuple[str, str, str]]:
    name = earlier.partition(" ")[0]

    def since(change: str) -> str:
        if before is None:
            return ""
        if not before.plays:
            return f"none in {name}"
        return f"{change} on {name}" if change not in ("no change", words.NONE) else f"as in {name}"

    was = before or now
    return (
        ("Plays", words.whole(now.plays), since(_growth(now.plays, was.plays))),
        ("Unique viewers", words.whole(now.viewers), since(_growth(now.viewers, was.viewers))),
        ("Play rate", words.share(now.play_rate), since(_rate_change(now, was))),
        (
            "Engagement",
            words.percent(now.engagement),
            since(words.points(now.engagement, was.engagement)),
        ),
        ("Watched", words.hours(now.seconds), since(_growth(now.seconds, was.seconds))),
    )


def _figures(now: Totals, before: Totals) -> list[tuple[str, str, str, str]]:
    """Name, the month's value, that of the month before, and the change."""
    whole = [
        ("Plays", now.plays, before.plays),
        ("Unique viewers", now.viewers, before.viewers),
        ("Loads", now.loads, before.loads),
        ("Browsers in which the player appeared", now.browsers, before.browsers),
    ]
    rows = [(n, words.whole(a), words.whole(b), words.change(a, b)) for n, a, b in whole]
    daily = (now.daily or 0, before.daily or 0)
    a_day = ("Plays a day", words.decimal(daily[0]), words.decimal(daily[1]), _growth(*daily))
    rows.insert(1, a_day)
    return [
        *rows,
        ("Play rate", words.share(now.play_rate), words.share(before.play_rate),
         _rate_change(now, before)),
        ("Engagement", words.percent(now.engagement), words.percent(before.engagement),
         words.points(now.engagement, before.engagement)),
        ("Watched", words.length(now.seconds), words.length(before.seconds),
         _growth(now.seconds, before.seconds)),
    ]  # fmt: skip


def _rate_change(now: Totals, before: Totals) -> str:
    rates = (None if r is None else r * 100 for r in (now.play_rate, before.play_rate))
    return words.points(*rates)


def _growth(now: float, before: float) -> str:
    if now == before:
        return "no change"
    return words.growth(now, before) if before else words.NONE


def _day(moment: datetime, month: Month) -> str:
    return f"{moment.astimezone(ZoneInfo(month.zone)):%Y-%m-%d}"
