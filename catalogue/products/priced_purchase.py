"""The base of loans for one purchase: a share of its price, small tenors, the household's income."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from catalogue.errors import InputError
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.affordability import (
    age_check,
    income_checks,
    income_results,
    monthly_burden,
)
from catalogue.products.context import QuoteContext
from catalogue.products.loan import Loan, need_amount
from catalogue.products.results import Check, Contract, Result, Terms
from catalogue.products.trade import share_of
from catalogue.values import percent_text


class PurchaseLoan(Loan):
    """A loan of at most `max_share` (by `security` in the ask) of the field `price_field`."""

    price_field = "price"

    def terms(self, ctx: QuoteContext) -> Terms:
        """The loan, within its share of the price."""
        price, most = ctx.ask[self.price_field], ctx.figure("max_share", key=ctx.ask["security"])
        allowed = share_of(price, most)
        if ctx.ask.amount > allowed:
            raise InputError(
                f"amount: {ctx.ask.amount.grouped()} is over {percent_text(most)} of the price, {allowed.grouped()}"
            )
        return super().terms(ctx)

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """Down payment, share, and the burden on the household's income."""
        price, amount, burden = (
            ctx.ask[self.price_field],
            need_amount(terms),
            monthly_burden(rows, terms),
        )
        share = (amount.amount / price.amount).quantize(Decimal("0.0001"))
        return [
            *super().results(ctx, terms, rows),
            Result("down_payment", "Down payment", "首付款", price - amount),
            Result("price_share", "Loan to price", "贷款占价款比例", share, "rate"),
            Result("monthly_burden", "Burden a month", "月均还款负担", burden),
            *income_results(ctx, burden),
        ]

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """Income and age, with those of a joint borrower."""
        return [*income_checks(ctx, contract.result("monthly_burden")), *age_check(ctx, terms)]
