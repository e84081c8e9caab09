"""Writes into what it is shown: another product's contract."""

from __future__ import annotations

from typing import Any

from catalogue import Money, hookimpl


@hookimpl
def eligibility(ctx: Any, contract: Any) -> Any:
    """Make all interest nothing."""
    contract.totals["interest"] = Money.of(0)
    return []
