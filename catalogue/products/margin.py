"""Margin deposits: the least share that a client covers, by its credit grade."""

from __future__ import annotations

from decimal import Decimal

from catalogue.products.context import QuoteContext
from catalogue.products.results import Check, Outcome
from catalogue.products.verdict import verdict


def margin_check(
    ctx: QuoteContext,
    share: Decimal,
    least: Decimal,
    reason: tuple[str, str],
    *,
    figure: str,
    otherwise: Outcome = "fail",
) -> Check:
    """A margin at least that of the client's grade.

    A client without a grade whose margin is too small for none may have a grade that allows it:
    the check refers.

    Args:
        ctx: the quote.
        share: the margin as a share of what the bank promises to pay.
        least: the least share for the grade, or for none.
        reason: the requirement, in English and in Chinese.
        figure: that of the definition which holds the least shares.
        otherwise: outcome of a margin that is too small for a known grade.
    """
    grade = ctx.customer.get("credit_grade")
    known = grade is not None or share >= least
    return verdict(
        ctx,
        "margin",
        share >= least if known else None,
        reason,
        source=ctx.source("figures", figure),
        found={"margin_share": share, "credit_grade": grade},
        missing=("customer.credit_grade",),
        bring=(
            "accounts of the last three years, for the bank's grading",
            "近三年财务报表(供银行评级)",
        ),
        otherwise=otherwise,
    )
