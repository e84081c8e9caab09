"""Finding plugins without importing them: entry points read from the metadata of installed packages.

Reading entry_points.txt directly is ten times cheaper than importlib.metadata (which `list` must not
pay for), and a file that cannot be read is told instead of dropped.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

PRODUCTS = "catalogue.products"
EXTENSIONS = "catalogue.extensions"
TOOLS = "catalogue.tools"
DEFINITIONS = "catalogue.definitions"
GROUPS = (PRODUCTS, EXTENSIONS, TOOLS, DEFINITIONS)
BUILT_IN = "bank-catalogue"
ALLOW_VARIABLE = "CATALOGUE_PLUGINS"
"""Distributions that may bring plugins and definitions, by commas; set but empty: only the built-in one."""

_ENDINGS = (".dist-info", ".egg-info")
_ENTRY = re.compile(r"\s*([^=\s][^=]*?)\s*=\s*([\w.]+)\s*(?::\s*([\w.]+))?\s*(?:\[.*\])?\s*\Z")
_DIST = re.compile(r"(?P<name>.+?)-(?P<version>\d[^-]*?)(?:-.*)?\.(?:dist|egg)-info\Z")


class EntryPoint(NamedTuple):
    """One entry: group, name, where to import it from, and the distribution that declares it."""

    group: str
    name: str
    module: str
    attr: str
    distribution: str
    version: str

    @property
    def value(self) -> str:
        """`module` or `module:attr`, as written in the package's metadata."""
        return f"{self.module}:{self.attr}" if self.attr else self.module


class Found(NamedTuple):
    """All entries of our groups, and the metadata that could not be read."""

    entries: tuple[EntryPoint, ...]
    problems: tuple[str, ...]


def allowed(distribution: str) -> bool:
    """Whether a distribution's plugins and definitions may be used."""
    listed = os.environ.get(ALLOW_VARIABLE)
    if listed is None or distribution == BUILT_IN:
        return True
    return distribution in [name.strip().lower() for name in listed.split(",")]


def find_entry_points(folders: Iterable[str] | None = None) -> Found:
    """The entry points of our groups in the folders of sys.path, in the order of the path.

    A distribution that appears twice counts once, as on import: the first on the path.
    """
    entries: list[EntryPoint] = []
    problems: list[str] = []
    seen: set[str] = set()
    for info in _metadata_folders(sys.path if folders is None else folders):
        named = _DIST.match(info.name)
        distribution = (named["name"] if named else info.stem).replace("_", "-").lower()
        if distribution in seen:
            continue
        seen.add(distribution)
        version = named["version"] if named else ""
        _read(info / "entry_points.txt", distribution, version, entries, problems)
    return Found(tuple(entries), tuple(problems))


def _metadata_folders(folders: Iterable[str]) -> list[Path]:
    """Metadata in the order of the path, every dist-info before any egg-info.

    pip writes a dist-info when it installs; an egg-info is what a build leaves in a source tree, and
    nothing keeps it up to date.
    """
    found: list[Path] = []
    for folder in dict.fromkeys(folders):
        try:
            found += sorted(
                path for path in Path(folder or ".").iterdir() if path.name.endswith(_ENDINGS)
            )
        except OSError:
            continue  # a zip or a folder that is not there: nothing is installed in it
    return sorted(found, key=lambda path: _ENDINGS.index("." + path.name.rpartition(".")[2]))


def _read(
    path: Path, distribution: str, version: str, entries: list[EntryPoint], problems: list[str]
) -> None:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{distribution}: entry_points.txt cannot be read ({error})")
        return
    if "[catalogue." not in text:
        return
    group = ""
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith(("#", ";")):
            continue
        if line.startswith("["):
            group = line.strip("[]").strip()
            continue
        if group in GROUPS:
            match = _ENTRY.match(line)
            if match is None:
                problems.append(
                    f"{distribution}: entry_points.txt:{number}: {line[:80]!r} is not `name = module:object`"
                )
                continue
            entries.append(
                EntryPoint(group, match[1], match[2], match[3] or "", distribution, version)
            )
