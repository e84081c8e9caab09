"""Time deposits drawn early, on time or late, in whole or in part, and renewed.

The rules are those of Chinese savings since 1993: what is drawn before maturity bears the demand
rate of the day of withdrawal, the rest keeps the contract rate; after maturity the demand rate of
the day of withdrawal; an agreed renewal makes principal and net interest a new deposit at the rate
of the renewal day.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from attrs import frozen

from catalogue.errors import InputError
from catalogue.maths._args import (
    WIDE,
    Amount,
    Number,
    RateOrSteps,
    as_amount,
    as_dates,
    as_number,
    as_rate,
    as_steps,
    minus,
    step_on,
    sum_money,
)
from catalogue.maths.deposit import line_interest, term_interest
from catalogue.maths.deposit_result import DepositInterest, finish
from catalogue.values.dates import add_days, add_months
from catalogue.values.rounding import round_money
from catalogue.values.tenor import Tenor


@frozen
class Withdrawal:
    """A withdrawal: the interest paid with it, the principal left, and what that will bring.

    `rest_interest` is the interest of the rest at maturity at the contract rate, before tax.
    """

    interest: DepositInterest
    rest: Decimal
    rest_interest: Decimal


def time_withdrawal(
    principal: Amount,
    annual_rate: Number,
    *,
    start: date,
    maturity: date,
    on: date,
    demand_rate: Number,
    amount: Amount | None = None,
    day_count: str = "30/360",
    demand_day_count: str = "act/360",
    tax_rate: RateOrSteps = 0,
    currency: str = "CNY",
) -> Withdrawal:
    """Withdraw `amount` (None: all) on `on`; early at the demand rate, late with demand interest.

    On or after maturity the contract rate holds up to maturity, then `demand_rate` on the principal
    alone (no compounding). A part may be drawn before maturity only: then the deposit has ended.
    Errors: InputError.

    >>> from datetime import date
    >>> w = time_withdrawal(100_000, "0.03", start=date(2024, 1, 1), maturity=date(2025, 1, 1),
    ...                     on=date(2024, 7, 1), demand_rate="0.002", amount=40_000)
    >>> str(w.interest.gross), str(w.rest), str(w.rest_interest)  # 40000 × 0.2 % × 182 ÷ 360
    ('40.44', '60000.00', '1800.00')
    """
    capital = round_money(as_amount(principal, "principal", currency=currency), currency)
    drawn = _drawn(amount, capital, currency)
    as_dates(start, maturity, until="maturity")
    as_dates(start, on, until="on")
    rest = minus(capital, drawn)
    if rest and on >= maturity:
        raise InputError(
            f"amount: {drawn} of {capital} on {on}; from maturity {maturity} on all is paid out"
        )
    line = partial(line_interest, currency=currency)
    demand = partial(
        line,
        drawn,
        as_rate(demand_rate, "demand_rate"),
        end=on,
        day_count=demand_day_count,
    )
    contract = partial(
        line,
        annual_rate=as_rate(annual_rate, "annual_rate"),
        start=start,
        end=maturity,
        day_count=day_count,
        reason="contract rate",
    )
    early = on < maturity
    parts = [demand(start=start, reason="early: demand rate") if early else contract(drawn)]
    if on > maturity:
        parts.append(demand(start=maturity, reason="after maturity: demand rate"))
    interest = finish(
        parts,
        tax_rate=tax_rate,
        start=start,
        end=on,
        principal=drawn,
        day_count=day_count if on == maturity else demand_day_count,
        currency=currency,
    )
    return Withdrawal(interest, rest, contract(rest).interest)


def _drawn(amount: Amount | None, capital: Decimal, currency: str) -> Decimal:
    if amount is None:
        return capital
    drawn = round_money(as_amount(amount, "amount", currency=currency), currency)
    if not 0 < drawn <= capital:
        raise InputError(f"amount: {drawn} is outside 0.01 to the principal {capital}")
    return drawn


@frozen
class Term:
    """One term of a renewed deposit: its principal, rate and interest."""

    start: date
    end: date
    principal: Decimal
    annual_rate: Decimal
    interest: DepositInterest


@frozen
class Renewed:
    """A renewed deposit: every finished term, the unfinished one, and what is paid out."""

    terms: tuple[Term, ...]
    unfinished: DepositInterest | None
    paid: Decimal
    gross: Decimal
    tax: Decimal
    net: Decimal


def auto_renewal(
    principal: Amount,
    rates: RateOrSteps,
    *,
    start: date,
    tenor: str,
    on: date,
    demand_rate: Number = 0,
    day_count: str = "30/360",
    demand_day_count: str = "act/360",
    tax_rate: RateOrSteps = 0,
    currency: str = "CNY",
) -> Renewed:
    """Renew a deposit of `tenor` at each maturity until it is drawn on `on`.

    Each term bears the rate in force on its first day (`rates` may be `[(from_date, rate), ...]`)
    and its net interest joins the principal. The term in course on `on` bears `demand_rate`.
    Maturities keep the day of the month of `start`. Errors: InputError.

    >>> from datetime import date
    >>> r = auto_renewal(10_000, [(date(2022, 1, 1), "0.02"), (date(2023, 1, 1), "0.015")],
    ...                  start=date(2022, 3, 1), tenor="1y", on=date(2024, 3, 1))
    >>> str(r.paid)  # 10000 × 1.02 = 10200; × 1.015
    '10353.00'
    """
    capital = round_money(as_amount(principal, "principal", currency=currency), currency)
    as_dates(start, on, until="on")
    steps, demand = as_steps(rates, "rates"), as_rate(demand_rate, "demand_rate")
    earn = partial(term_interest, tax_rate=tax_rate, currency=currency)
    terms: list[Term] = []
    first = start
    for last in _maturities(start, Tenor.parse(tenor), on):
        rate, reason = step_on(steps, first, "rates"), f"term {len(terms) + 1}"
        interest = earn(capital, rate, start=first, end=last, day_count=day_count, reason=reason)
        terms.append(Term(first, last, capital, rate, interest))
        capital, first = interest.paid, last
    unfinished = None
    if first < on:
        unfinished = earn(
            capital,
            demand,
            start=first,
            end=on,
            day_count=demand_day_count,
            reason="unfinished term: demand rate",
        )
        capital = unfinished.paid
    results = [term.interest for term in terms] + ([unfinished] if unfinished else [])
    zero = round_money(0, currency)
    gross, tax = (
        sum_money([zero, *(r.gross for r in results)]),
        sum_money([zero, *(r.tax for r in results)]),
    )
    return Renewed(tuple(terms), unfinished, capital, gross, tax, minus(gross, tax))


def _maturities(start: date, tenor: Tenor, on: date) -> Iterator[date]:
    """The maturities up to `on`, each counted from `start` so that its day of the month is kept."""
    for count in itertools.count(1):
        due = _term_end(start, tenor, count)
        if due > on:
            return
        yield due


def _term_end(start: date, tenor: Tenor, count: int) -> date:
    months = tenor.months
    if months is None:
        return add_days(start, tenor.count * count)
    return add_months(start, months * count)


def time_or_demand_interest(
    principal: Amount,
    *,
    start: date,
    on: date,
    demand_rate: Number,
    rates: Mapping[str, Number],
    factor: Number = "0.6",
    floor_at_demand: bool = True,
    day_count: str = "30/360",
    demand_day_count: str = "act/360",
    tax_rate: RateOrSteps = 0,
    currency: str = "CNY",
) -> DepositInterest:
    """Time-or-demand deposit (定活两便): the rate follows from how long it was in fact held.

    `rates` holds the time-deposit rates of the day of withdrawal by tenor ("3m", "6m", "1y"). Held
    shorter than the shortest tenor: demand rate for the whole time; else the longest tenor reached
    × `factor`, never below the demand rate if `floor_at_demand`.

    >>> from datetime import date
    >>> listed = {"3m": "0.0135", "6m": "0.0155", "1y": "0.0175"}
    >>> r = time_or_demand_interest(10_000, start=date(2024, 1, 1), on=date(2024, 8, 1),
    ...                             demand_rate="0.0035", rates=listed)
    >>> r.parts[0].formula, str(r.gross)  # 1.55 % × 0.6 = 0.93 % for 210 days
    ('10000.00 × 0.0093 × 210 / 360', '54.25')
    """
    capital = round_money(as_amount(principal, "principal", currency=currency), currency)
    as_dates(start, on, until="on")
    demand = as_rate(demand_rate, "demand_rate")
    share = as_number(factor, "factor", minimum=0, maximum=1)
    bands = sorted(
        ((Tenor.parse(t, "rates"), as_rate(r, f"rates {t}")) for t, r in rates.items()),
        key=lambda band: band[0].sort_key,
    )
    if not bands:
        raise InputError("rates: none given; allowed: tenors with their rates, such as 3m")
    reached = [(tenor, rate) for tenor, rate in bands if tenor.end(start) <= on]
    rate, reason, count = demand, "demand rate", demand_day_count
    if reached:
        tenor, listed = reached[-1]
        reduced = WIDE.multiply(listed, share)
        if reduced >= demand or not floor_at_demand:
            rate, reason, count = reduced, f"{tenor} rate × {share}", day_count
    return term_interest(
        capital,
        rate,
        start=start,
        end=on,
        day_count=count,
        tax_rate=tax_rate,
        currency=currency,
        reason=reason,
    )
