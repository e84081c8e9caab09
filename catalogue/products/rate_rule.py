"""The product's annual rate: reference × multiple + spread, or what the ask states, within bounds."""

from __future__ import annotations

from decimal import Decimal

from catalogue.definitions.model import RateRule
from catalogue.errors import InputError
from catalogue.products.context import QuoteContext
from catalogue.products.results import QuotedRate
from catalogue.values import Tenor, percent_text


def quoted_rate(ctx: QuoteContext, tenor: Tenor | None = None) -> QuotedRate:
    """The rate of a quote by its definition's [rate] rule.

    Args:
        ctx: the quote.
        tenor: picks the column of the reference sheet; default: the ask's tenor.

    Raises:
        InputError: no rule, or the stated rate breaks a bound of the rule.
    """
    rule = ctx.version.rate
    if rule is None:
        raise InputError(f"{ctx.code}: the definition has no [rate]; a plugin asked for one")
    basis = rule.basis_note
    if rule.fixed is not None:
        return _fixed(ctx, rule, rule.fixed, basis)
    reference = ctx.reference_entry(
        rule.reference or "", column=rule.column, tenor=tenor or ctx.ask.get("tenor")
    )
    spread: Decimal = ctx.ask.get("spread", rule.spread)
    listed = reference.value * rule.multiple
    annual: Decimal = ctx.ask.get("rate", listed + spread)
    if "rate" in ctx.ask:
        spread = annual - listed
    quoted = QuotedRate(annual, basis, reference.text(), spread)
    _within(ctx, rule, quoted, reference.value)
    multiple = "" if rule.multiple == 1 else f" × {rule.multiple}"
    ctx.explain(
        "rate.annual", annual,
        "as agreed in the ask" if "rate" in ctx.ask else f"{reference.text()}{multiple} + spread",
        {"reference": reference.value, "multiple": rule.multiple, "spread": spread},
        ctx.version.origin("rate"),
    )  # fmt: skip
    return quoted


def _fixed(ctx: QuoteContext, rule: RateRule, fixed: Decimal, basis: str | None) -> QuotedRate:
    annual: Decimal = ctx.ask.get("rate", fixed + ctx.ask.get("spread", rule.spread))
    quoted = QuotedRate(annual, basis, None, None)
    _within(ctx, rule, quoted, fixed)
    formula = "as agreed in the ask" if "rate" in ctx.ask else "fixed by the definition"
    ctx.explain("rate.annual", annual, formula, {"listed": fixed}, ctx.version.origin("rate"))
    return quoted


def _within(ctx: QuoteContext, rule: RateRule, quoted: QuotedRate, reference: Decimal) -> None:
    bounds = (
        (rule.min, "min"),
        (rule.max, "max"),
        (_times(rule.min_multiple, reference), "min_multiple"),
        (_times(rule.max_multiple, reference), "max_multiple"),
        (_plus(rule.min_spread, reference * rule.multiple), "min_spread"),
        (_plus(rule.max_spread, reference * rule.multiple), "max_spread"),
    )
    for bound, name in bounds:
        if bound is None:
            continue
        broken = quoted.annual < bound if name.startswith("min") else quoted.annual > bound
        if broken:
            side = "below the lowest" if name.startswith("min") else "over the highest"
            raise InputError(
                f"rate: {percent_text(quoted.annual)} is {side} allowed, {percent_text(bound)}"
                f" (rate.{name} of {ctx.code}, {ctx.source('rate', name)})"
            )


def _times(factor: Decimal | None, reference: Decimal) -> Decimal | None:
    return None if factor is None else factor * reference


def _plus(spread: Decimal | None, reference: Decimal) -> Decimal | None:
    return None if spread is None else reference + spread
