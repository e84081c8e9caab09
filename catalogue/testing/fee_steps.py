"""Which fees are computed on a field of the ask, and larger values of it that they may not fall at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from catalogue.definitions.fee_model import FeeDef
from catalogue.quotes.quote import Quote
from catalogue.values import Money


def fee_bases(stated: Mapping[str, FeeDef]) -> list[str]:
    """The fields of the ask that fees are computed on; the amount in any case."""
    found = [
        fee.base.removeprefix("ask.")
        for fee in stated.values()
        if fee.base is not None and fee.base.startswith("ask.")
    ]
    return list(dict.fromkeys(["amount", *found]))


def larger_values(
    value: Any, field: str, stated: Mapping[str, FeeDef]
) -> list[Money] | list[Decimal]:
    """The double, and the least above each bound of a tier that the value has not passed."""
    bounds = sorted(
        {
            tier.up_to
            for fee in stated.values()
            for tier in fee.tiers or ()
            if tier.up_to is not None and _is_on(field, fee)
        }
    )
    if isinstance(value, Money):
        above = (Money.rounded(bound, value.currency) for bound in bounds)
        return [value * 2, *(Money(m.minor + 1, m.currency) for m in above if m >= value)]
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        number = Decimal(value)
        return [number * 2, *(bound + 1 for bound in bounds if bound >= number)]
    return []


def _is_on(field: str, fee: FeeDef) -> bool:
    """Whether a fee is computed on a field of the ask."""
    return fee.base == f"ask.{field}" or (field == "amount" and fee.base == "terms.amount")


def charged_on(
    field: str, quote: Quote, larger: Quote, stated: Mapping[str, FeeDef], owner: str
) -> Iterator[tuple[str, Money, Money]]:
    """Code, charge and charge on the larger value, of each fee that is computed on a field."""
    sums = [_sums(quote), _sums(larger)]
    for fee in quote.fees:
        defined = stated.get(fee.code)
        if defined is None:
            on_it = fee.by == owner and fee.base is not None and fee.base == quote.ask.get(field)
        else:
            on_it = _is_on(field, defined) and not defined.waive
        if on_it and fee.code in sums[1] and fee.amount.minor >= 0:
            yield fee.code, sums[0][fee.code], sums[1][fee.code]


def _sums(quote: Quote) -> dict[str, Money]:
    """Each fee's charge over all days on which it falls due."""
    made: dict[str, Money] = {}
    for fee in quote.fees:
        made[fee.code] = made[fee.code] + fee.amount if fee.code in made else fee.amount
    return made
