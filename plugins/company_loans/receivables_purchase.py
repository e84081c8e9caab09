"""Purchase of receivables (购买企业应收账款): advance, discount, commission, dilution reserve, the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from catalogue import (
    Check,
    Contract,
    Fee,
    InputError,
    Money,
    Product,
    QuoteContext,
    Result,
    Terms,
)
from catalogue.products.agreed import agreed_figure, agreed_source
from catalogue.products.claims import bought, interest_on
from catalogue.products.fees import own_fee
from catalogue.products.results import annual
from catalogue.products.verdict import verdict
from catalogue.values import percent_text

_BOUGHT_BACK = ("The seller buys back if the debtor does not pay", "买方到期不付款时卖方回购金额")


class ReceivablesPurchase(Product):
    """The seller gets the advance less discount at once, and the rest when the debtor pays."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The advance bought at a discount; the two payments to the seller.

        Raises:
            InputError: an advance ratio that the reserve uses up; more diluted than what is left
                beside the advance.
        """
        amount, advance = ctx.ask.amount, _advance(ctx)
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
            {"advance": advance, "discount": interest, "fee": _commission(ctx)[0]},
        )
        at_end = _rest(ctx, amount - advance)
        ctx.explain(
            "result.seller_gets",
            at_once + at_end,
            "paid at once + paid when the debtor pays",
            {"paid_at_once": at_once, "paid_at_end": at_end},
        )
        bought_back = advance if ctx.ask["recourse"] else Money.zero(amount.currency)
        results = (
            Result("advance_ratio", "Advance ratio", "融资比例", _ratio(ctx), "rate"),
            Result("reserve", "Reserve for dilution", "稀释准备金", _reserve(ctx)),
            Result("advance", "Advance, after the reserve", "融资额(已扣准备金)", advance),
            Result("days", "Days of discount", "计息天数", days, "days"),
            Result("discount", "Discount", "贴现利息", interest),
            Result(
                "paid_at_once", "Paid at once, after discount and commission", "即付净额", at_once
            ),
            Result("paid_at_end", "Paid when the debtor pays", "到账后支付余款", at_end),
            Result("seller_gets", "The seller gets in all", "卖方合计所得", at_once + at_end),
            Result("bought_back", *_BOUGHT_BACK, bought_back),
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
                source=agreed_source(ctx, "commission", "commission_rate"),
                base=amount,
                due=terms.start,
            )
        ]

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """An advance that is agreed above the listed one is for the bank to decide."""
        most, ratio = _listed_ratio(ctx), _ratio(ctx)
        return [
            verdict(
                ctx,
                "advance",
                ratio <= most,
                (
                    f"The advance is at most {percent_text(most)} of the receivable",
                    f"融资比例不高于{percent_text(most)}",
                ),
                source=ctx.source("figures", _advance_figure(ctx)),
                found={"ratio": ratio, "debtor_grade": ctx.ask["debtor_grade"]},
                otherwise="refer",
            )
        ]


def _advance(ctx: QuoteContext) -> Money:
    amount, ratio, reserve = ctx.ask.amount, _ratio(ctx), _reserve(ctx)
    advance = amount.scaled(ratio) - reserve
    if advance.minor <= 0:
        raise InputError(
            f"advance_ratio: {percent_text(ratio)} of the receivable is not above the reserve of"
            f" {reserve.grouped()}"
        )
    ctx.explain(
        "result.advance",
        advance,
        "receivable × advance ratio − receivable × dilution reserve",
        {"amount": amount, "ratio": ratio, "reserve": reserve},
    )
    return advance


def _ratio(ctx: QuoteContext) -> Decimal:
    """As the ask states it, else as listed."""
    ratio: Decimal = ctx.ask.get("advance_ratio", _listed_ratio(ctx))
    return ratio


def _listed_ratio(ctx: QuoteContext) -> Decimal:
    return ctx.figure(_advance_figure(ctx), key=ctx.ask["debtor_grade"])


def _advance_figure(ctx: QuoteContext) -> str:
    return f"advance_{'with' if ctx.ask['recourse'] else 'without'}_recourse"


def _reserve(ctx: QuoteContext) -> Money:
    return ctx.ask.amount.scaled(agreed_figure(ctx, "dilution_reserve", "dilution_reserve"))


def _commission(ctx: QuoteContext) -> tuple[Money, Decimal]:
    """The commission and its rate, by the credit period: from the invoice (or today) to its due day.

    A commission that is agreed holds whatever the credit period and recourse.
    """
    ask = ctx.ask
    issued = ask.get("invoice_date", ask.start)
    if issued > ask.start:
        raise InputError(f"invoice_date: {issued} is after the purchase on {ask.start}")
    rate = agreed_figure(ctx, "commission", "commission_rate", at=(ask.maturity - issued).days)
    if not ask["recourse"] and "commission_rate" not in ask:
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
