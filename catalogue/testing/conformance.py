"""The pytest class that runs the invariants on one product with asks drawn from its definition."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.definitions.common_fields import field_type
from catalogue.definitions.model import Example, ProductDefinition, ProductVersion
from catalogue.errors import InputError, PluginError
from catalogue.products.ask import Ask
from catalogue.products.customer import Customer
from catalogue.quotes.catalogue import Catalogue
from catalogue.quotes.quote import Quote
from catalogue.testing.asks import draw_ask
from catalogue.testing.examples import wrong_figures
from catalogue.testing.fee_steps import charged_on, fee_bases, larger_values
from catalogue.testing.invariants import broken_invariants
from catalogue.testing.new_process import in_a_new_process

_BAD: Mapping[str, tuple[Any, ...]] = {
    "money": ("NaN", "-1", "1e30", "１００", "1,000", "Infinity", True, "9" * 40),
    "number": ("NaN", "Infinity", "1e9", "x", "９"),
    "rate": ("NaN", "5", "x", "1e-2"),
    "int": ("1.5", "x", "NaN", "１", True),
    "bool": ("maybe", 2),
    "date": ("2024-02-30", "20240101", "tomorrow", "2024-W11-5"),
    "tenor": ("0m", "12", "-3m", "400y", "x"),
    "choice": ("no-such-choice", -7, True),
    "rows": (7, "x:y:z:a:b:c:d:e:f"),
    "list": (7,),
    "text": (7,),
}

_MOST_ROWS_VALIDATED = 60
"""A schema looks at every cell: long schedules, whose rows are alike, are left out of drawn asks."""

_MOST_SHOWN = 1_000
"""Characters of a message."""

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
        exempt: rules of `broken_invariants` that the product does not follow, with the reason.
        fresh_process: whether one quote is made anew by another process, with another order of sets.
    """

    code: ClassVar[str] = ""
    defs: ClassVar[Path | str | None] = None
    ask: ClassVar[Mapping[str, Any]] = {}
    customer: ClassVar[Mapping[str, Any]] = {}
    fields: ClassVar[Mapping[str, st.SearchStrategy[Any]]] = {}
    fees_may_fall: ClassVar[Collection[str]] = ()
    exempt: ClassVar[Mapping[str, str]] = {}
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
        assert self.code, f"{type(self).__name__}: state the product, code = '...'"
        catalogue = self.load(date(2024, 1, 1))
        assert self.code in catalogue, (
            f"{self.code}: no definition of it is found; is the package installed (pip install -e .),"
            " and does its pyproject.toml name the folder in the group catalogue.definitions?"
        )
        return catalogue[self.code]

    def example(self) -> Example:
        """The first worked example; every definition must have one."""
        found = self.definition().examples
        assert found, f"{self.code}: the definition has no [[examples]]"
        return found[0]

    def baseline(self, example: Example) -> dict[str, Any]:
        """The ask that generated asks vary."""
        return {**example.ask, **self.ask}

    def quote(self, ask: Mapping[str, Any], example: Example) -> Quote:
        """Quote an ask for the example's customer on the example's day; a fault fails the test."""
        customer = Customer({**example.customer, **self.customer})
        try:
            return self.catalogue.quote(Ask(self.code, ask), customer, as_of=example.as_of)
        except PluginError as error:
            raise AssertionError(self._told(ask, str(error))) from error

    def _told(self, ask: Mapping[str, Any], *faults: str) -> str:
        """Product, ask and faults, as a failed test shows them."""
        asked = ", ".join(f"{name}={value}" for name, value in ask.items())
        return f"{self.code} asked {asked or 'nothing'}: {'; '.join(faults)}"

    def _refusal(self, ask: Mapping[str, Any], error: InputError) -> str:
        """The words of a refusal; an unclear one fails the test."""
        unclear = list(_unclear(error))
        assert not unclear, self._told(ask, *unclear)
        return str(error)

    def _must_be_sound(self, ask: Mapping[str, Any], quote: Quote) -> None:
        """No invariant is broken, and the JSON fits the contract's schema."""
        broken = [*broken_invariants(quote, self.exempt)]
        if len(quote.schedule) <= _MOST_ROWS_VALIDATED:
            broken += _beside_the_schema(quote)
        assert not broken, self._told(ask, *broken)

    def _drawn(self, data: st.DataObject) -> tuple[dict[str, Any], Quote | None]:
        """A drawn ask and its quote; None when the product refused it with a clear message."""
        example = self.example_at()
        version = self.catalogue.version(self.code, example.as_of)
        ask = data.draw(draw_ask(version, self.baseline(example), example.as_of, self.fields))
        try:
            return ask, self.quote(ask, example)
        except InputError as error:
            self._refusal(ask, error)
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
            ask = self.baseline(example)
            broken = broken_invariants(self.quote(ask, example), self.exempt)
            assert not broken, self._told(ask, *broken)

    def test_every_worked_example_gives_its_figures(self) -> None:
        """What `expect` says by hand is what the quote says."""
        examples = self.catalogue[self.code].examples
        assert any(example.expect for example in examples), (
            f"{self.code}: no example states a figure in `expect`"
        )
        for example in examples:
            quote = self.catalogue.quote(
                Ask(self.code, example.ask), Customer(dict(example.customer)), as_of=example.as_of
            )
            wrong = list(wrong_figures(quote.to_dict(), example))
            assert not wrong, self._told(example.ask, *wrong)

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_drawn_asks_are_sound_or_refused_clearly(self, data: st.DataObject) -> None:
        """Rows add up, balances close, totals are sums, checks and fees say where they come from."""
        ask, quote = self._drawn(data)
        if quote is not None:
            self._must_be_sound(ask, quote)

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_fees_do_not_fall_when_the_amount_rises(self, data: st.DataObject) -> None:
        """Fees are monotone in what they are computed on: percent, slab, graduated, and those of the plugin.

        `fees_may_fall` names those that are meant to step down.
        """
        ask, quote = self._drawn(data)
        if quote is None:
            return
        example = self.example_at()
        stated = self.catalogue.version(self.code, example.as_of).fees
        for field in fee_bases(stated):
            for value in larger_values(quote.ask.get(field), field, stated):
                self._must_not_fall(ask, quote, example, {field: value})

    def _must_not_fall(
        self, ask: Mapping[str, Any], quote: Quote, example: Example, more: Mapping[str, Any]
    ) -> None:
        """No fee on a field is lower when more of the field is asked."""
        (field,) = more
        stated = self.catalogue.version(self.code, example.as_of).fees
        raised = {**ask, field: str(getattr(more[field], "amount", more[field]))}
        try:
            larger = self.quote(raised, example)
        except InputError as error:
            self._refusal(raised, error)
            return
        for code, before, after in charged_on(field, quote, larger, stated, self.code):
            assert after >= before or code in self.fees_may_fall, self._told(
                ask, f"fee {code}: {before} on {quote.ask[field]}, but {after} on {more[field]}"
            )

    def test_json_fits_the_contract(self) -> None:
        """Every worked example's JSON validates against the contract's schema."""
        for example in self.catalogue[self.code].examples:
            ask = self.baseline(example)
            wrong = list(_beside_the_schema(self.quote(ask, example)))
            assert not wrong, self._told(ask, *wrong)

    def test_two_runs_give_the_same_bytes(self) -> None:
        """A quote is a function of its inputs: not of the clock, chance, the order of sets, or earlier quotes."""
        examples = self.catalogue[self.code].examples
        first = [self.quote(self.baseline(one), one).to_dict() for one in examples]
        again = self.load(self.example_at().as_of)
        for example, quoted in zip(examples, first, strict=True):
            customer = Customer({**example.customer, **self.customer})
            second = again.quote(
                Ask(self.code, self.baseline(example)), customer, as_of=example.as_of
            ).to_dict()
            self._must_be_equal(example, quoted, second, "two runs")
        if self._stable():
            asked = [
                (self.baseline(one), {**one.customer, **self.customer}, one.as_of)
                for one in examples
            ]
            told = in_a_new_process(self.defs, self.code, asked)
            for example, quoted, other in zip(examples, first, told, strict=True):
                here = json.loads(json.dumps(quoted))
                self._must_be_equal(example, here, other, "a run on another day by another process")

    def _must_be_equal(
        self, example: Example, first: Mapping[str, Any], second: Mapping[str, Any], runs: str
    ) -> None:
        changed = [
            f"{name}: {second.get(name)}" for name in first if first[name] != second.get(name)
        ]
        assert not changed, self._told(
            self.baseline(example), f"{runs} differ in {', '.join(changed)}"
        )

    def test_every_version_can_be_quoted(self) -> None:
        """From its first day on, each version that is not a withdrawal quotes one of the examples."""
        definition = self.catalogue[self.code]
        for version in definition.versions:
            if version.withdrawn:
                continue
            refused = self._refused(definition, version)
            assert refused is None, (
                f"{self.code}: no example can be quoted on {version.effective_from}; add one with that as_of"
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
                told.append(f"{example.name}: {self._refusal(ask, error)}")
                continue
            except PluginError as error:
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
                    f"{self.code}: figure {name} of {version.effective_from} is used nowhere; "
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
                self._must_be_refused({**self.baseline(example), name: value}, example, name)
            if field.required:
                rest = {k: v for k, v in self.baseline(example).items() if k != name}
                if name != "tenor" or "maturity" not in rest:
                    self._must_be_refused(rest, example, name)
        self._must_be_refused(
            {**self.baseline(example), "no_such_field": 1}, example, "no_such_field"
        )

    def _must_be_refused(self, ask: Mapping[str, Any], example: Example, name: str) -> None:
        """An InputError that begins with the field's name."""
        refused: tuple[str, ...] | None = None
        try:
            self.quote(ask, example)
        except InputError as error:
            self._refusal(ask, error)
            refused = error.problems
        assert refused is not None, self._told(ask, f"{name} was not refused")
        assert any(problem.startswith(name) for problem in refused), self._told(
            ask, f"refused without naming {name}: {'; '.join(refused)}"
        )


@cache
def _contract_schema() -> jsonschema.Draft202012Validator:
    text = files("catalogue_product_defs").joinpath("schema/quote.schema.json").read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


def _beside_the_schema(quote: Quote) -> Iterator[str]:
    """Where the JSON of a quote does not fit the contract's schema."""
    try:
        data = json.loads(quote.to_json())
    except (TypeError, ValueError) as error:
        yield f"JSON: {error}"
        return
    for wrong in _contract_schema().iter_errors(data):
        yield f"JSON {wrong.json_path}: {wrong.message[:_MOST_SHOWN]}"


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


def _unclear(error: InputError) -> Iterator[str]:
    """What a refusal lacks: it names what it is about before a colon, on one line, and is no traceback."""
    for problem in error.problems:
        head, colon, rest = problem.partition(":")
        if not (colon and head.strip() and rest.strip()):
            yield f"unclear: refused by {problem!r}; expected 'field: what is wrong'"
        elif "Traceback" in problem or len(problem) >= _MOST_SHOWN:
            yield f"unclear: refused by {problem[:_MOST_SHOWN]!r}"
