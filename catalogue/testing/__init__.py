"""The conformance kit: what every product must hold, for plugin authors and for our own products.

Needs pytest and hypothesis (`pip install bank-catalogue[test]`).

Example::

    from catalogue.testing import ProductConformance

    class TestMyLoan(ProductConformance):
        code = "my-loan"
"""

from __future__ import annotations

from catalogue.testing.asks import draw_ask, draw_field
from catalogue.testing.conformance import ProductConformance
from catalogue.testing.invariants import broken_invariants

__all__ = ["ProductConformance", "broken_invariants", "draw_ask", "draw_field"]
