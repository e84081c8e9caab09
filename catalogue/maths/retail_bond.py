"""Government bonds sold over the counter: redemption by holding time, days kept back, fee."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from catalogue.maths._args import (
    Amount,
    Number,
    as_amount,
    as_count,
    as_dates,
    as_rate,
    minus,
)
from catalogue.maths.deposit import line_interest
from catalogue.maths.deposit_result import DepositInterest, InterestPart, finish
from catalogue.values.dates import add_days
from catalogue.values.rounding import round_money
from catalogue.values.tenor import Tenor


@frozen
class BondRedemption:
    """Money of a retail government bond cashed in: principal + interest − fee = paid."""

    interest: DepositInterest
    fee: Decimal
    paid: Decimal


def retail_bond_redemption(
    principal: Amount,
    *,
    start: date,
    on: date,
    rates: Mapping[str, Number],
    fee_rate: Number = 0,
    deducted_days: int = 0,
    day_count: str = "30/360",
    currency: str = "CNY",
) -> BondRedemption:
    """Cash in a retail government bond on `on`: the rate of the longest holding time reached.

    `rates` maps the least time held ("6m", "2y", …) to the rate a year; held shorter than all of
    them, no interest. `deducted_days` of interest at that rate are kept back (never below zero).
    `fee_rate` is charged on the principal. Errors: InputError.

    >>> from datetime import date
    >>> r = retail_bond_redemption(10_000, start=date(2024, 3, 10), on=date(2025, 3, 10),
    ...     rates={"6m": "0.006", "1y": "0.012"}, fee_rate="0.001")
    >>> str(r.interest.gross), str(r.fee), str(r.paid)
    ('120.00', '10.00', '10110.00')
    """
    capital = round_money(as_amount(principal, "principal", currency=currency), currency)
    as_dates(start, on, until="on")
    as_count(deducted_days, "deducted_days", maximum=3660)
    bands = sorted(
        ((Tenor.parse(t, "rates"), as_rate(r, f"rates {t}")) for t, r in rates.items()),
        key=lambda band: band[0].sort_key,
    )
    reached = [(tenor, rate) for tenor, rate in bands if tenor.end(start) <= on]
    parts: list[InterestPart] = []
    if reached:
        tenor, rate = reached[-1]
        full = line_interest(
            capital,
            rate,
            start=start,
            end=on,
            day_count=day_count,
            reason=f"held {tenor} or longer",
            currency=currency,
        )
        parts = [
            full,
            *_deduction(
                full,
                rate,
                count=deducted_days,
                start=start,
                on=on,
                day_count=day_count,
                currency=currency,
            ),
        ]
    interest = finish(parts, tax_rate=0, start=start, end=on, principal=capital, currency=currency)
    fee = round_money(Fraction(capital) * Fraction(as_rate(fee_rate, "fee_rate")), currency)
    return BondRedemption(interest, fee, minus(interest.paid, fee))


def _deduction(
    full: InterestPart,
    rate: Decimal,
    *,
    count: int,
    start: date,
    on: date,
    day_count: str,
    currency: str,
) -> list[InterestPart]:
    """Make a negative part of the last `count` days' interest."""
    if not count:
        return []
    since = max(start, add_days(on, -count))
    cut = line_interest(
        full.amount,
        rate,
        start=since,
        end=on,
        day_count=day_count,
        reason=f"less {count} days",
        currency=currency,
    )
    kept_back = min(cut.interest, full.interest)
    return [
        InterestPart(
            cut.reason,
            cut.amount,
            rate,
            cut.units,
            cut.year_units,
            minus(Decimal(0), kept_back),
            since,
            on,
        )
    ]
