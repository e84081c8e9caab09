"""Foreign-exchange on-lending loan (外汇转贷款): two currencies, half-yearly, its cost in yuan by path."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate

from catalogue import Contract, Fee, Money, QuoteContext, QuotedRate, Result, Terms
from catalogue.errors import RateError
from catalogue.maths import apr
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.commitment import commitment_fees
from catalogue.products.loan import Loan, need_amount

_PLACES = Decimal("0.000001")


class FxOnLendingLoan(Loan):
    """The foreign lender's rate and the bank's margin, repaid in equal half-yearly parts."""

    default_method = "equal-principal"
    default_frequency = "semiannual"

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """Base rate and margin."""
        base, margin = ctx.ask["base_rate"], ctx.figure("margin")
        ctx.explain(
            "rate.annual", base + margin, "foreign rate + margin", {"base": base, "margin": margin}
        )
        return QuotedRate(base + margin, "actual/360", "foreign lender", margin)

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """What is received and paid in yuan under the path, and the annual cost in yuan."""
        path = sorted(
            ((row["date"], row["rate"]) for row in ctx.ask.get("fx_path", ())), key=lambda p: p[0]
        )
        today = ctx.fx_mid(terms.currency)

        def in_yuan(day: date, amount: Decimal) -> Money:
            rate = next((rate for on, rate in reversed(path) if on <= day), today)
            return Money.rounded(amount * rate, "CNY")

        flows = [(day, in_yuan(day, amount)) for day, amount in rows.flows()]
        received = Money.total((amount for _, amount in flows if amount.minor > 0), "CNY")
        paid = Money.total((-amount for _, amount in flows if amount.minor < 0), "CNY")
        ctx.explain(
            "cny.paid",
            paid,
            "payments × yuan for one unit on their days",
            {"today": today, "path": path},
        )
        made = [
            *super().results(ctx, terms, rows),
            Result("cny_received", "Received in yuan", "人民币收款", received),
            Result("cny_paid", "Paid in yuan", "人民币还款", paid),
        ]
        try:
            rate = apr([(day, amount.amount) for day, amount in flows], convention="effective")
        except RateError as error:
            ctx.warn(f"cny_apr: {error}")
            return made
        cost = Decimal(repr(rate)).quantize(_PLACES)
        return [
            *made,
            Result(
                "cny_apr",
                "Annual cost in yuan before fees",
                "人民币年化成本(不含费用)",
                cost,
                "rate",
            ),
        ]

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The commitment fee on what is undrawn, until the last drawdown."""
        draws = sorted(
            ((row["date"], row["amount"]) for row in ctx.ask.get("drawdowns", ())),
            key=lambda d: d[0],
        )
        days = [day for day, _ in draws]
        sums = list(accumulate((amount for _, amount in draws), lambda one, two: one + two))
        due = [row.due for row in contract.schedule if row.days]
        steps = list(zip(days, sums, strict=True))
        charged = commitment_fees(ctx, need_amount(terms), steps, due, days[-1]) if days else ()
        return [*super().fees(ctx, terms, contract), *charged]


plugin = FxOnLendingLoan()
