"""No fee, condition, benefit, rule or factor without somebody who says so."""

from __future__ import annotations

from catalogue.definitions.problems import KeyPath
from catalogue.definitions.structure import Reader
from catalogue.definitions.versions import Stated


def need_source(version: Stated, path: KeyPath, what: str, reader: Reader) -> None:
    """A fault where the part at `path` has neither source and basis of its own nor those of its version."""
    origin = version.origin(*map(str, path))
    if origin is None or origin.source is None or origin.basis is None:
        reader.fault(
            path, f"a {what} without a source; add source and basis here or to its version"
        )
