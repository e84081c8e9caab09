"""Bond repos: pledged (by conversion ratios or haircuts) and outright, and interbank lending.

The day of the first settlement counts, the day of the second does not. `side` is not needed: the
amounts are the same for both parties, one pays what the other receives.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from catalogue.errors import InputError
from catalogue.maths._args import (
    Amount,
    Number,
    as_amount,
    as_dates,
    as_number,
    as_rate,
    minus,
    quantise,
    sum_money,
)
from catalogue.values.daycount import day_count_fraction, days
from catalogue.values.numbers import parse_date
from catalogue.values.rounding import round_money


@frozen
class TermLoan:
    """Money lent from one day to another: `first` paid, `second` = `first` + `interest` repaid."""

    first: Decimal
    interest: Decimal
    second: Decimal
    days: int
    annual_rate: Decimal


def pledged_repo(
    amount: Amount,
    annual_rate: Number,
    *,
    start: date,
    end: date,
    day_count: str = "act/365f",
    currency: str = "CNY",
) -> TermLoan:
    """Lend `amount` against pledged bonds: interest = amount × rate × days ÷ 365, HALF_UP.

    `start` and `end` are the days of settlement, so that `days` is how long the money is in fact
    used. Errors: InputError.

    >>> from datetime import date
    >>> r = pledged_repo(10_000_000, "0.0182", start=date(2024, 3, 1), end=date(2024, 3, 8))
    >>> r.days, str(r.interest), str(r.second)
    (7, '3490.41', '10003490.41')
    """
    as_dates(start, end)
    first = round_money(as_amount(amount, "amount", currency=currency), currency)
    rate = as_rate(annual_rate, "annual_rate", minimum=None)
    share = day_count_fraction(start, end, day_count)
    interest = round_money(Fraction(first) * Fraction(rate) * share, currency)
    return TermLoan(
        first, interest, sum_money((first, interest)), days(start, end, day_count), rate
    )


def money_market_interest(
    amount: Amount,
    annual_rate: Number,
    *,
    start: date,
    end: date,
    day_count: str = "act/360",
    currency: str = "CNY",
) -> TermLoan:
    """Lend `amount` without pledge between banks: as `pledged_repo`, actual days ÷ 360.

    >>> from datetime import date
    >>> str(money_market_interest(36_000_000, "0.02", start=date(2024, 3, 1),
    ...                           end=date(2024, 3, 2)).interest)
    '2000.00'
    """
    return pledged_repo(
        amount, annual_rate, start=start, end=end, day_count=day_count, currency=currency
    )


@frozen
class Pledge:
    """A bond pledged: `face`, the share of it (or of its value) that may be lent, and the loan."""

    face: Decimal
    price: Decimal
    ratio: Decimal
    amount: Decimal


def pledge_value(
    face: Amount,
    *,
    ratio: Number | None = None,
    haircut: Number | None = None,
    price: Number = 100,
    currency: str = "CNY",
) -> Pledge:
    """Work out what may be lent on a bond: face × price ÷ 100 × ratio, rounded down.

    Give `ratio` (the conversion ratio; with `price` 100 it applies to the face value) or `haircut`
    (ratio = 1 − haircut, usually on the dirty `price` per 100). Errors: InputError.

    >>> str(pledge_value(10_000_000, haircut="0.05", price="101.5").amount)
    '9642500.00'
    """
    if (ratio is None) == (haircut is None):
        raise InputError("ratio, haircut: give one of them")
    nominal = round_money(as_amount(face, "face", currency=currency), currency)
    if haircut is not None:
        share = minus(Decimal(1), as_number(haircut, "haircut", minimum=0, maximum=1))
    else:
        share = as_number(ratio or 0, "ratio", minimum=0, maximum=2)
    value = as_number(price, "price", above=0)
    lent = Fraction(nominal) * Fraction(value) / 100 * Fraction(share)
    return Pledge(nominal, value, share, round_money(lent, currency, "down"))


@frozen
class OutrightRepo:
    """A repo by sale and repurchase: dirty amounts of both settlements and the rate that they make.

    `coupons` is what the bond pays between them to its holder, the buyer. `annual_rate` has 8
    decimals.
    """

    first: Decimal
    second: Decimal
    coupons: Decimal
    interest: Decimal
    days: int
    annual_rate: Decimal


def outright_repo(
    face: Amount,
    *,
    first_clean: Number,
    first_accrued: Number,
    second_clean: Number,
    second_accrued: Number,
    start: date,
    end: date,
    coupons: Sequence[tuple[date, Number]] = (),
    year_days: int = 365,
    currency: str = "CNY",
) -> OutrightRepo:
    """Sell `face` at a first price, buy it back at a second (per 100, clean and accrued apart).

    The rate solves first × (1 + r × d ÷ 365) = second + Σ coupon × (1 + r × dᵢ ÷ 365): a coupon
    (per 100, on its date, after `start` and up to `end`) belongs to the buyer and earns the same
    rate for its dᵢ days to `end`. `interest` = second + coupons − first. Errors: InputError.

    >>> from datetime import date
    >>> r = outright_repo(10_000_000, first_clean=100, first_accrued=1, second_clean="99.9",
    ...     second_accrued="1.2", start=date(2024, 3, 1), end=date(2024, 3, 29))
    >>> str(r.first), str(r.second), str(r.annual_rate)  # 0.1 ÷ 101 × 365 ÷ 28
    ('10100000.00', '10110000.00', '0.01290665')
    """
    days_ = _check_repo(start, end, year_days)
    nominal = round_money(as_amount(face, "face", currency=currency), currency)
    if not nominal:
        raise InputError("face: 0; it must be more than 0")
    first = _dirty(nominal, first_clean, first_accrued, currency=currency, what="first")
    second = _dirty(nominal, second_clean, second_accrued, currency=currency, what="second")
    paid = _coupons(nominal, coupons, start, end, currency=currency)
    total = sum_money([round_money(0, currency), *(amount for _, amount in paid)])
    interest = minus(sum_money((second, total)), first)
    base = Fraction(first) * days_ - sum(Fraction(x) * (end - day).days for day, x in paid)
    if base <= 0:
        raise InputError("coupons: they repay the whole first amount; no rate can be given")
    rate = quantise(Fraction(interest) * year_days / base, 8)
    return OutrightRepo(first, second, total, interest, days_, rate)


def outright_repo_second(
    first: Amount,
    annual_rate: Number,
    *,
    start: date,
    end: date,
    coupons: Sequence[tuple[date, Amount]] = (),
    year_days: int = 365,
    currency: str = "CNY",
) -> Decimal:
    """Find the second settlement amount at a repo rate; `coupons` are amounts of money here.

    >>> from datetime import date
    >>> outright_repo_second(10_100_000, "0.02", start=date(2024, 3, 1), end=date(2024, 3, 29))
    Decimal('10115495.89')
    """
    days_ = _check_repo(start, end, year_days)
    lent = Fraction(as_amount(first, "first", currency=currency))
    rate = Fraction(as_rate(annual_rate, "annual_rate", minimum=None))
    owed = lent * (1 + rate * days_ / year_days)
    for day, amount in coupons:
        _check_coupon(day, start, end)
        received = Fraction(as_amount(amount, "coupon", currency=currency))
        owed -= received * (1 + rate * (end - day).days / year_days)
    return round_money(owed, currency)


def _check_repo(start: date, end: date, year_days: int) -> int:
    as_dates(start, end)
    if start == end:
        raise InputError(f"end: {end} is the start too; a repo runs for a day or more")
    if year_days not in (360, 365):
        raise InputError(f"year_days: {year_days}; allowed: 360, 365")
    return (end - start).days


def _check_coupon(day: date, start: date, end: date) -> None:
    if not start < parse_date(day, "coupon date") <= end:
        raise InputError(f"coupons: {day} is not after {start} and up to {end}")


def _dirty(
    nominal: Decimal, clean: Number, accrued: Number, *, currency: str, what: str
) -> Decimal:
    price = Fraction(as_number(clean, f"{what}_clean", above=0))
    price += Fraction(as_number(accrued, f"{what}_accrued", minimum=0))
    return round_money(Fraction(nominal) * price / 100, currency)


def _coupons(
    nominal: Decimal,
    coupons: Sequence[tuple[date, Number]],
    start: date,
    end: date,
    *,
    currency: str,
) -> list[tuple[date, Decimal]]:
    paid = []
    for day, per_hundred in coupons:
        _check_coupon(day, start, end)
        value = Fraction(as_number(per_hundred, "coupon", minimum=0))
        paid.append((day, round_money(Fraction(nominal) * value / 100, currency)))
    return paid
