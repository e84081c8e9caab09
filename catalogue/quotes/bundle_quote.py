"""The bundle quote: lines as they are priced together, what each costs alone, benefits by line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from catalogue.products.customer import Customer
from catalogue.products.results import Check
from catalogue.quotes.quote import Quote, check_dict
from catalogue.values import Money


@attrs.frozen
class LineBenefit:
    """What one benefit is worth on one line, in the bundle's currency."""

    code: str
    name: str
    name_zh: str
    line: str
    amount: Money
    formula: str
    source: str


@attrs.frozen
class QuotedLine:
    """One line: alone, and in the bundle. Cost: what the client pays less what the client receives.

    `own_price`: the line exists only in the bundle, so that `cost_alone` is zero.
    """

    line: str
    alone: Quote
    quote: Quote
    cost_alone: Money
    cost: Money
    own_price: bool = False

    @property
    def saving(self) -> Money:
        """What the bundle saves the client on this line."""
        return self.cost_alone - self.cost


@attrs.frozen
class LeftOut:
    """A line that could not be taken, and why."""

    line: str
    product: str
    reasons: tuple[str, ...]
    reasons_zh: tuple[str, ...]
    quote: Quote | None = attrs.field(default=None, repr=False)


@attrs.frozen
class BundleQuote:
    """An immutable quotation of several products for one customer on one date."""

    quote_id: str
    engine: str
    as_of: date
    valid_until: date
    customer: Customer
    code: str | None
    name: str
    name_zh: str
    definition_version: date | None
    lines: tuple[QuotedLine, ...]
    left_out: tuple[LeftOut, ...]
    benefits: tuple[LineBenefit, ...]
    checks: tuple[Check, ...]
    totals: Mapping[str, Money]
    warnings: tuple[str, ...]
    complete: bool
    economics: Mapping[str, Any] | None = None
    approval: Mapping[str, Any] | None = None

    @property
    def eligible(self) -> bool:
        """Whether the bundle is sold as asked: nothing left out, no condition failed."""
        return self.complete and not self.left_out

    @property
    def currency(self) -> str:
        """Currency of totals and benefits."""
        return self.totals["fees"].currency

    def to_dict(self) -> dict[str, Any]:
        """The JSON bundle quote."""
        return {
            "quote_id": self.quote_id,
            "engine": self.engine,
            "as_of": self.as_of.isoformat(),
            "valid_until": self.valid_until.isoformat(),
            "customer": self.customer.to_dict(),
            "bundle": {
                "code": self.code,
                "name": self.name,
                "name_zh": self.name_zh,
                "definition_version": self.definition_version
                and self.definition_version.isoformat(),
            },
            "eligible": self.eligible,
            "complete": self.complete,
            "currency": self.currency,
            "checks": [check_dict(check) for check in self.checks],
            "lines": [line.quote.to_dict() for line in self.lines],
            "comparison": [
                {
                    "line": line.line,
                    "product": line.quote.product.code,
                    "alone": line.cost_alone.text(),
                    "bundle": line.cost.text(),
                    "saving": line.saving.text(),
                    "own_price": line.own_price,
                }
                for line in self.lines
            ],
            "left_out": [
                {
                    "line": out.line,
                    "product": out.product,
                    "reasons": list(out.reasons),
                    "reasons_zh": list(out.reasons_zh),
                }
                for out in self.left_out
            ],
            "benefits": [
                {
                    "code": item.code,
                    "name": item.name,
                    "name_zh": item.name_zh,
                    "line": item.line,
                    "amount": item.amount.text(),
                    "formula": item.formula,
                    "source": item.source,
                }
                for item in self.benefits
            ],
            "totals": {name: amount.text() for name, amount in self.totals.items()},
            "economics": None if self.economics is None else dict(self.economics),
            "approval": None if self.approval is None else dict(self.approval),
            "warnings": list(self.warnings),
        }

    def to_json(self) -> str:
        """The JSON text, keys in a fixed order, 中文 unescaped, one newline at the end."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n"
