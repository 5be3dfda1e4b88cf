"""What a user is told when something is not as it should be: one line, no traceback."""

from __future__ import annotations


class Problem(Exception):
    """A mistake or a missing thing that the user can mend.

    Args:
        what: what happened, and to what ("There is no lesson called 1-quering/01.").
        then: what to do next ("Did you mean 1-querying/01-one-table?"); may be empty.

    In a notebook it shows as one line instead of a traceback, and still counts as an
    error there, so that nbval sees a broken cell as broken.
    """

    def __init__(self, what: str, then: str = "") -> None:
        super().__init__(what, then)
        self.what = what
        self.then = then

    def __str__(self) -> str:
        return f"{self.what} {self.then}".strip()

    def _render_traceback_(self) -> list[str]:
        return [f"✗ {self}"]
