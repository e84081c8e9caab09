"""Bonds as an ask describes them: their terms for the maths, accrued interest, coupons between two days.

Ask fields: `bond_maturity`, `coupon`, `coupon_frequency` ("1", "2" or "4"), `kind` (coupon, discount,
at-maturity), `issue`, `issue_price`. Prices and interest are per 100 of face value.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from catalogue.errors import InputError
from catalogue.maths import bond_price
from catalogue.products.ask import ResolvedAsk
from catalogue.values import add_months, round_fraction

ACCRUED_PLACES = 5


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
    if "issue_price" in ask and (kind != "discount" or "issue" not in ask):
        raise InputError("issue_price: goes with kind discount and its issue date only")
    made: dict[str, Any] = {
        "settlement": settles,
        "maturity": matures,
        "coupon": ask["coupon"],
        "frequency": int(ask["coupon_frequency"]),
        "kind": kind,
    }
    if kind != "coupon" and "issue" in ask:
        made |= {name: ask[name] for name in ("issue", "issue_price") if name in ask}
    return made


def accrued_on(ask: ResolvedAsk, day: date) -> Decimal:
    """Interest accrued per 100 on a day, to 5 places HALF_UP, without needless zeros."""
    found = bond_price(yield_=ask["coupon"], convention="street", **bond_terms(ask, day)).accrued
    scaled = round_fraction(Fraction(repr(found)) * 10**ACCRUED_PLACES)
    return Decimal(scaled).scaleb(-ACCRUED_PLACES).normalize() + 0


def coupons_between(ask: ResolvedAsk, start: date, end: date) -> list[tuple[date, Decimal]]:
    """(day, coupon per 100) after `start` and up to `end`; none but for regular coupons."""
    if ask["kind"] != "coupon" or not ask["coupon"]:
        return []
    frequency, matures = int(ask["coupon_frequency"]), ask["bond_maturity"]
    each, made, back = ask["coupon"] * 100 / frequency, [], 0
    while (day := add_months(matures, -back, day=matures.day)) > start:
        if day <= end:
            made.append((day, each))
        back += 12 // frequency
    return made[::-1]
