"""Export bill purchase (出口押汇): documents bought with recourse, interest kept back."""

from __future__ import annotations

from datetime import timedelta

from catalogue import Contract, QuoteContext, Result, Terms
from catalogue.products.claims import bought, interest_on, year_of
from catalogue.products.results import annual
from catalogue.products.trade import MarketPriced, overdue_results, repaid_on


class ExportBillPurchase(MarketPriced):
    """A share of the documents is paid at once less interest for tenor and transit; the rest follows."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Financed amount, interest kept back, what is paid at once and what later."""
        amount, under = ctx.ask.amount, ctx.ask["under"]
        transit = int(ctx.figure("transit_days", key=under))
        days = (repaid_on(ctx) - terms.start).days + transit + ctx.ask["grace_days"]
        financed = amount.scaled(ctx.figure("max_share", key=under))
        interest = interest_on(financed, annual(terms), days, year_of(terms))
        paid = financed - interest
        ctx.explain(
            "totals.interest",
            interest,
            f"financed × rate × days ÷ {year_of(terms)}, days = tenor + transit + grace",
            {"financed": financed, "rate": annual(terms), "days": days, "transit": transit},
        )
        rest = amount - financed
        results = (
            Result("financed", "Financed", "融资金额", financed),
            Result("paid_at_once", "Paid at once", "实付金额", paid),
            Result("rest", "Paid when the documents are honoured", "收汇后支付余额", rest),
            Result("days", "Days of interest", "计息天数", days, "days"),
            *overdue_results(ctx, terms, financed),
        )
        return bought(terms, paid, financed, terms.start + timedelta(days=days), results)


plugin = ExportBillPurchase()
