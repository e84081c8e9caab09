"""What a product plugin works with: the ask, the customer, the definition of the day, rates, and notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from catalogue.definitions.model import Header, Origin, ProductDefinition, ProductVersion
from catalogue.definitions.policies import PolicyDefinition
from catalogue.definitions.versions import known_version
from catalogue.errors import InputError
from catalogue.products.answers import value_fault
from catalogue.products.ask import ResolvedAsk
from catalogue.products.customer import Customer
from catalogue.products.explanation import Entry, Trace, source_text
from catalogue.products.rate_book import RateBook, Reference
from catalogue.products.results import Contract, QuotedRate, Terms
from catalogue.values import Calendar, Money, Tenor, rate_text, round_fraction
from catalogue.values.text import Bilingual, suggest


class QuoteContext:
    """Everything one quote is made from. Reading a figure through it records the figure's source.

    Attributes:
        ask: typed and within limits; `ctx.ask.amount`, `ctx.ask["property_price"]`, `ctx.ask.get(...)`.
        customer: facts; `ctx.customer.get("age")` is None when unknown.
        as_of: the pricing date; rates and rules are those of this day.
        version: the definition in force; prefer `figure()`, `rate()`, `term()`.
    """

    def __init__(
        self,
        definition: ProductDefinition,
        version: ProductVersion,
        ask: ResolvedAsk,
        customer: Customer,
        as_of: date,
        rates: RateBook,
        calendar: Calendar,
        trace: Trace,
        display: Callable[[str], str],
        policies: Callable[[str], PolicyDefinition],
    ) -> None:
        self.definition = definition
        self.version = version
        self.ask = ask
        self.customer = customer
        self.as_of = as_of
        self.rates = rates
        self.calendar = calendar
        self.trace = trace
        self._warnings: list[str] = []
        self._display = display
        self._policies = policies
        self._terms: Terms | None = None
        self._contract: Contract | None = None

    def __setattr__(self, name: str, value: Any) -> None:
        """What a quote is made from is set once: a plugin that changed it would change other plugins' answers."""
        if not name.startswith("_") and name in self.__dict__:
            raise AttributeError(f"ctx.{name} cannot be changed")
        super().__setattr__(name, value)

    @property
    def header(self) -> Header:
        """Code, names, family and segment of the product."""
        return self.definition.header

    @property
    def code(self) -> str:
        """The product's code."""
        return self.definition.header.code

    # -- the definition ---------------------------------------------------------------------

    def in_force(self, on: date | None = None) -> ProductVersion:
        """The definition that prices or, for a rule that looks at an earlier day, that of day `on`.

        Raises:
            InputError: the definition has no version on that day.
        """
        if on is None:
            return self.version
        return known_version(self.definition.versions, on, self.code)

    def figure(
        self,
        name: str,
        *,
        key: str | None = None,
        at: Decimal | int | Money | None = None,
        on: date | None = None,
    ) -> Decimal:
        """A number of the definition: a plain one, one by `key`, or the band that holds `at`.

        It is that of the pricing date, or that in force on the day `on`.

        Raises:
            InputError: no such figure, or it has another form; no version on the day `on`.
        """
        version = self.in_force(on)
        figure = version.figures.get(name)
        if figure is None:
            hint = suggest(name, version.figures)
            raise InputError(f"{self.code}: the definition has no figure {name!r}{hint}")
        path: tuple[str, ...] = ("figures", name)
        if key is not None:
            path = (*path, "values", key)
            if key not in figure.values:
                hint = suggest(key, figure.values)
                raise InputError(f"{self.code}: figure {name} has no value for {key!r}{hint}")
            value, label = figure.values[key], f"{name}.{key}"
        elif at is not None:
            quantity = at.amount if isinstance(at, Money) else Decimal(at)
            value, label = figure.at(quantity), f"{name} at {quantity}"
        elif isinstance(figure.value, Decimal):
            value, label = figure.value, name
        else:
            raise InputError(f"{self.code}: figure {name} is not a single number")
        self.trace.used.add(name)
        words = "as defined" if on is None else f"as defined on {on}"
        self.trace.figure(f"figure.{label}", value, words, {}, version.origin(*path))
        return value

    def has_figure(self, name: str, key: str | None = None, *, on: date | None = None) -> bool:
        """Whether the version in force states a figure (and, if given, a value for `key`)."""
        figure = self.in_force(on).figures.get(name)
        return figure is not None and (key is None or key in figure.values)

    def figure_text(self, name: str) -> str:
        """A figure that is a word or a tenor."""
        figure = self.version.figures.get(name)
        if figure is None or not isinstance(figure.value, str):
            raise InputError(f"{self.code}: the definition has no text figure {name!r}")
        self.trace.used.add(name)
        self.trace.figure(
            f"figure.{name}", figure.value, "as defined", {}, self.version.origin("figures", name)
        )
        return figure.value

    def term(self, name: str, default: str | None = None) -> str:
        """A fixed term of the definition in words (day_count, business_day …)."""
        found = self.version.terms.get(name, default)
        if found is None:
            raise InputError(f"{self.code}: the definition's [terms] lacks {name!r}")
        return found

    def source(self, *path: str, on: date | None = None) -> str:
        """The source of a part of the definition, as it is cited; `path` is such as figures, max_ltv."""
        origin = self.in_force(on).origin(*path)
        return source_text(origin.source if origin else None, self.definition.sources)

    def policy(self, code: str) -> PolicyDefinition:
        """A policy (segments, legal checks, classes of risk) of the definition folders."""
        return self._policies(code)

    # -- rates ------------------------------------------------------------------------------

    def reference(
        self,
        sheet: str,
        *,
        column: str | None = None,
        tenor: Tenor | None = None,
        on: date | None = None,
        side: str | None = None,
    ) -> Decimal:
        """A figure of a rate sheet on the pricing date (or `on`), recorded with its source."""
        return self.reference_entry(sheet, column=column, tenor=tenor, on=on, side=side).value

    def reference_entry(
        self,
        sheet: str,
        *,
        column: str | None = None,
        tenor: Tenor | None = None,
        on: date | None = None,
        side: str | None = None,
    ) -> Reference:
        """The same, with the column and version that it was read from."""
        day = on or self.as_of
        found = self.rates.lookup(sheet, day, column=column, tenor=tenor, side=side)
        self._note_reference(found, side, day)
        return found

    def _note_reference(self, found: Reference, side: str | None, day: date) -> None:
        known = found.sheet.known_until
        if known is not None and known < day:
            since = found.version.effective_from
            self.warn(
                f"rate sheet {found.sheet.code} is known to hold until {known} only;"
                f" {found.text()} was used on {day}",
                f"利率表({found.sheet.name_zh})已知有效期仅至{known};{day}采用{since}版本",
            )
        self.trace.add(
            Entry(
                f"rate.{found.sheet.code}.{found.column}{'.' + side if side else ''}",
                found.value,
                f"{found.sheet.code} in force on {day}",
                {},
                self._display(found.sheet.file),
                f"versions[{found.sheet.versions.index(found.version)}].values.{found.column}",
                found.version.effective_from,
                source_text(found.version.source, found.sheet.sources),
                found.version.basis,
            )
        )

    def rate(self, tenor: Tenor | None = None) -> QuotedRate:
        """The product's annual rate by its rate rule, or the one that the ask states within its bounds."""
        from catalogue.products.rate_rule import quoted_rate

        return quoted_rate(self, tenor)

    def convert(self, amount: Money, currency: str) -> Money:
        """An amount in another currency at the `fx` sheet's mid rate of the pricing date."""
        if amount.currency == currency:
            return amount
        exact = Fraction(self.fx_mid(amount.currency)) / Fraction(self.fx_mid(currency))
        made = Money.rounded(Fraction(amount.amount) * exact, currency)
        rate = Decimal(round_fraction(exact * 10**12)).scaleb(-12)  # only to be shown
        self.explain(
            f"fx.{amount.currency}/{currency}",
            rate_text(rate),
            "mid rates through CNY",
            {"amount": amount, "converted": made},
        )
        return made

    def fx_mid(self, currency: str) -> Decimal:
        """CNY for one unit of a currency, mid."""
        return (
            Decimal(1)
            if currency == "CNY"
            else self.reference("fx", column=f"{currency}/CNY", side="mid")
        )

    # -- notes ------------------------------------------------------------------------------

    @property
    def warnings(self) -> tuple[str, ...]:
        """The remarks made so far."""
        return tuple(self._warnings)

    def explain(
        self,
        figure: str,
        value: Any,
        formula: str,
        inputs: Mapping[str, Any] | None = None,
        origin: Origin | None = None,
        *,
        formula_zh: str | None = None,
    ) -> None:
        """Record how a figure was made: its formula in words or symbols, and the inputs.

        `formula_zh` is what a page in Chinese shows; the core knows the usual words of a formula.
        """
        for name, thing in {"value": value, **(inputs or {})}.items():
            wrong = value_fault(thing, floats=True)
            if wrong is not None:
                raise TypeError(f"ctx.explain({figure!r}): {name}: {wrong}")
        texts = (figure, formula, formula_zh or "")
        if not all(isinstance(text, str) for text in texts):
            raise TypeError(f"ctx.explain: {figure!r}, {formula!r}: figure and formula are texts")
        words = formula if formula_zh is None else Bilingual(formula, formula_zh)
        self.trace.figure(figure, value, words, inputs or {}, origin)

    def warn(self, text: str, text_zh: str | None = None) -> None:
        """A remark that goes onto the quote; `text_zh` is the same on a page in Chinese."""
        for said in (text, text_zh or ""):
            if not isinstance(said, str):
                raise TypeError(f"ctx.warn: {type(said).__name__} {said!r} is not a text")
        if text not in self._warnings:
            self._warnings.append(text if text_zh is None else Bilingual(text, text_zh))

    # -- facts for conditions and fees ------------------------------------------------------

    def settle(self, terms: Terms | None = None, contract: Contract | None = None) -> None:
        """Make terms and contract visible to `lookup` (called by the core as they are made)."""
        self._terms = terms or self._terms
        self._contract = contract or self._contract

    def lookup(self, path: str) -> Any:
        """A fact by dotted path: ask., customer., terms., figure., result., total.; None if unknown."""
        root, _, name = path.partition(".")
        match root:
            case "ask":
                return self.ask.get(name)
            case "customer":
                return self.customer.get(name)
            case "figure":
                return self._figure_fact(name)
            case "terms":
                return self._term_fact(name)
            case "result":
                return self._contract.result(name) if self._contract else None
            case "total":
                return self._contract.totals.get(name) if self._contract else None
            case _:
                raise InputError(f"{path!r} is not a fact")

    def _figure_fact(self, name: str) -> Any:
        figure = self.version.figures.get(name)
        if figure is None or figure.value is None:
            return None
        self.trace.used.add(name)
        return figure.value

    def _term_fact(self, name: str) -> Any:
        if self._terms is None:
            return None
        if name == "rate":
            return self._terms.rate.annual if self._terms.rate else None
        if name in self._terms.extra:
            return self._terms.extra[name]
        return getattr(self._terms, name, None)
