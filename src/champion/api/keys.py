"""Tokens: how one looks, how it is made from its id, and how it is kept.

A token is its prefix, `lnt_` and six letters or digits, which anybody may see, and 32 hexadecimal
digits, which its owner alone knows. Of these only a digest is kept. Practice tokens are made from
the company's seed and the token's id, so support can make the one that a customer "gave for the
investigation"; they open nothing but the practice API.
"""

from __future__ import annotations

import hashlib
import hmac
import re

PREFIX_LENGTH = 10
TOKEN = re.compile(r"lnt_[0-9a-z]{6}[0-9a-f]{32}")

READING, WRITING = "lnt_desk0r", "lnt_desk0w"
"""The prefixes of support's own two tokens: the first reads, the second writes too."""


def token(seed: int, number: int, prefix: str) -> str:
    """The whole token of this id at the company of this seed."""
    secret = hashlib.sha256(f"practice token\0{seed}\0{number}".encode()).hexdigest()[:32]
    return prefix + secret


def digest(whole: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()


def is_same(whole: str, kept: str) -> bool:
    """Whether a token is the one of which this digest was kept; takes as long when it is not."""
    return hmac.compare_digest(digest(whole), kept)


def masked(text: str) -> str:
    """A text in which no token of support's can be read to its end."""
    return TOKEN.sub(_masked, text)


def _masked(found: re.Match[str]) -> str:
    prefix = found[0][:PREFIX_LENGTH]
    return f"{prefix}..." if prefix in (READING, WRITING) else found[0]
