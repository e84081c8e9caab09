"""Concessions that a bundle makes on one line: a change of rate, a waiver of fees."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue.products.results import Adjustment, Fee
from catalogue.values import Money, percent_text


@attrs.frozen
class FeeWaiver:
    """A share of a fee given up; `fee` is a fee code, or "*" for every fee."""

    benefit: str
    fee: str
    share: Decimal

    def covers(self, code: str) -> bool:
        """Whether a fee (or the VAT line on it) falls under the waiver."""
        return self.fee in ("*", code, code.removesuffix("-vat"))


@attrs.frozen
class Concessions:
    """What a bundle changes in the price of a line, in order."""

    rates: tuple[Adjustment, ...] = ()
    waivers: tuple[FeeWaiver, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rates or self.waivers)


def waive(fee: Fee, waivers: tuple[FeeWaiver, ...]) -> Fee:
    """The fee after every waiver that covers it; each applies to what the one before left."""
    for waiver in waivers:
        if not waiver.covers(fee.code) or fee.amount.minor <= 0:
            continue
        given = Money.rounded(Fraction(fee.amount.amount) * Fraction(waiver.share), fee.amount.currency)
        before = fee.waived or Money.zero(fee.amount.currency)
        fee = attrs.evolve(
            fee, amount=fee.amount - given, waived=before + given, tax=None,
            formula=f"{fee.formula}, {percent_text(waiver.share)} waived by {waiver.benefit}",
        )  # fmt: skip
    return fee
