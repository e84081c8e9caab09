"""Computing a fee exactly, with its arithmetic shown.

Order: one charge by the method on its base → between min and max → × items beyond the free ones
→ × periods → between total_min and total_max → rounded once, HALF_UP, to the minor unit of the
fee's currency → tax. Fractions throughout; nothing is rounded on the way. A base below zero (a loss)
counts as zero: a fee is never negative.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue.definitions.conditions import Node, evaluate
from catalogue.definitions.fee_model import FeeDef, Tier
from catalogue.errors import InputError
from catalogue.products.context import QuoteContext
from catalogue.products.periods import periods_charged
from catalogue.products.results import Fee, FeeTaxPart, Terms
from catalogue.values import Money, percent_text, rate_text
from catalogue.values.text import shown, suggest


@attrs.frozen
class _Charge:
    """An exact amount and how it was made."""

    amount: Fraction
    formula: str


def definition_fees(ctx: QuoteContext, terms: Terms, currency: str) -> list[Fee]:
    """All fees that the definition in force charges on this quote, in the definition's order."""
    wanted = ctx.ask.get("services", ())
    _check_services(ctx, wanted)
    made: list[Fee] = []
    for code, fee in ctx.version.fees.items():
        if fee.optional and code not in wanted:
            continue
        made += assess(ctx, code, fee, terms, currency)
    return made


def _check_services(ctx: QuoteContext, wanted: Sequence[str]) -> None:
    optional = [code for code, fee in ctx.version.fees.items() if fee.optional]
    for code in wanted:
        if code not in optional:
            raise InputError(
                f"services: {shown(code)} is not an optional service of {ctx.code};"
                f" it has {', '.join(optional) or 'none'}{suggest(code, optional)}"
            )


def assess(ctx: QuoteContext, code: str, fee: FeeDef, terms: Terms, currency: str) -> list[Fee]:
    """One fee of the definition: nothing if it does not apply, else the fee (and its tax line)."""
    if fee.applies is not None and not _holds(ctx, fee.applies.test, f"fees.{code}.applies"):
        return []
    unit = fee.currency or currency
    base = _base(ctx, fee, unit)
    charge = _whole_charge(ctx, fee, base, terms)
    amount = Money.rounded(charge.amount, unit)
    formula = charge.formula
    waived = None
    if fee.waive is not None and _holds(ctx, fee.waive.test, f"fees.{code}.waive"):
        waived, amount = amount, Money.zero(unit)
        formula = f"waived ({fee.waive.test.text()}); would be {charge.formula}"
    made = Fee(
        code=code,
        name=fee.name,
        name_zh=fee.name_zh,
        amount=amount,
        formula=formula,
        source=ctx.source("fees", code),
        base=base,
        due=_due(ctx, fee, terms),
        in_apr=fee.in_apr,
        waived=waived,
        by="definition",
    )
    ctx.explain(
        f"fee.{code}", amount, formula, _inputs(fee, base), ctx.version.origin("fees", code)
    )
    return _with_tax(ctx, fee, made)


def waived_fees(ctx: QuoteContext, terms: Terms, currency: str) -> Money:
    """The sum of what the definition's fees would be where they are waived, in `currency`."""
    waived = (fee.waived for fee in definition_fees(ctx, terms, currency) if fee.waived is not None)
    return Money.total((ctx.convert(amount, currency) for amount in waived), currency)


def own_fee(
    ctx: QuoteContext,
    words: tuple[str, str, str],
    amount: Money,
    formula: str,
    *,
    source: str,
    due: date | None = None,
    base: Money | Decimal | None = None,
) -> Fee:
    """A fee that a product computes itself, with the value-added tax that it contains.

    `words` are its code and its names in English and Chinese.
    """
    code, name, name_zh = words
    tax = tax_inside(amount, ctx.reference("vat"))
    return Fee(code, name, name_zh, amount, formula, source, base=base, due=due, tax=tax)


def tax_inside(amount: Money, rate: Decimal) -> FeeTaxPart:
    """The tax that an amount contains: the net amount is rounded, net and tax add up to the amount."""
    net = Money.rounded(Fraction(amount.amount) / (1 + Fraction(rate)), amount.currency)
    return FeeTaxPart(rate, net, amount - net)


def _due(ctx: QuoteContext, fee: FeeDef, terms: Terms) -> date | None:
    """The day on which a fee is paid; None with each instalment."""
    if fee.due_on is None:
        return {"maturity": terms.maturity, "each-due": None}.get(fee.due, terms.start)
    day = ctx.lookup(fee.due_on)
    if not isinstance(day, date):
        raise InputError(f"{fee.due_on}: is missing; the fee {fee.name!r} is paid on that day")
    return day


def _holds(ctx: QuoteContext, node: Node, where: str) -> bool:
    verdict = evaluate(node, ctx)
    if verdict.truth is None:
        ctx.warn(
            f"{where} could not be decided: unknown {', '.join(verdict.missing)}; taken as not so"
        )
    return bool(verdict.truth)


def _base(ctx: QuoteContext, fee: FeeDef, unit: str) -> Money | Decimal | None:
    if fee.base is None:
        return None
    value = ctx.lookup(fee.base)
    if value is None:
        raise InputError(f"{fee.base}: is missing; the fee {fee.name!r} is computed on it")
    if isinstance(value, Money):
        return ctx.convert(value, unit)
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise InputError(
            f"{fee.base}: {shown(value)} is not an amount; the fee {fee.name!r} is computed on it"
        )
    return Decimal(value)


def _whole_charge(
    ctx: QuoteContext, fee: FeeDef, base: Money | Decimal | None, terms: Terms
) -> _Charge:
    quantity = max(Fraction(0), Fraction(base.amount if isinstance(base, Money) else base or 0))
    charge = _one_charge(fee, quantity, counted=not isinstance(base, Money))
    charge = _bounded(charge, fee.min, fee.max)
    if fee.items is not None:
        charge = _times_items(ctx, fee, charge)
    if fee.per is not None:
        periods, words = periods_charged(ctx, fee.per, terms)
        charge = _Charge(charge.amount * periods, f"{_factor(charge.formula)} × {words}")
    return _bounded(charge, fee.total_min, fee.total_max)


def _one_charge(fee: FeeDef, quantity: Fraction, *, counted: bool) -> _Charge:
    """`counted`: the base is a number of items, so that a rate is an amount for each of them."""
    rate_words = _number if counted else percent_text
    match fee.method:
        case "flat":
            return _Charge(Fraction(fee.amount or 0), _number(fee.amount or Decimal(0)))
        case "percent":
            rate = fee.rate or Decimal(0)
            return _Charge(quantity * Fraction(rate), f"{_number(quantity)} × {rate_words(rate)}")
        case "slab":
            return slab(fee.tiers or (), quantity, rate_words)
        case "graduated":
            return graduated(fee.tiers or (), quantity, rate_words)


def slab(
    tiers: Sequence[Tier], quantity: Fraction, rate_words: Callable[[Decimal], str] = percent_text
) -> _Charge:
    """One tier's rate (and fixed amount) on the whole quantity; a bound belongs to its tier."""
    tier = next(tier for tier in tiers if tier.up_to is None or quantity <= Fraction(tier.up_to))
    parts, words = Fraction(tier.amount or 0), []
    if tier.amount is not None:
        words.append(_number(tier.amount))
    if tier.rate is not None:
        parts += quantity * Fraction(tier.rate)
        words.append(f"{_number(quantity)} × {rate_words(tier.rate)}")
    bound = "the last tier" if tier.up_to is None else f"the tier up to {_number(tier.up_to)}"
    return _Charge(parts, f"{' + '.join(words)} ({bound})")


def graduated(
    tiers: Sequence[Tier], quantity: Fraction, rate_words: Callable[[Decimal], str] = percent_text
) -> _Charge:
    """Each slice of the quantity at its own tier's rate; a tier's fixed amount counts once entered."""
    total, words, lower = Fraction(0), [], Fraction(0)
    for tier in tiers:
        upper = quantity if tier.up_to is None else min(quantity, Fraction(tier.up_to))
        if tier.amount is not None:
            total += Fraction(tier.amount)
            words.append(_number(tier.amount))
        if tier.rate is not None:
            total += (upper - lower) * Fraction(tier.rate)
            words.append(f"{_number(upper - lower)} × {rate_words(tier.rate)}")
        lower = upper
        if tier.up_to is None or quantity <= Fraction(tier.up_to):
            break
    return _Charge(total, " + ".join(words))


def _factor(formula: str) -> str:
    """A sum in brackets, so that it may be multiplied."""
    whole = formula.startswith("(") and formula.endswith(")")
    return f"({formula})" if " + " in formula and not whole else formula


def _bounded(charge: _Charge, low: Decimal | None, high: Decimal | None) -> _Charge:
    if low is not None and charge.amount < Fraction(low):
        return _Charge(Fraction(low), f"({charge.formula}, at least {_number(low)})")
    if high is not None and charge.amount > Fraction(high):
        return _Charge(Fraction(high), f"({charge.formula}, at most {_number(high)})")
    return charge


def _times_items(ctx: QuoteContext, fee: FeeDef, charge: _Charge) -> _Charge:
    count = ctx.lookup(fee.items or "")
    if count is None:
        raise InputError(f"{fee.items}: is missing; the fee {fee.name!r} counts it")
    if isinstance(count, bool) or not isinstance(count, (int, Decimal)):
        raise InputError(
            f"{fee.items}: {shown(count)} is not a number; the fee {fee.name!r} counts it"
        )
    charged = max(Fraction(0), Fraction(count) - Fraction(fee.free))
    free = f" ({count} less {_number(fee.free)} free)" if fee.free else ""
    return _Charge(charge.amount * charged, f"{_factor(charge.formula)} × {_number(charged)}{free}")


def _with_tax(ctx: QuoteContext, fee: FeeDef, made: Fee) -> list[Fee]:
    """Inclusive: the same fee with its tax part shown. Exclusive: a second line for the tax."""
    if fee.tax is None:
        return [made]
    rate = ctx.reference(fee.tax.sheet)
    if fee.tax.inclusive:
        return [attrs.evolve(made, tax=tax_inside(made.amount, rate))]
    tax = made.amount.scaled(rate)
    taxed = attrs.evolve(made, tax=FeeTaxPart(rate, made.amount, tax))
    if made.amount.minor == 0:  # waived or free: there is nothing to tax
        return [taxed]
    line = Fee(
        code=f"{made.code}-vat",
        name=f"VAT on {made.name}",
        name_zh=f"{made.name_zh}增值税",
        amount=tax,
        formula=f"{_number(made.amount.amount)} × {percent_text(rate)}",
        source=made.source,
        base=made.amount,
        due=made.due,
        in_apr=made.in_apr,
        by=made.by,
    )
    return [taxed, line]


def _inputs(fee: FeeDef, base: Money | Decimal | None) -> dict[str, object]:
    stated = {
        "base": base,
        "rate": fee.rate,
        "min": fee.min,
        "max": fee.max,
        "total_min": fee.total_min,
        "total_max": fee.total_max,
    }
    return {name: value for name, value in stated.items() if value is not None}


def _number(value: Decimal | Fraction | int) -> str:
    """A number in a formula: grouped, no needless zeros."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return f"{exact.numerator:,}"
    try:
        text = rate_text(Decimal(exact.numerator) / Decimal(exact.denominator))
    except InputError:
        text = str(exact)
    whole, _, rest = text.partition(".")
    return f"{int(whole):,}.{rest}" if rest and whole.lstrip("-").isdigit() else text
