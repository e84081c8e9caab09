"""What the tests of deposits share: quoting on a day, amounts as text, refusals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from catalogue import Ask, Catalogue, Customer
from catalogue.errors import InputError
from catalogue.quotes.quote import Quote

CATALOGUE = Catalogue.load(as_of=date(2024, 11, 1))
PERSON, COMPANY = {"kind": "person"}, {"kind": "company"}


def quote(
    code: str, on: str = "2024-11-01", customer: dict[str, Any] = PERSON, **ask: Any
) -> Quote:
    """A quote on a day."""
    return CATALOGUE.quote(Ask(code, ask), Customer(customer), as_of=date.fromisoformat(on))


def total(found: Quote, name: str = "interest") -> str:
    """A total as text."""
    return found.totals[name].text()


def result(found: Quote, code: str) -> str:
    """A result of money as text."""
    text: str = found.result(code).text()
    return text


def refused(match: str, code: str, on: str = "2024-11-01", **ask: Any) -> None:
    """The ask is refused with a message that holds `match`."""
    with pytest.raises(InputError, match=match):
        quote(code, on, **ask)
