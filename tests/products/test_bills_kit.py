"""The conformance kit on acceptance and discount."""

from __future__ import annotations

from catalogue.testing import ProductConformance


class TestBankAcceptance(ProductConformance):
    code = "bank-acceptance"


class TestBillDiscount(ProductConformance):
    code = "bill-discount"
