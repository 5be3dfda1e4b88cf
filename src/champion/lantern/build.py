"""Building a company: all of it beside the old one, then one rename."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from champion import places
from champion.lantern import (
    accounts,
    audit,
    background,
    content,
    engine,
    escalations,
    guests,
    hooks,
    invoices,
    mail,
    manifest,
    money,
    processing,
    ratings,
    recipe,
    releases,
    requests,
    rollups,
    sharing,
    signins,
    support,
    tags,
    tokens,
    users,
    viewing,
)
from champion.lantern.ledger import Ledger
from champion.lantern.logs.render import render
from champion.lantern.site import Site
from champion.lantern.stories import cases, traps
from champion.problems import Problem

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all, and what comes next."""

LARGEST = 10
_LAST_STEPS = 4
"""Steps that follow when all has happened."""


def build_company(
    seed: int | str = 1,
    scale: float | str = 1,
    to: Path | None = None,
    progress: Progress | None = None,
    unless: Callable[[], bool] | None = None,
) -> Path:
    """Build a company and put it in its place; until then the old one stays whole.

    Args:
        seed: which company, a whole number.
        scale: its size: 1 is about 1,200 accounts and a million loads; above 0, at most 10.
        to: its folder; None: the one in use (`places.company()`).
        progress: told of every step.
        unless: asked once nobody else is building; if true, there is nothing left to do.

    Returns:
        The folder.

    Raises:
        Problem: seed or scale make no sense, the folder cannot be written, the disk is full,
            or another build of the same company does not come to an end.
    """
    seed, scale = as_seed(seed), as_scale(scale)
    folder = (to or places.company()).absolute()
    tell = progress or (lambda done, total, what: None)
    site = Site(folder)
    with site.alone(waiting=lambda who: tell(0, len(_STEPS) + _LAST_STEPS, f"waiting for {who}")):
        if unless and unless():
            return folder
        with site.fresh() as new:
            _build(seed, scale, new, tell)
    return folder


def as_seed(value: int | str) -> int:
    """A seed as a whole number.

    Raises:
        Problem: it is none.
    """
    try:
        return int(str(value))
    except ValueError:
        raise Problem(
            f"The seed must be a whole number, not {value!r}.", "For example 1."
        ) from None


def as_scale(value: float | str) -> float:
    """A scale as a number above 0.

    Raises:
        Problem: it is none, or more than a machine could hold.
    """
    try:
        scale = float(value)
    except ValueError:
        raise Problem(
            f"The scale must be a number, not {value!r}.", "For example 0.02 or 1."
        ) from None
    if not (math.isfinite(scale) and 0 < scale <= LARGEST):
        raise Problem(
            f"The scale must be above 0 and at most {LARGEST}, not {value}.", "1 is the usual size."
        )
    return scale


def ledger_of(seed: int, scale: float, step: Callable[[str], None] = lambda what: None) -> Ledger:
    """Everything that happened at this company."""
    ledger = Ledger(seed, scale)
    for what, happens in _STEPS:
        step(what)
        happens(ledger)
    return ledger


def _plant_all(ledger: Ledger) -> None:
    for case in cases():
        case.plant(ledger)
    for trap in traps():
        trap.plant(ledger)


_STEPS: tuple[tuple[str, Callable[[Ledger], None]], ...] = (
    ("plans", money.add_plans),
    ("agents", support.add_agents),
    ("developers", escalations.add_developers),
    ("accounts", accounts.add_accounts),
    ("users", users.add_users),
    ("guests", guests.add_guests),
    ("single sign-on", signins.add_sso_connections),
    ("subscriptions", money.add_subscriptions),
    ("invoices", invoices.add_invoices),
    ("releases", releases.add_releases),
    ("incidents", releases.add_incidents),
    ("feature flags", releases.add_flags),
    ("folders", content.add_folders),
    ("folder shares", sharing.add_folder_shares),
    ("allowed domains", sharing.add_allowed_domains),
    ("videos", content.add_videos),
    ("background jobs", background.add_background_jobs),
    ("loads and plays", viewing.add_viewing),
    ("tokens", tokens.add_tokens),
    ("requests", requests.add_requests),
    ("webhooks", hooks.add_webhooks),
    ("tickets", support.add_tickets),
    ("tags", tags.add_ticket_tags),
    ("escalations", escalations.add_escalations),
    ("ratings", ratings.add_csat_ratings),
    ("cases and traps", _plant_all),
    ("sign-ins", signins.add_sign_ins),
    ("video versions", processing.add_processing),
    ("daily statistics", rollups.add_daily_stats),
    ("webhook events", hooks.add_events),
    ("mails", mail.add_mails),
    ("audit log", audit.add_audit),
)


def _build(seed: int, scale: float, new: Path, tell: Progress) -> None:
    total = len(_STEPS) + _LAST_STEPS
    done = iter(range(total))

    def step(what: str) -> None:
        tell(next(done), total, what)

    ledger = ledger_of(seed, scale, step)
    step("putting all in order")
    tables = ledger.closed()
    step("writing logs and files")
    files = render(new, ledger, tables)
    step("digests")
    made = manifest.manifest_of(seed, scale, recipe.fingerprint(), tables, files)
    step("writing the database")
    engine.write(new / engine.FILE, tables, manifest.stamp(made))
    (new / manifest.FILE).write_text(manifest.to_json(made), encoding="utf-8", newline="\n")
    tell(total, total, "done")
