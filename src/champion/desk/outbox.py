"""Writes a submission: one file in `work/outbox` that says all there is to say about it."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from champion import places
from champion.desk import keys, progress
from champion.problems import Problem

FORMAT = 1


def submit(notebook: Path, name: str | None = None) -> str:
    """Send a notebook as it lies on disk, and say in words what was sent and where to.

    Args:
        notebook: the learner's .ipynb file.
        name: who submits; None takes the name given last time.

    Raises:
        Problem: no name is known, the file is no notebook of this course, or it cannot be kept.
    """
    work = places.work()
    learner = remember_learner(name, work)
    sent = write_submission(notebook, learner, work)
    saved = datetime.fromtimestamp(notebook.stat().st_mtime, UTC)
    said = f"✓ {notebook.name} is in your outbox, as it was saved at {saved:%Y-%m-%d %H:%M} UTC."
    return "\n".join([said, *_delivered(sent)])


def write_submission(notebook_path: Path, learner: str, work: Path) -> Path:
    """Put one self-describing file into the outbox.

    It holds the notebook without its outputs, and the attempts at this lesson's tasks.

    Args:
        notebook_path: the learner's notebook.
        learner: who submits.
        work: the learner's folder; its `outbox` is made when it is missing.

    Returns:
        The file: `outbox/ada-lovelace--1-querying--01-one-table--exercise--<moment>.json`.

    Raises:
        Problem: the notebook cannot be read or is none of this course, or nothing can be written.
    """
    notebook = _read(notebook_path)
    lesson, page = _belongs_to(notebook, notebook_path)
    moment = datetime.now(UTC)
    tasks = _tasks(lesson, notebook)
    submission = {
        "format": FORMAT,
        "learner": learner,
        "lesson": lesson,
        "page": page,
        "submitted_at": moment.isoformat(timespec="seconds"),
        "notebook": _without_outputs(notebook),
        "attempts": [asdict(each) for each in progress.attempts(work) if each.task in tasks],
    }
    parts = (_slug(learner), lesson.replace("/", "--"), page, f"{moment:%Y%m%dT%H%M%S%fZ}")
    target = work / "outbox" / f"{'--'.join(parts)}.json"
    _write(target, json.dumps(submission, ensure_ascii=False, indent=1) + "\n")
    return target


def remember_learner(name: str | None, work: Path) -> str:
    """The learner's name: the one given, kept for the next time, or the one kept.

    Raises:
        Problem: none was ever given.
    """
    kept = work / ".champion" / "learner.json"
    if name and name.strip():
        _write(kept, json.dumps({"name": name.strip()}, ensure_ascii=False) + "\n")
        return name.strip()
    try:
        return str(json.loads(kept.read_text(encoding="utf-8"))["name"])
    except (OSError, ValueError, KeyError, TypeError):
        raise Problem(
            "Your mentor needs to know who you are.", 'Give your name once: submit("Ada Lovelace").'
        ) from None


def _delivered(sent: Path) -> list[str]:
    """Copy the file to the team's inbox where there is one, and say so."""
    inbox = os.environ.get("CHAMPION_INBOX")
    if not inbox:
        return [f"Give your mentor the file {sent.name}."]
    try:
        Path(inbox).mkdir(parents=True, exist_ok=True)
        half = Path(inbox) / f".{sent.name}.part"
        shutil.copyfile(sent, half)
        half.replace(Path(inbox) / sent.name)
    except OSError as error:
        return [
            f"It could not be copied to the team's inbox: {error.strerror}. It is safe in your "
            "outbox; submit again later, or give your mentor the file."
        ]
    return ["Your mentor finds it in the team's inbox."]


def _read(path: Path) -> dict[str, Any]:
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Problem(
            f"There is no notebook {path}.", "Was it renamed? Save it and try again."
        ) from None
    except OSError as error:
        raise Problem(f"{path.name} cannot be read: {error.strerror}.", "Save it again.") from None
    except ValueError:
        notebook = None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise Problem(f"{path.name} is not a notebook.", "Submit the .ipynb file you work in.")
    return notebook


def _belongs_to(notebook: dict[str, Any], path: Path) -> tuple[str, str]:
    """Lesson and page: what the notebook says of itself, else what its folder says."""
    told = (notebook.get("metadata") or {}).get("champion") or {}
    lesson, page = told.get("lesson"), told.get("page")
    if not lesson:
        guess = "/".join(path.resolve().with_suffix("").parts[-2:])
        lesson = guess if re.fullmatch(r"\d+-[\w-]+/\d+-[\w-]+", guess) else ""
    if not lesson:
        raise Problem(
            f"{path.name} does not say which lesson it is.",
            "Submit the notebook from your work folder, under its own name.",
        )
    folder = "lesson" if "lessons" in path.parts or "notebooks" in path.parts else "exercise"
    return str(lesson), str(page or folder)


def _tasks(lesson: str, notebook: dict[str, Any]) -> set[str]:
    """The tasks of this lesson, by its key and by what the notebook's cells say."""
    named = {
        str(((cell.get("metadata") or {}).get("champion") or {}).get("task"))
        for cell in notebook["cells"]
        if isinstance(cell, dict)
    }
    try:
        key = keys.lesson(lesson)
    except Problem:
        key = None
    return named | {task.slug for task in (key.tasks if key else ())}


def _without_outputs(notebook: dict[str, Any]) -> dict[str, Any]:
    metadata = {k: v for k, v in (notebook.get("metadata") or {}).items() if k != "widgets"}
    return {**notebook, "metadata": metadata, "cells": [_bare(cell) for cell in notebook["cells"]]}


def _bare(cell: Any) -> Any:
    if isinstance(cell, dict) and cell.get("cell_type") == "code":
        return {**cell, "outputs": [], "execution_count": None}
    return cell


def _slug(name: str) -> str:
    import unicodedata

    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "learner"


def _write(path: Path, text: str) -> None:
    """The whole file or nothing of it."""
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(text, encoding="utf-8", newline="\n")
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True) if half.parent.is_dir() else None
        raise Problem(
            f"{path.parent} cannot be written: {error.strerror}.",
            "Make room, or ask for the right to write there; your notebook is as it was.",
        ) from None
