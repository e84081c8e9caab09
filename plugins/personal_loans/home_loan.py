"""Home loan (个人住房贷款), commercial: LPR plus points, before that the benchmark or preferential rates."""

from __future__ import annotations

from catalogue import QuoteContext
from catalogue.products.home_loan import CommercialHomeLoan
from catalogue.products.home_rules import least_down_payment
from catalogue.products.rate_book import Reference


class HomeLoan(CommercialHomeLoan):
    """A mortgage on the home that it buys."""

    def least_down_payment(self, ctx: QuoteContext) -> Reference | None:
        """By the rule of the day for the kind of home."""
        return least_down_payment(ctx)


plugin = HomeLoan()
