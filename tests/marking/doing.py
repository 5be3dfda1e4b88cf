"""A small page of code that is judged by what it does: two functions and a state."""

from __future__ import annotations

from typing import Any

from champion.checking.key import Key, Task, Wrong

from .samples import cell

LESSON = "9-samples/02-doing"

LONG = """\
def long_titles(titles):
    return [title for title in titles if len(title) > 10]
"""
EVERY = """\
import time

def every_title(client):
    titles, page = [], 1
    while True:
        answer = client.get("/v1/videos", params={"page": page, "per_page": 100})
        if answer.status_code in (429, 500):
            time.sleep(int(answer.headers.get("Retry-After", 1)))
            continue
        titles += [video["title"] for video in answer.json()]
        if len(answer.json()) < 100:
            return titles
        page += 1
"""
FOLDER = 'made = api.writer.post("/v1/folders", json={"name": "Spring term"})'

TASKS = (
    Task(
        slug="long-titles",
        lesson=LESSON,
        page="exercise",
        number="2.1",
        title="Long titles",
        minutes=3,
        kind="function",
        variable="long_titles",
        blank="def long_titles(titles):\n    ...",
        reference=LONG,
        inputs=(
            "inputs = {\n"
            '    "two titles": given(["Welcome", "Getting started"]),\n'
            '    "no titles": given([]),\n'
            '    "ten letters": given(["0123456789"]),\n'
            "}",
        ),
        wrong=(Wrong("ten-too", "Is ten more than ten?", "", LONG.replace("> 10", ">= 10")),),
    ),
    Task(
        slug="every-title",
        lesson=LESSON,
        page="exercise",
        number="2.2",
        title="Every title",
        minutes=6,
        kind="function",
        variable="every_title",
        blank="def every_title(client):\n    ...",
        reference=EVERY,
        inputs=(
            'large = api.as_token("lnt_pcc41w")\n'
            "inputs = {\n"
            '    "130 videos": given(large, videos=130),\n'
            '    "a 429 on the second page": given(large, videos=130, faults={2: 429}),\n'
            '    "no answer at first": given(large, videos=1, faults={1: 500}),\n'
            "}",
        ),
        watch=("waits", "requests"),
        wrong=(
            Wrong(
                "at-once",
                "You ask again at once. What were you told?",
                "",
                EVERY.replace('time.sleep(int(answer.headers.get("Retry-After", 1)))', "pass"),
            ),
        ),
    ),
    Task(
        slug="spring-folder",
        lesson=LESSON,
        page="exercise",
        number="2.3",
        title="A folder",
        minutes=3,
        kind="state",
        variable="made",
        blank="made = ...",
        reference=FOLDER,
        look=(
            "found = api.get('/v1/folders', params={'per_page': 100}).json()\n"
            "state = {\n"
            "    'folders': {folder['name'] for folder in found},\n"
            "    'calls': [f\"{c['method']} {c['status']}\" for c in api.calls()"
            " if c['method'] != 'GET'],\n"
            "}",
        ),
        wrong=(Wrong("twice", "What does a second POST do?", "", f"{FOLDER}\n{FOLDER}"),),
    ),
)
KEY = Key(LESSON, "Doing", TASKS)
REFERENCES = {task.slug: task.reference for task in TASKS}
VARIABLES = {task.slug: task.variable for task in TASKS}


def page() -> dict[str, Any]:
    """The exercise as it is handed out."""
    made = [cell("code", "start-load-1", "%load_ext champion", "load")]
    for task in TASKS:
        made += [
            cell("markdown", f"{task.slug}-prose", f"## {task.title}", "prose", task.slug),
            cell("code", f"{task.slug}-answer", task.blank, "answer", task.slug),
            cell("code", f"{task.slug}-check", f'check("{task.slug}")', "check", task.slug),
        ]
    return {
        "cells": made,
        "metadata": {
            "champion": {"lesson": LESSON, "page": "exercise", "source": "0"},
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def filled(**answers: str) -> dict[str, Any]:
    """A learner's notebook: these answers, by slug with _ for -, and blanks elsewhere."""
    notebook = page()
    for each in notebook["cells"]:
        slug = each["id"].removesuffix("-answer").replace("-", "_")
        if each["id"].endswith("-answer") and slug in answers:
            each["source"] = answers[slug]
    return notebook
