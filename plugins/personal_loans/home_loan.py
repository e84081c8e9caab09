"""Home loan (个人住房贷款), commercial: LPR plus points, before that the benchmark or preferential rates."""

from __future__ import annotations

from catalogue import QuoteContext, QuotedRate, Terms
from catalogue.products.home_loan import HomeLoanBase
from catalogue.products.home_rules import home_rate, least_down_payment
from catalogue.products.rate_book import Reference


class HomeLoan(HomeLoanBase):
    """A mortgage on the home that it buys."""

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """By the kind of home, not below the floor of the day."""
        return home_rate(ctx).rate

    def terms(self, ctx: QuoteContext) -> Terms:
        """With the multiple of the reference, by which later repricing goes."""
        terms, multiple = super().terms(ctx), home_rate(ctx).multiple
        return terms if multiple == 1 else terms.with_extra(rate_multiple=multiple)

    def least_down_payment(self, ctx: QuoteContext) -> Reference | None:
        """By the rule of the day for the kind of home."""
        return least_down_payment(ctx)


plugin = HomeLoan()
