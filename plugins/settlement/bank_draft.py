"""Bank draft (银行汇票): fees by item, time for presentation, what is left comes back."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import InputError, QuoteContext, Result, Terms
from catalogue.products.settlement import SettlementService, last_day


class BankDraft(SettlementService):
    """A draft at sight on the issuing bank."""

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """The last day for presentation, and the rest of a draft that is not used up."""
        until = last_day(ctx, terms.start, months=int(ctx.figure("presentation_months")))
        made = [Result("last_presentation", "To be presented by", "提示付款截止日", until, "date")]
        settled, amount = ctx.ask.get("settled"), ctx.ask.amount
        if settled is not None:
            if settled > amount:
                raise InputError(f"settled: {settled} is over the draft's amount, {amount}")
            made.append(
                Result("returned", "Returned to the applicant", "多余款退回", amount - settled)
            )
        return made


plugin = BankDraft()
