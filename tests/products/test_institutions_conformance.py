"""The conformance kit on the larger company loans and on the business with institutions.

Rows are drawn too: sales and price paths within the loan, banks, coupons, bonds, paths of exchange.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from hypothesis import strategies as st

from catalogue.testing import ProductConformance

Fields = dict[str, st.SearchStrategy[Any]]
START = date(2024, 11, 1)


def days(most: int, start: date = START) -> st.SearchStrategy[str]:
    return st.integers(1, most).map(lambda n: (start + timedelta(days=n)).isoformat())


def numbers(least: int, most: int, places: int) -> st.SearchStrategy[Decimal]:
    return st.integers(least, most).map(lambda n: Decimal(n).scaleb(-places))


class TestHousingDevelopmentLoan(ProductConformance):
    code = "housing-development-loan"
    fields: ClassVar[Fields] = {
        "sales": st.lists(
            st.fixed_dictionaries(
                {"date": days(1_000), "amount": numbers(0, 10**11, 2)},
                optional={"share": numbers(0, 99, 2)},
            ),
            max_size=12,
        )
    }


class TestFxOnLendingLoan(ProductConformance):
    code = "fx-on-lending-loan"
    fields: ClassVar[Fields] = {
        "fx_path": st.lists(
            st.fixed_dictionaries(
                {"date": days(2_000), "rate": numbers(7_200, 150_000, 4)},
                optional={"path": st.sampled_from(["weaker", "stronger"])},
            ),
            max_size=8,
            unique_by=lambda row: (row["date"], row.get("path")),
        )
    }


class TestSyndicatedLoan(ProductConformance):
    code = "syndicated-loan"
    fields: ClassVar[Fields] = {
        "banks": st.lists(numbers(1, 10**6, 2), min_size=2, max_size=20).map(
            lambda parts: [{"name": f"Bank {n}", "share": part} for n, part in enumerate(parts)]
        )
    }


class TestReceivablesPurchase(ProductConformance):
    code = "receivables-purchase"


class TestStockPledgedLoan(ProductConformance):
    code = "stock-pledged-loan"
    fields: ClassVar[Fields] = {
        "price_path": st.lists(
            st.fixed_dictionaries({"date": days(180), "price": numbers(1, 2_000, 2)}),
            max_size=20,
            unique_by=lambda row: row["date"],
        )
    }


class TestInterbankBorrowing(ProductConformance):
    code = "interbank-borrowing"


class TestBondRepo(ProductConformance):
    code = "bond-repo"


class TestOutrightRepo(ProductConformance):
    code = "outright-repo"
    fields: ClassVar[Fields] = {
        "coupons": st.lists(
            st.fixed_dictionaries(
                {"date": days(28, date(2024, 3, 1)), "amount": numbers(0, 500, 2)}
            ),
            max_size=3,
        )
    }


class TestBondDealing(ProductConformance):
    code = "bond-dealing"
