"""A bond's remaining cash flows as the price formula wants them, and its accrued interest."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
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
    first_coupon: date | None = None


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
    first_coupon: date | None,
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
    terms = BondTerms(
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
        first_coupon,
    )
    _check_first_coupon(terms)
    return terms


def _check_first_coupon(terms: BondTerms) -> None:
    first = terms.first_coupon
    if first is None:
        return
    if terms.kind != "coupon" or terms.issue is None:
        raise InputError("first_coupon: goes with kind coupon and its issue date only")
    if parse_date(first, "first_coupon") <= terms.issue:
        raise InputError(f"first_coupon: {first} is not after issue {terms.issue}")
    regular = next(day for day in _periods(terms) if day <= first)
    if regular != first:
        raise InputError(
            f"first_coupon: {first} is no coupon day counted back from maturity {terms.maturity};"
            f" the one before it is {regular}"
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
    if kind != "discount" and issue_price is not None:
        raise InputError(f"issue_price: has no meaning for a {kind} bond; leave it out")
    if parse_date(issue, "issue") > settlement:
        raise InputError(f"issue: {issue} is after settlement {settlement}")


def bond_flows(terms: BondTerms) -> BondFlows:
    """Cash flows, exponents and accrued interest of `terms` at its settlement date."""
    previous, following, left = coupon_period(terms)
    remaining = _remaining(terms, previous, following)
    skipped = 0
    if terms.kind == "coupon":
        odd = _odd_first(terms)
        amounts = [float(terms.coupon) * 100.0 / terms.frequency] * left
        if odd is not None and terms.settlement < odd[1]:
            issue, first = odd
            # periods that end before the first coupon pay nothing
            ahead = itertools.takewhile(lambda day: day > terms.settlement, _periods(terms))
            skipped = sum(day < first for day in ahead)
            amounts = amounts[skipped:]
            amounts[0] = _interest(terms, issue, first)
            accrued = _interest(terms, issue, terms.settlement)
            previous, following = issue, first
        else:
            elapsed, _ = _period_fractions(terms, previous, following)
            accrued = float(terms.coupon) * 100.0 * float(elapsed)
        amounts[-1] += float(terms.redemption)
    else:
        amounts = [float(terms.redemption) + _lump_interest(terms)]
        accrued = _lump_accrued(terms)
        skipped = left - 1
    exponents = [remaining + skipped + n for n in range(len(amounts))]
    simple = None
    if _is_last(terms, left, len(amounts)) and terms.last_period == "simple":
        simple = _simple_years(terms, exponents[0])
    return BondFlows(
        tuple(amounts), tuple(exponents), terms.frequency, simple, accrued, previous, following
    )


def _is_last(terms: BondTerms, left: int, flows: int) -> bool:
    """Is settlement in the last interest period? Without coupons: a year or less to maturity."""
    return flows == 1 if terms.kind == "coupon" else left == 1


def coupon_period(terms: BondTerms) -> tuple[date, date, int]:
    """Start and end of the regular period that holds the settlement date, and such periods left."""
    following, count = terms.maturity, 0
    for day in _periods(terms):
        if day <= terms.settlement:
            return day, following, count
        following, count = day, count + 1
    raise AssertionError("periods run back without end")  # pragma: no cover


def _periods(terms: BondTerms) -> Iterator[date]:
    """Regular coupon days counted back from maturity, maturity first, without end."""
    step = 12 // terms.frequency
    yield terms.maturity
    for count in itertools.count(1):
        yield _back(terms, step * count)


def _odd_first(terms: BondTerms) -> tuple[date, date] | None:
    """Issue and first coupon where the period between them is not a regular one."""
    if terms.issue is None:
        return None
    days = list(itertools.takewhile(lambda day: day > terms.issue, _periods(terms)))  # type: ignore[operator]
    first = terms.first_coupon or days[-1]
    start = _back(terms, 12 // terms.frequency * len(days))
    if start == terms.issue and first == days[-1]:
        return None
    return terms.issue, first


def _interest(terms: BondTerms, start: date, end: date) -> float:
    """Interest per 100 of an odd first period from the issue to `end`.

    By `act/act-icma` over the regular periods that it covers, each by its own actual days; by any
    other day count at one go.
    """
    if terms.day_count != "act/act-icma":
        return float(terms.coupon) * 100.0 * float(day_count_fraction(start, end, terms.day_count))
    years, following = Fraction(0), terms.maturity
    for day in itertools.islice(_periods(terms), 1, None):
        covered = (min(end, following) - max(start, day)).days
        if covered > 0:
            years += Fraction(covered, (following - day).days * terms.frequency)
        if day <= start:
            break
        following = day
    return float(terms.coupon) * 100.0 * float(years)


def _remaining(terms: BondTerms, previous: date, following: date) -> float:
    """Part of the regular period left after settlement; interbank always by actual days."""
    if terms.convention == "cn-interbank":
        return (following - terms.settlement).days / (following - previous).days
    elapsed, whole = _period_fractions(terms, previous, following)
    return float(1 - elapsed / whole)


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
    # back from maturity; without coupons from the value date's anniversary where that is given.
    if terms.issue is None or terms.kind == "coupon":
        start, end = _back(terms, 12), terms.maturity
    else:
        years = _whole_years(terms.issue, terms.settlement)
        start = add_months(terms.issue, 12 * years, day=terms.issue.day)
        end = add_months(terms.issue, 12 * years + 12, day=terms.issue.day)
    return (terms.maturity - terms.settlement).days / (end - start).days


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
