"""The product's annual rate: reference × multiple + spread, or what the ask states, within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

import attrs

from catalogue.definitions.model import Origin, RateRule
from catalogue.errors import InputError
from catalogue.products.context import QuoteContext
from catalogue.products.results import QuotedRate
from catalogue.values import Tenor, percent_text


def quoted_rate(
    ctx: QuoteContext,
    tenor: Tenor | None = None,
    *,
    rule: RateRule | None = None,
    stated: Mapping[str, Any] | None = None,
    on: date | None = None,
) -> QuotedRate:
    """The rate of a quote by its definition's [rate] rule.

    Args:
        ctx: the quote.
        tenor: picks the column of the reference sheet; default: the ask's tenor.
        rule: another rule than the definition's, where a product makes it by its ask.
        stated: where an agreed `rate` or `spread` is found; default: the ask.
        on: the day whose reference holds; default: the pricing date.

    Raises:
        InputError: no rule, or the stated rate breaks a bound of the rule.
    """
    rule = rule or ctx.version.rate
    stated = ctx.ask if stated is None else stated
    if rule is None:
        raise InputError(f"{ctx.code}: the definition has no [rate]; a plugin asked for one")
    if rule.fixed is not None:
        return _fixed(ctx, rule, rule.fixed, stated)
    reference = ctx.reference_entry(
        rule.reference or "", column=rule.column, tenor=tenor or ctx.ask.get("tenor"), on=on
    )
    spread: Decimal = stated.get("spread", rule.spread)
    listed = reference.value * rule.multiple
    annual: Decimal = stated.get("rate", listed + spread)
    if "rate" in stated:
        spread = annual - listed
    quoted = QuotedRate(annual, rule.basis_note, reference.text(), spread)
    quoted = _within(ctx, rule, quoted, reference.value)
    multiple = "" if rule.multiple == 1 else f" × {rule.multiple}"
    ctx.explain(
        "rate.annual",
        annual,
        "as agreed in the ask" if "rate" in stated else f"{reference.text()}{multiple} + spread",
        {"reference": reference.value, "multiple": rule.multiple, "spread": spread},
        _stated_in(ctx, "reference", "column", "multiple", "spread"),
    )
    return quoted


def _fixed(
    ctx: QuoteContext, rule: RateRule, fixed: Decimal, stated: Mapping[str, Any]
) -> QuotedRate:
    annual: Decimal = stated.get("rate", fixed + stated.get("spread", rule.spread))
    quoted = QuotedRate(annual, rule.basis_note, None, None)
    quoted = _within(ctx, rule, quoted, fixed)
    formula = "as agreed in the ask" if "rate" in stated else "fixed by the definition"
    ctx.explain(
        "rate.annual", annual, formula, {"listed": fixed}, _stated_in(ctx, "fixed", "spread")
    )
    return quoted


def _stated_in(ctx: QuoteContext, *keys: str) -> Origin | None:
    """The newest origin among the keys of the rate rule that make the rate."""
    found = [ctx.version.origin("rate", key) for key in keys]
    return max(filter(None, found), key=lambda origin: origin.version, default=None)


def _within(
    ctx: QuoteContext, rule: RateRule, quoted: QuotedRate, reference: Decimal
) -> QuotedRate:
    """The rate with the bounds of its rule; InputError when it breaks one."""
    listed = reference * rule.multiple
    lows = {
        "min": rule.min,
        "min_multiple": _times(rule.min_multiple, reference),
        "min_spread": _plus(rule.min_spread, listed),
    }
    highs = {
        "max": rule.max,
        "max_multiple": _times(rule.max_multiple, reference),
        "max_spread": _plus(rule.max_spread, listed),
    }
    lowest = max(((v, n) for n, v in lows.items() if v is not None), default=None)
    highest = min(((v, n) for n, v in highs.items() if v is not None), default=None)
    if lowest is not None and quoted.annual < lowest[0]:
        _refuse(ctx, quoted, "below the lowest", *lowest)
    if highest is not None and quoted.annual > highest[0]:
        _refuse(ctx, quoted, "over the highest", *highest)
    return attrs.evolve(quoted, lowest=lowest and lowest[0], highest=highest and highest[0])


def _refuse(
    ctx: QuoteContext, quoted: QuotedRate, side: str, bound: Decimal, name: str
) -> NoReturn:
    raise InputError(
        f"rate: {percent_text(quoted.annual)} is {side} allowed, {percent_text(bound)}"
        f" (rate.{name} of {ctx.code}, {ctx.source('rate', name)})"
    )


def _times(factor: Decimal | None, reference: Decimal) -> Decimal | None:
    return None if factor is None else factor * reference


def _plus(spread: Decimal | None, reference: Decimal) -> Decimal | None:
    return None if spread is None else reference + spread
