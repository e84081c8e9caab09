"""The level payment and its inverses: principal, number of periods, rate."""

from __future__ import annotations

import math
from decimal import Decimal

from catalogue.errors import InputError
from catalogue.maths._args import Amount, Number
from catalogue.maths._loan_args import Ratio, amount_minor, count, major, rate_ratio
from catalogue.maths.annuity import Uniform, exact_level
from catalogue.values import limits, parse_int, round_ratio


def level_payment(
    principal: Amount,
    annual_rate: Number,
    periods: int,
    *,
    per_year: int = 12,
    balloon: Amount = 0,
    currency: str = "CNY",
) -> Decimal:
    """The level payment that repays `principal` in `periods` payments, one at each period's end.

    P * i / (1 - (1 + i)**-n) with i = annual_rate / per_year, computed as an exact rational and
    rounded half up to the minor unit once; P / n at rate zero. `balloon` is what stays owed after
    the last payment. Errors: InputError for amounts or counts out of range or a negative rate.

    >>> level_payment(100000, "0.12", 12)
    Decimal('8884.88')
    >>> level_payment("1000000", "0.049", 360)
    Decimal('5307.27')
    """
    owed = amount_minor(principal, "principal", currency)
    left = _balloon(balloon, owed, currency)
    top, bottom = _level(owed, _period_rate(annual_rate, per_year), count(periods, "periods"), left)
    return major(round_ratio(top, bottom), currency)


def affordable_principal(
    payment: Amount,
    annual_rate: Number,
    periods: int,
    *,
    per_year: int = 12,
    currency: str = "CNY",
) -> Decimal:
    """The largest principal whose level payment is not above `payment`.

    >>> affordable_principal("8884.88", "0.12", 12)
    Decimal('100000.06')
    >>> level_payment("100000.06", "0.12", 12), level_payment("100000.07", "0.12", 12)
    (Decimal('8884.88'), Decimal('8884.89'))
    """
    most = amount_minor(payment, "payment", currency)
    top, bottom = _level(1, _period_rate(annual_rate, per_year), count(periods, "periods"), 0)
    # HALF_UP(p * top/bottom) <= most  <=>  2 * p * top < (2 * most + 1) * bottom
    return major(((2 * most + 1) * bottom - 1) // (2 * top), currency)


def periods_for(
    principal: Amount,
    payment: Amount,
    annual_rate: Number,
    *,
    per_year: int = 12,
    currency: str = "CNY",
) -> int:
    """The fewest periods whose level payment is not above `payment`.

    A payment that doesn't exceed the first period's interest never repays: InputError.

    >>> periods_for(100000, "8884.88", "0.12")
    12
    """
    owed = amount_minor(principal, "principal", currency)
    most = amount_minor(payment, "payment", currency)
    rate = _period_rate(annual_rate, per_year)

    def enough(periods: int) -> bool:
        top, bottom = _level(owed, rate, periods, 0)
        return round_ratio(top, bottom) <= most

    guess = _periods_guess(owed, most, rate)
    if guess is None or guess > limits.MAX_SCHEDULE_ROWS + 1:
        raise InputError(
            f"payment: {major(most, currency)} repays {major(owed, currency)} not within "
            f"{limits.MAX_SCHEDULE_ROWS} periods; the first period's interest is "
            f"{major(round_ratio(owed * rate[0], rate[1]), currency)}"
        )
    periods = max(1, guess)
    while not enough(periods):
        periods += 1
    while periods > 1 and enough(periods - 1):
        periods -= 1
    return count(periods, "periods")


def rate_for(
    principal: Amount,
    payment: Amount,
    periods: int,
    *,
    per_year: int = 12,
    currency: str = "CNY",
) -> float:
    """The annual rate at which `periods` payments of `payment` repay `principal`: nominal, a float.

    Payments that don't even add up to the principal would need a negative rate: InputError.

    >>> round(rate_for(100000, "8884.88", 12), 6)
    0.12
    """
    from catalogue.maths.internal_rate import irr_floats

    owed = amount_minor(principal, "principal", currency)
    paid = amount_minor(payment, "payment", currency)
    number = count(periods, "periods")
    if paid * number < owed:
        raise InputError(
            f"payment: {number} payments of {major(paid, currency)} do not repay "
            f"{major(owed, currency)}"
        )
    flows = [float(owed)] + [-float(paid)] * number
    return irr_floats(flows) * _per_year(per_year)


def _level(owed: int, rate: Ratio, periods: int, balloon: int) -> Ratio:
    num, den = rate
    top, bottom, _ = exact_level((owed * (den + num), den), Uniform(num, den, periods - 1), balloon)
    return top, bottom


def _period_rate(annual_rate: Number, per_year: int) -> Ratio:
    num, den = rate_ratio(annual_rate)
    return num, den * _per_year(per_year)


def _per_year(value: int) -> int:
    return parse_int(value, "per_year", minimum=1, maximum=366)


def _balloon(balloon: Amount, owed: int, currency: str) -> int:
    left = amount_minor(balloon, "balloon", currency, positive=False)
    if left > owed:
        raise InputError(f"balloon: {major(left, currency)} is more than the principal")
    return left


def _periods_guess(owed: int, most: int, rate: Ratio) -> int | None:
    """A count of periods near the answer by logarithms; None when the payment never repays."""
    num, den = rate
    if most * den <= owed * num:
        return None
    step = num / den
    target = most + 0.5  # a payment of up to half a minor unit more still rounds to `most`
    if step * owed / target < 1e-9:
        return math.ceil(owed / target)
    share = owed * step / target
    return None if share >= 1 else math.ceil(-math.log1p(-share) / math.log1p(step))
