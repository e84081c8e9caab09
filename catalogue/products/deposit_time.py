"""Time deposits: a lump sum for a fixed tenor, drawn early, in parts, late, or renewed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from catalogue.errors import InputError
from catalogue.maths import auto_renewal, time_withdrawal
from catalogue.maths.deposit_result import DepositInterest
from catalogue.products.context import QuoteContext
from catalogue.products.deposit import Deposit, Outcome, Parts
from catalogue.products.deposit_rates import rate_path, shifted
from catalogue.products.deposit_rows import Ledger
from catalogue.products.results import Result, Terms, annual
from catalogue.values import Money


class TimeDeposit(Deposit):
    """Contract rate to maturity; the demand rate for what is drawn early and for days beyond.

    The term `day_count` (30/360 if left out) is that of the contract rate; the ask's `interest_method`
    may take actual days, its `renew` a new term at each maturity.
    """

    def day_count(self, ctx: QuoteContext) -> str:
        """The day count of the contract rate: the definition's, or actual days where the ask says so."""
        if ctx.ask.get("interest_method") == "actual-days":
            return "act/360"
        return ctx.term("day_count", "30/360")

    def outcome(self, ctx: QuoteContext, terms: Terms, on: date | None, parts: Parts) -> Outcome:
        """The parts, each at the demand rate, then the rest at maturity or on `on`."""
        maturity = ctx.ask.maturity
        if ctx.ask.get("renew") and "withdraw_on" not in ctx.ask:
            ctx.warn("renew: the first term is priced; state withdraw_on for the terms after it")
        for day, _ in parts:
            if day >= maturity:
                raise InputError(f"withdraw_on: {day}; from maturity {maturity} on all is paid out")
        amount = ctx.ask.amount.amount
        ledger = Ledger(terms.start, amount, terms.currency)
        received: list[tuple[date, Decimal, str]] = []
        interest: list[DepositInterest] = []
        left = amount
        for day, part in parts:
            made = self._drawn(ctx, terms, left, day, part)
            ledger.post(day, interest=made.net, paid=made.paid)
            received.append((day, made.paid, "part withdrawal"))
            interest.append(made)
            left -= part
        results = _of_parts(received, left, terms)
        if on is not None and on > maturity and ctx.ask.get("renew"):
            return self._renewed(ctx, terms, left, on, ledger, received, interest, results)
        end = on or maturity
        made = self._drawn(ctx, terms, left, end, None)
        ledger.post(end, interest=made.net, paid=made.paid)
        label = "repayment" if end == maturity else "withdrawal"
        received.append((end, made.paid, label))
        interest.append(made)
        if on is not None and not parts:
            results.append(withdrawn(made.paid, terms))
        return Outcome([(terms.start, amount)], received, interest, ledger.rows, results)

    def _drawn(
        self, ctx: QuoteContext, terms: Terms, left: Decimal, on: date, part: Decimal | None
    ) -> DepositInterest:
        """Principal and interest paid out on a day: a part of what is left, or all of it."""
        return time_withdrawal(
            left,
            annual(terms),
            start=terms.start,
            maturity=ctx.ask.maturity,
            on=on,
            amount=part,
            demand_rate=self.demand_rate(ctx, on),
            day_count=self.day_count(ctx),
            tax_rate=self.tax(ctx),
            currency=terms.currency,
        ).interest

    def _renewed(
        self,
        ctx: QuoteContext,
        terms: Terms,
        left: Decimal,
        on: date,
        ledger: Ledger,
        received: list[tuple[date, Decimal, str]],
        interest: list[DepositInterest],
        results: list[Result],
    ) -> Outcome:
        """Renewed at each maturity until `on`, each term at the rate of its own first day."""
        path = rate_path(ctx, until=on, column=self.rate_column(ctx), tenor=ctx.ask.tenor)
        made = auto_renewal(
            left,
            shifted(path, annual(terms)),
            start=terms.start,
            tenor=str(ctx.ask.tenor),
            on=on,
            demand_rate=self.demand_rate(ctx, on),
            day_count=self.day_count(ctx),
            tax_rate=self.tax(ctx),
            currency=terms.currency,
        )
        for term in made.terms:
            last = term.end == on
            ledger.post(
                term.end, interest=term.interest.net, paid=made.paid if last else Decimal(0)
            )
        if made.unfinished is not None:
            ledger.post(on, interest=made.unfinished.net, paid=made.paid)
        notes = []
        if any(term.start > ctx.as_of for term in made.terms):
            notes.append(
                "renew: renewals after the pricing date are priced at its rate; each will"
                " bear the rate of its own day"
            )
        return Outcome(
            [(terms.start, ctx.ask.amount.amount)],
            [*received, (on, made.paid, "withdrawal")],
            [*interest, *(term.interest for term in made.terms), *filter(None, [made.unfinished])],
            ledger.rows,
            [
                *results,
                withdrawn(made.paid, terms),
                Result("renewals", "Terms completed", "已完成存期数", len(made.terms), "number"),
            ],
            notes,
        )


class KindOfDeposit(TimeDeposit):
    """A deposit whose ask chooses the `kind`, time or demand; on demand nothing is early."""

    def alternatives(
        self, ctx: QuoteContext, terms: Terms, on: date | None, parts: Parts, made: Outcome
    ) -> list[Result]:
        """What holding or drawing early gives; nothing for a demand account."""
        if ctx.ask["kind"] == "demand":
            return []
        return super().alternatives(ctx, terms, on, parts, made)


def withdrawn(paid: Decimal, terms: Terms) -> Result:
    """The result: received on the day of withdrawal."""
    return Result(
        "withdrawn", "Received on withdrawal", "支取实得本息", Money.of(paid, terms.currency)
    )


def _of_parts(
    received: list[tuple[date, Decimal, str]], left: Decimal, terms: Terms
) -> list[Result]:
    """Results on part withdrawals: what they paid, what is left at the contract rate."""
    if not received:
        return []
    paid = sum((amount for _, amount, _ in received), Decimal(0))
    rest = Money.of(left, terms.currency)
    return [
        withdrawn(paid, terms),
        Result("rest", "Left at the contract rate", "剩余本金按原利率", rest),
    ]
