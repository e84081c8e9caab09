"""What validation checks across files: sheets, columns, partner products, examples, lines of bundles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from catalogue.bundles.model import BundleDefinition, BundleVersion
from catalogue.definitions.common_fields import accepted_fields
from catalogue.definitions.conditions import Condition
from catalogue.definitions.fact_checks import KnownFacts, tests_of
from catalogue.definitions.library import Library
from catalogue.definitions.model import Example, Origin, ProductDefinition, ProductVersion
from catalogue.definitions.policies import PolicyDefinition
from catalogue.definitions.problems import KeyPath, Problems
from catalogue.definitions.products import load_product
from catalogue.definitions.rate_sheets import RateSheet, load_sheet
from catalogue.definitions.structure import Reader
from catalogue.definitions.values_of_fields import read_field
from catalogue.errors import InputError
from catalogue.products.ask import Ask, resolve_ask
from catalogue.products.customer import Customer
from catalogue.scoring.model import ScorecardDefinition
from catalogue.values.text import shown, suggest

Origins = Mapping[KeyPath, Origin]


class ReferenceChecks:
    """Checks over one library; each notes its faults in `problems`."""

    def __init__(self, library: Library, problems: Problems) -> None:
        self.library = library
        self.problems = problems
        self._sheets: dict[str, RateSheet | None] = {}
        self._products: dict[str, ProductDefinition | None] = {}
        self._names: frozenset[str] | None = None

    # -- products -----------------------------------------------------------------------------

    def product(self, product: ProductDefinition) -> None:
        """Its folder, rate sheets and their columns, tax sheets, partner products, worked examples."""
        for file in map(Path, product.files):
            family = product.header.family
            if file.parent.parent.name == "products" and file.parent.name != family:
                words = f"{shown(family)} is not the file's folder, {shown(file.parent.name)}"
                self.problems.add(str(file), ("family",), words)
        for version in product.versions:
            self._rate(product, version)
            for code, fee in version.fees.items():
                if fee.tax is not None:
                    self._sheet(
                        product.files[-1], version.origins, ("fees", code, "tax"), fee.tax.sheet
                    )
            known = self.library.paths("products")
            for code in version.cross_sell:
                if code not in known:
                    words = f"is no product{suggest(code, known)}"
                    self._fault(product.files[-1], version.origins, ("cross_sell", code), words)
        self._examples(product)

    def _rate(self, product: ProductDefinition, version: ProductVersion) -> None:
        rule = version.rate
        if rule is None or rule.reference is None:
            return
        file, origins = product.files[-1], version.origins
        sheet = self._sheet(file, origins, ("rate", "reference"), rule.reference)
        columns = [column.code for column in sheet.columns] if sheet else []
        if sheet is not None and rule.column is not None and rule.column not in columns:
            hint = suggest(rule.column, columns) or f"; columns: {', '.join(columns)}"
            words = f"{shown(rule.column)} is no column of {sheet.code}{hint}"
            self._fault(file, origins, ("rate", "column"), words)

    def _sheet(self, file: str, origins: Origins, key: KeyPath, code: str) -> RateSheet | None:
        paths = self.library.paths("rates")
        if code not in paths:
            self._fault(file, origins, key, f"no rate sheet {shown(code)}{suggest(code, paths)}")
            return None
        if code not in self._sheets:  # its own faults are told where it is validated itself
            self._sheets[code] = load_sheet(paths[code][-1], self.library.sources(), Problems())
        return self._sheets[code]

    def _fault(self, file: str, origins: Origins, key: KeyPath, message: str) -> None:
        """Note a fault where a part of a merged version is stated."""
        self._reader(file, origins).fault(key, message)

    def _examples(self, product: ProductDefinition) -> None:
        """Every example can be asked, of a customer whose facts are known."""
        file = product.files[-1]
        for index, example in enumerate(product.examples):
            path: KeyPath = ("examples", index)
            version = product.at(example.as_of)
            if version is None:
                self.problems.add(file, (*path, "as_of"), "is before the first version")
            elif version.withdrawn:
                words = f"the product is withdrawn from {version.effective_from}"
                self.problems.add(file, (*path, "as_of"), words)
            else:
                self._ask(product, version, example, file, path)
            self._customer(example.customer, file, (*path, "customer"))

    def _ask(
        self, product: ProductDefinition, version: ProductVersion, example: Example, file: str,
        path: KeyPath,
    ) -> None:  # fmt: skip
        try:
            ask = Ask(product.header.code, example.ask)
            resolve_ask(ask, version, example.as_of, product.versions)
        except InputError as error:
            for problem in error.problems:
                self.problems.add(file, (*path, "ask"), problem)

    def _customer(self, facts: Mapping[str, object], file: str, path: KeyPath) -> None:
        vocabulary = self.library.facts()
        for name in facts:
            if name not in vocabulary:
                hint = suggest(name, vocabulary) or "; declare it in facts.toml"
                self.problems.add(file, (*path, name), f"is not a known fact{hint}")
        try:
            Customer(facts).typed(vocabulary)
        except InputError as error:
            for problem in error.problems:
                self.problems.add(file, path, problem)

    # -- bundles, scorecards and policies -----------------------------------------------------------------

    def bundle(self, bundle: BundleDefinition) -> None:
        """Products of the lines, the ask fields that they preset, facts of the conditions."""
        for version in bundle.versions:
            reader = self._reader(bundle.files[-1], version.origins)
            for line in version.lines:
                self._line(version, line, reader)
            known = KnownFacts(None, self.library.facts(), free=("line", "bundle"))
            for code, condition in version.conditions.items():
                known.check_condition(condition, ("conditions", code), reader)
                _check_lines(version, condition, ("conditions", code), reader)
            for code, benefit in version.benefits.items():
                known.check_condition(benefit.applies, ("benefits", code, "applies"), reader)
                _check_lines(version, benefit.applies, ("benefits", code, "applies"), reader)

    def _line(self, version: BundleVersion, line: str, reader: Reader) -> None:
        code = version.lines[line].product
        known = self.library.paths("products")
        if code not in known:
            reader.fault(
                ("lines", line, "product"), f"{shown(code)} is no product{suggest(code, known)}"
            )
            return
        product = self._of_code(code)
        on = product.at(version.effective_from) if product is not None else None
        if on is None:
            return  # told where the product is validated; before its first version it is not offered
        fields = accepted_fields(on.ask, rate=on.rate is not None, services=True)
        for name, value in version.lines[line].ask.items():
            path: KeyPath = ("lines", line, "ask", name)
            if name not in fields:
                reader.fault(path, f"{code} has no such field{suggest(name, fields)}")
                continue
            try:
                read_field(name, fields[name], value, on.currencies[0])
            except InputError as error:
                reader.fault(path, str(error))

    def _of_code(self, code: str) -> ProductDefinition | None:
        if code not in self._products:
            paths: Sequence[Path] = self.library.paths("products")[code]
            self._products[code] = load_product(
                paths, self.library.sources(), self.library.facts(), Problems()
            )
        return self._products[code]

    def scorecard(self, card: ScorecardDefinition) -> None:
        """The products and families that the credit limit is for."""
        for version in card.versions:
            reader = self._reader(card.files[-1], version.origins)
            self._named(version.limit_on, ("limit_on",), reader)

    def policy(self, policy: PolicyDefinition) -> None:
        """The customer facts that rules read; the products and families that they name."""
        known = KnownFacts(None, self.library.facts(), free=_RULE_FACTS)
        for version in policy.versions:
            reader = self._reader(policy.files[-1], version.origins)
            for group, rules in version.rules.items():
                for code, rule in rules.items():
                    path: KeyPath = ("rules", group, code)
                    known.check_node(rule.test.node, (*path, "test"), reader)
                    if rule.when is not None:
                        known.check_node(rule.when.node, (*path, "when"), reader)
                    for what in ("suits", "cautions", "bars"):
                        self._named(getattr(rule, what), (*path, what), reader)
            for code, topic in version.needs.items():
                self._named(topic.suits, ("needs", code, "suits"), reader)
            self._named(version.concerns, ("concerns",), reader)

    def _named(self, names: Sequence[str], path: KeyPath, reader: Reader) -> None:
        """Each name is a product's code or a family."""
        known = self._offered()
        for name in names:
            if name not in known:
                hint = suggest(name, known)
                reader.fault(path, f"{shown(name)} is neither a product nor a family{hint}")

    def _offered(self) -> frozenset[str]:
        if self._names is None:
            headers = self.library.headers(Problems())
            families = {header.family for header in headers}
            self._names = frozenset({*self.library.paths("products"), *families})
        return self._names

    def _reader(self, file: str, origins: Origins) -> Reader:
        """A reader that notes faults of a merged version where their part is stated."""
        return Reader(self.problems, lambda path: _locate(file, origins, path))


_RULE_FACTS = ("ask", "terms", "figure", "result", "total")  # those of whatever asks the policy


def _locate(file: str, origins: Origins, path: KeyPath) -> tuple[str, KeyPath]:
    for end in range(len(path), 0, -1):
        origin = origins.get(path[:end])
        if origin is not None:
            return origin.file, (*origin.key, *path[end:])
    return file, path


def _check_lines(
    version: BundleVersion, condition: Condition | None, path: KeyPath, reader: Reader
) -> None:
    """The facts of lines: of those that the bundle has."""
    nodes = [] if condition is None else [condition.test, condition.when]
    options = ["bundle.lines", *(f"line.{line}.taken" for line in version.lines)]
    for name in {test.fact for node in nodes for test in tests_of(node)}:
        root, _, rest = name.partition(".")
        known = rest == "lines" if root == "bundle" else rest.partition(".")[0] in version.lines
        if root in ("line", "bundle") and not known:
            hint = suggest(name, options) or "; there are line.<id>. of its lines, and bundle.lines"
            reader.fault(path, f"{shown(name)} is not a fact of this bundle{hint}")
