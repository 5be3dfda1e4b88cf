"""Queries in prose: what stands in a fence of `sql`, a lesson's `## Keep` included, has to run.

A fence that begins with SELECT or WITH is one query. Any other is a list of conditions, one a
line, and each has to run on a table that has its columns. Where `…` or `...` stands, a learner is
to fill something in, and nothing is run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from champion.authoring.mistakes import Mistake
from champion.authoring.source import Page
from champion.checking import queries

if TYPE_CHECKING:
    from champion.lantern.company import Company

GAPS = ("…", "...")
LIMIT_SECONDS = 20


@dataclass(frozen=True)
class Query:
    """A query or a condition in prose, and its line."""

    line: int
    source: str

    @property
    def is_whole(self) -> bool:
        """Whether it is a query and no condition."""
        return queries.tokens(self.source)[:1] in (["select"], ["with"])


def queries_in(path: Path) -> list[Query]:
    """What has to run of a source's prose."""
    return [each for each in _written(path) if not any(gap in each.source for gap in GAPS)]


def query_troubles(page: Page, company: Company, name: str) -> Iterator[Mistake]:
    """What of a page's prose does not run on a company; `name` is the company's, for messages."""
    for query in queries_in(page.path):
        if why := _fault(query, company):
            yield Mistake(page.path, query.line, f"this does not run on {name}: {why}")


def _written(path: Path) -> Iterator[Query]:
    text = path.read_text(encoding="utf-8-sig")
    for token in MarkdownIt("commonmark").parse(text):
        if token.type != "fence" or token.level or token.info.split()[:1] != ["sql"]:
            continue
        assert token.map is not None
        first = token.map[0] + 2
        if Query(first, token.content).is_whole:
            yield Query(first, token.content)
            continue
        for line, each in enumerate(token.content.split("\n"), first):
            if condition := queries.without_comments(each):
                yield Query(line, condition)


def _fault(query: Query, company: Company) -> str:
    """Why it does not run, in one line; "" when it does."""
    if query.is_whole:
        return _error(query.source, company)
    tried = [
        _error(f"SELECT count(*) AS rows FROM {table} WHERE {query.source}", company)
        for table in _tables_with_columns_of(query)
    ]
    return "" if "" in tried else [*tried, "no table has all of its columns"][0]


def _tables_with_columns_of(query: Query) -> list[str]:
    from champion.desk import dictionary

    tables = dictionary.tables()
    known = {column for columns in tables.values() for column in columns}
    wanted = known & set(queries.tokens(query.source))
    return [name for name, columns in tables.items() if wanted and wanted <= set(columns)]


def _error(sql: str, company: Company) -> str:
    from champion.desk import query
    from champion.problems import Problem

    try:
        query.frame(company, sql, {}, LIMIT_SECONDS)
    except Problem as problem:
        return " ".join(str(problem).split())
    return ""
