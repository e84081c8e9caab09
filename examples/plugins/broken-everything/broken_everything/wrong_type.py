"""A hook that returns what it must not."""

from __future__ import annotations

from typing import Any

from catalogue import hookimpl


@hookimpl
def eligibility(ctx: Any) -> Any:
    """Return a number instead of checks."""
    return 12.5
