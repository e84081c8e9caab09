"""Typed values as people read them: grouped amounts, rates in percent, dates, coded words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from catalogue.definitions.values_of_fields import plain
from catalogue.quotes.labels import Language, word
from catalogue.values import Money, Tenor, percent_text, rate_text

_MAX_ROWS = 6


def percent(rate: Decimal, places: int | None = None) -> str:
    """3.65 %, at least two decimals, or a fixed number of them."""
    text = percent_text(rate, places).removesuffix("%")
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest.ljust(2, '0')} %" if places is None else f"{text} %"


def money(amount: Money, currency: str | None = None) -> str:
    """Grouped, with its currency where it is another than the page's."""
    return (
        amount.grouped() if amount.currency == currency else f"{amount.grouped()} {amount.currency}"
    )


def number(value: Decimal | int) -> str:
    """A plain number, grouped."""
    return number_text(rate_text(value) if isinstance(value, Decimal) else value)


def number_text(value: Any) -> str:
    """A number held as text (or any other text) grouped for reading.

    >>> number_text("1200000.50"), number_text("3y")
    ('1,200,000.50', '3y')
    """
    text = str(value)
    whole, point, rest = text.partition(".")
    if not whole.lstrip("-").isdecimal() or (point and not rest.isdecimal()):
        return text
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}{point}{rest}"


def percent_of(value: Any) -> str:
    """A fraction held as text in percent; other text as it is.

    >>> percent_of("0.0435"), percent_of("LPR")
    ('4.35 %', 'LPR')
    """
    try:
        return percent(Decimal(str(value)))
    except ArithmeticError:
        return str(value)


def row_text(
    rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], lang: Language, currency: str
) -> str:
    """Rows of an ask as `date: amount; date: amount`, in the order in which they are asked."""
    shown = [
        ": ".join(
            str(row[name])
            if columns[name].startswith("int")
            else value_text(row[name], lang, currency, columns[name].rstrip("?"))
            for name in columns
            if row.get(name) is not None
        )
        for row in rows[:_MAX_ROWS]
    ]
    return "; ".join(shown) + (f"; … ({len(rows)})" if len(rows) > _MAX_ROWS else "")


def value_text(
    value: Any, lang: Language = "en", currency: str | None = None, unit: str = ""
) -> str:
    """Any value; `unit` "rate" makes a number a percentage."""
    if isinstance(value, bool):
        return word("yes" if value else "no", lang)
    if value is None:
        return "–"
    if isinstance(value, Money):
        return money(value, currency)
    if isinstance(value, (Decimal, int)):
        return percent(Decimal(value)) if unit == "rate" else number(value)
    if isinstance(value, str):
        return word(value, lang)
    if isinstance(value, (date, Tenor)):
        return str(value)
    if isinstance(value, Mapping):
        return ", ".join(
            f"{name} {value_text(item, lang, currency)}" for name, item in value.items()
        )
    if isinstance(value, Sequence):
        shown = [value_text(item, lang, currency) for item in value[:_MAX_ROWS]]
        return "; ".join(shown) + (f"; … ({len(value)})" if len(value) > _MAX_ROWS else "")
    return str(plain(value))
