"""The surcharge: asked for every quote, it answers for one product and one branch only."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import Fee, Money, QuoteContext, hookimpl

SURCHARGES = {("domestic-remittance", "airport"): "20.00"}
"""(product, branch) → CNY for each remittance. A real branch would state it in a definition file."""


@hookimpl
def fees(ctx: QuoteContext) -> Sequence[Fee]:
    """The branch's surcharge; none for other products and branches."""
    amount = SURCHARGES.get((ctx.code, str(ctx.customer.get("branch"))))
    if amount is None:
        return ()
    count = int(ctx.ask.get("count") or 1)
    return [
        Fee(
            "branch-surcharge",
            "Surcharge of the branch",
            "网点附加费",
            Money.of(amount) * count,
            f"{amount} × {count}",
            "notice of the airport branch (invented)",
        )
    ]
