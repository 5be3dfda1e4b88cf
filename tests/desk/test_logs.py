"""`logs` and `files` in a notebook, on a company whose folder holds a few of each."""

import gzip
import os
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from IPython.utils.capture import capture_output
from tests.desk.conftest import Notebook
from tests.reading.test_access import COMMON, OURS
from tests.reading.test_har import SECRETS, entry, text_of
from tests.reading.test_lines import APP, CDN, WORKER
from tests.reading.test_playlist import MASTER

from champion.desk import cells, session, snippet
from champion.lantern import Company
from champion.problems import Problem


def lay(folder: Path) -> None:
    """A company's logs, each with its older part, and three attachments."""
    logs, files = folder / "logs", folder / "files"
    logs.mkdir(parents=True)
    files.mkdir()
    for name, text, older in (
        ("access.log", OURS, COMMON), ("app.jsonl", APP + "junk\n", APP), ("cdn.tsv", CDN, CDN),
        ("worker.log", WORKER, WORKER), ("webhooks.jsonl", APP, APP),
    ):  # fmt: skip
        (logs / name).write_bytes(text.encode())
        (logs / f"{name}.1.gz").write_bytes(gzip.compress(older.encode()))
    (files / "L-1108-checkout.har").write_text(text_of(entry()), encoding="utf-8")
    (files / "L-1042-export.csv").write_text("a,b\n1,CafÃ©\n", encoding="utf-8")
    (files / "master.m3u8").write_text(MASTER, encoding="utf-8")


@pytest.fixture
def stocked(company: Company, tmp_path: Path) -> Company:
    lay(tmp_path / "stocked")
    return replace(company, folder=tmp_path / "stocked")


@pytest.fixture
def shop(notebook: Notebook, stocked: Company) -> Notebook:
    session.current().company = stocked
    return notebook


@pytest.mark.parametrize("log", ["access", "app", "worker", "cdn", "webhooks"])
def test_a_log_is_the_current_file_alone_and_says_that_an_older_part_exists(
    shop: Notebook, log: str
) -> None:
    alone = shop.run(f"alone = logs.{log}()")
    assert alone.error is None
    assert ".1.gz is older. older=True reads both." in alone.text
    both = shop.run(f"both = logs.{log}(older=True)")
    assert "older=True" not in both.text
    assert len(shop["both"]) > len(shop["alone"])
    assert shop["both"]["file"][0].endswith(".1.gz")
    assert "file" not in shop["alone"].columns


def test_unread_lines_are_said_in_one_line_of_plain_text(shop: Notebook) -> None:
    ran = shop.run("app = logs.app()")
    assert ran.text.splitlines()[0] == (
        "1 line could not be read: it is line 3 of app.jsonl. "
        'The result keeps what was left out in `.attrs["unread"]`.'
    )
    assert set(ran.outputs[0].data) == {"text/plain"}
    assert shop["app"].attrs["unread"].total == 1


def test_a_path_is_read_where_it_points_and_a_bare_name_where_the_company_keeps_it(
    shop: Notebook, tmp_path: Path
) -> None:
    own = tmp_path / "mine.log"
    own.write_text(COMMON, encoding="utf-8")
    shop.shell.user_ns["own"] = own
    assert shop.run("n = len(logs.access(own)), len(logs.access(str(own)))").text == ""
    assert shop["n"] == (1, 1)
    shop.run('older = logs.access("access.log.1.gz")')
    assert shop["older"]["user"].tolist() == ["frank"]


def test_customers_files_are_listed_and_read_by_their_names(shop: Notebook) -> None:
    shop.run("listed = files.list()")
    listed = shop["listed"]
    assert listed["name"].tolist() == ["L-1042-export.csv", "L-1108-checkout.har", "master.m3u8"]
    assert listed["ticket"].fillna("?").tolist() == ["L-1042", "L-1108", "?"]
    assert listed["bytes"][0] == len("a,b\n1,CafÃ©\n".encode())
    assert shop.run('har = files.har("L-1108-checkout.har")').text == ""
    assert "look like UTF-8 that was once read" in shop.run('files.csv("L-1042-export.csv")').text
    shop.run('variants = files.manifest("master.m3u8")')
    assert (len(shop["har"]), len(shop["variants"])) == (1, 4)


def test_a_har_shows_no_secret_unless_asked_and_then_says_so(shop: Notebook) -> None:
    shop.run('har = files.har("L-1108-checkout.har")')
    assert SECRETS["cookie"] not in str(shop["har"].to_dict())
    ran = shop.run('open_har = files.har("L-1108-checkout.har", redact=False)')
    assert ran.text.startswith("Nothing is redacted")
    assert SECRETS["cookie"] in str(shop["open_har"].to_dict())


def test_lines_are_found_without_grep(shop: Notebook) -> None:
    shop.run('found = logs.grep("favicon|wp-login", "access.log", older=True)')
    assert shop["found"]["file"].tolist() == ["access.log.1.gz", "access.log"]
    shop.run('found = logs.grep("favicon|wp-login", "access.log")')
    assert shop["found"][["file", "line"]].to_dict("records") == [{"file": "access.log", "line": 2}]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('logs.access("acess.log")', "✗ There is no file acess.log in "),
        ('files.har("L-1108-chekout.har")', "Did you mean L-1108-checkout.har?"),
        ("logs.acces()", "✗ logs has no `acces`. Did you mean logs.access?"),
        ("files.harr", "✗ files has no `harr`. Did you mean files.har?"),
        ("files.har(17)", "✗ 17 names no file. Write its name in quotation marks"),
        ('files.csv("…")', "✗ '…' names no file."),
        ("logs.access(logs.folder)", "✗ logs is a folder. Name a file in it, such as "),
        ('logs.access("access.log", older=True)', "✗ older=True goes with Lantern's own log."),
        ('logs.grep("(", "access.log")', "✗ '(' is no regular expression"),
        ('logs.app("a\\0b")', "cannot be the path of a file."),
    ],
)
def test_a_mistake_is_one_line(shop: Notebook, cell: str, said: str) -> None:
    ran = shop.run(cell)
    assert isinstance(ran.error, Problem)
    assert said in ran.text
    assert len(ran.text.splitlines()) == 1


def test_logs_and_files_say_how_they_are_asked(shop: Notebook) -> None:
    assert "logs.access()" in shop.run("logs").text
    assert "files.list()" in shop.run("files").text
    assert "0x" not in shop.run("logs").text


def test_overwritten_logs_come_back_and_nothing_is_called_logs(shop: Notebook) -> None:
    ran = shop.run("logs = logs.access()")
    assert ran.text.splitlines()[-1] == (
        "`logs` is a command of the desk. Choose another name, for example `my_logs`. "
        "The command is back."
    )
    assert shop.run("n = len(logs.access())").error is None
    with pytest.raises(Problem, match="already a word of this course"):
        cells.result_name("files")


def test_a_company_without_logs_is_one_line(notebook: Notebook, stocked: Company) -> None:
    session.current().company = replace(stocked, folder=stocked.folder / "none")
    for cell in ("logs.access()", "files.list()", 'files.har("x.har")'):
        said = notebook.run(cell).text
        assert said.startswith("✗ This company has no folder "), said


def test_a_company_that_is_not_built_is_said(unbuilt: Notebook) -> None:
    assert unbuilt.run("logs.access()").text.startswith("✗ The sample company is not built yet.")


def test_a_shell_finds_the_folders_too(unbuilt: Notebook, course: Path) -> None:
    assert os.environ["LANTERN_LOGS"] == str(course / "data" / "lantern" / "logs")
    assert os.environ["LANTERN_FILES"] == str(course / "data" / "lantern" / "files")


def test_a_snippet_reads_its_own_companys_logs_and_says_nothing(
    shop: Notebook, stocked: Company, company: Company, tmp_path: Path
) -> None:
    lay(tmp_path / "other")
    (tmp_path / "other" / "logs" / "access.log").write_text(COMMON, encoding="utf-8")
    other = replace(company, folder=tmp_path / "other")
    with capture_output() as said:
        counts = [
            snippet.run("n = len(logs.access())\nm = len(files.list())", (), each)["n"]
            for each in (stocked, other)
        ]
    assert counts == [2, 1]
    assert (said.stdout, said.outputs) == ("", [])


def test_frames_of_logs_can_be_joined_with_the_database(shop: Notebook) -> None:
    shop.run("%%sql accounts_of\nSELECT id AS account_id, name FROM accounts LIMIT 3")
    shop.run("joined = logs.app().merge(accounts_of, on='account_id', how='left')")
    assert isinstance(shop["joined"], pd.DataFrame)
    assert len(shop["joined"]) == 2


def test_the_ends_of_a_log_are_shown_and_the_logs_are_listed(shop: Notebook) -> None:
    first = shop.run('first = logs.head("worker.log", 1)\nprint(len(first))')
    assert first.text.strip() == "1"
    shop.run('last = logs.tail("worker.log")\nnames = logs.list()["name"].tolist()')
    assert len(shop["last"]) == 5 or len(shop["last"]) == len(WORKER.splitlines())
    assert {"access.log", "access.log.1.gz", "worker.log"} <= set(shop["names"])


@pytest.mark.parametrize("count", ['"five"', "2.5", "True"])
def test_a_number_of_lines_that_is_none_is_one_line(shop: Notebook, count: str) -> None:
    ran = shop.run(f'logs.tail("worker.log", {count})')
    assert isinstance(ran.error, Problem)
    assert "is no number of lines" in str(ran.error)
