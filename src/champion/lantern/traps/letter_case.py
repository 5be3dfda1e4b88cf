"""The same city, the same business and the same address in several letter cases."""

from __future__ import annotations

from champion.lantern.company import Company
from champion.lantern.traps.asking import lacks, number, rows
from champion.lantern.traps.trap import Trap

CITIES = ("berlin", "leeds", "london", "new york", "mumbai", "sydney")


def _check(company: Company) -> list[str]:
    missing = [f"{city}: {lack}" for city in CITIES for lack in _lacking(company, city)]
    missing += lacks(
        company,
        ("no address has capital letters", "SELECT 1 FROM users WHERE email <> lower(email)"),
        ("no address is in small letters", "SELECT 1 FROM users WHERE email = lower(email)"),
    )
    if number(company, "SELECT count(*) FROM accounts WHERE lower(name) = 'oak street yoga'") != 1:
        missing.append("the business of L-1002 is not there exactly once")
    if number(company, "SELECT count(*) FROM accounts WHERE name = 'OAK STREET YOGA'"):
        missing.append("the business of L-1002 is there as the ticket spells it")
    return missing


def _lacking(company: Company, city: str) -> list[str]:
    sql = "SELECT DISTINCT city, closed_at IS NULL FROM accounts WHERE lower(city) = :city"
    typed = rows(company, sql, city=city)
    lacking = []
    if len({spelling for spelling, _ in typed}) < 3:
        lacking.append("not typed in three ways")
    if len([spelling for spelling, is_open in typed if is_open]) < 2:
        lacking.append("its open accounts are all typed in one way")
    if all(is_open for _, is_open in typed):
        lacking.append("nobody has left")
    return lacking


TRAP = Trap(
    "Cities and addresses come in several letter cases; each of six cities is typed in three "
    "ways, its open accounts in two at least, and somebody there has left. The business of "
    "L-1002 is there once, and not as the ticket spells it.",
    _check,
)
