"""What a number of a definition counts is said beside it, so that a page can show it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from catalogue import Catalogue

CAT = Catalogue.load(as_of="2024-11-01")
SHARES = re.compile(r"share|ratio|uplift|_rate$|haircut|factor|_fee$|to_income|_line$")


@pytest.mark.parametrize("code", [header.code for header in CAT.products()])
def test_shares_and_rates_say_that_they_are(code: str) -> None:
    nameless = {
        name
        for version in CAT[code].versions
        for name, figure in version.figures.items()
        if SHARES.search(name) and figure.unit is None
        if isinstance(figure.value, Decimal) or figure.values or figure.bands
    }
    assert nameless == set()
