"""Names and addresses of people and businesses who are not of the cast."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from champion.lantern import recipe
from champion.lantern.dice import Dice, Whole

_PLAIN = str.maketrans({"ı": "i", "ø": "o", "ß": "ss", "ł": "l"})


def businesses(dice: Dice, ids: Whole) -> tuple[list[str], list[str], list[str]]:
    """Names, domains (all different) and lines of business for these accounts."""
    words = recipe.table("names")
    kinds = [(kind, last) for kind, lasts in words["business_last"].items() for last in lasts]
    first = dice.pick("accounts", "first", ids, [1] * len(words["business_first"])).tolist()
    last = dice.pick("accounts", "last", ids, [1] * len(kinds)).tolist()
    names = [
        f"{words['business_first'][f]} {kinds[k][1]}" for f, k in zip(first, last, strict=True)
    ]
    return names, _domains(names), [kinds[k][0] for k in last]


def people(dice: Dice, entity: Whole, domains: NDArray[Any]) -> tuple[list[str], list[str]]:
    """Full names, and addresses as people type them, for these users."""
    words = recipe.table("names")
    first = dice.pick("users", "first", entity, [1] * len(words["first"])).tolist()
    last = dice.pick("users", "last", entity, [1] * len(words["last"])).tolist()
    habits = dice.pick("users", "typing", entity, (60, 25, 15)).tolist()
    names = [f"{words['first'][f]} {words['last'][k]}" for f, k in zip(first, last, strict=True)]
    typed = zip(names, domains.tolist(), entity.tolist(), habits, strict=True)
    return names, [
        _address(name, domain, number % 1_000, habit) for name, domain, number, habit in typed
    ]


def plain(text: str) -> str:
    """A text in small letters without accents, blanks or signs."""
    bare = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(sign for sign in bare.lower() if sign.isascii() and sign.isalnum())


def _domains(names: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    domains = []
    for name in names:
        bare = plain(name)
        seen[bare] += 1
        again = f"-{seen[bare]}" if seen[bare] > 1 else ""
        domains.append(f"{bare}{again}.example")
    return domains


def _address(name: str, domain: str, nth: int, habit: int) -> str:
    first, _, last = name.partition(" ")
    local = f"{plain(first)}.{plain(last)}" if nth % 3 else plain(first) + (str(nth) if nth else "")
    if habit == 1:
        return f"{local.title()}@{domain}"
    return f"{local.upper()}@{domain.upper()}" if habit == 2 else f"{local}@{domain}"
