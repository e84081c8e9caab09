"""Purchase of receivables (购买企业应收账款): advance, discount, commission, dilution reserve, the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from catalogue import Contract, Fee, Flow, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.products.results import PlainRow
from catalogue.products.trade import share_of
from catalogue.values import percent_text


class ReceivablesPurchase(Product):
    """The seller gets the advance less discount at once, and the rest when the debtor pays."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The two payments, the discount kept back, and what dilution does to the second."""
        amount, currency = ctx.ask.amount, terms.currency
        kind = "with" if ctx.ask["recourse"] else "without"
        share = ctx.figure(f"advance_{kind}_recourse", key=ctx.ask["debtor_grade"])
        advance = share_of(amount, share - ctx.figure("dilution_reserve"))
        days = (ctx.ask.maturity - terms.start).days + ctx.ask["delay_days"]
        rate = terms.rate.annual if terms.rate else Decimal(0)
        interest = Money.rounded(Fraction(advance.amount) * Fraction(rate) * days / 360, currency)
        commission = self._commission(ctx)
        diluted = ctx.ask["diluted"]
        rest = amount - advance - diluted
        if rest.minor < 0:
            raise InputError(
                f"diluted: {diluted.grouped()} is over what is left, {(amount - advance).grouped()}"
            )
        due = terms.start + timedelta(days=days)
        ctx.explain(
            "totals.interest",
            interest,
            "advance × rate × days ÷ 360",
            {"advance": advance, "rate": rate, "days": days},
        )
        zero = Decimal("0.00")
        net = advance - interest
        row = PlainRow(
            1, due, days, net.amount, net.amount, interest.amount, zero, advance.amount, zero
        )
        results = (
            Result("advance", "Advance", "融资额", advance),
            Result(
                "paid_at_once",
                "Paid at once, after discount and commission",
                "即付净额",
                net - commission,
            ),
            Result("paid_at_end", "Paid when the debtor pays", "到账后支付余款", rest),
            Result(
                "seller_gets", "The seller gets in all", "卖方合计所得", net - commission + rest
            ),
            Result("days", "Days of discount", "计息天数", days, "days"),
        )
        flows = (
            Flow(terms.start, net, "advance less discount"),
            Flow(due, -advance, "paid by the debtor"),
        )
        totals = {"principal": net, "interest": interest}
        return Contract(currency, flows, totals, (row,), results, apr=True)

    def _commission(self, ctx: QuoteContext) -> Money:
        days = (ctx.ask.maturity - ctx.ask.start).days
        rate = ctx.figure("commission", at=days)
        if not ctx.ask["recourse"]:
            rate += ctx.figure("without_recourse_extra")
        return share_of(ctx.ask.amount, rate)

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The commission, on the whole receivable."""
        amount, fee = ctx.ask.amount, self._commission(ctx)
        rate = Fraction(fee.amount) / Fraction(amount.amount)
        shown = percent_text(Decimal(round(rate * 100_000)) / 100_000)
        return [
            Fee(
                "commission",
                "Factoring commission",
                "保理手续费",
                fee,
                f"{amount.grouped()} × {shown}",
                ctx.source("figures", "commission"),
                base=amount,
                due=terms.start,
            )
        ]


plugin = ReceivablesPurchase()
