"""How long the sample company takes to build, and how much room it needs."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

Row = tuple[str, str, str]

_BUILD = """
import sys
from pathlib import Path
from champion.lantern import build_company
build_company(1, float(sys.argv[2]), Path(sys.argv[1]))
try:
    import resource
    unit = 1 if sys.platform == "darwin" else 1024
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)
except ImportError:
    print(0)
"""


def bench() -> list[Row]:
    """Build at both sizes in a fresh process, start-up included."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for scale, goal in (("1", "≤ 5 s"), ("0.02", "≤ 1 s")):
            target = Path(folder) / scale
            start = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-c", _BUILD, str(target), scale],
                check=True,
                capture_output=True,
                text=True,
            )
            seconds = time.perf_counter() - start
            rows.append((f"company at scale {scale}, from start to end", f"{seconds:.2f} s", goal))
            if scale == "1":
                size = (target / "lantern.duckdb").stat().st_size / 2**20
                rows.append(("its size on disk", f"{size:.0f} MiB", "≤ 120 MB"))
                rows.append(("its peak memory", f"{int(done.stdout) / 2**20:.0f} MiB", "≤ 1 GB"))
    return rows
