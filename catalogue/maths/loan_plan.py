"""A loan's terms, checked once: dates, accrual, who pays what in which row, dated events."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Final

import attrs

from catalogue.errors import InputError
from catalogue.maths._loan_args import DatedMinor, major
from catalogue.maths.accrual import Accrual
from catalogue.maths.periods import PER_YEAR
from catalogue.values import Rounding

METHODS: Final = ("level", "equal-principal", "bullet", "at-maturity", "custom")
EXTRA_MODES: Final = ("shorter", "lower", "same")
_WEEKLY: Final = frozenset({52, 26})


@attrs.frozen(eq=False)
class Events:
    """What happens within one interest period, in date order."""

    draws: tuple[DatedMinor, ...] = ()
    early: tuple[DatedMinor, ...] = ()
    """Extra repayments before the due date."""
    on_due: tuple[DatedMinor, ...] = ()
    """Extra repayments on the due date, after the instalment."""


@attrs.frozen(eq=False)
class LoanPlan:
    """Everything that the amortisation loop needs; rows are numbered from 1."""

    method: str
    principal: int
    currency: str
    rule: Rounding
    accrual: Accrual
    due: tuple[date, ...]
    draws: tuple[DatedMinor, ...]
    extras: tuple[DatedMinor, ...]
    events: dict[int, Events]
    pays_principal: Sequence[bool]
    pays_interest: Sequence[bool]
    grace: int
    capitalise_grace: bool
    capitalise_shortfall: bool
    balloon: int
    multiple: int | None
    extra_mode: str
    equalised: bool
    parts: tuple[int, ...] | None

    @property
    def rows(self) -> int:
        """The number of interest periods."""
        return len(self.due) - 1

    @property
    def last_event(self) -> int:
        """The last period in which anything but the plain instalment happens; 0 if none."""
        return max(self.events, default=0)


def sort_events(
    bounds: Sequence[date],
    due: Sequence[date],
    draws: Sequence[DatedMinor],
    extras: Sequence[DatedMinor],
    currency: str,
) -> dict[int, Events]:
    """Events by period, without the drawdowns on the start.

    A drawdown on a due date belongs to the next period, a repayment to the one that ends there.
    """
    found: dict[int, dict[str, list[DatedMinor]]] = {}
    for day, amount in draws:
        if not bounds[0] <= day < bounds[-1]:
            raise InputError(
                f"drawdowns: {day} is outside the loan's life, {bounds[0]} to before {bounds[-1]}"
            )
        if day > bounds[0]:
            _into(found, bisect_right(bounds, day), "draws", (day, amount))
    for day, amount in extras:
        if not due[0] < day <= due[-1]:
            raise InputError(
                f"extra_payments: {major(amount, currency)} on {day} is outside the loan's life, "
                f"after {due[0]} to {due[-1]}"
            )
        index = bisect_left(due, day)
        _into(found, index, "on_due" if day == due[index] else "early", (day, amount))
    return {
        index: Events(**{kind: tuple(items) for kind, items in kinds.items()})
        for index, kinds in found.items()
    }


def _into(
    found: dict[int, dict[str, list[DatedMinor]]], index: int, kind: str, item: DatedMinor
) -> None:
    found.setdefault(index, {}).setdefault(kind, []).append(item)


def principal_mask(
    bounds: Sequence[date],
    *,
    grace: int,
    interest_only_months: Sequence[int],
    every: int,
) -> list[bool]:
    """Which rows repay principal (index 0 unused); the last always does."""
    months = frozenset(interest_only_months)
    last = len(bounds) - 1
    if not months and every == 1:
        return [False] * (grace + 1) + [True] * (last - grace)
    mask = [
        index > grace and index % every == 0 and bounds[index].month not in months
        for index in range(last + 1)
    ]
    mask[last] = True
    return mask


def interest_mask(rows: int, every: int) -> list[bool]:
    """Which rows pay interest (index 0 unused); the last always does."""
    mask = [index % every == 0 for index in range(rows + 1)] if every > 1 else [True] * (rows + 1)
    mask[rows] = True
    return mask


def stride(slower: str | None, frequency: str, what: str) -> int:
    """How many periods of `frequency` make one of `slower`; not a whole number: InputError."""
    if slower is None:
        return 1
    if slower not in PER_YEAR:
        raise InputError(f"{what}: {slower!r} is unknown; allowed: {', '.join(PER_YEAR)}")
    fast, slow = PER_YEAR[frequency], PER_YEAR[slower]
    if fast % slow or (fast in _WEEKLY) != (slow in _WEEKLY):
        raise InputError(f"{what}: {slower!r} is not a whole number of {frequency!r} periods")
    return fast // slow
