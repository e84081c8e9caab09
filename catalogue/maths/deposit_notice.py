"""Notice deposits of 1 or 7 days: the notice rate, and what bears the demand rate instead."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

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
)
from catalogue.maths.deposit import line_interest
from catalogue.maths.deposit_result import DepositInterest, finish
from catalogue.values.rounding import round_money


@frozen
class NoticeWithdrawal:
    """A withdrawal from a notice deposit.

    `broken` names each rule broken, in words; `rest` is the principal left; `closed` says that the
    rest was too small to stand and was paid out at the demand rate too.
    """

    interest: DepositInterest
    rest: Decimal
    closed: bool
    broken: tuple[str, ...]


def notice_withdrawal(
    principal: Amount,
    annual_rate: Number,
    *,
    start: date,
    on: date,
    notice_days: int,
    demand_rate: Number,
    notice_on: date | None = None,
    notice_for: date | None = None,
    notice_amount: Amount | None = None,
    amount: Amount | None = None,
    minimum_amount: Amount = 0,
    minimum_balance: Amount = 0,
    idle_days: int = 0,
    tax_rate: RateOrSteps = 0,
    day_count: str = "act/360",
    currency: str = "CNY",
) -> NoticeWithdrawal:
    """Withdraw `amount` (None: all) on `on`, after notice given on `notice_on` for `notice_for`.

    `notice_for` None is notice_on + notice_days; `notice_amount` None is the amount drawn. The
    amount drawn bears the demand rate where: held shorter than notice_days; no notice; notice
    shorter than notice_days; drawn on another day than `notice_for`; below `minimum_amount`. What
    exceeds `notice_amount` bears the demand rate; if less than it is drawn, so does as much of the
    drawn amount as is missing. A rest below `minimum_balance` is paid out at the demand rate.
    `idle_days`: days of notice given but not used, which bear nothing. Errors: InputError.

    >>> from datetime import date
    >>> w = notice_withdrawal(500_000, "0.011", start=date(2024, 3, 1), on=date(2024, 3, 31),
    ...     notice_days=7, demand_rate="0.002", notice_on=date(2024, 3, 24))
    >>> str(w.interest.gross), w.broken  # 500000 × 1.1 % × 30 ÷ 360
    ('458.33', ())
    """
    capital = round_money(as_amount(principal, "principal", currency=currency), currency)
    as_dates(start, on, until="on")
    if notice_days not in (1, 7):
        raise InputError(f"notice_days: {notice_days}; allowed: 1, 7")
    drawn = _amount(amount, capital, "amount", currency)
    agreed = _amount(notice_amount, drawn, "notice_amount", currency)
    least = as_amount(minimum_amount, "minimum_amount", currency=currency)
    as_count(idle_days, "idle_days", maximum=(on - start).days)
    if drawn > capital:
        raise InputError(f"amount: {drawn} is over the principal {capital}")
    broken = _broken(start, on, notice_days, notice_on, notice_for)
    if drawn < least:
        broken.append(f"amount {drawn} below the minimum {least}")
    rest = minus(capital, drawn)
    closed = 0 < rest < as_amount(minimum_balance, "minimum_balance", currency=currency)
    shares = _shares(drawn, agreed, broken, rest if closed else Decimal(0))
    notice, demand = as_rate(annual_rate, "annual_rate"), as_rate(demand_rate, "demand_rate")
    until = on - timedelta(days=idle_days)
    line = partial(line_interest, start=start, end=until, day_count=day_count, currency=currency)
    interest = finish(
        [line(s.amount, notice if s.at_notice else demand, reason=s.reason) for s in shares],
        tax_rate=tax_rate,
        start=start,
        end=until,
        principal=capital if closed else drawn,
        currency=currency,
    )
    reasons = broken or [share.reason for share in shares if not share.at_notice]
    left = round_money(0, currency) if closed else rest
    return NoticeWithdrawal(interest, left, closed, tuple(reasons))


def _amount(value: Amount | None, otherwise: Decimal, what: str, currency: str) -> Decimal:
    if value is None:
        return otherwise
    found = round_money(as_amount(value, what, currency=currency), currency)
    if not found:
        raise InputError(f"{what}: 0; it must be more than 0")
    return found


def _broken(
    start: date, on: date, notice_days: int, notice_on: date | None, notice_for: date | None
) -> list[str]:
    """Name the rules on time that were broken."""
    broken = []
    if (on - start).days < notice_days:
        broken.append(f"held {(on - start).days} days, shorter than {notice_days}")
    if notice_on is None:
        if notice_for is not None:
            raise InputError("notice_on: missing; notice_for needs the day notice was given")
        return [*broken, "no notice"]
    as_dates(start, notice_on, until="notice_on")
    due = notice_on + timedelta(days=notice_days) if notice_for is None else notice_for
    as_dates(notice_on, due, what="notice_on", until="notice_for")
    if (due - notice_on).days < notice_days:
        broken.append(f"notice of {(due - notice_on).days} days, shorter than {notice_days}")
    if on != due:
        broken.append(f"drawn {'before' if on < due else 'after'} the day of notice {due}")
    return broken


@frozen
class _Share:
    """A share of the money paid out, which bears the notice rate or the demand rate."""

    reason: str
    amount: Decimal
    at_notice: bool = False


def _shares(
    drawn: Decimal, agreed: Decimal, broken: list[str], small_rest: Decimal
) -> list[_Share]:
    """The money paid out by the rate that it bears; none of them empty."""
    if broken:
        found = [_Share("demand rate: " + "; ".join(broken), drawn)]
    else:
        # Over the amount of notice: the excess. Under it: the amount by which it falls short.
        off = min(abs(minus(drawn, agreed)), drawn)
        side = "over" if drawn > agreed else "short of"
        found = [
            _Share("notice rate", minus(drawn, off), at_notice=True),
            _Share(f"demand rate: {side} the amount of notice {agreed}", off),
        ]
    found.append(_Share("demand rate: rest below the minimum balance", small_rest))
    return [share for share in found if share.amount]
