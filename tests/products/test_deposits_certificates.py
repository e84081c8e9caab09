"""Certificates, negotiated and foreign-currency deposits, interbank deposits."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from .deposit_quotes import COMPANY, quote, refused, result, total

PERSONS, UNITS, NEGOTIATED = (
    "large-certificate", "corporate-large-certificate", "corporate-negotiated-deposit",
)  # fmt: skip
FOREIGN, INTERBANK = "foreign-currency-savings", "interbank-deposit"
BANK = {"kind": "institution", "institution_type": "commercial-bank"}


class TestCertificates:
    @pytest.mark.parametrize(
        ("code", "on", "least", "under"),
        [
            (PERSONS, "2015-06-02", "300000", "299999.99"),
            (PERSONS, "2016-06-05", "300000", "299999.99"),
            (PERSONS, "2016-06-06", "200000", "199999.99"),
            (UNITS, "2015-06-02", "10000000", "9999999.99"),
            (UNITS, "2024-11-01", "10000000", "9999999.99"),
        ],
    )
    def test_least_amounts_by_date(self, code: str, on: str, least: str, under: str):
        who = COMPANY if code == UNITS else {"kind": "person"}
        assert total(quote(code, on, who, amount=least, tenor="1y"), "principal") == f"{least}.00"
        refused(f"amount: {under}", code, on, customer=who, amount=under, tenor="1y")

    def test_since_2015_06_02(self):
        refused("2015-06-02", PERSONS, "2015-06-01", amount=300_000, tenor="1y")

    @pytest.mark.parametrize(
        ("payment", "dues"),
        [
            ("monthly", 12), ("quarterly", 4), ("semiannual", 2), ("annual", 1),
        ],
    )  # fmt: skip
    def test_interest_by_period(self, payment: str, dues: int):
        found = quote(PERSONS, amount=240_000, tenor="1y", interest_payment=payment)
        rows = list(found.schedule)
        assert len(rows) == dues
        assert total(found) == "3480.00"  # 240,000 × 1.45 %, and all its parts are whole fen
        assert {row.interest for row in rows} == {rows[0].interest}
        assert rows[-1].payment == rows[-1].interest + 240_000

    def test_broken_between_payments(self):
        # paid once 725.00; due for 120 days at 0.1 %: 66.67; 658.33 comes off the principal
        found = quote(
            PERSONS, amount=200_000, tenor="1y", interest_payment="quarterly",
            withdraw_on="2025-03-01",
        )  # fmt: skip
        assert result(found, "claw_back") == "658.33"
        assert result(found, "withdrawn") == "199341.67"
        assert [str(row.interest) for row in found.schedule] == ["725.00", "-658.33"]
        assert str(list(found.schedule)[-1].closing) == "0.00"

    def test_broken_before_the_first_payment_nothing_is_taken_back(self):
        # 200,000 × 0.1 % × 30/360 = 16.67 is due, nothing was paid
        found = quote(
            PERSONS, amount=200_000, tenor="1y", interest_payment="quarterly",
            withdraw_on="2024-12-01",
        )  # fmt: skip
        assert result(found, "claw_back") == "0.00"
        assert result(found, "withdrawn") == "200016.67"

    def test_late_after_payments(self):
        # four times 725.00; then 200,000 × 0.1 % × 30/360 = 16.67
        found = quote(
            PERSONS, amount=200_000, tenor="1y", interest_payment="quarterly",
            withdraw_on="2025-12-01",
        )  # fmt: skip
        assert total(found) == "2916.67"

    @pytest.mark.parametrize(
        ("ask", "message"),
        [
            ({"transfer_on": "2025-05-01"}, "buyer_rate: is missing"),
            ({"buyer_rate": "0.01"}, "buyer_rate: prices a transfer"),
            ({"transfer_on": "2025-11-01", "buyer_rate": "0.01"}, "transfer_on: 2025-11-01 is not"),
            (
                {
                    "transfer_on": "2025-05-01",
                    "buyer_rate": "0.01",
                    "interest_payment": "monthly",
                },
                "interest at maturity",
            ),
            (
                {
                    "amount": 300_000,
                    "interest_payment": "monthly",
                    "withdraw_on": "2025-05-01",
                    "withdraw_amount": 1_000,
                },
                "the whole is drawn",
            ),
            ({"withdraw_on": "2025-05-01", "withdraw_amount": 1_000}, "would leave 199000"),
            ({"tenor": "4m"}, "tenor: '4m'"),
        ],
    )
    def test_what_is_refused(self, ask: dict[str, Any], message: str):
        refused(message, PERSONS, **({"amount": 200_000, "tenor": "1y"} | ask))

    def test_a_part_drawn_early(self):
        # 100,000 × 0.1 % × 181/360 = 50.28; 200,000 × 1.45 % = 2,900
        found = quote(
            PERSONS, amount=300_000, tenor="1y", withdraw_on="2025-05-01", withdraw_amount=100_000
        )
        assert total(found) == "2950.28"


class TestNegotiated:
    ASK: ClassVar[dict[str, Any]] = {"amount": 50_000_000, "tenor": "61m", "rate": "0.04"}

    @pytest.mark.parametrize(
        ("on", "kind", "eligible"),
        [
            ("1999-10-01", "insurer", True),
            ("2002-01-31", "social-security-fund", False),
            ("2002-02-01", "social-security-fund", True),
            ("2002-11-30", "pension-fund", False),
            ("2002-12-01", "pension-fund", True),
            ("2003-10-31", "postal-savings", False),
            ("2003-11-01", "postal-savings", True),
            ("2024-11-01", "securities-company", False),
        ],
    )
    def test_who_may(self, on: str, kind: str, eligible: bool):
        who = {"kind": "institution", "institution_type": kind}
        assert quote(NEGOTIATED, on, who, **self.ASK).eligible is eligible

    def test_limits(self):
        refused("amount: 29999999", NEGOTIATED, **self.ASK | {"amount": 29_999_999})
        refused("tenor:", NEGOTIATED, **self.ASK | {"tenor": "5y"})
        # 2024-11-01 to 2029-11-01 are 1,826 days: more than five years from the 1,828th on at the latest
        assert total(quote(NEGOTIATED, **self.ASK | {"tenor": "1828d"}))
        refused("over the highest", NEGOTIATED, **self.ASK | {"rate": "0.16"})

    def test_a_rate_that_nobody_agreed_is_told(self):
        open_rate = {name: value for name, value in self.ASK.items() if name != "rate"}
        found = quote(NEGOTIATED, **open_rate)
        assert [text for text in found.warnings if text.startswith("rate: is agreed with")]
        assert not quote(NEGOTIATED, **open_rate, rate="0.035").warnings


class TestForeignCurrency:
    @pytest.mark.parametrize(
        ("ask", "interest"),
        [
            ({"currency": "USD", "amount": 10_000, "tenor": "3m"}, "51.11"),  # 2.0 % × 92/360
            ({"currency": "HKD", "amount": 50_000, "tenor": "1y"}, "912.50"),  # 1.8 % × 365/360
            ({"currency": "EUR", "amount": 10_000, "tenor": "6m"}, "50.28"),  # 1.0 % × 181/360
            # 0.01 % × 365/360 on five million yen is 506.94: no decimals
            ({"currency": "JPY", "amount": 5_000_000, "tenor": "1y"}, "507"),
            # drawn after 61 days at the demand rate of 0.05 %
            (
                {"currency": "USD", "amount": 10_000, "tenor": "3m", "withdraw_on": "2025-01-01"},
                "0.85",
            ),
        ],
    )
    def test_actual_days_over_360(self, ask: dict[str, Any], interest: str):
        assert total(quote(FOREIGN, **ask)) == interest

    def test_renewed_on_actual_days(self):
        # 10,000 × 2.0 % × 92/360 = 51.11; 10,051.11 × 2.0 % × 89/360 = 49.70
        found = quote(
            FOREIGN, amount=10_000, tenor="3m", renew=True, withdraw_on="2025-05-01"
        )  # fmt: skip
        assert total(found) == "100.81"

    @pytest.mark.parametrize(
        ("ask", "message"),
        [
            ({"amount": 2_999_999, "rate": "0.04"}, "rate: is agreed from 3,000,000.00"),
            ({"currency": "JPY", "amount": 10_000_000, "rate": "0.04"}, "is a small amount"),
            ({"currency": "GBP"}, "currency: 'GBP' is not offered"),
            ({"amount": 49}, "amount: 49"),
            ({"kind": "demand", "withdraw_on": "2025-01-01"}, "drawn by movements"),
            ({"movements": [{"date": "2025-01-01", "amount": 1}]}, "movements: are those of kind"),
            ({"tenor": "5y"}, "tenor: '5y'"),
        ],
    )
    def test_what_is_refused(self, ask: dict[str, Any], message: str):
        refused(message, FOREIGN, **({"amount": 10_000, "tenor": "1y"} | ask))

    def test_a_large_amount_without_an_agreed_rate_is_told(self):
        found = quote(FOREIGN, amount=3_000_000, tenor="1y")
        assert any(text.startswith("rate: from 3,000,000.00 USD") for text in found.warnings)
        assert not quote(FOREIGN, amount="2999999.99", tenor="1y").warnings

    def test_insured_by_its_worth_in_yuan(self):
        # 100,000 dollars are over the limit of 500,000 yuan; insured from 2015-05-01 on
        found = quote(FOREIGN, amount=100_000, tenor="1y")
        assert (result(found, "insured"), found.result("insured").currency) == ("500000.00", "CNY")
        before = quote(FOREIGN, "2015-04-30", amount=100_000, tenor="1y")
        assert "insured" not in {item.code for item in before.results}

    def test_tax_in_whole_yen(self):
        # 5,000,001 × 0.05 % × 365/360 = 2,534.7; a fifth of 2,535 is 507
        found = quote(FOREIGN, "2001-06-01", currency="JPY", amount=5_000_001, tenor="1y")
        assert (total(found), total(found, "interest_tax")) == ("2535", "507")

    def test_a_leap_day_is_a_day(self):
        # 2023-06-30 to 2024-06-30 are 366 days: 10,000 × 2.8 % × 366/360
        assert total(quote(FOREIGN, "2023-06-30", amount=10_000, tenor="1y")) == "284.67"

    def test_two_years_were_not_listed_in_2006(self):
        refused("2y", FOREIGN, "2006-06-01", amount=10_000, tenor="2y")

    def test_large_by_its_worth_in_dollars(self):
        # 500 million yen are over three million dollars on the day's middle rates
        found = quote(FOREIGN, currency="JPY", amount=500_000_000, tenor="1y", rate="0.002")
        assert total(found) == "1013889"  # 500,000,000 × 0.2 % × 365/360 = 1,013,888.9


class TestInterbank:
    ASK: ClassVar[dict[str, Any]] = {"amount": 100_000_000, "tenor": "3m", "customer": BANK}

    @pytest.mark.parametrize(
        ("ask", "interest"),
        [
            ({}, "664444.44"),  # SHIBOR 2.5 % + 0.1 %, 92 days
            ({"spread": "0.004"}, "741111.11"),  # 2.9 %
            ({"rate": "0.0255"}, "651666.67"),
            ({"reference": "excess-reserve"}, "115000.00"),  # 0.35 % + 0.1 %
            # 0.35 % + 0.25 %: 50 days to the posting on 21 December, 83,333.33, then 42 days on that too
            ({"kind": "demand"}, "153391.66"),
            ({"withdraw_on": "2025-03-03"}, "714444.44"),  # 664,444.44 and 30 days at 0.6 %
        ],
    )
    def test_reference_and_spread(self, ask: dict[str, Any], interest: str):
        assert total(quote(INTERBANK, **self.ASK | ask)) == interest

    def test_a_part_drawn_early_at_the_demand_price(self):
        # 40 million × 0.6 % × 30/360 = 20,000; 60 million × 2.6 % × 92/360 = 398,666.67
        found = quote(
            INTERBANK, **self.ASK, withdraw_on="2024-12-01", withdraw_amount=40_000_000
        )  # fmt: skip
        assert total(found) == "418666.67"
        assert result(found, "given_up") == "245777.77"

    @pytest.mark.parametrize(
        ("on", "most", "over"),
        [
            ("2006-12-31", "0", "0.0001"),
            ("2015-04-30", "0.01", "0.0101"),
            ("2015-05-01", "0.005", "0.0051"),
        ],
    )
    def test_the_spread_is_bounded_by_date(self, on: str, most: str, over: str):
        assert total(quote(INTERBANK, on, **self.ASK, spread=most))
        refused("over the highest", INTERBANK, on, **self.ASK, spread=over)

    def test_costs_beside_interest(self):
        # 6 % in reserve at 1.62 % while 2.6 % is paid: 100 million × 6 % × 0.98 % × 92/360
        found = quote(INTERBANK, **self.ASK, reserve_share="0.06")
        assert result(found, "reserve_cost") == "15026.67"
        assert result(found, "insurance_cost") == "0.00"
        # of the 94 % that may be used: 2.6 % + 0.0588 % ÷ 94 %
        assert f"{found.result('all_in_cost'):f}" == "0.026626"

    def test_costs_follow_the_balance_and_what_is_paid_on_it(self):
        # 40 million drawn after 30 days at 0.6 %, 60 million held: 418,666.67 of interest on
        # (40 × 30 + 60 × 92) ÷ 360 = 18.666667 million for a year; 1.62 % on it is 302,400
        found = quote(
            INTERBANK, **self.ASK, withdraw_on="2024-12-01", withdraw_amount=40_000_000,
            reserve_share="0.06", insurance_rate="0.0002",
        )  # fmt: skip
        assert result(found, "reserve_cost") == "6976.00"  # 6 % of 418,666.67 − 302,400
        assert result(found, "insurance_cost") == "3733.33"
        # 418,666.67 ÷ 18,666,666.67 + 10,709.33 ÷ (18,666,666.67 × 94 %)
        assert f"{found.result('all_in_cost'):f}" == "0.023039"

    def test_an_account_on_demand_has_no_early_withdrawal(self):
        found = quote(INTERBANK, **self.ASK, kind="demand")
        codes = {item.code for item in found.results}
        assert not codes & {"at_maturity", "early_date", "early_amount", "given_up"}

    def test_at_most_a_year_since_the_notice_of_2014(self):
        checks = [
            {check.id for check in quote(INTERBANK, on, **self.ASK).checks}
            for on in ("2014-04-23", "2014-04-24")
        ]
        assert checks[1] - checks[0] == {"tenor"}
        refused("tenor: 13m is over the maximum of 1y", INTERBANK, **self.ASK | {"tenor": "13m"})

    def test_no_deposit_insurance(self):
        assert "insured" not in {item.code for item in quote(INTERBANK, **self.ASK).results}
