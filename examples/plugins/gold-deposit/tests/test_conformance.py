"""The conformance kit on gold-deposit."""

from __future__ import annotations

from catalogue.testing import ProductConformance


class TestGoldDeposit(ProductConformance):
    """Every invariant of the kit."""

    code = "gold-deposit"
