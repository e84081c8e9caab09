"""Commercial student loan (商业助学贷款)."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import Check, Contract, QuoteContext, Result, Terms
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.affordability import (
    age_check,
    income_checks,
    income_results,
    monthly_burden,
)
from catalogue.products.guarantor import guarantor_checks
from catalogue.products.student import StudyLoan


class CommercialStudentLoan(StudyLoan):
    """Drawn at once; the family's income carries it."""

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """The loan's figures and the burden on income."""
        burden = monthly_burden(rows, terms)
        own = Result("monthly_burden", "Burden a month", "月均还款负担", burden)
        return [*super().results(ctx, terms, rows), own, *income_results(ctx, burden)]

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """Income and age, and the guarantor."""
        burden = contract.result("monthly_burden")
        return [
            *income_checks(ctx, burden),
            *age_check(ctx, terms),
            *guarantor_checks(ctx, terms, burden),
        ]


plugin = CommercialStudentLoan()
