"""Folders of definitions, one over the other: which file defines which code, read when needed.

A folder holds `products/<family>/<code>.toml`, `rates/<code>.toml`, `bundles/<code>.toml`,
`policies/<code>.toml`, `sources.toml` and `facts.toml`; product files may also lie at its top.
A file's name is its code, so that finding one product opens one file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import attrs

from catalogue.definitions.dated import own_keys, read_sources
from catalogue.definitions.facts import FactDef, load_facts
from catalogue.definitions.folder import definition_files
from catalogue.definitions.model import Header, ProductDefinition, Source
from catalogue.definitions.policies import PolicyDefinition, load_policy
from catalogue.definitions.problems import Problems
from catalogue.definitions.products import load_product, read_header_keys
from catalogue.definitions.rate_sheets import RateSheet, load_sheet
from catalogue.definitions.text_checks import check_texts
from catalogue.definitions.toml_file import read_header, read_toml
from catalogue.errors import DefinitionError, InputError
from catalogue.values.text import clean, suggest

T = TypeVar("T")


@attrs.frozen
class Root:
    """One folder of definitions; `name` says whose it is ("built-in", a distribution, "--defs").

    Of a `foreign` one, which an installed package brings, a broken file that everything would need is
    left out and told; in any other folder it is an error.
    """

    name: str
    path: Path
    foreign: bool = False

    def files(self, kind: str) -> list[Path]:
        """The definition files of a kind, in order of name; links out of the folder are left out."""
        return definition_files(self.path, kind)

    def holds(self, path: Path) -> bool:
        """Whether a file, or what it is a link to, lies in the folder."""
        return self.path.resolve() in path.resolve().parents


class Library:
    """The layered folders; the first root is the lowest layer."""

    def __init__(self, roots: Iterable[Root]) -> None:
        self.roots = tuple(roots)
        for root in self.roots:
            if not root.path.is_dir():
                raise InputError(f"{root.name}: {root.path} is not a folder of definitions")
        self._paths: dict[str, dict[str, list[Path]]] = {}
        self._products: dict[str, ProductDefinition] = {}
        self._sheets: dict[str, RateSheet] = {}
        self._policies: dict[str, PolicyDefinition] = {}
        self._digests: dict[str, str] = {}
        self._sources: dict[str, Source] | None = None
        self._facts: dict[str, FactDef] | None = None
        self._left_out: dict[tuple[str, str], list[str]] = {}

    def paths(self, kind: str) -> Mapping[str, list[Path]]:
        """Code → its files, the lowest layer first."""
        if kind not in self._paths:
            by_code: dict[str, list[Path]] = {}
            for root in self.roots:
                for path in root.files(kind):
                    by_code.setdefault(path.stem, []).append(path)
            self._paths[kind] = by_code
        return self._paths[kind]

    def root_of(self, path: Path) -> Root:
        """The root that holds a file."""
        return next(root for root in reversed(self.roots) if root.path in path.parents)

    def digests(self, files: Sequence[str]) -> list[str]:
        """SHA-256 of definition files as this library first read them."""
        for file in files:
            if file not in self._digests:
                self._digests[file] = hashlib.sha256(Path(file).read_bytes()).hexdigest()
        return [self._digests[file] for file in files]

    def display(self, file: str) -> str:
        """A definition file as it is cited: `root:path below it`, the same on every machine."""
        for root in reversed(self.roots):
            if file.startswith(f"{root.path}/"):
                return f"{root.name}:{file[len(str(root.path)) + 1 :]}"
        return Path(file).name

    def headers(self, problems: Problems) -> list[Header]:
        """The header of every product, by code; broken files are noted and left out."""
        found: dict[str, Header] = {}
        for code, paths in sorted(self.paths("products").items()):
            stated: dict[str, Any] = {}
            for path in paths:
                try:
                    raw = read_header(path)
                    stated |= own_keys(raw, Header)
                    header = read_header_keys(str(path), raw, problems, stated)
                except DefinitionError as error:
                    problems.add_unreadable(str(path), error)
                    continue
                if header is not None and header.code == code:
                    found[code] = header
                _check_name(path, problems, raw)
        return sorted(found.values(), key=lambda header: (header.line or 999, header.code))

    def sources(self, problems: Problems | None = None) -> Mapping[str, Source]:
        """The shared sources of all layers."""
        if self._sources is None:
            noted = Problems()
            merged: dict[str, Source] = {}
            for path in self._each("sources.toml"):
                found = Problems()
                stated: Mapping[str, Source] = {}
                try:
                    raw = read_toml(path)
                    check_texts(str(path), raw, found)
                    stated = read_sources(str(path), raw, found, ())
                except DefinitionError as error:
                    found.add_unreadable(str(path), error)
                if problems is None and self._stays_alone(("sources", ""), path, found):
                    continue
                noted.extend(found)
                merged |= stated
            _tell(noted, problems)
            self._sources = merged
        return self._sources

    def facts(self, problems: Problems | None = None) -> Mapping[str, FactDef]:
        """The vocabulary of customer facts of all layers."""
        if self._facts is None:
            noted = Problems()
            merged: dict[str, FactDef] = {}
            for path in self._each("facts.toml"):
                found = Problems()
                stated = load_facts(path, found)
                if problems is None and self._stays_alone(("facts", ""), path, found):
                    continue
                noted.extend(found)
                merged |= stated
            _tell(noted, problems)
            self._facts = merged
        return self._facts

    def product(self, code: str) -> ProductDefinition:
        """A product's definition; DefinitionError with every fault of its files."""
        return self._one(
            "products", code, "product", self._products,
            lambda paths, problems: load_product(paths, self.sources(), self.facts(), problems),
        )  # fmt: skip

    def sheet(self, code: str) -> RateSheet:
        """A rate sheet: that of the highest layer that has it."""
        return self._one(
            "rates", code, "rate sheet", self._sheets,
            lambda paths, problems: load_sheet(paths[-1], self.sources(), problems),
        )  # fmt: skip

    def policy(self, code: str) -> PolicyDefinition:
        """A policy; DefinitionError with every fault of its files."""
        return self._one(
            "policies",
            code,
            "policy",
            self._policies,
            lambda paths, problems: load_policy(paths, self.sources(), problems),
        )

    def check_paths(self, kind: str, problems: Problems) -> None:
        """Note two files of one layer for one code, and files whose name is not their code."""
        for code, paths in self.paths(kind).items():
            for one, other in pairwise(paths):
                if self.root_of(one) == self.root_of(other):
                    problems.add(
                        str(other), (), f"defines {code!r} a second time; {one} has it too"
                    )
            for path in paths:
                _check_name(path, problems)

    def left_out(self, kind: str, code: str = "") -> Sequence[str]:
        """What was left out of a definition that has been read: a package's file and its faults, a line each."""
        return self._left_out.get((kind, code), ())

    def _stays_alone(self, of: tuple[str, str], path: Path, found: Problems) -> bool:
        """Whether a file has faults and is a package's, so that the rest goes on without it; it is noted."""
        if not found or not self.root_of(path).foreign:
            return False
        first, *more = found
        told = first.text().replace(first.file, self.display(first.file), 1)
        rest = f" (and {len(more)} more)" if more else ""
        self._left_out.setdefault(of, []).append(told + rest)
        return True

    def _broken_layer(self, of: tuple[str, str], path: Path, problems: Problems) -> bool:
        """Whether a package's file has faults of its own; those of the other files stay."""
        own = Problems()
        own.extend(item for item in problems if item.file == str(path))
        return self._stays_alone(of, path, own)

    def _each(self, name: str) -> list[Path]:
        return [root.path / name for root in self.roots if (root.path / name).is_file()]

    def _one(
        self, kind: str, code: str, what: str, cache: dict[str, T],
        load: Callable[[list[Path], Problems], T | None],
    ) -> T:  # fmt: skip
        if code in cache:
            return cache[code]
        paths = self.paths(kind).get(code)
        if paths is None:
            known = sorted(self.paths(kind))
            raise InputError(f"unknown {what} {clean(repr(code))}{suggest(code, known)}")
        problems = Problems()
        for one, other in pairwise(paths):
            if self.root_of(one) == self.root_of(other):
                problems.add(str(other), (), f"defines {code!r} a second time; {one} has it too")
        _check_name(paths[-1], problems)
        made = load(paths, problems)
        if problems:
            rest = [path for path in paths if not self._broken_layer((kind, code), path, problems)]
            if rest and rest != paths:
                problems = Problems()
                made = load(rest, problems)
        problems.raise_if_any()
        if made is None:  # loaders note a problem whenever they return None
            raise DefinitionError(f"{paths[-1]}: cannot be used")
        cache[code] = made
        return made


def _check_name(path: Path, problems: Problems, raw: Mapping[str, Any] | None = None) -> None:
    try:
        code = (read_header(path) if raw is None else raw).get("code")
    except DefinitionError:
        return  # the loader tells it
    if isinstance(code, str) and code != path.stem:
        problems.add(
            str(path),
            ("code",),
            f"{clean(repr(code))} is not the file's name; name the file {code}.toml",
        )


def _tell(noted: Problems, problems: Problems | None) -> None:
    if problems is None:
        noted.raise_if_any()
    else:
        problems.extend(noted)
