"""Personal remittance (个人汇款): by amount, channel and urgency, with free items and waivers."""

from __future__ import annotations

from catalogue import InputError, QuoteContext, Terms
from catalogue.products.settlement import SettlementService

FAVOURED = ("gold", "platinum", "private")
OWN_CHANNELS = ("counter", "machine")


class PersonalRemittance(SettlementService):
    """A remittance of a person. Terms tell the fees how many items are charged, and who is excused."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The ask as agreed; cash is paid in at the counter only."""
        if ctx.ask["paid_in"] == "cash" and ctx.ask["channel"] != "counter":
            raise InputError(f"paid_in: cash is taken at the counter, not by {ctx.ask['channel']}")
        terms = super().terms(ctx)
        if not ctx.has_figure("free_items"):
            return terms
        reason = _excused(ctx)
        return terms.with_extra(
            charged_items=_charged_items(ctx), excused=reason is not None, waived_for=reason
        )


def _charged_items(ctx: QuoteContext) -> int:
    """Items beyond those that are still free this month on the ask's channel."""
    free = int(ctx.figure("free_items", key=ctx.ask["channel"]))
    left = max(0, free - ctx.ask["used_this_month"])
    count: int = ctx.ask["count"]
    charged: int = max(0, count - left)
    ctx.explain(
        "terms.charged_items",
        charged,
        "items − free items left this month",
        {"items": count, "free_left": left},
    )
    return charged


def _excused(ctx: QuoteContext) -> str | None:
    """Why the client pays no transfer fee: a gift for relief, its level, its own account, or its age."""
    if ctx.ask["relief"]:
        return "relief"
    level = ctx.customer.get("bank_level")
    if level in FAVOURED:
        return "client level"
    if level is None:
        ctx.warn("customer.bank_level is unknown: gold clients and above pay no transfer fee")
    within = ctx.ask["payee_bank"] == "same-bank"
    if within and ctx.ask["own_account"]:
        return "own account"
    age = ctx.customer.get("age")
    if age is not None and age >= ctx.figure("elderly_age"):
        machine = ctx.ask["channel"] == "machine"
        if machine or (within and ctx.ask["channel"] in OWN_CHANNELS):
            return "age"
    return None


plugin = PersonalRemittance()
