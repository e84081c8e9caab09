"""What is wrong with a plugin's answer, in words: asked of every answer before the core works with it.

A plugin is written by others. An amount that is a float, a row that is a dict or a total in another
currency would fail far from its cause, or be printed as if it were right; here it is told with its place.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from catalogue.errors import InputError
from catalogue.products.results import (
    Adjustment,
    Check,
    Contract,
    Fee,
    FeeTaxPart,
    Flow,
    QuotedRate,
    Result,
    Terms,
)
from catalogue.values import Money, Tenor, check_currency, minor_digits
from catalogue.values.text import clean

CORE_TOTALS = ("fees", "paid", "received")
"""Totals that the core makes itself, from flows and fees."""
_UNITS = ("money", "rate", "number", "date", "days", "text", "bool")
_AMOUNTS = ("opening", "principal", "interest", "fee", "payment", "closing")


def fault_of(answer: Any) -> str | None:
    """The first fault of an answer of a hook, in words that name its part; None when it is sound."""
    looks: dict[type, Callable[[Any], Iterator[str]]] = {
        Terms: _terms,
        Contract: _contract,
        Fee: _fee,
        Check: _check,
        Adjustment: _adjustment,
    }
    look = next((found for kind, found in looks.items() if isinstance(answer, kind)), None)
    return None if look is None else next(look(answer), None)


def value_fault(value: Any, *, floats: bool = False) -> str | None:
    """Why a value cannot stand on a quote, None if it can: JSON has to hold it exactly.

    Args:
        value: money, number, text, date, tenor, yes or no, nothing; or lists and tables of these.
        floats: whether a finite float may stand there, as an input that is only shown.
    """
    match value:
        case Mapping():
            return next(filter(None, (value_fault(v, floats=floats) for v in value.values())), None)
        case tuple() | list():
            return next(filter(None, (value_fault(item, floats=floats) for item in value)), None)
        case float():
            if floats and math.isfinite(value):
                return None
            return f"{value!r} is a float, which is not exact; give a Decimal"
        case Decimal():
            return None if value.is_finite() else f"{value} is not a number"
        case None | bool() | int() | str() | date() | Tenor() | Money() | Fraction():
            return None
        case _:
            return f"{_shown(value)} is no value that a quote can hold"


# -- terms --------------------------------------------------------------------------------------


def _terms(terms: Terms) -> Iterator[str]:
    yield from _currency("currency", terms.currency)
    yield from _day("start", terms.start)
    if terms.maturity is not None:
        yield from _day("maturity", terms.maturity)
    if terms.amount is not None and terms.amount.currency != terms.currency:
        yield f"amount: is in {terms.amount.currency}, the terms in {terms.currency}"
    if terms.tenor is not None and not isinstance(terms.tenor, Tenor):
        yield f"tenor: {_shown(terms.tenor)}; expected Tenor"
    yield from _optional_texts("terms", terms, ("method", "frequency", "day_count"))
    if terms.rate is not None:
        yield from _rate(terms.rate)
    if not isinstance(terms.extra, Mapping):
        yield f"extra: {_shown(terms.extra)}; expected a mapping"
        return
    for name, value in terms.extra.items():
        wrong = value_fault(value)
        if wrong is not None:
            yield f"extra {name}: {wrong}"


def _rate(rate: QuotedRate) -> Iterator[str]:
    for name in ("annual", "spread", "lowest", "highest"):
        value = getattr(rate, name)
        if value is not None and not (isinstance(value, Decimal) and value.is_finite()):
            yield f"rate.{name}: {_shown(value)}; expected a Decimal fraction"


# -- contract -----------------------------------------------------------------------------------


def _contract(contract: Contract) -> Iterator[str]:
    yield from _currency("currency", contract.currency)
    yield from _flows(contract)
    yield from _totals(contract)
    yield from _rows(contract)
    yield from _results(contract.results)
    if not isinstance(contract.apr, bool):
        yield f"apr: {_shown(contract.apr)}; expected True or False"


def _flows(contract: Contract) -> Iterator[str]:
    yield from _many("flows", contract.flows, Flow)
    for number, flow in enumerate(contract.flows, 1):
        place = f"flow {number}"
        yield from _day(f"{place}: on", flow.on)
        yield from _money(f"{place}: amount", flow.amount, contract.currency)
        if not isinstance(flow.label, str):
            yield f"{place}: label: {_shown(flow.label)}; expected a text"


def _totals(contract: Contract) -> Iterator[str]:
    if not isinstance(contract.totals, Mapping):
        yield f"totals: {_shown(contract.totals)}; expected a mapping"
        return
    for name in ("principal", "interest"):
        if name not in contract.totals:
            yield f"totals: {name} is missing; state it, be it zero"
    for name, amount in contract.totals.items():
        if name in CORE_TOTALS:
            yield f"totals: {name} is made by the core from flows and fees; use another name"
        yield from _money(f"totals: {name}", amount, contract.currency)


def _rows(contract: Contract) -> Iterator[str]:
    from catalogue.maths.schedule_rows import Schedule

    rows = contract.schedule
    if isinstance(rows, Schedule):  # made and checked by the core's own mathematics
        return
    if not isinstance(rows, (tuple, list)):
        yield f"schedule: {_shown(rows)}; expected a tuple of rows or a Schedule"
        return
    digits = minor_digits(contract.currency)
    for number, row in enumerate(rows, 1):
        yield from _row(f"schedule row {number}", row, digits)


def _row(place: str, row: Any, digits: int) -> Iterator[str]:
    lacking = [name for name in ("n", "due", "days", *_AMOUNTS) if not hasattr(row, name)]
    if lacking:
        yield f"{place}: {_shown(row)} has no {', '.join(lacking)}; expected PlainRow"
        return
    for name in ("n", "days"):
        if not isinstance(getattr(row, name), int):
            yield f"{place}: {name}: {_shown(getattr(row, name))}; expected a whole number"
    yield from _day(f"{place}: due", row.due)
    for name in _AMOUNTS:
        value = getattr(row, name)
        if not (isinstance(value, Decimal) and value.is_finite()):
            yield f"{place}: {name}: {_shown(value)}; expected a Decimal"
        elif value != round(value, digits):
            yield f"{place}: {name}: {value} has more than {digits} decimals"


def _results(results: Sequence[Result]) -> Iterator[str]:
    yield from _many("results", results, Result)
    seen: set[str] = set()
    for item in results:
        place = f"result {item.code!r}"
        yield from _texts(place, item, ("code", "label", "label_zh"))
        if item.code in seen:
            yield f"{place}: stands twice"
        seen.add(item.code)
        if item.unit not in _UNITS:
            yield f"{place}: unit {_shown(item.unit)}; expected one of {', '.join(_UNITS)}"
        wrong = value_fault(item.value)
        if wrong is not None:
            yield f"{place}: {wrong}"


# -- fees, checks, adjustments ------------------------------------------------------------------


def _fee(fee: Fee) -> Iterator[str]:
    place = f"fee {fee.code!r}"
    if fee.due is not None:
        yield from _day(f"{place}: due", fee.due)
    wrong = value_fault(fee.base)
    if wrong is not None:
        yield f"{place}: base: {wrong}"
    if fee.tax is not None and not isinstance(fee.tax, FeeTaxPart):
        yield f"{place}: tax: {_shown(fee.tax)}; expected FeeTaxPart"
    if fee.waived is not None:
        yield from _money(f"{place}: waived", fee.waived, fee.amount.currency)
    if not isinstance(fee.in_apr, bool):
        yield f"{place}: in_apr: {_shown(fee.in_apr)}; expected True or False"
    yield from _optional_texts(place, fee, ("source_zh",))


def _check(check: Check) -> Iterator[str]:
    place = f"check {check.id!r}"
    if not isinstance(check.found, Mapping):
        yield f"{place}: found: {_shown(check.found)}; expected a mapping"
        return
    for name, value in check.found.items():
        wrong = value_fault(value, floats=True)
        if wrong is not None:
            yield f"{place}: found {name}: {wrong}"
    if not isinstance(check.missing, (tuple, list)):
        yield f"{place}: missing: {_shown(check.missing)}; expected a tuple of facts"
    if bool(check.bring) != bool(check.bring_zh):
        yield f"{place}: bring and bring_zh: one is there without the other"
    yield from _optional_texts(place, check, ("bring", "bring_zh", "source_zh"))


def _adjustment(change: Adjustment) -> Iterator[str]:
    place = f"adjustment {change.code!r}"
    if not change.rate_change.is_finite():
        yield f"{place}: rate_change: {change.rate_change} is not a number"


# -- parts --------------------------------------------------------------------------------------


def _many(place: str, items: Any, kind: type) -> Iterator[str]:
    """A tuple or list of one kind; a generator could be read only once."""
    if not isinstance(items, (tuple, list)):
        yield f"{place}: {_shown(items)}; expected a tuple of {kind.__name__}"
        return
    wrong = next((item for item in items if not isinstance(item, kind)), None)
    if wrong is not None or None in items:
        yield f"{place}: {_shown(wrong)}; expected {kind.__name__}"


def _money(place: str, amount: Any, currency: str) -> Iterator[str]:
    if not isinstance(amount, Money):
        yield f"{place}: {_shown(amount)}; expected Money"
    elif amount.currency != currency:
        yield f"{place}: is in {amount.currency}, the rest in {currency}"


def _currency(place: str, code: Any) -> Iterator[str]:
    try:
        check_currency(code)
    except InputError as error:
        yield f"{place}: {error.problems[0].partition(': ')[2]}"


def _day(place: str, day: Any) -> Iterator[str]:
    if not isinstance(day, date) or isinstance(day, datetime):
        yield f"{place}: {_shown(day)}; expected a date without time"


def _texts(place: str, thing: Any, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        value = getattr(thing, name)
        if not isinstance(value, str) or not value:
            yield f"{place}: {name}: {_shown(value)}; expected a text"


def _optional_texts(place: str, thing: Any, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        value = getattr(thing, name)
        if value is not None and not isinstance(value, str):
            yield f"{place}: {name}: {_shown(value)}; expected a text"


def _shown(value: Any) -> str:
    """`float 1.5`; a value that cannot even be shown stands for its type."""
    try:
        return f"{type(value).__name__} {clean(repr(value))}"
    except Exception:  # its own __repr__ is broken
        return type(value).__name__
