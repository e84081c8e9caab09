"""The conformance kit on the larger company loans and on the business with institutions."""

from __future__ import annotations

import pytest

from catalogue.testing import ProductConformance

CODES = (
    "housing-development-loan", "fx-on-lending-loan", "syndicated-loan", "receivables-purchase",
    "interbank-borrowing", "stock-pledged-loan", "bond-repo", "outright-repo", "bond-dealing",
)  # fmt: skip
_KITS = {code: type(f"Kit_{code}", (ProductConformance,), {"code": code}) for code in CODES}
_TESTS = [name for name in dir(ProductConformance) if name.startswith("test_")]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("test", _TESTS)
def test_conformance(code: str, test: str) -> None:
    getattr(_KITS[code](), test)()
