"""Policy-bank agency (代理政策性银行业务): a fee on the average balance and on flows."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import Money, QuoteContext, Result, Terms
from catalogue.products.agency import AgencyService
from catalogue.products.balances import average_balance


class PolicyBankAgency(AgencyService):
    """Loans looked after for a policy bank."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The ask as agreed; the fee on balances is computed on their average by days."""
        terms = super().terms(ctx)
        return terms.with_extra(average_balance=average_balance(ctx, terms, "balances"))

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """The average balance."""
        average: Money = terms.extra["average_balance"]
        return [Result("average_balance", "Average daily balance", "日均余额", average)]


plugin = PolicyBankAgency()
