"""A hook whose name is misspelt, beside one that is not."""

from __future__ import annotations

from typing import Any

from catalogue import hookimpl


@hookimpl
def elligibility(ctx: Any) -> Any:
    """Never called: the hook is `eligibility`."""


@hookimpl
def adjustments(ctx: Any) -> Any:
    """Change nothing."""
