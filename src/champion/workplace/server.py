"""JupyterLab as a child of the lab: it ends when the lab does, however the lab ends.

The lab holds the other end of this process's standard input. What it writes there, a line of
JSON each, becomes part of the environment that kernels and terminals get from then on. When it
closes, because the lab is done or because it died, the server shuts its kernels down and leaves.
"""

from __future__ import annotations

import json
import os
import sys
import threading

SLOW_AND_UNUSED = "rfc3987_syntax"
"""An optional part of jsonschema that checks IRIs: nobody asks, and it takes 1.3 s to load."""


def main() -> None:
    """Run JupyterLab with the arguments of this process until standard input closes."""
    sys.modules[SLOW_AND_UNUSED] = None  # type: ignore[assignment]
    from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]

    threading.Thread(target=_follow_the_lab, daemon=True).start()
    LabApp.launch_instance(sys.argv[1:])


def _follow_the_lab() -> None:
    from jupyter_server.serverapp import ServerApp

    for line in sys.stdin.buffer:
        os.environ.update(json.loads(line))
    ServerApp.instance().stop()


if __name__ == "__main__":
    main()
