"""Prices that a client may agree instead of the listed ones, each by a field of the ask."""

from __future__ import annotations

from decimal import Decimal

from catalogue.products.context import QuoteContext
from catalogue.products.explanation import Cited
from catalogue.values import Money

_AGREED = Cited("as agreed in the ask", "按双方约定")


def agreed_figure(
    ctx: QuoteContext, figure: str, field: str, *, at: Decimal | int | Money | None = None
) -> Decimal:
    """What the ask states in `field`, else the definition's figure (of the band that holds `at`)."""
    listed, stated = ctx.figure(figure, at=at), ctx.ask.get(field)
    if stated is None:
        return listed
    value: Decimal = stated.amount if isinstance(stated, Money) else stated
    ctx.explain(f"ask.{field}", value, "as agreed in the ask", {"tariff": listed})
    return value


def agreed_source(ctx: QuoteContext, figure: str, field: str) -> str:
    """The source of that price: the agreement, or what the definition cites for the figure."""
    return ctx.source("figures", figure) if ctx.ask.get(field) is None else _AGREED
