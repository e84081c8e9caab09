"""Numbers and dates from outside: plain ASCII notation only, checked before anything converts it.

`Decimal`, `int` and `date.fromisoformat` accept far more than a person means (full-width
digits, "1_000", "nan", "20240315") and may take minutes on a short hostile text, so a regular
expression that bounds the length looks at every text first.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import NoReturn

from catalogue.errors import InputError
from catalogue.values.limits import MAX_AMOUNT_INTEGER_DIGITS, MAX_DATE, MAX_DECIMALS
from catalogue.values.text import kind_of, shown

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@cache
def _pattern(integer_digits: int, decimals: int) -> re.Pattern[str]:
    point = rf"(?:\.[0-9]{{1,{decimals}}})?" if decimals > 0 else ""
    return re.compile(rf"[+-]?[0-9]{{1,{integer_digits}}}{point}")


def parse_decimal(
    value: object,
    what: str,
    *,
    minimum: Decimal | int | None = None,
    maximum: Decimal | int | None = None,
    max_integer_digits: int = MAX_AMOUNT_INTEGER_DIGITS,
    max_decimals: int = MAX_DECIMALS,
) -> Decimal:
    """A number as an exact Decimal in plain notation, within the limits (all inclusive).

    Takes a text (ASCII digits, one sign, one point), an int or a Decimal. A Decimal is judged by
    its value: zeros at its end do not count as decimals; in a text they do ("100.000" may be
    meant as a hundred thousand). Refused with an InputError that starts with `what`: floats (they
    are seldom the number that was written), bool, NaN, infinity, exponents, separators, blanks,
    other digits than 0-9. The result is never a negative zero.

    >>> parse_decimal("1234.50", "amount")
    Decimal('1234.50')
    >>> parse_decimal("1e5", "amount")
    Traceback (most recent call last):
    ...
    catalogue.errors.InputError: amount: '1e5' is not a plain number such as 1234.50 (no exponent)
    """
    if isinstance(value, str):
        if not _pattern(max_integer_digits, max_decimals).fullmatch(value):
            _refuse_text(value, what, max_integer_digits, max_decimals)
        number = Decimal(value)
    elif isinstance(value, Decimal):
        number = _bounded(value, what, max_integer_digits, max_decimals)
    elif isinstance(value, int) and not isinstance(value, bool):
        if abs(value) >= 10**max_integer_digits:
            _refuse_size(value, what, max_integer_digits)
        number = Decimal(int(value))
    else:
        _refuse_type(value, what, max_decimals)
    if not number:
        number = number.copy_abs()
    if minimum is not None and number < minimum:
        raise InputError(f"{what}: {shown(value)} is below the minimum {minimum}")
    if maximum is not None and number > maximum:
        raise InputError(f"{what}: {shown(value)} is above the maximum {maximum}")
    return number


def parse_int(
    value: object,
    what: str,
    *,
    minimum: int | None = None,
    maximum: int | None = None,
    max_digits: int = MAX_AMOUNT_INTEGER_DIGITS,
) -> int:
    """A whole number; the same rules as `parse_decimal` without decimals.

    >>> parse_int("360", "periods", minimum=1)
    360
    """
    if _is_broken(value, max_digits):
        raise InputError(f"{what}: {shown(value)} is not a whole number")
    return int(
        parse_decimal(
            value,
            what,
            minimum=minimum,
            maximum=maximum,
            max_integer_digits=max_digits,
            max_decimals=0,
        )
    )


def parse_date(
    value: object, what: str, *, minimum: date | None = None, maximum: date | None = MAX_DATE
) -> date:
    """A calendar date from YYYY-MM-DD, or a date object; within the limits (inclusive).

    Refused: other ISO forms (20240315, 2024-W11-5), dates that do not exist, datetimes, and by
    default anything after 2200-12-31.

    >>> parse_date("2024-02-29", "start")
    datetime.date(2024, 2, 29)
    """
    if isinstance(value, str):
        if not _DATE.fullmatch(value):
            raise InputError(f"{what}: {shown(value)} is not a date; write YYYY-MM-DD")
        try:
            found = date(int(value[:4]), int(value[5:7]), int(value[8:]))
        except ValueError:
            raise InputError(f"{what}: {shown(value)} is not a day of the calendar") from None
    elif isinstance(value, date) and not isinstance(value, datetime):
        found = value
    else:
        raise InputError(f"{what}: {shown(value)} is {kind_of(value)}; write a date as YYYY-MM-DD")
    if minimum is not None and found < minimum:
        raise InputError(f"{what}: {found} is before {minimum}, the earliest date allowed")
    if maximum is not None and found > maximum:
        raise InputError(f"{what}: {found} is after {maximum}, the latest date allowed")
    return found


def _is_broken(value: object, max_digits: int) -> bool:
    """Whether `value` is a number in plain notation, but not a whole one."""
    if isinstance(value, str):
        return "." in value and bool(_pattern(max_digits, MAX_DECIMALS).fullmatch(value))
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() < max_digits:
        return value != value.to_integral_value()
    return False


def _bounded(value: Decimal, what: str, integer_digits: int, decimals: int) -> Decimal:
    """`value` in plain notation; its size is read from its exponent, so that nothing expands."""
    if not value.is_finite():
        raise InputError(f"{what}: {shown(value)} is not a number")
    if not value:
        return Decimal(0)
    if value.adjusted() >= integer_digits:
        _refuse_size(value, what, integer_digits)
    sign, digits, exponent = value.as_tuple()
    power = int(exponent)
    if power > 0:
        digits, power = digits + (0,) * power, 0
    excess = -power - decimals
    if excess > 0:
        if any(digits[max(len(digits) - excess, 0) :]):
            _refuse_decimals(value, what, decimals)
        digits, power = digits[: len(digits) - excess], -decimals
    return Decimal((sign, digits, power))


def _plain(decimals: int) -> str:
    return "a plain number such as 1234.50" if decimals else "a plain whole number such as 12"


def _refuse_text(value: str, what: str, integer_digits: int, decimals: int) -> NoReturn:
    """Say what is wrong with a text that is not a plain number within the limits."""
    head = value[:4_000]
    plain = _plain(decimals)
    if re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?", head):
        whole, _, after = head.lstrip("+-").partition(".")
        if len(whole) > integer_digits:
            _refuse_size(value, what, integer_digits)
        if len(after) > decimals:
            _refuse_decimals(value, what, decimals)
    hints = (
        (r"\s*", "it is empty"),
        (r"\s.*|.*\s", "no blanks around it"),
        (r"[+-]?[0-9.]+[eE][+-]?[0-9]+", "no exponent"),
        (
            r"[+-]?[0-9]+(?:[,_' ][0-9]+)+(?:\.[0-9]*)?",
            "no separators between digits; the decimal mark is a point",
        ),
        (r"(?i)[+-]?s?(?:nan[0-9]*|inf|infinity)", "NaN and infinity are not numbers here"),
    )
    for pattern, hint in hints:
        if re.fullmatch(pattern, head, re.DOTALL):
            raise InputError(f"{what}: {shown(value)} is not {plain} ({hint})")
    if not head.isascii() and any(char.isdigit() and not char.isascii() for char in head):
        raise InputError(f"{what}: {shown(value)} is not {plain} (only the digits 0-9)")
    raise InputError(f"{what}: {shown(value)} is not {plain}")


def _refuse_size(value: object, what: str, integer_digits: int) -> NoReturn:
    raise InputError(
        f"{what}: {shown(value)} has more than {integer_digits} digits before the point"
    )


def _refuse_decimals(value: object, what: str, decimals: int) -> NoReturn:
    allowed = f"at most {decimals} decimals" if decimals else "no decimals"
    raise InputError(f"{what}: {shown(value)} has too many decimals; allowed: {allowed}")


def _refuse_type(value: object, what: str, decimals: int) -> NoReturn:
    if isinstance(value, float):
        raise InputError(
            f"{what}: {shown(value)} is a float, which is seldom exactly the number written; "
            "pass a str or a Decimal"
        )
    raise InputError(f"{what}: {shown(value)} is {kind_of(value)}; write {_plain(decimals)}")
