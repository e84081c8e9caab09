"""Penalty interest: what an overdue or misused loan costs by the rule of the day.

Until the end of 2003 a rate a day on the overdue amount; since 2004-01-01 an uplift on the contract
rate within bounds. The definition's figure `penalty_sheet` names the rate sheet that holds them
(overdue-loan); its figures `overdue_uplift` and `misuse_uplift` are the bank's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from catalogue.errors import InputError
from catalogue.products.context import QuoteContext
from catalogue.products.results import Result, Terms
from catalogue.values import BANK_YEAR, Money, percent_text

SHEET = "penalty_sheet"


def penalty_results(ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
    """The yearly penalty rates, and the interest of an overdue amount that the ask names.

    Empty when the definition names no `penalty_sheet`. The ask fields `overdue_amount` and
    `overdue_days` ask for a figure: amount × penalty rate × days ÷ 360.
    """
    if terms.rate is None or SHEET not in ctx.version.figures:
        return ()
    overdue = overdue_rate(ctx, terms.rate.annual)
    made = [Result("overdue_rate", "Penalty rate when overdue", "逾期罚息年利率", overdue, "rate")]
    if ctx.has_figure("misuse_uplift") and not _by_day(ctx):
        misuse = _uplifted(ctx, terms.rate.annual, "misuse_uplift", "misuse-uplift")
        made.append(
            Result("misuse_rate", "Penalty rate when misused", "挪用罚息年利率", misuse, "rate")
        )
    amount, days = ctx.ask.get("overdue_amount"), ctx.ask.get("overdue_days")
    if (amount is None) != (days is None):
        raise InputError("overdue_amount: goes together with overdue_days; state both or neither")
    if amount is not None:
        interest = Money.rounded(amount.amount * overdue * days / BANK_YEAR, amount.currency)
        ctx.explain(
            "result.overdue_interest",
            interest,
            "overdue amount × penalty rate × days ÷ 360",
            {"amount": amount, "rate": overdue, "days": days},
        )
        made.append(Result("overdue_interest", "Late interest", "逾期罚息", interest))
    return made


def overdue_rate(ctx: QuoteContext, contract_rate: Decimal) -> Decimal:
    """The yearly rate on an overdue amount: daily rate × 360, or contract rate × (1 + uplift)."""
    if not _by_day(ctx):
        return _uplifted(ctx, contract_rate, "overdue_uplift", "uplift")
    daily = ctx.reference(ctx.figure_text(SHEET), column="daily")
    ctx.explain("result.overdue_rate", daily * BANK_YEAR, "rate a day × 360", {"daily": daily})
    return daily * BANK_YEAR


def _by_day(ctx: QuoteContext) -> bool:
    """Whether the pricing date has a penalty rate a day."""
    version = ctx.rates.sheet(ctx.figure_text(SHEET)).version_at(ctx.as_of)
    return version is not None and "daily" in version.values


def _uplifted(ctx: QuoteContext, contract_rate: Decimal, figure: str, column: str) -> Decimal:
    """Contract rate × (1 + the bank's uplift); an uplift outside the law's bounds is refused."""
    uplift = ctx.figure(figure)
    low = ctx.reference(ctx.figure_text(SHEET), column=f"{column}-min")
    high = ctx.reference(ctx.figure_text(SHEET), column=f"{column}-max")
    if not low <= uplift <= high:
        raise InputError(
            f"{ctx.code}: figure {figure} is {percent_text(uplift)}; the penalty on loans lies"
            f" between {percent_text(low)} and {percent_text(high)} of the contract rate"
        )
    rate = contract_rate * (1 + uplift)
    code = "overdue_rate" if figure == "overdue_uplift" else "misuse_rate"
    ctx.explain(
        f"result.{code}",
        rate,
        "contract rate × (1 + uplift)",
        {"contract_rate": contract_rate, "uplift": uplift},
    )
    return rate
