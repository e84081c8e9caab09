"""The conformance kit on solar-lease."""

from __future__ import annotations

from catalogue.testing import ProductConformance


class TestSolarLease(ProductConformance):
    """Every invariant of the kit."""

    code = "solar-lease"
