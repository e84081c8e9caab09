"""Who the products are, read without the engine: the text before the first table of each file.

A listing must not pay for attrs, the plugins or numpy; so this reads the same files in the same layers as
`catalogue.definitions.library`, but only their top-level keys. The checks of a whole definition are
`catalogue validate`'s; here a file that cannot be listed is told and left out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from catalogue.definitions.folder import definition_files
from catalogue.definitions.toml_file import read_header, read_toml
from catalogue.errors import DefinitionError, InputError
from catalogue.plugin.discovery import DEFINITIONS, allowed, find_entry_points
from catalogue.plugin.folders import package_folder
from catalogue.values.limits import MAX_CODE_CHARS

BUILT_IN = "catalogue_product_defs"
DEFS_VARIABLE = "CATALOGUE_DEFS"
_NEEDED = ("code", "name", "name_zh", "family", "segment")
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
KEYS = ("line", *_NEEDED, "summary", "summary_zh")

Header = Mapping[str, Any]


def folders(defs: Sequence[str]) -> list[Path]:
    """The layers, the lowest first: built-in, packages', CATALOGUE_DEFS, --defs."""
    built_in = package_folder(BUILT_IN)
    made = [] if built_in is None else [built_in]
    for entry in find_entry_points().entries:
        if entry.group == DEFINITIONS and allowed(entry.distribution):
            folder = package_folder(entry.module)
            if folder is not None:
                made.append(folder)
    stated = [
        (DEFS_VARIABLE, part)
        for part in os.environ.get(DEFS_VARIABLE, "").split(os.pathsep)
        if part
    ]
    for name, part in (*stated, *(("--defs", part) for part in defs)):
        path = Path(part)
        if not path.is_dir():
            raise InputError(f"{name}: {path} is not a folder of definitions")
        made.append(path)
    return made


def codes_of(kind: str, defs: Sequence[str]) -> list[str]:
    """The codes that have a file of a kind (products, rates, bundles)."""
    return sorted(
        {path.stem for folder in folders(defs) for path in definition_files(folder, kind)}
    )


def read_headers(defs: Sequence[str], as_of: date | None = None) -> tuple[list[Header], list[str]]:
    """The products by line and code, and what is wrong with the files that are left out.

    With `as_of`, only products that are sold on that day.
    """
    stated: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    patches: dict[str, list[Path]] = {}
    for folder in folders(defs):
        for path in definition_files(folder, "products"):
            patches.setdefault(path.stem, []).append(path)
            try:
                keys = read_header(path)
            except DefinitionError as error:
                problems += error.problems
                continue
            stated.setdefault(path.stem, {}).update(keys)
    found: dict[str, Header] = {}
    for code, keys in stated.items():
        try:
            found[code] = _header(patches[code][-1], keys)
        except DefinitionError as error:
            problems += error.problems
    made = sorted(found.values(), key=lambda header: (header.get("line") or 999, header["code"]))
    if as_of is None:
        return made, problems
    return [header for header in made if _sold(patches[header["code"]], as_of, problems)], problems


def _header(path: Path, raw: Header) -> Header:
    """The header of a code from the keys of all its layers; `path` is the highest, for messages."""
    for name in _NEEDED:
        if not isinstance(raw.get(name), str) or not raw[name].isprintable():
            raise DefinitionError(f"{path}: {name}: is missing or is not a text")
    if not _CODE.match(raw["code"]) or len(raw["code"]) > MAX_CODE_CHARS:
        raise DefinitionError(
            f"{path}: code: {raw['code']!r} is not lower-case words joined by hyphens"
        )
    if raw["code"] != path.stem:
        raise DefinitionError(f"{path}: code: {raw['code']!r} is not the file's name")
    if not isinstance(raw.get("line", 0), int):
        raise DefinitionError(f"{path}: line: is not a whole number")
    return {name: raw.get(name) for name in KEYS}


def _sold(paths: Sequence[Path], as_of: date, problems: list[str]) -> bool:
    """Whether a version is in force on a day and not withdrawn; a key stands until a later version changes it."""
    dated: list[tuple[date, Mapping[str, Any]]] = []
    for path in paths:
        try:
            versions = read_toml(path).get("versions", [])
        except DefinitionError as error:
            problems += error.problems
            continue
        for version in versions if isinstance(versions, list) else []:
            day = version.get("effective_from") if isinstance(version, dict) else None
            if type(day) is date and day <= as_of:
                dated.append((day, version))
    withdrawn = not dated
    for _, version in sorted(dated, key=lambda item: item[0]):
        withdrawn = version.get("withdrawn", withdrawn) is True
    return not withdrawn
