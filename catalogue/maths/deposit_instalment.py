"""Instalment savings (零存整取) and education savings (教育储蓄) by monthly products (月积数法).

The balance of each contract month counts for the whole month: interest = Σ monthly balances ×
annual rate ÷ 12. A missed instalment may be made up in the next month; if it isn't, the plan is
broken there, and what was paid in after the break bears the demand rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from attrs import evolve, frozen

from catalogue.errors import InputError
from catalogue.maths._args import (
    WIDE,
    Amount,
    Number,
    RateOrSteps,
    as_amount,
    as_count,
    as_dates,
    as_rate,
    minus,
    sum_money,
)
from catalogue.maths.deposit import line_interest
from catalogue.maths.deposit_result import Accrued, DepositInterest, Piece, build_parts, finish
from catalogue.values.dates import add_months
from catalogue.values.rounding import round_money


@frozen
class InstalmentInterest:
    """Interest of an instalment plan; `broken_in` is the month (from 1) never made up, or None."""

    interest: DepositInterest
    principal: Decimal
    maturity: date
    broken_in: int | None


def instalment_savings(
    instalment: Amount,
    annual_rate: Number,
    *,
    start: date,
    months: int,
    demand_rate: Number = 0,
    instalments: Sequence[int] | None = None,
    on: date | None = None,
    tax_rate: RateOrSteps = 0,
    currency: str = "CNY",
) -> InstalmentInterest:
    """Interest of `months` monthly instalments, drawn on `on` (None: at maturity).

    `instalments[i]` says how many were paid in contract month i + 1 (None: one each): 0 is missed,
    2 makes a missed one up. Paid before maturity: all at `demand_rate` by actual days ÷ 360. After
    maturity the principal bears `demand_rate` for the days beyond. Errors: InputError.

    >>> from datetime import date
    >>> r = instalment_savings(100, "0.0171", start=date(2024, 1, 5), months=12)
    >>> str(r.principal), str(r.interest.gross)  # 100 × (12 + 11 + … + 1) = 7800; × 1.71 % ÷ 12
    ('1200.00', '11.12')
    """
    each = round_money(as_amount(instalment, "instalment", currency=currency), currency)
    rate, demand = as_rate(annual_rate, "annual_rate"), as_rate(demand_rate, "demand_rate")
    as_count(months, "months", minimum=1, maximum=1200)
    maturity = add_months(start, months)
    drawn_on = maturity if on is None else on
    as_dates(start, drawn_on, until="on")
    counts = _counts(instalments, start, months, min(drawn_on, maturity))
    principal = WIDE.multiply(each, sum(counts))
    broken = _first_break(counts)
    if drawn_on < maturity:
        product = WIDE.multiply(each, _day_product(counts, start, drawn_on))
        pieces = [Piece("early: demand rate", product, demand, 1, 360, start, drawn_on)]
    else:
        pieces = _month_pieces(each, counts, broken, rate, demand)
        if drawn_on > maturity:
            late = (drawn_on - maturity).days
            reason = "after maturity: demand rate"
            pieces.append(Piece(reason, principal, demand, late, 360, maturity, drawn_on))
    interest = finish(
        build_parts(pieces, currency),
        tax_rate=tax_rate,
        start=start,
        end=drawn_on,
        principal=principal,
        currency=currency,
        accrued=_accruals(counts, broken, start, maturity, len(pieces))
        if drawn_on >= maturity
        else _accrual(counts, start, drawn_on),
    )
    return InstalmentInterest(interest, principal, maturity, broken)


def _counts(instalments: Sequence[int] | None, start: date, months: int, until: date) -> list[int]:
    """Instalments paid in each contract month, 0 for those on or after `until`."""
    days = [add_months(start, n) for n in range(months)]
    if instalments is None:
        return [int(day < until) for day in days]
    if len(instalments) > months:
        raise InputError(f"instalments: {len(instalments)} months given; the plan has {months}")
    counts = [as_count(n, "instalments", maximum=months) for n in instalments]
    counts += [0] * (months - len(counts))
    paid = 0
    for n, (count, day) in enumerate(zip(counts, days, strict=True), start=1):
        paid += count
        if paid > n:
            raise InputError(f"instalments: {paid} paid by month {n}; none may be paid ahead")
        if count and day >= until:
            raise InputError(f"instalments: month {n} ({day}) is on or after the end {until}")
    return counts


def _first_break(counts: Sequence[int]) -> int | None:
    """Find the first month whose missed instalment was still missing a month later."""
    paid, behind = 0, False
    last = max((n for n, count in enumerate(counts, start=1) if count), default=0)
    for n, count in enumerate(counts[:last], start=1):
        paid += count
        if behind and paid < n:
            return n - 1
        behind = paid < n
    return None


def _month_pieces(
    each: Decimal, counts: Sequence[int], broken: int | None, rate: Decimal, demand: Decimal
) -> list[Piece]:
    """Monthly products of what was paid before the break, and after it."""
    months = len(counts)
    products = [0, 0]
    for n, count in enumerate(counts, start=1):
        products[broken is not None and n > broken] += count * (months - n + 1)
    pieces = [Piece("monthly products", WIDE.multiply(each, products[0]), rate, 1, 12)]
    if broken is not None:
        after = WIDE.multiply(each, products[1])
        pieces.append(
            Piece(f"after the break in month {broken}: demand rate", after, demand, 1, 12)
        )
    return pieces


def _accruals(
    counts: Sequence[int], broken: int | None, start: date, maturity: date, pieces: int
) -> list[Accrued | None]:
    """How each of the pieces accrues: what was paid before a break, after it, and days beyond."""
    until = len(counts) if broken is None else broken
    kept = [count if n < until else 0 for n, count in enumerate(counts)]
    found: list[Accrued | None] = [_accrual(kept, start, maturity)]
    if broken is not None:
        after = [count - held for count, held in zip(counts, kept, strict=True)]
        found.append(_accrual(after, start, maturity))
    return [*found, *([None] * (pieces - len(found)))]


def _accrual(counts: Sequence[int], start: date, end: date) -> Accrued:
    """Instalments × days between two days up to `end`: interest grows with what has been paid in."""

    def borne(first: date, last: date) -> int:
        return _day_product(counts, start, min(last, end)) - _day_product(
            counts, start, min(first, end)
        )

    return borne


def _day_product(counts: Sequence[int], start: date, until: date) -> int:
    return sum(
        count * max((until - add_months(start, n)).days, 0)
        for n, count in enumerate(counts)
        if count
    )


def education_savings(
    instalment: Amount,
    *,
    start: date,
    months: int,
    time_rate: Number,
    instalment_rate: Number,
    with_proof: bool,
    early_rate: Number | None = None,
    demand_rate: Number = 0,
    instalments: Sequence[int] | None = None,
    on: date | None = None,
    tax_rate: RateOrSteps = 0,
    currency: str = "CNY",
) -> InstalmentInterest:
    """Education savings: with proof of study the time-deposit rate, free of interest tax.

    `time_rate`: the lump-sum rate of the same term on the opening day (its tenor is the caller's
    choice, as the rules pair the 6-year plan with the 5-year rate). Drawn early with proof:
    `early_rate`, the lump-sum rate of the time held (None: `demand_rate`), free of tax; late: the
    demand interest beyond maturity is taxed. Without proof: as `instalment_savings` at
    `instalment_rate`, taxed. Errors: InputError.

    >>> from datetime import date
    >>> terms = dict(start=date(2024, 9, 1), months=36, time_rate="0.0275",
    ...              instalment_rate="0.0155", tax_rate="0.05")
    >>> str(education_savings(500, with_proof=True, **terms).interest.net)  # 333000 × 2.75 % ÷ 12
    '763.13'
    >>> str(education_savings(500, with_proof=False, **terms).interest.net)  # 430.13 − 21.51
    '408.62'
    """
    if not isinstance(with_proof, bool):
        raise InputError(f"with_proof: {with_proof!r}; allowed: True, False")
    plan = partial(instalment_savings, instalment, start=start, months=months,
                   instalments=instalments, currency=currency)  # fmt: skip
    if not with_proof:
        return plan(instalment_rate, demand_rate=demand_rate, on=on, tax_rate=tax_rate)
    maturity = add_months(start, months)
    if on is not None and on < maturity and early_rate is not None:
        return plan(time_rate, demand_rate=early_rate, on=on)
    held = plan(time_rate, demand_rate=demand_rate, on=on if on is None else min(on, maturity))
    if on is None or on <= maturity:
        return held
    late = line_interest(
        held.principal,
        as_rate(demand_rate, "demand_rate"),
        start=maturity,
        end=on,
        day_count="act/360",
        reason="after maturity: demand rate",
        currency=currency,
    )
    taxed = finish([late], tax_rate=tax_rate, start=maturity, end=on, currency=currency)
    return evolve(held, interest=_joined(held.interest, taxed))


def _joined(first: DepositInterest, second: DepositInterest) -> DepositInterest:
    """Interest of two spans, each with its own tax."""
    gross, tax = sum_money((first.gross, second.gross)), sum_money((first.tax, second.tax))
    return DepositInterest(
        gross,
        tax,
        minus(gross, tax),
        (*first.parts, *second.parts),
        (*first.tax_parts, *second.tax_parts),
        first.principal,
    )
