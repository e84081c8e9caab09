"""Housing development loan (住房开发贷款): staged drawdown, repaid by a share of the sales."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from catalogue import Check, Contract, InputError, Money, QuoteContext, Result, Terms
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.company_loan import CompanyLoan
from catalogue.products.loan import need_amount
from catalogue.products.project import own_capital_checks, own_capital_results
from catalogue.values import percent_text


class HousingDevelopmentLoan(CompanyLoan):
    """Interest quarterly by days; each sale repays its share of what is then owed."""

    def plan(self, ctx: QuoteContext, terms: Terms) -> dict[str, Any]:
        """The released sales as early repayments."""
        made = super().plan(ctx, terms)
        made["extra_payments"] = [(day, part.amount) for day, part in _released(ctx, terms)]
        return made

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """Greatest balance, what sales repay and what is left, when it is repaid, own capital."""
        currency = terms.currency
        peak = Money(max(rows.columns.opening), currency)
        by_sales = Money.total((part for _, part in _released(ctx, terms)), currency)
        left = need_amount(terms) - by_sales
        last = max(row.due for row in rows if row.opening > 0)
        ctx.explain(
            "result.left_at_maturity",
            left,
            "loan − repaid by sales",
            {"loan": need_amount(terms), "repaid_by_sales": by_sales},
        )
        return [
            *super().results(ctx, terms, rows),
            Result("peak_balance", "Greatest balance", "最高贷款余额", peak),
            Result("repaid_by_sales", "Repaid by sales", "销售回款还贷额", by_sales),
            Result(
                "left_at_maturity",
                "Left to be repaid at maturity",
                "到期偿还余额",
                left,
            ),
            Result("repaid_on", "Principal repaid on", "本金还清日", last, "date"),
            *own_capital_results(ctx),
        ]

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """Own capital by the rule of the day, and the loan within what the project lacks."""
        return own_capital_checks(ctx, need_amount(terms))


def _released(ctx: QuoteContext, terms: Terms) -> list[tuple[date, Money]]:
    """(day, principal) that each sale repays: its share, as far as there is a balance on the day."""
    currency, usual = terms.currency, ctx.figure("release_share")
    draws = [(row["date"], row["amount"]) for row in ctx.ask.get("drawdowns", ())]
    draws = draws or [(terms.start, need_amount(terms))]
    repaid, made = Money.zero(currency), []
    for row in sorted(ctx.ask.get("sales", ()), key=lambda sale: sale["date"]):
        day, share = row["date"], row.get("share", usual)
        _check_sale(terms, ctx.ask.maturity, row, share)
        owed = Money.total((amount for on, amount in draws if on <= day), currency) - repaid
        part = min(row["amount"].scaled(share), owed)
        ctx.explain(
            f"sales.{day}",
            part,
            "sales × share released, at most the balance of the day",
            {"sales": row["amount"], "share": share, "balance": owed},
        )
        if part:
            repaid += part
            made.append((day, part))
    if made and repaid == need_amount(terms) and any(on > made[-1][0] for on, _ in draws):
        raise InputError("drawdowns: a drawdown follows the sale that repays the whole loan")
    return made


def _check_sale(terms: Terms, maturity: date, sale: Mapping[str, Any], share: Decimal) -> None:
    day = sale["date"]
    if sale["amount"].minor < 0:
        raise InputError(f"sales: {sale['amount'].grouped()} on {day} is below 0")
    if not terms.start < day < maturity:
        raise InputError(f"sales: {day} is not between {terms.start} and {maturity}")
    if not 0 <= share <= 1:
        raise InputError(f"sales: share {percent_text(share)} is not between 0 and 100%")


plugin = HousingDevelopmentLoan()
