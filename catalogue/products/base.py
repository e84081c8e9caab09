"""The base of product plugins: write `terms` and `price`, add `fees` and `eligibility` if need be.

A subclass's method with a hook's name is a hook implementation; it needs no decorator. A method whose
name is nearly a hook's is refused, since pluggy would never call it.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

from catalogue.errors import PluginError
from catalogue.plugin.hookspecs import HOOKS, hookimpl
from catalogue.products.context import QuoteContext
from catalogue.products.results import Check, Contract, Fee, QuotedRate, Terms


class Product:
    """A product plugin. Instances hold no state: one serves every quote.

    Class attribute `deciding_fields`: ask fields that decide the price or the answer, so that they
    stand in the terms also where the ask leaves them at their defaults.

    Example::

        class PhoneTopUp(Product):
            def price(self, ctx, terms):
                return Contract(terms.currency, totals={"principal": terms.amount, ...})

        plugin = PhoneTopUp()
    """

    deciding_fields: tuple[str, ...] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, member in vars(cls).items():
            member = getattr(member, "__func__", member)  # of a static or class method
            if not callable(member) or name.startswith("_"):
                continue
            if name in HOOKS:
                hookimpl(member)
            elif difflib.get_close_matches(name, HOOKS, 1, 0.85):
                near = difflib.get_close_matches(name, HOOKS, 1, 0.85)[0]
                raise PluginError(f"{cls.__name__}.{name} is not a hook; did you mean {near!r}?")

    @hookimpl
    def terms(self, ctx: QuoteContext) -> Terms:
        """The ask as agreed: amount, dates and, when the definition has a [rate], the rate."""
        ask = ctx.ask
        return Terms(
            currency=ask.currency,
            start=ask.start,
            amount=ask.get("amount"),
            maturity=ask.get("maturity"),
            tenor=ask.get("tenor"),
            rate=self.agreed_rate(ctx),
            method=ask.get("method"),
            frequency=ask.get("frequency"),
            day_count=ask.get("day_count") or ctx.version.terms.get("day_count"),
            extra={name: ask[name] for name in self.deciding_fields if name in ask},
        )

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate | None:
        """The annual rate by the definition's rule; products whose rate depends on more override it."""
        return ctx.rate() if ctx.version.rate is not None else None

    @hookimpl
    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The contract; every product states its own."""
        raise PluginError(f"{type(self).__name__} has no price()")

    @hookimpl
    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """Fees beside those of the definition; none by default."""
        return ()

    @hookimpl
    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """Checks beside the conditions of the definition; none by default."""
        return ()
