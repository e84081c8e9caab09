"""The quote: what one product costs one customer on one date, and its JSON form (fixed contract)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from catalogue.definitions.model import Header
from catalogue.definitions.values_of_fields import plain
from catalogue.products.ask import ResolvedAsk
from catalogue.products.customer import Customer
from catalogue.products.explanation import Entry
from catalogue.products.results import Check, Fee, QuotedRate, Result, Rows, Terms
from catalogue.values import Money, in_own_context, minor_digits, rate_text


@attrs.frozen
class Apr:
    """All-in annual rate with every fee that the borrower must pay: simple and effective fractions."""

    simple: Decimal
    effective: Decimal


@attrs.frozen
class ChargedFee:
    """A fee and its amount in the quote's currency (the same amount when it is charged in it)."""

    fee: Fee
    amount: Money


@attrs.frozen
class Quote:
    """An immutable quotation of one product.

    `eligible` is false when a check failed; checks with outcome "refer" await facts or papers.
    """

    quote_id: str
    engine: str
    as_of: date
    valid_until: date
    product: Header
    definition_version: date
    ask: ResolvedAsk
    customer: Customer
    checks: tuple[Check, ...]
    terms: Terms
    currency: str
    charged: tuple[ChargedFee, ...]
    schedule: Rows = attrs.field(repr=False)
    totals: Mapping[str, Money]
    results: tuple[Result, ...]
    apr: Apr | None
    documents: tuple[Mapping[str, str], ...]
    cross_sell: tuple[Mapping[str, str], ...]
    explanation: tuple[Entry, ...] = attrs.field(repr=False)
    warnings: tuple[str, ...]
    plugins: tuple[str, ...]
    economics: Mapping[str, Any] | None = None

    @property
    def eligible(self) -> bool:
        """Whether no check failed."""
        return all(check.outcome != "fail" for check in self.checks)

    @property
    def rate(self) -> QuotedRate | None:
        """The annual rate of the contract."""
        return self.terms.rate

    @property
    def fees(self) -> tuple[Fee, ...]:
        """The fees, each in its own currency."""
        return tuple(item.fee for item in self.charged)

    def result(self, code: str) -> Any:
        """A figure of the product by code; KeyError if it has none."""
        for item in self.results:
            if item.code == code:
                return item.value
        raise KeyError(code)

    @in_own_context
    def to_dict(self) -> dict[str, Any]:
        """The JSON quote: amounts and rates as decimal strings, dates ISO 8601."""
        return {
            "quote_id": self.quote_id,
            "engine": self.engine,
            "as_of": self.as_of.isoformat(),
            "valid_until": self.valid_until.isoformat(),
            "product": {
                "code": self.product.code,
                "name": self.product.name,
                "name_zh": self.product.name_zh,
                "family": self.product.family,
                "segment": self.product.segment,
                "definition_version": self.definition_version.isoformat(),
            },
            "ask": self.ask.to_dict(),
            "customer": self.customer.to_dict(),
            "eligible": self.eligible,
            "checks": [check_dict(check) for check in self.checks],
            "terms": terms_dict(self.terms),
            "currency": self.currency,
            "rate": _rate(self.terms.rate),
            "fees": [_fee(item) for item in self.charged],
            "schedule": self.schedule_dicts(),
            "totals": {name: amount.text() for name, amount in self.totals.items()},
            "results": [_result(item) for item in self.results],
            "apr": self.apr
            and {"simple": rate_text(self.apr.simple), "effective": rate_text(self.apr.effective)},
            "economics": plain(self.economics) if self.economics is not None else None,
            "documents": [dict(item) for item in self.documents],
            "cross_sell": [dict(item) for item in self.cross_sell],
            "explanation": [entry.to_dict() for entry in self.explanation],
            "warnings": list(self.warnings),
            "plugins": list(self.plugins),
        }

    def schedule_dicts(self) -> list[dict[str, Any]]:
        """The schedule's rows as JSON holds them."""
        digits = minor_digits(self.currency)
        return [
            {
                "n": row.n,
                "due": row.due.isoformat(),
                "days": row.days,
                "opening": f"{row.opening:.{digits}f}",
                "principal": f"{row.principal:.{digits}f}",
                "interest": f"{row.interest:.{digits}f}",
                "fee": f"{row.fee:.{digits}f}",
                "payment": f"{row.payment:.{digits}f}",
                "closing": f"{row.closing:.{digits}f}",
            }
            for row in self.schedule
        ]

    def to_json(self) -> str:
        """The JSON text, keys in a fixed order, 中文 unescaped, one newline at the end."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n"


def terms_dict(terms: Terms) -> dict[str, Any]:
    """Terms as JSON holds them; unknown ones are left out."""
    made = {
        "amount": terms.amount,
        "start": terms.start,
        "maturity": terms.maturity,
        "tenor": terms.tenor,
        "method": terms.method,
        "frequency": terms.frequency,
        "day_count": terms.day_count,
        **terms.extra,
    }
    return {name: _term(value, terms.currency) for name, value in made.items() if value is not None}


def _term(value: Any, currency: str) -> Any:
    """An amount in another currency than the terms' carries its currency."""
    if isinstance(value, Money) and value.currency != currency:
        return {"amount": value.text(), "currency": value.currency}
    return plain(value)


def _rate(rate: QuotedRate | None) -> dict[str, Any] | None:
    if rate is None:
        return None
    return {
        "annual": rate_text(rate.annual),
        "basis": rate.basis,
        "reference": rate.reference,
        "spread": None if rate.spread is None else rate_text(rate.spread),
    }


def check_dict(check: Check) -> dict[str, Any]:
    """A check as JSON holds it."""
    made = {
        "id": check.id,
        "outcome": check.outcome,
        "reason": check.reason,
        "reason_zh": check.reason_zh,
        "source": check.source,
        "source_zh": check.source_zh,
        "by": check.by,
        "found": plain(check.found),
        "missing": list(check.missing),
    }
    if check.bring:
        made["bring"] = check.bring
        made["bring_zh"] = check.bring_zh
    return made


def _fee(item: ChargedFee) -> dict[str, Any]:
    fee = item.fee
    made = {
        "code": fee.code,
        "name": fee.name,
        "name_zh": fee.name_zh,
        "amount": item.amount.text(),
        "base": None if fee.base is None else plain(fee.base),
        "formula": fee.formula,
        "source": fee.source,
        "source_zh": fee.source_zh,
        "by": fee.by,
        "due": plain(fee.due),
        "in_apr": fee.in_apr,
    }
    if fee.amount.currency != item.amount.currency:
        made["charged"] = {"amount": fee.amount.text(), "currency": fee.amount.currency}
    if fee.waived is not None:
        made["waived"] = fee.waived.text()
    if fee.tax is not None:
        made["tax"] = {
            "rate": rate_text(fee.tax.rate),
            "net": fee.tax.net.text(),
            "tax": fee.tax.tax.text(),
        }
    return made


def _result(item: Result) -> dict[str, Any]:
    made = {"code": item.code, "label": item.label, "label_zh": item.label_zh, "unit": item.unit}
    if isinstance(item.value, Money):
        return {**made, "value": item.value.text(), "currency": item.value.currency}
    if item.unit == "rate" and isinstance(item.value, Decimal):
        return {**made, "value": rate_text(item.value)}
    return {**made, "value": plain(item.value)}
