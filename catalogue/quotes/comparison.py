"""Several asks side by side: the alternatives that options span, and the figures that compare them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any

import attrs

from catalogue.definitions.values_of_fields import plain
from catalogue.errors import InputError
from catalogue.products.ask import Ask
from catalogue.quotes.quote import Quote
from catalogue.values import Money, rate_text

MAX_ALTERNATIVES = 12
"""Columns that one comparison may have."""
_SAME = ("first_payment", "last_payment", "largest_payment")


@attrs.frozen
class Alternative:
    """One way to do it: `name` says what differs from the others."""

    name: str
    ask: Ask


@attrs.frozen
class ComparedFigure:
    """One row: a value for each alternative, None where it has no such figure."""

    code: str
    label: str | None
    label_zh: str | None
    unit: str
    values: tuple[Any, ...]

    def plain(self) -> list[Any]:
        """The values as JSON holds them: rates without needless zeros, amounts as text."""
        rate = self.unit == "rate"
        return [
            rate_text(value) if rate and isinstance(value, Decimal) else plain(value)
            for value in self.values
        ]


@attrs.frozen
class Comparison:
    """Quotes of all alternatives and the rows that compare them."""

    alternatives: tuple[Alternative, ...]
    quotes: tuple[Quote, ...]
    figures: tuple[ComparedFigure, ...]

    @property
    def eligible(self) -> bool:
        """Whether the customer may have at least one alternative."""
        return any(quote.eligible for quote in self.quotes)

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it: figures by row, then every quote whole."""
        return {
            "alternatives": [item.name for item in self.alternatives],
            "figures": [
                {"code": row.code, "label": row.label, "label_zh": row.label_zh, "unit": row.unit,
                 "values": row.plain()}
                for row in self.figures
            ],
            "quotes": [quote.to_dict() for quote in self.quotes],
        }  # fmt: skip


def alternatives(codes: Sequence[str], fields: Mapping[str, Sequence[Any]]) -> list[Alternative]:
    """Every combination of products and of the fields that are stated more than once.

    >>> [item.name for item in alternatives(["a"], {"amount": ["1"], "tenor": ["20y", "30y"]})]
    ['20y', '30y']

    Raises:
        InputError: none or more than 12 of them, or one twice.
    """
    varied = [name for name, values in fields.items() if len(values) > 1]
    fixed = {name: values[0] for name, values in fields.items() if len(values) == 1}
    made = []
    for code, *chosen in product(codes, *(fields[name] for name in varied)):
        parts = [code] if len(codes) > 1 or not varied else []
        name = " ".join([*parts, *map(str, chosen)])
        made.append(
            Alternative(name, Ask(code, {**fixed, **dict(zip(varied, chosen, strict=True))}))
        )
    return checked(made)


def checked(made: Sequence[Alternative]) -> list[Alternative]:
    """The alternatives, if they are of a number that can be shown and each is another."""
    if not made:
        raise InputError("nothing to compare: state products, or an option more than once")
    if len(made) > MAX_ALTERNATIVES:
        raise InputError(f"{len(made)} alternatives are over the limit of {MAX_ALTERNATIVES}")
    seen: set[str] = set()
    for item in made:
        if item.name in seen:
            raise InputError(f"alternative {item.name!r} is stated twice; state it once")
        seen.add(item.name)
    return list(made)


def compare(items: Sequence[Alternative], quotes: Sequence[Quote]) -> Comparison:
    """The comparison of quotes, in the order of the alternatives."""
    rows = [
        *_terms(quotes), *_payments(quotes), *_results(quotes), *_totals(quotes), *_apr(quotes),
        _row("eligible", [quote.eligible for quote in quotes], "bool"),
    ]  # fmt: skip
    shown = [row for row in rows if any(value is not None for value in row.values)]
    return Comparison(tuple(items), tuple(quotes), tuple(shown))


def _row(
    code: str,
    values: Iterable[Any],
    unit: str,
    label: str | None = None,
    label_zh: str | None = None,
) -> ComparedFigure:
    return ComparedFigure(code, label, label_zh, unit, tuple(values))


def _terms(quotes: Sequence[Quote]) -> Iterator[ComparedFigure]:
    yield _row("product", [quote.product.code for quote in quotes], "text")
    for name in ("amount", "tenor", "method", "frequency", "maturity"):
        yield _row(name, [getattr(quote.terms, name) for quote in quotes], "text")
    yield _row("annual", [quote.rate and quote.rate.annual for quote in quotes], "rate")


def _payments(quotes: Sequence[Quote]) -> Iterator[ComparedFigure]:
    rows = [list(quote.schedule) for quote in quotes]
    yield _row("payments", [len(each) or None for each in rows], "number")
    for name, at in (("first_payment", 0), ("last_payment", -1)):
        amounts = [
            Money.of(each[at].payment, quote.currency) if each else None
            for each, quote in zip(rows, quotes, strict=True)
        ]
        yield _row(name, amounts, "money")


def _results(quotes: Sequence[Quote]) -> Iterator[ComparedFigure]:
    """The products' own figures, by code, in the order in which they first appear."""
    known = {
        item.code: item for quote in quotes for item in quote.results if item.code not in _SAME
    }
    for code, item in known.items():
        values = [
            next((r.value for r in quote.results if r.code == code), None) for quote in quotes
        ]
        yield _row(f"result.{code}", values, item.unit, item.label, item.label_zh)


def _totals(quotes: Sequence[Quote]) -> Iterator[ComparedFigure]:
    names = dict.fromkeys(name for quote in quotes for name in quote.totals)
    for name in names:
        yield _row(f"total.{name}", [quote.totals.get(name) for quote in quotes], "money")


def _apr(quotes: Sequence[Quote]) -> Iterator[ComparedFigure]:
    for name in ("simple", "effective"):
        values = [quote.apr and getattr(quote.apr, name) for quote in quotes]
        yield _row(f"apr.{name}", values, "rate")
