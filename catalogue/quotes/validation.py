"""Validating folders and files of definitions: every file of every kind, every fault, told once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from catalogue.bundles.loader import load_bundle
from catalogue.bundles.model import BundleDefinition, BundleHeader, BundleVersion
from catalogue.definitions.library import Library, Root
from catalogue.definitions.model import ProductDefinition, ProductVersion
from catalogue.definitions.policies import PolicyHeader, PolicyVersion, load_policy
from catalogue.definitions.positions import line_of
from catalogue.definitions.problems import Problem, Problems, path_text
from catalogue.definitions.products import load_product
from catalogue.definitions.rate_sheets import RateSheet, load_sheet
from catalogue.definitions.schema import Schema, dated_schema, schemas
from catalogue.definitions.toml_file import read_toml
from catalogue.errors import DefinitionError, InputError
from catalogue.products.ask import Ask, resolve_ask
from catalogue.scoring.loader import load_scorecard
from catalogue.scoring.model import ScorecardDefinition, ScorecardHeader, ScorecardVersion
from catalogue.values.text import suggest

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
        return _validate_file(path, Library(roots))
    raise InputError(f"PATH: {path} is neither a folder nor a file")


def _validate_file(path: Path, library: Library) -> Report:
    validator = _Validator(library, None, None)
    try:
        raw = read_toml(path)
    except DefinitionError as error:
        validator.problems.add(str(path), (), str(error).removeprefix(f"{path}: "))
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
        self.sheets: dict[str, RateSheet | None] = {}

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
        for root in self.library.roots if self.only is None else (self.only,):
            self._strays(root)
        return self.report(counts)

    def one(self, kind: str, paths: Sequence[Path]) -> None:
        """One definition from its files."""
        sources, facts = self.library.sources(), self.library.facts()
        if kind == "products":
            product = load_product(paths, sources, facts, self.problems)
            if product is not None:
                self._product(product)
        elif kind == "rates":
            load_sheet(paths[-1], sources, self.problems)
        elif kind == "bundles":
            bundle = load_bundle(paths, sources, self.problems)
            if bundle is not None:
                self._bundle(bundle)
        elif kind == "policies":
            load_policy(paths, sources, self.problems)
        else:
            card: ScorecardDefinition | None = load_scorecard(paths, sources, facts, self.problems)
            if card is not None:
                self._names(str(paths[-1]), card.header.name, card.header.name_zh)

    def named(self, path: Path, raw: Mapping[str, Any]) -> None:
        """A file's name is its code."""
        code = raw.get("code")
        if isinstance(code, str) and code != path.stem:
            self.problems.add(
                str(path), ("code",), f"{code!r} is not the file's name; name it {code}.toml"
            )

    def _product(self, product: ProductDefinition) -> None:
        file = product.files[-1]
        self._names(file, product.header.name, product.header.name_zh)
        for version in product.versions:
            self._references(product, version)
        self._examples(product, file)
        used = {
            origin.source for version in product.versions for origin in version.origins.values()
        }
        for name in read_toml(Path(file)).get("sources", {}):
            if name not in used:
                self.remarks.add(file, ("sources", name), "is cited by nothing")

    def _references(self, product: ProductDefinition, version: ProductVersion) -> None:
        """Sheets, columns and partner products that a version names."""
        rule = version.rate
        if rule is not None and rule.reference is not None:
            sheet = self._sheet(product, version, ("rate", "reference"), rule.reference)
            columns = [column.code for column in sheet.columns] if sheet else []
            if sheet is not None and rule.column is not None and rule.column not in columns:
                hint = suggest(rule.column, columns) or f"; columns: {', '.join(columns)}"
                self._fault(
                    product,
                    version,
                    ("rate", "column"),
                    f"{rule.column!r} is no column of {sheet.code}{hint}",
                )
        for code, fee in version.fees.items():
            if fee.tax is not None:
                self._sheet(product, version, ("fees", code, "tax"), fee.tax.sheet)
        known = self.library.paths("products")
        for code in version.cross_sell:
            if code not in known:
                self._fault(
                    product, version, ("cross_sell", code), f"is no product{suggest(code, known)}"
                )

    def _sheet(
        self, product: ProductDefinition, version: ProductVersion, key: tuple[str, ...], code: str
    ) -> RateSheet | None:
        paths = self.library.paths("rates")
        if code not in paths:
            self._fault(product, version, key, f"no rate sheet {code!r}{suggest(code, paths)}")
            return None
        if code not in self.sheets:
            self.sheets[code] = load_sheet(paths[code][-1], self.library.sources(), Problems())
        return self.sheets[code]

    def _fault(
        self,
        product: ProductDefinition,
        version: ProductVersion,
        key: tuple[str, ...],
        message: str,
    ) -> None:
        for end in range(len(key), 0, -1):
            origin = version.origins.get(key[:end])
            if origin is not None:
                self.problems.add(origin.file, (*origin.key, *key[end:]), message)
                return
        self.problems.add(product.files[-1], key, message)

    def _examples(self, product: ProductDefinition, file: str) -> None:
        for index, example in enumerate(product.examples):
            version = product.at(example.as_of)
            if version is None:
                self.problems.add(file, ("examples", index, "as_of"), "is before the first version")
                continue
            try:
                resolve_ask(Ask(product.header.code, example.ask), version, example.as_of)
            except InputError as error:
                for problem in error.problems:
                    self.problems.add(file, ("examples", index, "ask"), problem)

    def _bundle(self, bundle: BundleDefinition) -> None:
        file = bundle.files[-1]
        self._names(file, bundle.header.name, bundle.header.name_zh)
        known = self.library.paths("products")
        for version in bundle.versions:
            for line, entry in version.lines.items():
                if entry.product not in known:
                    origin = version.origins.get(("lines", line, "product"))
                    self.problems.add(
                        origin.file if origin else file,
                        origin.key if origin else ("lines", line),
                        f"{entry.product!r} is no product{suggest(entry.product, known)}",
                    )

    def _names(self, file: str, *names: str) -> None:
        for key, name in zip(("name", "name_zh"), names, strict=True):
            if unicodedata.normalize("NFC", name) != name:
                self.problems.add(file, (key,), "is not in Unicode normal form C; type it again")
            bad = [char for char in name if unicodedata.category(char) in ("Cc", "Cf")]
            if bad:
                self.problems.add(
                    file, (key,), f"holds an invisible character (U+{ord(bad[0]):04X})"
                )

    def _strays(self, root: Root) -> None:
        """TOML files that no kind claims are remarked on: they would be silently ignored."""
        claimed = {
            path for kind in KINDS for paths in self.library.paths(kind).values() for path in paths
        }
        for path in sorted(root.path.rglob("*.toml")):
            if path not in claimed and path.name not in ("sources.toml", "facts.toml"):
                self.remarks.add(
                    str(path), (), f"is in none of the folders {', '.join(KINDS)}; it is not read"
                )

    def report(self, counts: Mapping[str, int]) -> Report:
        """The findings, faults first."""
        return Report(
            dict(counts), (*_findings(self.problems, "error"), *_findings(self.remarks, "warning"))
        )


def _findings(problems: Problems, severity: str) -> Iterator[Finding]:
    for problem in problems:
        yield _finding(problem, severity)


def _finding(problem: Problem, severity: str) -> Finding:
    line = line_of(Path(problem.file), problem.key) if problem.key else None
    return Finding(problem.file, line, path_text(problem.key), problem.message, severity)


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
