"""Accounts on demand, agreement deposits and notice deposits."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .deposit_quotes import COMPANY, quote, refused, result, total

SAVINGS, CURRENT = "demand-savings", "corporate-demand-deposit"
AGREEMENT = "corporate-agreement-deposit"
NOTICE, UNIT_NOTICE = "notice-savings", "corporate-notice-deposit"


class TestDemand:
    def test_yearly_until_2005_and_quarterly_since(self):
        # posted on 2005-07-01: 10,000 × 0.72 % × 122/360 = 24.40, tax 4.88; on 2005-12-21: whole
        # yuan 10,019 × 0.72 % × 173/360 = 34.67, tax 6.93; closed: 10,047 × 11 days = 2.21, tax 0.44
        found = quote(
            SAVINGS, "2005-12-25", amount=10_000, start="2005-03-01", maturity="2006-01-01"
        )
        assert [str(row.due) for row in found.schedule] == [
            "2005-07-01", "2005-12-21", "2006-01-01",
        ]  # fmt: skip
        assert total(found) == "61.28"
        assert total(found, "interest_tax") == "12.25"
        assert result(found, "closing") == "10049.03"

    def test_units_are_settled_quarterly_at_all_times(self):
        found = quote(CURRENT, "2001-01-01", COMPANY, amount=10_000, tenor="1y")
        assert [str(row.due) for row in found.schedule] == [
            "2001-03-21", "2001-06-21", "2001-09-21", "2001-12-21", "2002-01-01",
        ]  # fmt: skip

    def test_whole_yuan_bear_interest_for_persons(self):
        found = quote(SAVINGS, "2003-07-01", amount="1.99", tenor="1y")
        assert total(found) == "0.01"  # 1 × 0.72 % × 366/360 = 0.0073; 1.99 would give 0.0146
        plain = quote(CURRENT, "2003-07-01", COMPANY, amount="2000.99", tenor="30d")
        assert total(plain) == "1.20"  # 2000.99 × 0.72 % × 30/360 = 1.2006

    def test_a_change_of_the_rate_splits_the_quarter_from_2005_on(self):
        # 1,000,000 for 50 days to 2008-12-21: 0.72 % for 26 days, 0.36 % from 2008-11-27 for 24
        # (银发〔2005〕129号: 单位活期存款计息期间遇利率调整分段计息): 520.00 + 240.00
        ask: dict[str, Any] = {"amount": 1_000_000, "start": "2008-11-01", "maturity": "2008-12-21"}
        assert total(quote(CURRENT, "2009-01-10", COMPANY, **ask)) == "760.00"
        assert total(quote(CURRENT, "2008-11-01", COMPANY, **ask)) == "1000.00"  # not known then

    def test_the_rate_of_the_settlement_day_before_2005_and_for_persons(self):
        # 1,000,000 for 59 days to 2002-03-21; 0.99 % until 2002-02-20, 0.72 % on the settlement day
        ask: dict[str, Any] = {"amount": 1_000_000, "start": "2002-01-21", "maturity": "2002-03-21"}
        assert total(quote(CURRENT, "2002-04-10", COMPANY, **ask)) == "1180.00"
        ask = {"amount": 1_000_000, "start": "2008-11-01", "maturity": "2008-12-21"}
        assert total(quote("demand-savings", "2009-01-10", **ask)) == "500.00"

    def test_tax_follows_the_balance(self):
        # 1,000 for 60 days to 2007-08-20, 1,001,000 for 32: 32,092,000 × 0.81 %/360 = 722.07. Only
        # 55 days of 1,000 lie before 2007-08-15: 1.24 at 20 % = 0.25; 720.83 at 5 % = 36.04
        found = quote(
            SAVINGS, "2008-01-10", amount=1_000, start="2007-06-21", maturity="2007-09-21",
            movements=[{"date": "2007-08-20", "amount": 1_000_000}],
        )  # fmt: skip
        assert total(found) == "722.07"
        assert total(found, "interest_tax") == "36.29"

    @pytest.mark.parametrize(
        ("move", "message"),
        [
            ({"date": "2024-12-01", "amount": -20_000}, "overdrawn"),
            ({"date": "2024-10-31", "amount": 1}, "is not from 2024-11-01 on"),
            ({"date": "2025-02-01", "amount": 1}, "is not from 2024-11-01 on"),
            ({"date": "x", "amount": 1}, "movements"),
            ({"date": "2024-12-01"}, "movements"),
        ],
    )
    def test_movements_that_are_refused(self, move: dict[str, Any], message: str):
        refused(message, SAVINGS, amount=10_000, tenor="3m", movements=[move])

    def test_movements_move_the_balance(self):
        # 10,000 for 10 days, 15,000 for 10, 3,000 for 10: 280,000 × 0.2 %/360 = 1.56
        found = quote(
            SAVINGS, "2024-04-01", amount=10_000, tenor="30d",
            movements=[
                {"date": "2024-04-21", "amount": -12_000}, {"date": "2024-04-11", "amount": 5_000},
            ],
        )  # fmt: skip
        assert total(found) == "1.56"
        assert total(found, "principal") == "15000.00"
        assert [str(row.payment) for row in found.schedule] == ["-5000.00", "12000.00", "3001.56"]


class TestAgreement:
    def test_two_tiers_day_by_day(self):
        # 400,000 for 46 days, a million for 46: at 0.2 % (400,000 + 500,000) × 46 = 41.4 million
        # yuan-days: 230.00; at 0.7 % 500,000 × 46 = 23 million: 447.22
        found = quote(
            AGREEMENT, "2024-03-21", COMPANY, amount=400_000, tenor="92d", basic_amount=500_000,
            movements=[{"date": "2024-05-06", "amount": 600_000}],
        )  # fmt: skip
        assert total(found) == "677.22"
        assert result(found, "basic_interest") == "230.00"
        assert result(found, "agreed_interest") == "447.22"
        assert result(found, "gain") == "319.44"  # 23 million × 0.5 %/360
        assert (f"{found.result('basic_rate')}", f"{found.terms.rate.annual}") == ("0.002", "0.007")

    def test_exactly_the_basic_amount_and_a_fen_over(self):
        ask: dict[str, Any] = {"tenor": "92d", "basic_amount": 500_000}
        at = quote(AGREEMENT, "2024-03-21", COMPANY, amount=500_000, **ask)
        over = quote(AGREEMENT, "2024-03-21", COMPANY, amount="500001.00", **ask)
        assert (result(at, "agreed_interest"), result(at, "basic_interest")) == ("0.00", "255.56")
        assert result(over, "basic_interest") == "255.56"  # 500,000 × 0.2 % × 92/360 = 255.556

    def test_under_the_basic_amount_it_is_a_demand_deposit(self):
        ask: dict[str, Any] = {"amount": 90_000, "tenor": "92d"}
        found = quote(AGREEMENT, "2024-03-21", COMPANY, **ask)
        assert result(found, "gain") == "0.00"
        assert total(found) == total(quote(CURRENT, "2024-03-21", COMPANY, **ask)) == "46.00"

    def test_the_agreed_rate_is_bounded_by_date(self):
        ask: dict[str, Any] = {"amount": 800_000, "tenor": "92d", "rate": "0.0138"}
        # 1.2 × 1.15 % = 1.38 % from 2014-11-22; 1.1 × 1.15 % = 1.265 % before
        assert total(quote(AGREEMENT, "2014-11-22", COMPANY, **ask))
        refused("over the highest", AGREEMENT, "2014-11-21", customer=COMPANY, **ask)


class TestNotice:
    """100,000 or 200,000 yuan from 2024-03-01: notice 0.8 % (7 days), 0.25 % (1 day), demand 0.2 %."""

    @pytest.mark.parametrize(
        ("ask", "interest", "broken"),
        [
            ({"withdraw_on": "2024-04-30"}, "133.33", False),  # 60 days at 0.8 %
            ({"withdraw_on": "2024-04-30", "notice_days": "1"}, "41.67", False),
            ({"withdraw_on": "2024-03-06"}, "2.78", True),  # 5 days are less than 7
            ({"withdraw_on": "2024-04-30", "without_notice": True}, "33.33", True),
            ({"withdraw_on": "2024-04-30", "notice_on": "2024-04-24"}, "33.33", True),  # 6 days
            ({"withdraw_on": "2024-04-30", "notice_on": "2024-04-22"}, "33.33", True),  # a day late
            (
                {
                    "withdraw_on": "2024-04-30",
                    "notice_on": "2024-04-20",
                    "notice_for": "2024-04-30",
                },
                "133.33",
                False,
            ),
            ({"withdraw_on": "2024-04-30", "idle_days": 7}, "117.78", False),  # 53 days
        ],
    )
    def test_the_rules_on_time(self, ask: dict[str, Any], interest: str, broken: bool):
        found = quote(NOTICE, "2024-03-01", amount=100_000, **ask)
        assert total(found) == interest
        assert found.result("broken") is broken
        assert any(text.startswith("notice:") for text in found.warnings) is broken
        assert result(found, "unnotified") >= "100002.78"

    def test_the_rate_of_the_day_of_withdrawal(self):
        # 通知存款管理办法: opened 2010-11-01, when the list said 1.35 %; drawn 2011-08-01 (273 days)
        # at the 1.49 % of that day: 100,000 × 1.49 % × 273/360 = 1,129.92
        ask: dict[str, Any] = {
            "amount": 100_000, "start": "2010-11-01", "withdraw_on": "2011-08-01",
        }  # fmt: skip
        found = quote(NOTICE, "2012-01-01", **ask)
        assert total(found) == "1129.92"
        assert found.terms.rate.reference == "pboc-deposit notice-7d 2011-07-07"
        # priced on the first day nobody knows it: 1.35 %
        assert total(quote(NOTICE, "2010-11-01", **ask)) == "1023.75"

    def test_the_rest_bears_the_rate_of_its_own_day(self):
        # 50,000 on 2010-12-15 (44 days) at 1.35 % = 82.50; 100,000 on 2011-05-01 (181 days) at
        # the 1.49 % of 2011-04-06 = 749.14
        found = quote(
            NOTICE, "2012-01-01", amount=150_000, start="2010-11-01", tenor="6m",
            withdraw_on="2010-12-15", withdraw_amount=50_000,
        )  # fmt: skip
        assert total(found) == "831.64"

    def test_an_end_that_nobody_stated_is_not_shown_beside_the_day_of_withdrawal(self):
        found = quote("notice-savings", amount=100_000, withdraw_on="2026-01-15")
        assert (found.terms.tenor, found.terms.maturity) == (None, None)
        # a part leaves a rest, which stays to the end of the tenor
        found = quote(
            "notice-savings", amount=200_000, withdraw_on="2024-12-15", withdraw_amount=60_000
        )
        assert found.terms.maturity == date(2025, 2, 1)

    def test_what_a_broken_notice_costs(self):
        # 100,000 × (0.8 % − 0.2 %) × 60/360 = 100.00; kept: nothing
        ask: dict[str, Any] = {"amount": 100_000, "withdraw_on": "2024-04-30"}
        broken = quote(NOTICE, "2024-03-01", **ask, without_notice=True)
        assert result(broken, "given_up") == "100.00"
        kept = quote(NOTICE, "2024-03-01", **ask)
        assert "given_up" not in {item.code for item in kept.results}

    def test_less_drawn_than_notified(self):
        # of 100,000 drawn 50,000 are short of the notice of 150,000: 66.67 + 16.67; the other
        # 100,000 stay to 2024-06-01, 92 days: 204.44
        found = quote(
            NOTICE, "2024-03-01", amount=200_000, withdraw_on="2024-04-30",
            withdraw_amount=100_000, notice_amount=150_000,
        )  # fmt: skip
        assert result(found, "withdrawn") == "100083.34"
        assert total(found) == "287.78"

    def test_a_rest_under_the_least_balance_is_paid_out(self):
        # 100,000 × 0.8 % × 60/360 = 133.33; 20,000 × 0.2 % × 60/360 = 6.67
        found = quote(
            NOTICE, "2024-03-01", amount=120_000, withdraw_on="2024-04-30", withdraw_amount=100_000
        )
        assert total(found) == "140.00"
        assert total(found, "received") == "120140.00"
        assert any("least balance" in text for text in found.warnings)
        # without notice all 120,000 would bear 0.2 %: 40.00
        assert result(found, "unnotified") == "120040.00"

    def test_a_withdrawal_under_the_least_amount_bears_the_demand_rate(self):
        # 40,000 × 0.2 % × 60/360 = 13.33; 160,000 × 0.8 % × 92/360 = 327.11
        found = quote(
            NOTICE, "2024-03-01", amount=200_000, withdraw_on="2024-04-30", withdraw_amount=40_000
        )
        assert total(found) == "340.44"

    @pytest.mark.parametrize(
        ("code", "ask", "message"),
        [
            (NOTICE, {"amount": "49999.99"}, "amount: 49999.99"),
            (UNIT_NOTICE, {"amount": "499999.99"}, "amount: 499999.99"),
            (NOTICE, {"notice_days": "3"}, "notice_days"),
            (NOTICE, {"withdraw_on": "2024-03-04", "idle_days": 7}, "idle_days: 7 is more"),
            (NOTICE, {"withdraw_on": "2024-06-01", "withdraw_amount": 50_000}, "a longer tenor"),
            (NOTICE, {"withdraw_on": "2024-04-30", "notice_on": "2024-02-01"}, "notice_on"),
            (
                NOTICE,
                {"withdraw_on": "2024-04-30", "notice_on": "2024-05-01"},
                "after the withdraw",
            ),
            (
                NOTICE,
                {"withdraw_on": "2024-04-30", "notice_on": "2024-04-23", "without_notice": True},
                "notice_on: there is none without_notice",
            ),
            (
                NOTICE,
                {"withdraw_on": "2024-04-30", "notice_amount": 60_000, "without_notice": True},
                "notice_amount: there is none",
            ),
        ],
    )
    def test_what_is_refused(self, code: str, ask: dict[str, Any], message: str):
        refused(message, code, "2024-03-01", **({"amount": 600_000} | ask))

    def test_the_measures_are_of_1999_01_03(self):
        ask: dict[str, Any] = {"amount": 100_000, "withdraw_on": "1999-03-03"}
        refused("1999-01-03", NOTICE, "1999-01-02", **ask)
        # 59 days at 2.34 %
        assert total(quote(NOTICE, "1999-01-03", **ask)) == "383.50"
