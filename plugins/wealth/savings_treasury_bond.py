"""Savings treasury bonds (储蓄国债·电子式): yearly interest; early redemption gives up days of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from catalogue import Contract, Money, QuoteContext, Result, Terms
from catalogue.maths import retail_bond_redemption
from catalogue.maths.retail_bond import BondRedemption
from catalogue.products.retail_bond import RetailBond
from catalogue.values import add_months


class SavingsTreasuryBond(RetailBond):
    """The coupon is paid each year; cashing in settles the year begun less the days given up."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Yearly interest to maturity, or to `redeem_on`."""
        amount, rate = ctx.ask.amount, self.coupon(ctx)
        rows = self.yearly(ctx, terms)
        full = Money.total((Money.of(row.interest) for row in rows), "CNY")
        results = [
            Result("yearly_interest", "Interest a year", "每年付息", Money.of(rows[0].interest)),
            Result("coupon", "Annual rate", "票面年利率", rate, "rate"),
        ]
        early = self.early(ctx, terms)
        if early is None:
            return self.contract(terms, amount, full, ctx.ask.maturity, rows, results)
        on: date = ctx.ask["redeem_on"]
        paid = Money.total((Money.of(row.interest) for row in rows if row.due <= on), "CNY")
        last = Money.of(early.interest.gross) - paid
        results += [
            Result(
                "cashed_in",
                "Received when cashed in, after interest already paid",
                "提前兑取实得(扣除已付利息)",
                Money.of(early.paid) - paid,
            ),
            Result("paid_before", "Interest paid before", "此前已付利息", paid),
        ]
        ctx.explain(
            "totals.interest",
            paid + last,
            "coupon for the time held less the days given up",
            {"held_since": terms.start, "on": on, "days_given_up": self._days(ctx, terms, on)},
        )
        return self.contract(terms, amount, paid + last, on, [], results)

    def redemption(self, ctx: QuoteContext, terms: Terms, on: date) -> BondRedemption:
        """Nothing within the first months; then the coupon less the days of the band."""
        held = on >= add_months(terms.start, int(ctx.figure("no_interest_months")))
        return retail_bond_redemption(
            ctx.ask.amount.amount,
            start=terms.start,
            on=on,
            rates={"1d": self.coupon(ctx) if held else Decimal(0)},
            fee_rate=ctx.figure("redemption_fee"),
            deducted_days=self._days(ctx, terms, on) if held else 0,
            day_count=ctx.term("broken_day_count"),
        )

    def _days(self, ctx: QuoteContext, terms: Terms, on: date) -> int:
        months = 0
        while add_months(terms.start, months + 1) <= on:
            months += 1
        return int(ctx.figure("days_given_up", at=months))


plugin = SavingsTreasuryBond()
