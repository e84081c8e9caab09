"""Write the tables of keys in docs/definitions.md anew: `python scripts/definition_tables.py`."""

from __future__ import annotations

from pathlib import Path

from catalogue.bundles.model import Benefit, BundleLine, BundleVersion
from catalogue.definitions.reference import refreshed, tables
from catalogue.scoring.model import Factor, Grade, ScorecardVersion

PAGE = Path(__file__).parents[1] / "docs/definitions.md"
MORE = (BundleVersion, BundleLine, Benefit, ScorecardVersion, Factor, Grade)


def fresh(page: str) -> str:
    """The page with its tables as the classes are now."""
    return refreshed(page, tables(MORE))


if __name__ == "__main__":
    PAGE.write_text(fresh(PAGE.read_text("utf-8")), "utf-8")
