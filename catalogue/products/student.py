"""The base of student loans: interest only while studying and in the grace after it, then repaid."""

from __future__ import annotations

from typing import Any

from catalogue.errors import InputError
from catalogue.products.context import QuoteContext
from catalogue.products.loan import Loan
from catalogue.products.results import Terms


class StudyLoan(Loan):
    """Principal begins after the years of study and the months of grace.

    Ask fields: `level`, `study_years` (those still to come; 0 for none), `grace_months`.
    """

    default_method = "equal-principal"
    deciding_fields = ("level", "study_years", "grace_months")

    def plan(self, ctx: QuoteContext, terms: Terms) -> dict[str, Any]:
        """Grace periods for study and beyond."""
        made = super().plan(ctx, terms)
        months = self.study_months(ctx) + ctx.ask["grace_months"]
        if months >= made["periods"]:
            raise InputError(
                f"tenor: {ctx.ask.tenor} leaves no month to repay after {months} months of interest only"
                f" (study_years {ctx.ask['study_years']}, grace_months {ctx.ask['grace_months']})"
            )
        if months:
            made["grace"] = months
        return made

    def study_months(self, ctx: QuoteContext) -> int:
        """Months still to study."""
        return 12 * int(ctx.ask["study_years"])
