"""The conformance kit: what every product must hold, for plugin authors and for our own products.

Needs pytest and hypothesis (`pip install bank-catalogue[test]`).

Example::

    from catalogue.testing import ProductConformance

    class TestMyLoan(ProductConformance):
        code = "my-loan"
"""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("catalogue.testing.conformance")

from catalogue.testing.asks import draw_ask, draw_field  # noqa: E402 - after the rewrite is registered
from catalogue.testing.conformance import ProductConformance  # noqa: E402
from catalogue.testing.invariants import broken_invariants  # noqa: E402

__all__ = ["ProductConformance", "broken_invariants", "draw_ask", "draw_field"]
