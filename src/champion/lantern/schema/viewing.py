"""Viewing: what happens where a player is embedded."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped

from champion.lantern.schema.base import Base, day, hexed, key, link, moment, number, text


class Load(Base):
    """The player appeared on a page."""

    __tablename__ = "loads"
    __table_args__ = {  # noqa: RUF012
        "comment": "The player appeared on somebody's page. Nobody need have pressed play. Kept "
        "for two years: the nightly job removes older rows, so nothing here is from before "
        "2024-03-31."
    }

    id: Mapped[int] = key()
    video_id: Mapped[int] = link("videos", "The video in the player.")
    received_at: Mapped[datetime] = moment("When our server heard of it.")
    visitor_key: Mapped[str] = hexed(
        "A browser, not a person: sixteen hexadecimal digits kept in a cookie. The same visitor "
        "loads and plays many times; a second device or a private window is a new key."
    )
    embed_type: Mapped[str] = text(
        "inline (in the page), popover (opens on a click, and only then loads) or link (our own "
        "page)."
    )
    embed_url: Mapped[str | None] = text(
        "The page it was on. Missing when the site sends no referrer."
    )


class Play(Base):
    """Playing began."""

    __tablename__ = "plays"
    __table_args__ = {  # noqa: RUF012
        "comment": "Playing began in a player that had loaded. Every play has one load; many "
        "loads have no play. Kept for two years, as loads are."
    }

    id: Mapped[int] = key()
    load_id: Mapped[int] = link("loads", "The load it belongs to; a load has one play at most.")
    video_id: Mapped[int] = link("videos", "The video that played; the same as its load's.")
    received_at: Mapped[datetime] = moment(
        "When our server heard that playing began. UTC: for a customer's day use "
        "accounts.time_zone."
    )
    visitor_key: Mapped[str] = hexed(
        "The browser, as in loads. Count it DISTINCT for unique viewers."
    )
    play_reason: Mapped[str] = text(
        "Why it began: click (somebody pressed play), autoplay (the page started it, muted) or "
        "api (a script on their page did)."
    )
    percent_viewed: Mapped[int] = number(
        "How far they came, 0 to 100, a whole number. 0: they left within the first hundredth."
    )
    seconds_watched: Mapped[int] = number(
        "Seconds of watching, rounded down. Watching a part twice counts twice, so it may exceed "
        "the length."
    )
    viewer_user_id: Mapped[int | None] = link(
        "users",
        "The Lantern user who watched while signed in, usually the customer's own staff. Missing "
        "for everybody else. Customers' reports leave such plays out.",
    )


class DailyStat(Base):
    """What was counted of one video on one UTC day."""

    __tablename__ = "daily_stats"
    __table_args__ = {  # noqa: RUF012
        "comment": "Loads and plays by video and UTC day, counted every night at 00:30 UTC for "
        "the day before; customers' reports show it. Kept for ever, so it reaches further back "
        "than plays. A day without any load or play has no row. The days of a deleted video are "
        "removed in the night after its deletion; a restored one gets them back from a background "
        "job and is left out until that has run. 'Engagement' in the reports is not from here: it "
        "is the average of plays.percent_viewed over the video's whole life, rounded down, without "
        "plays by signed-in users; choosing dates does not change it."
    }

    id: Mapped[int] = key()
    video_id: Mapped[int] = link("videos", "The video.")
    day: Mapped[date] = day(
        "The UTC day, whatever the customer's zone: an evening in America falls on the next one. "
        "The last is yesterday's."
    )
    loads: Mapped[int] = number(
        "Loads received that day. The job ran twice for 2026-02-11 and added to what was there: "
        "loads, plays and seconds_watched of that day are double for every video, and have not "
        "been mended."
    )
    plays: Mapped[int] = number(
        "Plays received that day, without those by signed-in users. Double on 2026-02-11, as "
        "loads are."
    )
    visitors: Mapped[int] = number(
        "Different browsers among those plays. Adding up days counts a visitor who came back again."
    )
    seconds_watched: Mapped[int] = number(
        "Seconds watched in those plays. Double on 2026-02-11, as loads are."
    )
