"""International remittance (国际汇款): charges by direction, and what the beneficiary receives."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import Money, QuoteContext, Result, Terms
from catalogue.products.fee_service import FeeService
from catalogue.products.fees import definition_fees


class InternationalRemittance(FeeService):
    """OUR: the sender bears all charges; SHA: each side its own; BEN: all come off the amount."""

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """What arrives, in the currency of the payment."""
        amount, charges = ctx.ask.amount, ctx.ask["charges"]
        if ctx.ask["direction"] == "inward":
            return (Result("beneficiary", "Received by the client", "入账金额", amount),)
        kept = Money.zero(self.fee_currency)
        if charges != "OUR":
            kept += Money.of(ctx.figure("abroad_keeps"))
        if charges == "BEN":
            fees = definition_fees(ctx, terms, self.fee_currency)
            kept += Money.total(
                (fee.waived for fee in fees if fee.waived is not None), self.fee_currency
            )
        off = ctx.convert(kept, amount.currency)
        ctx.explain(
            "remittance.beneficiary",
            amount - off,
            "amount − charges that its receiver bears",
            {"amount": amount, "charges": kept, "borne": charges},
        )
        return (
            Result("beneficiary", "Received by the beneficiary", "收款人实收", amount - off),
            Result("off", "Charges that come off the amount", "从汇款中扣除的费用", off),
        )


plugin = InternationalRemittance()
