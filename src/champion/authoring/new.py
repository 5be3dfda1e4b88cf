"""Starts a lesson: a folder whose three files build at once, and are proven once written."""

from __future__ import annotations

import json

from champion import places
from champion.authoring.reading import TO_WRITE
from champion.authoring.routes import read_routes
from champion.authoring.source import LESSON_NAME
from champion.problems import Problem

LESSON = """\
---
title: {quoted}
minutes: 25
needs: []
teaches: []
cases: []
---

✎ The ticket, who writes, and what you will be able to do at the end. What is *not* covered.

## Predict, then run

✎ Ask what the cell will show, before it is run.

```{{code-cell}}
%%sql
SELECT name, price_cents FROM plans
```

## Your turn {{#{slug}-first minutes=4}}

✎ The contract: columns, order, what counts. List the `name` of every plan.

```{{code-cell}}
:role: answer
%%sql {variable}_first
SELECT ...
```

```{{code-cell}}
:role: reference
%%sql {variable}_first
SELECT name FROM plans
```

```{{code-cell}}
:role: wrong
:name: first-row-only
%%sql {variable}_first
SELECT name FROM plans LIMIT 1
```
> says · ✎ Name the mistake, and ask a question that leads on. How many plans are there?
> customer says · "✎ What the customer would have written, had this been sent."

> hint 1 · ✎ Which table holds the plans?

> after · ✎ Alternatives and traps.

## Keep

✎ The three or four lines worth remembering.

```{{quiz}}
✎ A question?

- [x] ✎ The right answer · why it is right.
- [ ] ✎ A wrong answer · why it is not.
```
"""

EXERCISE = """\
---
title: {quoted_exercise}
---

✎ One sentence: whose tickets these are.

## A ticket of your own {{#{slug}-ticket minutes=6}}

✎ The contract first. List the `name` of every plan.

```{{code-cell}}
:role: answer
%%sql {variable}_ticket
SELECT ...
```

```{{code-cell}}
:role: reference
%%sql {variable}_ticket
SELECT name FROM plans
```

```{{code-cell}}
:role: wrong
:name: first-row-only
%%sql {variable}_ticket
SELECT name FROM plans LIMIT 1
```
> says · ✎ Name the mistake, and ask a question that leads on. How many plans are there?

> hint 1 · ✎ Which table holds the plans?

✎ A ticket ends in words, or in a decision: CONTRIBUTING.md shows `kind=reply` and `kind=decision`,
and `kind=function` and `kind=state` for code that is judged by what it does.
"""

MENTOR = """\
# {title}: for the mentor

**Takes really**: ✎ minutes, measured

**Reasonable answers**: ✎

**Common mistakes**, and how people come to make them: ✎

**Two talking points**: ✎

**When to step in**: ✎

**What good looks like in the reply**: ✎
"""


def new_lesson(lesson: str, title: str = "") -> str:
    """Starts `curriculum/<lesson>/` with lesson.md, exercise.md and mentor.md.

    Args:
        lesson: "1-querying/02-filtering".
        title: of the lesson; by default its title in routes.toml, or its name in words.

    Returns:
        What was made, and what to do next.

    Raises:
        Problem: the name is none, or the folder exists.
    """
    lesson = lesson.strip("/")
    if not LESSON_NAME.fullmatch(lesson):
        raise Problem(
            f"“{lesson}” is no name of a lesson.",
            "Write the part and the lesson, each with its number: 1-querying/02-filtering.",
        )
    folder = places.curriculum() / lesson
    if folder.exists():
        raise Problem(f"curriculum/{lesson} exists already.", "Edit it, or take another name.")
    plain = lesson.split("/")[1][3:]
    title = title or read_routes().titles.get(lesson) or plain.replace("-", " ").capitalize()
    words = {
        "title": title,
        "quoted": json.dumps(title, ensure_ascii=False),
        "quoted_exercise": json.dumps(f"{title}: exercise", ensure_ascii=False),
        "slug": plain[:40].strip("-"),
        "variable": plain.replace("-", "_"),
    }
    folder.mkdir(parents=True)
    for name, text in (("lesson", LESSON), ("exercise", EXERCISE), ("mentor", MENTOR)):
        (folder / f"{name}.md").write_text(text.format(**words), encoding="utf-8", newline="\n")
    return (
        f"curriculum/{lesson}/ holds lesson.md, exercise.md and mentor.md. Fill in every "
        f"{TO_WRITE}, then `champion build {lesson}` and `champion prove {lesson}`."
    )
