"""Present and future values in closed form: one amount, or equal payments; rounded half up once."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from catalogue.maths._args import Amount, Number
from catalogue.maths._loan_args import amount_minor, count, major, rate_ratio
from catalogue.values import parse_int, round_fraction


def future_value(
    amount: Amount, annual_rate: Number, periods: int, *, per_year: int = 1, currency: str = "CNY"
) -> Decimal:
    """`amount` after `periods` of compound interest at annual_rate / per_year.

    >>> future_value(1000, "0.05", 2)  # 1000 * 1.05**2
    Decimal('1102.50')
    """
    minor = amount_minor(amount, "amount", currency, positive=False)
    return _rounded(minor * _growth(annual_rate, per_year) ** _periods(periods), currency)


def present_value(
    amount: Amount, annual_rate: Number, periods: int, *, per_year: int = 1, currency: str = "CNY"
) -> Decimal:
    """What `amount` in `periods` from now is worth today.

    >>> present_value("1102.50", "0.05", 2)
    Decimal('1000.00')
    """
    minor = amount_minor(amount, "amount", currency, positive=False)
    return _rounded(minor / _growth(annual_rate, per_year) ** _periods(periods), currency)


def annuity_future_value(
    payment: Amount,
    annual_rate: Number,
    periods: int,
    *,
    per_year: int = 12,
    due: bool = False,
    currency: str = "CNY",
) -> Decimal:
    """Worth at the last period's end of equal payments at each end (`due`: each beginning).

    >>> annuity_future_value(100, "0.12", 2)  # 100 * 1.01 + 100
    Decimal('201.00')
    >>> annuity_future_value(100, "0.12", 2, due=True)  # 201.00 * 1.01
    Decimal('203.01')
    """
    minor = amount_minor(payment, "payment", currency, positive=False)
    growth, number = _growth(annual_rate, per_year), _periods(periods)
    total = Fraction(number) if growth == 1 else (growth**number - 1) / (growth - 1)
    return _rounded(minor * total * (growth if due else 1), currency)


def annuity_present_value(
    payment: Amount,
    annual_rate: Number,
    periods: int,
    *,
    per_year: int = 12,
    due: bool = False,
    currency: str = "CNY",
) -> Decimal:
    """Worth today of equal payments at each period's end (`due`: each beginning).

    >>> annuity_present_value(101, "0.12", 1)  # 101 / 1.01
    Decimal('100.00')
    """
    minor = amount_minor(payment, "payment", currency, positive=False)
    growth, number = _growth(annual_rate, per_year), _periods(periods)
    total = Fraction(number) if growth == 1 else (1 - 1 / growth**number) / (growth - 1)
    return _rounded(minor * total * (growth if due else 1), currency)


def _growth(annual_rate: Number, per_year: int) -> Fraction:
    num, den = rate_ratio(annual_rate)
    return 1 + Fraction(num, den * parse_int(per_year, "per_year", minimum=1, maximum=366))


def _periods(value: int) -> int:
    return count(value, "periods", minimum=0)


def _rounded(minor: Fraction | int, currency: str) -> Decimal:
    return major(round_fraction(Fraction(minor)), currency)
