"""The fee of early repayments: a share by the age of the loan, beyond what is free each loan year.

Figures of the definition: `prepayment_fee` (bands by whole months since the value date, `up_to`
exclusive) and `prepayment_free_share` (of the loan's amount, each loan year; left out: nothing free).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from catalogue.products.context import QuoteContext
from catalogue.products.results import Fee, Terms
from catalogue.values import Money, months_between, percent_text

FIGURE = "prepayment_fee"
FREE = "prepayment_free_share"


def prepayment_fees(ctx: QuoteContext, terms: Terms) -> Sequence[Fee]:
    """One fee for each early repayment of the ask that is charged, due on its day.

    Example: 1 % in the first 12 months, a tenth of 1,000,000 free a year; 300,000 repaid in month
    5 cost (300,000 - 100,000) x 1 % = 2,000.
    """
    extras = sorted(ctx.ask.get("extra_payments", ()), key=lambda row: row["date"])
    if not extras or terms.amount is None or FIGURE not in ctx.version.figures:
        return ()
    share = ctx.figure(FREE) if ctx.has_figure(FREE) else Decimal(0)
    allowance = Money.rounded(terms.amount.amount * share, terms.currency)
    left: dict[int, Money] = {}
    made = []
    for row in extras:
        months, _ = months_between(terms.start, row["date"])
        year = months // 12
        free = min(left.get(year, allowance), row["amount"])
        left[year] = left.get(year, allowance) - free
        rate = ctx.figure(FIGURE, at=months)
        charged = row["amount"] - free
        amount = Money.rounded(charged.amount * rate, terms.currency)
        if not amount:
            continue
        less = f"({row['amount'].grouped()} − {free.grouped()})" if free else charged.grouped()
        made.append(
            Fee(
                "prepayment",
                "Early repayment fee",
                "提前还款违约金",
                amount,
                f"{less} × {percent_text(rate)}",
                ctx.source("figures", FIGURE),
                base=charged,
                due=row["date"],
            )
        )
    return made
