"""Chance without surprises: every draw is a pure function of (seed, table, field, entity).

A draw is the SplitMix64 finaliser applied to a counter (the entity) that starts where the hash
of seed, table and field says. Nothing has a state, so a new column reshuffles nothing else, and
only integer arithmetic is used, so every machine and every NumPy agrees on every bit.

Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators",
OOPSLA 2014.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Draws = NDArray[np.uint64]
Whole = NDArray[np.int64]

_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S27, _S30, _S31, _S32 = (np.uint64(n) for n in (27, 30, 31, 32))
_LIMIT = 1 << 32
_WORD = (1 << 64) - 1
_SIDES = "the dice have 2³² sides at most"


def mixed(counter: Draws) -> Draws:
    """The SplitMix64 finaliser: 64 bits in, 64 well-mixed bits out, one to one."""
    z = counter ^ (counter >> _S30)
    z *= _MIX_1
    z ^= z >> _S27
    z *= _MIX_2
    z ^= z >> _S31
    return z


@dataclass(frozen=True)
class Dice:
    """The dice of one company.

    Attributes:
        seed: which company; any integer.
    """

    seed: int

    def roll(self, table: str, field: str, entity: ArrayLike) -> Draws:
        """One 64-bit draw for each entity (a whole number that names a row, for ever)."""
        counter = np.array(entity, ndmin=1, copy=None).astype(np.uint64)
        counter += np.uint64(1)
        counter *= _GAMMA
        counter += _start(self.seed, table, field)
        return mixed(counter)

    def one(self, table: str, field: str, entity: int, n: int) -> int:
        """A single number from 0 to n - 1; n is 1 to 2³²."""
        if n > _LIMIT:
            raise ValueError(_SIDES)
        counter = (entity + 1) * int(_GAMMA) + int(_start(self.seed, table, field))
        return ((_mixed(counter & _WORD) >> 32) * n) >> 32

    def between(self, table: str, field: str, entity: ArrayLike, low: int, high: int) -> Whole:
        """Numbers from low to high, both included."""
        return below(self.roll(table, field, entity), high - low + 1) + low

    def chance(
        self, table: str, field: str, entity: ArrayLike, per_thousand: int
    ) -> NDArray[np.bool_]:
        """True for so many of a thousand entities."""
        return below(self.roll(table, field, entity), 1000) < per_thousand

    def pick(self, table: str, field: str, entity: ArrayLike, weights: Sequence[int]) -> Whole:
        """An index into `weights` for each entity, as often as its weight says."""
        return pick(self.roll(table, field, entity), weights)

    def shuffled(self, table: str, field: str, entity: int, n: int) -> list[int]:
        """The numbers 0 to n - 1 in an order of their own for this entity."""
        keys = mixed(self.roll(table, field, entity) + np.arange(n, dtype=np.uint64) * _GAMMA)
        return [int(i) for i in np.argsort(keys, kind="stable")]


def _mixed(z: int) -> int:
    """As `mixed`, for one whole number: an array of one takes ten times as long."""
    z = (z ^ (z >> 30)) * int(_MIX_1) & _WORD
    z = (z ^ (z >> 27)) * int(_MIX_2) & _WORD
    return z ^ (z >> 31)


def below(draws: Draws, n: ArrayLike) -> Whole:
    """Draws as numbers from 0 to n - 1; n is 1 to 2³², one for all or one for each."""
    top = draws >> _S32
    wide = np.asarray(n).astype(np.uint64)
    if wide.size and int(wide.max()) > _LIMIT:
        raise ValueError(_SIDES)
    return ((top * wide) >> _S32).astype(np.int64)


def pick(draws: Draws, weights: Sequence[int] | Whole) -> Whole:
    """Indexes drawn by whole-number weights, through their running total.

    A total above 2³² is halved until it fits: the smallest weights may then never be drawn.
    """
    edges = np.cumsum(np.asarray(weights, dtype=np.int64))
    edges >>= max(0, int(edges[-1]).bit_length() - 32)
    return np.searchsorted(edges, below(draws, int(edges[-1])), side="right").astype(np.int64)


def along(draws: Draws, steps: Sequence[int]) -> Whole:
    """Draws spread along a curve given by its values at equal steps of probability.

    `steps` are the curve's quantiles, smallest first: (0, 10, 100) means half of the draws lie
    between 0 and 10 and half between 10 and 100, evenly in each half. Whole numbers throughout.
    """
    marks = np.asarray(steps, dtype=np.int64)
    position = below(draws, (len(steps) - 1) << 16)
    left = position >> 16
    part = position & 0xFFFF
    low = marks[left]
    spread: Whole = low + (((marks[left + 1] - low) * part) >> 16)
    return spread


def _start(seed: int, table: str, field: str) -> np.uint64:
    digest = hashlib.blake2b(f"{seed}\0{table}\0{field}".encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))
