"""The base of loans for one purchase: a share of its price, small tenors, the household's income."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.errors import InputError
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.affordability import burden_results, monthly_burden
from catalogue.products.collateral import loan_to_value
from catalogue.products.context import QuoteContext
from catalogue.products.guarantor import household_checks
from catalogue.products.loan import Loan, need_amount
from catalogue.products.results import Check, Contract, Result, Terms
from catalogue.products.verdict import verdict
from catalogue.values import Money, percent_text


class PurchaseLoan(Loan):
    """A loan of at most the figure `max_share` (by `security` in the ask) of the field `price_field`.

    With security `pledge` it is also at most `max_pledge_share` of the ask's `pledge_value`.
    """

    price_field = "price"
    deciding_fields = ("security",)

    def terms(self, ctx: QuoteContext) -> Terms:
        """The loan as agreed; more than the price is refused."""
        price: Money = ctx.ask[self.price_field]
        if ctx.ask.amount > price:
            raise InputError(
                f"amount: {ctx.ask.amount.grouped()} is more than the price, {price.grouped()}"
            )
        return super().terms(ctx)

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """Down payment, share, greatest loan, and the burden on the household's income."""
        price, amount = ctx.ask[self.price_field], need_amount(terms)
        burden = monthly_burden(rows, terms)
        return [
            *super().results(ctx, terms, rows),
            Result("down_payment", "Down payment", "首付款", price - amount),
            Result(
                "price_share",
                "Loan to price",
                "贷款占价款比例",
                loan_to_value(amount, price),
                "rate",
            ),
            Result("max_loan", "Greatest loan on this price", "最高可贷额度", self._most(ctx)),
            *burden_results(ctx, burden),
        ]

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """The share of the price, the pledge, income and age with those of a joint borrower."""
        return [
            self._share_check(ctx, terms),
            *self._pledge_check(ctx, terms),
            *household_checks(ctx, terms, contract),
        ]

    def _most(self, ctx: QuoteContext) -> Money:
        price: Money = ctx.ask[self.price_field]
        return price.scaled(ctx.figure("max_share", key=ctx.ask["security"]))

    def _share_check(self, ctx: QuoteContext, terms: Terms) -> Check:
        security, amount = ctx.ask["security"], need_amount(terms)
        most = percent_text(ctx.figure("max_share", key=security))
        return verdict(
            ctx,
            "price-share",
            amount <= self._most(ctx),
            (f"The loan is at most {most} of the price", f"贷款金额不超过价款的{most}"),
            source=ctx.source("figures", "max_share", "values", security),
            found={"amount": amount, "price": ctx.ask[self.price_field]},
        )

    def _pledge_check(self, ctx: QuoteContext, terms: Terms) -> Sequence[Check]:
        """The loan within the pledge; an unknown value refers."""
        if ctx.ask["security"] != "pledge":
            return ()
        value, share = ctx.ask.get("pledge_value"), ctx.figure("max_pledge_share")
        amount, most = need_amount(terms), percent_text(share)
        return (
            verdict(
                ctx,
                "pledge-share",
                None if value is None else amount <= value.scaled(share),
                (f"The loan is at most {most} of the pledge", f"贷款金额不超过质物价值的{most}"),
                source=ctx.source("figures", "max_pledge_share"),
                found={} if value is None else {"amount": amount, "value": value},
                missing=("ask.pledge_value",),
                bring=("certificate or bond to be pledged", "拟质押的存单或国债"),
            ),
        )
