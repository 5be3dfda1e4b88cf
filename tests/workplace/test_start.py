"""The start page: where to begin, the map, what to do when stuck."""

from __future__ import annotations

import re

from champion.workplace import layout, start


def test_it_says_what_to_open_first(course):
    assert "Open **[One table](lessons/1-querying/01-one-table.ipynb)** (28 minutes)." in (
        start.page()
    )


def test_every_link_leads_to_a_notebook_in_the_work_folder(course):
    layout.update()
    page = (course.work / "Start here.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert links
    assert [link for link in links if not (course.work / link).is_file()] == []


def test_planned_lessons_are_named_and_not_linked(course):
    assert "Still being written: Filtering." in start.page()
    assert "02-filtering" not in start.page()


def test_lessons_stand_in_the_order_of_the_route(course):
    sources = course.root / "curriculum"
    lesson = (sources / "1-querying/01-one-table/lesson.md").read_text(encoding="utf-8")
    course.write("curriculum/0-start/01-welcome/lesson.md", lesson.replace("One table", "Welcome"))
    routes = (sources / "routes.toml").read_text(encoding="utf-8")
    routed = routes.replace('lessons = ["1', 'lessons = ["0-start/01-welcome", "1')
    course.write(
        "curriculum/routes.toml",
        routed.replace("[lessons]\n", '[lessons]\n"0-start/01-welcome" = "Welcome"\n'),
    )
    assert "Open **[Welcome]" in start.page()
    assert re.search(r"\| 1 \| \[Welcome\].*\n\| 2 \| \[One table\]", start.page())


def test_it_says_what_to_do_when_stuck(course):
    for help_at_hand in ("hint(", "Restart Kernel", "champion reset", "champion doctor"):
        assert help_at_hand in start.page()


def test_it_leads_to_the_keep_sheets_and_the_glossary_once_they_are_built(course):
    assert "Keep.html" not in start.page()
    course.write("notebooks/1-querying/Keep.html", "<p>LIMIT comes last</p>")
    course.write("notebooks/Glossary.md", "**row** · one thing in a table")
    layout.update()
    page = (course.work / "Start here.md").read_text(encoding="utf-8")
    assert "[Querying](lessons/1-querying/Keep.html)" in page
    assert "[The glossary](lessons/Glossary.md)" in page
    assert (course.work / "lessons/1-querying/Keep.html").read_bytes() == b"<p>LIMIT comes last</p>"
    course.write("notebooks/Glossary.md", "**row** · one thing in a table, such as a customer")
    assert layout.update() == ["updated: lessons/Glossary.md"]
