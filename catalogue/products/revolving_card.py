"""A card account day by day: statements, free days, interest from the day of posting, late charges.

Purchases bear nothing if their statement is paid in full by its due day; else they bear interest from
the day of posting, charged on the next statement. Cash bears interest from its first day. Payments go to
interest and charges, then to cash, then to the oldest purchases. Interest is rounded once a statement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import attrs

from catalogue.errors import InputError
from catalogue.values import Money, add_months

KINDS = ("purchase", "abroad", "cash", "payment")


@attrs.frozen
class CardRules:
    """The figures of a card: rates as fractions, amounts in yuan."""

    statement_day: int
    due_days: int
    daily_rate: Fraction
    minimum_share: Fraction
    late_share: Fraction
    late_minimum: Money
    cash_share: Fraction
    cash_minimum: Money
    markup: Fraction


@attrs.frozen
class Statement:
    """One statement: what was owed, posted, paid, charged, and what is due."""

    on: date
    due: date
    opening: Money
    spent: Money
    paid: Money
    interest: Money
    charges: Money
    balance: Money
    minimum: Money


@attrs.define
class _Purchase:
    posted: date
    left: Fraction
    accrued: Fraction = Fraction(0)
    settled_on: date | None = None


@attrs.define
class CardAccount:
    """Runs the postings of an account; `statements` and `fees` hold what came of them."""

    rules: CardRules
    statements: list[Statement] = attrs.field(factory=list)
    fees: dict[str, list[tuple[date, Money, str]]] = attrs.field(factory=dict)
    _purchases: list[_Purchase] = attrs.field(factory=list)
    _cash: Fraction = Fraction(0)
    _charges: Fraction = Fraction(0)
    _earned: Fraction = Fraction(0)
    _credit: Fraction = Fraction(0)

    def run(self, postings: Sequence[Mapping[str, Any]], start: date, end: date) -> None:
        """From `start` to `end`, a statement each month and one on `end`."""
        by_day: dict[date, list[tuple[str, Money]]] = {}
        for number, row in enumerate(postings, 1):
            kind, day = row["kind"], row["date"]
            if kind not in KINDS:
                raise InputError(f"postings[{number}].kind: {kind!r} is not one of {', '.join(KINDS)}")
            if not start <= day <= end:
                raise InputError(f"postings[{number}].date: {day} is not from {start} to {end}")
            if row["amount"].minor <= 0:
                raise InputError(f"postings[{number}].amount: {row['amount'].text()} is not above zero")
            by_day.setdefault(day, []).append((kind, row["amount"]))
        spent = paid = charged = Money.zero()
        opening, day = Money.zero(), start
        while day <= end:
            for kind, amount in by_day.get(day, ()):
                if kind == "payment":
                    paid += amount
                    self._pay(day, Fraction(amount.amount))
                else:
                    spent += amount
                    charged += self._spend(day, kind, amount)
            charged += self._late(day)
            if day.day == self.rules.statement_day or day == end:
                opening = self._close(day, opening, spent, paid, charged)
                spent = paid = charged = Money.zero()
            self._accrue()
            day += timedelta(days=1)

    def _spend(self, day: date, kind: str, amount: Money) -> Money:
        """Book a purchase or cash; what it is charged at once."""
        value, fee = Fraction(amount.amount), Money.zero()
        if kind == "cash":
            self._cash += value
            fee = max(Money.rounded(value * self.rules.cash_share), self.rules.cash_minimum)
            self._note("cash", day, fee, f"{amount.grouped()} × {float(self.rules.cash_share):.2%}")
        else:
            if kind == "abroad":
                fee = Money.rounded(value * self.rules.markup)
                self._note("markup", day, fee, f"{amount.grouped()} × {float(self.rules.markup):.2%}")
            self._purchases.append(_Purchase(day, value))
        self._charges += Fraction(fee.amount)
        self._use_credit(day)
        return fee

    def _note(self, code: str, day: date, fee: Money, formula: str) -> None:
        self.fees.setdefault(code, []).append((day, fee, formula))

    def _use_credit(self, day: date) -> None:
        if self._credit:
            left, self._credit = self._credit, Fraction(0)
            self._pay(day, left)

    def _pay(self, day: date, value: Fraction) -> None:
        part = min(value, self._charges)
        self._charges -= part
        value -= part
        part = min(value, self._cash)
        self._cash -= part
        value -= part
        for purchase in self._purchases:
            part = min(value, purchase.left)
            purchase.left -= part
            value -= part
            if not purchase.left and purchase.settled_on is None:
                purchase.settled_on = day
        self._credit += value

    def _accrue(self) -> None:
        rate = self.rules.daily_rate
        self._earned += self._cash * rate
        for purchase in self._purchases:
            purchase.accrued += purchase.left * rate

    def _late(self, day: date) -> Money:
        """On a due day: free what is paid in full, charge interest on the rest, and the late charge."""
        made = Money.zero()
        for at, statement in enumerate(self.statements):
            if statement.due != day:
                continue
            paid = Fraction(statement.balance.amount) - self._owed_of(statement)
            if paid >= Fraction(statement.balance.amount):
                self._purchases = [p for p in self._purchases if p.posted > statement.on or p.left]
            missing = Fraction(statement.minimum.amount) - max(paid, Fraction(0))
            if statement.minimum and missing > 0:
                late = max(Money.rounded(missing * self.rules.late_share), self.rules.late_minimum)
                self._charges += Fraction(late.amount)
                self._note("late", day, late, f"{float(missing):,.2f} × {float(self.rules.late_share):.0%}")
                made += late
            del at
        return made

    def _owed_of(self, statement: Statement) -> Fraction:
        """What of a statement's balance is still unpaid."""
        old = sum((p.left for p in self._purchases if p.posted <= statement.on), Fraction(0))
        return min(Fraction(statement.balance.amount), old + self._cash + self._charges)

    def _close(self, day: date, opening: Money, spent: Money, paid: Money, charged: Money) -> Money:
        interest = Money.rounded(self._earned + self._due_interest(day))
        self._earned = Fraction(0)
        self._charges += Fraction(interest.amount)
        owed = sum((p.left for p in self._purchases), Fraction(0)) + self._cash + self._charges - self._credit
        balance = Money.rounded(owed)
        minimum = Money.rounded(max(owed, Fraction(0)) * self.rules.minimum_share)
        due = day + timedelta(days=self.rules.due_days)
        self.statements.append(Statement(day, due, opening, spent, paid, interest, charged, balance, minimum))
        return balance

    def _due_interest(self, day: date) -> Fraction:
        """Interest of purchases whose due day passed without payment in full; they bear it from posting."""
        made = Fraction(0)
        for purchase in self._purchases:
            statement = next((s for s in self.statements if s.on >= purchase.posted), None)
            if statement is None or statement.due > day:
                continue
            in_time = purchase.settled_on is not None and purchase.settled_on <= statement.due
            if not in_time:
                made += purchase.accrued
                purchase.accrued = Fraction(0)
        self._purchases = [p for p in self._purchases if p.left or p.accrued]
        return made


def free_days(rules: CardRules, posted: date) -> int:
    """Days from a posting to the due day of its statement."""
    statement = posted.replace(day=rules.statement_day)
    if posted.day > rules.statement_day:
        statement = add_months(statement, 1)
    return (statement + timedelta(days=rules.due_days) - posted).days
