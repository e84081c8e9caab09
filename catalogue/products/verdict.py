"""Making a check in Python: what conditions of a definition can't say, with the same care for unknowns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from catalogue.products.context import QuoteContext
from catalogue.products.explanation import source_text
from catalogue.products.rate_book import Reference
from catalogue.products.results import Check, Outcome


def verdict(
    ctx: QuoteContext,
    code: str,
    holds: bool | None,
    reason: tuple[str, str],
    *,
    source: str,
    found: Mapping[str, Any] | None = None,
    missing: Sequence[str] = (),
    bring: tuple[str, str] = ("", ""),
    otherwise: Outcome = "fail",
) -> Check:
    """A check: pass when `holds`, `otherwise` when not, refer when it is None (unknown).

    Args:
        ctx: the quote; the outcome is recorded in its explanation.
        code: id of the check.
        holds: the answer; None when facts are missing.
        reason: the requirement, in English and in Chinese.
        source: the rule behind it, as `ctx.source(...)` or `cited(reference)` gives it.
        found: the facts that decided it.
        missing: names of the facts that are unknown; used when `holds` is None.
        bring: what the client brings to prove them, in both languages.
        otherwise: outcome when it does not hold.
    """
    outcome: Outcome = "refer" if holds is None else "pass" if holds else otherwise
    ctx.explain(f"check.{code}", outcome, reason[0], found or {}, formula_zh=reason[1])
    unknown = holds is None
    return Check(
        id=code,
        outcome=outcome,
        reason=reason[0],
        reason_zh=reason[1],
        source=source,
        found=dict(found or {}),
        missing=tuple(missing) if unknown else (),
        bring=bring[0] or None if unknown else None,
        bring_zh=bring[1] or None if unknown else None,
    )


def cited(reference: Reference) -> str:
    """The source of a figure that was read from a rate sheet."""
    return source_text(reference.version.source, reference.sheet.sources)
