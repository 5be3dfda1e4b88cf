"""What stands on the page, without a kernel: pieces, headings that go, and what is escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pandas as pd
import pytest
from nbformat import v4

from champion.problems import Problem
from champion.reporting import (
    charts,
    counting,
    lists,
    meanings,
    months,
    nothing,
    overview,
    page,
    pieces,
    words,
)
from champion.reporting.accounts import Account

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
MARKUP = "<script>alert('1')</script> & \"quotes\" </td> \u202egnp"
CUSTOMER = Account(7, MARKUP, "Europe/Oslo", datetime(2024, 5, 1, tzinfo=UTC))
FEBRUARY = months.month("2026-02", "Europe/Oslo", NOW)


class Tags(HTMLParser):
    """Every tag of a piece, and its texts."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.texts.append(data)


def totals(**more: object) -> counting.Totals:
    made = counting.Totals(
        loads=200, browsers=180, plays=120, viewers=90, seconds=7_300, play_rate=0.5,
        engagement=57.31, daily=4.29,
    )  # fmt: skip
    return replace(made, **more)


NONE = totals(
    loads=0, browsers=0, plays=0, viewers=0, seconds=0, play_rate=None, engagement=None, daily=0.0
)


def text(piece: pieces.Piece | None) -> str:
    assert piece is not None
    return " ".join(" ".join(Tags(piece.markup).texts).split()).replace(words.SPACE, " ")


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (124, 100, "+24 (+24 %)"),
        (76, 100, "−24 (−24 %)"),
        (103, 100, "+3 (+3 %)"),
        (1003, 977, "+26 (+2.7 %)"),
        (12, 0, "+12, from none"),
        (0, 12, "−12 (−100 %)"),
        (0, 0, "no change"),
        (5, 5, "no change"),
    ],
)
def test_a_change_is_said_in_numbers_and_per_cent_and_nothing_is_divided_by_zero(now, before, said):
    assert words.change(now, before).replace(words.SPACE, " ") == said


def test_rates_change_by_points_and_a_missing_one_by_nothing():
    assert words.points(57.31, 54.08) == "+3.2 points"
    assert words.points(50.0, 50.01) == "no change"
    assert words.points(50.0, None) == "–"


def test_an_account_and_a_video_may_be_called_anything():
    opened = overview.opening(CUSTOMER, FEBRUARY)
    shown = pieces.table("Most <b>", pieces.Column("V", [pieces.video(MARKUP, "x<y")]))
    for piece in (opened, shown):
        found = Tags(piece.markup)
        assert "script" not in found.tags
        assert "b" not in found.tags
        assert MARKUP in "".join(found.texts)
    assert page_of([opened]).count("<script") == 0


def test_a_title_of_spaces_can_still_be_seen():
    assert "(without a title)" in text(pieces.video("   ", "abc"))


def test_a_deleted_video_is_marked():
    assert "deleted 2026-02-10" in text(pieces.video("Old", "abc", date(2026, 2, 10)))


def test_the_month_is_said_in_a_sentence_against_the_month_before():
    said = text(overview.summary(totals(), totals(plays=100), FEBRUARY))
    assert "In February 2026, the videos were played 120 times by 90 unique viewers" in said
    assert "20 % more plays than in January 2026" in said


def test_no_plays_the_month_before_are_said_in_words():
    said = text(overview.summary(totals(), NONE, FEBRUARY))
    assert "in January 2026 there were no plays" in said
    assert "There were no plays in January 2026." in text(
        overview.comparison(totals(), NONE, FEBRUARY)
    )


def test_a_month_that_cannot_be_compared_with_is_not():
    new = replace(CUSTOMER, created=datetime(2026, 2, 10, tzinfo=UTC))
    why = overview.incomparable(new, FEBRUARY)
    assert why == "In January 2026 the account did not exist yet."
    said = text(overview.summary(totals(), NONE, FEBRUARY, why))
    assert "January" not in said
    assert "January" not in text(overview.comparison(totals(), NONE, FEBRUARY, why))
    kept = months.month("2024-04", "Europe/Oslo", NOW)
    old = replace(CUSTOMER, created=datetime(2024, 1, 1, tzinfo=UTC))
    assert "too little is left" in overview.incomparable(old, kept)
    assert overview.incomparable(CUSTOMER, FEBRUARY) == ""


def test_before_the_account_was_made_there_is_nothing_to_count():
    with pytest.raises(Problem, match="was made on 2024-05-01; there is nothing to count"):
        overview.opening(CUSTOMER, months.month("2024-04", "Europe/Oslo", NOW))


def test_a_month_under_way_says_until_when():
    march = months.month("2026-03", "Europe/Oslo", NOW)
    assert "until 2026-03-31 12:00 UTC" in text(overview.opening(CUSTOMER, march))
    assert "until" not in text(overview.opening(CUSTOMER, FEBRUARY))


def seen(reason: str = "click", embed: str = "inline", left_out: int = 0) -> counting.Views:
    loads = pd.DataFrame({"embed_type": [embed] * 4, "visitor_key": list("abcd")})
    plays = pd.DataFrame({"play_reason": [reason] * 3})
    return counting.Views(loads, plays, left_out)


def test_what_makes_a_figure_look_better_than_it_is_is_said_first():
    assert overview.remarks(CUSTOMER, FEBRUARY, seen()) is None
    assert "100.0 % of the plays were started by the page" in text(
        overview.remarks(CUSTOMER, FEBRUARY, seen(reason="autoplay"))
    )
    assert "popovers, which load only when they are clicked" in text(
        overview.remarks(CUSTOMER, FEBRUARY, seen(embed="popover"))
    )
    assert "2 plays by people who were signed in to Lantern are left out" in text(
        overview.remarks(CUSTOMER, FEBRUARY, seen(left_out=2))
    )


def test_a_short_day_is_explained():
    march = months.month("2026-03", "Europe/Oslo", NOW)
    said = text(overview.remarks(CUSTOMER, march, seen()))
    assert "Sunday 2026-03-29 had 23 hours: the clocks of Europe/Oslo changed." in said
    assert "2026-03-31 had" not in said


def no_last_play() -> pd.DataFrame:
    return pd.DataFrame({"received_at": [None]})


def test_a_month_without_plays_says_so_and_what_was_looked_at():
    said = text(nothing.played(FEBRUARY, NONE, NONE, 0, 12, no_last_play()))
    assert "Nothing was played in February 2026." in said
    assert "Videos of the account: 12." in said
    assert "from 2026-01-31 23:00 UTC to before 2026-02-28 23:00 UTC" in said
    assert "none in the last two years" in said
    assert nothing.played(FEBRUARY, totals(), NONE, 0, 12, no_last_play()) is None


@pytest.mark.parametrize(
    ("loads", "left_out", "videos", "why"),
    [
        (0, 0, 0, "The account had no video in the month."),
        (0, 0, 3, "No player appeared on any page either."),
        (9, 0, 3, "The player appeared, and nobody pressed play."),
        (9, 4, 3, "open the page in a private window"),
    ],
)
def test_a_month_without_plays_says_why_it_may_be(loads, left_out, videos, why):
    now = replace(NONE, loads=loads)
    assert why in text(nothing.played(FEBRUARY, now, NONE, left_out, videos, no_last_play()))


def test_without_plays_there_is_no_chart_and_no_table():
    days = pd.DataFrame({"day": list(FEBRUARY.days), "plays": 0})
    empty = pd.DataFrame({"video_id": [], "visitor_key": [], "percent_viewed": [],
                          "weekday": [], "hour": [], "play_reason": []})  # fmt: skip
    none = counting.Views(pd.DataFrame({"embed_type": []}), empty, 0)
    assert charts.plays_by_day(days, FEBRUARY) is None
    assert charts.reach(counting.by_reach(none)) is None
    assert charts.hours(counting.by_hour(none), FEBRUARY) is None
    assert lists.days(days, FEBRUARY) is None
    assert overview.summary(NONE, NONE, FEBRUARY) is None
    assert overview.comparison(NONE, NONE, FEBRUARY) is None


def chart() -> pieces.Piece:
    plays = [n % 7 for n in range(28)]
    days = pd.DataFrame({"day": list(FEBRUARY.days), "plays": plays})
    drawn = charts.plays_by_day(days, FEBRUARY, usual=2.5)
    assert drawn is not None
    return drawn


def test_a_chart_says_in_words_what_it_shows_and_is_the_same_bytes_each_time():
    assert 'alt="Bar chart of the plays of each day in February 2026. The most, 6, were' in (
        chart().markup
    )
    assert chart().markup == chart().markup


def test_popovers_are_explained_where_there_are_any():
    placed = pd.DataFrame({"embed_type": ["inline"], "loads": [1]})
    assert "popover" not in text(meanings.definitions(FEBRUARY, placed))
    placed.loc[1] = ["popover", 3]
    assert "A popover loads only when it is clicked" in text(meanings.definitions(FEBRUARY, placed))


def shows(piece: pieces.Piece | None) -> list[object]:
    if piece is None:
        return []
    return [v4.new_output("execute_result", {"text/html": piece.markup}, execution_count=1)]


def page_of(shown: list[pieces.Piece | None], heading: str = "## Videos") -> str:
    cells = [v4.new_markdown_cell(heading)]
    cells += [v4.new_code_cell("x < 1", outputs=shows(piece)) for piece in shown]
    secret = [v4.new_output("stream", text="visitor key")]
    cells.append(v4.new_code_cell("plays", outputs=secret, metadata={"tags": ["remove-output"]}))
    return page.html(v4.new_notebook(cells=cells), "A & B: report")


def test_a_heading_under_which_nothing_is_shown_is_left_out():
    assert "<h2" in page_of([None, pieces.paragraph("Here")])
    assert "<h2" not in page_of([None, None])


def test_what_a_cell_tagged_remove_output_shows_is_not_on_the_page():
    assert "visitor key" not in page_of([pieces.paragraph("Here")])


def test_the_page_stands_alone():
    whole = page_of([pieces.paragraph("Here"), chart()])
    assert re.match(r'<!DOCTYPE html>\s+<html lang="en">', whole)
    assert "<title>A &amp; B: report</title>" in whole
    assert re.findall(r"https?:|<script|<link|@import|url\(", whole) == []
    assert "default-src 'none'" in whole


def test_the_code_is_there_and_folded_away():
    whole = page_of([pieces.paragraph("Here")])
    assert "<details>" in whole
    assert whole.index("<details>") < whole.index("<code>x &lt; 1</code>")
