"""catalogue: a bank's product catalogue and pricing as a program.

>>> from catalogue import Ask, Catalogue, Customer
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

_HOME = {
    "Adjustment": "products.results",
    "Ask": "products.ask",
    "BundleQuote": "quotes.bundle_quote",
    "BundleRequest": "bundles.request",
    "Catalogue": "quotes.catalogue",
    "CatalogueError": "errors",
    "Check": "products.results",
    "Contract": "products.results",
    "Customer": "products.customer",
    "Fee": "products.results",
    "Flow": "products.results",
    "InputError": "errors",
    "Money": "values",
    "PluginError": "errors",
    "Product": "products.base",
    "Quote": "quotes.quote",
    "QuoteContext": "products.context",
    "QuotedRate": "products.results",
    "Result": "products.results",
    "Tenor": "values",
    "Terms": "products.results",
    "hookimpl": "plugin.hookspecs",
}
__all__ = [
    "Adjustment",
    "Ask",
    "BundleQuote",
    "BundleRequest",
    "Catalogue",
    "CatalogueError",
    "Check",
    "Contract",
    "Customer",
    "Fee",
    "Flow",
    "InputError",
    "Money",
    "PluginError",
    "Product",
    "Quote",
    "QuoteContext",
    "QuotedRate",
    "Result",
    "Tenor",
    "Terms",
    "hookimpl",
]

if TYPE_CHECKING:
    from catalogue.bundles.request import BundleRequest
    from catalogue.errors import CatalogueError, InputError, PluginError
    from catalogue.plugin.hookspecs import hookimpl
    from catalogue.products.ask import Ask
    from catalogue.products.base import Product
    from catalogue.products.context import QuoteContext
    from catalogue.products.customer import Customer
    from catalogue.products.results import (
        Adjustment,
        Check,
        Contract,
        Fee,
        Flow,
        QuotedRate,
        Result,
        Terms,
    )
    from catalogue.quotes.bundle_quote import BundleQuote
    from catalogue.quotes.catalogue import Catalogue
    from catalogue.quotes.quote import Quote
    from catalogue.values import Money, Tenor


def __getattr__(name: str) -> Any:
    """Names are imported when first used: `import catalogue` costs next to nothing."""
    if name not in _HOME:
        raise AttributeError(f"module 'catalogue' has no attribute {name!r}")
    value = getattr(import_module(f"catalogue.{_HOME[name]}"), name)
    globals()[name] = value
    return value
