from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from champion import places
from champion.authoring.doctrine import (
    index,
    index_is_current,
    main,
    remarks,
    run_snippets,
    search,
    write_index,
)
from champion.authoring.entries import Entry, entries
from champion.lantern import Company
from champion.problems import Problem

AUTOPLAY = """\
---
title: Plays tripled after a redesign
symptom: Our plays tripled, and nobody writes to us
where: Statistics page
tags: [autoplay, plays]
cases: [7]
owner: Ines
last_verified: 2026-03-01
lesson: 1-querying/03-counting
---

## Symptom

Plays jump on one day.

## Where it happens

Embeds.

## Cause

Muted autoplay.

## How to check

```sql found
SELECT 1 AS account_id
```

```python
assert len(found) == 1
```

## What to answer

Split by reason.

## When to escalate

Never.
"""


@pytest.fixture
def autoplay(course: Path) -> Path:
    folder = course / "doctrine"
    folder.mkdir()
    path = folder / "autoplay.md"
    path.write_text(AUTOPLAY, encoding="utf-8")
    other = AUTOPLAY.replace("Plays tripled after a redesign", "Two counts of plays").replace(
        "[autoplay, plays]", "[uniques]"
    )
    (folder / "uniques.md").write_text(other.replace("Muted autoplay", "Uniques"), encoding="utf-8")
    (folder / "TEMPLATE.md").write_text("no entry", encoding="utf-8")
    return path


def committed() -> list[Entry]:
    return entries() if places.doctrine().is_dir() else []


@pytest.mark.parametrize("entry", committed(), ids=lambda entry: entry.slug)
def test_every_snippet_of_the_doctrine_runs_on_every_proven_company(
    entry: Entry, companies: tuple[Company, ...]
) -> None:
    failed = [
        f"doctrine/{entry.slug}.md:{ran.snippet.line} on seed {company.seed}: {ran.error}"
        for company in companies
        for ran in run_snippets(entry, company)
        if ran.error
    ]
    assert failed == []


@pytest.mark.parametrize("entry", committed(), ids=lambda entry: entry.slug)
def test_every_entry_of_the_doctrine_has_an_owner_and_was_verified(entry: Entry) -> None:
    from champion.lantern.clock import now

    assert remarks(entry, now().date()) == []


@pytest.mark.skipif(not committed(), reason="the doctrine has no entries yet")
def test_the_index_of_the_doctrine_is_current() -> None:
    assert index_is_current(), "run `champion build`"


def test_an_entry_is_read_with_its_snippets_and_their_lines(autoplay: Path) -> None:
    entry = entries()[0]
    assert (entry.slug, entry.tags, entry.cases) == ("autoplay", ("autoplay", "plays"), ("7",))
    assert entry.last_verified == date(2026, 3, 1)
    lines = autoplay.read_text(encoding="utf-8").split("\n")
    assert [lines[each.line - 1] for each in entry.snippets] == ["```sql found", "```python"]


def test_later_snippets_find_the_rows_of_earlier_ones(autoplay: Path, company: Company) -> None:
    query, code = run_snippets(entries()[0], company)
    assert (query.rows, query.error) == (1, "")
    assert code.error == ""


def test_a_snippet_that_fails_says_why(autoplay: Path, company: Company) -> None:
    autoplay.write_text(AUTOPLAY.replace("SELECT 1", "SELEC 1"), encoding="utf-8")
    query, code = run_snippets(entries()[0], company)
    assert query.error
    assert "found" in code.error


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["autoplay"], ["autoplay"]),
        (["plays"], ["autoplay", "uniques"]),
        (["Tripling"], ["autoplay", "uniques"]),
        (["redesigned", "plays"], ["autoplay"]),
        ([], ["autoplay", "uniques"]),
    ],
)
def test_a_search_ranks_title_symptom_and_tags_first(
    autoplay: Path, words: list[str], found: list[str]
) -> None:
    assert [entry.slug for entry in search(words)] == found


def test_a_search_without_success_names_the_tags(autoplay: Path) -> None:
    with pytest.raises(Problem, match=r"Nothing on “refund” yet\. Tags: autoplay, plays, uniques"):
        main(["refund"])


def test_a_search_shows_title_symptom_and_file(autoplay: Path) -> None:
    assert main(["redesign"]).split("\n") == [
        "Plays tripled after a redesign",
        "  “Our plays tripled, and nobody writes to us”",
        "  doctrine/autoplay.md",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("last_verified: 2026-03-01", "last_verified: 2025-09-01", "was last verified on 2025-09"),
        ("last_verified: 2026-03-01\n", "", "was never verified"),
        ("owner: Ines", "owner:", "has no owner"),
    ],
)
def test_an_entry_that_nobody_looks_after_is_remarked_on(
    autoplay: Path, old: str, new: str, told: str
) -> None:
    autoplay.write_text(AUTOPLAY.replace(old, new), encoding="utf-8")
    [remark] = remarks(entries()[0], date(2026, 3, 31))
    assert told in remark
    assert f"! {remark}" in main(["autoplay"])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("## Cause", "## Causes", "autoplay.md:1: the section `## Cause` is missing"),
        ("symptom: Our plays tripled, and nobody writes to us\n", "", "needs `symptom: …`"),
        ("cases:", "kases:", "autoplay.md:6: `kases` is unknown"),
        ("2026-03-01", "soon", "autoplay.md:8: `last_verified` is a date"),
        ("```sql found", "```sql 1found", "`1found` is no name"),
    ],
)
def test_a_mistake_in_an_entry_names_file_and_line(
    autoplay: Path, old: str, new: str, told: str
) -> None:
    autoplay.write_text(AUTOPLAY.replace(old, new), encoding="utf-8")
    with pytest.raises(Problem) as caught:
        entries()
    assert told in str(caught.value)


def test_the_index_follows_the_entries(autoplay: Path) -> None:
    assert not index_is_current()
    write_index()
    assert index_is_current()
    assert (
        "| [Two counts of plays](uniques.md) | Our plays tripled, and nobody writes to us "
        "| Statistics page | 2026-03-01 |"
    ) in index()
    autoplay.write_text(AUTOPLAY.replace("redesign", "relaunch"), encoding="utf-8")
    assert not index_is_current()
