"""Every worked example of every shipped product gives the figures that its arithmetic says."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue import Ask, Catalogue, Customer
from catalogue.definitions.model import Example
from catalogue.testing.examples import wrong_figures

CATALOGUE = Catalogue.load(as_of=date(2024, 11, 1))
CASES = [(code, example) for code in CATALOGUE for example in CATALOGUE[code].examples]


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_product_has_an_example_with_its_arithmetic(code: str) -> None:
    examples = CATALOGUE[code].examples
    assert examples
    assert all(example.expect and example.working for example in examples), code


@pytest.mark.parametrize(("code", "example"), CASES, ids=[f"{c}: {e.name}" for c, e in CASES])
def test_the_example_gives_its_figures(code: str, example: Example) -> None:
    customer = Customer(dict(example.customer))
    quote = CATALOGUE.quote(Ask(code, example.ask), customer, as_of=example.as_of).to_dict()
    assert list(wrong_figures(quote, example)) == []
