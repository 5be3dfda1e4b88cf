"""The plausible wrong conclusion leads elsewhere: around videos, statistics and escalations."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.lantern import solvers_content as solvers

from champion.lantern import Company
from champion.lantern.stories import truths
from champion.lantern.traps.asking import number, rows

OF = "FROM plays p JOIN videos v ON v.id = p.video_id WHERE v.hashed_id = :id"


def test_a_cache_does_not_explain_l_1103(companies: tuple[Company, ...]) -> None:
    """Engagement moved meanwhile; and staff, who watch to the end, would make it another."""
    for company in companies:
        found = solvers.lifetime_engagement(company)
        before = f"SELECT sum(percent_viewed) / count(*) {OF} AND viewer_user_id IS NULL AND "
        assert (
            number(company, before + "received_at < '2026-02-16 00:00+00'", id="larkspur01")
            > found["engagement ever"]
            > 2 * found["engagement in these days"]
        )
        all_plays = f"SELECT sum(percent_viewed) / count(*) {OF}"
        assert number(company, all_plays, id="larkspur01") > found["engagement ever"]


def test_the_popover_of_l_1104_persuades_few_of_those_who_open_the_page(
    companies: tuple[Company, ...],
) -> None:
    for company in companies:
        found = solvers.popover_rate(company)
        body = "SELECT body FROM ticket_messages WHERE ticket_id = 1104"
        visits = int(rows(company, body)[0][0].split("opened ")[1].split()[0])
        assert found["popover loads"] == found["popover plays"]
        inline = found["inline plays"] / found["inline loads"]
        assert found["popover plays"] / visits < inline / 3


def test_no_hour_of_utc_is_silent_on_the_short_day_of_l_1106(
    companies: tuple[Company, ...],
) -> None:
    sql = f"""
        SELECT count(DISTINCT extract(hour FROM p.received_at)) {OF}
        AND p.received_at >= '2026-03-08 06:00+00' AND p.received_at < '2026-03-09 05:00+00'"""
    for company in companies:
        assert number(company, sql, id="lakeviewfm") == 23


def test_the_videos_of_l_1130_are_deleted_and_one_by_hand_does_not_count(
    companies: tuple[Company, ...],
) -> None:
    by_hand = "SELECT count(*) FROM daily_stats s JOIN videos v ON v.id = s.video_id "
    later = f"SELECT count(*) {OF} AND p.received_at > v.deleted_at"
    for company in companies:
        found = solvers.still_counted(company)
        assert found["total"] > found["visible"]
        assert number(company, by_hand + "WHERE v.hashed_id = :id", id="lipouold001") == 0
        stored = number(company, f"SELECT count(*) {OF}", id="lipouold001")
        assert stored > 0
        for hashed in found["videos"]:
            assert number(company, later, id=hashed) == 0


def test_the_statistics_of_l_1131_are_not_lost(companies: tuple[Company, ...]) -> None:
    """The plays are there; and no such job that was done had waited longer than a night."""
    waited = """
        SELECT max(started_at - queued_at) FROM background_jobs
        WHERE kind = 'rebuild_stats' AND status = 'done'"""
    for company in companies:
        assert solvers.restored_video(company)["plays kept"] > 300
        assert rows(company, waited)[0][0] <= timedelta(hours=26)


def test_l_1131_is_for_the_developers_once_a_night_has_passed() -> None:
    stuck = {truths(seed)["L-1131"].evidence["stuck"] for seed in range(1, 9)}
    assert stuck == {True, False}
    for seed in range(1, 9):
        truth = truths(seed)["L-1131"]
        assert truth.escalate == truth.evidence["stuck"] == (truth.evidence["nights passed"] > 0)


def test_three_ways_to_add_up_l_1132_give_three_numbers(companies: tuple[Company, ...]) -> None:
    """With the tags, with DISTINCT, and without what was sent back: none is the truth."""
    theirs = "FROM escalations e JOIN tickets t ON t.id = e.ticket_id WHERE t.account_id = 226"
    for company in companies:
        found = solvers.fanned_hours(company)
        distinct = number(company, f"SELECT sum(DISTINCT e.developer_minutes) {theirs}")
        fixed = number(
            company, f"SELECT sum(e.developer_minutes) {theirs} AND e.outcome <> 'sent_back'"
        )
        ways = {found["minutes"], found["minutes we reported"], distinct, fixed}
        assert len(ways) == 4
        assert 2 * found["minutes"] < found["minutes we reported"] < 4 * found["minutes"]


def test_our_wrong_answer_to_l_1132_can_be_read(companies: tuple[Company, ...]) -> None:
    sql = """
        SELECT m.body FROM ticket_messages m JOIN tickets t ON t.id = m.ticket_id
        WHERE t.account_id = 226 AND m.author_kind = 'agent' AND m.visibility = :seen
        ORDER BY m.sent_at DESC LIMIT 1"""
    for company in companies:
        reported = solvers.fanned_hours(company)["minutes we reported"]
        answer = rows(company, sql, seen="public")[0][0]
        assert f"{reported // 60} h {reported % 60:02d} min" in answer
        assert "JOIN ticket_tags" in rows(company, sql, seen="internal")[0][0]


def test_both_contributors_of_l_1138_have_the_same_role_and_lost_the_same_share(
    companies: tuple[Company, ...],
) -> None:
    shares = """
        SELECT u.role, count(s.id), count(s.revoked_at) FROM users u
        LEFT JOIN folder_shares s ON s.user_id = u.id
        WHERE u.id IN (2272, 2273) GROUP BY u.id, u.role ORDER BY u.id"""
    for company in companies:
        assert rows(company, shares) == [("contributor", 2, 1), ("contributor", 1, 1)]


def test_lateness_explains_neither_half_of_l_1141(companies: tuple[Company, ...]) -> None:
    """By the UTC day the crowd is a day later; the videos left out are months apart."""
    utc = f"""
        SELECT CAST(CAST(p.received_at AS date) AS text), count(*) {OF} GROUP BY 1
        ORDER BY 2 DESC LIMIT 1"""
    gala = "SELECT hashed_id FROM videos WHERE title = 'Spring gala, live'"
    left_out = """
        SELECT max(created_at) - min(created_at) FROM (
            SELECT created_at FROM videos WHERE account_id = 228 AND deleted_at IS NULL
            ORDER BY id OFFSET 300
        ) AS t"""
    for company in companies:
        found = solvers.day_and_pages(company)
        assert rows(company, utc, id=rows(company, gala)[0][0])[0][0] > found["day"]
        assert rows(company, left_out)[0][0] > timedelta(days=45)
        assert 300 < found["videos"] < 400


def test_the_clock_change_does_not_explain_l_1142(companies: tuple[Company, ...]) -> None:
    for company in companies:
        found = solvers.quiet_monday(company)
        assert min(found["mondays before"]) <= found["monday"] <= max(found["mondays before"])


def test_another_showreel_of_l_1143_was_deleted_and_is_not_the_one(
    companies: tuple[Company, ...],
) -> None:
    deleted = """
        SELECT hashed_id FROM videos
        WHERE account_id = 230 AND title = 'Showreel' AND deleted_at IS NOT NULL"""
    for company in companies:
        found = solvers.moved_video(company)
        assert rows(company, deleted)[0][0] != found["video"]
        assert found["plays since"] > 0


def test_no_newsletter_doubled_the_plays_of_l_1144(companies: tuple[Company, ...]) -> None:
    """What is stored of that day is like every other day; what was counted is exactly twice."""
    usual = f"""
        SELECT max(plays) FROM (
            SELECT CAST(p.received_at AS date), count(*) AS plays {OF}
            AND p.viewer_user_id IS NULL GROUP BY 1
        ) AS t"""
    for company in companies:
        found = solvers.sent_back(company)
        assert found["plays"] <= number(company, usual, id="tundracamp")
        assert found["counted"] == 2 * found["plays"]


def test_a_week_cut_at_fridays_midnight_clears_everybody_of_l_1147(
    companies: tuple[Company, ...],
) -> None:
    """BETWEEN finds something, but no starter; and the short film of that name is no proof."""
    between = """
        SELECT title FROM videos WHERE account_id = 281
        AND deleted_at BETWEEN '2026-03-23 00:00+00' AND '2026-03-27 00:00+00'"""
    there = """
        SELECT hashed_id, duration_ms FROM videos
        WHERE account_id = 281 AND title LIKE 'Feeding%' AND deleted_at IS NULL"""
    for company in companies:
        ((title,),) = rows(company, between)
        assert "starter" not in title.lower()
        ((hashed, length),) = rows(company, there)
        assert hashed != solvers.vanished_video(company)["video"]
        assert length < 180_000


def test_an_earlier_take_of_l_1147_was_deleted_before_it_was_last_seen(
    companies: tuple[Company, ...],
) -> None:
    draft = "SELECT deleted_at FROM videos WHERE account_id = 281 AND title LIKE '%(draft)'"
    watched = f"SELECT max(p.received_at) {OF} AND p.viewer_user_id IS NOT NULL"
    for company in companies:
        film = solvers.vanished_video(company)
        ((seen,),) = rows(company, watched, id=film["video"])
        assert rows(company, draft)[0][0] < seen < company.now


@pytest.mark.parametrize("ticket", ["L-1130", "L-1144"])
def test_what_only_developers_can_mend_is_escalated(ticket: str) -> None:
    assert truths(1)[ticket].escalate


def test_capitals_make_strangers_of_three_users_of_l_1154_and_one_address_is_another_customers(
    companies: tuple[Company, ...],
) -> None:
    typed = "SELECT email FROM users WHERE account_id = 282"
    anybody = "SELECT account_id FROM users WHERE lower(email) = :address"
    for company in companies:
        found = solvers.twelve_addresses(company)
        asked = {*found["may sign in"], *found["sent away"]}
        assert len(asked - {email for (email,) in rows(company, typed)}) == 3
        assert len(found["sent away"]) in (1, 2, 3)
        owners = {each: rows(company, anybody, address=each) for each in found["no users"]}
        assert [each for each in owners.values() if each] == [[(209,)]]
