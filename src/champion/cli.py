"""The `champion` command: thin, one function a verb; the work is done by the packages.

Each verb imports what it needs when it is called, so that `champion --help` is quick.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import click

from champion import __version__
from champion.problems import Problem

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=SETTINGS)
@click.version_option(__version__, prog_name="champion")
def champion() -> None:
    """Lantern's support course: open it, write it, prove it, mark it."""


@champion.command()
@click.option("--port", type=click.IntRange(1024, 65535), help="A port of your own choice.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def lab(port: int | None, no_browser: bool) -> None:
    """Open the course: company, work folder and JupyterLab."""
    from champion.workplace import lab as workplace

    workplace.lab(port=port, browser=not no_browser)


@champion.command()
def update() -> None:
    """Bring new lessons into the work folder; what a learner wrote is kept."""
    from champion.workplace import layout

    for line in layout.update():
        click.echo(line)


@champion.command()
@click.argument("task")
def reset(task: str) -> None:
    """Give one TASK back fresh and keep the old attempt beside it."""
    from champion.workplace import layout

    click.echo(layout.reset(task))


@champion.command()
def doctor() -> None:
    """Ten lines about this set-up, to paste to your mentor."""
    from champion.workplace import doctor as ward

    for line in ward.lines():
        click.echo(line)


@champion.group()
def lantern() -> None:
    """The sample company."""


@lantern.command("build")
@click.option("--seed", default="1", show_default=True, help="Which company: a whole number.")
@click.option("--scale", default="1", show_default=True, help="How large: 0.02 to 10.")
@click.option("--to", type=click.Path(path_type=Path), help="Another folder.")
def lantern_build(seed: str, scale: str, to: Path | None) -> None:
    """Build the sample company."""
    from rich.console import Console

    from champion.workplace import supplies

    folder = supplies.build_with_bar(Console(stderr=True), seed, scale, to)
    click.echo(f"The company of seed {seed}, scale {scale} is built: {folder}")


@lantern.command("describe")
@click.argument("name", required=False)
def lantern_describe(name: str | None) -> None:
    """The dictionary: every table and every log; with a NAME, its columns or fields."""
    from champion.lantern import describe

    click.echo(describe.text(name))


@lantern.command("cases")
@click.option("--seed", default="1", show_default=True, help="Which company: a whole number.")
def lantern_cases(seed: str) -> None:
    """For mentors: every planted case, its customer, its truth and its evidence."""
    from champion.lantern import casebook
    from champion.lantern.build import as_seed

    click.echo(casebook.text(as_seed(seed)))


@lantern.command("publish")
@click.argument("url")
def lantern_publish(url: str) -> None:
    """Copy the built company's tables to the team's PostgreSQL at URL (postgresql+psycopg://…).

    Logs and customers' files stay files: whoever needs them builds the same company.
    """
    from champion import places
    from champion.lantern import server

    server.publish(places.company(), url, lambda table: click.echo(f"  {table}"))
    click.echo("Published. Set CHAMPION_DATABASE_URL to the same address to use it.")


@champion.group()
def api() -> None:
    """The practice API: Lantern's own, on this machine alone."""


@api.command("serve")
@click.option("--port", type=click.IntRange(1024, 65535), help="A port of your own choice.")
def api_serve(port: int | None) -> None:
    """Serve it until Ctrl-C; notebooks find it by themselves."""
    from champion import places
    from champion.api import serving

    serving.serve(
        port or 0,
        places.api(),
        tell=lambda line: click.echo(line, err=True),
        ready=lambda about: click.echo(serving.greeting(about)),
    )


@api.command("status")
def api_status() -> None:
    """Say whether it runs, where, and what time it is there."""
    from champion import places
    from champion.api import processes

    click.echo(processes.status(processes.found(places.api())))


@api.command("reset")
def api_reset() -> None:
    """Put its state, its clock and its request ids back."""
    from champion import places
    from champion.api import processes

    told = processes.found(places.api()).ask("POST", "reset")
    click.echo(f"Reset. Its clock stands at {told['now']}.")


@api.command("stop")
def api_stop() -> None:
    """End it."""
    from champion import places
    from champion.api import processes

    processes.found(places.api()).ask("POST", "stop")
    click.echo("Ended.")


@champion.command()
@click.argument("lessons", nargs=-1)
@click.option("--check", is_flag=True, help="Only say whether the built notebooks are current.")
@click.option("--keys", is_flag=True, help="Only the answer keys; nothing is executed.")
def build(lessons: tuple[str, ...], check: bool, keys: bool) -> None:
    """Build notebooks, exercises and keys from curriculum/."""
    from champion.authoring import build as authoring

    click.echo(authoring.main(lessons, check=check, keys=keys))


@champion.command()
@click.argument("lessons", nargs=-1)
def prove(lessons: tuple[str, ...]) -> None:
    """Prove every task: references pass, wrong answers are told apart, on three companies."""
    from champion.authoring import prove as authoring

    proof = authoring.prove(lessons)
    click.echo(proof.text)
    if not proof.holds:
        raise SystemExit(1)


@champion.group()
def new() -> None:
    """Begin something new."""


@new.command("lesson")
@click.argument("lesson")
@click.option("--title", default="", help="Its title; from the name when left out.")
def new_lesson(lesson: str, title: str) -> None:
    """Begin LESSON, such as 1-querying/02-filtering."""
    from champion.authoring import new as authoring

    click.echo(authoring.new_lesson(lesson, title))


@champion.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The report as JSON (schema in the docs).")
@click.option("--feedback/--no-feedback", default=True, help="Write feedback files (default).")
def mark(paths: tuple[Path, ...], as_json: bool, feedback: bool) -> None:
    """Mark notebooks, submissions or folders of them."""
    from champion.marking import mark as marking

    click.echo(marking.main(paths, as_json=as_json, feedback=feedback))


@champion.command()
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("--name", help="Your name; asked once and remembered.")
def submit(notebook: Path, name: str | None) -> None:
    """Put NOTEBOOK into the outbox, and into the team's inbox if there is one."""
    from champion.desk import outbox

    click.echo(outbox.submit(notebook, name))


@champion.command()
@click.argument("account")
@click.option("--month", help="Which month, as 2026-02; the last whole one when left out.")
@click.option("--to", type=click.Path(path_type=Path), help="Another folder than work/reports.")
@click.option("--open", "browser", is_flag=True, help="Open the page in the browser.")
@click.option("--notebook", is_flag=True, help="Keep the notebook it was made with, too.")
def report(account: str, month: str | None, to: Path | None, browser: bool, notebook: bool) -> None:
    """An account's month in figures: a page for their board, and two CSV files.

    ACCOUNT is its number, its name or a part of the name.
    """
    from rich.console import Console

    from champion.reporting import report as reporting

    click.echo(reporting.main(account, month, to, browser, notebook, Console(stderr=True)))


@champion.command()
@click.argument("words", nargs=-1)
def doctrine(words: tuple[str, ...]) -> None:
    """Search the team's knowledge base for WORDS; list it without."""
    from champion.authoring import doctrine as knowledge

    click.echo(knowledge.main(words))


def main() -> None:
    """Run the command; a user's mistake is one line, and Ctrl-C loses nothing.

    An error that nobody foresaw is one line too; CHAMPION_DEBUG=1 shows where it arose.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        champion(standalone_mode=False)
    except click.ClickException as mistake:
        mistake.show()
        raise SystemExit(mistake.exit_code) from None
    except Problem as problem:
        raise _said(str(problem), 1) from None
    except (click.Abort, KeyboardInterrupt):
        raise _said("Stopped. Nothing is lost; run it again to go on.", 130) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None
    except Exception as error:
        if os.environ.get("CHAMPION_DEBUG"):
            raise
        kind = type(error).__name__
        raise _said(
            f"This should not have happened ({kind}: {error}). "
            "Run `champion doctor`, and show its lines to your mentor.",
            70,
        ) from None


def _said(line: str, code: int) -> SystemExit:
    click.echo(f"champion: {line}", err=True)
    return SystemExit(code)
