"""The pytest class that runs the invariants on one product with asks drawn from its definition."""

from __future__ import annotations

import inspect
import json
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.definitions.common_fields import field_type
from catalogue.definitions.fee_model import FeeDef
from catalogue.definitions.model import Example, ProductDefinition, ProductVersion
from catalogue.errors import InputError
from catalogue.products.ask import Ask
from catalogue.products.customer import Customer
from catalogue.quotes.catalogue import Catalogue
from catalogue.quotes.quote import Quote
from catalogue.testing.asks import draw_ask
from catalogue.testing.examples import wrong_figures
from catalogue.testing.invariants import broken_invariants
from catalogue.values import Money

_BAD: Mapping[str, tuple[Any, ...]] = {
    "money": ("NaN", "-1", "1e30", "１００", "1,000", "Infinity", True, "9" * 40),
    "number": ("NaN", "Infinity", "1e9", "x", "９"),
    "rate": ("NaN", "5", "x", "1e-2"),
    "int": ("1.5", "x", "NaN", "１", True),
    "bool": ("maybe", 2),
    "date": ("2024-02-30", "20240101", "tomorrow", "2024-W11-5"),
    "tenor": ("0m", "12", "-3m", "400y", "x"),
    "choice": ("no-such-choice", -7),
    "rows": (7, "x:y:z:a:b:c:d:e:f"),
    "list": (7,),
    "text": (7,),
}

_MOST_ROWS_VALIDATED = 60
"""A schema looks at every cell: long schedules, whose rows are alike, are left out of drawn asks."""

_CATALOGUES: dict[type, Catalogue] = {}


class ProductConformance:
    """Subclass with a product's code; pytest finds the tests.

    Attributes:
        code: the product.
        defs: a folder of definitions of your own, or None.
        ask: fields for every ask, on top of the first worked example of the definition.
        customer: facts of the customer, on top of those of the example.
        fields: hypothesis strategies for fields that hang together or are rows.
        fees_may_fall: codes of fees that are meant to step down when the amount rises.
        fresh_process: whether one quote is made anew by another process, with another order of sets.
    """

    code: ClassVar[str] = ""
    defs: ClassVar[Path | str | None] = None
    ask: ClassVar[Mapping[str, Any]] = {}
    customer: ClassVar[Mapping[str, Any]] = {}
    fields: ClassVar[Mapping[str, st.SearchStrategy[Any]]] = {}
    fees_may_fall: ClassVar[Collection[str]] = ()
    fresh_process: ClassVar[bool] = True

    # -- what the tests stand on --------------------------------------------------------------

    def load(self, as_of: date) -> Catalogue:
        """The catalogue under test; override to add plugins."""
        return Catalogue.load(self.defs, as_of)

    @property
    def catalogue(self) -> Catalogue:
        """One catalogue a class: definitions are parsed once."""
        made = _CATALOGUES.get(type(self))
        if made is None:
            made = _CATALOGUES[type(self)] = self.load(self.example().as_of)
        return made

    def definition(self) -> ProductDefinition:
        """The product's definition."""
        return self.load(date(2024, 1, 1))[self.code]

    def example(self) -> Example:
        """The first worked example; every definition must have one."""
        found = self.definition().examples
        assert found, f"{self.code}: the definition has no [[examples]]"
        return found[0]

    def baseline(self, example: Example) -> dict[str, Any]:
        """The ask that generated asks vary."""
        return {**example.ask, **self.ask}

    def quote(self, ask: Mapping[str, Any], example: Example) -> Quote:
        """Quote an ask for the example's customer on the example's day."""
        customer = Customer({**example.customer, **self.customer})
        return self.catalogue.quote(Ask(self.code, ask), customer, as_of=example.as_of)

    def _drawn(self, data: st.DataObject) -> tuple[dict[str, Any], Quote | None]:
        """A drawn ask and its quote; None when the product refused it with a clear message."""
        example = self.example_at()
        version = self.catalogue.version(self.code, example.as_of)
        ask = data.draw(draw_ask(version, self.baseline(example), example.as_of, self.fields))
        try:
            return ask, self.quote(ask, example)
        except InputError as error:
            _must_be_clear(error)
            return ask, None

    def example_at(self) -> Example:
        """The example, from the definition that is already loaded."""
        return self.catalogue[self.code].examples[0]

    def _stable(self) -> bool:
        """Whether another process can load the same catalogue: a `load` of one's own stays here."""
        return self.fresh_process and type(self).load is ProductConformance.load

    # -- the tests ----------------------------------------------------------------------------

    def test_every_worked_example_is_quoted_and_sound(self) -> None:
        """Each `[[examples]]` of the definition gives a quote that holds the invariants."""
        for example in self.catalogue[self.code].examples:
            quote = self.quote(self.baseline(example), example)
            broken = broken_invariants(quote)
            assert not broken, f"{example.name}: {'; '.join(broken)}"

    def test_every_worked_example_gives_its_figures(self) -> None:
        """What `expect` says by hand is what the quote says."""
        examples = self.catalogue[self.code].examples
        assert any(example.expect for example in examples), "no example states a figure in `expect`"
        for example in examples:
            quote = self.catalogue.quote(
                Ask(self.code, example.ask), Customer(dict(example.customer)), as_of=example.as_of
            )
            wrong = list(wrong_figures(quote.to_dict(), example))
            assert not wrong, "; ".join(wrong)

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_drawn_asks_are_sound_or_refused_clearly(self, data: st.DataObject) -> None:
        """Rows add up, balances close, totals are sums, checks and fees say where they come from."""
        ask, quote = self._drawn(data)
        if quote is not None:
            broken = broken_invariants(quote)
            assert not broken, f"{ask}: {'; '.join(broken)}"
            if len(quote.schedule) <= _MOST_ROWS_VALIDATED:
                _contract_schema().validate(json.loads(quote.to_json()))

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_fees_do_not_fall_when_the_amount_rises(self, data: st.DataObject) -> None:
        """Fees on the amount are monotone in it: percent, slab, graduated, and those of the plugin.

        `fees_may_fall` names those that are meant to step down.
        """
        ask, quote = self._drawn(data)
        if quote is None or quote.terms.amount is None or "amount" not in ask:
            return
        example = self.example_at()
        stated = self.catalogue.version(self.code, example.as_of).fees
        for amount in _larger(quote.terms.amount, stated):
            try:
                larger = self.quote({**ask, "amount": str(amount.amount)}, example)
            except InputError as error:
                _must_be_clear(error)
                continue
            for code, before, after in _charged_on_amount(quote, larger, stated, self.code):
                assert after >= before or code in self.fees_may_fall, (
                    f"fee {code}: {before} on {quote.terms.amount}, but {after} on {amount}"
                )

    def test_json_fits_the_contract(self) -> None:
        """Every worked example's JSON validates against the contract's schema."""
        for example in self.catalogue[self.code].examples:
            quote = self.quote(self.baseline(example), example)
            _contract_schema().validate(json.loads(quote.to_json()))

    def test_two_runs_give_the_same_bytes(self) -> None:
        """A quote is a function of its inputs."""
        example = self.example_at()
        ask = self.baseline(example)
        again = self.load(example.as_of)
        customer = Customer({**example.customer, **self.customer})
        first = self.quote(ask, example).to_dict()
        if self._stable():
            told = _in_a_new_process(self.defs, self.code, ask, customer, example.as_of)
            assert told == json.loads(json.dumps(first)), "another process gives another quote"
        second = again.quote(Ask(self.code, ask), customer).to_dict()
        changed = [name for name in first if first[name] != second[name]]
        assert not changed, f"two runs differ in {', '.join(f'{n}: {second[n]}' for n in changed)}"

    def test_every_version_can_be_quoted(self) -> None:
        """From its first day on, each version that is not a withdrawal quotes one of the examples."""
        definition = self.catalogue[self.code]
        for version in definition.versions:
            if version.withdrawn:
                continue
            refused = self._refused(definition, version)
            assert refused is None, (
                f"no example can be quoted on {version.effective_from}; add one with that as_of"
                f" (refused: {refused})"
            )

    def _refused(self, definition: ProductDefinition, version: ProductVersion) -> str | None:
        """Why no example can be quoted when the version begins; None when one can."""
        told: list[str] = []
        day = version.effective_from
        for example in definition.examples:
            own = definition.at(example.as_of) is version
            ask = {k: v for k, v in self.baseline(example).items() if own or k != "start"}
            customer = Customer({**example.customer, **self.customer})
            try:
                self.catalogue.quote(
                    Ask(self.code, ask), customer, as_of=example.as_of if own else day
                )
            except InputError as error:
                _must_be_clear(error)
                told.append(f"{example.name}: {error}")
                continue
            return None
        return "; ".join(told)

    def test_every_figure_is_used_or_declared_informative(self) -> None:
        """A figure that prices nothing misleads the reader of the definition."""
        plugin = self.catalogue.registry.owner(self.code)
        source = _source(plugin)
        read = self._figures_read()
        for version in self.catalogue[self.code].versions:
            text = source + repr(version.conditions) + repr(version.fees)
            for name, figure in version.figures.items():
                used = name in read or f'"{name}"' in source or f"figure.{name}" in text
                assert used or figure.informative, (
                    f"figure {name} of {version.effective_from} is used nowhere; "
                    "use it, remove it or say informative = true"
                )

    def _figures_read(self) -> set[str]:
        """The figures that the worked examples read, from their explanations."""
        found: set[str] = set()
        for example in self.catalogue[self.code].examples:
            for entry in self.quote(self.baseline(example), example).explanation:
                if entry.figure.startswith("figure."):
                    found.add(re.split(r"[. ]", entry.figure)[1])
        return found

    def test_bad_asks_give_clear_errors(self) -> None:
        """Every field refuses what is not of its type, naming the field."""
        example = self.example_at()
        version = self.catalogue.version(self.code, example.as_of)
        for name, field in version.ask.items():
            for value in _BAD[field_type(name, field)]:
                with pytest.raises(InputError) as caught:
                    self.quote({**self.baseline(example), name: value}, example)
                assert any(problem.startswith(name) for problem in caught.value.problems), (
                    f"{name}={value!r}: {caught.value}"
                )
                _must_be_clear(caught.value)
        with pytest.raises(InputError, match="no such field"):
            self.quote({**self.baseline(example), "no_such_field": 1}, example)


@cache
def _contract_schema() -> jsonschema.Draft202012Validator:
    text = files("catalogue_product_defs").joinpath("schema/quote.schema.json").read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


def _larger(amount: Money, stated: Mapping[str, FeeDef]) -> list[Money]:
    """The double, and the least amount above each bound of a tier that it has not passed."""
    bounds = {
        tier.up_to for fee in stated.values() for tier in fee.tiers or () if tier.up_to is not None
    }
    above = (Money.rounded(bound, amount.currency) for bound in bounds)
    return [amount * 2, *sorted(Money(m.minor + 1, m.currency) for m in above if m >= amount)]


def _charged_on_amount(
    quote: Quote, larger: Quote, stated: Mapping[str, FeeDef], owner: str
) -> Iterator[tuple[str, Money, Money]]:
    """Code, charge and charge on the larger amount, of each fee that is computed on the amount."""
    sums = [_sums(quote), _sums(larger)]
    for fee in quote.fees:
        defined = stated.get(fee.code)
        if defined is None:
            tiered = fee.by == owner and fee.base is not None and fee.base == quote.terms.amount
        else:
            tiered = defined.base in ("ask.amount", "terms.amount") and not defined.waive
        if tiered and fee.code in sums[1] and fee.amount.minor >= 0:
            yield fee.code, sums[0][fee.code], sums[1][fee.code]


def _sums(quote: Quote) -> dict[str, Money]:
    """Each fee's charge over all days on which it falls due."""
    made: dict[str, Money] = {}
    for fee in quote.fees:
        made[fee.code] = made[fee.code] + fee.amount if fee.code in made else fee.amount
    return made


_AGAIN = """\
import json, pickle, sys
from catalogue import Ask, Catalogue
defs, code, ask, customer, as_of = pickle.load(sys.stdin.buffer)
quote = Catalogue.load(defs, as_of).quote(Ask(code, ask), customer)
sys.stdout.buffer.write(json.dumps(quote.to_dict()).encode())
"""


def _in_a_new_process(
    defs: Path | str | None, code: str, ask: Mapping[str, Any], customer: Customer, as_of: date
) -> Any:
    """The quote's JSON from an interpreter that orders sets in another way."""
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    made = subprocess.run(
        [sys.executable, "-c", _AGAIN],
        input=pickle.dumps((defs, code, dict(ask), customer, as_of)),
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=False,
    )
    assert made.returncode == 0, made.stderr.decode(errors="replace")
    return json.loads(made.stdout)


def _classes(plugin: Any) -> list[type]:
    """The plugin's class and its bases, but for `object`; a module plugin stands for itself."""
    if inspect.ismodule(plugin):
        return [plugin]  # type: ignore[list-item]
    return [cls for cls in type(plugin).__mro__ if cls is not object]


def _source(plugin: Any) -> str:
    """The text of the plugin's modules, of its bases', and of those whose functions they import."""
    own = {module for cls in _classes(plugin) if (module := inspect.getmodule(cls))}
    helpers = {
        module
        for each in own
        for thing in vars(each).values()
        if inspect.isfunction(thing) and (module := inspect.getmodule(thing))
    }
    return "".join(inspect.getsource(module) for module in own | helpers)


def _must_be_clear(error: InputError) -> None:
    """A message names what it is about before a colon, on one line, and is no traceback."""
    for problem in error.problems:
        head, colon, rest = problem.partition(":")
        assert colon and head.strip() and rest.strip(), f"unclear: {problem!r}"  # noqa: PT018
        assert "Traceback" not in problem
        assert len(problem) < 1_000
