"""Import bill advance (进口押汇): the bank pays, the importer repays at maturity."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from catalogue import QuoteContext, QuotedRate, Result, Terms
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.loan import Loan
from catalogue.products.trade import market_priced


class ImportBillAdvance(Loan):
    """Interest on actual days over 360 at the money-market rate of the currency plus a spread."""

    default_method = "at-maturity"
    default_frequency = "quarterly"

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """The market's rate and the spread."""
        return market_priced(ctx)

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """What an overdue day would bear."""
        annual = terms.rate.annual if terms.rate else Decimal(0)
        rate = annual * (1 + ctx.figure("overdue_uplift"))
        ctx.explain("rate.overdue", rate, "agreed rate × (1 + uplift)", {"agreed": annual})
        return (
            *super().results(ctx, terms, rows),
            Result("overdue_rate", "Rate when overdue", "逾期利率", rate, "rate"),
        )


plugin = ImportBillAdvance()
