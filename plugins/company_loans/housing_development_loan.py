"""Housing development loan (住房开发贷款): staged drawdown, repaid by a share of the sales."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from catalogue import Check, Contract, InputError, Money, QuoteContext, Result, Terms
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.company_loan import CompanyLoan
from catalogue.products.loan import need_amount
from catalogue.products.project import own_capital_checks, own_capital_results
from catalogue.products.trade import share_of


class HousingDevelopmentLoan(CompanyLoan):
    """Interest quarterly by days; each sale repays its share of what is then owed."""

    def plan(self, ctx: QuoteContext, terms: Terms) -> dict[str, Any]:
        """The released sales as early repayments."""
        made = super().plan(ctx, terms)
        made["extra_payments"] = self._released(ctx, terms)
        return made

    def _released(self, ctx: QuoteContext, terms: Terms) -> list[tuple[date, Decimal]]:
        share = ctx.figure("release_share")
        draws = [(row["date"], row["amount"]) for row in ctx.ask.get("drawdowns", ())]
        draws = draws or [(terms.start, need_amount(terms))]
        sales = sorted(ctx.ask.get("sales", ()), key=lambda row: row["date"])
        owed, repaid, made = Money.zero(terms.currency), Money.zero(terms.currency), []
        for row in sales:
            day = row["date"]
            if not terms.start < day < ctx.ask.maturity:
                raise InputError(
                    f"sales: {day} is not between {terms.start} and {ctx.ask.maturity}"
                )
            owed = Money.total((amount for on, amount in draws if on <= day), terms.currency)
            part = min(share_of(row["amount"], share), owed - repaid)
            if part.minor <= 0:
                continue
            repaid += part
            made.append((day, part.amount))
        if repaid == need_amount(terms) and any(on > made[-1][0] for on, _ in draws):
            raise InputError("drawdowns: a drawdown follows the sale that repays the whole loan")
        return made

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """Peak balance, when it is repaid, own capital."""
        peak = max(rows.columns.opening)
        last = next(row.due for row in rows if row.closing == 0)
        return [
            *super().results(ctx, terms, rows),
            Result("peak_balance", "Greatest balance", "最高贷款余额", Money(peak, terms.currency)),
            Result("repaid_on", "Repaid on", "还清日", last, "date"),
            *own_capital_results(ctx),
        ]

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """Own capital by the rule of the day, and the loan within what the project lacks."""
        return own_capital_checks(ctx, need_amount(terms))


plugin = HousingDevelopmentLoan()
