"""Exact rounding of ratios, fractions and money, never by the thread's decimal context."""

from __future__ import annotations

from collections.abc import Callable
from decimal import (
    ROUND_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)
from fractions import Fraction
from functools import wraps
from typing import Final, Literal, NoReturn, ParamSpec, TypeVar

from catalogue.errors import InputError
from catalogue.values.currency import minor_digits
from catalogue.values.limits import DECIMAL_PRECISION, MAX_MINOR_DIGITS
from catalogue.values.text import kind_of, shown, suggest

Rounding = Literal["half_up", "half_even", "up", "down"]

CONTEXT: Final = Context(
    prec=DECIMAL_PRECISION,
    rounding=ROUND_HALF_UP,
    Emin=-999_999,
    Emax=999_999,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
"""The package's own decimal context; every field is given, so that no default can change it."""

_Args = ParamSpec("_Args")
_Made = TypeVar("_Made")


def in_own_context(function: Callable[_Args, _Made]) -> Callable[_Args, _Made]:
    """The function under the package's own decimal context, whatever the caller's thread has set.

    >>> from decimal import Decimal, localcontext
    >>> third = in_own_context(lambda: Decimal(1) / 3)
    >>> with localcontext() as context:
    ...     context.prec = 5
    ...     len(str(third())) > 20
    True
    """

    @wraps(function)
    def run(*args: _Args.args, **kwargs: _Args.kwargs) -> _Made:
        with localcontext(CONTEXT):
            return function(*args, **kwargs)

    return run


_MODES: Final[dict[str, str]] = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
}
_TOO_LARGE: Final = 10**MAX_MINOR_DIGITS


def round_ratio(num: int, den: int, rule: Rounding = "half_up") -> int:
    """`num / den` rounded to a whole number, exactly.

    `half_up`: a tie goes away from zero; `half_even`: a tie goes to the even neighbour;
    `up`: away from zero; `down`: towards zero. A zero `den` or an unknown rule is an InputError.

    >>> round_ratio(5, 2), round_ratio(-5, 2), round_ratio(5, 2, "half_even")
    (3, -3, 2)
    >>> round_ratio(-21, 10, "up"), round_ratio(-29, 10, "down")
    (-3, -2)
    """
    if den < 0:
        num, den = -num, -den
    elif den == 0:
        raise InputError("rounding: division by zero")
    size = -num if num < 0 else num
    if rule == "half_up":
        whole = (2 * size + den) // (2 * den)
    elif rule == "half_even":
        whole, rest = divmod(size, den)
        twice = 2 * rest
        if twice > den or (twice == den and whole & 1):
            whole += 1
    elif rule == "up":
        whole = -(-size // den)
    elif rule == "down":
        whole = size // den
    else:
        _refuse_rule(rule)
    return -whole if num < 0 else whole


def round_fraction(x: Fraction, rule: Rounding = "half_up") -> int:
    """`x` rounded to a whole number, exactly (rules as in `round_ratio`).

    >>> round_fraction(Fraction(7, 2)), round_fraction(Fraction(7, 2), "down")
    (4, 3)
    """
    return round_ratio(x.numerator, x.denominator, rule)


def round_places(x: Decimal | Fraction, places: int) -> Decimal:
    """`x` to so many decimals, exactly, HALF_UP; zeros at the end stay.

    >>> round_places(Fraction(2, 3), 4), round_places(Decimal("7.1"), 4)
    (Decimal('0.6667'), Decimal('7.1000'))
    """
    return Decimal(round_fraction(Fraction(x) * 10**places)).scaleb(-places, context=CONTEXT)


def round_money(
    x: Decimal | Fraction | int, currency: str = "CNY", rule: Rounding = "half_up"
) -> Decimal:
    """An amount in major units rounded to the currency's minor unit.

    Exact whatever the size and the thread's decimal context; never a negative zero. NaN,
    infinity, floats and results of more than 40 digits are InputErrors.

    >>> round_money(Decimal("2.345")), round_money(Fraction(1, 3)), round_money(5, "JPY")
    (Decimal('2.35'), Decimal('0.33'), Decimal('5'))
    """
    digits = minor_digits(currency)
    return from_minor(round_to_minor(x, digits, rule), digits)


def round_to_minor(x: Decimal | Fraction | int, digits: int, rule: Rounding = "half_up") -> int:
    """An amount in major units as whole minor units of 10**-`digits`.

    >>> round_to_minor(Decimal("2.345"), 2)
    235
    """
    if isinstance(x, Decimal):
        mode = _MODES.get(rule)
        if mode is None:
            _refuse_rule(rule)
        _check_decimal(x, digits)
        # quantize looks at every digit of x once: correct however many digits x has.
        return int(
            x.quantize(Decimal((0, (1,), -digits)), rounding=mode, context=CONTEXT).scaleb(
                digits, context=CONTEXT
            )
        )
    if isinstance(x, (int, Fraction)) and not isinstance(x, bool):
        minor = round_ratio(x.numerator * 10**digits, x.denominator, rule)
        if abs(minor) >= _TOO_LARGE:
            _refuse_size(x)
        return minor
    raise InputError(f"amount: {shown(x)} is {kind_of(x)}; pass a Decimal, a Fraction or an int")


def from_minor(minor: int, digits: int) -> Decimal:
    """Whole minor units as a Decimal of major units with exactly `digits` decimals.

    >>> from_minor(123450, 2), from_minor(-5, 2), from_minor(7, 0)
    (Decimal('1234.50'), Decimal('-0.05'), Decimal('7'))
    """
    if not -_TOO_LARGE < minor < _TOO_LARGE:
        _refuse_size(minor)
    return Decimal(minor).scaleb(-digits, context=CONTEXT)


def _check_decimal(x: Decimal, digits: int) -> None:
    if not x.is_finite():
        raise InputError(f"amount: {shown(x)} is not a number")
    if x and x.adjusted() + digits >= MAX_MINOR_DIGITS:
        _refuse_size(x)


def _refuse_size(x: Decimal | Fraction | int) -> NoReturn:
    raise InputError(f"amount: {shown(x)} has more than {MAX_MINOR_DIGITS} digits of minor units")


def _refuse_rule(rule: str) -> NoReturn:
    raise InputError(
        f"rounding: {shown(rule)} is unknown; allowed: {', '.join(_MODES)}"
        f"{suggest(str(rule), _MODES)}"
    )
