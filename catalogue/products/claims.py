"""Claims bought with the interest kept back, and simple interest on the money market's year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from catalogue.errors import InputError
from catalogue.products.results import Contract, Flow, PlainRow, Result, Terms
from catalogue.values import BANK_YEAR, Money


def interest_on(amount: Money, rate: Decimal, days: int, year: int = BANK_YEAR) -> Money:
    """Amount × rate × days ÷ days of the year, rounded once."""
    return amount.scaled(Fraction(rate) * days / year)


def year_of(terms: Terms) -> int:
    """Days of the year by which interest is counted: 365 where the terms say so, else 360."""
    return 365 if terms.day_count == "act/365f" else BANK_YEAR


def bought(
    terms: Terms, paid: Money, face: Money, due: date, results: Sequence[Result]
) -> Contract:
    """A claim bought: `paid` today for `face` on `due`, the difference is interest.

    Raises:
        InputError: the discount leaves nothing to be paid.
    """
    if paid.minor <= 0:
        raise InputError(
            f"tenor: the discount to {due} leaves nothing of {face.grouped()};"
            " shorten it or agree a lower rate"
        )
    interest, zero = face - paid, Money.zero(face.currency).amount
    row = PlainRow(
        1,
        due,
        (due - terms.start).days,
        paid.amount,
        paid.amount,
        interest.amount,
        zero,
        face.amount,
        zero,
    )
    return Contract(
        face.currency,
        (Flow(terms.start, paid, "price paid"), Flow(due, -face, "claim paid to the bank")),
        {"principal": paid, "interest": interest},
        (row,),
        tuple(results),
        apr=True,
    )
