"""Cash pooling (现金池): what a group saves when debit and credit balances are offset."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue import Contract, Flow, InputError, Money, QuoteContext, Result, Terms
from catalogue.products.account_spans import Span, cut, interest_of, spans
from catalogue.products.fee_service import FeeService
from catalogue.values import BANK_YEAR


class CashPooling(FeeService):
    """Interest of every account on its own against interest of the pool, over the given balances."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The pool: its kind and how many accounts it has."""
        accounts = {piece.account for piece in _balances_of(ctx)}
        return super().terms(ctx).with_extra(pooling=ctx.ask["pooling"], accounts=len(accounts))

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The saving before fees is received, so that paid less received is the pool's net cost."""
        pooling = ctx.ask["pooling"]
        credit = ctx.reference(ctx.figure_text("credit_sheet"), column="demand")
        debit = ctx.ask.get("overdraft_rate", ctx.figure("overdraft_rate"))
        share = ctx.figure("offset", key=pooling)
        internal_rate = ctx.figure("internal_rate") if pooling == "physical" else None
        made = _pool_interest(_balances_of(ctx), credit, debit, share)
        before, after = Money.rounded(made.alone), Money.rounded(made.pooled)
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
            Result(
                "interest_pooled",
                "Interest of the pool (+ received, − paid)",
                "资金池计息(收+付−)",
                after,
            ),
            Result("saving", "Interest saved before fees", "节省利息(未扣费用)", saving),
        ]
        if internal_rate is not None:
            between = Money.rounded(made.lent_days * Fraction(internal_rate) / BANK_YEAR)
            results.append(
                Result(
                    "internal_interest",
                    "Interest that members pay each other",
                    "成员单位内部计息",
                    between,
                )
            )
        flows = (Flow(ctx.ask.maturity, saving, "interest saved"),) if saving.minor > 0 else ()
        zero = Money.zero("CNY")
        totals = {"principal": zero, "interest": zero, "saving": saving}
        return Contract("CNY", flows, totals, results=tuple(results))


@attrs.frozen
class PoolInterest:
    """Exact interest of the accounts on their own and as a pool (received above 0, paid below).

    `lent_days` is what members lend each other, in yuan × days.
    """

    alone: Fraction
    pooled: Fraction
    lent_days: Fraction


def _pool_interest(
    pieces: Sequence[Span], credit: Decimal, debit: Decimal, share: Decimal
) -> PoolInterest:
    """Both interests over all stretches in which no balance changes; `share` of the offset counts."""
    alone, pooled, lent_days = Fraction(0), Fraction(0), Fraction(0)
    for start, end, balances in cut(pieces):
        days, net = (end - start).days, Money.total(balances.values(), "CNY")
        single = sum((interest_of(b, days, credit, debit) for b in balances.values()), Fraction(0))
        full = interest_of(net, days, credit, debit)
        alone += single
        pooled += single + (full - single) * Fraction(share)
        lent_days += Fraction(_lent_between(balances.values()).amount) * days
    return PoolInterest(alone, pooled, lent_days)


def _balances_of(ctx: QuoteContext) -> list[Span]:
    """Balances of at least two accounts over the term."""
    start = ctx.ask.start
    made = spans(ctx.ask["balances"], start, ctx.ask.maturity)
    first = {piece.account: piece.start for piece in reversed(made)}
    if len(first) < 2:
        raise InputError("balances: a pool needs at least two accounts")
    late = [account for account in sorted(first) if first[account] != start]
    if late:
        ctx.warn(
            f"balances: none on {start} for {', '.join(late)}; taken as empty until the first one"
        )
    return made


def _lent_between(balances: Collection[Money]) -> Money:
    """What members lend each other: the lesser of all that is owed and all that is held."""
    held = [balance for balance in balances if balance.minor > 0]
    net = Money.total(balances, "CNY")
    return min(Money.total(held, "CNY"), Money.total(held, "CNY") - net)


plugin = CashPooling()
