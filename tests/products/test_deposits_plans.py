"""Savings by plan: instalments in and out, interest drawn, education, time or demand."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from .deposit_quotes import quote, refused, result, total

IN, OUT = "instalment-savings", "instalment-withdrawal-savings"
DRAWN, EDUCATION, EITHER = "interest-drawing-savings", "education-savings", "time-or-demand-savings"


def fen(amount: Decimal) -> str:
    """To the fen."""
    return str(amount.quantize(Decimal("0.01"), ROUND_HALF_UP))


class TestInstalments:
    def test_late_withdrawal(self):
        # 52.00 to 2025-11-01; 12,000 × 0.1 % × 60/360 = 2.00
        found = quote(IN, amount=1_000, tenor="1y", withdraw_on="2025-12-31")
        assert total(found) == "54.00"

    def test_tax_follows_what_has_been_paid_in(self):
        # 100 a month from 2007-02-15 at 1.80 %: 7,800 × 1.8 %/12 = 11.70. Yuan-days: the six
        # instalments before 2007-08-15 had 640 × 100 of the 2,389 × 100 by 2008-02-15
        days = [
            (date(2007 + (n + 1) // 12, (n + 1) % 12 + 1, 15)) for n in range(12)
        ]  # Feb 2007 … Jan 2008
        by_change = sum((date(2007, 8, 15) - day).days for day in days[:6])
        in_all = sum((date(2008, 2, 15) - day).days for day in days)
        assert (by_change, in_all) == (640, 2389)
        before = Decimal("11.70") * by_change / in_all
        found = quote(IN, "2007-02-15", amount=100, tenor="1y")
        assert total(found) == "11.70"
        # 3.13 at 20 % is 0.63, 8.57 at 5 % is 0.43
        assert fen(before) == "3.13"
        assert total(found, "interest_tax") == "1.06"

    def test_each_part_of_a_late_withdrawal_is_taxed_in_its_own_time(self):
        # 100 a month from 2005-11-15 at 1.71 %: 7,800 × 1.71 %/12 = 11.115, all of it at 20 %. Then
        # 1,200 for 365 days to 2007-11-15 at 0.81 %: 9.855, of which 273 days at 20 % and 92 at 5 %.
        # 20.97 in all: 2.48 (9.855 × 92/365) at 5 % = 0.12; the other 18.49 at 20 % = 3.70
        found = quote(
            IN, "2008-01-10", amount=100, tenor="1y", start="2005-11-15", withdraw_on="2007-11-15"
        )
        assert total(found) == "20.97"
        assert total(found, "interest_tax") == "3.82"

    def test_the_accumulated_products(self):
        # 1,000 × (12 + 11 + … + 1); a month late 1,000 less; drawn after 61 and 31 days: 92,000
        ask: dict[str, Any] = {"amount": 1_000, "tenor": "1y"}
        assert result(quote(IN, **ask), "products") == "78000.00"
        late = ["1", "0", "2"] + ["1"] * 9
        assert result(quote(IN, **ask, instalments_paid=late), "products") == "77000.00"
        early = quote(IN, **ask, withdraw_on="2025-01-01")
        assert result(early, "products") == "92000.00"
        a_day_late = quote(IN, **ask, withdraw_on="2025-11-02")
        assert result(a_day_late, "products") == "78000.00"

    @pytest.mark.parametrize(
        ("paid", "message"),
        [
            (["2"], "none may be paid ahead"),
            (["0", "2"], "the first instalment opens"),
            (["1", "1", "2"], "none may be paid ahead"),
            (["1"] * 13, "the plan has 12"),
            (["1", "x"], r"instalments_paid\[2\]"),
            (["1", "-1"], r"instalments_paid\[2\]"),
        ],
    )
    def test_instalments_that_are_refused(self, paid: list[str], message: str):
        refused(message, IN, amount=100, tenor="1y", instalments_paid=paid)

    def test_a_missed_month_made_up_late_breaks_the_plan(self):
        paid = ["1", "0", "1", "2"] + ["1"] * 8
        found = quote(IN, amount=1_000, tenor="1y", instalments_paid=paid)
        assert any("month 2 was not made up" in text for text in found.warnings)
        # only the first month's 1,000 × 12 at 0.8 %/12; 10 + 2 × 9 + (8 + … + 1) = 64 at 0.1 %/12
        assert total(found) == "13.33"

    @pytest.mark.parametrize(
        ("code", "least"), [(IN, "5"), (OUT, "1000"), (DRAWN, "5000"), (EITHER, "50")]
    )
    def test_least_amounts(self, code: str, least: str):
        ask: dict[str, Any] = {"withdraw_on": "2025-11-01"} if code == EITHER else {"tenor": "1y"}
        assert total(quote(code, amount=least, **ask), "paid")
        refused("amount:", code, amount=str(Decimal(least) - Decimal("0.01")), **ask)


class TestDrawnInParts:
    def test_late_withdrawal_of_the_last_part(self):
        # 60.00 at maturity; the last 3,000 for 60 days at 0.1 %: 0.50
        found = quote(
            OUT, amount=12_000, tenor="1y", frequency="quarterly", withdraw_on="2025-12-31"
        )
        assert total(found) == "60.50"
        rows = [(str(row.due), str(row.payment)) for row in found.schedule]
        assert rows[-1] == ("2025-12-31", "3060.50")

    def test_closed_on_the_day_of_a_draw(self):
        # 12,000 × 92 days + 9,000 × 89 days at 0.1 %: 1,905,000/360,000 = 5.29
        found = quote(
            OUT, amount=12_000, tenor="1y", frequency="quarterly", withdraw_on="2025-05-01"
        )
        assert total(found) == "5.29"
        assert [str(row.payment) for row in found.schedule] == ["3000.00", "9005.29"]

    def test_each_balance_is_taxed_in_its_own_quarter(self):
        # from 2007-06-15 at 2.07 %: 62.10 + 46.575 + 31.05 + 15.525 = 155.25. Two of the first three
        # months lie before 2007-08-15: 41.40 at 20 % = 8.28; 113.85 at 5 % = 5.69
        found = quote(
            OUT, "2008-07-01", amount=12_000, tenor="1y", frequency="quarterly", start="2007-06-15"
        )
        assert total(found) == "155.25"
        assert total(found, "interest_tax") == "13.97"

    def test_fen_left_over_come_with_the_last_part(self):
        found = quote(OUT, amount=10_000, tenor="1y", frequency="monthly")
        paid = [row.principal for row in found.schedule]
        assert [str(paid[0]), str(paid[-1])] == ["833.33", "833.37"]  # 10,000 − 11 × 833.33


class TestInterestDrawn:
    def test_taxed_draws_are_taken_back_with_their_tax(self):
        # 10,000 at 1.98 %: 49.50 a quarter less 9.90; twice 39.60 was drawn; due to 2001-12-01
        # (183 days at 0.99 %) 50.33 less 10.07: 38.94 comes off
        found = quote(
            DRAWN,
            "2001-06-01",
            amount=10_000,
            tenor="1y",
            frequency="quarterly",
            withdraw_on="2001-12-01",
        )
        assert result(found, "each_draw") == "39.60"
        assert result(found, "claw_back") == "38.94"
        assert result(found, "final") == "9961.06"
        assert total(found, "interest_net") == "40.26"

    def test_late(self):
        # 800.00, then 100,000 × 0.1 % × 60/360 = 16.67
        found = quote(
            DRAWN, amount=100_000, tenor="1y", frequency="annual", withdraw_on="2025-12-31"
        )
        assert total(found) == "816.67"

    def test_before_the_first_draw_nothing_is_taken_back(self):
        # 30 days at 0.1 %: 8.33 is due, nothing was drawn
        found = quote(
            DRAWN, amount=100_000, tenor="1y", frequency="quarterly", withdraw_on="2024-12-01"
        )
        assert result(found, "final") == "100008.33"
        assert result(found, "claw_back") == "0.00"

    def test_each_draw_is_taxed_by_its_own_days(self):
        # 100,000 from 2007-06-15 at 2.07 % (the year's instalment rate), quarterly 517.50. The first
        # quarter has two of its three months before 2007-08-15: 345.00 at 20 % = 69.00, 172.50 at 5 % = 8.63;
        # the other three bear 5 %: 25.88 each
        found = quote(
            DRAWN,
            "2008-07-01",
            amount=100_000,
            tenor="1y",
            frequency="quarterly",
            start="2007-06-15",
        )
        assert total(found) == "2070.00"
        assert total(found, "interest_tax") == "155.27"
        by_rate = {item.code: item for item in found.results if item.code.startswith("tax_")}
        assert by_rate["tax_1"].label == "Tax: 20% × 345.00, 2007-06-15 – 2007-08-15"
        assert by_rate["tax_2"].label_zh == "利息税:5% × 1,725.00, 2007-08-15 – 2008-06-15"
        assert [item.value.text() for item in by_rate.values()] == ["69.00", "86.27"]
        figures = [entry.figure for entry in found.explanation]
        assert figures.count("interest.interest drawn") == 4


class TestEducation:
    def test_early_with_proof_the_lump_sum_rate_of_the_time_held(self):
        # eighteen instalments of 500 from 2024-11-01; closed on 2026-05-01 after a year and a half:
        # the one-year rate of the opening day, 1.1 %, by yuan-days
        days = [date(2024 + (10 + n) // 12, (10 + n) % 12 + 1, 1) for n in range(18)]
        held = sum((date(2026, 5, 1) - day).days for day in days)
        wanted = fen(500 * Decimal(held) * Decimal("0.011") / 360)
        ask: dict[str, Any] = {"amount": 500, "tenor": "3y", "withdraw_on": "2026-05-01"}
        assert total(quote(EDUCATION, **ask)) == wanted
        unproved = fen(500 * Decimal(held) * Decimal("0.001") / 360)
        assert total(quote(EDUCATION, proof=False, **ask)) == unproved

    def test_late_days_are_taxed_even_with_proof(self):
        # 73.13 to 2002-06-01 free of tax; 6,000 × 0.99 % × 60/360 = 9.90 less 1.98
        found = quote(
            EDUCATION, "2001-06-01", amount=500, tenor="1y", withdraw_on="2002-07-31"
        )  # fmt: skip
        assert total(found) == "83.03"
        assert total(found, "interest_tax") == "1.98"

    def test_what_the_privilege_is_worth(self):
        # 39,000 × 2.25 %/12 = 73.13 free of tax; without proof 39,000 × 1.98 %/12 = 64.35 less 12.87
        found = quote(EDUCATION, "2001-06-01", amount=500, tenor="1y")
        assert result(found, "privilege") == "21.65"
        plain = quote(EDUCATION, "2001-06-01", amount=500, tenor="1y", proof=False)
        assert "privilege" not in {item.code for item in plain.results}
        assert total(plain, "interest_net") == "51.48"

    def test_studies_beyond_compulsory_school_from_2005_10_01(self):
        ask: dict[str, Any] = {"amount": 500, "tenor": "1y"}
        for on, beyond in (("2005-09-30", False), ("2005-10-01", True)):
            documents = str(quote(EDUCATION, on, **ask).documents)
            assert ("beyond compulsory school" in documents) is beyond

    def test_the_limit_of_20_000_yuan(self):
        assert total(quote(EDUCATION, amount=555, tenor="3y"), "paid") == "19980.00"
        refused(
            "21,600.00.*by 36 instalments, over the limit of 20,000.00; at most 555.55 each",
            EDUCATION, amount=600, tenor="3y",
        )  # fmt: skip

    def test_from_2000_03_28(self):
        refused("2000-03-28", EDUCATION, "2000-03-27", amount=500, tenor="1y")
        refused("amount: 49.99", EDUCATION, amount="49.99", tenor="1y")
        refused("tenor: '5y'", EDUCATION, amount=100, tenor="5y")

    @pytest.mark.parametrize(
        ("customer", "eligible"),
        [
            ({"kind": "person", "child_school_year": 4}, True),
            ({"kind": "person", "child_school_year": 3}, False),
        ],
    )
    def test_from_the_fourth_school_year(self, customer: dict[str, Any], eligible: bool):
        assert quote(EDUCATION, customer=customer, amount=500, tenor="1y").eligible is eligible


class TestTimeOrDemand:
    """10,000 yuan from 2024-11-01: demand 0.1 %, 3m 0.8 %, 6m 1.0 %, 1y 1.1 %."""

    @pytest.mark.parametrize(
        ("on", "interest", "rate"),
        [
            ("2025-01-31", "2.53", "0.001"),  # 91 actual days at the demand rate
            ("2025-02-01", "12.00", "0.0048"),  # 60 % of 0.8 %, 90 days
            ("2025-04-30", "23.87", "0.0048"),  # 179 days
            ("2025-05-01", "30.00", "0.006"),  # 60 % of 1.0 %, 180 days
            ("2025-10-31", "59.83", "0.006"),  # 359 days
            ("2025-11-01", "66.00", "0.0066"),  # 60 % of 1.1 %, a year
            ("2027-11-01", "198.00", "0.0066"),  # three years, still the one-year rate
        ],
    )
    def test_bands(self, on: str, interest: str, rate: str):
        found = quote(EITHER, amount=10_000, withdraw_on=on)
        assert total(found) == interest
        assert f"{found.terms.rate.annual.normalize():f}" == rate

    def test_every_band_is_shown(self):
        found = quote(EITHER, amount=10_000, withdraw_on="2025-04-30")
        bands = {i.code: f"{i.value.normalize():f}" for i in found.results if i.unit == "rate"}
        bands.pop("annual_yield")
        assert bands == {
            "band_demand": "0.001", "band_3m": "0.0048", "band_6m": "0.006", "band_1y": "0.0066",
        }  # fmt: skip
        assert found.terms.rate.reference == "deposit-listed 3m × 0.6"

    def test_the_rates_of_the_day_of_withdrawal(self):
        # opened 2010-11-01; on 2011-08-01 the half-year rate was 3.30 %: 1.98 % for 270 days
        ask: dict[str, Any] = {
            "amount": 10_000, "start": "2010-11-01", "withdraw_on": "2011-08-01",
        }  # fmt: skip
        assert total(quote(EITHER, "2012-01-01", **ask)) == "148.50"

    def test_not_after_the_value_date(self):
        refused(
            "withdraw_on: 2024-11-01 is not after", EITHER, amount=100, withdraw_on="2024-11-01"
        )
        refused("withdraw_on: is missing.*state it, or tenor", EITHER, amount=100)

    def test_the_time_held_may_be_stated_as_a_tenor(self):
        # eight months to 2025-07-01: 60 % of 1.0 %, 240 days
        found = quote(EITHER, amount=10_000, tenor="8m")
        assert (total(found), found.schedule[0].due) == ("40.00", date(2025, 7, 1))
        same = quote(EITHER, amount=10_000, tenor="8m", withdraw_on="2025-07-01")
        assert total(same) == "40.00"
        refused(
            "withdraw_on: 2025-05-01 is not the end of the tenor, 2025-07-01", EITHER,
            amount=100, tenor="8m", withdraw_on="2025-05-01",
        )  # fmt: skip
