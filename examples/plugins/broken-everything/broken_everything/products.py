"""A product plugin that prices nothing."""

from __future__ import annotations

from typing import Any

from catalogue import Product


class Broken(Product):
    """Returns a text where a contract belongs."""

    def price(self, ctx: Any, terms: Any) -> Any:
        """Not a contract."""
        return "12.50 CNY"


plugin = Broken()
