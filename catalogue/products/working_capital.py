"""The working-capital need of a company, and the new loan that it bears.

need = sales × (1 − margin) × (1 + growth) ÷ turns
limit = need − own funds − working-capital loans outstanding − other sources

The formula is that of the annex of the Measures on Working-Capital Loans (2010, 2024). Turns are
a fact, or 360 ÷ (days of inventory + receivables + prepayments − payables − advances).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue.errors import InputError
from catalogue.products.context import QuoteContext
from catalogue.products.results import Check, Result
from catalogue.products.verdict import verdict
from catalogue.values import Money

_SALES = ("annual_sales", "sales_margin", "sales_growth")
_DAYS = ("inventory_days", "receivable_days", "payable_days")
_SOURCES = ("own_working_funds", "working_loans")
# Own funds may be negative: current liabilities above current assets.
_NEVER_NEGATIVE = ("annual_sales", "working_loans", "other_working_funds")


@attrs.frozen
class Need:
    """What the operations need, and how much of it a new loan may cover (never below zero)."""

    need: Money
    limit: Money


def missing_facts(ctx: QuoteContext) -> tuple[str, ...]:
    """The facts that the formula lacks."""
    wanted = [*_SALES, *_SOURCES]
    if ctx.customer.get("working_capital_turns") is None:
        wanted += (
            _DAYS
            if any(ctx.customer.get(n) is not None for n in _DAYS)
            else ("working_capital_turns",)
        )
    return tuple(f"customer.{name}" for name in wanted if ctx.customer.get(name) is None)


def working_capital_need(ctx: QuoteContext) -> Need | None:
    """Need and limit from the customer's facts, each rounded to the fen; None when facts are missing.

    Raises:
        InputError: a cycle of no days, turns of zero or below, sales or debts below zero.
    """
    for name in _NEVER_NEGATIVE:
        stated = ctx.customer.get(name)
        if stated is not None and stated.minor < 0:
            raise InputError(f"customer.{name}: {stated.grouped()} is below 0")
    if missing_facts(ctx):
        return None
    facts = ctx.customer
    turns = _turns(ctx)
    sales, margin, growth = (facts.get(name) for name in _SALES)
    exact = Fraction(sales.amount) * (1 - Fraction(margin)) * (1 + Fraction(growth)) / turns
    need = Money.rounded(exact, sales.currency)
    other = facts.get("other_working_funds") or Money.zero(sales.currency)
    left = need - facts.get("own_working_funds") - facts.get("working_loans") - other
    limit = max(left, Money.zero(sales.currency))
    ctx.explain(
        "result.working_capital_need",
        need,
        "sales × (1 − margin) × (1 + growth) ÷ turns",
        {name: facts.get(name) for name in _SALES} | {"turns": _shown(turns)},
        ctx.version.origin("figures", "need_formula"),
    )
    ctx.explain(
        "result.working_capital_limit",
        limit,
        "need − own funds − working-capital loans − other sources, at least 0",
        {name: facts.get(name) for name in _SOURCES} | {"other_working_funds": other},
        ctx.version.origin("figures", "need_formula"),
    )
    return Need(need, limit)


def need_results(found: Need | None) -> Sequence[Result]:
    """The hint for the client: what is needed and what may be borrowed."""
    if found is None:
        return ()
    return (
        Result("working_capital_need", "Working capital needed", "营运资金量", found.need),
        Result(
            "working_capital_limit",
            "New loan that the need bears",
            "新增流动资金贷款额度",
            found.limit,
        ),
    )


def need_check(ctx: QuoteContext, amount: Money, found: Need | None) -> Check:
    """The amount within the limit by the formula; refers when facts are missing."""
    ctx.figure_text("need_formula")
    within = None if found is None else ctx.convert(amount, found.limit.currency) <= found.limit
    return verdict(
        ctx,
        "working-capital-need",
        within,
        (
            "The loan is within the company's need of working capital",
            "贷款金额不超过按营运资金需求测算的额度",
        ),
        source=ctx.source("figures", "need_formula"),
        found={} if found is None else {"amount": amount, "limit": found.limit},
        missing=missing_facts(ctx),
        bring=(
            "audited accounts of the last year and the sales plan of this year",
            "上年度审计报告及本年度销售计划",
        ),
    )


def _turns(ctx: QuoteContext) -> Fraction:
    stated = ctx.customer.get("working_capital_turns")
    if stated is not None:
        if stated <= 0:
            raise InputError(f"customer.working_capital_turns: {stated} is not above 0")
        return Fraction(stated)
    days: dict[str, Decimal] = {
        name: ctx.customer.get(name) or Decimal(0)
        for name in (*_DAYS, "prepaid_days", "advance_days")
    }
    cycle = (
        days["inventory_days"]
        + days["receivable_days"]
        + days["prepaid_days"]
        - days["payable_days"]
        - days["advance_days"]
    )
    if cycle <= 0:
        raise InputError(
            f"customer.inventory_days: the operating cycle is {cycle} days"
            " (inventory + receivables + prepayments − payables − advances), so that no working"
            " capital is needed; check the days"
        )
    return Fraction(360) / Fraction(cycle)


def _shown(turns: Fraction) -> Decimal:
    return Decimal(round(turns * 10000)).scaleb(-4)
