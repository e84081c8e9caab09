"""Collateral: what a loan may be at most by the kind and value of what secures it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from catalogue.errors import InputError
from catalogue.products.context import QuoteContext
from catalogue.products.results import Check, Result
from catalogue.products.verdict import verdict
from catalogue.values import Money, percent_text
from catalogue.values.text import clean, suggest

_PLACES = Decimal("0.0001")
_SHARES = "max_loan_to_value"


def loan_to_value(amount: Money, value: Money) -> Decimal:
    """Amount ÷ value to 4 places; a value of zero is refused.

    >>> loan_to_value(Money.of(70), Money.of(100))
    Decimal('0.7000')
    """
    if not value:
        raise InputError("collateral: its value is 0, so that the loan has no share of it")
    return (amount.amount / value.amount).quantize(_PLACES)


def lower_value(ctx: QuoteContext, price_field: str) -> Money | None:
    """The price that the ask states in a field, or its `valuation` if that is lower; None without a price."""
    price: Money | None = ctx.ask.get(price_field)
    valuation: Money | None = ctx.ask.get("valuation")
    return price if price is None or valuation is None else min(price, valuation)


def secured_limit(ctx: QuoteContext, rows: Sequence[Mapping[str, Any]]) -> Money:
    """The sum of value × greatest share over the rows (kind, value) of the ask.

    The figure `max_loan_to_value` holds the shares by kind.

    Raises:
        InputError: a kind without a share, with a suggestion; a value that is not above zero.
    """
    shares = ctx.version.figures[_SHARES].values
    total = Money.zero(ctx.ask.currency)
    for number, row in enumerate(rows, 1):
        kind, value = row["kind"], row["value"]
        if kind not in shares:
            hint = suggest(kind, shares) or f"; it takes {', '.join(shares)}"
            raise InputError(
                f"collateral[{number}].kind: {clean(repr(kind))} is not taken by {ctx.code}{hint}"
            )
        if value.minor <= 0:
            raise InputError(f"collateral[{number}].value: {value.text()} is not above zero")
        share = ctx.figure(_SHARES, key=kind)
        part = Money.rounded(value.amount * share, value.currency)
        ctx.explain(
            f"collateral.{number}",
            part,
            f"value of the {kind} × {percent_text(share)}",
            {"value": value, "share": share},
            ctx.version.origin("figures", _SHARES, "values", kind),
        )
        total += part
    return total


def limit_check(
    ctx: QuoteContext,
    amount: Money,
    limit: Money | None,
    *,
    source: str,
    code: str = "secured-limit",
    missing: str = "ask.collateral",
    bring: tuple[str, str] = ("valuation of the collateral", "抵(质)押物评估报告"),
) -> Check:
    """The amount within a limit that was computed; None (unknown collateral) refers."""
    return verdict(
        ctx,
        code,
        None if limit is None else amount <= limit,
        ("The amount is within what the collateral allows", "贷款金额不超过抵(质)押物可贷额度"),
        source=source,
        found={} if limit is None else {"amount": amount, "limit": limit},
        missing=(missing,),
        bring=bring,
    )


def limit_results(limit: Money, amount: Money) -> Sequence[Result]:
    """The limit and what is left of it (zero when the amount is above it)."""
    left = max(limit - amount, Money.zero(limit.currency))
    return (
        Result("secured_limit", "Limit by collateral", "抵(质)押可贷额度", limit),
        Result("unused_limit", "Limit left", "剩余额度", left),
    )
