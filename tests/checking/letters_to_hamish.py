"""The evidence of one ticket, and letters that colleagues of many habits might write on it."""

from __future__ import annotations

from datetime import UTC, datetime

from champion.checking.canonical import canonical
from champion.checking.evidence import Evidence, Fact
from champion.checking.values import Scalar


def fact(label: str, *values: object) -> Fact:
    """A fact whose values are plain Python."""
    read = [canonical(each) for each in values]
    assert all(isinstance(each, Scalar) for each in read)
    return Fact(label, tuple(each for each in read if isinstance(each, Scalar)))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


EVIDENCE = Evidence(
    facts=(
        fact("address", "hamish.doig@bellwetherwool.example"),
        fact("day of the bounce", utc(2026, 3, 2, 6, 11, 8)),
        fact(
            "server's answer",
            "550 5.1.1 The email account that you tried to reach does not exist",
            *("does not exist", "doesn't exist", "bounced", "refused", "rejected", "came back"),
            "turned away",
        ),
        fact("mails held back", 7),
        fact("password mails", utc(2026, 3, 30, 18, 20), utc(2026, 3, 30, 18, 25),
             utc(2026, 3, 30, 18, 56)),
        fact("last that arrived", utc(2026, 2, 25, 6, 11, 20)),
        fact("messages in all", 1204),
        fact("share", 0.6178),
    ),
    said=(
        "L-1136\nNo mail for a new password\nHamish Doig\nHamish.Doig@bellwetherwool.example\n"
        "Bellwether Wool\nbellwetherwool.example\nChristchurch\n"
        "I have a new phone and need a new password for Lantern. I have looked into the spam "
        "folder, too. Aroha gets hers without trouble. I leave on Thursday."
    ),
    known="Maren Holt\nBusiness",
    zone="Pacific/Auckland",
    now=utc(2026, 3, 31, 12),
    seen=(utc(2026, 3, 30, 21, 13),),
    strangers={
        "tamarind cookery": "the name of another customer",
        "fjord & field training": "the name of another customer",
        "driftglassaquarium.example": "the site of another customer",
        "farah.qureshi@tamarindcookery.example": "the address of somebody at another customer",
        "tamarind01": "the id of another customer's video",
        "xyfugxthfv": "the id of another customer's video",
        "lnt_kiln4q": "the beginning of another customer's token",
        "l-1101": "another customer's ticket",
    },
)  # fmt: skip

REQUIRED = {
    "day of the bounce": "The day since which nothing is sent.",
    "server's answer": "What their server answered.",
}

GOOD = {
    "formal": """\
Dear Mr Doig,

We have looked into our mail log. A message to hamish.doig@bellwetherwool.example was refused on
March 2nd, 2026 with the words "The email account that you tried to reach does not exist". Lantern
sends nothing to such an address; this is why the reset mails do not arrive.

Yours sincerely,
Wolfgang Petersen
Customer Support""",
    "bullets": """\
Hi Hamish,

here's what happened, step by step:

• 25 February: the last mail arrived.
• 2 March, 06:11 UTC: a report bounced.
• Since then: 7 mails held back, 3 of them password mails.

1. Ask your new provider about the mailbox.
2. Reply here.

Kind regards,
Dmitri | Lantern""",
    "their own clock": """\
Kia ora Hamish

Your address is on our list since Monday 2 March (7:11 pm your time), when a mail came back. You
asked again on 31 March, at about 7:20 in the morning, New Zealand time.

Ngā mihi,
Jo""",
    "numbers and dates": """\
Hi Hamish, on 02.03.2026 your server rejected a mail (SMTP 550 5.1.1). Of about 1,200 messages 62 %
went well, and the three of yesterday (18:20, 18:25 and 18:56 UTC) were not sent. That's four weeks
without mail, from 2 to 30 March. One or two minutes after you confirm, all is well.
Best, Tom""",
    "small letters": """\
hi hamish, thanks for asking. a mail to you bounced on 2 mar 2026 so we stopped. tell us when the
mailbox is there. cheers, jo""",
    "no promise": """\
Hello Hamish,

a mail to you bounced on 2 March. I cannot promise a date, because it depends on your provider. If
nothing has changed by Friday, please write again. Could you ask them before Wednesday?

I'm 100% sure of one thing: there are two ways to go on, and Maren or I will help with either.

Greetings from the support team, Ilse""",
    "quotes and menus": """\
Hi Hamish, this is Bo from Lantern. Your mailbox "Old Office" doesn't exist any more, we learnt on
2 March. Later, open Settings > Profile and press "Forgot it?" in Chrome or Outlook. See
https://www.bellwetherwool.example/team and https://help.lantern.example/mail for more. Bo""",
    "words for hours": """\
Hello Hamish,

I checked twice. On Monday the 2nd of March, at six in the morning UTC, a mail came back.

xx Bella""",
    "an ordinary two thousand": """\
Hello Hamish,

In March 2026, on the 2nd of March to be exact, our mail was turned away. Step 1: ask your provider.
Step 2: write to us, 24/7.

With best wishes
Mei Lin""",
}

ADVISED = {
    "run it again": "Run the report again today and the seven will be in it.",
    "you can": "Then you can export the list today, and it will be whole.",
    "after another": "Change the address and save it today, and the mails will arrive.",
    "not to fix": "Today you need seven, so please do not fix the number in it.",
}
"""Sentences that speak of today, and promise nothing for it."""

BAD = {
    "a promised weekday": ("promise", "It will be fixed by Friday."),
    "a promised span": ("promise", "You'll have your mail within 24 hours."),
    "tomorrow": ("promise", "Our developers know, and you will be able to sign in tomorrow."),
    "a promised date": ("promise", "The check will be done on 2 April."),
    "today": ("promise", "We will change it and run it today."),
    "today by somebody": ("promise", "I run it again today and all will be well."),
    "looking again": ("promise", "Look again tomorrow, and all will be there."),
    "two days": ("promise", "I'll get back to you in two days."),
    "another count": ("number", "We held back 14 mails."),
    "a count in words": ("number", "We held back nine mails."),
    "a number too exact": ("number", "Of 1,200 messages most went well."),
    "a share": ("number", "That happens to 8 % of our customers."),
    "another day": ("date", "The last mail arrived on 12 February."),
    "another weekday": ("date", "Your last mail arrived on Friday 25 February."),
    "another clock": ("time", "You asked again at 18:40 UTC."),
    "another zone": ("time", "It was 2 March at 06:11 NZDT."),
    "another person": ("name", "Your colleague Ngaire gets hers."),
    "a mistyped address": ("id", "We write to hamish@bellwetherwool.example."),
    "an unknown id": ("id", "The message was 9f8e7d6c5b4a3921."),
    "an unknown host": ("id", "Ask support@mailhost-nz.example for the log."),
    "a customer's name": ("leak", "We had the same with Tamarind Cookery last week."),
    "a customer with a sign": ("leak", "Fjord & Field Training's mails bounced too."),
    "a customer's address": ("leak", "Farah.Qureshi@tamarindcookery.example saw the same."),
    "a customer's site": ("leak", "See https://www.driftglassaquarium.example/screens."),
    "a customer's video": ("leak", "It is as with tamarind01."),
    "a video without digits": ("leak", "It is as with xyfugxthfv."),
    "a customer's token": ("leak", "The token lnt_kiln4q9x was used."),
    "a customer's ticket": ("leak", "Please see L-1101."),
    "hidden by an invisible letter": ("leak", "As with Tamarind\u200b Cook\u00adery."),
}  # fmt: skip
"""Which remark a sentence earns that stands in an otherwise right letter."""


def letter(sentence: str) -> str:
    """A right letter with one more sentence in it, on its fifth line."""
    return (
        "Hello Hamish,\n\na mail to you bounced on 2 March, and so we stopped.\n\n"
        f"{sentence}\n\nKind regards\nTom"
    )
