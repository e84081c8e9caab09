"""What home loans share: which home it is, its lowest rate and least down payment by the rule of the day.

The rules are rate sheets, so that every product with a commercial home loan in it reads the same:
`home-rate-floor` and `home-down-payment`. The bank's own multiples and points are figures of the
definition: `listed_multiple` and `listed_points`, by kind of home.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import attrs

from catalogue.definitions.structure import Code
from catalogue.errors import InputError
from catalogue.products.collateral import loan_to_value, lower_value
from catalogue.products.context import QuoteContext
from catalogue.products.rate_book import Reference
from catalogue.products.rate_rule import quoted_rate
from catalogue.products.results import Check, QuotedRate, Result
from catalogue.products.verdict import cited, verdict
from catalogue.values import Money, percent_text

FLOORS = "home-rate-floor"
DOWN_PAYMENTS = "home-down-payment"
_WORDS = {"first": "a first home", "second": "a second home", "commercial": "commercial premises"}
SMALL_HOME = 90
"""Square metres up to which a first home may have a lower least down payment."""


def kind_of_home(ctx: QuoteContext) -> str:
    """first, second (or any further home), or commercial, by `property_type` and `home_count`."""
    if ctx.ask.get("property_type") == "commercial":
        return "commercial"
    return "first" if ctx.ask.get("home_count", 1) == 1 else "second"


@attrs.frozen
class HomeRate:
    """The rate of a commercial home loan, and the multiple of the reference in it."""

    rate: QuotedRate
    multiple: Decimal


def home_rate(ctx: QuoteContext) -> HomeRate:
    """Reference × listed multiple + listed points of the kind of home, or what the ask states.

    The reference is that of the definition's [rate], or the figure `second_reference` for a second
    home. A rate below the floor of the day is refused; the floor bounds later adjustments.
    """
    kind = kind_of_home(ctx)
    rule = ctx.version.rate
    if rule is None:
        raise InputError(f"{ctx.code}: the definition has no [rate]")
    multiple = _listed(ctx, "listed_multiple", kind, Decimal(1))
    points = _listed(ctx, "listed_points", kind, Decimal(0))
    made = attrs.evolve(rule, multiple=multiple, spread=points)
    if kind != "first" and "second_reference" in ctx.version.figures:
        made = attrs.evolve(
            made, reference=Code(ctx.figure_text("second_reference")), basis_note=None
        )
    quoted = quoted_rate(ctx, rule=made)
    floor = _floor(ctx, kind, (quoted.annual - (quoted.spread or Decimal(0))) / multiple)
    if floor is None:
        return HomeRate(quoted, multiple)
    lowest, source = floor
    if quoted.annual < lowest:
        raise InputError(
            f"rate: {percent_text(quoted.annual)} is below the lowest allowed for {_WORDS[kind]},"
            f" {percent_text(lowest)} ({source})"
        )
    return HomeRate(attrs.evolve(quoted, lowest=lowest), multiple)


def _listed(ctx: QuoteContext, figure: str, kind: str, default: Decimal) -> Decimal:
    return ctx.figure(figure, key=kind) if ctx.has_figure(figure, kind) else default


def _floor(ctx: QuoteContext, kind: str, reference: Decimal) -> tuple[Decimal, str] | None:
    """The lowest annual rate and its source; None when the day knows no floor."""
    times = sheet_entry(ctx, FLOORS, f"{kind}-multiple")
    if times is not None:
        return reference * times.value, cited(times)
    points = sheet_entry(ctx, FLOORS, f"{kind}-points")
    return None if points is None else (reference + points.value, cited(points))


def sheet_entry(ctx: QuoteContext, sheet: str, column: str) -> Reference | None:
    """A figure of a sheet of limits on the pricing date; None when that day has none."""
    version = ctx.rates.sheet(sheet).version_at(ctx.as_of)
    if version is None or column not in version.values:
        return None
    return ctx.reference_entry(sheet, column=column)


def first_entry(ctx: QuoteContext, sheet: str, columns: Sequence[str]) -> Reference | None:
    """Of the columns, most special first, the first that the rule of the pricing date has."""
    found = (sheet_entry(ctx, sheet, column) for column in columns)
    return next((entry for entry in found if entry is not None), None)


def least_down_payment(ctx: QuoteContext) -> Reference | None:
    """The least share of the price that the buyer pays, with its source; None before there was a rule.

    A first home of up to 90 square metres, and cities with purchase limits, have their own where
    the rule of the day says so.
    """
    kind, area = kind_of_home(ctx), ctx.ask.get("area")
    columns = []
    if kind == "first" and area is not None and area <= SMALL_HOME:
        columns.append("first-small")
    if ctx.ask.get("purchase_limits"):
        columns.append(f"{kind}-limited")
    return first_entry(ctx, DOWN_PAYMENTS, [*columns, kind, "second"])


def home_value(ctx: QuoteContext) -> Money | None:
    """The price, or the valuation if that is lower; None when the ask states no price."""
    return lower_value(ctx, "property_price")


def down_payment_results(
    ctx: QuoteContext, amount: Money, least: Reference | None
) -> Sequence[Result]:
    """What the buyer pays, its share, the least share, and the greatest loan on this home.

    Raises:
        InputError: a loan above the price of the home.
    """
    value, price = home_value(ctx), ctx.ask.get("property_price")
    if value is None or price is None:
        return ()
    if amount > price:
        raise InputError(f"amount: {amount} is more than the price of the home, {price}")
    share = 1 - loan_to_value(amount, value)
    made = [
        Result("down_payment", "Down payment", "首付款", price - amount),
        Result("down_payment_share", "Down payment share", "首付款比例", share, "rate"),
    ]
    if least is not None:
        most = Money.rounded(value.amount * (1 - least.value), value.currency, "down")
        made += [
            Result(
                "min_down_payment_share",
                "Least down payment share",
                "最低首付款比例",
                least.value,
                "rate",
            ),
            Result("max_loan", "Greatest loan on this home", "最高可贷额度", most),
        ]
    return made


def down_payment_check(
    ctx: QuoteContext, amount: Money, least: Reference | None
) -> Sequence[Check]:
    """The down payment at least the share that the rule of the day asks for."""
    if least is None:
        return ()
    value, share = home_value(ctx), least.value
    enough = None if value is None else amount.amount <= value.amount * (1 - share)
    return (
        verdict(
            ctx,
            "down-payment",
            enough,
            (
                f"Down payment at least {percent_text(share)} of the price or valuation",
                f"首付款比例不低于{percent_text(share)}",
            ),
            source=cited(least),
            found={} if value is None else {"amount": amount, "value": value},
            missing=("ask.property_price",),
            bring=("purchase contract", "购房合同"),
        ),
    )
