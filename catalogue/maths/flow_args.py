"""What the rate functions accept: flows as plain numbers, each checked, turned into floats."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from operator import lt
from typing import Any, Final

from catalogue.errors import InputError, RateError
from catalogue.maths._args import Number
from catalogue.values import limits, parse_date, parse_decimal, shown

DatedFlows = tuple[list[date], list[float]]
MAX_FLOWS: Final = 2 * limits.MAX_SCHEDULE_ROWS
LARGEST: Final = 1e18
_NUMBERS: Final = frozenset({int, float, Decimal})


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
    if not abs(found) <= LARGEST:
        raise RateError(f"{what}: {shown(value)} is not a number that can be used")
    return found


def plain_flows(amounts: Iterable[Number]) -> list[float]:
    """Amounts at equal intervals, in order."""
    if isinstance(amounts, str | bytes):
        raise RateError(f"amounts: {shown(amounts)} is a text, not a sequence of amounts")
    found = [flow_amount(value, f"amount {index}") for index, value in enumerate(amounts, 1)]
    _check_number(len(found))
    return found


def dated_flows(flows: Iterable[Sequence[object]]) -> DatedFlows:
    """[(date, amount), ...] in date order, the amounts of one date added up.

    Nothing but at most one date: RateError.
    """
    items = flows if isinstance(flows, list) else list(flows)
    quick = _plain(items)
    if quick is not None:
        return quick
    by_date: dict[date, float] = {}
    for number, item in enumerate(items, 1):
        if isinstance(item, str) or not isinstance(item, Sequence) or len(item) != 2:
            raise RateError(f"flow {number}: {shown(item)} is not a (date, amount) pair")
        day = _day(item[0], number)
        by_date[day] = by_date.get(day, 0.0) + flow_amount(item[1], f"flow {number}")
    _check_number(len(items))
    if len(by_date) == 1:
        raise RateError("rate: all flows are on one day; no rate can be found")
    dates = sorted(by_date)
    return dates, [by_date[day] for day in dates]


def _plain(items: list[Sequence[object]]) -> DatedFlows | None:
    """`items` when all are (date, number) pairs on ascending dates: most calls, checked at once."""
    if not 2 <= len(items) <= MAX_FLOWS:
        return None
    columns: list[Any]
    try:
        columns = list(zip(*items, strict=True))
    except (TypeError, ValueError):
        return None
    if len(columns) != 2 or set(map(type, columns[0])) != {date}:
        return None
    dates = list(columns[0])
    if not set(map(type, columns[1])) <= _NUMBERS or not all(map(lt, dates, dates[1:])):
        return None
    try:
        amounts = list(map(float, columns[1]))
    except (OverflowError, ValueError):
        return None
    # A NaN anywhere makes the sum NaN, whatever max() makes of it.
    return (dates, amounts) if sum(map(abs, amounts)) <= LARGEST else None


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
