"""Purchase of receivables (购买企业应收账款): advance, discount, commission, dilution reserve, the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from catalogue import Contract, Fee, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.products.agency import own_fee
from catalogue.products.claims import bought, interest_on
from catalogue.products.results import annual
from catalogue.values import percent_text


class ReceivablesPurchase(Product):
    """The seller gets the advance less discount at once, and the rest when the debtor pays."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The advance bought at a discount; the two payments to the seller.

        Raises:
            InputError: more diluted than what is left beside the advance.
        """
        amount = ctx.ask.amount
        ratio, reserve = _advance_ratio(ctx), amount.scaled(ctx.figure("dilution_reserve"))
        advance = amount.scaled(ratio) - reserve
        ctx.explain(
            "result.advance",
            advance,
            "receivable × advance ratio − receivable × dilution reserve",
            {"amount": amount, "ratio": ratio, "reserve": reserve},
        )
        days, rate = (ctx.ask.maturity - terms.start).days + ctx.ask["delay_days"], annual(terms)
        interest = interest_on(advance, rate, days)
        ctx.explain(
            "totals.interest",
            interest,
            "advance × rate × days ÷ 360",
            {"advance": advance, "rate": rate, "days": days},
        )
        at_once = advance - interest - _commission(ctx)[0]
        ctx.explain(
            "result.paid_at_once",
            at_once,
            "advance − discount − commission",
            {"advance": advance, "discount": interest, "commission": _commission(ctx)[0]},
        )
        at_end = _rest(ctx, amount - advance)
        ctx.explain(
            "result.seller_gets",
            at_once + at_end,
            "paid at once + paid when the debtor pays",
            {"paid_at_once": at_once, "paid_at_end": at_end},
        )
        results = (
            Result("advance_ratio", "Advance ratio", "融资比例", ratio, "rate"),
            Result("reserve", "Reserve for dilution", "稀释准备金", reserve),
            Result("advance", "Advance, after the reserve", "融资额(已扣准备金)", advance),
            Result("days", "Days of discount", "计息天数", days, "days"),
            Result("discount", "Discount", "贴现利息", interest),
            Result(
                "paid_at_once",
                "Paid at once, after discount and commission",
                "即付净额",
                at_once,
            ),
            Result("paid_at_end", "Paid when the debtor pays", "到账后支付余款", at_end),
            Result("seller_gets", "The seller gets in all", "卖方合计所得", at_once + at_end),
            Result(
                "bought_back",
                "The seller buys back if the debtor does not pay",
                "买方到期不付款时卖方回购金额",
                advance if ctx.ask["recourse"] else Money.zero(amount.currency),
            ),
        )
        due = terms.start + timedelta(days=days)
        return bought(terms, advance - interest, advance, due, results)

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The commission, on the whole receivable."""
        amount, (fee, rate) = ctx.ask.amount, _commission(ctx)
        return [
            own_fee(
                ctx,
                ("commission", "Factoring commission", "保理手续费"),
                fee,
                f"{amount.grouped()} × {percent_text(rate)}",
                source=ctx.source("figures", "commission"),
                base=amount,
                due=terms.start,
            )
        ]


def _advance_ratio(ctx: QuoteContext) -> Decimal:
    """By recourse and the grade of the debtor."""
    kind = "with" if ctx.ask["recourse"] else "without"
    return ctx.figure(f"advance_{kind}_recourse", key=ctx.ask["debtor_grade"])


def _commission(ctx: QuoteContext) -> tuple[Money, Decimal]:
    """The commission and its rate, by the credit period: from the invoice (or today) to its due day."""
    ask = ctx.ask
    issued = ask.get("invoice_date", ask.start)
    if issued > ask.start:
        raise InputError(f"invoice_date: {issued} is after the purchase on {ask.start}")
    rate = ctx.figure("commission", at=(ask.maturity - issued).days)
    if not ask["recourse"]:
        rate += ctx.figure("without_recourse_extra")
    return ask.amount.scaled(rate), rate


def _rest(ctx: QuoteContext, left: Money) -> Money:
    """What the seller gets of the debtor's payment: all that is left but for returns and rebates."""
    diluted: Money = ctx.ask["diluted"]
    if diluted > left:
        raise InputError(f"diluted: {diluted.grouped()} is over what is left, {left.grouped()}")
    ctx.explain(
        "result.paid_at_end",
        left - diluted,
        "receivable − advance − returns and rebates",
        {"left": left, "diluted": diluted},
    )
    return left - diluted


plugin = ReceivablesPurchase()
