"""Entrusted collection (委托收款): fees, and when the payer's account is debited."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.products.context import QuoteContext
from catalogue.products.results import Result, Terms
from catalogue.products.settlement import SettlementService, last_day, noticed


class EntrustedCollection(SettlementService):
    """Collecting on proofs of debt."""

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """A payer that does not answer is debited on the day after the days to answer."""
        notified = noticed(ctx, terms)
        if notified is None:
            return ()
        answer = int(ctx.figure("answer_days"))
        debited = last_day(ctx, notified, days=answer + 1)
        return [
            Result(
                "debited_on", "Debited on, without an answer", "视同同意付款划款日", debited, "date"
            )
        ]


plugin = EntrustedCollection()
