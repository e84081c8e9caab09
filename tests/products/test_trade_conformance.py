"""The conformance kit on trade finance and guarantees."""

from __future__ import annotations

import pytest

from catalogue.testing import ProductConformance

CODES = (
    "international-remittance", "clean-collection", "documentary-collection", "import-letter-of-credit",
    "export-letter-of-credit", "packing-loan", "import-bill-advance", "export-bill-purchase", "forfaiting",
    "shipping-guarantee", "bank-guarantee",
)  # fmt: skip
_KITS = {code: type(f"Kit_{code}", (ProductConformance,), {"code": code}) for code in CODES}
_TESTS = [name for name in dir(ProductConformance) if name.startswith("test_")]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("test", _TESTS)
def test_conformance(code: str, test: str) -> None:
    getattr(_KITS[code](), test)()
