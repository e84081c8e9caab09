"""A hook that wants what no hook is given."""

from __future__ import annotations

from typing import Any

from catalogue import hookimpl


@hookimpl
def fees(ctx: Any, branch: Any) -> Any:
    """Takes an argument that the hook does not have."""
