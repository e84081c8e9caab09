"""Export bill purchase (出口押汇): documents bought, interest kept back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from catalogue import Contract, Flow, Money, Product, QuoteContext, QuotedRate, Result, Terms
from catalogue.products.results import PlainRow
from catalogue.products.trade import market_priced, share_of


class ExportBillPurchase(Product):
    """A share of the documents is paid at once less interest for tenor and transit; the rest follows."""

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """The market's rate and the spread."""
        return market_priced(ctx)

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Financed amount, interest kept back, what is paid at once and what later."""
        amount, under = ctx.ask.amount, ctx.ask["under"]
        days = (ctx.ask.maturity - terms.start).days + int(ctx.figure("transit_days", key=under))
        financed = share_of(amount, ctx.figure("max_share", key=under))
        rate = terms.rate.annual if terms.rate else Decimal(0)
        interest = Money.rounded(
            Fraction(financed.amount) * Fraction(rate) * days / 360, amount.currency
        )
        paid, due = financed - interest, terms.start + timedelta(days=days)
        ctx.explain(
            "totals.interest",
            interest,
            "financed × rate × days ÷ 360",
            {"financed": financed, "rate": rate, "days": days},
        )
        zero = Decimal("0.00")
        row = PlainRow(
            1, due, days, paid.amount, paid.amount, interest.amount, zero, financed.amount, zero
        )
        results = (
            Result("financed", "Financed", "融资金额", financed),
            Result("paid_at_once", "Paid at once", "实付金额", paid),
            Result(
                "rest", "Paid when the documents are honoured", "收汇后支付余额", amount - financed
            ),
            Result("days", "Days of interest", "计息天数", days, "days"),
        )
        flows = (
            Flow(terms.start, paid, "purchase"),
            Flow(due, -financed, "proceeds of the documents"),
        )
        return Contract(
            amount.currency,
            flows,
            {"principal": paid, "interest": interest},
            (row,),
            results,
            apr=True,
        )


plugin = ExportBillPurchase()
