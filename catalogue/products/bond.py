"""Bonds as an ask describes them: their terms for the maths, accrued interest, coupons between two days.

Ask fields: `bond_maturity`, `coupon`, `coupon_frequency` ("1", "2" or "4"), `kind` (coupon, discount,
at-maturity), `issue`, `issue_price`, `first_coupon`, `accrual`. Prices and interest are per 100 of
face value.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from catalogue.errors import InputError
from catalogue.maths import bond_price
from catalogue.products.ask import ResolvedAsk
from catalogue.products.context import QuoteContext
from catalogue.values import roll, round_places

ACCRUED_PLACES = 5
_ODD_PLACES = 8
_NOTHING = 1e-9
_ISSUE = ("issue", "issue_price", "first_coupon")


def bond_terms(ask: ResolvedAsk, settles: date) -> dict[str, Any]:
    """The keywords of `bond_price` and `bond_yield` but price, yield and convention.

    Raises:
        InputError: a bond that matures by the settlement, or fields that its kind lacks or has not.
    """
    kind, matures = ask["kind"], ask["bond_maturity"]
    if matures <= settles:
        raise InputError(f"bond_maturity: {matures} is not after the settlement, {settles}")
    if kind == "discount" and ask["coupon"]:
        raise InputError(f"coupon: {ask['coupon']} is stated, but a discount bond has none")
    if kind == "at-maturity" and "issue" not in ask:
        raise InputError("issue: is missing; a bond with interest at maturity needs its issue date")
    if kind != "coupon" and ask["coupon_frequency"] != "1":
        raise InputError(
            f"coupon_frequency: {ask['coupon_frequency']} is stated, but a {kind} bond pays no coupons"
        )
    if "first_coupon" in ask and (kind != "coupon" or "issue" not in ask):
        raise InputError("first_coupon: goes with kind coupon and its issue date only")
    if "issue_price" in ask and (kind != "discount" or "issue" not in ask):
        raise InputError("issue_price: goes with kind discount and its issue date only")
    made: dict[str, Any] = {
        "settlement": settles,
        "maturity": matures,
        "coupon": ask["coupon"],
        "frequency": int(ask["coupon_frequency"]),
        "kind": kind,
        "day_count": ask["accrual"],
    }
    return made | {name: ask[name] for name in _ISSUE if name in ask}


def accrued_on(ask: ResolvedAsk, day: date) -> Decimal:
    """Interest accrued per 100 on a day, to 5 places HALF_UP, without needless zeros."""
    found = bond_price(yield_=ask["coupon"], convention="street", **bond_terms(ask, day)).accrued
    return _rounded(found, ACCRUED_PLACES)


def second_settlement(ctx: QuoteContext) -> date:
    """The ask's maturity, or the next business day, which is told; so is a start on no business day."""
    start, end = ctx.ask.start, roll(ctx.ask.maturity, "following", ctx.calendar)
    if end != ctx.ask.maturity:
        ctx.warn(f"maturity: {ctx.ask.maturity} is no business day; {end} is used")
    if roll(start, "following", ctx.calendar) != start:
        ctx.warn(f"start: {start} is no business day; no bonds are settled on it")
    return end


def coupons_between(ask: ResolvedAsk, start: date, end: date) -> list[tuple[date, Decimal]]:
    """(day, coupon per 100) after `start` and up to `end`, before maturity; an odd first one by its days."""
    if ask["kind"] != "coupon" or not ask["coupon"]:
        return []
    regular = ask["coupon"] * 100 / int(ask["coupon_frequency"])
    made: list[tuple[date, Decimal]] = []
    day = start
    while day < ask["bond_maturity"]:
        found = bond_price(yield_=0, convention="street", **bond_terms(ask, day))
        day = found.next_coupon
        if day > end or day == ask["bond_maturity"]:
            break
        odd = abs(found.next_amount - float(regular)) > _NOTHING
        made.append((day, _rounded(found.next_amount, _ODD_PLACES) if odd else regular))
    return made


def _rounded(value: float, places: int) -> Decimal:
    """HALF_UP, without needless zeros."""
    return round_places(Fraction(repr(value)), places).normalize() + 0
