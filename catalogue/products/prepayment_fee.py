"""The fee of early repayments: a share by the age of the loan, beyond what is free each loan year.

Figures of the definition: `prepayment_fee` (bands by whole months since the value date, `up_to`
exclusive) and `prepayment_free_share` (of the loan's amount, each loan year; left out: nothing free).
An ask field `prepayment_fee` may state another share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from catalogue.products.agreed import agreed_figure, agreed_source
from catalogue.products.context import QuoteContext
from catalogue.products.results import Fee, Result, Terms
from catalogue.values import Money, months_between, percent_text

FIGURE = "prepayment_fee"
FREE = "prepayment_free_share"


def prepayment_fees(ctx: QuoteContext, terms: Terms) -> Sequence[Fee]:
    """One fee for each early repayment of the ask that is charged, due on its day.

    Example: 1 % in the first 12 months, a tenth of 1,000,000 free a year; 300,000 repaid in month
    5 cost (300,000 − 100,000) × 1 % = 2,000.
    """
    extras = ((row["date"], row["amount"]) for row in ctx.ask.get("extra_payments", ()))
    return [
        Fee(
            "prepayment",
            "Early repayment fee",
            "提前还款违约金",
            fee,
            formula,
            agreed_source(ctx, FIGURE, FIGURE),
            base=base,
            due=on,
        )
        for on, base, fee, formula in _charges(ctx, terms, extras)
        if fee
    ]


def payoff_fee_results(
    ctx: QuoteContext, terms: Terms, on: date, balance: Money, closing: Money
) -> Sequence[Result]:
    """The fee of repaying `balance` on `on`, and `closing` (with interest) and the fee in one amount.

    What earlier repayments of the ask have used of the loan year's free share is gone. Empty when the
    definition states no fee.
    """
    extras = [(row["date"], row["amount"]) for row in ctx.ask.get("extra_payments", ())]
    until = [pair for pair in extras if pair[0] <= on]
    charges = list(_charges(ctx, terms, [*until, (on, balance)]))
    if not charges:
        return ()
    _, base, fee, formula = charges[-1]
    inputs = {"charged": base, "on": on}
    ctx.explain("result.payoff_fee", fee, formula, inputs, ctx.version.origin("figures", FIGURE))
    return (
        Result("payoff_fee", "Early repayment fee on the payoff day", "提前结清违约金", fee),
        Result(
            "payoff_with_fee",
            "Amount that closes the loan, with the fee",
            "提前结清金额(含违约金)",
            closing + fee,
        ),
    )


def _charges(
    ctx: QuoteContext, terms: Terms, repaid: Iterable[tuple[date, Money]]
) -> Iterator[tuple[date, Money, Money, str]]:
    """(day, amount charged, fee, formula) of each repayment, by date; no item without a rule."""
    if terms.amount is None or FIGURE not in ctx.version.figures:
        return
    share = ctx.figure(FREE) if ctx.has_figure(FREE) else Decimal(0)
    allowance = Money.rounded(terms.amount.amount * share, terms.currency)
    left: dict[int, Money] = {}
    for on, amount in sorted(repaid, key=lambda pair: pair[0]):
        months, _ = months_between(terms.start, on)
        year = months // 12
        free = min(left.get(year, allowance), amount)
        left[year] = left.get(year, allowance) - free
        rate = agreed_figure(ctx, FIGURE, FIGURE, at=months)
        base = amount - free
        fee = Money.rounded(base.amount * rate, terms.currency)
        less = f"({amount.grouped()} − {free.grouped()})" if free else base.grouped()
        yield on, base, fee, f"{less} × {percent_text(rate)}"
