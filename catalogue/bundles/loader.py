"""Bundle files → BundleDefinition; the same rules of versions, layers and sources as for products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from catalogue.bundles.model import BundleDefinition, BundleHeader, BundleVersion
from catalogue.definitions.layers import Merged, Patch, read_patches
from catalogue.definitions.model import Source
from catalogue.definitions.problems import KeyPath, Problems
from catalogue.definitions.products import file_reader, read_sources
from catalogue.definitions.structure import MISSING, Reader, specification
from catalogue.definitions.toml_file import read_toml
from catalogue.errors import DefinitionError
from catalogue.values.text import suggest

HEADER_KEYS = tuple(name for name, _, _ in specification(BundleHeader))
_TABLES = ("sources", "versions")


def load_bundle(
    paths: Sequence[Path], shared: Mapping[str, Source], problems: Problems
) -> BundleDefinition | None:
    """A bundle from its files, the lowest layer first; faults go to `problems`."""
    header: BundleHeader | None = None
    sources, patches = dict(shared), []
    for path in paths:
        file = str(path)
        try:
            raw = read_toml(path)
        except DefinitionError as error:
            problems.add(file, (), str(error).removeprefix(f"{file}: "))
            return None
        header = _header(file, raw, problems) or header
        sources |= read_sources(file, raw.get("sources", {}), problems)
        patches += read_patches(file, raw.get("versions", []), problems)
    versions = _versions(patches, sources, problems)
    if header is None or not versions:
        if not problems:
            problems.add(
                str(paths[-1]), ("versions",), "is missing; a bundle needs at least one version"
            )
        return None
    return BundleDefinition(
        header, tuple(map(str, paths)), MappingProxyType(sources), tuple(versions)
    )


def _header(file: str, raw: Mapping[str, Any], problems: Problems) -> BundleHeader | None:
    for name in raw:
        if name not in HEADER_KEYS and name not in _TABLES:
            hint = suggest(name, (*HEADER_KEYS, *_TABLES))
            problems.add(
                file,
                (name,),
                f"unknown key{hint or '; allowed: ' + ', '.join((*HEADER_KEYS, *_TABLES))}",
            )
    head = {name: value for name, value in raw.items() if name in HEADER_KEYS}
    made = file_reader(file, problems).table(BundleHeader, head, ())
    return None if made is MISSING else made


def _versions(
    patches: list[Patch], sources: Mapping[str, Source], problems: Problems
) -> list[BundleVersion]:
    merged, made = Merged(), []
    dated = sorted(patches, key=lambda patch: patch.effective_from)
    for _, group in groupby(dated, key=lambda patch: patch.effective_from):
        same_day = list(group)
        for patch in same_day:
            merged.apply(patch, sources, problems)
        version = _structure(merged, same_day[-1], problems)
        if version is not None:
            made.append(version)
    return made


def _structure(merged: Merged, last: Patch, problems: Problems) -> BundleVersion | None:
    def locate(path: KeyPath) -> tuple[str, KeyPath]:
        return merged.locate(last, path)

    reader = Reader(problems, locate)
    version = reader.table(BundleVersion, merged.data, ())
    if version is MISSING:
        return None
    for code, benefit in version.benefits.items():
        for at, line in enumerate(benefit.lines or ()):
            if line not in version.lines:
                hint = suggest(line, version.lines) or f"; lines: {', '.join(version.lines)}"
                reader.fault(
                    ("benefits", code, "lines", at), f"{line!r} is not a line of the bundle{hint}"
                )
        origin = merged.origins.get(("benefits", code))
        if origin is None or origin.source is None:
            reader.fault(("benefits", code), "a benefit without a source; add source and basis")
    made: BundleVersion = attrs.evolve(version, origins=MappingProxyType(dict(merged.origins)))
    return made
