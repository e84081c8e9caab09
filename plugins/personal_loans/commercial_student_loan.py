"""Commercial student loan (商业助学贷款)."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import Check, Contract, QuoteContext, Result, Terms
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.affordability import burden_results, monthly_burden
from catalogue.products.guarantor import household_checks
from catalogue.products.student import StudyLoan


class CommercialStudentLoan(StudyLoan):
    """Drawn at once; the family's income carries it."""

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """The loan's figures and the burden on income."""
        own = burden_results(ctx, monthly_burden(rows, terms))
        return [*super().results(ctx, terms, rows), *own]

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """Income and age, and the guarantor."""
        return household_checks(ctx, terms, contract)


plugin = CommercialStudentLoan()
