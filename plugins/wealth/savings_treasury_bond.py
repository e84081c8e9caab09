"""Savings treasury bonds (储蓄国债·电子式): yearly interest; early redemption gives up days of it."""

from __future__ import annotations

from datetime import date, timedelta

from catalogue import Contract, Money, QuoteContext, Result, Terms
from catalogue.maths import deposit_interest
from catalogue.products.results import PlainRow
from catalogue.products.retail_bond import RetailBond, receipt
from catalogue.values import add_months, months_between


class SavingsTreasuryBond(RetailBond):
    """The coupon is paid each year and kept; cashing in settles the year begun less the days given up."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Yearly interest to maturity, or to `redeem_on`, on which the rest is settled."""
        rate = self.coupon(ctx)
        yearly = ctx.ask.amount.scaled(rate)
        results = [
            Result("yearly_interest", "Interest a year", "每年付息", yearly),
            Result("coupon", "Annual rate", "票面年利率", rate, "rate"),
        ]
        rows, on = self._years(ctx, terms, yearly), self.redeemed(ctx, terms)
        if on is not None:
            rows, settled = self._cash_in(ctx, terms, [row for row in rows if row.due <= on], on)
            results += settled
        ctx.explain(
            "result.yearly_interest",
            yearly,
            "principal × annual rate",
            {"principal": ctx.ask.amount, "coupon": rate},
        )
        return self.contract(terms, rows, [*results, *self.from_issuer(ctx)])

    def _years(self, ctx: QuoteContext, terms: Terms, yearly: Money) -> list[PlainRow]:
        """A row a year, counted from the value date; the last one repays the principal."""
        years = (ctx.ask.tenor.months or 0) // 12
        days = [add_months(terms.start, 12 * n) for n in range(years + 1)]
        return [
            receipt(n, days[n - 1], days[n], ctx.ask.amount, yearly, repaid=n == years)
            for n in range(1, years + 1)
        ]

    def _cash_in(
        self, ctx: QuoteContext, terms: Terms, rows: list[PlainRow], on: date
    ) -> tuple[list[PlainRow], list[Result]]:
        """The rows already paid and the settlement: interest since the last one less the days given up.

        What is given up is taken from the principal when the year begun holds less, but never more
        than all the interest of the bond.
        """
        amount, since = ctx.ask.amount, rows[-1].due if rows else terms.start
        paid = Money.total((Money.of(row.interest) for row in rows), terms.currency)
        accrued = self._interest(ctx, since, on)
        days, given_up = self._given_up(ctx, terms.start, on, paid + accrued)
        settled = accrued - given_up
        ctx.explain(
            "result.given_up",
            given_up,
            "principal × annual rate × days given up ÷ 365",
            {"held_since": terms.start, "on": on, "days": days},
        )
        results = [
            Result(
                "cashed_in",
                "Received when cashed in, less the fee",
                "提前兑取实得(扣手续费)",
                amount + settled - self.redemption_fee(ctx),
            ),
            Result("paid_before", "Interest paid before, kept", "此前已付利息(不退回)", paid),
            Result("accrued", "Interest since the last payment", "上一付息日以来利息", accrued),
            Result("days_given_up", "Days of interest given up", "扣除利息天数", days, "days"),
            Result("given_up", "Interest given up", "扣除利息", given_up),
        ]
        last = receipt(len(rows) + 1, since, on, amount, settled, repaid=True)
        return [*rows, last], results

    def _given_up(
        self, ctx: QuoteContext, start: date, on: date, whole: Money
    ) -> tuple[int, Money]:
        """(days, interest) given up: `whole`, all of it, when held shorter than the first months."""
        held, _ = months_between(start, on)
        if held < ctx.figure("no_interest_months"):
            return (on - start).days, whole
        days = int(ctx.figure("days_given_up", at=held))
        return days, min(self._interest(ctx, on, on + timedelta(days=days)), whole)

    def _interest(self, ctx: QuoteContext, since: date, until: date) -> Money:
        """Interest by days, to the fen."""
        rate, basis = self.coupon(ctx), ctx.term("broken_day_count")
        amount = ctx.ask.amount.amount
        return Money.of(deposit_interest(amount, rate, start=since, end=until, day_count=basis))


plugin = SavingsTreasuryBond()
