"""Bundle files → BundleDefinition; the same rules of versions, layers and sources as for products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from catalogue.bundles.model import BundleDefinition, BundleHeader, BundleVersion
from catalogue.definitions.dated import load_dated
from catalogue.definitions.model import Source
from catalogue.definitions.problems import Problems
from catalogue.definitions.source_checks import need_source
from catalogue.definitions.structure import Reader
from catalogue.values.text import suggest


def load_bundle(
    paths: Sequence[Path], shared: Mapping[str, Source], problems: Problems
) -> BundleDefinition | None:
    """A bundle from its files, the lowest layer first; faults go to `problems`."""
    made = load_dated(
        paths, shared, problems, header=BundleHeader, version=BundleVersion, finish=_check
    )
    if made is None:
        return None
    return BundleDefinition(made.header, made.files, made.sources, made.versions)


def _check(version: BundleVersion, reader: Reader) -> BundleVersion:
    for code, benefit in version.benefits.items():
        for at, line in enumerate(benefit.lines or ()):
            if line not in version.lines:
                hint = suggest(line, version.lines) or f"; lines: {', '.join(version.lines)}"
                reader.fault(
                    ("benefits", code, "lines", at), f"{line!r} is not a line of the bundle{hint}"
                )
        need_source(version, ("benefits", code), "benefit", reader)
    return version
