"""The conformance kit on every settlement product."""

from __future__ import annotations

from catalogue.testing import ProductConformance


class TestDomesticRemittance(ProductConformance):
    code = "domestic-remittance"


class TestBankDraft(ProductConformance):
    code = "bank-draft"


class TestCashiersOrder(ProductConformance):
    code = "cashiers-order"


class TestCheque(ProductConformance):
    code = "cheque"


class TestCommercialDraft(ProductConformance):
    code = "commercial-draft"


class TestEntrustedCollection(ProductConformance):
    code = "entrusted-collection"


class TestCollectionWithAcceptance(ProductConformance):
    code = "collection-with-acceptance"


class TestPersonalRemittance(ProductConformance):
    code = "personal-remittance"
