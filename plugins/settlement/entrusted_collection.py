"""Entrusted collection (委托收款): fees, and when the payer's account is debited."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import QuoteContext, Result, Terms
from catalogue.products.settlement import SettlementService, last_day, noticed


class EntrustedCollection(SettlementService):
    """Collecting on proofs of debt."""

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """When the payer is debited: a unit on the day after its days to answer, a bank at once."""
        notified = noticed(ctx, terms)
        if notified is None:
            return ()
        if ctx.ask["payer"] == "bank":
            paid = last_day(ctx, notified)
            return [Result("debited_on", "Paid on", "付款日", paid, "date")]
        answer = int(ctx.figure("answer_days"))
        debited = last_day(ctx, notified, days=answer + 1)
        return [
            Result(
                "debited_on", "Debited on, without an answer", "视同同意付款划款日", debited, "date"
            )
        ]


plugin = EntrustedCollection()
