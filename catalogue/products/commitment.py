"""Commitment fee: a yearly rate on what the bank keeps ready and the client has not drawn, by days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import accumulate, pairwise

from catalogue.products.agreed import agreed_figure, agreed_source
from catalogue.products.context import QuoteContext
from catalogue.products.explanation import in_chinese
from catalogue.products.fees import own_fee
from catalogue.products.results import Contract, Fee
from catalogue.values import BANK_YEAR, Money, percent_text

FIGURE = "commitment_fee"
BY_SIZE = "commitment_fee_by_size"
Step = tuple[date, Money]


def commitment_fees(
    ctx: QuoteContext, limit: Money, drawn: Sequence[Step], due: Sequence[date], until: date
) -> Sequence[Fee]:
    """One fee a settlement date: limit less the balance drawn × rate × days ÷ 360.

    Args:
        ctx: the quote; its definition states the figure `commitment_fee`, else there is no fee; an
            ask field of that name may state another rate. The figure `commitment_fee_by_size`,
            where stated, is 0 for the sizes that may not be charged.
        limit: what the bank keeps ready.
        drawn: (from, amount drawn from that day on), ascending; the first is the start.
        due: settlement dates after the start, ascending.
        until: the day on which what is undrawn lapses; nothing is charged from it on.
    """
    if FIGURE not in ctx.version.figures or not drawn or _free_by_size(ctx):
        return ()
    rate, source = agreed_figure(ctx, FIGURE, FIGURE), agreed_source(ctx, FIGURE, FIGURE)
    made = []
    for begin, end in pairwise([drawn[0][0], *due]):
        pieces = [
            (undrawn, days)
            for undrawn, days in _pieces(limit, drawn, begin, min(end, until))
            if undrawn.minor
        ]
        exact = sum((Fraction(undrawn.amount) * days for undrawn, days in pieces), Fraction(0))
        amount = Money.rounded(exact * Fraction(rate) / BANK_YEAR, limit.currency)
        if not amount:
            continue
        words = " + ".join(f"{undrawn.grouped()} × {days}" for undrawn, days in pieces)
        if len(pieces) > 1:
            words = f"({words})"
        made.append(
            own_fee(
                ctx,
                ("commitment", "Commitment fee", "承诺费"),
                amount,
                f"{words} × {percent_text(rate)} ÷ {BANK_YEAR}",
                source=source,
                base=pieces[0][0] if len(pieces) == 1 else None,
                due=end,
            )
        )
    return made


def staged_commitment_fees(ctx: QuoteContext, limit: Money, contract: Contract) -> Sequence[Fee]:
    """The commitment fee of a loan by its ask's `drawdowns`, with each settlement of interest.

    It ends with the last drawdown, when nothing is kept ready any more.

    Args:
        ctx: the quote.
        limit: the whole loan.
        contract: its schedule has the settlement dates.
    """
    draws = sorted(
        ((row["date"], row["amount"]) for row in ctx.ask.get("drawdowns", ())),
        key=lambda draw: draw[0],
    )
    if not draws:
        return ()
    days = [day for day, _ in draws]
    sums: list[Money] = list(accumulate(amount for _, amount in draws))
    due = [row.due for row in contract.schedule if row.days]
    return commitment_fees(ctx, limit, list(zip(days, sums, strict=True)), due, days[-1])


def _free_by_size(ctx: QuoteContext) -> bool:
    """Whether a rule forbids the fee for an enterprise of the customer's size; if so it is told."""
    size = ctx.customer.get("enterprise_size")
    if size is None or not ctx.has_figure(BY_SIZE, size) or ctx.figure(BY_SIZE, key=size):
        return False
    source = ctx.source("figures", BY_SIZE, "values", size)
    ctx.warn(
        f"commitment fee: not charged to a {size} enterprise ({source})",
        f"承诺费:不向该规模企业收取({in_chinese(source)})",
    )
    return True


def _pieces(limit: Money, drawn: Sequence[Step], begin: date, end: date) -> list[tuple[Money, int]]:
    """(undrawn, days) between two dates, cut where the balance changes."""
    made = []
    for index, (since, balance) in enumerate(drawn):
        later = drawn[index + 1][0] if index + 1 < len(drawn) else end
        days = (min(later, end) - max(since, begin)).days
        if days > 0:
            made.append((limit - balance, days))
    return made
