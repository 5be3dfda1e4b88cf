"""What of a cell makes a function, and what only tries it out."""

from __future__ import annotations

import pytest

from champion.checking.defined import making

FUNCTION = "def surely_gone(client, videos):\n    return [each for each in videos]"


@pytest.mark.parametrize(
    "tried",
    [
        "surely_gone(club, sheet)",
        "found = surely_gone(club, sheet)\nprint(found)",
        "for video in sheet:\n    print(surely_gone(club, [video]))",
        "api.faults(steps=[])\nif sheet:\n    surely_gone(club, sheet)",
        "def look():\n    return surely_gone(club, sheet)\nlook()",
        "import pandas",
    ],
)
def test_what_tries_a_function_out_is_left_out(tried: str) -> None:
    assert making("surely_gone", f"{FUNCTION}\n\n{tried}") == FUNCTION
    assert making("surely_gone", f"{tried}\n{FUNCTION}") == FUNCTION


@pytest.mark.parametrize(
    "leant_on",
    [
        "found = []",
        "import json",
        "def is_it(found):\n    return json in found",
        "LIMIT = 3\nfound = [LIMIT]",
        "if True:\n    found = []",
    ],
)
def test_what_it_leans_on_is_kept(leant_on: str) -> None:
    function = "def surely_gone(client, videos):\n    found.append(is_it(json))\n    return found"
    source = f"{leant_on}\n{function}"
    assert making("surely_gone", source) == source
    assert making("surely_gone", f"{source}\nsurely_gone(1, 2)") == source


def test_what_is_read_while_def_is_read_is_kept() -> None:
    source = "notes = []\n@careful\ndef surely_gone(client, videos=notes):\n    return videos"
    assert making("surely_gone", f"%xmode Minimal\n\n{source}") == source


def test_the_last_of_two_that_have_the_name_counts() -> None:
    assert making("surely_gone", f"{FUNCTION.replace('each', 'one')}\n{FUNCTION}") == FUNCTION


@pytest.mark.parametrize(
    "source",
    ["surely_gone = [club]", "def gone(client):\n    return club", "surely_gone(club)", ""],
)
def test_a_cell_without_such_a_function_stays_as_it_is(source: str) -> None:
    assert making("surely_gone", source) == source


def test_of_a_cell_that_cannot_be_read_its_calls_are_left_out() -> None:
    unread = FUNCTION.replace(":", "", 1)
    tried = f"{unread}\nsurely_gone(club, sheet)\nprint(surely_gone(club, sheet))"
    assert making("surely_gone", tried) == unread
    slipped = f"{FUNCTION}\nreturn surely_gone(club, sheet)"
    assert making("surely_gone", slipped) == FUNCTION
