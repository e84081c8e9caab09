"""Bills, credits and guarantees: asks that contradict themselves, each refused by the name of its field."""

from __future__ import annotations

from typing import Any

import pytest

from catalogue import InputError

from .trade_quotes import fees, quote

BILL = {"amount": 1_000_000, "tenor": "6m"}
CREDIT = {"amount": 100_000, "currency": "USD", "tenor": "90d"}


@pytest.mark.parametrize(
    ("code", "ask", "message"),
    [
        ("bank-acceptance", {**BILL, "margin_share": "-0.1"}, "margin_share"),
        ("bank-acceptance", {**BILL, "margin_cost_rate": "-0.1"}, "margin_cost_rate"),
        (
            "bank-acceptance",
            {**BILL, "overdue_amount": "1000000.01", "overdue_days": 3},
            "overdue_amount: 1,000,000.01 is over the face of the bills",
        ),
        (
            "bank-guarantee",
            {"amount": 1_000_000, "tenor": "1y", "kind": "loan", "claim_unpaid_days": 10},
            "claim_unpaid_days: goes together with claim",
        ),
        (
            "import-letter-of-credit",
            {**CREDIT, "presentations": 0, "presented": "2024-12-02"},
            "presented: documents are presented on 2024-12-02, but presentations is 0",
        ),
    ],
)
def test_contradictions_are_refused(code: str, ask: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        quote(code, **ask)


def test_an_advance_may_be_as_much_as_the_face() -> None:
    # 1,000,000 x 0.05 % x 3 days = 1,500
    made = quote("bank-acceptance", **BILL, overdue_amount=1_000_000, overdue_days=3)
    late = next(item.value for item in made.results if item.code == "overdue_interest")
    assert late.text() == "1500.00"


def test_nothing_is_accepted_when_no_documents_come() -> None:
    # A usance credit that lapses unused: issue 710,000 x 0.15 % = 1,065 and the cable, no more.
    made = quote("import-letter-of-credit", **CREDIT, usance_days=90, presentations=0)
    assert fees(made) == {"issue": "1065.00", "cable": "300.00"}
