"""Validating folders and files of definitions: every file of every kind, every fault, told once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from catalogue.bundles.loader import load_bundle
from catalogue.bundles.model import BundleHeader, BundleVersion
from catalogue.definitions.library import Library, Root
from catalogue.definitions.policies import PolicyHeader, PolicyVersion, load_policy
from catalogue.definitions.problems import Problem, Problems, path_text
from catalogue.definitions.products import load_product
from catalogue.definitions.rate_sheets import SheetVersion, load_sheet
from catalogue.definitions.schema import Schema, dated_schema, schemas
from catalogue.definitions.text_checks import mixed_words
from catalogue.definitions.toml_file import read_toml
from catalogue.errors import DefinitionError, InputError
from catalogue.quotes.reference_checks import ReferenceChecks
from catalogue.scoring.loader import load_scorecard
from catalogue.scoring.model import ScorecardHeader, ScorecardVersion
from catalogue.values.text import shown

_SHARED = ("sources.toml", "facts.toml")
_LEVELS = 4
"""Folders above a file that may be the folder of definitions it belongs to."""
KINDS = ("products", "rates", "bundles", "scorecards", "policies")


@attrs.frozen
class Finding:
    """One fault or remark: file, line where known, key path, message."""

    file: str
    line: int | None
    key: str
    message: str
    severity: str = "error"

    def text(self) -> str:
        """`file:line: key: message`."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.key}: {self.message}" if self.key else f"{where}: {self.message}"


@attrs.frozen
class Report:
    """What validation found: how many files of each kind were read, and every finding."""

    counts: Mapping[str, int]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that make definitions invalid."""
        return tuple(item for item in self.findings if item.severity == "error")

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.errors

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "valid": self.ok,
            "files": dict(self.counts),
            "findings": [attrs.asdict(item) for item in self.findings],
        }


def validate_path(
    path: Path | None, roots: Sequence[Root], progress: Callable[[str], None] | None = None
) -> Report:
    """Validate a folder or a file over the layers below it, or the layers themselves.

    Args:
        path: a folder (taken as the highest layer), one TOML file, or None for the layers alone.
        roots: the layers, the lowest first.
        progress: called with the name of each file, for long work.

    Raises:
        InputError: the path is not there.
    """
    if path is None:
        return _Validator(Library(roots), None, progress).run()
    if path.is_dir():
        known = [root for root in roots if root.path.resolve() != path.resolve()]
        own = Root("validated", path)
        below = [root for root in known if path.resolve() not in root.path.resolve().parents]
        return _Validator(Library([*below, own]), own, progress).run()
    if path.is_file():
        folder = _folder_of(path, roots)
        return _validate_file(path, Library([*roots, *([folder] if folder else [])]))
    raise InputError(f"PATH: {path} is neither a folder nor a file")


def _folder_of(path: Path, roots: Sequence[Root]) -> Root | None:
    """The folder of definitions that a file lies in, unless it is a layer already: its sources hold."""
    for above in path.absolute().parents[:_LEVELS]:
        if any(root.path.resolve() == above.resolve() for root in roots):
            return None
        if above.name in KINDS:
            return Root("validated", above.parent)
        if any((above / name).is_file() for name in _SHARED):
            return Root("validated", above)
    return None


def _validate_file(path: Path, library: Library) -> Report:
    validator = _Validator(library, None, None)
    try:
        raw = read_toml(path)
    except DefinitionError as error:
        validator.problems.add_unreadable(str(path), error)
        return validator.report({"files": 1})
    kind = _kind_of(path, raw)
    if kind == "sources":
        library.sources(validator.problems)
    elif kind == "facts":
        library.facts(validator.problems)
    else:
        below = [
            other
            for other in library.paths(kind).get(path.stem, [])
            if other.resolve() != path.resolve()
        ]
        validator.one(kind, [*below, path])
        validator.named(path, raw)
    return validator.report({kind: 1})


def _kind_of(path: Path, raw: Mapping[str, Any]) -> str:
    """What a single file is, by its keys."""
    if path.stem in ("sources", "facts"):
        return path.stem
    if "columns" in raw or "lookup" in raw:
        return "rates"
    versions = raw.get("versions")
    first = versions[0] if isinstance(versions, list) and versions else {}
    keys = set(first) if isinstance(first, Mapping) else set()
    if keys & {"benefits", "lines"}:
        return "bundles"
    if "rules" in keys:
        return "policies"
    return "scorecards" if keys & {"factors", "grades"} else "products"


class _Validator:
    def __init__(
        self, library: Library, only: Root | None, progress: Callable[[str], None] | None
    ) -> None:
        self.library = library
        self.only = only
        self.progress = progress or (lambda _: None)
        self.problems = Problems()
        self.remarks = Problems()
        self.references = ReferenceChecks(library, self.problems)

    def run(self) -> Report:
        """Everything in the layers; with `only`, the files that the highest layer touches."""
        self.library.sources(self.problems)
        self.library.facts(self.problems)
        counts = dict.fromkeys(KINDS, 0)
        for kind in KINDS:
            self.library.check_paths(kind, self.problems)
            for paths in self.library.paths(kind).values():
                if self.only is not None and not any(self.only.path in p.parents for p in paths):
                    continue
                self.progress(str(paths[-1]))
                counts[kind] += 1
                self.one(kind, paths)
        roots = self.library.roots if self.only is None else (self.only,)
        for root in roots:
            self._strays(root)
        return self.report(counts)

    def one(self, kind: str, paths: Sequence[Path]) -> None:
        """One definition from its files."""
        sources, facts, problems = self.library.sources(), self.library.facts(), self.problems
        made: Any
        if kind == "products":
            made = load_product(paths, sources, facts, problems)
            if made is not None:
                self.references.product(made)
        elif kind == "rates":
            made = load_sheet(paths[-1], sources, problems)
        elif kind == "bundles":
            made = load_bundle(paths, sources, problems)
            if made is not None:
                self.references.bundle(made)
        elif kind == "policies":
            made = load_policy(paths, sources, problems)
            if made is not None:
                self.references.policy(made)
        else:
            made = load_scorecard(paths, sources, facts, problems)
            if made is not None:
                self.references.scorecard(made)
        if made is not None:
            self._remarks(str(paths[-1]), _cited(made))

    def named(self, path: Path, raw: Mapping[str, Any]) -> None:
        """A file's name is its code."""
        code = raw.get("code")
        if isinstance(code, str) and code != path.stem:
            words = f"{shown(code)} is not the file's name; name it {shown(code)[1:-1]}.toml"
            self.problems.add(str(path), ("code",), words)

    def _remarks(self, file: str, cited: set[str | None]) -> None:
        """What is allowed and yet worth a look: own sources that nothing cites, look-alike letters.

        Shared sources are a list to choose from; nobody need cite them all.
        """
        raw = read_toml(Path(file))
        sources = raw.get("sources")
        for name in sources if isinstance(sources, Mapping) else ():
            if name not in cited:
                self.remarks.add(file, ("sources", name), "is cited by nothing")
        for path, word in mixed_words(raw):
            self.remarks.add(file, path, f"{shown(word)} mixes letters of several alphabets")

    def _strays(self, root: Root) -> None:
        """TOML files that no kind claims are remarked on: they would be silently ignored."""
        claimed = {
            path for kind in KINDS for paths in self.library.paths(kind).values() for path in paths
        }
        for path in sorted(root.path.rglob("*.toml")):
            if path in claimed or path.name in _SHARED:
                continue
            words = f"is in none of the folders {', '.join(KINDS)}; it is not read"
            if not root.holds(path):
                words = "is a link to a file outside of the folder; it is not read"
            self.remarks.add(str(path), (), words)

    def report(self, counts: Mapping[str, int]) -> Report:
        """The findings, faults first."""
        return Report(
            dict(counts), (*_findings(self.problems, "error"), *_findings(self.remarks, "warning"))
        )


def _cited(made: Any) -> set[str | None]:
    """The sources that the versions of a definition cite."""
    return {
        source
        for version in made.versions
        for source in (
            [version.source]
            if isinstance(version, SheetVersion)
            else [origin.source for origin in version.origins.values()]
        )
    }


def _findings(problems: Problems, severity: str) -> Iterator[Finding]:
    for problem in problems:
        yield _finding(problem, severity)


def _finding(problem: Problem, severity: str) -> Finding:
    return Finding(problem.file, problem.line, path_text(problem.key), problem.message, severity)


def all_schemas() -> dict[str, Schema]:
    """File name → JSON Schema of every kind of definition file."""
    return {
        **schemas(),
        "bundle.schema.json": dated_schema(
            "catalogue bundle definition", BundleHeader, BundleVersion
        ),
        "policy.schema.json": dated_schema("catalogue policy", PolicyHeader, PolicyVersion),
        "scorecard.schema.json": dated_schema(
            "catalogue scorecard", ScorecardHeader, ScorecardVersion
        ),
    }
