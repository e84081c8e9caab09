"""Prices that a client may agree instead of the listed ones: an ask field named as the figure."""

from __future__ import annotations

from decimal import Decimal

from catalogue.products.context import QuoteContext
from catalogue.products.explanation import Cited
from catalogue.values import Money

_AGREED = Cited("as agreed in the ask", "按双方约定")


def agreed_figure(
    ctx: QuoteContext, name: str, *, at: Decimal | int | Money | None = None
) -> Decimal:
    """The ask's field `name`, else the definition's figure of that name (of the band that holds `at`)."""
    listed = ctx.figure(name, at=at)
    stated = ctx.ask.get(name)
    if stated is None:
        return listed
    value: Decimal = stated.amount if isinstance(stated, Money) else stated
    ctx.explain(f"ask.{name}", value, "as agreed in the ask", {"listed": listed})
    return value


def agreed_source(ctx: QuoteContext, name: str) -> str:
    """The source of that price: the agreement itself, or what the definition cites for the figure."""
    return ctx.source("figures", name) if ctx.ask.get(name) is None else _AGREED
