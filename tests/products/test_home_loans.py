"""Home loans, commercial, provident-fund and combined: dated rules, income, early repayment."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import Ask, Catalogue, Customer
from catalogue.errors import InputError
from catalogue.quotes.quote import Quote

CATALOGUE = Catalogue.load(as_of=date(2024, 3, 15))
BUYER = Customer(
    kind="person", age=32, monthly_income=20_000, other_monthly_debt=1_000, overdue_in_two_years=0,
    fund_months=60, fund_balance=80_000,
)  # fmt: skip


def quote(
    code: str = "home-loan", on: str = "2024-03-15", customer: Customer = BUYER, **ask: Any
) -> Quote:
    ask = {"amount": "1000000", "tenor": "30y"} | ask
    return CATALOGUE.quote(Ask(code, ask), customer, as_of=date.fromisoformat(on))


def outcome(found: Quote, code: str) -> str:
    return next(check.outcome for check in found.checks if check.id == code)


def source(found: Quote, code: str) -> str:
    return next(check.source for check in found.checks if check.id == code)


def test_fortnightly_is_compared_with_half_the_monthly_payment():
    """1,000,000 at 3.15 % over 20 years: the month's payment is 5,621.37, half of it 2,810.69.

    n = ln(1 ÷ (1 − P × i ÷ 2,810.69)) ÷ ln(1 + i) with i = 3.15 % ÷ 26 is 465.8: 466 fortnights.
    """
    found = quote(on="2024-11-15", tenor="20y", frequency="fortnightly")
    assert found.result("half_month_payment").text() == "2810.69"
    assert found.result("half_month_ends_on") == date(2024, 11, 15) + timedelta(days=14 * 466)
    balance, interest = Decimal(1_000_000), Decimal(0)
    while balance > 0:
        due = (balance * Decimal("0.0315") / 26).quantize(Decimal("0.01"), ROUND_HALF_UP)
        balance, interest = balance + due - Decimal("2810.69"), interest + due
    assert found.result("half_month_interest").amount == interest
    for ask in ({}, {"frequency": "fortnightly", "method": "equal-principal"}):
        assert "half_month_payment" not in {r.code for r in quote(tenor="20y", **ask).results}


class TestEarlyRepaymentAndRepricing:
    def test_the_shorter_term_lasts_through_repricing(self):
        """1,000,000 over 10 years from 2024-11-15 at 3.15 %: P × i ÷ (1 − (1 + i)^−120) = 9,725.47.

        300,000 repaid on 2026-05-20 shorten it; the reference falls by 30 basis points in 2027.
        """
        ask = {"tenor": "10y", "extra_payments": "2026-05-20:300000"}
        fixed = quote("home-loan", "2024-11-15", **ask)
        moved = quote("home-loan", "2024-11-15", reference_path="2026-12-20:0.033", **ask)
        assert fixed.result("first_payment").text() == "9725.47"
        assert moved.result("ends_on") == fixed.result("ends_on")
        assert fixed.result("ends_on") < date(2032, 1, 1)
        rows = {row.due: row.payment for row in moved.schedule}
        assert rows[date(2027, 1, 15)] == Decimal("9725.47")  # the period began in 2026
        assert Decimal(9600) < rows[date(2027, 2, 15)] < Decimal("9725.47")

    @pytest.mark.parametrize(
        ("rule", "first"),
        [
            ("january-1", date(2025, 1, 1)),
            ("anniversary", date(2025, 11, 15)),
            ("half-yearly", date(2025, 5, 15)),
            ("quarterly", date(2025, 2, 15)),
        ],
    )
    def test_the_first_day_of_repricing_is_told(self, rule: str, first: date):
        assert quote(on="2024-11-15", repricing=rule).result("first_repricing") == first

    def test_a_fixed_rate_has_no_day_of_repricing(self):
        for ask in ({"repricing": "none"}, {"tenor": "6m", "repricing": "anniversary"}):
            found = quote(on="2024-11-15", **ask)
            assert "first_repricing" not in {result.code for result in found.results}

    def test_what_decides_stands_in_the_terms(self):
        extra = quote().terms.extra
        assert {name: extra[name] for name in ("property_type", "home_count", "repricing")} == {
            "property_type": "new", "home_count": 1, "repricing": "january-1",
        }  # fmt: skip


class TestRateByDate:
    @pytest.mark.parametrize(
        ("on", "tenor", "home", "annual"),
        [
            ("2001-06-01", "5y", 1, "0.0531"),  # preferential, up to 5 years
            ("2001-06-01", "20y", 1, "0.0558"),
            ("2003-06-04", "20y", 2, "0.0504"),
            ("2003-06-05", "20y", 2, "0.0576"),  # second home: benchmark over 5 years
            ("2005-03-16", "20y", 1, "0.0531"),
            ("2005-03-17", "20y", 1, "0.05508"),  # 6.12 % × 0.9
            ("2006-08-19", "20y", 1, "0.05814"),  # 6.84 % × 0.85
            ("2007-09-27", "20y", 2, "0.08613"),  # 7.83 % × 1.1
            ("2008-10-27", "20y", 1, "0.05229"),  # 7.47 % × 0.7
            ("2019-10-07", "20y", 1, "0.04165"),  # 4.90 % × 0.85
            ("2019-10-08", "20y", 1, "0.0485"),
            ("2019-10-08", "20y", 2, "0.0545"),  # LPR + 60 basis points
            ("2019-10-08", "5y", 1, "0.042"),  # 1-year LPR up to 5 years
            ("2022-05-15", "20y", 1, "0.044"),  # 4.60 % − 20 basis points
        ],
    )
    def test_listed(self, on: str, tenor: str, home: int, annual: str):
        assert quote(on=on, tenor=tenor, home_count=home).rate.annual == Decimal(annual)

    @pytest.mark.parametrize(
        ("on", "home", "lowest"),
        [
            ("2005-03-17", 1, "0.05508"),
            ("2006-08-18", 1, "0.05751"),  # 6.39 % × 0.9
            ("2006-08-19", 1, "0.05814"),
            ("2007-09-26", 2, "0.066555"),  # 7.83 % × 0.85
            ("2007-09-27", 2, "0.08613"),
            ("2008-10-27", 1, "0.05229"),
            ("2013-07-20", 1, "0.04585"),  # 6.55 % × 0.7 stays when other floors go
            ("2019-10-08", 1, "0.0485"),
            ("2019-10-08", 2, "0.0545"),
            ("2022-05-15", 1, "0.044"),
            ("2023-08-31", 2, "0.044"),  # 4.20 % + 20 basis points
        ],
    )
    def test_floor(self, on: str, home: int, lowest: str):
        assert quote(on=on, home_count=home, rate=lowest).rate.lowest == Decimal(lowest)
        with pytest.raises(InputError, match="is below the lowest allowed for a"):
            quote(on=on, home_count=home, rate=Decimal(lowest) - Decimal("0.0001"))

    def test_no_national_floor_from_2024_05_17(self):
        found = quote(on="2024-05-17", rate="0.03")
        assert (found.rate.annual, found.rate.lowest) == (Decimal("0.03"), None)

    def test_preferential_rates_are_not_negotiable(self):
        with pytest.raises(InputError, match="rate: is fixed for this product"):
            quote(on="2001-06-01", rate="0.05")

    def test_before_the_first_version(self):
        with pytest.raises(InputError, match="its first is of 1999-09-21"):
            quote(on="1999-09-20")


class TestDownPayment:
    @pytest.mark.parametrize(
        ("on", "ask", "least"),
        [
            ("2001-06-01", {}, "0.2"),
            ("2006-06-01", {"area": 91}, "0.3"),
            ("2006-06-01", {"area": 90}, "0.2"),
            ("2007-09-26", {"home_count": 2}, "0.3"),
            ("2007-09-27", {"home_count": 2}, "0.4"),
            ("2008-10-27", {}, "0.2"),
            ("2010-04-17", {"area": 120}, "0.3"),
            ("2010-04-17", {"area": 80}, "0.2"),
            ("2010-04-17", {"home_count": 2}, "0.5"),
            ("2010-09-29", {"area": 80}, "0.3"),
            ("2011-01-26", {"home_count": 2}, "0.6"),
            ("2015-03-30", {"home_count": 2}, "0.4"),
            ("2015-09-24", {}, "0.25"),
            ("2015-09-24", {"purchase_limits": True}, "0.3"),
            ("2016-02-02", {}, "0.2"),
            ("2016-02-02", {"home_count": 2}, "0.3"),
            ("2016-02-02", {"home_count": 2, "purchase_limits": True}, "0.4"),
            ("2023-08-31", {"purchase_limits": True}, "0.2"),
            ("2023-08-31", {"home_count": 2, "purchase_limits": True}, "0.3"),
            ("2024-05-17", {}, "0.15"),
            ("2024-05-17", {"home_count": 2}, "0.25"),
            ("2024-09-24", {"home_count": 2}, "0.15"),
            ("2008-01-01", {"property_type": "commercial", "tenor": "10y"}, "0.5"),
        ],
    )
    def test_least_by_date(self, on: str, ask: dict[str, Any], least: str):
        price = Decimal(2_000_000)
        most = price * (1 - Decimal(least))
        found = quote(on=on, amount=most, property_price=price, **ask)
        assert found.result("min_down_payment_share") == Decimal(least)
        assert found.result("max_loan").amount == most
        assert outcome(found, "down-payment") == "pass"
        over = quote(on=on, amount=most + 1, property_price=price, **ask)
        assert outcome(over, "down-payment") == "fail"

    def test_the_rule_is_cited(self):
        assert "银发〔2007〕359号" in source(quote(on="2008-01-01", home_count=2), "down-payment")

    def test_valuation_below_the_price_counts(self):
        found = quote(amount=800_001, property_price=1_200_000, valuation=1_000_000)
        assert outcome(found, "down-payment") == "fail"
        assert found.result("down_payment").text() == "399999.00"

    def test_unknown_price_refers(self):
        assert outcome(quote(), "down-payment") == "refer"

    def test_loan_above_the_price(self):
        with pytest.raises(InputError, match="is more than the price of the home"):
            quote(property_price=900_000)

    def test_third_home(self):
        assert outcome(quote(on="2010-09-29", home_count=3), "third-home") == "fail"
        later = quote(on="2014-09-30", home_count=3, customer=BUYER.with_facts(open_home_loans=0))
        assert outcome(later, "third-home") == "pass"
        limited = quote(
            on="2014-09-30", home_count=3, purchase_limits=True,
            customer=BUYER.with_facts(open_home_loans=0),
        )  # fmt: skip
        assert outcome(limited, "third-home") == "refer"

    def test_commercial_premises_run_ten_years(self):
        ask = {"property_type": "commercial", "tenor": "11y"}
        assert outcome(quote(**ask), "commercial-tenor") == "fail"
        assert not any(c.id == "commercial-tenor" for c in quote(on="2001-06-01", **ask).checks)


class TestIncomeAndAge:
    def test_half_of_income_and_55_percent(self):
        # 5,307.27 + 300 of fee; ÷ 0.5 = 11,214.54; with 1,000 of debts ÷ 0.55 = 12,013.22
        ask = {"rate": "0.049", "property_fee": 300}
        at = quote(customer=BUYER.with_facts(monthly_income="12013.22"), **ask)
        assert (outcome(at, "payment-to-income"), outcome(at, "debt-to-income")) == ("pass", "pass")
        below = quote(customer=BUYER.with_facts(monthly_income="11900"), **ask)
        assert (outcome(below, "payment-to-income"), outcome(below, "debt-to-income")) == (
            "pass",
            "fail",
        )
        poor = quote(customer=BUYER.with_facts(monthly_income="11200"), **ask)
        assert outcome(poor, "payment-to-income") == "fail"

    def test_joint_borrower(self):
        couple = BUYER.with_facts(
            monthly_income=8_000, co_borrower_monthly_income=6_000, co_borrower_monthly_debt=500
        )
        found = quote(rate="0.049", customer=couple)
        assert found.result("payment_to_income") == Decimal("0.3791")  # 5,307.27 ÷ 14,000
        assert found.result("debt_to_income") == Decimal("0.4862")  # + 1,500

    def test_unknown_income_refers_with_what_to_bring(self):
        found = quote(customer=Customer(kind="person", age=30))
        check = next(c for c in found.checks if c.id == "payment-to-income")
        assert (check.outcome, check.bring) == ("refer", "proof of income of the last 6 months")

    def test_source_by_date(self):
        assert "Illustrative" in source(quote(on="2004-08-29"), "payment-to-income")
        assert "银监发〔2004〕57号" in source(quote(on="2004-08-30"), "payment-to-income")

    def test_age_and_term(self):
        old = BUYER.with_facts(age=41)
        assert outcome(quote(customer=old), "age-and-term") == "fail"  # 71
        assert outcome(quote(customer=old, tenor="29y"), "age-and-term") == "pass"
        young_wife = old.with_facts(co_borrower_age=35)
        assert outcome(quote(customer=young_wife), "age-and-term") == "pass"

    def test_affordable_amount_gives_back_the_payment(self):
        found = quote(rate="0.049", customer=BUYER.with_facts(monthly_income="10614.54"))
        # half of it is 5,307.27, the payment of a million
        assert (
            abs(found.result("affordable_amount").amount - 1_000_000) < 2
        )  # half a fen of payment is 0.94 of loan


class TestRepaymentAndRepricing:
    def test_fortnightly(self):
        found = quote(rate="0.052", frequency="fortnightly", amount=780_000)
        assert len(found.schedule) == 780
        # i = 0.2 %; 1.002^780 = 4.751413…; 1,560 ÷ (1 − 1 ÷ 4.751413…) = 1,975.84
        assert found.schedule[0].interest == Decimal("1560.00")
        assert found.schedule[0].payment == Decimal("1975.84")
        assert (found.schedule[1].due - found.schedule[0].due).days == 14
        assert found.result("monthly_burden").amount == round(
            found.schedule[0].payment * 26 / 12, 2
        )

    def test_one_payment_at_maturity_within_a_year(self):
        # 3.45 % − 0.20 % = 3.25 %: 1,000,000 × 3.25 % over a year
        year = quote(tenor="1y", method="at-maturity")
        assert year.totals["interest"].text() == "32500.00"
        assert outcome(year, "at-maturity-tenor") == "pass"
        assert outcome(quote(tenor="13m", method="at-maturity"), "at-maturity-tenor") == "fail"

    def test_one_payment_at_maturity_has_no_fortnights(self):
        with pytest.raises(InputError, match="frequency: fortnightly does not go with method at-m"):
            quote(tenor="1y", frequency="fortnightly", method="at-maturity")

    def test_first_due_keeps_the_maturity(self):
        found = quote(tenor="1y", first_due="2024-04-20", amount=120_000)
        assert len(found.schedule) == 12
        assert str(found.schedule[-1].due) == "2025-03-15"

    def test_repricing_on_1_january(self):
        found = quote(
            rate="0.0395", amount=1_000_000, method="equal-principal",
            reference_path="2024-07-22:0.0385;2025-05-20:0.035",
        )  # fmt: skip
        rows = list(found.schedule)
        # month-based: the period that begins on 15 January 2025 is the first at 3.85 %
        assert str(rows[9].due) == "2025-01-15"
        for row, rate in ((rows[9], "0.0395"), (rows[10], "0.0385"), (rows[22], "0.035")):
            exact = row.opening * Decimal(rate) / 12
            assert abs(row.interest - exact) <= Decimal("0.005")

    def test_repricing_on_the_anniversary_and_not_at_all(self):
        path = "2024-07-22:0.03"
        yearly = quote(rate="0.0395", repricing="anniversary", reference_path=path)
        assert yearly.schedule[12].interest < yearly.schedule[11].interest * Decimal("0.8")
        with pytest.raises(InputError, match="repricing is none"):
            quote(repricing="none", reference_path=path)

    def test_points_stay_on_repricing(self):
        found = quote(home_count=2, repricing="anniversary", reference_path="2025-03-15:0.03")
        # 3.95 % + 0.20 %; then 3.00 % + 0.20 %
        assert found.rate.spread == Decimal("0.002")
        row = found.schedule[12]
        assert abs(row.interest - row.opening * Decimal("0.032") / 12) <= Decimal("0.005")

    def test_early_repayment_shortens_or_lowers(self):
        extra = "2025-03-15:300000"
        shorter = quote(rate="0.049", extra_payments=extra, extra_mode="shorter")
        lower = quote(rate="0.049", extra_payments=extra, extra_mode="lower")
        assert shorter.result("ends_on") < lower.result("ends_on") == date(2054, 3, 15)
        assert shorter.result("interest_saved") > lower.result("interest_saved")
        # month 12: 0.5 % of 300,000 less the free tenth
        assert [fee.amount.text() for fee in shorter.fees] == ["1000.00"]
        plain = quote(rate="0.049")
        saved = plain.totals["interest"] - lower.totals["interest"]
        assert lower.result("interest_saved") == saved

    @pytest.mark.parametrize(
        ("day", "fee"), [("2025-03-14", "2000.00"), ("2025-03-15", "1000.00"), ("2027-03-15", None)]
    )
    def test_fee_by_year(self, day: str, fee: str | None):
        found = quote(extra_payments=f"{day}:300000")
        assert [item.amount.text() for item in found.fees] == ([fee] if fee else [])

    def test_third_party_services_stay_out_of_the_apr(self):
        plain = quote(property_price=2_000_000)
        served = quote(property_price=2_000_000, services="valuation,insurance")
        assert served.totals["fees"].text() == "20000.00"  # 2,000 + 600 × 30
        assert served.apr == plain.apr

    def test_payoff_has_its_fee(self):
        # equal principal: 10,000 a month on 1,200,000; after 6 payments 1,140,000 are left. Month 6: 1 % of
        # what is over a tenth of the loan, 1,140,000 − 120,000 = 1,020,000: 10,200.00. Interest of the 5
        # days: 1,140,000 × 3.75 % × 5 ÷ 360 = 593.75.
        ask = {"amount": 1_200_000, "tenor": "10y", "method": "equal-principal"}
        found = quote(payoff_on="2024-09-20", **ask)
        assert found.result("payoff_amount").text() == "1140593.75"
        assert found.result("payoff_fee").text() == "10200.00"
        assert found.result("payoff_with_fee").text() == "1150793.75"
        # 100,000 repaid in June use up most of the free 120,000: (1,040,000 − 20,000) × 1 %
        used = quote(payoff_on="2024-09-20", extra_payments="2024-06-15:100000", **ask)
        assert used.result("payoff_balance").amount < 1_040_001
        assert used.result("payoff_fee").amount == round(
            (used.result("payoff_balance").amount - 20_000) / 100, 2
        )
        # from the 37th month on nothing is charged
        late = quote(payoff_on="2027-03-15", **ask)
        assert late.result("payoff_fee").text() == "0.00"
        assert late.result("payoff_with_fee") == late.result("payoff_amount")

    def test_the_fund_charges_no_payoff(self):
        found = quote("provident-fund-home-loan", payoff_on="2024-09-20", amount=600_000)
        assert "payoff_fee" not in {result.code for result in found.results}

    @given(
        st.integers(1, 360),
        st.integers(10_000, 5_000_000),
        st.sampled_from(["level", "equal-principal"]),
    )
    def test_conservation(self, months: int, amount: int, method: str):
        found = quote(amount=amount, tenor=f"{months}m", method=method)
        rows = list(found.schedule)
        assert rows[-1].closing == 0
        assert sum(row.principal for row in rows) == amount
        assert sum(row.payment for row in rows) == found.totals["paid"].amount


class TestProvidentFund:
    CODE = "provident-fund-home-loan"

    @pytest.mark.parametrize(
        ("on", "home", "tenor", "annual"),
        [
            ("2001-06-01", 1, "5y", "0.0414"),
            ("2001-06-01", 2, "20y", "0.0459"),
            ("2010-11-01", 2, "20y", "0.0405"),
            ("2010-11-02", 2, "20y", "0.04455"),  # 4.05 % × 1.1
            ("2022-10-01", 1, "20y", "0.031"),
            ("2025-05-08", 1, "20y", "0.026"),
            ("2025-05-08", 2, "5y", "0.02525"),
        ],
    )
    def test_rate(self, on: str, home: int, tenor: str, annual: str):
        found = quote(self.CODE, on=on, amount=500_000, home_count=home, tenor=tenor)
        assert found.rate.annual == Decimal(annual)
        assert found.rate.lowest == found.rate.highest == Decimal(annual)

    def test_rate_is_not_asked(self):
        with pytest.raises(InputError, match="rate: provident-fund-home-loan has no such field"):
            quote(self.CODE, rate="0.02")

    def test_limit_of_city_and_account(self):
        found = quote(self.CODE, fund_limit=1_000_000)
        assert found.result("fund_limit").text() == "1000000.00"  # account 80,000 × 15 = 1,200,000
        assert outcome(found, "fund-limit") == "pass"
        low = quote(self.CODE, fund_limit=1_000_000, customer=BUYER.with_facts(fund_balance=50_000))
        assert outcome(low, "fund-limit") == "fail"  # 750,000
        joint = BUYER.with_facts(fund_balance=50_000, co_borrower_fund_balance=20_000)
        assert (
            quote(self.CODE, fund_limit=2_000_000, customer=joint).result("fund_limit").text()
            == "1050000.00"
        )
        assert outcome(quote(self.CODE), "fund-limit") == "refer"

    def test_months_of_contributions(self):
        new = BUYER.with_facts(fund_months=8)
        assert outcome(quote(self.CODE, on="2014-10-08", customer=new), "contributions") == "fail"
        assert outcome(quote(self.CODE, on="2014-10-09", customer=new), "contributions") == "pass"

    @pytest.mark.parametrize(
        ("on", "repaid", "least"),
        [
            ("2010-11-02", 0, "0.5"),
            ("2015-03-30", 0, "0.3"),
            ("2015-09-01", 0, "0.2"),
            ("2015-09-01", 1, "0.5"),
        ],
    )
    def test_second_home(self, on: str, repaid: int, least: str):
        customer = BUYER.with_facts(open_home_loans=repaid)
        found = quote(self.CODE, on=on, home_count=2, property_price=3_000_000, customer=customer)
        assert found.result("min_down_payment_share") == Decimal(least)

    def test_no_third_home(self):
        assert outcome(quote(self.CODE, home_count=3), "third-home") == "fail"


class TestCombination:
    CODE = "combination-home-loan"

    def test_fortnightly_is_the_commercial_part_alone(self):
        """1,000,000 of the bank's by the fortnight, 600,000 of the fund's by the month, 20 years.

        2024-11-15: LPR 3.60 % − 45 basis points = 3.15 %; the fund's rate is 2.85 %. Payments:
        P × i ÷ (1 − (1 + i)^−n) with i = 3.15 % ÷ 26, n = 520 and i = 2.85 % ÷ 12, n = 240.
        """
        found = quote(
            self.CODE, "2024-11-15", amount="1600000", tenor="20y", fund_amount="600000",
            frequency="fortnightly",
        )  # fmt: skip
        assert found.result("commercial_first_payment").text() == "2593.16"
        assert found.result("fund_first_payment").text() == "3282.71"
        # the first fortnight is paid before the first month
        assert found.result("first_payment").text() == "2593.16"
        rows = {row.due: row for row in found.schedule}
        assert rows[date(2024, 11, 29)].payment == Decimal("2593.16")
        assert rows[date(2024, 12, 15)].payment == Decimal("3282.71")
        # 2,593.16 × 26 ÷ 12 = 5,618.51, and the fund's
        assert found.result("monthly_burden").text() == "8901.22"
        assert list(found.schedule)[-1].due == date(2044, 11, 15)
        assert list(found.schedule)[-1].closing == 0
        alone = quote("home-loan", "2024-11-15", tenor="20y", frequency="fortnightly")
        assert found.totals["commercial_interest"] == alone.totals["interest"]

    @pytest.mark.parametrize(("income", "expected"), [("14000", "pass"), ("13000", "fail")])
    def test_the_guarantor_is_looked_at(self, income: str, expected: str):
        # 1,000,000 at 3.15 % and 600,000 at 2.85 % over 20 years by the month:
        # 5,621.37 + 3,282.71 = 8,904.08; at most half of the guarantor's income
        backed = Customer(
            kind="person", age=32, monthly_income=30_000, other_monthly_debt=0, fund_months=60,
            fund_balance=80_000, guarantor_type="person", guarantor_age=40,
            guarantor_monthly_debt=0, guarantor_monthly_income=Decimal(income) + 4000,
        )  # fmt: skip
        found = quote(
            self.CODE, "2024-11-15", backed, amount="1600000", tenor="20y", fund_amount="600000"
        )
        assert found.result("monthly_burden").text() == "8904.08"
        assert outcome(found, "guarantor-income") == expected
        assert outcome(found, "guarantor-age") == "pass"

    def parts(self, **ask: Any) -> tuple[Quote, Quote, Quote]:
        """The combination, and its parts quoted alone."""
        both = quote(self.CODE, amount=1_500_000, fund_amount=600_000, **ask)
        fund = quote("provident-fund-home-loan", amount=600_000)
        return both, quote(amount=900_000), fund

    def test_is_the_sum_of_its_parts(self):
        both, commercial, fund = self.parts()
        assert both.totals["interest"] == commercial.totals["interest"] + fund.totals["interest"]
        assert both.totals["commercial_interest"] == commercial.totals["interest"]
        assert both.totals["fund_interest"] == fund.totals["interest"]
        for row, one, other in zip(both.schedule, commercial.schedule, fund.schedule, strict=True):
            assert (row.due, row.payment) == (one.due, one.payment + other.payment)
            assert row.closing == one.closing + other.closing
        assert commercial.apr.effective > both.apr.effective > fund.apr.effective

    def test_fund_part_of_its_own_tenor(self):
        both, commercial, _ = self.parts(fund_tenor="10y")
        short = quote("provident-fund-home-loan", amount=600_000, tenor="10y")
        assert both.totals["fund_interest"] == short.totals["interest"]
        assert len(both.schedule) == 360
        assert both.schedule[120].payment == commercial.schedule[120].payment
        assert both.schedule[-1].closing == 0

    def test_early_repayment_of_one_part(self):
        both, _, fund = self.parts(extra_payments="2024-06-01:400000")
        assert both.totals["fund_interest"] == fund.totals["interest"]
        row = next(row for row in both.schedule if str(row.due) == "2024-06-01")
        assert (row.days, row.interest, row.principal) == (0, Decimal(0), Decimal(400_000))
        # month 2: 1 % of 400,000 less a tenth of 900,000
        assert [fee.amount.text() for fee in both.fees] == ["3100.00"]
        assert all(row.opening - row.principal == row.closing for row in both.schedule)

    def test_saving_by_early_repayment_of_either_part(self):
        ask = {"extra_payments": "2024-06-15:400000", "fund_extra_payments": "2025-03-15:100000"}
        plain, _, _ = self.parts()
        both, _, _ = self.parts(**ask)
        assert both.result("interest_saved") == plain.totals["interest"] - both.totals["interest"]
        alone, _, _ = self.parts(fund_extra_payments="2025-03-15:100000")
        own = quote(
            "provident-fund-home-loan", amount=600_000, extra_payments="2025-03-15:100000"
        )  # fmt: skip
        assert alone.result("interest_saved") == own.result("interest_saved")
        assert alone.result("ends_on") == date(2054, 3, 15)  # the commercial part goes on

    def test_age_goes_by_the_part_that_ends_last(self):
        at = BUYER.with_facts(age=45)  # 45 + 20 = 65, 45 + 25 = 70, 45 + 26 = 71
        ask = {"amount": 1_500_000, "fund_amount": 600_000, "tenor": "20y", "customer": at}
        assert outcome(quote(self.CODE, fund_tenor="25y", **ask), "age-and-term") == "pass"
        assert outcome(quote(self.CODE, fund_tenor="26y", **ask), "age-and-term") == "fail"

    def test_payoff_of_both_parts(self):
        ask = {"payoff_on": "2024-09-20"}
        both, _, _ = self.parts(**ask)
        bank = quote(amount=900_000, **ask)
        fund = quote("provident-fund-home-loan", amount=600_000, **ask)
        for code in ("payoff_balance", "payoff_interest", "payoff_amount"):
            assert both.result(code) == bank.result(code) + fund.result(code)
        assert both.result("payoff_fee") == bank.result("payoff_fee")  # the fund charges none
        assert both.result("payoff_with_fee") == both.result("payoff_amount") + bank.result(
            "payoff_fee"
        )

    def test_stricter_down_payment(self):
        found = quote(
            self.CODE, on="2024-06-03", amount=1_650_000, fund_amount=600_000, property_price=2_000_000,
        )  # fmt: skip
        assert found.result("min_down_payment_share") == Decimal(
            "0.2"
        )  # the fund's; the bank's 15 %
        assert outcome(found, "down-payment") == "fail"

    def test_nothing_left_for_the_bank(self):
        with pytest.raises(InputError, match="quote provident-fund-home-loan instead"):
            quote(self.CODE, amount=600_000, fund_amount=600_000)

    def test_fund_amount_is_required(self):
        with pytest.raises(InputError, match="fund_amount: is missing"):
            quote(self.CODE)


def test_an_early_repayment_above_the_funds_balance_names_its_field():
    with pytest.raises(InputError, match=r"^fund_extra_payments: 700000\.00 on 2025-01-01"):
        quote(
            "combination-home-loan", amount=1_500_000, fund_amount=600_000,
            fund_extra_payments="2025-01-01:700000",
        )  # fmt: skip
