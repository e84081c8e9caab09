"""Rates of a deposit by date: of its opening day, of later days, and the interest tax.

A deposit bears the rate of the day on which it was opened. A deposit opened before the pricing date
is priced from the rule and the sheet of its own day; nothing later than the pricing date is known,
so that later days take the rate of the pricing date. The interest tax is law by date of accrual:
the whole sheet is used, with a remark where a change lies after the pricing date.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs

from catalogue.definitions.model import ProductVersion, RateRule
from catalogue.definitions.structure import Code
from catalogue.errors import InputError
from catalogue.products.context import QuoteContext
from catalogue.values import Tenor, percent_text

Steps = list[tuple[date, Decimal]]
_TAX_SHEET = "interest-tax"


def known_day(ctx: QuoteContext, on: date) -> date:
    """The day whose rates stand for `on`: itself, or the pricing date if that is earlier."""
    return min(on, ctx.as_of)


def version_on(ctx: QuoteContext, on: date) -> ProductVersion:
    """The version of the definition in force on a day up to the pricing date."""
    if on >= ctx.version.effective_from:
        return ctx.version
    found = ctx.definition.at(on)
    if found is None:
        first = ctx.definition.versions[0].effective_from
        raise InputError(f"start: {on} is before {ctx.code} existed here, {first}")
    return found


def rule_on(ctx: QuoteContext, on: date) -> RateRule:
    """The rate rule of a day.

    Its sheet is that of the ask's currency where `terms.sheet_<currency>` names one; its ceiling
    falls away for tenors over the figure `no_ceiling_over`.
    """
    version = version_on(ctx, on)
    if version.rate is None:
        raise InputError(f"{ctx.code}: the definition of {version.effective_from} has no [rate]")
    rule = version.rate
    own = version.terms.get(f"sheet_{ctx.ask.currency.lower()}")
    if own is not None:
        rule = on_sheet(rule, own)
    free = version.figures.get("no_ceiling_over")
    tenor = ctx.ask.get("tenor")
    if free is None or tenor is None or not isinstance(free.value, str):
        return rule
    if tenor.sort_key <= Tenor.parse(free.value, "no_ceiling_over").sort_key:
        return rule
    ctx.trace.figure(
        "figure.no_ceiling_over",
        free.value,
        "a longer tenor has no ceiling",
        {},
        version.origin("figures", "no_ceiling_over"),
    )
    return attrs.evolve(rule, max_multiple=None)


def on_sheet(rule: RateRule, sheet: str) -> RateRule:
    """The rule with another reference sheet."""
    return attrs.evolve(rule, reference=Code(sheet))


def listed_on(
    ctx: QuoteContext, on: date, *, column: str | None = None, tenor: Tenor | None = None
) -> Decimal:
    """The rate of a column, or of a tenor, in the reference sheet of a day (see `known_day`)."""
    day = known_day(ctx, on)
    sheet = rule_on(ctx, day).reference
    if sheet is None:
        raise InputError(f"{ctx.code}: the definition's [rate] names no reference sheet")
    return ctx.reference(sheet, column=column, tenor=None if column else tenor, on=day)


def demand_on(ctx: QuoteContext, on: date) -> Decimal:
    """The demand rate of a day, from the sheet in `terms.demand_sheet` or the rate's own sheet."""
    day = known_day(ctx, on)
    sheet = version_on(ctx, day).terms.get("demand_sheet")
    if sheet is None:
        return listed_on(ctx, day, column="demand")
    return ctx.reference(sheet, column="demand", on=day)


def rate_path(
    ctx: QuoteContext, *, until: date, column: str | None = None, tenor: Tenor | None = None
) -> Steps:
    """The listed rate of the opening day and each later one, by date.

    Up to `until`, the end of the deposit, and never beyond the pricing date.
    """
    start, last = known_day(ctx, ctx.ask.start), known_day(ctx, until)
    days = {start}
    for version in (v for v in ctx.definition.versions if v.effective_from <= last):
        sheet_code = rule_on(ctx, version.effective_from).reference
        if sheet_code is None:
            continue
        if version.effective_from > start:
            days.add(version.effective_from)
        sheet = ctx.rates.sheet(sheet_code)
        days.update(v.effective_from for v in sheet.versions if start < v.effective_from <= last)
    found: Steps = []
    for day in sorted(days):
        try:
            rate = listed_on(ctx, day, column=column, tenor=tenor)
        except InputError as error:
            if not found:
                raise
            ctx.warn(f"{error}; the rate before it was kept")
            continue
        if not found or found[-1][1] != rate:
            found.append((day, rate))
    return found


def shifted(steps: Steps, agreed: Decimal) -> Steps:
    """A path whose first rate is the agreed one; later rates keep the same distance, never below 0."""
    margin = agreed - steps[0][1]
    return [(day, max(rate + margin, Decimal(0))) for day, rate in steps]


def tax_steps(ctx: QuoteContext, last: date) -> Steps | Decimal:
    """The interest tax over time, or 0 where the definition's terms name none.

    `last` is the end of the deposit: a change between the pricing date and it goes onto the quote
    as a remark.
    """
    if ctx.term("interest_tax", "none") == "none":
        return Decimal(0)
    found: Steps = []
    for version in ctx.rates.sheet(_TAX_SHEET).versions:
        rate = next(iter(version.values.values())).value
        if rate is None:
            continue
        found.append((version.effective_from, rate))
        if ctx.as_of < version.effective_from < last:
            ctx.warn(
                f"interest tax: {percent_text(rate)} from {version.effective_from}, after the"
                f" pricing date {ctx.as_of}; interest accrued from that day on bears it"
            )
    ctx.reference(_TAX_SHEET)
    return found
