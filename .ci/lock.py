"""Write requirements.lock anew from pyproject.toml: every version with its hashes, for all systems.

uv does the work, from an environment that is thrown away. Versions in the present lock are
kept where they still fit; delete the lock first to take the newest of everything.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from environment import COURSE, LOCK

COMPILE = (
    *("uv", "pip", "compile", "pyproject.toml", "--all-extras"),
    *("--universal", "--python-version", "3.11", "--generate-hashes"),
    # For everybody: no header with this command, no address of where packages came from.
    *("--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet"),
    *("--output-file", LOCK.name),
)


def main() -> int:
    """Exit code 0 when the lock was written."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        scripts = Path(folder, "Scripts" if sys.platform == "win32" else "bin")
        subprocess.run([scripts / "python", "-m", "pip", "install", "-q", "uv"], check=True)
        return subprocess.run(
            [scripts / COMPILE[0], *COMPILE[1:]], cwd=COURSE, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
