"""Savings paid in at once and drawn bit by bit: principal (整存零取) or interest (存本取息)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from attrs import frozen

from catalogue.errors import InputError
from catalogue.maths._args import (
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
from catalogue.maths.deposit import term_interest
from catalogue.maths.deposit_result import (
    DepositInterest,
    InterestPart,
    Piece,
    build_parts,
    finish,
)
from catalogue.values.dates import add_months
from catalogue.values.rounding import round_money


@frozen
class InstalmentWithdrawal:
    """Principal drawn in equal parts (the last takes the fen left over), interest at the end."""

    draws: tuple[tuple[date, Decimal], ...]
    interest: DepositInterest


def instalment_withdrawal_savings(
    principal: Amount,
    annual_rate: Number,
    *,
    start: date,
    months: int,
    every: int,
    on: date | None = None,
    demand_rate: Number = 0,
    tax_rate: RateOrSteps = 0,
    currency: str = "CNY",
) -> InstalmentWithdrawal:
    """Draw `principal` in equal parts `every` months; interest is paid with the last of them.

    Interest = Σ balances × months held × annual rate ÷ 12. Closed on `on` before maturity, what is
    left is drawn then and every balance bears `demand_rate` by actual days ÷ 360; after maturity
    the last part stays until `on` and bears `demand_rate` for the days beyond. Errors: InputError.

    >>> from datetime import date
    >>> r = instalment_withdrawal_savings(12_000, "0.0155", start=date(2024, 1, 1), months=12,
    ...                                   every=3)
    >>> str(r.draws[0][1]), str(r.interest.gross)  # (12000 + 3000) ÷ 2 × 4 × 3 × 1.55 % ÷ 12
    ('3000.00', '116.25')
    """
    capital = round_money(as_amount(principal, "principal", currency=currency), currency)
    rate, demand = as_rate(annual_rate, "annual_rate"), as_rate(demand_rate, "demand_rate")
    count = _periods(months, every)
    maturity = add_months(start, months)
    closed_on = maturity if on is None else on
    as_dates(start, closed_on, until="on")
    part = round_money(Fraction(capital) / count, currency, "down")
    draws, pieces = _drawn_parts(
        capital,
        part,
        rate if closed_on >= maturity else demand,
        start=start,
        every=every,
        count=count,
        closed_on=closed_on,
    )
    if closed_on > maturity:
        late = (closed_on - maturity).days
        reason = "after maturity: demand rate"
        pieces.append(Piece(reason, draws[-1][1], demand, late, 360, maturity, closed_on))
    interest = finish(
        build_parts(pieces, currency),
        tax_rate=tax_rate,
        start=start,
        end=closed_on,
        principal=capital,
        currency=currency,
    )
    return InstalmentWithdrawal(tuple(draws), interest)


def _drawn_parts(
    capital: Decimal,
    part: Decimal,
    rate: Decimal,
    *,
    start: date,
    every: int,
    count: int,
    closed_on: date,
) -> tuple[list[tuple[date, Decimal]], list[Piece]]:
    """Draws by date and the balance before each; the last takes what is left, on the closing day."""
    early = closed_on < add_months(start, every * count)
    balance, draws, pieces = capital, [], []
    for n in range(1, count + 1):
        first, due = add_months(start, every * (n - 1)), add_months(start, every * n)
        reason, units, year, count_by = f"balance before draw {n}", every, 12, "30/360"
        if early:
            due = min(due, closed_on)
            reason, units, year = f"{reason}: demand rate", (due - first).days, 360
            count_by = "act/360"
        pieces.append(Piece(reason, balance, rate, units, year, first, due, count_by))
        if n == count or (early and due == closed_on):
            draws.append((closed_on, balance))
            break
        draws.append((due, part))
        balance = minus(balance, part)
    return draws, pieces


def _periods(months: int, every: int) -> int:
    as_count(months, "months", minimum=1, maximum=1200)
    as_count(every, "every", minimum=1, maximum=months)
    if months % every:
        raise InputError(f"every: {every} months does not divide the term of {months} months")
    return months // every


@frozen
class InterestDraw:
    """One payment of interest: its amounts, and the `interest` that they come from."""

    due: date
    gross: Decimal
    tax: Decimal
    net: Decimal
    interest: DepositInterest


@frozen
class InterestDrawing:
    """Interest drawn during the term, and the payment that ends the deposit.

    `final` is what is paid at the end beside the draws: the principal, with interest after
    maturity, or less what early closing claws back. `claw_back` = net interest drawn − net interest due on
    early closing (below zero: more is due than was drawn); 0 if held to maturity.
    """

    draws: tuple[InterestDraw, ...]
    closing: DepositInterest | None
    claw_back: Decimal
    final: Decimal


def interest_drawing_savings(
    principal: Amount,
    annual_rate: Number,
    *,
    start: date,
    months: int,
    every: int,
    on: date | None = None,
    demand_rate: Number = 0,
    tax_rate: RateOrSteps = 0,
    currency: str = "CNY",
) -> InterestDrawing:
    """Keep the principal and draw its interest `every` months; closed on `on` (None: at maturity).

    The interest of the term (principal × months × annual rate ÷ 12) is paid in equal draws, the last
    of which takes the fen left over. Closed early: interest is recomputed at `demand_rate` by actual
    days ÷ 360, and what was drawn above it comes off the principal. Closed late: `demand_rate` after
    maturity. Errors: InputError.

    >>> from datetime import date
    >>> r = interest_drawing_savings(100_000, "0.03", start=date(2024, 1, 1), months=12, every=3,
    ...                              on=date(2024, 7, 1), demand_rate="0.002")
    >>> [str(d.gross) for d in r.draws], str(r.claw_back), str(r.final)  # due: 101.11
    (['750.00', '750.00'], '1398.89', '98601.11')
    """
    capital = round_money(as_amount(principal, "principal", currency=currency), currency)
    rate, demand = as_rate(annual_rate, "annual_rate"), as_rate(demand_rate, "demand_rate")
    count = _periods(months, every)
    maturity = add_months(start, months)
    closed_on = maturity if on is None else on
    as_dates(start, closed_on, until="on")
    dues = [add_months(start, every * n) for n in range(count + 1)]
    grosses = _equal_draws(Fraction(capital) * Fraction(rate) * months / 12, count, currency)
    draws = []
    for (first, due), gross in zip(pairwise(dues), grosses, strict=True):
        if due <= closed_on:
            # Interest by the month grows by 30-day months, as that of a time deposit does.
            part = InterestPart(
                "interest drawn", capital, rate, every, 12, gross, first, due, "30/360"
            )
            made = finish([part], tax_rate=tax_rate, start=first, end=due, currency=currency)
            draws.append(InterestDraw(due, made.gross, made.tax, made.net, made))
    zero = round_money(0, currency)
    if closed_on == maturity:
        return InterestDrawing(tuple(draws), None, zero, capital)
    early = closed_on < maturity
    closing = term_interest(
        capital,
        demand,
        start=start if early else maturity,
        end=closed_on,
        day_count="act/360",
        tax_rate=tax_rate,
        currency=currency,
        reason="early: demand rate" if early else "after maturity: demand rate",
    )
    if not early:
        return InterestDrawing(tuple(draws), closing, zero, closing.paid)
    back = minus(sum_money([zero, *(draw.net for draw in draws)]), closing.net)
    return InterestDrawing(tuple(draws), closing, back, minus(capital, back))


def _equal_draws(total: Fraction, count: int, currency: str) -> list[Decimal]:
    """Equal draws that sum to the rounded total: the last takes what is left, never below 0."""
    each = round_money(total / count, currency)
    left = Fraction(round_money(total, currency)) - Fraction(each) * (count - 1)
    if left < 0:  # a few fen in all, rounded up each time
        each = round_money(total / count, currency, "down")
        left = Fraction(round_money(total, currency)) - Fraction(each) * (count - 1)
    return [each] * (count - 1) + [round_money(left, currency)]
