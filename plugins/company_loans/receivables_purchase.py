"""Purchase of receivables (购买企业应收账款): advance, discount, commission, dilution reserve, the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from catalogue import Contract, Fee, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.products.trade import annual, bought, interest_on
from catalogue.values import percent_text


class ReceivablesPurchase(Product):
    """The seller gets the advance less discount at once, and the rest when the debtor pays."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The two payments, the discount kept back, and what dilution does to the second."""
        amount = ctx.ask.amount
        kind = "with" if ctx.ask["recourse"] else "without"
        share = ctx.figure(f"advance_{kind}_recourse", key=ctx.ask["debtor_grade"])
        reserve = amount.scaled(ctx.figure("dilution_reserve"))
        advance = amount.scaled(share) - reserve
        ctx.explain(
            "result.advance",
            advance,
            "receivable × advance ratio − receivable × dilution reserve",
            {"amount": amount, "ratio": share, "reserve": reserve},
        )
        days = (ctx.ask.maturity - terms.start).days + ctx.ask["delay_days"]
        rate = annual(terms)
        interest = interest_on(advance, rate, days)
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
        net, commission = advance - interest, self._commission(ctx)[0]
        results = (
            Result("advance", "Advance", "融资额", advance),
            Result("reserve", "Reserve for dilution", "稀释准备金", reserve),
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
        return bought(terms, net, advance, due, results)

    def _commission(self, ctx: QuoteContext) -> tuple[Money, Decimal]:
        """The commission and its rate, by the credit period of the invoice."""
        rate = ctx.figure("commission", at=(ctx.ask.maturity - ctx.ask.start).days)
        if not ctx.ask["recourse"]:
            rate += ctx.figure("without_recourse_extra")
        return ctx.ask.amount.scaled(rate), rate

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The commission, on the whole receivable."""
        amount, (fee, rate) = ctx.ask.amount, self._commission(ctx)
        return [
            Fee(
                "commission",
                "Factoring commission",
                "保理手续费",
                fee,
                f"{amount.grouped()} × {percent_text(rate)}",
                ctx.source("figures", "commission"),
                base=amount,
                due=terms.start,
            )
        ]


plugin = ReceivablesPurchase()
