"""Working-capital loan (流动资金贷款): one-off, short or medium term."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import Check, Contract, QuoteContext, Result, Terms
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.company_loan import CompanyLoan
from catalogue.products.loan import need_amount
from catalogue.products.working_capital import need_check, need_results, working_capital_need


class WorkingCapitalLoan(CompanyLoan):
    """A loan for everyday operations, measured against the company's need."""

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """What every company loan shows, then what the company needs and may borrow."""
        return [*super().results(ctx, terms, rows), *need_results(working_capital_need(ctx))]

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """The amount within the need."""
        return [need_check(ctx, need_amount(terms), working_capital_need(ctx))]


plugin = WorkingCapitalLoan()
