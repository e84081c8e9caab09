"""Interbank borrowing (同业借款): SHIBOR of the tenor plus a spread, actual/360, within a limit."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import Check, Contract, Money, QuoteContext, QuotedRate, Result, Tenor, Terms
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.loan import Loan, need_amount
from catalogue.products.verdict import verdict

_LONGEST = Tenor(1, "y")


class InterbankBorrowing(Loan):
    """Interest by the quarter or with the principal."""

    default_method = "bullet"
    default_frequency = "quarterly"

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate | None:
        """By the rate rule; beyond a year the SHIBOR of a year is used, and told."""
        rule, tenor = ctx.version.rate, ctx.ask.tenor
        if rule is not None and rule.reference == "shibor" and tenor.sort_key > _LONGEST.sort_key:
            ctx.warn(f"rate: SHIBOR ends at {_LONGEST}; that of {_LONGEST} is used for {tenor}")
        return super().agreed_rate(ctx)

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """What every loan shows, and the counterparty's limit with what is left of it."""
        made = list(super().results(ctx, terms, rows))
        limit = _counterparty_limit(ctx)
        if limit is not None:
            left = limit - ctx.ask["limit_used"] - need_amount(terms)
            made += [
                Result("limit", "Counterparty limit", "交易对手授信额度", limit),
                Result("limit_left", "Limit left (negative: over it)", "剩余授信额度", left),
            ]
        return made

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """The counterparty's limit holds what is used and what is asked."""
        limit, used = _counterparty_limit(ctx), ctx.ask["limit_used"] + need_amount(terms)
        return [
            verdict(
                ctx,
                "counterparty-limit",
                None if limit is None else used <= limit,
                ("The borrowing is within the counterparty's limit", "借款在交易对手授信额度之内"),
                source=ctx.source("figures", "limit"),
                found={} if limit is None else {"limit": limit, "used": used},
                missing=("customer.institution_type",),
                bring=("financial licence", "金融许可证"),
            )
        ]


def _counterparty_limit(ctx: QuoteContext) -> Money | None:
    """The limit approved for the client, else that of its kind of institution; None while unknown."""
    approved: Money | None = ctx.ask.get("limit")
    if approved is not None:
        return approved
    kind = ctx.customer.get("institution_type")
    if kind is None:
        return None
    key = str(kind) if ctx.has_figure("limit", str(kind)) else "other"
    return Money.of(ctx.figure("limit", key=key), ctx.ask.currency)


plugin = InterbankBorrowing()
