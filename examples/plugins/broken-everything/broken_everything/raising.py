"""A hook that raises."""

from __future__ import annotations

from typing import Any

from catalogue import hookimpl


@hookimpl
def fees(ctx: Any) -> Any:
    """Raise."""
    raise KeyError("tariff of 2019")
