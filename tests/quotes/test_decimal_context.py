"""A caller's decimal context (precision, rounding, traps) changes no figure of a quote."""

from __future__ import annotations

import decimal
from datetime import date

import pytest

from catalogue import Ask, Catalogue, Customer

CATALOGUE = Catalogue.load(as_of=date(2024, 11, 1))


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_narrow_context_gives_the_same_bytes(code: str) -> None:
    example = CATALOGUE[code].examples[-1]
    ask, customer = Ask(code, example.ask), Customer(dict(example.customer))
    plain = CATALOGUE.quote(ask, customer, as_of=example.as_of).to_json()
    with decimal.localcontext(decimal.Context(prec=5, rounding=decimal.ROUND_UP)):
        narrow = CATALOGUE.quote(ask, customer, as_of=example.as_of).to_json()
    assert narrow == plain
