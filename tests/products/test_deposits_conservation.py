"""What holds for every deposit: no fen is lost between flows, totals, rows and results."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.quotes.quote import Quote

from .deposit_quotes import quote

INSURER = {"kind": "institution", "institution_type": "insurer"}
# code → (customer, ask)
ASKS: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
    "time-savings": ({"kind": "person"}, {"tenor": "1y"}),
    "corporate-time-deposit": ({"kind": "company"}, {"tenor": "6m"}),
    "notice-savings": ({"kind": "person"}, {"tenor": "2y"}),
    "corporate-notice-deposit": ({"kind": "company"}, {"tenor": "2y"}),
    "instalment-withdrawal-savings": (
        {"kind": "person"},
        {"tenor": "1y", "frequency": "quarterly"},
    ),
    "interest-drawing-savings": ({"kind": "person"}, {"tenor": "1y", "frequency": "monthly"}),
    "time-or-demand-savings": ({"kind": "person"}, {}),
    "large-certificate": ({"kind": "person"}, {"tenor": "1y", "interest_payment": "quarterly"}),
    "corporate-large-certificate": ({"kind": "company"}, {"tenor": "1y"}),
    "corporate-negotiated-deposit": (INSURER, {"tenor": "6y", "frequency": "quarterly"}),
    "foreign-currency-savings": ({"kind": "person"}, {"tenor": "1y", "currency": "HKD"}),
    "interbank-deposit": ({"kind": "institution"}, {"tenor": "1y"}),
}
DAYS = (date(2001, 6, 1), date(2007, 3, 1), date(2008, 3, 31), date(2016, 2, 29), date(2024, 11, 1))


def check(found: Quote) -> None:
    """Totals, rows and flows tell the same."""
    totals = found.totals
    assert totals["interest_net"] == totals["interest"] - totals["interest_tax"]
    assert totals["received"] - totals["paid"] == totals["interest_net"]
    rows = list(found.schedule)
    assert sum(row.interest for row in rows) == totals["interest_net"].amount
    assert rows[-1].closing == 0
    assert rows[-1].due - rows[0].due == timedelta(sum(row.days for row in rows[1:]))
    for before, after in pairwise(rows):
        assert before.closing == after.opening
    for row in rows:
        assert row.closing == row.opening - row.principal
        assert row.payment == row.principal + row.interest
    assert found.apr is None


@pytest.mark.parametrize("code", ASKS)
@given(
    day=st.sampled_from(DAYS), fen=st.integers(0, 10**7),
    after=st.one_of(st.none(), st.integers(1, 900)),
)  # fmt: skip
def test_drawn_on_any_day(code: str, day: date, fen: int, after: int | None) -> None:
    customer, base = ASKS[code]
    if code.endswith("large-certificate") and day < date(2015, 6, 2):
        day = date(2016, 2, 29)
    if code.startswith("time-or") and after is None:
        after = 400
    ask: dict[str, Any] = {**base, "amount": Decimal(30_000_000) + Decimal(fen).scaleb(-2)}
    if after is not None:
        ask["withdraw_on"] = day + timedelta(after)
    check(quote(code, day.isoformat(), dict(customer), **ask))


@pytest.mark.parametrize("code", ["instalment-savings", "education-savings"])
@given(
    day=st.sampled_from(DAYS), fen=st.integers(5_000, 50_000),
    after=st.one_of(st.none(), st.integers(1, 900)), proof=st.booleans(),
)  # fmt: skip
def test_paid_in_by_month(code: str, day: date, fen: int, after: int | None, proof: bool) -> None:
    ask: dict[str, Any] = {"tenor": "1y", "amount": Decimal(fen).scaleb(-2)}
    if code == "education-savings":
        ask["proof"] = proof
    if after is not None:
        ask["withdraw_on"] = day + timedelta(after)
    found = quote(code, day.isoformat(), **ask)
    check(found)
    if proof and code == "education-savings" and after is None:
        assert not found.totals["interest_tax"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("demand-savings", "person"),
        ("corporate-demand-deposit", "company"),
        ("corporate-agreement-deposit", "company"),
    ],
)
@given(
    day=st.sampled_from(DAYS), days=st.integers(2, 900),
    moves=st.lists(st.tuples(st.integers(0, 899), st.integers(-100_000, 10**7)), max_size=6),
)  # fmt: skip
def test_accounts(code: str, kind: str, day: date, days: int, moves: list[tuple[int, int]]) -> None:
    rows = [
        {"date": day + timedelta(at % (days - 1)), "amount": Decimal(fen).scaleb(-2)}
        for at, fen in moves
    ]
    found = quote(
        code, day.isoformat(), {"kind": kind}, amount=100_000, tenor=f"{days}d", movements=rows
    )
    check(found)
