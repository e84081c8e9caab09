"""A fee as the definition states it. How it is computed: catalogue/products/fees.py."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import attrs

from catalogue.definitions.conditions import Condition
from catalogue.definitions.figures import check_bounds
from catalogue.definitions.structure import Code, key
from catalogue.errors import InputError
from catalogue.values import check_currency
from catalogue.values.limits import MAX_AMOUNT_INTEGER_DIGITS

FeeMethod = Literal["flat", "percent", "slab", "graduated"]
_MOST = 10**MAX_AMOUNT_INTEGER_DIGITS


def _check_charge(rate: Decimal | None, **amounts: Decimal | None) -> None:
    """A fee is never negative."""
    for name, amount in {"rate": rate, **amounts}.items():
        if amount is not None and amount < 0:
            raise InputError(f"{name} {amount} is below 0; a fee is never negative")
        if amount is not None and amount >= _MOST:
            raise InputError(f"{name} has more than {MAX_AMOUNT_INTEGER_DIGITS} digits, the limit")


@attrs.frozen
class Tier:
    """One tier of a slab or graduated fee; `up_to` belongs to the tier."""

    up_to: Decimal | None = key(
        "upper bound of the base, inclusive; left out in the last tier", None
    )
    rate: Decimal | None = key(
        "share of the base (slab) or of the slice (graduated); of a number, the price of each", None
    )
    amount: Decimal | None = key("a fixed amount in this tier", None)

    def __attrs_post_init__(self) -> None:
        if self.rate is None and self.amount is None:
            raise InputError("a tier needs a rate, an amount, or both")
        _check_charge(self.rate, amount=self.amount, up_to=self.up_to)


@attrs.frozen
class Period:
    """A fee charged per period of time."""

    unit: Literal["day", "month", "quarter", "half-year", "year"] = key("the period")
    counting: Literal["begun", "whole", "pro-rata"] = key(
        "begun: a period begun counts; whole: full periods only; pro-rata: by days ÷ year_days"
    )
    over: str | None = key("fact holding the tenor or months; default: start to maturity", None)
    year_days: Literal[360, 365] = key("days of a year for pro-rata", 360)


@attrs.frozen
class FeeTax:
    """Value-added tax in or on a fee, at the sheet's rate of the day."""

    sheet: Code = key("tax rate sheet", "vat")
    inclusive: bool = key("whether the stated fee contains the tax", True)


@attrs.frozen
class FeeDef:
    """A fee: one charge (method on the base, between min and max) × items × periods, then totals."""

    name: str = key("name in English")
    name_zh: str = key("name in Chinese")
    method: FeeMethod = key(
        "flat, percent, slab (one tier's rate on the whole) or graduated (by slices)"
    )
    amount: Decimal | None = key("flat: the charge", None)
    rate: Decimal | None = key("percent: share of the base; of a number, the price of each", None)
    base: str | None = key("fact the fee is computed on, as ask.amount", None)
    tiers: tuple[Tier, ...] | None = key("tiers of slab and graduated fees", None)
    min: Decimal | None = key("least charge (one item, one period)", None)
    max: Decimal | None = key("greatest charge (one item, one period)", None)
    total_min: Decimal | None = key("least of the whole fee", None)
    total_max: Decimal | None = key("greatest of the whole fee", None)
    items: str | None = key("fact holding the number of items, as ask.count", None)
    free: Decimal = key("items free of charge", Decimal(0))
    per: Period | None = key("charged per period", None)
    currency: str | None = key("currency of the fee; default: that of the quote", None)
    applies: Condition | None = key("charged only when this holds", None)
    waive: Condition | None = key("waived when this holds", None)
    tax: FeeTax | None = key("value-added tax", None)
    due: Literal["start", "maturity", "each-due", "on-event"] = key("when it is paid", "start")
    due_on: str | None = key("fact holding the day on which it is paid, instead of `due`", None)
    in_apr: bool = key("whether the APR contains it", True)
    optional: bool = key("charged only if the ask names it in `services`", False)

    def __attrs_post_init__(self) -> None:
        self._check_method()
        _check_charge(
            self.rate, amount=self.amount, min=self.min, max=self.max,
            total_min=self.total_min, total_max=self.total_max, free=self.free,
        )  # fmt: skip
        if self.free and self.items is None:
            raise InputError("`free` needs `items`, the fact that holds how many there are")
        if self.currency is not None:
            check_currency(self.currency)
        for low, high, what in (
            (self.min, self.max, "min"),
            (self.total_min, self.total_max, "total_min"),
        ):
            if low is not None and high is not None and low > high:
                raise InputError(f"{what} {low} is over the maximum {high}")

    def _check_method(self) -> None:
        wanted = {"flat": "amount", "percent": "rate", "slab": "tiers", "graduated": "tiers"}[
            self.method
        ]
        for name in ("amount", "rate", "tiers"):
            stated = getattr(self, name) is not None
            if name == wanted and not stated:
                raise InputError(f"method {self.method} needs `{name}`")
            if name != wanted and stated:
                raise InputError(
                    f"method {self.method} does not use `{name}`; remove it, or where an earlier"
                    " version states it, state the whole fee afresh with replace = true"
                )
        if self.method != "flat" and self.base is None:
            raise InputError(f"method {self.method} needs `base`, the fact it is computed on")
        if self.tiers is not None:
            check_bounds([tier.up_to for tier in self.tiers], "tiers")
