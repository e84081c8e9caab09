"""Asks drawn from a definition's own limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from catalogue.definitions.common_fields import field_type
from catalogue.definitions.model import FieldDef, ProductVersion
from catalogue.values import Tenor, minor_digits

_MOST_MONEY = Decimal(1_000_000_000)
_MOST_NUMBER = Decimal(1_000_000)


def draw_ask(
    version: ProductVersion,
    baseline: Mapping[str, Any],
    as_of: date,
    fields: Mapping[str, st.SearchStrategy[Any]] | None = None,
) -> st.SearchStrategy[dict[str, Any]]:
    """Asks around a baseline that can be quoted: any of its fields may be drawn anew within its limits.

    Args:
        version: whose ask fields and limits are used.
        baseline: a quotable ask, field → value.
        as_of: the pricing date; dates are drawn around it.
        fields: strategies that take the place of the drawn ones, for fields that hang together.
    """
    own = dict(fields or {})
    currency = str(baseline.get("currency", version.currencies[0]))
    parts = {
        name: own[name] if name in own else draw_field(name, field, currency, as_of)
        for name, field in version.ask.items()
    }
    for name, field in version.ask.items():
        rows = baseline.get(name)
        if parts[name] is None and field_type(name, field) == "rows" and isinstance(rows, Sequence):
            # some of its rows, none, one twice, another order
            parts[name] = st.lists(st.sampled_from(rows), max_size=len(rows) + 1) if rows else None
    usable = {name: part for name, part in parts.items() if part is not None}
    if "maturity" in baseline:
        usable.pop("tenor", None)
    changed = st.fixed_dictionaries({}, optional=usable)
    return changed.map(lambda drawn: {**baseline, **drawn})


def draw_field(
    name: str, field: FieldDef, currency: str, as_of: date
) -> st.SearchStrategy[Any] | None:
    """Values of one field within its limits; None for fields that need a strategy of their own (rows)."""
    low, high = _bound(field.min, currency), _bound(field.max, currency)
    match field_type(name, field):
        case "money":
            digits = minor_digits(currency)
            return _decimals(low, high, _MOST_MONEY, digits)
        case "number":
            return _decimals(low, high, _MOST_NUMBER, 2)
        case "rate":
            return _decimals(low, high, Decimal("0.3"), 4)
        case "int":
            return st.integers(int(low or 0), int(high if high is not None else (low or 0) + 1_000))
        case "bool":
            return st.booleans()
        case "choice":
            return st.sampled_from(field.choices) if field.choices else None
        case "tenor":
            return _tenors(field)
        case "date":
            return st.integers(0, 3_000).map(lambda days: as_of + timedelta(days=days))
        case _:
            return None


def _bound(limit: Any, currency: str) -> Any:
    return limit.get(currency) if isinstance(limit, Mapping) else limit


def _decimals(low: Any, high: Any, most: Decimal, digits: int) -> st.SearchStrategy[Decimal]:
    lowest = Decimal(low) if low is not None else Decimal(1).scaleb(-digits)
    highest = Decimal(high) if high is not None else max(most, lowest * 1000)
    scale = 10**digits
    # either end is where mistakes live, so half of the draws are near one
    first, last = int(lowest * scale), int(highest * scale)
    near = st.sampled_from([first, last, first + 1, last - 1]).filter(lambda n: first <= n <= last)
    return st.one_of(near, st.integers(first, last)).map(lambda n: Decimal(n).scaleb(-digits))


def _tenors(field: FieldDef) -> st.SearchStrategy[Any]:
    shortest = Tenor.parse(field.min or "1m")
    longest = Tenor.parse(field.max or "30y")
    if field.choices:
        return st.sampled_from(field.choices)
    if shortest.months is None or longest.months is None:
        days = (int(shortest.sort_key), int(longest.sort_key))
        return st.integers(days[0], max(days)).map(lambda count: f"{count}d")
    return st.integers(shortest.months, max(shortest.months, longest.months)).map(
        lambda count: f"{count}m"
    )
