"""The base of government bonds sold at the counter: hold to maturity, or cash in early by holding bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from catalogue.definitions.figures import Figure
from catalogue.errors import InputError
from catalogue.maths import deposit_interest, retail_bond_redemption
from catalogue.maths.retail_bond import BondRedemption
from catalogue.products.base import Product
from catalogue.products.context import QuoteContext
from catalogue.products.results import Contract, Fee, Flow, PlainRow, Result, Terms
from catalogue.values import Money, add_months, percent_text


class RetailBond(Product):
    """A bond of a fixed tenor with its coupon by tenor; `redeem_on` in the ask cashes it in early."""

    def coupon(self, ctx: QuoteContext) -> Decimal:
        """The annual rate for the ask's tenor."""
        stated: Decimal | None = ctx.ask.get("coupon")
        return stated if stated is not None else ctx.figure("coupon", key=str(ctx.ask.tenor))

    def early(self, ctx: QuoteContext, terms: Terms) -> BondRedemption | None:
        """What cashing in on `redeem_on` gives; None when the bond is held to maturity."""
        on: date | None = ctx.ask.get("redeem_on")
        if on is None:
            return None
        if not terms.start < on < ctx.ask.maturity:
            raise InputError(f"redeem_on: {on} is not between {terms.start} and {ctx.ask.maturity}")
        return self.redemption(ctx, terms, on)

    def redemption(self, ctx: QuoteContext, terms: Terms, on: date) -> BondRedemption:
        """The early redemption by the product's own rule."""
        return retail_bond_redemption(
            ctx.ask.amount.amount,
            start=terms.start,
            on=on,
            rates=held_rates(ctx, str(ctx.ask.tenor)),
            fee_rate=ctx.figure("redemption_fee"),
        )

    def yearly(self, ctx: QuoteContext, terms: Terms) -> list[PlainRow]:
        """Rows of yearly interest; the last one gives the principal back."""
        amount, rate = ctx.ask.amount, self.coupon(ctx)
        years = (ctx.ask.tenor.months or 0) // 12
        rows, before = [], terms.start
        for n in range(1, years + 1):
            due = add_months(terms.start, 12 * n)
            interest = deposit_interest(amount.amount, rate, start=before, end=due)
            principal = amount.amount if n == years else Decimal("0.00")
            rows.append(
                PlainRow(
                    n,
                    due,
                    (due - before).days,
                    amount.amount,
                    principal,
                    interest,
                    Decimal("0.00"),
                    principal + interest,
                    amount.amount - principal,
                )
            )
            before = due
        return rows

    def contract(
        self,
        terms: Terms,
        amount: Money,
        interest: Money,
        end: date,
        rows: list[PlainRow],
        results: list[Result],
    ) -> Contract:
        """Principal paid in, principal and interest received."""
        paid_out = [
            Flow(row.due, Money.of(row.payment), "interest" if row.closing else "repayment")
            for row in rows
        ]
        flows = (
            Flow(terms.start, -amount, "purchase"),
            *(paid_out or [Flow(end, amount + interest, "repayment")]),
        )
        return Contract(
            terms.currency,
            flows,
            {"principal": amount, "interest": interest},
            tuple(rows),
            tuple(results),
        )

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The fee on the principal cashed in early."""
        early = self.early(ctx, terms)
        if early is None:
            return ()
        rate = ctx.figure("redemption_fee")
        return [
            Fee(
                "early-redemption",
                "Early redemption fee",
                "提前兑取手续费",
                Money.of(early.fee),
                f"{ctx.ask.amount.grouped()} × {percent_text(rate)}",
                ctx.source("figures", "redemption_fee"),
                base=ctx.ask.amount,
                due=ctx.ask["redeem_on"],
            )
        ]


def held_rates(ctx: QuoteContext, tenor: str) -> Mapping[str, Decimal]:
    """Least time held → annual rate, of the figure `held_<tenor>`."""
    name = f"held_{tenor}"
    figure: Figure | None = ctx.version.figures.get(name)
    if figure is None:
        raise InputError(f"tenor: {tenor} has no rates for early redemption")
    return {held: ctx.figure(name, key=held) for held in figure.values}
