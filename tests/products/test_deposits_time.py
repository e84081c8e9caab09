"""Time deposits: rates, ceilings and tax by date, early, part and late withdrawal, renewal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from .deposit_quotes import COMPANY, quote, refused, result, total

TIME, CORPORATE = "time-savings", "corporate-time-deposit"


# The benchmark in per cent: date, demand, 3m, 6m, 1y, 2y, 3y, 5y (none from 2014-11-22 on)
BENCHMARK = """
1998-12-07 1.44 2.79 3.33 3.78 3.96 4.14 4.50
1999-06-10 0.99 1.98 2.16 2.25 2.43 2.70 2.88
2002-02-21 0.72 1.71 1.89 1.98 2.25 2.52 2.79
2004-10-29 0.72 1.71 2.07 2.25 2.70 3.24 3.60
2006-08-19 0.72 1.80 2.25 2.52 3.06 3.69 4.14
2007-03-18 0.72 1.98 2.43 2.79 3.33 3.96 4.41
2007-05-19 0.72 2.07 2.61 3.06 3.69 4.41 4.95
2007-07-21 0.81 2.34 2.88 3.33 3.96 4.68 5.22
2007-08-22 0.81 2.61 3.15 3.60 4.23 4.95 5.49
2007-09-15 0.81 2.88 3.42 3.87 4.50 5.22 5.76
2007-12-21 0.72 3.33 3.78 4.14 4.68 5.40 5.85
2008-10-09 0.72 3.15 3.51 3.87 4.41 5.13 5.58
2008-10-30 0.72 2.88 3.24 3.60 4.14 4.77 5.13
2008-11-27 0.36 1.98 2.25 2.52 3.06 3.60 3.87
2008-12-23 0.36 1.71 1.98 2.25 2.79 3.33 3.60
2010-10-20 0.36 1.91 2.20 2.50 3.25 3.85 4.20
2010-12-26 0.36 2.25 2.50 2.75 3.55 4.15 4.55
2011-02-09 0.40 2.60 2.80 3.00 3.90 4.50 5.00
2011-04-06 0.50 2.85 3.05 3.25 4.15 4.75 5.25
2011-07-07 0.50 3.10 3.30 3.50 4.40 5.00 5.50
2012-06-08 0.40 2.85 3.05 3.25 4.10 4.65 5.10
2012-07-06 0.35 2.60 2.80 3.00 3.75 4.25 4.75
2014-11-22 0.35 2.35 2.55 2.75 3.35 4.00
2015-03-01 0.35 2.10 2.30 2.50 3.10 3.75
2015-05-11 0.35 1.85 2.05 2.25 2.85 3.50
2015-06-28 0.35 1.60 1.80 2.00 2.60 3.25
2015-08-26 0.35 1.35 1.55 1.75 2.35 3.00
"""


class TestRatesByDate:
    @pytest.mark.parametrize("line", BENCHMARK.strip().splitlines())
    def test_the_whole_table(self, line: str):
        on, demand, *times = line.split()
        for tenor, rate in zip(("3m", "6m", "1y", "2y", "3y", "5y"), times, strict=False):
            found = quote(TIME, on, amount=10_000, tenor=tenor)
            assert found.terms.rate.annual * 100 == Decimal(rate)
        found = quote("demand-savings", on, amount=10_000)
        assert found.terms.rate.annual * 100 == Decimal(demand)

    @pytest.mark.parametrize(
        ("on", "interest"),
        [  # 10,000 yuan for a year at the benchmark of the day
            ("1999-06-09", "378.00"), ("1999-06-10", "225.00"),
            ("2002-02-20", "225.00"), ("2002-02-21", "198.00"),
            ("2007-12-20", "387.00"), ("2007-12-21", "414.00"),
            ("2008-12-22", "252.00"), ("2008-12-23", "225.00"),
            ("2011-07-06", "325.00"), ("2011-07-07", "350.00"),
            ("2015-08-25", "200.00"), ("2015-08-26", "175.00"),
        ],
    )  # fmt: skip
    def test_the_benchmark_of_the_first_day(self, on: str, interest: str):
        assert total(quote(TIME, on, amount=10_000, tenor="1y")) == interest

    @pytest.mark.parametrize(
        ("on", "highest", "over"),
        [
            ("2004-10-29", "0.0225", "0.0226"),  # the benchmark itself
            ("2012-06-07", "0.035", "0.0351"),
            ("2012-06-08", "0.03575", "0.0358"),  # 1.1 × 3.25 %
            ("2014-11-21", "0.033", "0.0331"),  # 1.1 × 3.00 %
            ("2014-11-22", "0.033", "0.0331"),  # 1.2 × 2.75 %
            ("2015-03-01", "0.0325", "0.0326"),  # 1.3 × 2.50 %
            ("2015-05-10", "0.0325", "0.0326"),
            ("2015-05-11", "0.03375", "0.0338"),  # 1.5 × 2.25 %
            ("2015-10-23", "0.02625", "0.0263"),  # 1.5 × 1.75 %
        ],
    )
    def test_the_ceiling(self, on: str, highest: str, over: str):
        found = quote(TIME, on, amount=10_000, tenor="1y", rate=highest)
        assert f"{found.terms.rate.annual:f}" == highest
        refused("over the highest allowed", TIME, on, amount=10_000, tenor="1y", rate=over)

    def test_no_ceiling_for_more_than_a_year_from_2015_08_26(self):
        # two years at 10 %: the benchmark is 2.35 %
        refused("over the highest", TIME, "2015-08-25", amount=10_000, tenor="2y", rate="0.1")
        found = quote(TIME, "2015-08-26", amount=10_000, tenor="2y", rate="0.1")
        assert total(found) == "2000.00"
        refused("over the highest", TIME, "2015-08-26", amount=10_000, tenor="1y", rate="0.1")

    def test_no_ceiling_at_all_from_2015_10_24(self):
        assert total(quote(TIME, "2015-10-24", amount=10_000, tenor="1y", rate="0.1")) == "1000.00"

    def test_the_benchmark_was_the_rate_before_2004_10_29(self):
        refused("rate: is fixed", TIME, "2004-10-28", amount=10_000, tenor="1y", rate="0.02")
        found = quote(TIME, "2004-10-29", amount=10_000, tenor="1y", rate="0.02")
        assert total(found) == "200.00"

    @pytest.mark.parametrize("code", [TIME, CORPORATE])
    def test_five_years_had_no_benchmark_for_a_time(self, code: str):
        who = COMPANY if code == CORPORATE else {"kind": "person"}
        ask = {"amount": 10_000, "tenor": "5y", "customer": who}
        # 4.75 % a year for five years
        assert total(quote(code, "2014-11-21", **ask)) == "2375.00"
        refused("tenor: '5y'", code, "2014-11-22", **ask)
        assert total(quote(code, "2015-10-24", **ask)) == "1375.00"  # listed 2.75 %

    def test_a_later_value_date_is_told(self):
        found = quote(TIME, amount=10_000, tenor="1y", start="2024-11-02")
        assert any(text.startswith("start: 2024-11-02 is after") for text in found.warnings)
        assert not quote(TIME, amount=10_000, tenor="1y").warnings

    def test_before_the_first_version(self):
        refused("1998-12-07", TIME, "1998-12-06", amount=10_000, tenor="1y")


class TestInterestTax:
    @pytest.mark.parametrize(
        ("on", "tax"),
        [
            # 1999-07-01 to 1999-11-01 are 4 of 12 months: 150.00 of 225.00 bear 20 %
            ("1999-07-01", "30.00"),
            ("2001-06-01", "45.00"),  # 20 % of 225.00
            # 252.00 over a year, six months before 2007-08-15 and six after
            ("2007-02-15", "31.50"),
            ("2007-09-15", "19.35"),  # 5 % of 387.00, up to 2008-09-15
            # 414.00 over a year, nine months of it before 2008-10-09: 5 % of 310.50 = 15.525
            ("2008-01-09", "15.53"),
            ("2008-10-09", "0.00"),
        ],
    )
    def test_by_the_days_of_accrual(self, on: str, tax: str):
        found = quote(TIME, on, amount=10_000, tenor="1y")
        assert total(found, "interest_tax") == tax
        net = found.totals["interest"] - found.totals["interest_tax"]
        assert found.totals["interest_net"] == net
        assert found.totals["received"] == found.totals["principal"] + net

    def test_a_change_after_the_pricing_date_is_told(self):
        found = quote(TIME, "2007-02-15", amount=10_000, tenor="1y")
        assert any("5% from 2007-08-15" in text for text in found.warnings)
        later = quote(TIME, "2008-03-01", amount=10_000, tenor="1y", start="2007-02-15")
        assert total(later, "interest_tax") == "31.50"
        assert later.warnings == ()

    def test_each_rate_of_tax_stands_by_itself(self):
        # three years from 2006-10-09 at 3.69 %: 1,107.00; 306 of 1,080 days at 20 % = 313.65 → 62.73;
        # 414 days (to 2008-10-09) at 5 % = 424.35 → 21.22; 360 days free
        found = quote(TIME, "2009-11-01", amount=10_000, tenor="3y", start="2006-10-09")
        taxes = [i.value.text() for i in found.results if i.code.startswith("tax_")]
        assert taxes == ["62.73", "21.22", "0.00"]
        assert total(found, "interest_tax") == "83.95"
        one = quote(TIME, "2001-06-01", amount=10_000, tenor="1y")
        assert not [i for i in one.results if i.code.startswith("tax_")]

    def test_companies_bear_none(self):
        found = quote(CORPORATE, "2001-06-01", COMPANY, amount=10_000, tenor="1y")
        assert total(found, "interest_tax") == "0.00"

    def test_a_late_withdrawal_taxes_each_part_in_its_time(self):
        # a year from 2006-10-09 at 2.52 % = 252.00: ten months and six days (306 of 360) at 20 %,
        # 54 days at 5 %; then 366 days to 2008-10-09 at 0.72 % = 73.20, at 5 %
        found = quote(
            TIME, "2009-01-05", amount=10_000, tenor="1y", start="2006-10-09",
            withdraw_on="2008-10-09",
        )  # fmt: skip
        assert total(found) == "325.20"
        # 252 × 306/360 = 214.20, tax 42.84; 37.80 + 73.20 = 111.00, tax 5.55
        assert total(found, "interest_tax") == "48.39"


class TestDepositor:
    @pytest.mark.parametrize(
        ("on", "reason", "source"),
        [
            ("2000-03-31", "存款人为个人", "国务院令第107号"),
            ("2000-04-01", "存款人为个人,实行实名制", "国务院令第285号"),
        ],
    )
    def test_real_names_from_2000_04_01(self, on: str, reason: str, source: str):
        found = quote(TIME, on, amount=10_000, tenor="1y")
        assert found.eligible
        assert found.checks[0].reason_zh == reason
        assert source in found.checks[0].source

    @pytest.mark.parametrize("on", ["2000-03-31", "2000-04-01"])
    def test_savings_are_for_persons(self, on: str):
        assert not quote(TIME, on, COMPANY, amount=10_000, tenor="1y").eligible


class TestWithdrawal:
    @pytest.mark.parametrize(
        ("code", "ask", "message"),
        [
            (TIME, {"withdraw_amount": 100}, "withdraw_amount: needs its day"),
            (TIME, {"withdraw_on": "2024-11-01"}, "withdraw_on: 2024-11-01 is not after"),
            (TIME, {"withdraw_on": "2025-01-01", "withdraw_amount": 10_001}, "over the deposit"),
            (TIME, {"withdraw_on": "2025-01-01", "withdraw_amount": 9_951}, "would leave 49"),
            (TIME, {"withdraw_on": "2025-11-01", "withdraw_amount": 100}, "from maturity"),
            (TIME, {"withdrawals": [{"date": "2025-01-01", "amount": 0}]}, "not above 0"),
            (TIME, {"withdrawals": [{"date": "2024-10-01", "amount": 1}]}, "is not between"),
            (
                TIME,
                {
                    "withdrawals": [{"date": "2025-03-01", "amount": 1}],
                    "withdraw_on": "2025-02-01",
                },
                "is not between",
            ),
            (TIME, {"amount": 49}, "amount: 49"),
            (CORPORATE, {"amount": "9999.99"}, "amount: 9999.99"),
            (
                CORPORATE,
                {
                    "amount": 100_000,
                    "withdrawals": [
                        {"date": "2025-01-01", "amount": 1},
                        {"date": "2025-02-01", "amount": 1},
                    ],
                },
                "2 part withdrawals; 1 allowed",
            ),
        ],
    )
    def test_what_is_refused(self, code: str, ask: dict[str, Any], message: str):
        refused(message, code, **({"amount": 10_000, "tenor": "1y"} | ask))

    def test_all_of_it_as_an_amount_is_the_whole(self):
        whole = quote(TIME, amount=10_000, tenor="1y", withdraw_on="2025-05-01")
        stated = quote(
            TIME, amount=10_000, tenor="1y", withdraw_on="2025-05-01", withdraw_amount=10_000
        )
        # 181 days at 0.1 %
        assert total(whole) == total(stated) == "5.03"

    def test_the_demand_rate_of_the_day_of_withdrawal(self):
        # opened 2010-11-01, drawn 2011-05-01 (181 days): 0.50 % on that day, 0.36 % on the first
        ask = {"amount": 10_000, "tenor": "1y", "start": "2010-11-01", "withdraw_on": "2011-05-01"}
        assert total(quote(TIME, "2012-01-01", **ask)) == "25.14"
        assert total(quote(TIME, "2010-11-01", **ask)) == "18.10"  # all that was known then

    def test_the_schedule_follows_the_money(self):
        found = quote(
            TIME, amount=100_000, tenor="1y",
            withdrawals=[{"date": "2025-02-01", "amount": 30_000}],
        )  # fmt: skip
        rows = [(str(r.due), str(r.payment), str(r.closing)) for r in found.schedule]
        # 30,000 × 0.1 % × 92/360 = 7.67; 70,000 × 1.1 % = 770.00
        assert rows == [
            ("2025-02-01", "30007.67", "70000.00"), ("2025-11-01", "70770.00", "0.00"),
        ]  # fmt: skip
        assert result(found, "given_up") == "322.33"  # 1,100.00 − 777.67


class TestRenewal:
    def test_each_term_is_taxed_and_joins_the_principal(self):
        # 225.00 less 45.00 joins: 10,180 × 2.25 % = 229.05, tax 45.81
        found = quote(
            TIME, "2002-01-01", amount=10_000, tenor="1y", start="2000-06-01",
            withdraw_on="2002-06-01", renew=True,
        )  # fmt: skip
        assert total(found, "received") == "10363.24"
        assert [str(row.closing) for row in found.schedule] == ["10180.00", "0.00"]

    def test_the_term_in_course_bears_the_demand_rate(self):
        # 20.00 in the first three months; 10,020 × 0.1 % × 28/360 = 0.78
        found = quote(
            TIME, amount=10_000, tenor="3m", withdraw_on="2025-03-01", renew=True
        )  # fmt: skip
        assert result(found, "withdrawn") == "10020.78"
        assert found.result("renewals") == 1

    def test_without_renewal_the_principal_lies_on_demand(self):
        # 20.00, then 10,000 × 0.1 % × 28/360 = 0.78
        found = quote(TIME, amount=10_000, tenor="3m", withdraw_on="2025-03-01")
        assert total(found) == "20.78"

    def test_an_agreed_margin_stays(self):
        # 0.05 % over the list of 2022 (1.65 %): 170.00; over that of 2023-10-01 (1.55 %):
        # 10,170 × 1.60 % = 162.72
        found = quote(
            TIME, amount=10_000, tenor="1y", rate="0.017", start="2022-10-01",
            withdraw_on="2024-10-01", renew=True,
        )  # fmt: skip
        assert total(found, "received") == "10332.72"

    def test_without_a_day_only_the_first_term_is_priced_and_says_so(self):
        found = quote(TIME, amount=10_000, tenor="1y", renew=True)
        assert total(found) == "110.00"
        assert any("state withdraw_on" in text for text in found.warnings)

    def test_future_renewals_are_told(self):
        found = quote(
            TIME, amount=10_000, tenor="1y", withdraw_on="2026-11-01", renew=True
        )  # fmt: skip
        assert any(text.startswith("renew:") for text in found.warnings)


class TestCounting:
    def test_actual_days_from_2005_09_21(self):
        ask = {"amount": 100_000, "tenor": "6m", "interest_method": "actual-days"}
        refused("interest_method", TIME, "2005-09-20", **ask)
        # 2.07 % by 181 days from 2005-09-21 to 2006-03-21, less 20 %; months give 1,035.00
        assert total(quote(TIME, "2005-09-21", **ask)) == "1040.75"
        assert total(quote(TIME, "2005-09-21", **ask | {"interest_method": "per-deposit"})) == (
            "1035.00"
        )

    def test_insurance_begins_on_2015_05_01(self):
        ask = {"amount": 600_000, "tenor": "1y"}
        before = quote(TIME, "2015-04-30", **ask)
        assert "insured" not in {item.code for item in before.results}
        assert result(quote(TIME, "2015-05-01", **ask), "insured") == "500000.00"

    def test_each_rate_says_the_day_that_it_was_in_force(self):
        found = quote(TIME, amount=10_000, tenor="1y", start="2023-07-01")
        said = {entry.figure: entry.formula for entry in found.explanation}
        assert said["rate.deposit-listed.1y"] == "deposit-listed in force on 2023-07-01"


def test_a_deposit_keeps_the_tenors_of_its_first_day():
    """Five years were offered until 2014-11-21 and again from 2015-10-24; 10,000 x 4.75 % x 5 in 2012."""
    old = quote(TIME, "2015-01-01", amount=10_000, tenor="5y", start="2012-08-01")
    assert total(old) == "2375.00"
    refused("not one of 3m", TIME, "2015-01-01", amount=10_000, tenor="5y")
    refused(
        "(as of 2014-11-22, in force at the start)",
        TIME, "2020-01-01", amount=10_000, tenor="5y", start="2015-01-01",
    )  # fmt: skip
