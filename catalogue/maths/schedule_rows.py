"""A repayment schedule: columns of whole minor units, rows and Decimals made when read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import repeat
from typing import NamedTuple, overload

import attrs

from catalogue.errors import InputError
from catalogue.maths.loan_plan import LoanPlan
from catalogue.values import CONTEXT, minor_digits, parse_int, shown


@attrs.frozen
class Row:
    """One row; amounts in major units.

    `opening` is the balance that the row's payment reduces: the last closing plus `drawn`, the
    amounts drawn since. `principal` is `opening - closing`, negative where interest is
    capitalised. `payment` is principal + interest + fee. `extra` is the part of `principal` that
    was an early repayment. `days` are the calendar days that the interest is for.
    """

    n: int
    due: date
    days: int
    opening: Decimal
    principal: Decimal
    interest: Decimal
    fee: Decimal
    payment: Decimal
    closing: Decimal
    drawn: Decimal
    extra: Decimal


class Columns(NamedTuple):
    """The schedule column by column: dates, days, and amounts in minor units."""

    due: tuple[date, ...]
    days: tuple[int, ...]
    opening: tuple[int, ...]
    drawn: tuple[int, ...]
    principal: tuple[int, ...]
    interest: tuple[int, ...]
    fee: tuple[int, ...]
    payment: tuple[int, ...]
    closing: tuple[int, ...]
    extra: tuple[int, ...]


class Schedule:
    """An immutable schedule: length, index, iteration over `Row`, totals, columns of integers.

    `plan` is what it was made from.
    """

    __slots__ = ("columns", "plan")

    def __init__(self, columns: Columns, plan: LoanPlan) -> None:
        self.columns = columns
        self.plan = plan

    @property
    def start(self) -> date:
        """The date of the first drawdown."""
        return self.plan.due[0]

    @property
    def currency(self) -> str:
        """The currency of every amount."""
        return self.plan.currency

    @property
    def draws(self) -> tuple[tuple[date, int], ...]:
        """What is drawn: ((date, minor units), ...)."""
        return self.plan.draws

    @property
    def total_interest(self) -> Decimal:
        """All interest paid or capitalised."""
        return self._major(sum(self.columns.interest))

    @property
    def total_principal(self) -> Decimal:
        """All principal repaid, less interest that was capitalised: the amount drawn."""
        return self._major(sum(self.columns.principal))

    @property
    def total_fee(self) -> Decimal:
        """All fees of `with_fees`."""
        return self._major(sum(self.columns.fee))

    @property
    def total_payment(self) -> Decimal:
        """Everything that the borrower pays: principal, interest and fees."""
        return self._major(sum(self.columns.payment))

    def with_fees(self, fees: Mapping[int, int]) -> Schedule:
        """A copy with the fees (row number -> minor units) as the fee column, in the payments."""
        old = self.columns
        fee = [0] * len(self)
        for n, amount in fees.items():
            number = parse_int(n, "fee row", minimum=1, maximum=len(self))
            fee[number - 1] = parse_int(amount, f"fee of row {number} in minor units")
        payment = tuple(p + i + f for p, i, f in zip(old.principal, old.interest, fee, strict=True))
        return Schedule(old._replace(fee=tuple(fee), payment=payment), self.plan)

    def minor_flows(self) -> list[tuple[date, int]]:
        """The borrower's cash flows in minor units: drawdowns received (+), payments (-)."""
        paid = [
            (due, -payment)
            for due, payment in zip(self.columns.due, self.columns.payment, strict=True)
        ]
        return [*self.draws, *paid]

    def flows(self) -> list[tuple[date, Decimal]]:
        """`minor_flows` in major units: what `apr` and `xirr` take."""
        unit = self._unit
        return [(day, CONTEXT.multiply(amount, unit)) for day, amount in self.minor_flows()]

    def __len__(self) -> int:
        return len(self.columns.due)

    def __iter__(self) -> Iterator[Row]:
        c, major = self.columns, self._decimals
        return map(
            Row,
            range(1, len(self) + 1),
            c.due,
            c.days,
            major(c.opening),
            major(c.principal),
            major(c.interest),
            major(c.fee),
            major(c.payment),
            major(c.closing),
            major(c.drawn),
            major(c.extra),
        )

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self._row(k) for k in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(f"row {shown(index)} of a schedule of {len(self)} rows")
        return self._row(index % len(self))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Schedule):
            return NotImplemented
        return (self.columns, self.draws, self.currency) == (
            other.columns,
            other.draws,
            other.currency,
        )

    def __hash__(self) -> int:
        return hash((self.columns, self.draws, self.currency))

    def __repr__(self) -> str:
        return (
            f"<Schedule of {len(self)} rows, {self.start} to {self.columns.due[-1]}, "
            f"interest {self.total_interest} {self.currency}>"
        )

    def _row(self, index: int) -> Row:
        c = self.columns
        return Row(
            n=index + 1,
            due=c.due[index],
            days=c.days[index],
            opening=self._major(c.opening[index]),
            principal=self._major(c.principal[index]),
            interest=self._major(c.interest[index]),
            fee=self._major(c.fee[index]),
            payment=self._major(c.payment[index]),
            closing=self._major(c.closing[index]),
            drawn=self._major(c.drawn[index]),
            extra=self._major(c.extra[index]),
        )

    def _major(self, minor: int) -> Decimal:
        return CONTEXT.multiply(minor, self._unit)

    def _decimals(self, column: Sequence[int]) -> Iterator[Decimal]:
        unit = self._unit
        if not any(column):
            return repeat(CONTEXT.multiply(0, unit), len(column))
        return map(CONTEXT.multiply, column, repeat(unit))

    @property
    def _unit(self) -> Decimal:
        """One minor unit; times an integer it gives exactly the currency's decimals."""
        return Decimal((0, (1,), -minor_digits(self.plan.currency)))


def check_columns(columns: Columns, drawn: int) -> None:
    """Refuse a schedule whose rows don't add up; it would be a defect of this package."""
    if columns.closing[-1] != 0 or sum(columns.principal) != drawn:
        raise InputError(
            f"schedule: principal {sum(columns.principal)} of {drawn} minor units repaid, "
            f"{columns.closing[-1]} left"
        )
