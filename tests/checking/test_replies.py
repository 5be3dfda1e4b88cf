"""The verdict on a reply: with the mentor and what stands out, or refused for a leak."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from champion.checking.answer import Answer
from champion.checking.evidence import Evidence
from champion.checking.judge import judge
from champion.checking.key import Need, Task, Wrong
from champion.checking.verdict import Verdict

from .letters_to_hamish import EVIDENCE, REQUIRED, letter
from .making import answer, runs, task

MODEL = letter("Please ask your provider.")
PROMISED = letter("It will be fixed by Friday.")
SPAM = letter("Please look into the spam folder again.")

REPLY = task(
    slug="write-to-hamish",
    title="Write to Hamish",
    kind="reply",
    variable="reply",
    blank='reply = """\nHello Hamish,\n\n...\n"""',
    reference="the model",
    ticket="L-1136",
    evidence=("evidence = {}",),
    needs=tuple(Need(label, why) for label, why in REQUIRED.items()),
    rubric=("It is **friendly**.", "It asks for one thing."),
    wrong=(
        Wrong("promised-a-day", "Who has agreed to it?", "You said Friday.", source="promised"),
        Wrong(
            "spam-folder",
            "They have looked there.",
            source="spam",
            when=("reply matches `look.*spam`",),
        ),
    ),
)
RUN = runs({"the model": MODEL, "promised": PROMISED, "spam": SPAM})


def said(value: Any, source: str = "", key: Task = REPLY, on: Evidence = EVIDENCE) -> Verdict:
    return judge(key, answer(value, source), RUN, lambda: on)


def test_a_reply_without_a_remark_is_with_the_mentor_and_a_colleagues_lies_beside_it() -> None:
    verdict = said(MODEL)
    assert verdict.outcome == "with mentor"
    assert verdict.done
    assert not verdict.passed
    assert verdict.reply == MODEL
    assert verdict.message == (
        "… Write to Hamish: written, and for your mentor to read. No number, date, id, name or "
        "promise in it stands out; whether it is right and kind, no program can tell.\n"
        "  Your mentor will ask:\n"
        "  - It is friendly.\n"
        "  - It asks for one thing.\n"
        "  This is how a colleague wrote it. Yours may differ.\n"
        "\n"
        "      Hello Hamish,\n"
        "\n"
        "      a mail to you bounced on 2 March, and so we stopped.\n"
        "\n"
        "      Please ask your provider.\n"
        "\n"
        "      Kind regards\n"
        "      Tom"
    )


def test_remarks_advise_and_the_colleagues_reply_waits() -> None:
    verdict = said(letter("We held back 14 mails."))
    assert verdict.outcome == "with mentor"
    first, *rest = verdict.message.splitlines()
    assert first.startswith(
        "… Write to Hamish: for your mentor to read, with 1 remark. line 5: `14`:"
    )
    assert rest[-1] == '  `reference("write-to-hamish")` shows how a colleague wrote it.'
    assert "ask your provider" not in verdict.message


def test_a_leak_alone_refuses_a_reply() -> None:
    verdict = said(letter("It is as with Tamarind Cookery, and 14 others."))
    assert verdict.outcome == "wrong"
    assert not verdict.done
    lines = verdict.message.splitlines()
    assert lines[0] == "✗ Write to Hamish: not yet. It gives another customer's data away."
    assert lines[1].startswith("  line 5: `Tamarind Cookery`: this is the name of another customer")
    assert [each.sort for each in verdict.remarks] == ["leak", "number"]


def test_a_named_wrong_reply_is_known_by_its_words_or_by_its_remarks() -> None:
    by_remark = said(letter("You will have it by Monday."))
    assert by_remark.mistakes == ("promised-a-day",)
    assert "Who has agreed to it?" in by_remark.message
    assert 'the customer would have written: "You said Friday."' in by_remark.message
    by_words = said(letter("Could you LOOK at your Spam once more?"))
    assert by_words.mistakes == ("spam-folder",)
    assert by_words.outcome == "with mentor"
    assert said(letter("We held back 14 mails.")).mistakes == ()


def test_a_named_wrong_reply_may_quote_what_the_evidence_holds() -> None:
    swapped = Wrong(
        "seven-messages",
        "Seven is another number. Of what?",
        when=(r"reply matches `\b{mails held back}\s+messages\b.{0,9}`",),
    )
    many = Wrong(
        "many", "Of how many?", when=("reply matches `\\b{messages in all}, or {messages in all}`",)
    )
    key = replace(REPLY, wrong=(swapped, many))
    assert said(letter("We held back 7 mails."), key=key).mistakes == ()
    assert said(letter("There are 7 messages."), key=key).mistakes == ("seven-messages",)
    assert said(letter("It was 1204, or 1,204."), key=key).mistakes == ("many",)
    unknown = replace(REPLY, wrong=(replace(many, when=("reply matches `{nothing}`",)),))
    assert "its evidence has no `nothing`" in said(letter("It is well."), key=unknown).message


def test_what_a_pattern_quotes_may_be_broken_over_two_lines() -> None:
    quoted = Wrong("quoted", "In whose words?", when=("reply matches `box {server's answer}`",))
    key = replace(REPLY, wrong=(quoted,))
    assert said(letter("The box does\nnot exist."), key=key).mistakes == ("quoted",)
    assert said(letter("The box is\nnot there."), key=key).mistakes == ()


@pytest.mark.parametrize(
    "value", ["", "  \n ", "...", "\nHello Hamish,\n\n...\n", "Hello Hamish,\n...\nregards", ...]
)
def test_a_blank_is_not_attempted(value: Any) -> None:
    verdict = said(value)
    assert verdict.outcome == "not attempted"
    assert "Replace the ..." in verdict.message


def test_an_untouched_cell_is_not_attempted_whatever_was_in_the_variable() -> None:
    assert said(MODEL, REPLY.blank).outcome == "not attempted"


@pytest.mark.parametrize(
    ("value", "says"),
    [(5, "holds a value that is no text"), (None, "holds nothing"), (["a"], "holds a list")],
)
def test_what_is_no_text_is_told_how_a_reply_is_written(value: Any, says: str) -> None:
    verdict = said(value)
    assert verdict.outcome == "wrong"
    assert says in verdict.message
    assert 'reply = """…"""' in verdict.message


def test_a_reply_without_end_gets_one_clear_line() -> None:
    verdict = said("x" * 1_000_000)
    assert verdict.message == (
        "✗ Write to Hamish: not yet. Your reply has 1,000,000 characters; "
        "a customer reads 20,000 at the very most."
    )
    assert verdict.reply == ""


def test_many_remarks_are_cut_short_and_counted() -> None:
    many = letter("\n".join(f"We held back {3000 + 7 * n} mails." for n in range(20)))
    verdict = said(many)
    assert verdict.message.count("line ") == 8
    assert "… and 12 more remarks." in verdict.message
    assert len(verdict.remarks) == 20


def test_a_cell_that_fails_is_an_error_and_no_reply() -> None:
    failed = Answer("error", source='reply = f"{days}"', error="NameError: name 'days'")
    verdict = judge(REPLY, failed, RUN, lambda: EVIDENCE)
    assert verdict.outcome == "error"
    assert "NameError" in verdict.message


def test_a_broken_key_is_no_mistake_of_the_learners() -> None:
    for evidence in (Evidence(trouble="its evidence fails: KeyError: 'x'"), Evidence()):
        verdict = said(MODEL, on=evidence)
        assert verdict.outcome == "error"
        assert "That is no mistake of yours." in verdict.message
    no_text = replace(REPLY, reference="a number")
    run = runs({"a number": 5})
    assert "its reference gives no text" in judge(
        no_text, answer(MODEL), run, lambda: EVIDENCE
    ).message  # fmt: skip


def test_a_finished_reply_with_its_dots_left_is_told_of_the_dots() -> None:
    verdict = said("Hello Hamish,\n\nyour mail came back on 2 March.\n...\n")
    assert verdict.outcome == "not attempted"
    assert "A line of three dots still stands in it." in verdict.message


@pytest.mark.parametrize("text", ["B", "Hello Hamish", "1"])
def test_a_letter_of_a_few_words_is_none_and_closes_nothing(text: str) -> None:
    verdict = said(text)
    assert verdict.outcome == "not attempted"
    assert not verdict.done
    assert "no letter yet" in verdict.message
