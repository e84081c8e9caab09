"""What the rate functions accept: flows as plain numbers, each checked, turned into floats."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from catalogue.errors import InputError, RateError
from catalogue.maths._args import Number
from catalogue.values import limits, parse_date, parse_decimal, shown

DatedFlow = tuple[date, Number]
MAX_FLOWS = 2 * limits.MAX_SCHEDULE_ROWS


def flow_amount(value: object, what: str) -> float:
    """One amount as a float; anything but a finite number is a RateError."""
    kind = type(value)
    if kind is int or kind is float or kind is Decimal:
        number = value
    elif isinstance(value, str):
        number = parse_decimal(value, what)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        number = value
    else:
        raise RateError(f"{what}: {shown(value)} is not an amount")
    try:
        found = float(number)  # type: ignore[arg-type]
    except (OverflowError, ValueError):
        found = math.nan
    if not abs(found) <= 1e18:
        raise RateError(f"{what}: {shown(value)} is not a number that can be used")
    return found


def plain_flows(amounts: Iterable[Number]) -> list[float]:
    """Amounts at equal intervals, in order."""
    if isinstance(amounts, str | bytes):
        raise RateError(f"amounts: {shown(amounts)} is a text, not a sequence of amounts")
    found = [flow_amount(value, f"amount {index}") for index, value in enumerate(amounts, 1)]
    _check_number(len(found))
    return found


def dated_flows(flows: Iterable[Sequence[object]]) -> list[tuple[date, float]]:
    """[(date, amount), ...] in date order, the amounts of one date added up."""
    by_date: dict[date, float] = {}
    number = 0
    for number, item in enumerate(flows, 1):
        if isinstance(item, str) or len(item) != 2:
            raise RateError(f"flow {number}: {shown(item)} is not a (date, amount) pair")
        day = item[0]
        if type(day) is not date:
            day = _day(day, number)
        amount = flow_amount(item[1], f"flow {number}")
        by_date[day] = by_date.get(day, 0.0) + amount
    _check_number(number)
    if len(by_date) == 1:
        raise RateError("rate: all flows are on one day; no rate can be found")
    return sorted(by_date.items())


def _day(value: object, number: int) -> date:
    try:
        return parse_date(value, f"flow {number} date")
    except InputError as error:
        raise RateError(str(error)) from error


def _check_number(number: int) -> None:
    if number == 0:
        raise RateError("rate: there are no flows")
    if number > MAX_FLOWS:
        raise RateError(f"rate: {number} flows; at most {MAX_FLOWS} are solved")
