"""Raises what is no ordinary error."""

from __future__ import annotations

from typing import Any

from catalogue import hookimpl


@hookimpl
def fees(ctx: Any) -> Any:
    """As if the manager had pressed Ctrl-C."""
    raise KeyboardInterrupt
