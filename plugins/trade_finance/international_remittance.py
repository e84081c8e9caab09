"""International remittance (国际汇款): charges by direction, and what the beneficiary receives."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import InputError, Money, QuoteContext, Result, Terms
from catalogue.products.fee_service import FeeService
from catalogue.products.fees import waived_fees


class InternationalRemittance(FeeService):
    """OUR: the sender bears all charges; SHA: each side its own; BEN: all come off the amount."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The payment with its equivalent in dollars, by which papers are asked for."""
        return super().terms(ctx).with_extra(usd_equivalent=ctx.convert(ctx.ask.amount, "USD"))

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """What arrives, in the currency of the payment."""
        amount: Money = ctx.ask.amount
        if ctx.ask["direction"] == "inward":
            return (Result("beneficiary", "Received by the client", "入账金额", amount),)
        kept = self.borne_by_beneficiary(ctx, terms)
        off = ctx.convert(kept, amount.currency)
        if off >= amount:
            raise InputError(
                f"amount: {amount.grouped()} does not cover the charges of {off.grouped()} that come"
                " off it; send more, or choose charges OUR"
            )
        ctx.explain(
            "result.beneficiary",
            amount - off,
            "amount − charges that its receiver bears",
            {"amount": amount, "charges": kept, "borne": ctx.ask["charges"]},
        )
        return (
            Result("beneficiary", "Received by the beneficiary", "收款人实收", amount - off),
            Result("off", "Charges that come off the amount", "从汇款中扣除的费用", off),
        )

    def borne_by_beneficiary(self, ctx: QuoteContext, terms: Terms) -> Money:
        """The charges, in CNY, that an outward payment loses on its way."""
        charges, kept = ctx.ask["charges"], Money.zero(self.fee_currency)
        if charges != "OUR":
            kept += Money.of(ctx.figure("abroad_keeps"), self.fee_currency)
        if charges == "BEN":  # the definition waives the sender's fees, the receiver pays them
            kept += waived_fees(ctx, terms, self.fee_currency)
        return kept


plugin = InternationalRemittance()
