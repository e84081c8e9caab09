"""Provident-fund home loan (个人住房公积金贷款): lent from the housing provident fund at its own rates."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import Check, Contract, QuoteContext, QuotedRate, Result, Terms
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.home_loan import HomeLoanBase
from catalogue.products.loan import need_amount
from catalogue.products.provident_fund import (
    fund_check,
    fund_results,
    provident_down_payment,
    provident_rate,
)
from catalogue.products.rate_book import Reference


class ProvidentFundHomeLoan(HomeLoanBase):
    """Within the city's limit and what the account bears; the bank lends for the fund."""

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """The fund's rate by tenor and home."""
        return provident_rate(ctx)

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """The home loan's figures and the fund's limit."""
        return [*super().results(ctx, terms, rows), *fund_results(ctx)]

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """The home loan's checks and the fund's limit."""
        return [*super().eligibility(ctx, terms, contract), fund_check(ctx, need_amount(terms))]

    def least_down_payment(self, ctx: QuoteContext) -> Reference | None:
        """By the fund's rule of the day."""
        return provident_down_payment(ctx)


plugin = ProvidentFundHomeLoan()
