"""What the tests of trade finance share: a client, a quote, and what is read from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from catalogue import Ask, Catalogue, Customer, Quote

CATALOGUE = Catalogue.load(as_of=date(2024, 11, 1))
COMPANY: Mapping[str, Any] = {
    "kind": "company",
    "credit_grade": "AAA",
    "real_demand_documents": True,
}


def quote(
    code: str, on: str = "2024-11-01", customer: Mapping[str, Any] | None = None, **ask: Any
) -> Quote:
    who = Customer(COMPANY if customer is None else customer)
    return CATALOGUE.quote(Ask(code, ask), who, as_of=date.fromisoformat(on))


def fees(made: Quote) -> dict[str, str]:
    return {item.fee.code: item.amount.text() for item in made.charged}


def result(made: Quote, code: str) -> Any:
    return next(item.value for item in made.results if item.code == code)


def text(made: Quote, code: str) -> str:
    value = result(made, code)
    return value.text() if hasattr(value, "text") else str(value)


def outcome(made: Quote, check: str) -> str:
    return next(item.outcome for item in made.checks if item.id == check)
