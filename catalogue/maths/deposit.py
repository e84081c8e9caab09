"""Interest of a deposit from date to date: the contract function and the per-deposit method.

Chinese practice (`30/360`, an alias of `30/360-cn`): the day of deposit counts, the day of
withdrawal does not; whole years and months run from date to date (a day that a month lacks is its
last day) and are worth 360 and 30 days whatever the calendar says; odd days are actual days, a 31st
counting as the 30th; a year has 360 days, so that the daily rate is the annual rate ÷ 360.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from catalogue.maths._args import (
    Amount,
    Number,
    RateOrSteps,
    as_amount,
    as_dates,
    as_number,
    as_rate,
)
from catalogue.maths.deposit_result import (
    DepositInterest,
    InterestPart,
    Piece,
    build_parts,
    finish,
)
from catalogue.values.dates import months_between
from catalogue.values.daycount import day_count_fraction, days
from catalogue.values.rounding import round_money


def deposit_interest(
    principal: Amount,
    annual_rate: Number,
    *,
    start: date,
    end: date,
    day_count: str = "30/360",
    tax_rate: RateOrSteps = 0,
    base_unit: Amount | None = None,
    currency: str = "CNY",
) -> Decimal:
    """Compute simple interest from `start` (counted) to `end` (not), net of tax, HALF_UP.

    `tax_rate` is one rate or `[(from_date, rate), ...]` (see `interest_tax`). `base_unit=1` lets
    only whole units (yuan) of the principal bear interest. Errors: InputError.

    >>> from datetime import date
    >>> deposit_interest(10000, "0.0175", start=date(2024, 1, 15), end=date(2025, 1, 15))
    Decimal('175.00')
    >>> deposit_interest(
    ...     10000, "0.0175", start=date(2024, 1, 15), end=date(2025, 1, 15), tax_rate="0.05")
    Decimal('166.25')
    """
    return term_interest(
        principal,
        annual_rate,
        start=start,
        end=end,
        day_count=day_count,
        tax_rate=tax_rate,
        base_unit=base_unit,
        currency=currency,
    ).net


def term_interest(
    principal: Amount,
    annual_rate: Number,
    *,
    start: date,
    end: date,
    day_count: str = "30/360",
    tax_rate: RateOrSteps = 0,
    base_unit: Amount | None = None,
    currency: str = "CNY",
    reason: str = "contract rate",
) -> DepositInterest:
    """`deposit_interest` with its gross, tax and formula inputs; `.paid` includes the principal.

    >>> from datetime import date
    >>> result = term_interest(5000, "0.03", start=date(2024, 1, 1), end=date(2024, 7, 11))
    >>> str(result.gross), result.parts[0].formula
    ('79.17', '5000.00 × 0.03 × 190 / 360')
    """
    as_dates(start, end)
    capital = round_money(as_amount(principal, "principal", currency=currency), currency)
    part = line_interest(
        capital,
        as_rate(annual_rate, "annual_rate"),
        start=start,
        end=end,
        day_count=day_count,
        base_unit=base_unit,
        currency=currency,
        reason=reason,
    )
    return finish(
        [part],
        tax_rate=tax_rate,
        start=start,
        end=end,
        principal=capital,
        day_count=day_count,
        currency=currency,
    )


def line_interest(
    amount: Decimal,
    annual_rate: Decimal,
    *,
    start: date,
    end: date,
    day_count: str,
    reason: str,
    base_unit: Amount | None = None,
    currency: str = "CNY",
) -> InterestPart:
    """One part: amount × rate × day-count fraction, rounded HALF_UP to the minor unit."""
    base = whole_units(amount, base_unit, currency)
    share = day_count_fraction(start, end, day_count)
    interest = round_money(Fraction(base) * Fraction(annual_rate) * share, currency)
    units = days(start, end, day_count)
    # A convention whose year varies (act/act) is shown as its exact fraction.
    year = Fraction(units) / share if share else Fraction(360)
    if year.denominator != 1:
        units, year = share.numerator, Fraction(share.denominator)
    return InterestPart(
        reason, base, annual_rate, units, int(year), interest, start, end, day_count
    )


def whole_units(amount: Decimal, unit: Amount | None, currency: str = "CNY") -> Decimal:
    """Cut `amount` to what bears interest: whole multiples of `unit` (None: all of it)."""
    if unit is None:
        return amount
    step = Fraction(as_number(unit, "base_unit", above=0))
    return round_money(step * (Fraction(amount) // step), currency)


def per_deposit_interest(
    principal: Amount,
    annual_rate: Number,
    *,
    start: date,
    end: date,
    tax_rate: RateOrSteps = 0,
    base_unit: Amount | None = None,
    currency: str = "CNY",
) -> DepositInterest:
    """Compute interest per deposit (逐笔计息法): whole years, whole months and odd days.

    interest = principal × (years × annual + months × monthly + days × daily rate).

    The monthly rate is annual ÷ 12, the daily rate annual ÷ 360; odd days are actual days. Up to
    three parts, rounded on the running sum so that they add up to the rounded total.

    >>> from datetime import date
    >>> result = per_deposit_interest(10000, "0.036", start=date(2022, 3, 10),
    ...                               end=date(2023, 5, 30))
    >>> [p.formula for p in result.parts]  # 1 year, 2 months, 20 days
    ['10000.00 × 0.036 / 1', '10000.00 × 0.036 × 2 / 12', '10000.00 × 0.036 × 20 / 360']
    >>> str(result.gross)  # 360 + 60 + 20
    '440.00'
    """
    as_dates(start, end)
    capital = round_money(as_amount(principal, "principal", currency=currency), currency)
    rate = as_rate(annual_rate, "annual_rate")
    base = whole_units(capital, base_unit, currency)
    # Months as 30/360-cn counts them, so that this method and that convention always agree.
    months, _ = months_between(_capped(start), max(_capped(start), _capped(end)))
    odd = days(start, end, "30/360-cn") - 30 * months
    counts = (("whole years", months // 12, 1), ("whole months", months % 12, 12))
    pieces = [
        Piece(reason, base, rate, count, year, start, end)
        for reason, count, year in (*counts, ("odd days", odd, 360))
        if count
    ]
    return finish(
        build_parts(pieces, currency),
        tax_rate=tax_rate,
        start=start,
        end=end,
        principal=capital,
        day_count="30/360",
        currency=currency,
    )


def _capped(day: date) -> date:
    """Count a 31st as the 30th."""
    return day.replace(day=min(day.day, 30))
