"""Concessions that a bundle makes on one line: a change of rate, a part of a fee given up, a rebate."""

from __future__ import annotations

from datetime import date

import attrs

from catalogue.products.results import Adjustment, Fee
from catalogue.values import Money


@attrs.frozen
class FeeCut:
    """A part of one fee given up by a benefit, as an amount in the fee's own currency.

    `due` tells apart fees of one code that fall on several days; None: any day.
    """

    benefit: str
    fee: str
    amount: Money
    due: date | None = None


@attrs.frozen
class Concessions:
    """What a bundle changes in the price of a line, in the order of its benefits."""

    rates: tuple[Adjustment, ...] = ()
    cuts: tuple[FeeCut, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rates or self.cuts)


def after_cuts(fee: Fee, cuts: tuple[FeeCut, ...]) -> Fee:
    """The fee less the cuts on it; `waived` holds what was given up, the formula says by whom."""
    for cut in cuts:
        if cut.fee != fee.code or cut.due not in (None, fee.due):
            continue
        given = min(cut.amount, max(fee.amount, Money.zero(fee.amount.currency)))
        before = fee.waived or Money.zero(fee.amount.currency)
        fee = attrs.evolve(
            fee,
            amount=fee.amount - given,
            waived=before + given,
            tax=None,
            formula=f"{fee.formula} − {given.grouped()} ({cut.benefit})",
        )
    return fee
