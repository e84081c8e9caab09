"""The conformance kit on every product of the wealth family."""

from __future__ import annotations

from catalogue.testing import ProductConformance


class TestOpenEndFund(ProductConformance):
    code = "open-end-fund"


class TestBankSecuritiesLink(ProductConformance):
    code = "bank-securities-link"


class TestCertificateTreasuryBond(ProductConformance):
    code = "certificate-treasury-bond"


class TestSavingsTreasuryBond(ProductConformance):
    code = "savings-treasury-bond"


class TestStructuredDeposit(ProductConformance):
    code = "structured-deposit"


class TestPersonalWealth(ProductConformance):
    code = "personal-wealth"


class TestCashPooling(ProductConformance):
    code = "cash-pooling"


class TestCorporateSweep(ProductConformance):
    code = "corporate-sweep"
    exempt = {  # noqa: RUF012 - a test class
        "balance": "a row is a stay in the fund, which may end on the day on which the next begins",
        "interest": "what the fund yields is the fund's, not the bank's interest",
    }


class TestCorporateAdvisory(ProductConformance):
    code = "corporate-advisory"


class TestFinancialAdvisory(ProductConformance):
    code = "financial-advisory"
