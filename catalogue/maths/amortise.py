"""The amortisation loop: one path for plain loans, drawdowns, repricing and early repayment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import compress, repeat, zip_longest
from operator import add, sub
from typing import Any

import attrs

from catalogue.errors import InputError
from catalogue.maths._loan_args import Ratio, major
from catalogue.maths.accrual import Change
from catalogue.maths.annuity import Uniform, level_minor
from catalogue.maths.loan_plan import Events, LoanPlan
from catalogue.maths.plain_tail import plain_rows, refuse_shortfall
from catalogue.maths.schedule_rows import Columns
from catalogue.values import round_ratio

_NOTHING = Events()


def amortise(plan: LoanPlan) -> Columns:
    """All rows of `plan` as columns; the last closes to zero.

    Tiny level loans: where the rounding of payments and interest would pile up more than one
    further payment in the last row, the payment is a minor unit higher and the loan ends sooner.
    """
    kept = _kept_payment(plan)
    run = Amortiser(plan, kept=kept)
    columns = run.run()
    if plan.method != "level" or columns.payment[-1] <= 2 * run.payment or run.payment == 0:
        return columns
    steady = len(plan.accrual.steps) == 1 and plan.draws[-1][0] == plan.due[0]
    if plan.balloon or not plan.equalised or not steady or len(columns.due) == 1:
        return columns
    for more in (1, 2):
        run = Amortiser(plan, more, kept)
        columns = run.run()
        if columns.payment[-1] <= 2 * run.payment:
            break
    return columns


def _kept_payment(plan: LoanPlan) -> int:
    """The first payment as it would be without what is repaid before it; 0 where nothing is.

    A loan that keeps its payment after an early repayment keeps that one, also when the repayment
    comes in the grace or before the first instalment.
    """
    if not plan.extras or plan.extra_mode == "lower":
        return 0
    if plan.method not in ("level", "equal-principal"):
        return 0
    first = plan.pays_principal.index(True)
    if not any(day < plan.due[first] for day, _ in plan.extras):
        return 0
    draws = {k: Events(draws=events.draws) for k, events in plan.events.items() if events.draws}
    run = Amortiser(attrs.evolve(plan, events=draws, extras=()))
    for index in range(1, first + 1):
        run.step(index)
    return run.payment


class Amortiser:
    """Runs one plan; `run` gives the columns.

    `more` is added to every level payment, `kept` is the first payment if it is not to be reckoned
    from the balance. `end` is the last row: earlier than the plan's once early repayments have
    shortened the term and the rate changes after them.
    """

    def __init__(self, plan: LoanPlan, more: int = 0, kept: int = 0) -> None:
        self.plan = plan
        self.more = more
        self.kept = kept
        self.end = plan.rows
        start = plan.accrual.bounds[0]
        self.balance = sum(amount for day, amount in plan.draws if day == start)
        self.drawn = self.balance
        self.carried = Fraction(0)
        self.repriced = True
        self.payment = 0
        self.weight: Ratio = (1, 1)
        self.rate: Ratio | None = None
        self.prepaid = False
        self.mark = start
        self.rows: list[tuple[date, int, int, int, int, int, int, int]] = []

    def run(self) -> Columns:
        """All rows as columns; the last closes to zero."""
        plain_from = self._plain_from()
        for index in range(1, self.plan.rows + 1):
            if index >= plain_from:
                return self._finish_plain(index)
            self.step(index)
            if self.balance == 0 and not self.carried and index >= self._last_draw():
                self._check_early_end(index)
                break
        return self._columns()

    def step(self, index: int) -> None:
        """The rows of period `index`."""
        plan = self.plan
        ratio = self._accrue(index, plan.events.get(index, _NOTHING))
        interest = 0
        if plan.pays_interest[index]:
            interest = _rounded(ratio, plan)
            self.carried = Fraction(0)
        else:
            self.carried = Fraction(*ratio)
        principal = self._principal(index, ratio, interest)
        extra = sum(amount for _, amount in plan.events.get(index, _NOTHING).on_due)
        if extra:
            day = plan.due[index]
            self._check_extra(day, extra, self.balance - principal)
            self._after_extra()
        if plan.pays_interest[index] or plan.pays_principal[index] or extra:
            begin, self.mark = self.mark, plan.accrual.bounds[index]
            days = (self.mark - begin).days
            self._emit(plan.due[index], days, principal + extra, interest, extra)
        else:
            self.balance -= principal

    def _accrue(self, index: int, events: Events) -> Ratio:
        """Exact interest due at the end of period `index`; draws and early repayments happen."""
        accrual, opening = self.plan.accrual, self.balance
        changes: list[Change] = []
        for day, amount, is_draw in sorted(
            [(day, amount, 0) for day, amount in events.draws]
            + [(day, amount, 1) for day, amount in events.early],
            key=lambda event: (event[0], event[2]),
        ):
            if is_draw == 0:
                self.balance += amount
                self.drawn += amount
                self.repriced = True
                changes.append((day, amount))
            else:
                self._check_extra(day, amount, self.balance)
                self._emit(day, 0, amount, 0, amount)
                self._after_extra()
                changes.append((day, -amount))
        if not changes and not self.carried:
            num, den = accrual.whole(index)
            return opening * num, den
        exact = accrual.interest(index, opening, changes) + self.carried
        return exact.numerator, exact.denominator

    def _principal(self, index: int, ratio: Ratio, interest: int) -> int:
        plan = self.plan
        if index == self.end:
            return self.balance
        if self.balance == 0:
            return 0
        if index <= plan.grace and plan.capitalise_grace:
            return -interest
        if not plan.pays_principal[index] or plan.method in ("bullet", "at-maturity"):
            return 0
        if plan.method == "level":
            return self._level_part(index, ratio, interest)
        if plan.method == "custom":
            return self._custom_part(index)
        if self.repriced:
            self._set_equal_part(index)
        return self.balance if self.balance - self.payment < self._crumbs() else self.payment

    def _level_part(self, index: int, ratio: Ratio, interest: int) -> int:
        rate = self.plan.accrual.ruling_rate(index)
        if self.repriced or rate != self.rate:
            self._set_level(index, rate, ratio, interest)
        principal = self.payment - interest
        if principal < 0 and not self.plan.capitalise_shortfall:
            refuse_shortfall(self.plan, self.plan.due[index], interest, self.payment)
        return min(principal, self.balance)

    def _set_level(self, index: int, rate: Ratio, ratio: Ratio, interest: int) -> None:
        plan, accrual = self.plan, self.plan.accrual
        if self.kept:
            self.payment, self.rate, self.repriced = self.kept + self.more, rate, False
            self.kept = 0
            return
        self._shorten(index)
        later = sum(plan.pays_principal[index + 1 : self.end + 1])
        num, den = rate
        yearly = accrual.periods.per_year
        grown = (self.balance * ratio[1] + ratio[0], ratio[1])
        if not plan.equalised:
            grown = (self.balance * (den * yearly + num), den * yearly)
        even = accrual.day_count is None and accrual.periods.last_share is None
        if not plan.equalised or even:
            growth: Uniform | list[Ratio] = Uniform(num, den * yearly, later)
        else:
            factors = accrual.later(index + 1, self.end, rate)
            paying = plan.pays_principal[index + 1 : self.end + 1]
            growth = list(compress(factors, paying))
        payment = level_minor(grown, growth, balloon=plan.balloon, rule=plan.rule)
        if payment == interest and plan.balloon == 0 and later:
            payment += 1  # both rounded to the same unit: it would never repay
        if plan.multiple is not None:
            payment = -(-payment // plan.multiple) * plan.multiple
        self.payment, self.rate, self.repriced = payment + self.more, rate, False

    def _shorten(self, index: int) -> None:
        """Before a new payment: the term stays as short as early repayments have made it."""
        plan = self.plan
        shorter = self.prepaid and plan.extra_mode == "shorter" and not plan.balloon
        if not shorter or not self.payment or self.rate is None:
            return
        balance = self.balance
        factors = plan.accrual.later(index, self.end, self.rate)
        for row, ratio in enumerate(factors, index):
            interest = _rounded((balance * ratio[0], ratio[1]), plan)
            balance -= self.payment - interest if plan.pays_principal[row] else 0
            if balance <= 0:
                self.end = row
                return

    def _set_equal_part(self, index: int) -> None:
        number = sum(self.plan.pays_principal[index:])
        self.payment = self.kept or max(0, self.balance - self.plan.balloon) // number
        self.repriced, self.kept = False, 0

    def _crumbs(self) -> int:
        """Where early repayments end the loan sooner: less than this makes no row of its own.

        Equal parts are rounded down, so that `n` of them leave up to n - 1 minor units.
        """
        if not self.prepaid or self.plan.extra_mode != "shorter":
            return 0
        return min(sum(self.plan.pays_principal), self.payment)

    def _custom_part(self, index: int) -> int:
        parts = self.plan.parts or ()
        if self.repriced and self.prepaid and self.plan.extra_mode == "lower":
            self.weight = (self.balance, sum(parts[index - 1 :]) or 1)
        self.repriced = False
        part = parts[index - 1] * self.weight[0] // self.weight[1]
        if part > self.balance and not self.prepaid:
            raise InputError(
                f"principal_parts: row {index} repays {major(part, self.plan.currency)}, more "
                f"than the balance {major(self.balance, self.plan.currency)} drawn by then"
            )
        return min(part, self.balance)

    def _after_extra(self) -> None:
        self.prepaid = True
        if self.plan.extra_mode == "lower":
            self.repriced = True

    def _check_extra(self, day: date, amount: int, balance: int) -> None:
        if amount > balance:
            currency = self.plan.currency
            raise InputError(
                f"extra_payments: {major(amount, currency)} on {day} is more than the balance "
                f"{major(balance, currency)} on that day"
            )

    def _check_early_end(self, index: int) -> None:
        plan = self.plan
        for day, amount in plan.extras:
            if day > plan.due[index]:
                self._check_extra(day, amount, 0)
        if self.prepaid and plan.extra_mode == "same" and index < plan.rows:
            raise InputError(
                f"extra_mode: 'same' keeps all {plan.rows} due dates, but with the extra payments "
                f"the loan is repaid by {plan.due[index]}; use 'shorter' or 'lower'"
            )

    def _emit(self, due: date, days: int, principal: int, interest: int, extra: int) -> None:
        opening = self.balance
        self.balance = opening - principal
        row = (due, days, opening, self.drawn, principal, interest, self.balance, extra)
        self.rows.append(row)
        self.drawn = 0

    def _last_draw(self) -> int:
        return max((k for k, events in self.plan.events.items() if events.draws), default=1)

    def _plain_from(self) -> int:
        """The first period from which every row is plain; past the last row if none is."""
        plan, never = self.plan, self.plan.rows + 1
        if plan.method not in ("level", "equal-principal", "bullet"):
            return never
        bounds = plan.accrual.bounds
        first = max(plan.last_event, plan.grace) + 1
        for since, _ in plan.accrual.steps[1:]:
            while first <= plan.rows and bounds[first - 1] < since:
                first += 1
        masked = plan.pays_interest if plan.method == "bullet" else plan.pays_principal
        if not all(masked[first:]) or not all(plan.pays_interest[first:]):
            return never
        return first

    def _finish_plain(self, index: int) -> Columns:
        plan, accrual = self.plan, self.plan.accrual
        factors = self._factors(index)
        if plan.method == "level":
            rate = accrual.ruling_rate(index)
            if self.repriced or rate != self.rate:
                num, den = accrual.whole(index)
                ratio = (self.balance * num, den)
                self._set_level(index, rate, ratio, _rounded(ratio, plan))
        elif plan.method == "bullet":
            self.payment = 0
        elif self.repriced:
            self._set_equal_part(index)
        crumbs = self._crumbs() if plan.method == "equal-principal" else 0
        interest, principal, closing = plain_rows(
            plan, index, self.balance, self.payment, factors, self.end, crumbs
        )
        end = index + len(interest)
        if end <= plan.rows:
            self._check_early_end(end - 1)
        ordinals = list(map(date.toordinal, accrual.bounds[index - 1 : end]))
        days = list(map(sub, ordinals[1:], ordinals))
        days[0] = ordinals[1] - self.mark.toordinal()
        drawn = [0] * len(interest)
        drawn[0] = self.drawn
        return self._columns(
            plan.due[index:end],
            days,
            [self.balance, *closing[:-1]],
            drawn,
            principal,
            interest,
            closing,
            [0] * len(interest),
        )

    def _factors(self, index: int) -> Iterable[Ratio]:
        plan, accrual = self.plan, self.plan.accrual
        rate = accrual.rate_on(accrual.bounds[index - 1])
        periods = accrual.periods
        regular = index > 1 or periods.first_share == (1, periods.per_year)
        regular = regular and periods.last_share is None
        if accrual.day_count is None and regular:
            num, den = rate
            return repeat((num, den * periods.per_year), plan.rows - index + 1)
        return accrual.later(index, plan.rows, rate)

    def _columns(self, *tail: Sequence[Any]) -> Columns:
        """The rows so far, then the columns of `tail`, in the order of `self.rows`."""
        merged = [tuple(column) for column in tail]
        if self.rows:
            head = zip(*self.rows, strict=True)
            merged = [old + new for old, new in zip_longest(head, merged, fillvalue=())]
        due, days, opening, drawn, principal, interest, closing, extra = merged
        payment = tuple(map(add, principal, interest))
        fee = (0,) * len(due)
        return Columns(due, days, opening, drawn, principal, interest, fee, payment, closing, extra)


def _rounded(ratio: Ratio, plan: LoanPlan) -> int:
    return round_ratio(ratio[0], ratio[1], plan.rule)
