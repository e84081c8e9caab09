"""Interest subsidised by a seller: what the client pays, what the seller pays, and the true cost.

The bank earns its full rate; the client's instalments are those of the lower rate; the seller makes
up the difference, over time or at once. A cash discount that the client gives up is part of the cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from catalogue.errors import InputError, RateError
from catalogue.maths import apr
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.context import QuoteContext
from catalogue.products.results import Result
from catalogue.products.solved import rate_figure
from catalogue.values import Money, percent_text


def client_rate(ctx: QuoteContext, annual: Decimal) -> Decimal:
    """The annual rate less the ask's `subsidy_rate`; a subsidy above the rate is refused."""
    subsidy: Decimal = ctx.ask.get("subsidy_rate", Decimal(0))
    if subsidy > annual:
        raise InputError(
            f"subsidy_rate: {percent_text(subsidy)} is more than the rate {percent_text(annual)}"
        )
    if subsidy:
        ctx.explain(
            "result.client_rate",
            annual - subsidy,
            "annual rate − subsidised part",
            {"rate": annual, "subsidy_rate": subsidy},
        )
    return annual - subsidy


def subsidy_results(rows: Schedule, full: Schedule, rate: Decimal) -> Sequence[Result]:
    """The subsidy over the life, and as one payment on the value date.

    Args:
        rows: the client's schedule.
        full: the same loan at the bank's rate.
        rate: the bank's annual rate, at which the one payment is discounted.
    """
    total = Money.of(full.total_interest - rows.total_interest, rows.currency)
    at_once = Money(rows.plan.principal, rows.currency) - present_value(rows, rate)
    return (
        Result("subsidy_total", "Interest paid by the seller", "经销商贴息总额", total),
        Result("subsidy_at_once", "Subsidy as one payment", "一次性贴息金额", at_once),
    )


def present_value(rows: Schedule, rate: Decimal) -> Money:
    """What the rows' payments are worth on the value date at an annual rate, period by period.

    Interest is reckoned as the schedule's own is. The schedule must be without early repayments.
    """
    numerator, denominator = Fraction(rate).as_integer_ratio()
    accrual = rows.plan.accrual
    value = Fraction(0)
    factors = accrual.later(1, rows.plan.rows, (numerator, denominator))
    paid = dict(zip(rows.columns.due, rows.columns.payment, strict=True))
    for due, factor in zip(reversed(rows.plan.due[1:]), reversed(factors), strict=True):
        value = (value + paid.get(due, 0)) / (1 + Fraction(*factor))
    unit = Fraction(Money(1, rows.currency).amount)
    return Money.rounded(value * unit, rows.currency)


def true_rate(
    ctx: QuoteContext,
    rows: Schedule,
    forgone: Money | None,
    fees: Money | None,
    *,
    always: bool = False,
) -> Sequence[Result]:
    """Effective and simple annual rate when the discount given up and the seller's fees are costs.

    Empty when there is neither, unless `always`; a warning when no rate solves the flows.
    """
    if not forgone and not fees and not always:
        return ()
    zero = Money.zero(rows.currency)
    start, financed = rows.draws[0]
    less = (forgone or zero) + (fees or zero)
    if less.minor >= financed:
        raise InputError(f"cash_discount: {less} with the fees is not below the loan")
    flows = rows.flows()
    flows[0] = (start, flows[0][1] - less.amount)
    try:
        effective, simple = (
            rate_figure(apr(flows, convention=each)) for each in ("effective", "simple")
        )
    except RateError as error:
        ctx.warn(f"true_apr: {error}")
        return ()
    ctx.explain(
        "result.true_apr",
        effective,
        "rate that makes the loan less the discount given up and the fees equal to the payments",
        {"discount": forgone or zero, "fees": fees or zero},
    )
    what, what_zh = "with discount given up and fees", "含放弃的现金优惠及费用"
    return (
        Result("true_apr", f"True annual rate {what}, effective", f"实际年化利率({what_zh},复利)", effective, "rate"),
        Result("true_apr_simple", f"True annual rate {what}, simple", f"实际年化利率({what_zh},单利)", simple, "rate"),
    )  # fmt: skip
