"""What a report counts: frames of loads, plays and videos in, figures out.

Every figure is defined here once, and `DEFINITIONS` says it in the words of the page. Of the
frames these columns are used:

    loads    video_id, received_at, visitor_key, embed_type
    plays    video_id, received_at, visitor_key, play_reason, percent_viewed, seconds_watched,
             viewer_user_id
    videos   id, hashed_id, title, created_at, deleted_at
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from champion.reporting.months import Month

MOST = 5
"""Videos in a list of the best or the worst."""
FEWEST_PLAYS = 5
"""Plays that a video needs before its engagement is compared with that of others."""
BANDS = 10
"""Parts of the way through a video."""
_COUNTS = ["loads", "browsers", "plays", "viewers", "seconds_watched"]


@dataclass(frozen=True)
class Views:
    """What happened in a month.

    Attributes:
        loads, plays: the rows of the month, with the `day`, `weekday` (0 is Monday) and `hour` on
            the clock of the account's zone. No plays by people signed in to Lantern.
        left_out: how many plays by people signed in there were.
    """

    loads: pd.DataFrame
    plays: pd.DataFrame
    left_out: int


@dataclass(frozen=True)
class Totals:
    """The figures of a month; the last three are None where there is nothing to divide by.

    Attributes:
        loads: times the player appeared.
        browsers: different browsers in which it appeared.
        plays: times that playing began.
        viewers: different browsers that played.
        seconds: seconds watched.
        play_rate: viewers of browsers, 0 to 1.
        engagement: how much of the video a play saw on average, 0 to 100.
        daily: plays a day.
    """

    loads: int
    browsers: int
    plays: int
    viewers: int
    seconds: int
    play_rate: float | None
    engagement: float | None
    daily: float | None


def views(loads: pd.DataFrame, plays: pd.DataFrame, month: Month) -> Views:
    """The rows that belong to a month, of frames that may hold more."""
    shown, played = _within(loads, month), _within(plays, month)
    signed_in = played["viewer_user_id"].notna()
    return Views(shown, played[~signed_in], int(signed_in.sum()))


def totals(seen: Views, month: Month) -> Totals:
    """The figures of a month."""
    plays, browsers = len(seen.plays), _shown(seen)["visitor_key"].nunique()
    viewers = seen.plays["visitor_key"].nunique()
    return Totals(
        loads=len(seen.loads),
        browsers=browsers,
        plays=plays,
        viewers=viewers,
        seconds=int(seen.plays["seconds_watched"].sum()),
        play_rate=viewers / browsers if browsers else None,
        engagement=float(seen.plays["percent_viewed"].mean()) if plays else None,
        daily=plays / month.length if month.length else None,
    )


def by_day(seen: Views, month: Month) -> pd.DataFrame:
    """A row for each day of the month that has begun, also for those on which nothing happened.

    Columns: day, hours (that it had, or has had so far), loads, browsers, plays, viewers,
    play_rate, engagement, seconds_watched.
    """
    days = pd.Index(month.days, name="day")
    made = _counted(seen, "day", days).reset_index()
    hours = pd.Series(month.hours)
    made.insert(1, "hours", (hours if (hours % 1).any() else hours.astype("int64")).to_numpy())
    return made


def by_video(seen: Views, before: Views, videos: pd.DataFrame, month: Month) -> pd.DataFrame:
    """A row for each video that existed in the month, or was watched in it; in the order of ids.

    Columns: hashed_id, title, created and deleted (days in the account's zone; deleted may be
    missing), loads, browsers, plays, viewers, play_rate, engagement, seconds_watched,
    plays_before (in the month before).
    """
    begun, gone = _moments(videos["created_at"]), _moments(videos["deleted_at"])
    there = (begun < month.end) & ~(gone < month.start)
    watched = videos["id"].isin([*seen.loads["video_id"], *seen.plays["video_id"]])
    chosen = videos[there | watched].sort_values("id")
    made = _counted(seen, "video_id", pd.Index(chosen["id"]))
    earlier = before.plays.groupby("video_id").size()
    made["plays_before"] = earlier.reindex(made.index).fillna(0).astype("int64")
    made.insert(0, "hashed_id", chosen["hashed_id"].to_numpy())
    made.insert(1, "title", chosen["title"].to_numpy())
    made.insert(2, "created", _days(begun, month)[chosen.index].to_numpy())
    made.insert(3, "deleted", _days(gone, month)[chosen.index].to_numpy())
    return made.reset_index(drop=True)


def most_played(videos: pd.DataFrame, most: int = MOST) -> pd.DataFrame:
    """The videos with most plays, none without any.

    Of two with as many plays, the one with more viewers comes first, then by title and hashed_id.
    """
    played = videos[videos["plays"] > 0]
    return _ranked(played, {"plays": False, "viewers": False}).head(most)


def least_played(videos: pd.DataFrame, most: int = MOST) -> pd.DataFrame:
    """The videos that appeared in the month and were played least, none of the most played.

    Of two with as few plays, the one whose player appeared more often comes first: more people
    passed it by. Then by title and hashed_id.
    """
    appeared = videos[videos["browsers"] > 0].drop(most_played(videos, most).index)
    return _ranked(appeared, {"plays": True, "loads": False}).head(most)


def most_watched(
    videos: pd.DataFrame, most: int = MOST, fewest: int = FEWEST_PLAYS
) -> pd.DataFrame:
    """The videos of which a play saw most, of those with at least `fewest` plays.

    Of two that are even, the one with more plays comes first, then by title and hashed_id.
    """
    enough = videos[videos["plays"] >= fewest]
    return _ranked(enough, {"engagement": False, "plays": False}).head(most)


def least_watched(
    videos: pd.DataFrame, most: int = MOST, fewest: int = FEWEST_PLAYS
) -> pd.DataFrame:
    """The videos of which a play saw least, of those with at least `fewest` plays and not among
    the best; ties as in `most_watched`."""
    enough = videos[videos["plays"] >= fewest].drop(most_watched(videos, most, fewest).index)
    return _ranked(enough, {"engagement": True, "plays": False}).head(most)


def by_reach(seen: Views) -> pd.DataFrame:
    """How many plays ended in each tenth of a video.

    Columns: reached ("0–9 %" to "90–100 %"; the last has the whole way too), plays.
    """
    width = 100 // BANDS
    at = (seen.plays["percent_viewed"] // width).clip(upper=BANDS - 1)
    plays = at.value_counts().reindex(range(BANDS), fill_value=0).astype("int64")
    ends = [*range(width - 1, 99, width), 100]
    names = [f"{n * width}–{end} %" for n, end in enumerate(ends)]
    return pd.DataFrame({"reached": names, "plays": plays.to_numpy()})


def by_hour(seen: Views) -> pd.DataFrame:
    """Plays by weekday (seven rows, Monday first) and hour (24 columns) in the account's zone."""
    grid = pd.crosstab(seen.plays["weekday"], seen.plays["hour"])
    return grid.reindex(index=range(7), columns=range(24), fill_value=0).astype("int64")


def by_reason(seen: Views) -> pd.DataFrame:
    """Plays by why they began, most plays first: play_reason, plays, viewers, engagement."""
    return _split(seen.plays, "play_reason", "plays")


def by_place(seen: Views) -> pd.DataFrame:
    """Loads by how the player was embedded, most loads first: embed_type, loads."""
    return _split(seen.loads, "embed_type", "loads")


def _within(events: pd.DataFrame, month: Month) -> pd.DataFrame:
    """The rows of a half-open month, with their day, weekday and hour in its zone."""
    moments = _moments(events["received_at"])
    inside = (moments >= month.start) & (moments < month.end)
    local = moments[inside].dt.tz_convert(month.zone)
    return events[inside].assign(
        day=local.dt.date, weekday=local.dt.day_of_week, hour=local.dt.hour
    )


def _moments(column: pd.Series[Any]) -> pd.Series[Any]:
    """Moments as moments, also of a column in which there is none."""
    return pd.to_datetime(column, utc=True)


def _days(moments: pd.Series[Any], month: Month) -> pd.Series[Any]:
    return pd.Series(moments.dt.tz_convert(month.zone).dt.date, moments.index)


def _shown(seen: Views) -> pd.DataFrame:
    """Who saw the player: also those who played it after midnight when it had appeared before."""
    return pd.concat([seen.loads, seen.plays])


def _counted(seen: Views, by: Literal["day", "video_id"], wanted: pd.Index[Any]) -> pd.DataFrame:
    """The figures of each day or each video, a row for each that is wanted."""
    played = seen.plays.groupby(by)
    made = pd.DataFrame(
        {
            "loads": seen.loads.groupby(by).size(),
            "browsers": _shown(seen).groupby(by)["visitor_key"].nunique(),
            "plays": played.size(),
            "viewers": played["visitor_key"].nunique(),
            "seconds_watched": played["seconds_watched"].sum(),
            "engagement": played["percent_viewed"].mean().round(2),
        }
    ).reindex(wanted)
    made[_COUNTS] = made[_COUNTS].fillna(0).astype("int64")
    made["play_rate"] = (made["viewers"] / made["browsers"].where(made["browsers"] > 0)).round(4)
    made["engagement"] = made["engagement"].astype("float64")
    return made[[*_COUNTS[:4], "play_rate", "engagement", "seconds_watched"]]


def _ranked(videos: pd.DataFrame, by: dict[str, bool]) -> pd.DataFrame:
    """Sorted by these columns (True: the smallest first), then by title and hashed_id."""
    order = {**by, "title": True, "hashed_id": True}
    return videos.sort_values(list(order), ascending=list(order.values()))


def _split(events: pd.DataFrame, by: str, what: str) -> pd.DataFrame:
    groups = events.groupby(by)
    made = pd.DataFrame({what: groups.size()})
    if "percent_viewed" in events:
        made["viewers"] = groups["visitor_key"].nunique()
        made["engagement"] = groups["percent_viewed"].mean().round(2)
    return made.reset_index().sort_values([what, by], ascending=[False, True], ignore_index=True)
