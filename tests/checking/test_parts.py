"""Mistakes with the parts of an API's answer, made for real and told in the learner's words."""

from __future__ import annotations

import httpx
import pytest

from champion.checking.answer import Answer
from champion.checking.canonical import canonical
from champion.checking.judge import judge

from .making import REFERENCE, answer, runs, task

TASK = task(kind="value", variable="title", blank="title = ...", title="Title")
RUN = runs({REFERENCE: answer("Four, session 1")})
FILMS = [{"title": "Eight, session 1"}, {"title": "Four, session 1"}]


class Api:
    """A client whose every answer is known."""

    def get(self, path: str) -> httpx.Response:
        if path == "/v1/videos":
            return httpx.Response(200, json=FILMS)
        if path == "/v1/account":
            return httpx.Response(200, json={"name": "Oak Street Yoga", "video_count": 2})
        if path == "/v0/videos":
            return httpx.Response(301, text="Moved", headers={"Location": "/v1/videos"})
        return httpx.Response(404, json={"code": "not_found", "error": "There is none."})


def said(source: str) -> str:
    """What the check says of a cell that was really run."""
    names = {"api": Api(), "httpx": httpx}
    try:
        exec(source, names)
        made = Answer("value", canonical(names["title"]), source)
    except Exception as error:
        first = f"{type(error).__name__}: {error}".partition("\n")[0]
        made = Answer("error", source=source, error=first)
    return judge(TASK, made, RUN).message.removeprefix("✗ Title: not yet. ")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('api.get("/v1/videos")[1]', "Square brackets take nothing out of an answer itself."),
        ('api.get("/v1/videos")["title"]', "Square brackets take nothing out of an answer"),
        ('api.get("/v1/videos").status', "An answer has no `.status`."),
        ('api.get("/v1/videos").header["x"]', "An answer has no `.header`."),
        ('api.get("/v1/videos").json[1]', "The round brackets after `.json` are missing."),
        ('api.get("/v1/videos").json()["title"]', "This is a list: its things have places"),
        ('api.get("/v1/videos").json().title', "This is a list: it has places"),
        ('api.get("/v1/videos").json()[1].title', "A name in a dict does not stand behind"),
        ('api.get("/v1/videos").json()[1]("title")', "Round brackets do something"),
        ('api.get("/v1/videos").text["title"]', "in a text no name can be looked up"),
        ('api.get("/v1/videos").text()', "After a text or a number there are no round"),
        ('api.get("/v1/videos").status_code()', "After a text or a number there are no round"),
        ('api.get("/v1/account").json()[0]', "This is a dict: it has names, not places."),
        ('api.get("/v1/account").json()["title"]', "This answer has no 'title' in it."),
        ('api.get("/v1/nothing").json()[1]["title"]', "does it say no?"),
        ('api.get("/v1/nothing").json()["title"]', "does it say no, or is the name another?"),
        ('api.get("/v1/account").headers["location"]', "This answer has no header 'location'."),
        ('api.get("/v1/account").headers("location")', "Round brackets do something"),
        ('api.get("/v0/videos").json()', "What came is no JSON."),
        ('api.get("/v1/videos").json("title")', "takes nothing into its brackets"),
        ('api.get("/v1/videos").json()[2]["title"]', "The list has no such place."),
        ('api.get("/v1/account").json().get("title")', "There is nothing of that name in the"),
        ('api.get("/v1/account").headers.location', "A header is looked up by its name"),
        ('api.get("/v1/account").headers[0]', "A header is looked up by its name"),
        ('api.get("/v1/account").headers.get("place")', "There is nothing of that name in the"),
        ('api.get("/v1/videos").json()[1]["title"][0]', "This is one letter"),
        ('api.get("/v1/videos").json()[1]["title"].text', "before `.text` is a text already."),
        ('api.get("/v1/account").json()["video_count"]["x"]', "This is a number already"),
        ('api.get["/v1/account"].json()', "The path stands in round brackets."),
        ('int(api.get("/v1/account").text)', "`.text` is the whole body, one long text"),
        ('httpx.Client().get("/x", sort="a")', "`.get` knows no `sort`."),
        ('api("/v1/videos")', "A client asks, and what it gets is the answer."),
        ('api["/v1/videos"]', "A client asks, and what it gets is the answer."),
        ('api.json()', "A client asks, and what it gets is the answer."),
        ("api.get(/v1/videos)", "The path has no quotation marks."),
        ('api.get("/v1/account").json()[name]', 'The quotation marks are missing: ["name"].'),
        ('"x"\ntitle = api.get("/v1/account").json()[title]', 'are missing: ["title"].'),
        ('api.get("/v1/videos")', "`title` is a whole answer; the task wants one value."),
        ('api.get("/v1/videos").headers', "`title` is all the headers; the task wants one"),
        ('api.get("/v1/videos").json()', "A number in square brackets takes it out"),
        ('api.get("/v1/videos").json()[1]', "A name in square brackets, in quotation marks"),
        ('api.get("/v1/videos").text', "This is the whole body, and still one long text."),
        ('api.get("/v1/videos").text[1]', "`.text` is one long text"),
    ],
)  # fmt: skip
def test_what_was_taken_for_something_else_is_named(source: str, words: str) -> None:
    told = said(f"title = {source}")
    assert words in told
    assert "Correct what this line names" not in told


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("title = ['Four']", "Take the square brackets away"),
        ("title = {'title': 'Four'}", "Take the curly brackets away"),
        ("title = {'a': 1}['b']", "There is nothing of that name in the table or dictionary."),
        ("title = 'Four'.nothing", "Correct what this line names"),
    ],
)
def test_what_has_nothing_to_do_with_an_answer_is_told_as_before(source: str, words: str) -> None:
    assert words in said(source)
