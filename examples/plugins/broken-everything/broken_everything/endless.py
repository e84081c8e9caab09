"""A hook that calls itself without end."""

from __future__ import annotations

from typing import Any

from catalogue import hookimpl


@hookimpl
def eligibility(ctx: Any) -> Any:
    """Never comes back."""
    return eligibility(ctx)
