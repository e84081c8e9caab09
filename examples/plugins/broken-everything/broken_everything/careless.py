"""A fee that no tariff has: a float, in no currency, due on a text, by nobody."""

from __future__ import annotations

from typing import Any

from catalogue import Fee, hookimpl


@hookimpl
def fees(ctx: Any) -> Any:
    """Not an amount that a client could be charged."""
    return [Fee("stamp", "Stamp", "印花", 0.1 + 0.2, "0.1 + 0.2", "somebody", due="soon")]  # type: ignore[arg-type]
