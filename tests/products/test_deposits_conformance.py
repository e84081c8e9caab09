"""The conformance kit on every deposit."""

from __future__ import annotations

import pytest

from catalogue.testing import ProductConformance

CODES = (
    "corporate-demand-deposit", "corporate-time-deposit", "corporate-notice-deposit",
    "corporate-agreement-deposit", "corporate-negotiated-deposit", "corporate-large-certificate",
    "demand-savings", "time-savings", "instalment-savings", "instalment-withdrawal-savings",
    "interest-drawing-savings", "time-or-demand-savings", "education-savings", "notice-savings",
    "large-certificate", "foreign-currency-savings", "interbank-deposit",
)  # fmt: skip
_KITS = {code: type(f"Kit_{code}", (ProductConformance,), {"code": code}) for code in CODES}
_TESTS = [name for name in dir(ProductConformance) if name.startswith("test_")]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("test", _TESTS)
def test_conformance(code: str, test: str) -> None:
    getattr(_KITS[code](), test)()
