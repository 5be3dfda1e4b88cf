"""L-1133: "Ã©" in every name: our export is UTF-8 and was opened as if it were cp1252."""

from __future__ import annotations

import csv
import io

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, MINUTE, SECOND, utc
from champion.lantern.ledger import Ledger

_TITLES = (
    "Répétition générale",
    "Entrée des artistes",
    "Le Songe d’une nuit d’été",
    "Coulisses",
    "Présentation de la saison",
    "Cafe concert",
    "La Forêt, acte I",
    "La Forêt, acte II",
    "Où est passée Chloë ?",
    "Maître et élève",
    "Un cœur simple",
    "Soirée d’ouverture",
    "Visite guidée",
    "Ça commence à huit heures",
    "Bande-annonce",
    "Après la pièce",
    "Théâtre à l’école",
    "Atelier lumière",
)
_QUOTED = ("Répétition générale", "Cafe concert")
"""Her message speaks of these."""
_FIRST = utc(2025, 9, 4, 8)


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    helene = story.customer.owner
    others = [nth for nth, title in enumerate(_TITLES) if title not in _QUOTED]
    gone = set(story.shuffled("gone", others)[: story.number("deleted", 2, 5)])
    rows = [row for nth in range(len(_TITLES)) if (row := _video(story, nth, nth in gone))]
    accented = [title for _, title, *_ in rows if not title.isascii()]
    by_hand = story.shuffled("by hand", [each for each in accented if each not in _QUOTED])[0]
    exported = utc(2026, 3, 30, 8) + story.number("exported", 0, 90) * MINUTE
    _export_job(story, exported)
    export = _csv(rows, ",", "\n").encode()
    story.ask(helene, "Vos fichiers sont abîmés", _BODY, exported + 95 * MINUTE)
    story.attach("videos.csv", export, "text/csv")
    story.attach("videos_saison.csv", _saved_again(export, by_hand), "text/csv")
    return Truth(
        "Our export is UTF-8 without a byte order mark; her spreadsheet read it as cp1252 and "
        "saved what it had read.",
        {
            "rows": len(rows),
            "names with accents": len(accented),
            "é in our export": "c3a9",
            "é in her file": "c383c2a9",
            "mended": len(accented) - 1,
            "typed anew by hand": by_hand,
        },
        tempting="Our export is broken.",
    )


def _video(story: Story, nth: int, gone: bool) -> tuple[str, ...] | None:
    """Add one; its row in the export, which deleted ones have not."""
    created = _FIRST + nth * 11 * DAY + story.number(f"minute {nth}", 0, 500) * MINUTE
    length = story.number(f"length {nth}", 40, 900) * 1_000
    hashed = f"quaisvid{nth + 1:02d}"
    deleted = created + 30 * DAY if gone and nth < 14 else None
    if gone and deleted is None:
        deleted = utc(2026, 3, 25, 10)
    story.video(nth + 1, hashed, _TITLES[nth], created, length, deleted_at=deleted)
    if gone:
        return None
    return hashed, _TITLES[nth], str(np.datetime64(created, "us"))[:10], str(length // 1_000)


def _export_job(story: Story, exported: int) -> None:
    story.ledger.add(
        "background_jobs",
        id=story.account * 100 + 1,
        account_id=story.account,
        kind="export_videos",
        status="done",
        queued_at=exported - 70 * SECOND,
        started_at=exported - 66 * SECOND,
        finished_at=exported,
    )


def _csv(rows: list[tuple[str, ...]], delimiter: str, end: str) -> str:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end)
    writer.writerow(("hashed_id", "title", "created", "seconds"))
    writer.writerows(rows)
    return file.getvalue()


def _saved_again(export: bytes, by_hand: str) -> bytes:
    """What her spreadsheet made of it: read as cp1252, one name mended, saved as UTF-8."""
    rows = list(csv.reader(io.StringIO(export.decode("cp1252"))))[1:]
    mended = [
        (hashed, by_hand if title == by_hand.encode().decode("cp1252") else title, *rest)
        for hashed, title, *rest in rows
    ]
    return _csv(mended, ";", "\r\n").encode("utf-8-sig")


_BODY = """\
Bonjour,

(Je continue in English, your form asks for it.) I exported the list of our videos
this morning, as each season, for the printed programme. All the accents are broken:
"RÃ©pÃ©tition gÃ©nÃ©rale", and so on down the page. Even "Cafe concert" has lost its
accent completely.

In Lantern itself the titles are correct, so your export is what breaks them. In
September it was perfect, but then I opened it on my old Mac and now the theatre gave
me a Windows PC. I corrected one title by hand and then gave up: they are many, and
the printer waits.

I send you both, the file as it came from you and the one I saved from Excel. Please
repair your export, and if you can, repair my file.

Cordialement,
Hélène Fauré
Théâtre des Quais"""

CASE = Case("L-1133", 251, _plant, (33,))
