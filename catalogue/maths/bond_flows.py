"""A bond's remaining cash flows as the price formula wants them, and its accrued interest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import frozen

from catalogue.errors import InputError
from catalogue.maths._args import Number, as_number, as_rate, one_of
from catalogue.values.dates import add_months, month_end
from catalogue.values.daycount import day_count_fraction
from catalogue.values.numbers import parse_date

BondConvention = Literal["street", "cn-interbank"]
BondKind = Literal["coupon", "discount", "at-maturity"]
LastPeriod = Literal["simple", "compound"]

CONVENTIONS: tuple[BondConvention, ...] = ("street", "cn-interbank")
KINDS: tuple[BondKind, ...] = ("coupon", "discount", "at-maturity")
FREQUENCIES = (1, 2, 3, 4, 6, 12)


@frozen
class BondTerms:
    """What was issued, checked; per 100 of face value."""

    settlement: date
    maturity: date
    coupon: Decimal
    frequency: int
    redemption: Decimal
    convention: str
    day_count: str
    kind: str
    issue: date | None
    issue_price: Decimal | None
    last_period: str
    end_of_month: bool


@frozen
class BondFlows:
    """Flows after settlement: `amounts`, due in `exponents` periods of 1 ÷ frequency year.

    `simple_years` is the time of the one flow left when it is discounted at simple interest, else
    None. `accrued` is the interest accrued at settlement, per 100 of face value.
    """

    amounts: tuple[float, ...]
    exponents: tuple[float, ...]
    frequency: int
    simple_years: float | None
    accrued: float
    previous: date
    following: date


def check_terms(
    *,
    settlement: date,
    maturity: date,
    coupon: Number,
    frequency: int,
    redemption: Number,
    convention: str,
    day_count: str,
    kind: str,
    issue: date | None,
    issue_price: Number | None,
    last_period: str | None,
    end_of_month: bool,
) -> BondTerms:
    """Check a bond's terms. Errors: InputError that names the term and what is allowed."""
    one_of(convention, "convention", CONVENTIONS)
    one_of(kind, "kind", KINDS)
    if isinstance(frequency, bool) or frequency not in FREQUENCIES:
        raise InputError(f"frequency: {frequency!r}; allowed: 1, 2, 3, 4, 6, 12 coupons a year")
    if kind != "coupon" and frequency != 1:
        raise InputError(f"frequency: {frequency}; a {kind} bond is compounded yearly (1)")
    if parse_date(settlement, "settlement") >= parse_date(maturity, "maturity"):
        raise InputError(f"settlement: {settlement} is not before maturity {maturity}")
    rate = as_rate(coupon, "coupon")
    if kind == "discount" and rate:
        raise InputError(f"coupon: {rate}; a discount bond has none (0)")
    if last_period is None:
        last_period = "simple" if convention == "cn-interbank" else "compound"
    one_of(last_period, "last_period", ("simple", "compound"))
    _check_issue(kind, issue, issue_price, settlement)
    return BondTerms(
        settlement,
        maturity,
        rate,
        frequency,
        as_number(redemption, "redemption", above=0),
        convention,
        day_count,
        kind,
        issue,
        None if issue_price is None else as_number(issue_price, "issue_price", above=0),
        last_period,
        end_of_month,
    )


def _check_issue(
    kind: str, issue: date | None, issue_price: Number | None, settlement: date
) -> None:
    if issue is None:
        if kind == "at-maturity":
            raise InputError(
                "issue: missing; a bond with interest at maturity needs its value date"
            )
        if issue_price is not None:
            raise InputError("issue: missing; with issue_price the value date is needed too")
        return
    if kind == "coupon":
        raise InputError("issue: has no meaning for a bond with regular coupons; leave it out")
    if parse_date(issue, "issue") > settlement:
        raise InputError(f"issue: {issue} is after settlement {settlement}")


def bond_flows(terms: BondTerms) -> BondFlows:
    """Cash flows, exponents and accrued interest of `terms` at its settlement date."""
    previous, following, left = coupon_period(terms)
    elapsed, whole = _period_fractions(terms, previous, following)
    remaining = float(1 - elapsed / whole)
    coupon = float(terms.coupon) * 100.0 / terms.frequency
    redemption = float(terms.redemption)
    if terms.kind == "coupon":
        amounts = [coupon] * left
        amounts[-1] += redemption
        exponents: Sequence[float] = [remaining + n for n in range(left)]
        accrued = float(terms.coupon) * 100.0 * float(elapsed)
    else:
        amounts = [redemption + _lump_interest(terms)]
        exponents = [remaining + left - 1]
        accrued = _lump_accrued(terms)
    simple = None
    if left == 1 and terms.last_period == "simple":
        simple = _simple_years(terms, remaining)
    return BondFlows(
        tuple(amounts), tuple(exponents), terms.frequency, simple, accrued, previous, following
    )


def coupon_period(terms: BondTerms) -> tuple[date, date, int]:
    """Start and end of the interest period that holds the settlement date, and coupons left."""
    step = 12 // terms.frequency
    following, count = terms.maturity, 1
    while True:
        previous = _back(terms, step * count)
        if previous <= terms.settlement:
            return previous, following, count
        following, count = previous, count + 1


def _back(terms: BondTerms, months: int) -> date:
    day = add_months(terms.maturity, -months, day=terms.maturity.day)
    return month_end(day) if terms.end_of_month else day


def _period_fractions(
    terms: BondTerms, previous: date, following: date
) -> tuple[Fraction, Fraction]:
    """Years elapsed since `previous`, and years of the whole period, by the bond's day count."""

    def years(until: date) -> Fraction:
        return day_count_fraction(
            previous,
            until,
            terms.day_count,
            frequency=terms.frequency,
            period_start=previous,
            period_end=following,
            maturity=terms.maturity,
        )

    elapsed, whole = years(terms.settlement), years(following)
    # 30/360 gives no day from the 30th to the 31st: never beyond the period.
    return min(elapsed, whole), whole


def _simple_years(terms: BondTerms, remaining: float) -> float:
    if terms.convention == "street":
        return remaining / terms.frequency
    # Interbank: D / TY, actual days over the actual days of the current interest year. It runs
    # from the value date's anniversary where that date is given, else back from maturity.
    start = _year_start(terms)
    end = add_months(start, 12, day=_anchor(terms)) if terms.issue else terms.maturity
    return (terms.maturity - terms.settlement).days / (end - start).days


def _anchor(terms: BondTerms) -> int:
    return (terms.issue or terms.maturity).day


def _year_start(terms: BondTerms) -> date:
    if terms.issue is None:
        return _back(terms, 12)
    years = _whole_years(terms.issue, terms.settlement)
    return add_months(terms.issue, 12 * years, day=terms.issue.day)


def _whole_years(start: date, end: date) -> int:
    years = end.year - start.year
    return years - (add_months(start, 12 * years, day=start.day) > end)


def _interest_years(start: date, end: date) -> float:
    """Whole years from `start`, plus the rest as actual days of that year's actual days."""
    years = _whole_years(start, end)
    since = add_months(start, 12 * years, day=start.day)
    until = add_months(start, 12 * years + 12, day=start.day)
    return years + (end - since).days / (until - since).days


def _lump_interest(terms: BondTerms) -> float:
    if terms.issue is None or terms.kind == "discount":
        return 0.0
    return float(terms.coupon) * 100.0 * _interest_years(terms.issue, terms.maturity)


def _lump_accrued(terms: BondTerms) -> float:
    if terms.issue is None:
        return 0.0
    if terms.kind == "at-maturity":
        return float(terms.coupon) * 100.0 * _interest_years(terms.issue, terms.settlement)
    if terms.issue_price is None:
        return 0.0
    life = (terms.maturity - terms.issue).days
    held = (terms.settlement - terms.issue).days
    return (float(terms.redemption) - float(terms.issue_price)) * held / life
