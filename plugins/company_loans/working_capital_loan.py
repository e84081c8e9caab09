"""Working-capital loan (流动资金贷款): one-off, short or medium term."""

from __future__ import annotations

from catalogue.products.loan import Loan


class WorkingCapitalLoan(Loan):
    """A loan for everyday operations."""

    default_method = "bullet"
    default_frequency = "quarterly"


plugin = WorkingCapitalLoan()
