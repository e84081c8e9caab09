"""A card account day by day: statements, free days, interest from the day of posting, charges.

What is owed is kept in lots: purchases, cash, and charges (fees and interest). A statement takes in
all lots posted up to its day. When payments after it and up to its due day reach its balance, its
purchases bear no interest; otherwise all of them, also those already paid, bear interest from the day
of posting until the day of payment, charged on the next statement. Cash bears interest from its first
day. Payments settle what stands on a statement before what does not, and in either charges, then cash,
then the oldest purchase. Interest is rounded once a statement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import attrs

from catalogue.errors import InputError
from catalogue.values import Money, add_months, percent_text
from catalogue.values.text import clean, suggest

KINDS = ("purchase", "abroad", "cash", "payment")
_ORDER = {"charge": 0, "cash": 1, "purchase": 2}


@attrs.frozen
class CardRules:
    """The figures of a card: shares and rates as fractions, amounts in yuan.

    `over_limit_share` is charged a statement on the greatest excess over `limit`; with
    `over_limit_ends_free` purchases of such a statement bear interest also when it is paid in full.
    With `compound` interest and charges that stand on a statement bear interest too. The minimum
    payment is a share of the purchases, of the cash and of the charges that are owed; with `arrears`
    what earlier minimums left unpaid of purchases is due whole.
    """

    limit: Money
    statement_day: int
    due_days: int
    daily_rate: Decimal
    minimum_share: Decimal
    minimum_cash_share: Decimal
    minimum_charge_share: Decimal
    late_share: Decimal
    late_minimum: Money
    over_limit_share: Decimal
    cash_share: Decimal
    cash_minimum: Money
    markup: Decimal
    compound: bool = False
    over_limit_ends_free: bool = False
    arrears: bool = False


@attrs.define
class Statement:
    """One statement: what was owed before, spent, paid, charged, and what is due when.

    `of_purchases` is the part of the minimum that is for purchases, `over_limit` says whether the
    account was over its limit on a day of the statement.
    """

    on: date
    due: date
    opening: Money
    spent: Money
    paid: Money
    interest: Money
    charges: Money
    balance: Money
    minimum: Money
    of_purchases: Money
    over_limit: bool
    paid_after: Money


@attrs.define
class _Lot:
    kind: Literal["purchase", "cash", "charge"]
    posted: date
    left: Fraction
    accrued: Fraction = Fraction(0)
    billed: date | None = None
    bears: bool = False


@attrs.define
class CardAccount:
    """Runs the postings of an account; `statements` and `fees` hold what came of them.

    `fees` maps a code (cash, markup, late, over-limit) to the days, amounts and words of its charges.
    """

    rules: CardRules
    statements: list[Statement] = attrs.field(factory=list)
    fees: dict[str, list[tuple[date, Money, str]]] = attrs.field(factory=dict)
    _lots: list[_Lot] = attrs.field(factory=list)
    _credit: Fraction = Fraction(0)
    _spent: Money = attrs.field(factory=Money.zero)
    _paid: Money = attrs.field(factory=Money.zero)
    _charged: Money = attrs.field(factory=Money.zero)
    _peak: Fraction = Fraction(0)

    def run(self, postings: Sequence[Mapping[str, Any]], start: date, end: date) -> None:
        """From `start` to `end`, a statement each month; `end` closes the account for the quote."""
        by_day = self._by_day(postings, start, end)
        day, rate = start, Fraction(self.rules.daily_rate)
        while day <= end:
            for kind, amount in by_day.get(day, ()):
                self._book(day, kind, amount)
            self._peak = max(self._peak, self._owed())
            self._fall_due(day)
            if day.day == self.rules.statement_day or day == end:
                self._close(day)
            for lot in self._lots:
                if lot.kind != "charge" or (self.rules.compound and lot.billed):
                    lot.accrued += lot.left * rate
            day += timedelta(days=1)

    def _by_day(
        self, postings: Sequence[Mapping[str, Any]], start: date, end: date
    ) -> Mapping[date, list[tuple[str, Money]]]:
        """Postings by day, checked; those of one day in the order in which they are stated."""
        made: dict[date, list[tuple[str, Money]]] = {}
        for number, row in enumerate(postings, 1):
            kind, day, amount = row["kind"], row["date"], row["amount"]
            where = f"postings[{number}]"
            if not start <= day <= end:
                raise InputError(f"{where}.date: {day} is not from {start} to {end}")
            if amount.minor <= 0:
                raise InputError(f"{where}.amount: {amount.text()} is not above zero")
            made.setdefault(day, []).append((kind, amount))
        return made

    def _book(self, day: date, kind: str, amount: Money) -> None:
        value = Fraction(amount.amount)
        if kind == "payment":
            self._paid += amount
            for statement in self.statements:
                if day <= statement.due:
                    statement.paid_after += amount
            self._settle(value)
            return
        self._spent += amount
        self._lots.append(_Lot("cash" if kind == "cash" else "purchase", day, value))
        if kind == "cash":
            rules = self.rules
            self._charge("cash", day, amount, rules.cash_share, rules.cash_minimum)
        elif kind == "abroad":
            self._charge("markup", day, amount, self.rules.markup, Money.zero())
        left, self._credit = self._credit, Fraction(0)
        self._settle(left)

    def _charge(self, code: str, day: date, base: Money, share: Decimal, least: Money) -> None:
        """A charge of a share of `base`, booked as a lot that the next statement takes in."""
        fee = max(base.scaled(share), least)
        if not fee:
            return
        self._lots.append(_Lot("charge", day, Fraction(fee.amount)))
        self._charged += fee
        bound = f", at least {least.grouped()}" if least else ""
        words = f"{base.grouped()} × {percent_text(share)}{bound}"
        self.fees.setdefault(code, []).append((day, fee, words))

    def _settle(self, value: Fraction) -> None:
        """Lots on a statement first; what is over stands to the holder's credit."""
        for lot in sorted(self._lots, key=lambda it: (it.billed is None, _ORDER[it.kind])):
            part = min(value, lot.left)
            lot.left -= part
            value -= part
        self._credit += value

    def _owed(self) -> Fraction:
        return sum((lot.left for lot in self._lots), Fraction(0)) - self._credit

    def _fall_due(self, day: date) -> None:
        """The end of a due day: purchases paid in full are free, the others bear interest."""
        for statement in self.statements:
            if statement.due != day:
                continue
            full = statement.paid_after >= statement.balance and not (
                self.rules.over_limit_ends_free and statement.over_limit
            )
            for lot in self._lots:
                if lot.kind == "purchase" and lot.billed == statement.on:
                    lot.bears = not full
                    lot.accrued = Fraction(0) if full else lot.accrued
            missing = statement.minimum - statement.paid_after
            if missing.minor > 0:
                self._charge("late", day, missing, self.rules.late_share, self.rules.late_minimum)

    def _close(self, day: date) -> None:
        rules = self.rules
        excess = Money.rounded(max(self._peak - Fraction(rules.limit.amount), Fraction(0)))
        if excess and day.day == rules.statement_day:
            self._charge("over-limit", day, excess, rules.over_limit_share, Money.zero())
        earned = Fraction(0)
        for lot in self._lots:
            if lot.bears or lot.kind != "purchase":
                earned += lot.accrued
                lot.accrued = Fraction(0)
            lot.billed = lot.billed or day
        interest = Money.rounded(earned)
        if interest:
            self._lots.append(_Lot("charge", day, Fraction(interest.amount), billed=day))
        self._lots = [lot for lot in self._lots if lot.left or lot.accrued]
        left, self._credit = self._credit, Fraction(0)
        self._settle(left)
        balance = Money.rounded(self._owed())
        minimum, of_purchases = self._minimum(day)
        opening = self.statements[-1].balance if self.statements else Money.zero()
        self.statements.append(
            Statement(
                day, day + timedelta(days=rules.due_days), opening, self._spent, self._paid,
                interest, self._charged, balance, minimum, of_purchases, bool(excess), Money.zero(),
            )
        )  # fmt: skip
        self._spent = self._paid = self._charged = Money.zero()
        self._peak = self._owed()

    def _minimum(self, day: date) -> tuple[Money, Money]:
        """(the minimum payment, what of it is for purchases) of the statement of `day`.

        Payments reach charges and cash first, so that of a minimum that was missed the purchases' part
        is what stays unpaid; charges and cash that stay are in their own shares again.
        """
        rules, left = self.rules, dict.fromkeys(_ORDER, Fraction(0))
        for lot in self._lots:
            left[lot.kind] += lot.left
        late = Fraction(0)
        if rules.arrears and self.statements and self.statements[-1].due < day:
            before = self.statements[-1]
            unpaid = min(before.of_purchases, before.minimum - self._paid)
            late = min(max(Fraction(unpaid.amount), Fraction(0)), left["purchase"])
        purchases = late + (left["purchase"] - late) * Fraction(rules.minimum_share)
        others = left["cash"] * Fraction(rules.minimum_cash_share)
        others += left["charge"] * Fraction(rules.minimum_charge_share)
        return Money.rounded(purchases + others), Money.rounded(purchases)


def check_kind(kind: str, where: str) -> None:
    """InputError, with the nearest kind, unless `kind` is one of KINDS; `where` names the posting."""
    if kind not in KINDS:
        hint = suggest(kind, KINDS) or f"; it is one of {', '.join(KINDS)}"
        raise InputError(f"{where}.kind: {clean(repr(kind))} is not a kind{hint}")


def free_days(rules: CardRules, posted: date) -> int:
    """Days from a posting to the due day of its statement.

    A posting on the statement day still stands on that day's statement.
    """
    statement = posted.replace(day=rules.statement_day)
    if posted.day > rules.statement_day:
        statement = add_months(statement, 1)
    return (statement + timedelta(days=rules.due_days) - posted).days
