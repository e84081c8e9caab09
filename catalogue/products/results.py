"""What a product hands to the core: terms, contract, fees, checks, adjustments. All frozen.

Signs: flows are seen from the customer, received positive, paid negative. Amounts are Money,
rates Decimal fractions (0.0435 is 4.35 %), dates datetime.date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, Protocol

import attrs
from attrs.validators import instance_of, optional

from catalogue.errors import InputError
from catalogue.products.explanation import Cited
from catalogue.values import Money, Tenor

Outcome = Literal["pass", "fail", "refer"]
Unit = Literal["money", "rate", "number", "date", "days", "text", "bool"]
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_CHINESE = re.compile("[\u4e00-\u9fff]")


def _table(value: Any) -> Any:
    """A table as it stands now: who is shown it later cannot change it. Anything else is for `fault_of`."""
    return MappingProxyType(dict(value)) if isinstance(value, Mapping) else value


def _listed(value: Any) -> Any:
    """A list as it stands now, likewise."""
    return tuple(value) if isinstance(value, list) else value


class Row(Protocol):
    """One row of a schedule, amounts as Decimal in major units."""

    @property
    def n(self) -> int:
        """Number, from 1."""

    @property
    def due(self) -> date:
        """Due date."""

    @property
    def days(self) -> int:
        """Calendar days of interest."""

    @property
    def opening(self) -> Decimal:
        """Balance before."""

    @property
    def principal(self) -> Decimal:
        """Principal part."""

    @property
    def interest(self) -> Decimal:
        """Interest part."""

    @property
    def fee(self) -> Decimal:
        """Fees due with the row."""

    @property
    def payment(self) -> Decimal:
        """All that is paid."""

    @property
    def closing(self) -> Decimal:
        """Balance after."""


class Rows(Protocol):
    """The rows of a schedule: a tuple of rows, or a Schedule that makes them when read."""

    def __len__(self) -> int:
        """Number of rows."""

    def __iter__(self) -> Iterator[Row]:
        """The rows in order."""


@attrs.frozen
class PlainRow:
    """A row that a product writes itself, where the loan schedule does not fit."""

    n: int
    due: date
    days: int
    opening: Decimal
    principal: Decimal
    interest: Decimal
    fee: Decimal
    payment: Decimal
    closing: Decimal


@attrs.frozen
class QuotedRate:
    """The annual rate of the contract and how it came about.

    `lowest` and `highest` are the bounds of the definition, within which it may be negotiated.
    """

    annual: Decimal = attrs.field(validator=instance_of(Decimal))
    basis: str | None = None
    reference: str | None = None
    spread: Decimal | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None

    def shifted(self, by: Decimal) -> QuotedRate:
        """The rate with `by` added to it and to its spread, but never beyond its bounds."""
        wanted = self.annual + by
        if self.lowest is not None:
            wanted = max(wanted, min(self.lowest, self.annual))
        if self.highest is not None:
            wanted = min(wanted, max(self.highest, self.annual))
        change = wanted - self.annual
        spread = change if self.spread is None else self.spread + change
        return attrs.evolve(self, annual=wanted, spread=spread)


@attrs.frozen
class Terms:
    """What is agreed before any figure is computed.

    `extra` holds the product's own terms: plain values, Money, dates; they go into the quote as they are.
    """

    currency: str
    start: date = attrs.field(validator=instance_of(date))
    amount: Money | None = attrs.field(default=None, validator=optional(instance_of(Money)))
    maturity: date | None = None
    tenor: Tenor | None = None
    rate: QuotedRate | None = attrs.field(default=None, validator=optional(instance_of(QuotedRate)))
    method: str | None = None
    frequency: str | None = None
    day_count: str | None = None
    extra: Mapping[str, Any] = attrs.field(default=_NOTHING, converter=_table)

    def with_extra(self, **more: Any) -> Terms:
        """A copy with terms of the product's own added."""
        return attrs.evolve(self, extra={**self.extra, **more})


def annual(terms: Terms) -> Decimal:
    """The annual rate of the terms; InputError where none was agreed."""
    if terms.rate is None:
        raise InputError("rate: none was agreed; the definition needs a [rate]")
    return terms.rate.annual


@attrs.frozen
class Flow:
    """A dated amount: received by the customer positive, paid negative; fees are not flows."""

    on: date
    amount: Money
    label: str


@attrs.frozen
class Result:
    """A figure that the product computes beside schedule and totals (a yield, a share count, a limit)."""

    code: str
    label: str
    label_zh: str
    value: Any
    unit: Unit = "money"


@attrs.frozen
class Contract:
    """What the bank would sign: flows, schedule, totals and results.

    Args:
        currency: of the quote's totals and schedule.
        flows: all dated amounts between customer and bank but fees.
        totals: at least `principal` and `interest`; more names may be added.
        schedule: rows, empty when the product has none.
        results: the product's own figures, in the order in which they are shown.
        apr: whether the flows are borrowing, so that an APR belongs on the quote.
    """

    currency: str
    flows: tuple[Flow, ...] = attrs.field(default=(), converter=_listed)
    totals: Mapping[str, Money] = attrs.field(default=_NOTHING, converter=_table)
    schedule: Rows = attrs.field(default=(), converter=_listed)
    results: tuple[Result, ...] = attrs.field(default=(), converter=_listed)
    apr: bool = False

    def result(self, code: str) -> Any:
        """The value of a result by code, None if there is none."""
        return next((item.value for item in self.results if item.code == code), None)


@attrs.frozen
class FeeTaxPart:
    """How much of a fee is value-added tax."""

    rate: Decimal
    net: Money
    tax: Money


def _in_chinese(thing: Any) -> str | None:
    """The source in Chinese: that of `ctx.source(...)` is known, and one that is Chinese already."""
    source = thing.source
    if isinstance(source, Cited):
        return source.zh
    return source if isinstance(source, str) and _CHINESE.search(source) else None


@attrs.frozen
class Fee:
    """A fee as charged, in its own currency. Negative: a rebate.

    `formula` shows the arithmetic, `base` what it was computed on, `by` who added it (set by the core).
    `waived` is what would have been charged. A `source` of `ctx.source(...)` knows its `source_zh`.
    """

    code: str
    name: str
    name_zh: str
    amount: Money
    formula: str
    source: str
    base: Money | Decimal | None = None
    due: date | None = None
    in_apr: bool = True
    tax: FeeTaxPart | None = None
    waived: Money | None = None
    by: str = ""
    source_zh: str | None = attrs.field(
        default=attrs.Factory(_in_chinese, takes_self=True), kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        _must_be_texts(self, "fee", self.code, ("code", "name", "name_zh", "formula", "source"))
        if not isinstance(self.amount, Money):
            raise TypeError(
                f"fee {self.code!r}: amount is {type(self.amount).__name__} {self.amount!r}, not Money"
            )


@attrs.frozen
class Check:
    """The outcome of one eligibility check, with its reason and its source in both languages.

    `found` holds the facts that decided it, `missing` those that are unknown; `bring` says what proves
    them. A `source` of `ctx.source(...)` knows its `source_zh`; any other source states it.
    """

    id: str
    outcome: Outcome
    reason: str
    reason_zh: str
    source: str
    found: Mapping[str, Any] = attrs.field(default=_NOTHING, converter=_table)
    missing: tuple[str, ...] = ()
    bring: str | None = None
    bring_zh: str | None = None
    by: str = ""
    source_zh: str | None = attrs.field(
        default=attrs.Factory(_in_chinese, takes_self=True), kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        _must_be_texts(self, "check", self.id, ("id", "reason", "reason_zh", "source"))
        if self.outcome not in ("pass", "fail", "refer"):
            raise ValueError(
                f"check {self.id!r}: outcome {self.outcome!r} is not pass, fail or refer"
            )


@attrs.frozen
class Adjustment:
    """A change of the annual rate by a plugin that does not own the product; negative lowers it."""

    code: str
    name: str
    name_zh: str
    rate_change: Decimal
    source: str
    by: str = ""

    def __attrs_post_init__(self) -> None:
        _must_be_texts(self, "adjustment", self.code, ("code", "name", "name_zh", "source"))
        if not isinstance(self.rate_change, Decimal):
            raise TypeError(
                f"adjustment {self.code!r}: rate_change is {type(self.rate_change).__name__}"
                f" {self.rate_change!r}, not a Decimal fraction"
            )


def _must_be_texts(thing: Any, what: str, code: Any, names: tuple[str, ...]) -> None:
    """A part without its words is the fault of the plugin that makes it, not of the ask."""
    for name in names:
        value = getattr(thing, name)
        if not isinstance(value, str) or not value:
            raise TypeError(f"{what} {code!r}: {name} is {value!r}, not a text")
