"""Small short-term credit loan (个人小额短期信用贷款): limit by months of income and grade."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from catalogue import Check, Contract, Money, QuoteContext, Result, Terms
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.affordability import (
    BURDEN,
    age_check,
    burden_results,
    income_checks,
    monthly_burden,
)
from catalogue.products.loan import Loan, need_amount
from catalogue.products.verdict import verdict


class SmallCreditLoan(Loan):
    """Unsecured; the whole debt falls due within a year."""

    default_method = "at-maturity"

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """The limit, and the burden on income where the loan is repaid by instalments."""
        limit, burden = self._limit(ctx), monthly_burden(rows, terms)
        made = list(super().results(ctx, terms, rows))
        if limit is not None:
            made.append(Result("limit", "Limit by income and grade", "按收入与等级核定额度", limit))
        return [*made, *burden_results(ctx, burden)]

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """Within the limit; income and age."""
        limit, amount = self._limit(ctx), need_amount(terms)
        checks = [
            verdict(
                ctx,
                "credit-limit",
                None if limit is None else amount <= limit,
                (
                    "The loan is within the limit by income and grade",
                    "贷款金额不超过按收入与等级核定的额度",
                ),
                source=ctx.source("figures", "months_of_income"),
                found={} if limit is None else {"limit": limit, "amount": amount},
                missing=("customer.monthly_income",),
                bring=("proof of income", "收入证明"),
            ),
            *age_check(ctx, terms),
        ]
        if terms.method in ("level", "equal-principal"):
            checks += income_checks(ctx, contract.result(BURDEN))
        return checks

    def _limit(self, ctx: QuoteContext) -> Money | None:
        income = ctx.customer.get("monthly_income")
        if income is None:
            return None
        grade = str(ctx.customer.get("credit_grade") or "none")
        months = ctx.figure("months_of_income", key=grade)
        by_income = Money.rounded(Fraction(income.amount) * Fraction(months))
        limit = min(by_income, Money.of(ctx.figure("greatest")))
        ctx.explain(
            "limit",
            limit,
            "income × months by grade, at most the greatest",
            {"income": income, "grade": grade, "months": months},
        )
        return limit


plugin = SmallCreditLoan()
