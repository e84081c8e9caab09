"""Cash pooling (现金池): what a group saves when debit and credit balances are offset."""

from __future__ import annotations

from fractions import Fraction

from catalogue import Contract, Flow, InputError, Money, QuoteContext, Result, Terms
from catalogue.products.account_spans import Span, cut, interest_of, spans
from catalogue.products.fee_service import FeeService


class CashPooling(FeeService):
    """Interest of every account on its own against interest of the pool, over the given balances."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The pool: its kind and how many accounts it has."""
        pieces = self._pieces(ctx)
        return (
            super()
            .terms(ctx)
            .with_extra(kind=ctx.ask["pooling"], accounts=len({p.account for p in pieces}))
        )

    def _pieces(self, ctx: QuoteContext) -> list[Span]:
        made = spans(ctx.ask["balances"], ctx.ask.start, ctx.ask.maturity)
        if len({piece.account for piece in made}) < 2:
            raise InputError("balances: a pool needs at least two accounts")
        return made

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The saving before fees is received, so that paid less received is the pool's net cost."""
        pieces, pooling = self._pieces(ctx), ctx.ask["pooling"]
        credit = ctx.reference(ctx.figure_text("credit_sheet"), column="demand")
        debit = ctx.ask.get("overdraft_rate", ctx.figure("overdraft_rate"))
        alone = sum((interest_of(p.balance, p.days, credit, debit) for p in pieces), Fraction(0))
        pooled, internal = Fraction(0), Fraction(0)
        share = ctx.figure("offset", key=pooling)
        for start, end, balances in cut(pieces):
            days = (end - start).days
            net = Money.total(balances.values(), "CNY")
            full = interest_of(net, days, credit, debit)
            single = sum(
                (interest_of(b, days, credit, debit) for b in balances.values()), Fraction(0)
            )
            pooled += single + (full - single) * Fraction(share)
            if pooling == "physical":
                owed = sum(
                    (-b.amount for b in balances.values() if b.minor < 0), start=Money.zero().amount
                )
                internal += Fraction(owed) * Fraction(ctx.figure("internal_rate")) * days / 360
        before, after = Money.rounded(alone), Money.rounded(pooled)
        saving = after - before
        ctx.explain(
            "pool.saving",
            saving,
            "interest of the pool − interest of the accounts on their own",
            {"alone": before, "pool": after, "credit": credit, "debit": debit, "offset": share},
        )
        results = [
            Result(
                "interest_alone",
                "Interest of the accounts on their own (+ received, − paid)",
                "各账户独立计息(收+付−)",
                before,
            ),
            Result("interest_pooled", "Interest of the pool", "资金池计息", after),
            Result("saving", "Interest saved before fees", "节省利息(未扣费用)", saving),
        ]
        if pooling == "physical":
            results.append(
                Result(
                    "internal_interest",
                    "Interest that members pay each other",
                    "成员单位内部计息",
                    Money.rounded(internal),
                )
            )
        flows = (Flow(ctx.ask.maturity, saving, "interest saved"),) if saving.minor > 0 else ()
        zero = Money.zero("CNY")
        return Contract(
            "CNY",
            flows,
            {"principal": zero, "interest": zero, "saving": saving},
            results=tuple(results),
        )


plugin = CashPooling()
