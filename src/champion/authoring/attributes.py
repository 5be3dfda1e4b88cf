"""The braces behind a task's title: `{#plays-not-loads minutes=4 order=day}`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args

from champion.authoring.markup import Heading
from champion.authoring.mistakes import Mistakes
from champion.checking.key import Kind

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
TICKET = re.compile(r"L-\d+")
LONGEST_SLUG = 50


def read_attributes(heading: Heading, mistakes: Mistakes) -> dict[str, str]:
    """The heading's attributes, those that cannot be read left out."""
    line = heading.line
    if not SLUG.fullmatch(heading.slug) or len(heading.slug) > LONGEST_SLUG:
        mistakes.add(
            line,
            f"`#{heading.slug}` is no slug; use small letters, digits and single hyphens, "
            f"at most {LONGEST_SLUG}",
        )
    given = dict(heading.attributes)
    forms = {
        "minutes": (r"[1-9]\d?", "whole minutes, `minutes=4`"),
        "kind": ("|".join(get_args(Kind)), f"one of {_listed(get_args(Kind))}"),
        "order": (r"\w+(?:,\w+)*", "columns with commas and no spaces, `order=plays,day`"),
        "tolerance": (r"\d+(?:\.\d+)?", "a number, `tolerance=0.01`"),
        "home": ("yes", "`home=yes`, for what is read on the learner's own company and typed in"),
        "options": (r"[a-z]{2,}", "letters, `options=abcd`"),
        "ticket": (
            TICKET.pattern,
            "a ticket, `ticket=L-1136`, which a reply or a decision is about",
        ),
        "watch": (
            "(?:waits|requests)(?:,(?:waits|requests))?",
            "what of a function counts beside its results, `watch=waits,requests`",
        ),
        "closes": (TICKET.pattern, "a ticket, `closes=L-1003`"),
        "variable": (r"[A-Za-z_]\w*", "a name, `variable=plays_by_day`"),
    }
    for name in [name for name in given if name not in forms]:
        mistakes.add(line, f"`{name}` is unknown in a task's heading; use {_listed(forms)}")
    if "minutes" not in given:
        mistakes.add(line, "the task has no minutes; write `minutes=4` in its heading")
    for name, (form, expected) in forms.items():
        if name in given and not re.fullmatch(form, given[name]):
            mistakes.add(line, f"`{name}={given.pop(name)}`: {name} is {expected}")
    return given


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
