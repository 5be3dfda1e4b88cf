"""Writes the committed digests of two small companies: `python -m tests.lantern.digests`."""

from __future__ import annotations

import json
from pathlib import Path

from champion.lantern import manifest, proven_company

FILE = Path(__file__).with_name("digests.json")


def main() -> None:
    """Build seeds 2 and 3 at scale 0.02 and keep what they came to."""
    seeds = {}
    for seed in (2, 3):
        company = proven_company(seed, 0.02)
        made = manifest.read(company.folder)
        company.close()
        assert made is not None
        seeds[str(seed)] = {"tables": made.tables, "files": made.files}
    kept = {"recipe": manifest.RECIPE, "seeds": seeds}
    FILE.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
