"""What a careful colleague would say of a reply: little that is wrong, and never too much."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest

from champion.checking import letters, numerals
from champion.checking.evidence import Evidence
from champion.checking.remarks import Remark
from champion.checking.reply import remarks

from .letters_to_hamish import ADVISED, BAD, EVIDENCE, GOOD, REQUIRED, fact, letter, utc


def read(text: str, evidence: Evidence = EVIDENCE) -> tuple[Remark, ...]:
    return remarks(letters.read(text), evidence, REQUIRED)


@pytest.mark.parametrize("name", GOOD)
def test_a_right_reply_earns_no_remark_however_it_is_written(name: str) -> None:
    assert [each.text for each in read(GOOD[name])] == []


@pytest.mark.parametrize("name", BAD)
def test_what_the_evidence_lacks_is_remarked_on_with_its_line(name: str) -> None:
    sort, sentence = BAD[name]
    found = read(letter(sentence))
    assert [each.sort for each in found] == [sort], [each.text for each in found]
    assert found[0].text.startswith("line 5: `")
    assert found[0].piece in letters.read(sentence).plain


@pytest.mark.parametrize("name", ADVISED)
def test_what_a_customer_is_advised_to_do_today_is_no_promise(name: str) -> None:
    assert read(letter(ADVISED[name])) == ()


def test_a_number_that_must_be_said_may_be_there_as_another_one() -> None:
    said = letters.read(letter("We held back 14 mails."))
    last = remarks(said, EVIDENCE, {"mails held back": "How many mails wait."})[-1]
    assert last.text == (
        "lines 1–8: `mails held back`: this number is not in it: How many mails wait."
    )


def test_a_fact_that_must_be_said_and_is_not_names_its_label_and_not_its_value() -> None:
    [day, answer] = read("Hello Hamish,\n\nplease ask your provider.\n\nTom")
    assert day.text == (
        "lines 1–5: `day of the bounce`: this is not said: The day since which nothing is sent."
    )
    assert (answer.sort, answer.piece) == ("missing", "server's answer")
    assert "2 March" not in day.says
    assert "2026" not in day.says


@pytest.mark.parametrize(
    "said",
    ["2026-03-02", "2 March", "March 2nd", "the 2nd of March", "2.3.2026", "2/3/2026", "3/2/2026",
     "Mon 2 Mar", "2026/03/02", "06:11 UTC", "7:11 pm NZDT", "19:11 your time",
     "19:11 (Pacific/Auckland)", "06:11:08 UTC", "6 am UTC", "08:11 UTC+2"],
)  # fmt: skip
def test_a_moment_is_said_in_any_form_and_zone(said: str) -> None:
    assert read(f"Hello Hamish, a mail bounced, {said} it was. Tom") == ()


@pytest.mark.parametrize("said", ["2 Febuary 2026", "Septembr 2nd", "the 2nd of Januar"])
def test_a_misspelt_month_earns_one_remark_and_its_numbers_none(said: str) -> None:
    found = read(letter(f"It was {said}."))
    assert [each.sort for each in found] == ["date"], [each.text for each in found]
    assert found[0].says.startswith("is ")


@pytest.mark.parametrize("said", ["2 number plates", "the 2nd member", "2 remember it"])
def test_a_word_beside_a_number_is_no_misspelt_month(said: str) -> None:
    assert not any(when.meant for when in letters.read(f"It was {said} then.").whens)


@pytest.mark.parametrize(
    "said", ["06:11 CET", "07:11 your time", "18:11 UTC", "2026-02-03", "5 pm"]
)
def test_a_moment_in_a_wrong_zone_is_not_that_moment(said: str) -> None:
    found = read(f"Hello Hamish, a mail bounced, {said} it was. Tom")
    assert "missing" in [each.sort for each in found]


@pytest.mark.parametrize(
    ("said", "is_right"),
    [("1,204", True), ("1204", True), ("1 204", True), ("about 1,200", True), ("1.204", True),
     ("more than 1,200", True), ("1.2k", True), ("1,200", False), ("about 1,500", False),
     ("less than 1,200", False), ("more than 1,300", False), ("1,205", False),
     ("62 %", True), ("61.8 percent", True), ("63%", False), ("seven", True), ("eight", False)],
)  # fmt: skip
def test_a_rounded_number_is_right_when_it_says_so(said: str, is_right: bool) -> None:
    found = read(letter(f"It was {said} in all."))
    assert [each.sort for each in found] == ([] if is_right else ["number"])


HUNDRED = replace(EVIDENCE, facts=(fact("plays", 124), fact("a page", 100)))


@pytest.mark.parametrize(
    ("said", "is_right"),
    [("one hundred and twenty-four", True), ("a hundred and twenty-four", True),
     ("One hundred twenty-four", True), ("124", True), ("1.24 hundred", True),
     ("one hundred", False), ("a hundred and twenty-five", False), ("two hundred", False)],
)  # fmt: skip
def test_a_hundred_and_some_more_is_one_number(said: str, is_right: bool) -> None:
    found = remarks(letters.read(f"There were {said} plays."), HUNDRED, {"plays": "how many"})
    assert ("missing" not in [each.sort for each in found]) == is_right


@pytest.mark.parametrize(
    "said",
    ["Coordinated Universal Time (UTC)", "Universal Time", "Greenwich", "Greenwich Mean Time",
     "New Zealand Daylight Time", "New Zealand Standard Time"],
)  # fmt: skip
def test_what_a_clock_is_called_is_no_name_of_somebody(said: str) -> None:
    assert read(letter(f"Our report goes by {said}, as you know.")) == ()


@pytest.mark.parametrize("said", ["Sabine Daylight", "Mr Mean", "Marta"])
def test_a_name_beside_a_clock_is_still_a_name(said: str) -> None:
    found = read(letter(f"It was {said} who said it, by Greenwich Mean Time."))
    assert "name" in [each.sort for each in found]


@pytest.mark.parametrize(
    ("said", "values"),
    [("two hundred and seventy browsers", [270]), ("two hundred seventy", [270]),
     ("Two hundred and seventy-one", [271]), ("two hundred and a few", [200]),
     ("two hundred, and seventy of them", [200, 70]), ("forty-two and seven", [42, 7])],
)  # fmt: skip
def test_a_number_in_words_is_one_number(said: str, values: list[int]) -> None:
    assert [list(each.values) for each in numerals.find(said)] == [[each] for each in values]


TOGETHER = replace(fact("five Mondays", 9, 9, 8, 11, 8), together=True)


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("this Monday had 9, the four before it 8, 11, 8 and 9", 5),
        ("this Monday had nine, the four before it nine, eight, eleven and eight", 5),
        ("9 on 2026-03-30; before it 2 March 8, 9 March 11, 16 March 8 and 23 March 9", 5),
        ("this Monday had 9, as many as the one before; then came 8, 11 and 8", 5),
        ("this Monday had 9, the four before it 8 (twice), 9 and 11", 5),
        ("two of the four had 8 each, one 9 and one 11, and this Monday 9", 5),
        ("this Monday had 8, the four before it 8, 11, 8 and 9", 4),
        ("this Monday had 9, the four before it 7, 13, 8 and 11", 3),
        ("this Monday had 9, and within 8 weeks before it there were 9 and 11", 3),
        ("this Monday had 9", 1),
    ],
)
def test_numbers_that_belong_together_have_a_place_each(said: str, count: int) -> None:
    evidence = replace(EVIDENCE, facts=(TOGETHER,))
    found = remarks(letters.read(f"Hello Hamish, {said}. Tom"), evidence, {"five Mondays": "each."})
    missing = [each.says for each in found if each.sort == "missing"]
    be = "is" if count == 1 else "are"
    assert missing == ([] if count == 5 else [f"of these 5, {count} {be} said: each."])


def test_none_of_the_numbers_that_belong_together_is_not_said_at_all() -> None:
    evidence = replace(EVIDENCE, facts=(TOGETHER,))
    [found] = remarks(
        letters.read("Hello Hamish, all is well. Tom"), evidence, {"five Mondays": "x"}
    )
    assert found.says == "this is not said: x."


@pytest.mark.parametrize(
    "said", ["On 02.03. it bounced", "On 02.03., it bounced", "It bounced (02.03.) then"]
)
def test_a_day_and_a_month_with_dots_are_a_date_and_no_number(said: str) -> None:
    assert read(f"Hello Hamish, {said}. Tom") == ()


@pytest.mark.parametrize("said", ["It costs $30.03. And more", "It is 30.03. And more", "30.03"])
def test_a_number_at_the_end_of_a_sentence_is_no_day(said: str) -> None:
    assert letters.read(said).whens == ()


def test_a_near_number_says_to_copy_it_and_does_not_say_which() -> None:
    [found] = read(letter("It was 1,200 messages."))
    assert "Copy it, or write “about”" in found.says
    assert "204" not in found.says


def test_what_the_evidence_holds_may_be_promised() -> None:
    held = replace(
        EVIDENCE, facts=(*EVIDENCE.facts, fact("trial ends", utc(2026, 4, 3, 9)), fact("hours", 24))
    )
    kept = letter("Your trial will end on 3 April. You will hear within 24 hours.")
    assert read(kept, held) == ()
    assert [each.sort for each in read(kept)] == ["promise", "promise"]


def test_a_day_of_the_last_week_may_be_told_by_its_name() -> None:
    late = replace(EVIDENCE, facts=(fact("day of the bounce", utc(2026, 3, 27, 9)),
                                    fact("server's answer", "bounced")))  # fmt: skip
    assert read("Hello Hamish, a mail bounced on Friday. Tom", late) == ()
    assert read("Hello Hamish, a mail bounced on Friday. Mind the Fridays. Tom", late) == ()
    found = read("Hello Hamish, a mail bounced on Saturday. Tom", late)
    assert {each.sort for each in found} == {"missing"} | {"date"}


def test_a_customers_own_ticket_and_domain_are_no_leak() -> None:
    own = replace(EVIDENCE, strangers={**EVIDENCE.strangers, "bellwether wool": "a namesake"})
    assert read(letter("Bellwether Wool is well, and so is L-1136."), own) == ()


def test_two_plain_words_are_no_customer_because_one_is_called_so() -> None:
    named = replace(EVIDENCE, strangers={"coral home": "the name of another customer"})
    assert read(letter("Coral home screens are well, and a coral home is, too."), named) == ()
    assert [each.sort for each in read(letter("As at Coral Home."), named)] == ["leak"]


def test_two_blanks_behind_a_sentence_make_no_name_of_the_next_word() -> None:
    assert read(letter("Nothing was sent.  What you see is right.")) == ()


def test_a_wrongly_greeted_customer_is_asked_about() -> None:
    [found] = read(letter("All is well.").replace("Hamish", "Harold"))
    assert found.text == (
        "line 1: `Harold`: nobody of this name is in the ticket. Whom do you answer?"
    )


def test_lines_count_from_the_first_that_is_written() -> None:
    [found] = read("\n\n\n" + letter("We held back 14 mails.").replace("\n", "\r\n"))
    assert (found.line, found.last) == (5, 5)


@pytest.mark.parametrize(
    "text",
    ["a" * 20_000, "A" * 20_000, "1,204 " * 3_000, "18:04 " * 3_000, "a@" * 9_000,
     "\x00\x1b" * 5_000, "\ud800" * 5_000, "\ufdfa" * 20_000, "we will by friday " * 1_000,
     "Aaa > " * 3_000, "9" * 20_000, "L-" * 9_000, '"' * 20_000],
)  # fmt: skip
def test_a_hostile_reply_is_read_in_a_moment_and_does_no_harm(text: str) -> None:
    began = time.process_time()
    for found in read(text):
        assert len(found.text) < 300
        assert found.text.isprintable()
    assert time.process_time() - began < 6


MONDAYS = Evidence(
    (
        fact("Mondays", 8, 11, 8, 9),
        fact("days", *(date(2026, 3, day) for day in (2, 9, 16, 23))),
    ),
    now=utc(2026, 3, 31, 9),
)


@pytest.mark.parametrize(
    "said",
    [
        "2 March 8, 9 March 11, 16 March 8, 23 March 9.",
        "2 March: 8, 9 March: 11, 16 March: 8, 23 March: 9.",
        "The Mondays had 8, 11, 8 and 9 plays (2, 9, 16 and 23 March).",
        "The latest first: 9, 8, 11 and 8, on 23, 16, 9 and 2 March.",
        "2.3. 8, 9.3. 11, 16.3. 8, 23.3.: 9",
    ],
)
def test_counts_beside_their_days_are_read_as_counts_and_days(said: str) -> None:
    assert [number.text for number in letters.read(said).numbers].count("11") == 1
    assert remarks(letters.read(said), MONDAYS, {}) == ()


def test_a_day_that_is_not_in_the_evidence_is_found_in_a_list_of_days() -> None:
    said = letters.read("The Mondays were 3, 9, 16 and 23 March.")
    found = remarks(said, MONDAYS, {})
    assert [(each.sort, each.piece) for each in found] == [("date", "3")]


def test_a_number_with_a_point_at_the_end_of_a_sentence_is_no_day() -> None:
    assert [each.text for each in letters.read("The average is 2.3. We looked.").numbers] == ["2.3"]
