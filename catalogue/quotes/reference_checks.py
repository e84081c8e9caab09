"""What validation checks across files: sheets, columns, partner products, examples, lines of bundles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from catalogue.bundles.model import BundleDefinition, BundleVersion
from catalogue.definitions.common_fields import accepted_fields
from catalogue.definitions.conditions import Condition
from catalogue.definitions.fact_checks import facts_of
from catalogue.definitions.library import Library
from catalogue.definitions.model import Example, Origin, ProductDefinition, ProductVersion
from catalogue.definitions.policies import PolicyDefinition
from catalogue.definitions.problems import KeyPath, Problems
from catalogue.definitions.products import load_product
from catalogue.definitions.rate_sheets import RateSheet, load_sheet
from catalogue.errors import InputError
from catalogue.products.ask import Ask, resolve_ask
from catalogue.products.customer import Customer
from catalogue.values.text import shown, suggest

Origins = Mapping[KeyPath, Origin]


class ReferenceChecks:
    """Checks over one library; each notes its faults in `problems`."""

    def __init__(self, library: Library, problems: Problems) -> None:
        self.library = library
        self.problems = problems
        self._sheets: dict[str, RateSheet | None] = {}
        self._products: dict[str, ProductDefinition | None] = {}

    # -- products -----------------------------------------------------------------------------

    def product(self, product: ProductDefinition) -> None:
        """Rate sheets and their columns, tax sheets, partner products, worked examples."""
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
        for end in range(len(key), 0, -1):
            origin = origins.get(key[:end])
            if origin is not None:
                self.problems.add(origin.file, (*origin.key, *key[end:]), message)
                return
        self.problems.add(file, key, message)

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
            resolve_ask(Ask(product.header.code, example.ask), version, example.as_of)
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

    # -- bundles and policies -----------------------------------------------------------------

    def bundle(self, bundle: BundleDefinition) -> None:
        """Products of the lines, the ask fields that they preset, facts of the conditions."""
        for version in bundle.versions:
            for line, entry in version.lines.items():
                self._line(bundle, version, line, entry.product)
            conditions = [
                *((("conditions", code), item) for code, item in version.conditions.items()),
                *(
                    (("benefits", code, "applies"), b.applies)
                    for code, b in version.benefits.items()
                ),
            ]
            for path, condition in conditions:
                self._bundle_facts(bundle, version, condition, path)

    def _line(self, bundle: BundleDefinition, version: BundleVersion, line: str, code: str) -> None:
        file, origins = bundle.files[-1], version.origins
        known = self.library.paths("products")
        if code not in known:
            words = f"{shown(code)} is no product{suggest(code, known)}"
            self._fault(file, origins, ("lines", line, "product"), words)
            return
        product = self._of_code(code)
        on = product.at(version.effective_from) if product is not None else None
        if product is None or on is None:
            return  # told where the product is validated; before its first version it is not offered
        fields = accepted_fields(on.ask, rate=on.rate is not None, services=True)
        for name in version.lines[line].ask:
            if name not in fields:
                words = f"{code} has no such field{suggest(name, fields)}"
                self._fault(file, origins, ("lines", line, "ask", name), words)

    def _of_code(self, code: str) -> ProductDefinition | None:
        if code not in self._products:
            paths: Sequence[Path] = self.library.paths("products")[code]
            self._products[code] = load_product(
                paths, self.library.sources(), self.library.facts(), Problems()
            )
        return self._products[code]

    def _bundle_facts(
        self,
        bundle: BundleDefinition,
        version: BundleVersion,
        condition: Condition | None,
        path: KeyPath,
    ) -> None:
        if condition is None:
            return
        nodes = [node for node in (condition.test, condition.when) if node is not None]
        for name in {name for node in nodes for name in facts_of(node)}:
            root, _, rest = name.partition(".")
            if root == "customer":
                good, options = (
                    rest in self.library.facts(),
                    [f"customer.{x}" for x in self.library.facts()],
                )
            elif root == "line":
                good, options = (
                    rest.partition(".")[0] in version.lines,
                    [f"line.{x}" for x in version.lines],
                )
            else:
                good, options = name == "bundle.lines", ["bundle.lines"]
            if not good:
                hint = (
                    suggest(name, options)
                    or "; a bundle has customer., line.<id>. and bundle.lines"
                )
                words = f"{shown(name)} is not a fact of this bundle{hint}"
                self._fault(bundle.files[-1], version.origins, path, words)

    def policy(self, policy: PolicyDefinition) -> None:
        """The customer facts that rules read."""
        known = [f"customer.{name}" for name in self.library.facts()]
        for version in policy.versions:
            for group, rules in version.rules.items():
                for code, rule in rules.items():
                    nodes = [rule.test.node, *([rule.when.node] if rule.when is not None else [])]
                    for name in {name for node in nodes for name in facts_of(node)}:
                        if name.startswith("customer.") and name not in known:
                            hint = suggest(name, known) or "; declare it in facts.toml"
                            path = ("rules", group, code)
                            words = f"{shown(name)} is not a known fact{hint}"
                            self._fault(policy.files[-1], version.origins, path, words)
