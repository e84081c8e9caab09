"""Repayment schedules: five methods, seven frequencies, any day count, staged draws, repricing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from catalogue.errors import InputError
from catalogue.maths._args import Amount, Number, RateOrSteps, one_of
from catalogue.maths._loan_args import (
    DatedMinor,
    amount_minor,
    count,
    dated_amounts,
    major,
    rate_steps,
    rounding_rule,
)
from catalogue.maths.accrual import Accrual
from catalogue.maths.amortise import amortise
from catalogue.maths.loan_plan import (
    EXTRA_MODES,
    METHODS,
    LoanPlan,
    interest_mask,
    principal_mask,
    sort_events,
    stride,
)
from catalogue.maths.periods import DueDay, Periods, lay_periods, rolled
from catalogue.maths.schedule_rows import Schedule, check_columns
from catalogue.values import Calendar, check_currency, convention_name, parse_date, parse_int

Dated = Sequence[tuple[date, Amount]]


def schedule(
    principal: Amount,
    annual_rate: RateOrSteps,
    *,
    start: date,
    periods: int,
    method: str = "level",
    frequency: str = "monthly",
    day_count: str | None = None,
    first_due: date | None = None,
    grace: int = 0,
    drawdowns: Dated = (),
    extra_payments: Dated = (),
    payment_multiple: Amount | None = None,
    rounding: str = "half_up",
    currency: str = "CNY",
    principal_parts: Sequence[Amount] = (),
    due_day: DueDay = None,
    overflow: str = "clamp",
    business_day: str = "none",
    calendar: Calendar | None = None,
    adjust_interest: bool = False,
    balloon: Amount = 0,
    grace_interest: str = "pay",
    interest_only_months: Sequence[int] = (),
    principal_frequency: str | None = None,
    interest_frequency: str | None = None,
    extra_mode: str = "shorter",
    interest_shortfall: str = "refuse",
    equalised: bool = True,
    maturity: date | None = None,
) -> Schedule:
    """The repayment schedule of a loan; the last row closes to exactly zero.

    Dates: see `due_dates` for `frequency`, `first_due`, `due_day`, `overflow`, `business_day`,
    and `maturity`, where the last period ends whatever its length (rest at maturity).
    A rolled date changes the interest only with `adjust_interest` (needs a `day_count`).

    Interest: `day_count` None is month-based (rate / periods a year; an odd first or
    last period counts its whole months and its odd days / 360; within a period, actual days / 360);
    otherwise any convention of `day_count_fraction`. A row's interest is rounded once. `annual_rate` may be
    [(from_date, rate), ...]: with a day count a period is split on the day; month-based, the rate
    in force when the period begins holds for all of it. A negative rate is refused.

    `method`:
    - "level": one payment, computed so that the last one equals it up to rounding (`equalised`
      False: the plain annuity of rate / periods a year, whatever the days), rounded, then up to a
      `payment_multiple`. It is computed anew on the balance when the rate changes or money is
      drawn. Interest above the payment is an error, or with `interest_shortfall="capitalise"`
      added to the balance.
    - "equal-principal": principal / n rounded down to the minor unit, the rest in the last row.
    - "bullet": interest each period, principal at the end. "at-maturity": one row, both.
    - "custom": `principal_parts`, one a period, adding up to the principal.
    A loan that its rounded payments repay sooner ends sooner; no row is ever negative. Where cents
    of rounding would pile up in a tiny loan's last row, its level payment is a cent higher.

    `grace` first periods pay interest only (`grace_interest="capitalise"`: nothing, the interest
    is added to the balance), as do due dates in `interest_only_months` (1 to 12) and rows between
    those of `principal_frequency`; `interest_frequency` collects interest in every so many rows.
    `balloon` is repaid with the last row. `drawdowns` [(date, amount), ...] add up to the
    principal, the first on `start`; each bears interest from its date. `extra_payments`
    [(date, amount), ...] repay principal on their dates; before a due date they make a row of
    their own, the interest accrued by then stays due on the due date. After one, `extra_mode`
    "shorter" keeps the payment (in the grace: the one that was to follow it) and with it a term
    that a later rate keeps to, "lower" the term, "same" both, with a smaller last payment.

    Errors: InputError. Example:

    >>> plan = schedule(10000, "0.12", start=date(2025, 1, 31), periods=3, day_count="act/act-isda")
    >>> for row in plan:
    ...     print(row.due, row.principal, row.interest, row.payment, row.closing)
    2025-02-28 3305.77 92.05 3397.82 6694.23
    2025-03-31 3329.59 68.23 3397.82 3364.64
    2025-04-30 3364.64 33.19 3397.83 0.00
    >>> plan.total_interest
    Decimal('193.47')
    """
    check_currency(currency)
    begin = parse_date(start, "start")
    one_of(method, "method", METHODS)
    one_of(extra_mode, "extra_mode", EXTRA_MODES)
    one_of(grace_interest, "grace_interest", ("pay", "capitalise"))
    one_of(interest_shortfall, "interest_shortfall", ("refuse", "capitalise"))
    owed = amount_minor(principal, "principal", currency)
    number = count(periods, "periods")
    layout = lay_periods(
        begin,
        number,
        frequency=frequency,
        first_due=first_due,
        due_day=due_day,
        overflow=overflow,
        maturity=maturity,
    )
    due = rolled(layout.bounds, business_day, calendar)
    accrual = _accrual(layout, due, annual_rate, day_count, adjust_interest)
    draws = _draws(drawdowns, owed, begin, currency)
    extras = dated_amounts(extra_payments, "extra_payments", currency)
    free = count(grace, "grace", minimum=0)
    every = stride(principal_frequency, frequency, "principal_frequency")
    collect = number if method == "at-maturity" else 1
    if interest_frequency is not None:
        collect = stride(interest_frequency, frequency, "interest_frequency")
    only = [
        parse_int(m, "interest_only_months", minimum=1, maximum=12) for m in interest_only_months
    ]
    multiple = None
    if payment_multiple is not None:
        multiple = amount_minor(payment_multiple, "payment_multiple", currency)
    left = amount_minor(balloon, "balloon", currency, positive=False)
    _check_method(
        method,
        grace=free,
        interest_only_months=bool(only),
        principal_frequency=every > 1,
        balloon=left,
        payment_multiple=multiple is not None,
        interest_frequency=interest_frequency is not None,
    )
    if free >= number:
        raise InputError(f"grace: {free} of {number} periods leaves none for the principal")
    if left > owed:
        raise InputError("balloon: it is more than the principal")
    plan = LoanPlan(
        method=method,
        principal=owed,
        currency=currency,
        rule=rounding_rule(rounding),
        accrual=accrual,
        due=due,
        draws=draws,
        extras=extras,
        events=sort_events(layout.bounds, due, draws, extras, currency),
        pays_principal=_principal_rows(method, layout, free, only, every),
        pays_interest=interest_mask(number, collect),
        grace=free,
        capitalise_grace=grace_interest == "capitalise",
        capitalise_shortfall=interest_shortfall == "capitalise",
        balloon=left,
        multiple=multiple,
        extra_mode=extra_mode,
        equalised=bool(equalised),
        parts=_parts(method, principal_parts, number, owed, currency),
    )
    columns = amortise(plan)
    check_columns(columns, owed)
    return Schedule(columns, plan)


def _accrual(
    layout: Periods,
    due: tuple[date, ...],
    annual_rate: RateOrSteps,
    day_count: str | None,
    adjust_interest: bool,
) -> Accrual:
    if adjust_interest and day_count is None:
        raise InputError(
            "adjust_interest: month-based interest has no days to adjust; set day_count"
        )
    return Accrual(
        periods=layout,
        bounds=due if adjust_interest else layout.bounds,
        steps=rate_steps(annual_rate, layout.bounds[0]),
        day_count=None if day_count is None else convention_name(day_count),
    )


def _draws(drawdowns: Dated, owed: int, start: date, currency: str) -> tuple[DatedMinor, ...]:
    if not drawdowns:
        return ((start, owed),)
    draws = dated_amounts(drawdowns, "drawdowns", currency)
    total = sum(amount for _, amount in draws)
    if total != owed:
        raise InputError(
            f"drawdowns: they add up to {major(total, currency)}, the principal is "
            f"{major(owed, currency)}"
        )
    if draws[0][0] != start:
        raise InputError(f"drawdowns: the first is on {draws[0][0]}; it must be on start, {start}")
    return draws


def _principal_rows(
    method: str, layout: Periods, grace: int, only: Sequence[int], every: int
) -> list[bool]:
    rows = len(layout.bounds) - 1
    if method in ("bullet", "at-maturity"):
        return [index == rows for index in range(rows + 1)]
    return principal_mask(layout.bounds, grace=grace, interest_only_months=only, every=every)


_UNUSED = {
    "level": ("principal_frequency", "interest_frequency"),
    "equal-principal": ("payment_multiple",),
    "bullet": (
        "grace",
        "interest_only_months",
        "principal_frequency",
        "balloon",
        "payment_multiple",
    ),
    "at-maturity": (
        "grace",
        "interest_only_months",
        "principal_frequency",
        "interest_frequency",
        "balloon",
        "payment_multiple",
    ),
    "custom": (
        "grace",
        "interest_only_months",
        "principal_frequency",
        "balloon",
        "payment_multiple",
    ),
}


def _check_method(method: str, **given: int) -> None:
    """Refuse keywords that the method gives no meaning to, rather than pass over them."""
    for keyword in _UNUSED[method]:
        if given[keyword]:
            raise InputError(f"{keyword}: has no meaning with method {method!r}")


def _parts(
    method: str, parts: Sequence[Amount], number: int, owed: int, currency: str
) -> tuple[int, ...] | None:
    if method != "custom":
        if parts:
            raise InputError(f"principal_parts: only method 'custom' takes them, not {method!r}")
        return None
    if len(parts) != number:
        raise InputError(f"principal_parts: {len(parts)} given for {number} periods")
    found = tuple(
        amount_minor(part, f"principal_parts {index}", currency, positive=False)
        for index, part in enumerate(parts, 1)
    )
    if sum(found) != owed:
        raise InputError(
            f"principal_parts: they add up to {major(sum(found), currency)}, the principal is "
            f"{major(owed, currency)}"
        )
    return found


__all__ = ["Number", "schedule"]
