from __future__ import annotations

import re

import pytest
from tests.lantern import evidence
from tests.lantern.reading import NAMES

from champion.lantern import Company, describe
from champion.lantern.logs.dictionary import LOG_FILES
from champion.lantern.schema import SUBJECTS, Base, models
from champion.lantern.traps.asking import rows
from champion.problems import Problem


def test_the_dictionary_page_is_up_to_date() -> None:
    """`python -m champion.lantern.describe` writes it anew."""
    assert describe.page_file().read_text(encoding="utf-8") == describe.page()


def test_every_table_belongs_to_one_subject() -> None:
    told = [model for models in SUBJECTS.values() for model in models]
    assert len(told) == len(set(told))
    assert set(told) == set(models())


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_and_column_says_what_it_means(table: object) -> None:
    columns = Base.metadata.tables[str(table)].columns
    assert Base.metadata.tables[str(table)].comment
    assert [column.name for column in columns if not (column.comment or "").endswith(".")] == []


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_what_may_be_missing_says_so(table: object) -> None:
    for column in Base.metadata.tables[str(table)].columns:
        says = "issing" in (column.comment or "")
        assert says == column.nullable, column.name


def test_a_table_is_described_with_all_its_columns() -> None:
    text = describe.text("videos")
    assert all(column.name in text for column in Base.metadata.tables["videos"].columns)
    assert max(map(len, text.splitlines())) <= describe.WIDTH


def test_all_tables_and_logs_are_listed_in_a_line_each() -> None:
    lines = describe.text().splitlines()
    assert len(lines) == len(Base.metadata.tables) + len(LOG_FILES)
    assert [line.split()[0] for line in lines][-len(LOG_FILES) :] == list(NAMES)


@pytest.mark.parametrize("name", LOG_FILES)
def test_a_log_is_described_with_its_fields_and_oddities(name: str) -> None:
    text = describe.text(name)
    assert max(map(len, text.splitlines())) <= describe.WIDTH
    for field, _ in LOG_FILES[name].fields:
        assert f"\n{field}\n" in text
    for oddity in LOG_FILES[name].oddities:
        assert oddity.split()[0] in text


def test_the_dictionary_knows_every_usual_event_and_its_fields(
    companies: tuple[Company, ...],
) -> None:
    app = LOG_FILES["app.jsonl"]
    fields = {name for names, _ in app.fields for name in names.split(", ")}
    usual = set(re.findall(r"[a-z_]+\.[a-z_]+", dict(app.fields)["event"]))
    seen = set()
    for company in companies:
        for line in evidence.app_lines(company):
            seen.add(line["event"])
            assert set(line) <= fields or line["event"] not in usual, line
        webhook = next(evidence.webhook_lines(company))
        assert list(webhook) == [name for name, _ in LOG_FILES["webhooks.jsonl"].fields]
        head = evidence.raw_lines(company, "cdn.tsv")[1]
        named = [name for name, _ in LOG_FILES["cdn.tsv"].fields]
        assert head.removeprefix("#Fields: ").split("\t") == named
    assert usual <= seen


def test_a_misspelt_log_is_one_line_with_the_likely_one() -> None:
    with pytest.raises(Problem, match=r"no log called acces\.log\. Did you mean access\.log\?"):
        describe.text("acces.log")


def test_a_misspelt_table_is_one_line_with_the_likely_one() -> None:
    with pytest.raises(Problem, match=r"no table called vidoes\. Did you mean videos\?"):
        describe.text("vidoes")


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("accounts", "status", ("trialing", "active", "past_due", "cancelled", "closed")),
        ("users", "role", ("owner", "manager", "contributor", "viewer")),
        ("videos", "status", ("uploading", "processing", "ready", "failed")),
        ("loads", "embed_type", ("inline", "popover", "link")),
        ("plays", "play_reason", ("click", "autoplay", "api")),
        ("tickets", "channel", ("email", "chat", "form")),
        ("tickets", "status", ("open", "pending", "solved", "closed")),
        ("tickets", "priority", ("low", "normal", "high", "urgent")),
        ("ticket_messages", "visibility", ("public", "internal")),
        ("subscriptions", "billing_period", ("monthly", "yearly")),
    ],
)
def test_the_dictionary_knows_every_word_that_occurs(
    companies: tuple[Company, ...], table: str, column: str, words: tuple[str, ...]
) -> None:
    comment = Base.metadata.tables[table].columns[column].comment or ""
    assert all(word in comment for word in words)
    for company in companies:
        sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"
        assert {word for (word,) in rows(company, sql)} <= set(words)
