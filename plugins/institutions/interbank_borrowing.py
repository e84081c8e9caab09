"""Interbank borrowing (同业借款): SHIBOR of the tenor plus a spread, actual/360, within a limit."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import Check, Contract, QuoteContext, Terms
from catalogue.products.loan import Loan, need_amount
from catalogue.products.verdict import verdict
from catalogue.values import Money


class InterbankBorrowing(Loan):
    """Interest by the quarter or with the principal."""

    default_method = "bullet"
    default_frequency = "quarterly"

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """The counterparty's limit holds what is used and what is asked."""
        kind = ctx.customer.get("institution_type")
        limit = used = None
        if kind is not None:
            key = str(kind) if ctx.has_figure("limit", str(kind)) else "other"
            limit = Money.of(ctx.figure("limit", key=key))
            used = ctx.ask["limit_used"] + need_amount(terms)
        return [
            verdict(
                ctx,
                "counterparty-limit",
                None if limit is None or used is None else used <= limit,
                ("The borrowing is within the counterparty's limit", "借款在交易对手授信额度之内"),
                source=ctx.source("figures", "limit"),
                found={} if limit is None else {"limit": limit, "used": used},
                missing=("customer.institution_type",),
                bring=("financial licence", "金融许可证"),
            )
        ]


plugin = InterbankBorrowing()
