# ruff: noqa: T201, UP010, UP031, UP036
"""Set the course up in .venv: what `make lab` and `make test` do first.

This file is written so that every Python there has ever been can read it and say plainly when
it is too old; what the newer ones do is in environment.py beside it.
"""

from __future__ import print_function

import os
import sys


def newer_python():
    """The name of a Python on the PATH that is new enough, or an example of one."""
    for name in ("python3.14", "python3.13", "python3.12", "python3.11"):
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            if os.path.isfile(os.path.join(folder, name)):  # noqa: PTH113, PTH118
                return name
    return "python3.12"


if sys.version_info < (3, 11):
    print(
        "This is Python %d.%d; the course needs 3.11 or newer. Try: make lab PYTHON=%s"
        % (sys.version_info[0], sys.version_info[1], newer_python())
    )
    sys.exit(1)

import environment  # noqa: E402

if __name__ == "__main__":
    sys.exit(environment.set_up())
