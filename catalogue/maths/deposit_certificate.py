"""Large certificates of deposit and foreign-currency deposits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from attrs import frozen

from catalogue.errors import InputError
from catalogue.maths._args import (
    Amount,
    Number,
    RateOrSteps,
    as_amount,
    as_dates,
    as_rate,
    minus,
    one_of,
    sum_money,
)
from catalogue.maths.deposit import term_interest
from catalogue.maths.deposit_result import DepositInterest
from catalogue.values.dates import add_months
from catalogue.values.daycount import day_count_fraction
from catalogue.values.rounding import round_money

Payment = Literal["at-maturity", "monthly", "quarterly", "semiannual", "annual"]
_MONTHS = {"monthly": 1, "quarterly": 3, "semiannual": 6, "annual": 12}


@frozen
class Certificate:
    """Interest of a certificate by payment date, each with its own tax, and the sums."""

    payments: tuple[tuple[date, DepositInterest], ...]
    gross: Decimal
    tax: Decimal
    net: Decimal


def certificate_interest(
    principal: Amount,
    annual_rate: Number,
    *,
    start: date,
    maturity: date,
    payment: Payment = "at-maturity",
    day_count: str = "30/360",
    tax_rate: RateOrSteps = 0,
    currency: str = "CNY",
) -> Certificate:
    """Compute a certificate's simple interest, paid at maturity or every period from `start`.

    Each payment is rounded on its own; a last period may be shorter. Errors: InputError.

    >>> from datetime import date
    >>> c = certificate_interest(200_000, "0.026", start=date(2024, 1, 31),
    ...                          maturity=date(2025, 1, 31), payment="quarterly")
    >>> [str(day) for day, _ in c.payments], str(c.gross)
    (['2024-04-30', '2024-07-31', '2024-10-31', '2025-01-31'], '5200.00')
    """
    as_dates(start, maturity, until="maturity")
    one_of(payment, "payment", ("at-maturity", *_MONTHS))
    step = _MONTHS.get(payment)
    bounds = [start]
    while step and (due := add_months(start, step * len(bounds))) < maturity:
        bounds.append(due)
    bounds.append(maturity)
    payments = tuple(
        (
            last,
            term_interest(
                principal,
                annual_rate,
                start=first,
                end=last,
                day_count=day_count,
                tax_rate=tax_rate,
                currency=currency,
                reason=f"interest paid {payment}",
            ),
        )
        for first, last in pairwise(bounds)
    )
    gross = sum_money(result.gross for _, result in payments)
    tax = sum_money(result.tax for _, result in payments)
    return Certificate(payments, gross, tax, minus(gross, tax))


def certificate_transfer(
    principal: Amount,
    annual_rate: Number,
    *,
    start: date,
    maturity: date,
    on: date,
    buyer_rate: Number,
    day_count: str = "30/360",
    currency: str = "CNY",
) -> Decimal:
    """Price on `on` of a certificate paid at maturity that leaves its buyer `buyer_rate`, simple.

    price = (principal + interest at maturity) ÷ (1 + buyer_rate × rest of the term by `day_count`).

    >>> from datetime import date
    >>> certificate_transfer(200_000, "0.03", start=date(2024, 1, 1), maturity=date(2025, 1, 1),
    ...                      on=date(2024, 7, 1), buyer_rate="0.02")  # 206000 ÷ 1.01
    Decimal('203960.40')
    """
    as_dates(start, on, until="on")
    as_dates(on, maturity, what="on", until="maturity")
    due = term_interest(
        principal,
        annual_rate,
        start=start,
        end=maturity,
        day_count=day_count,
        currency=currency,
    ).paid
    wanted = Fraction(as_rate(buyer_rate, "buyer_rate"))
    rest = day_count_fraction(on, maturity, day_count)
    return round_money(Fraction(due) / (1 + wanted * rest), currency)


def foreign_deposit_interest(
    principal: Amount,
    annual_rate: Number,
    *,
    currency: str,
    start: date,
    end: date,
    large_from: Amount | None = None,
    large_rate: Number | None = None,
    day_count: str = "act/360",
    tax_rate: RateOrSteps = 0,
) -> DepositInterest:
    """Interest of a foreign-currency deposit, actual days ÷ 360 unless said otherwise.

    `annual_rate` is the listed rate for small amounts; from `large_from` on `large_rate` holds for
    the whole amount (give both or none). Rounded to the currency's minor unit. Errors: InputError.

    >>> from datetime import date
    >>> str(foreign_deposit_interest(10_000, "0.05", currency="USD", start=date(2024, 1, 1),
    ...                              end=date(2024, 7, 1)).net)  # 182 days
    '252.78'
    """
    if (large_from is None) != (large_rate is None):
        raise InputError("large_from, large_rate: give both or none")
    amount = as_amount(principal, "principal", currency=currency)
    rate, reason = as_rate(annual_rate, "annual_rate"), "listed rate"
    if large_from is not None and large_rate is not None:
        high = as_rate(large_rate, "large_rate")
        if amount >= as_amount(large_from, "large_from", currency=currency):
            rate, reason = high, "large-amount rate"
    return term_interest(
        amount,
        rate,
        start=start,
        end=end,
        day_count=day_count,
        tax_rate=tax_rate,
        currency=currency,
        reason=reason,
    )
