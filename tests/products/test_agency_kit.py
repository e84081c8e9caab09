"""The conformance kit on agency services."""

from __future__ import annotations

from catalogue.testing import ProductConformance


class TestPayrollAgency(ProductConformance):
    code = "payroll-agency"


class TestUtilityCollection(ProductConformance):
    code = "utility-collection"


class TestSafeDepositBox(ProductConformance):
    code = "safe-deposit-box"


class TestPolicyBankAgency(ProductConformance):
    code = "policy-bank-agency"


class TestInsuranceAgency(ProductConformance):
    code = "insurance-agency"


class TestInterbankSettlementAgency(ProductConformance):
    code = "interbank-settlement-agency"
    exempt = {"interest": "a row is the client's cost: what the bank pays stands in it below zero"}  # noqa: RUF012


class TestFundCustody(ProductConformance):
    code = "fund-custody"
