"""Interest rates as exact fractions of one: 0.0435 is 4.35 %."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from catalogue.errors import InputError
from catalogue.values.limits import (
    DECIMAL_PRECISION,
    MAX_MINOR_DIGITS,
    MAX_RATE,
    MAX_RATE_DECIMALS,
)
from catalogue.values.numbers import parse_decimal
from catalogue.values.rounding import CONTEXT
from catalogue.values.text import shown

# Generous for reading, so that a rate like 435 gets the hint and not "too many digits".
_READ_DIGITS = 15


def parse_rate(value: object, what: str = "rate", *, whole: bool = False) -> Decimal:
    """A rate as a fraction, from "0.0435", "4.35%" (one blank before % is allowed), or a number.

    Without a percent sign a rate of 1 or more in size is refused, because it is almost always
    a percentage; with one, up to 1000 % is allowed. At most 12 decimals as a fraction. `whole`
    takes 1 as well, for a share of which 1 is all.

    >>> parse_rate("0.0435"), parse_rate("4.35%"), parse_rate("435%")
    (Decimal('0.0435'), Decimal('0.0435'), Decimal('4.35'))
    >>> parse_rate("4.35")
    Traceback (most recent call last):
    ...
    catalogue.errors.InputError: rate: 4.35 is not below 1; a rate is a fraction: 0.0435 is 4.35 %
    """
    if isinstance(value, str) and value.endswith("%"):
        body = value[:-2] if value.endswith(" %") else value[:-1]
        percent = parse_decimal(
            body, what, max_integer_digits=_READ_DIGITS, max_decimals=MAX_RATE_DECIMALS - 2
        )
        rate = percent.scaleb(-2, context=CONTEXT)
        if rate.copy_abs() >= MAX_RATE:
            raise InputError(f"{what}: {shown(value)} is not below {MAX_RATE * 100} %")
        return rate
    rate = parse_decimal(
        value, what, max_integer_digits=_READ_DIGITS, max_decimals=MAX_RATE_DECIMALS
    )
    if rate.copy_abs() >= 1 and not (whole and rate == 1):  # abs() would round by the context
        plain = rate_text(rate)
        hundredth = rate_text(rate.scaleb(-2, context=CONTEXT))
        raise InputError(
            f"{what}: {plain} is not below 1; a rate is a fraction: {hundredth} is {plain} %"
        )
    return rate


def rate_text(rate: Decimal) -> str:
    """A rate as a plain decimal: no exponent, no zeros at the end, no negative zero.

    >>> rate_text(Decimal("0.04350")), rate_text(Decimal("1E-4")), rate_text(Decimal("-0.00"))
    ('0.0435', '0.0001', '0')
    """
    return _stripped(format(_checked(rate), "f"))


def percent_text(rate: Decimal, places: int | None = None) -> str:
    """A rate as a percentage, rounded half up to `places` decimals when given.

    >>> percent_text(Decimal("0.0435")), percent_text(Decimal("0.03"), 2)
    ('4.35%', '3.00%')
    """
    percent = _checked(rate).scaleb(2, context=CONTEXT)
    if places is None:
        return _stripped(format(percent, "f")) + "%"
    if not 0 <= places <= MAX_RATE_DECIMALS:
        raise InputError(f"places: {shown(places)} is not between 0 and {MAX_RATE_DECIMALS}")
    rounded = percent.quantize(Decimal((0, (1,), -places)), ROUND_HALF_UP, context=CONTEXT)
    return format(rounded if rounded else rounded.copy_abs(), "f") + "%"


def _checked(rate: Decimal) -> Decimal:
    """`rate` itself when its plain notation is short; a huge exponent would fill the memory."""
    if not isinstance(rate, Decimal) or not rate.is_finite():
        raise InputError(f"rate: {shown(rate)} is not a finite Decimal")
    if not rate:
        return Decimal(0)
    _sign, digits, exponent = rate.as_tuple()
    if (
        rate.adjusted() >= MAX_MINOR_DIGITS
        or int(exponent) < -DECIMAL_PRECISION
        or len(digits) > DECIMAL_PRECISION
    ):
        raise InputError(
            f"rate: {shown(rate)} has more than {MAX_MINOR_DIGITS} digits before the point or "
            f"{DECIMAL_PRECISION} in all"
        )
    return rate


def _stripped(text: str) -> str:
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if not short.strip("-0") else short
