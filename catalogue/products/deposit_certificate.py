"""Certificates of deposit: interest at maturity or by period, drawn early, or transferred."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs

from catalogue.errors import InputError
from catalogue.maths import certificate_interest, certificate_transfer, term_interest
from catalogue.maths.deposit_certificate import Payment
from catalogue.maths.deposit_result import DepositInterest
from catalogue.products.context import QuoteContext
from catalogue.products.deposit import Outcome, Parts, claw_back
from catalogue.products.deposit_rows import Ledger
from catalogue.products.deposit_time import TimeDeposit, withdrawn
from catalogue.products.results import Result, Terms, annual
from catalogue.values import Money


class CertificateDeposit(TimeDeposit):
    """A lump sum whose interest is paid at maturity, or every period from the value date on.

    Ask fields: `interest_payment` (at-maturity unless stated), and for the price of a transfer
    `transfer_on` and `buyer_rate`.
    """

    def payment(self, ctx: QuoteContext) -> Payment:
        """How the interest is paid."""
        found: Payment = ctx.ask.get("interest_payment", "at-maturity")
        return found

    def outcome(self, ctx: QuoteContext, terms: Terms, on: date | None, parts: Parts) -> Outcome:
        """As a time deposit where interest comes at maturity; else by period, taken back if broken."""
        payment = self.payment(ctx)
        if payment == "at-maturity":
            made = super().outcome(ctx, terms, on, parts)
        elif parts:
            raise InputError(
                "withdraw_amount: with interest by period the whole is drawn, or nothing"
            )
        else:
            made = self._by_period(ctx, terms, payment, on)
        return attrs.evolve(made, results=[*made.results, *self._transfer(ctx, terms, payment)])

    def _by_period(
        self, ctx: QuoteContext, terms: Terms, payment: Payment, on: date | None
    ) -> Outcome:
        """Payments up to `on`; early, the demand rate holds for all the time and the rest comes off."""
        amount, maturity = ctx.ask.amount.amount, ctx.ask.maturity
        end = on or maturity
        planned = certificate_interest(
            amount,
            annual(terms),
            start=terms.start,
            maturity=maturity,
            payment=payment,
            day_count=self.day_count(ctx),
            tax_rate=self.tax(ctx),
            currency=terms.currency,
        ).payments
        made = [(due, part) for due, part in planned if due <= end]
        ledger = Ledger(terms.start, amount, terms.currency)
        received: list[tuple[date, Decimal, str]] = []
        for due, part in made:
            paid = part.net + (amount if due == end else 0)
            ledger.post(due, interest=part.net, paid=paid)
            received.append((due, part.net, "interest"))
        interest = [part for _, part in made]
        results = [_each(planned[0][1], terms)]
        if end < maturity:
            return self._broken(ctx, terms, end, ledger, received, results)
        if end > maturity:
            late = self._on_demand(ctx, terms, maturity, end, "after maturity: demand rate")
            ledger.post(end, interest=late.net, paid=late.paid)
            interest.append(late)
            received.append((end, late.paid, "withdrawal"))
            results.append(withdrawn(late.paid, terms))
        else:
            received.append((end, amount, "repayment"))
        return Outcome([(terms.start, amount)], received, interest, ledger.rows, results)

    def _broken(
        self,
        ctx: QuoteContext,
        terms: Terms,
        end: date,
        ledger: Ledger,
        received: list[tuple[date, Decimal, str]],
        results: list[Result],
    ) -> Outcome:
        due = self._on_demand(ctx, terms, terms.start, end, "early: demand rate")
        drawn = sum((paid for _, paid, _ in received), Decimal(0))
        back = drawn - due.net
        final = ctx.ask.amount.amount - back
        # a payment that fell due on the very day stands in the row of the closing
        rows = [row for row in ledger.rows if row.due < end]
        closing = Ledger(
            rows[-1].due if rows else terms.start, ctx.ask.amount.amount, terms.currency
        )
        on_day = sum((paid for day, paid, _ in received if day == end), Decimal(0))
        closing.post(end, interest=on_day - back, paid=final + on_day)
        last = attrs.evolve(closing.rows[0], n=len(rows) + 1)
        results += [withdrawn(final, terms), claw_back(back, terms)]
        return Outcome(
            [(terms.start, ctx.ask.amount.amount)],
            [*received, (end, final, "closing")],
            [due],
            (*rows, last),
            results,
        )

    def _on_demand(
        self, ctx: QuoteContext, terms: Terms, start: date, end: date, reason: str
    ) -> DepositInterest:
        return term_interest(
            ctx.ask.amount.amount,
            self.demand_rate(ctx, end),
            start=start,
            end=end,
            reason=reason,
            day_count="act/360",
            tax_rate=self.tax(ctx),
            currency=terms.currency,
        )

    def _transfer(self, ctx: QuoteContext, terms: Terms, payment: Payment) -> list[Result]:
        """The price that leaves a buyer of the certificate the yield that he wants."""
        on = ctx.ask.get("transfer_on")
        if on is None:
            if "buyer_rate" in ctx.ask:
                raise InputError("buyer_rate: prices a transfer; state its day transfer_on too")
            return []
        maturity = ctx.ask.maturity
        if payment != "at-maturity":
            raise InputError("transfer_on: is priced for a certificate with interest at maturity")
        if not terms.start < on < maturity:
            raise InputError(f"transfer_on: {on} is not between {terms.start} and {maturity}")
        price = certificate_transfer(
            ctx.ask.amount.amount,
            annual(terms),
            start=terms.start,
            maturity=maturity,
            on=on,
            buyer_rate=ctx.ask.need("buyer_rate"),
            day_count=self.day_count(ctx),
            currency=terms.currency,
        )
        label = "Price of a transfer"
        return [Result("transfer_price", label, "转让价格", Money.of(price, terms.currency))]


def _each(first: DepositInterest, terms: Terms) -> Result:
    amount = Money.of(first.net, terms.currency)
    return Result("each_payment", "Interest a period", "每期利息", amount)
