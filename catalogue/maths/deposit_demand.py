"""Demand and agreement deposits by accumulated balances (积数计息法), settled by the calendar.

Each day's closing balance bears interest: interest = Σ (balance × actual days) × annual rate ÷ 360.
On a settlement day the product up to and including that day is settled; the interest joins the
balance on the day after. Rules: `quarterly` settles on the 20th of March, June, September and
December (posted on the 21st); `yearly` on 30 June (posted on 1 July), the rule for savings until
2005-09-20; `dated` applies each in its time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from attrs import frozen

from catalogue.errors import InputError
from catalogue.maths._args import (
    Amount,
    RateOrSteps,
    as_amount,
    as_steps,
    minus,
    one_of,
    step_on,
    sum_money,
)
from catalogue.maths.deposit import whole_units
from catalogue.maths.deposit_result import DepositInterest, Piece, build_parts, finish
from catalogue.values.numbers import parse_date
from catalogue.values.rounding import round_money

SettlementRule = Literal["quarterly", "yearly", "dated"]
RateRule = Literal["settlement-day", "segment"]
Movements = Sequence[tuple[date, Amount]]
Split = Callable[[Decimal], Sequence[tuple[str, Decimal]]]

QUARTERLY_SINCE = date(2005, 9, 21)


@frozen
class Posting:
    """One settlement: interest of `start` to `end` (not counted), posted on `end`.

    `product` is the accumulated balance (amount × days) of the period, `balance` the balance after
    the posting.
    """

    start: date
    end: date
    product: Decimal
    interest: DepositInterest
    balance: Decimal


@frozen
class DemandInterest:
    """Postings in order, their sums, the `balance` after the last; `accrued` is not posted yet."""

    postings: tuple[Posting, ...]
    gross: Decimal
    tax: Decimal
    net: Decimal
    balance: Decimal
    accrued: Decimal


@frozen
class _Account:
    rates: dict[str, tuple[tuple[date, Decimal], ...]]
    split: Split
    rate_rule: str
    year_days: int
    tax_rate: RateOrSteps
    base_unit: Amount | None
    currency: str


@frozen
class _Stretch:
    """A balance of one tier that bears one rate from `start` to `end` (not counted)."""

    reason: str
    balance: Decimal
    rate: Decimal
    start: date
    end: date


def demand_interest(
    movements: Movements,
    annual_rate: RateOrSteps,
    *,
    end: date,
    rule: SettlementRule = "quarterly",
    close: bool = True,
    rate_rule: RateRule = "settlement-day",
    tax_rate: RateOrSteps = 0,
    base_unit: Amount | None = None,
    year_days: int = 360,
    currency: str = "CNY",
) -> DemandInterest:
    """Interest of a demand deposit from its first movement to `end` (not counted).

    `movements` is `[(date, +paid in or −drawn), ...]`, effective on that day's closing balance.
    `annual_rate` may be dated: by `settlement-day` the rate in force on the settlement (or closing)
    day holds for the whole period, by `segment` each day has its own. `close=True` settles on
    `end`, else what has accrued since the last settlement is `accrued`. `base_unit=1`: only whole
    yuan bear interest. Errors: InputError (no movement, overdrawn, a movement on or after `end`).

    >>> from datetime import date
    >>> r = demand_interest([(date(2024, 1, 2), 10000)], "0.002", end=date(2024, 4, 1))
    >>> [(str(p.end), str(p.product), str(p.interest.gross)) for p in r.postings]
    [('2024-03-21', '790000.00', '4.39'), ('2024-04-01', '110048.29', '0.61')]
    >>> str(r.balance)
    '10005.00'
    """
    account = _Account(
        {"demand rate": as_steps(annual_rate, "annual_rate")},
        lambda balance: (("demand rate", balance),),
        rate_rule,
        year_days,
        tax_rate,
        base_unit,
        currency,
    )
    return _run(movements, account, end=end, rule=rule, close=close)


def agreement_deposit_interest(
    movements: Movements,
    *,
    basic_amount: Amount,
    demand_rate: RateOrSteps,
    agreed_rate: RateOrSteps,
    end: date,
    close: bool = True,
    rate_rule: RateRule = "settlement-day",
    tax_rate: RateOrSteps = 0,
    year_days: int = 360,
    currency: str = "CNY",
) -> DemandInterest:
    """Compute 协定存款: up to `basic_amount` at the demand rate, the rest at the agreed one.

    The split is made on every day's balance; settlement is quarterly, as for `demand_interest`.

    >>> from datetime import date
    >>> r = agreement_deposit_interest([(date(2024, 3, 21), 800_000)], basic_amount=500_000,
    ...     demand_rate="0.002", agreed_rate="0.009", end=date(2024, 6, 21))
    >>> [(p.reason, str(p.interest)) for p in r.postings[0].interest.parts]  # 92 days
    [('demand rate', '255.56'), ('agreed rate', '690.00')]
    """
    basic = as_amount(basic_amount, "basic_amount", currency=currency)

    def split(balance: Decimal) -> Sequence[tuple[str, Decimal]]:
        low = min(balance, basic)
        return (("demand rate", low), ("agreed rate", minus(balance, low)))

    rates = {
        "demand rate": as_steps(demand_rate, "demand_rate"),
        "agreed rate": as_steps(agreed_rate, "agreed_rate"),
    }
    account = _Account(rates, split, rate_rule, year_days, tax_rate, None, currency)
    return _run(movements, account, end=end, rule="quarterly", close=close)


def settlement_dates(start: date, end: date, rule: SettlementRule = "quarterly") -> list[date]:
    """List posting dates (the day after each settlement day) after `start` and up to `end`.

    >>> from datetime import date
    >>> [str(d) for d in settlement_dates(date(2005, 1, 1), date(2006, 3, 21), "dated")]
    ['2005-07-01', '2005-12-21', '2006-03-21']
    """
    one_of(rule, "rule", ("quarterly", "yearly", "dated"))
    found = []
    for year in range(start.year, end.year + 1):
        quarterly = [date(year, month, 21) for month in (3, 6, 9, 12)]
        yearly = [date(year, 7, 1)]
        if rule == "dated":
            days = [d for d in yearly if d < QUARTERLY_SINCE]
            days += [d for d in quarterly if d > QUARTERLY_SINCE]
        else:
            days = quarterly if rule == "quarterly" else yearly
        found += [day for day in days if start < day <= end]
    return found


def _run(
    movements: Movements, account: _Account, *, end: date, rule: SettlementRule, close: bool
) -> DemandInterest:
    if account.year_days not in (360, 365):
        raise InputError(f"year_days: {account.year_days}; allowed: 360, 365")
    one_of(account.rate_rule, "rate_rule", ("settlement-day", "segment"))
    flows = _ordered(movements, end, account.currency)
    start, zero = flows[0][0], round_money(0, account.currency)
    postings: list[Posting] = []
    balance, accrued = zero, zero
    bounds = settlement_dates(start, end, rule)
    for until in bounds if bounds and bounds[-1] == end else [*bounds, end]:
        inside = [flow for flow in flows if start <= flow[0] < until]
        # The settlement day is the last day counted; the closing day is the first one not counted.
        rate_day = until - timedelta(days=1) if until in bounds else until
        posting = _settle(account, inside, start, until, opening=balance, rate_day=rate_day)
        if until in bounds or close:
            postings.append(posting)
            balance = posting.balance
        else:
            accrued = posting.interest.gross
            balance = minus(posting.balance, posting.interest.net)
        start = until
    return DemandInterest(
        tuple(postings),
        sum_money([zero, *(p.interest.gross for p in postings)]),
        sum_money([zero, *(p.interest.tax for p in postings)]),
        sum_money([zero, *(p.interest.net for p in postings)]),
        balance,
        accrued,
    )


def _ordered(movements: Movements, end: date, currency: str) -> list[tuple[date, Decimal]]:
    found = []
    for day, amount in movements:
        value = as_amount(amount, f"movement of {day}", currency=currency, minimum=None)
        found.append((parse_date(day, "movement date"), round_money(value, currency)))
    if not found:
        raise InputError("movements: none given; a deposit begins with the amount paid in")
    found.sort(key=lambda movement: movement[0])
    if found[-1][0] >= parse_date(end, "end"):
        raise InputError(f"end: {end} is not after the last movement, {found[-1][0]}")
    return found


def _settle(
    account: _Account,
    flows: Sequence[tuple[date, Decimal]],
    start: date,
    until: date,
    *,
    opening: Decimal,
    rate_day: date,
) -> Posting:
    """Settle `start` to `until` (not counted) from the balance carried over and the movements."""
    balance, since = opening, start
    products: dict[tuple[str, Decimal], Fraction] = {}
    stretches: list[_Stretch] = []
    for day, amount in [*flows, (until, Decimal(0))]:
        if day > since:
            if balance < 0:
                raise InputError(
                    f"movements: overdrawn by {minus(Decimal(0), balance)} at the close of {since}; "
                    "a deposit stays 0 or more"
                )
            made = _stretches(account, balance, since=since, day=day, rate_day=rate_day)
            stretches += made
            for part in made:
                key = (part.reason, part.rate)
                grown = Fraction(part.balance) * (part.end - part.start).days
                products[key] = products.get(key, Fraction(0)) + grown
            since = day
        balance = sum_money((balance, amount))
    pieces = [
        Piece(
            reason, round_money(product, account.currency), rate, 1, account.year_days, start, until
        )
        for (reason, rate), product in products.items()
    ]
    interest = finish(
        build_parts(pieces, account.currency),
        tax_rate=account.tax_rate,
        start=start,
        end=until,
        currency=account.currency,
        accrued=lambda first, last: _borne(stretches, first, last),
    )
    product = round_money(sum(products.values(), Fraction(0)), account.currency)
    return Posting(start, until, product, interest, sum_money((balance, interest.net)))


def _stretches(
    account: _Account, balance: Decimal, *, since: date, day: date, rate_day: date
) -> list[_Stretch]:
    """A balance that stands from `since` to `day`, by tier and by rate."""
    found = []
    for reason, share in account.split(whole_units(balance, account.base_unit, account.currency)):
        steps = account.rates[reason]
        cuts = [since, day]
        if account.rate_rule == "segment":
            cuts = [since, *(cut for cut, _ in steps if since < cut < day), day]
        for first, last in pairwise(cuts):
            dated = first if account.rate_rule == "segment" else rate_day
            rate = step_on(steps, dated, reason.replace(" ", "_"))
            found.append(_Stretch(reason, share, rate, first, last))
    return found


def _borne(stretches: Sequence[_Stretch], first: date, last: date) -> Fraction:
    """Balance × rate × days from `first` to `last`: as interest grows with the balance."""
    found = Fraction(0)
    for part in stretches:
        days = (min(part.end, last) - max(part.start, first)).days
        if days > 0:
            found += Fraction(part.balance) * Fraction(part.rate) * days
    return found
