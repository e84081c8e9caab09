"""Fixed-asset loan (固定资产贷款): drawn in stages, grace while building, repaid from the project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from catalogue import Check, Contract, Fee, InputError, QuoteContext, Result, Terms
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.commitment import staged_commitment_fees
from catalogue.products.company_loan import CompanyLoan
from catalogue.products.loan import need_amount
from catalogue.products.project import (
    construction_results,
    cover_check,
    cover_results,
    own_capital_checks,
    own_capital_results,
)


class FixedAssetLoan(CompanyLoan):
    """A loan for a project, repaid in equal principal after the grace period."""

    default_method = "equal-principal"

    def plan(self, ctx: QuoteContext, terms: Terms) -> dict[str, Any]:
        """As asked; interest is capitalised in a grace period only."""
        if ctx.ask["grace_interest"] == "capitalise" and not ctx.ask.get("grace"):
            raise InputError("grace_interest: capitalise needs a grace period (grace=...)")
        return super().plan(ctx, terms)

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """The loan's figures, own capital, interest during construction, debt-service cover."""
        return [
            *super().results(ctx, terms, rows),
            *own_capital_results(ctx),
            *construction_results(ctx, rows),
            *cover_results(ctx, rows),
        ]

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """Early repayment, and the commitment fee until the last drawdown."""
        charged = staged_commitment_fees(ctx, need_amount(terms), contract)
        return [*super().fees(ctx, terms, contract), *charged]

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """Own capital, the financing gap, debt-service cover."""
        return [
            *own_capital_checks(ctx, need_amount(terms)),
            cover_check(ctx, contract.schedule),
        ]


plugin = FixedAssetLoan()
