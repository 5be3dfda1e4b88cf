"""The rate limit: so many requests a minute, for an account, all its tokens together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from champion.api.clock import Clock, Deadline

PER_MINUTE = 600


@dataclass
class Limiter:
    """Counts an account's requests in each minute of the practice clock.

    Attributes:
        clock: whose minutes.
        per_minute: how many are answered; a lesson may set a smaller one.
    """

    clock: Clock
    per_minute: int = PER_MINUTE
    _minutes: dict[int, _Minute] = field(default_factory=dict)

    def admit(self, account: int) -> Admission:
        """Count a request of this account, and say whether it is answered."""
        minute = self._minutes.get(account)
        if minute is None or minute.end.is_over():
            minute = _Minute(self._end_of_minute())
            self._minutes[account] = minute
        minute.used += 1
        left = self.per_minute - minute.used
        if left >= 0:
            return Admission(True, self.per_minute, left, 0)
        wait = (minute.end.moment - self.clock.now) / timedelta(seconds=1)
        return Admission(False, self.per_minute, 0, max(1, -int(-wait // 1)))

    def set(self, per_minute: int) -> None:
        """Another limit, from the next request on; what was counted so far is forgotten."""
        self.per_minute = per_minute
        self._minutes.clear()

    def _end_of_minute(self) -> Deadline:
        now = self.clock.now
        return self.clock.deadline(60 - now.second - now.microsecond / 1_000_000)


@dataclass(frozen=True)
class Admission:
    """Whether a request is answered, of how many a minute, how many are left, seconds to wait."""

    granted: bool
    limit: int
    left: int
    wait: int


@dataclass
class _Minute:
    end: Deadline
    used: int = 0
