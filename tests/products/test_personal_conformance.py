"""The conformance kit on the remaining personal loans, cards, e-banking and packages."""

from __future__ import annotations

import pytest

from catalogue.testing import ProductConformance

CODES = (
    "durable-goods-loan", "travel-loan", "small-credit-loan", "student-loan", "commercial-student-loan",
    "debit-card", "credit-card", "card-instalment", "e-banking", "all-in-one-account", "integrated-package",
)  # fmt: skip
_KITS = {code: type(f"Kit_{code}", (ProductConformance,), {"code": code}) for code in CODES}
_KITS["credit-card"].exempt = {"balance": "a row is a month of an account that stays open"}
_TESTS = [name for name in dir(ProductConformance) if name.startswith("test_")]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("test", _TESTS)
def test_conformance(code: str, test: str) -> None:
    getattr(_KITS[code](), test)()
