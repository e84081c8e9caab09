"""Working-capital loans, one-off and revolving: figures by hand, dated rules, bad asks."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from catalogue import Ask, Catalogue, Customer
from catalogue.errors import InputError
from catalogue.quotes.quote import Quote

CATALOGUE = Catalogue.load(as_of=date(2024, 3, 15))
COMPANY = Customer(kind="company", credit_grade="A")
FACTS = {
    "kind": "company", "credit_grade": "AA", "annual_sales": 60_000_000, "sales_margin": "0.1",
    "sales_growth": "0.1", "working_capital_turns": 4, "own_working_funds": 5_000_000,
    "working_loans": 3_000_000,
}  # fmt: skip
ONE_OFF, REVOLVING = "working-capital-loan", "revolving-working-capital-loan"


def quote(
    code: str = ONE_OFF, on: str = "2024-03-15", customer: Customer = COMPANY, **ask: Any
) -> Quote:
    ask = {"amount": "1000000", "tenor": "1y"} | ask
    return CATALOGUE.quote(Ask(code, ask), customer, as_of=date.fromisoformat(on))


def outcome(found: Quote, code: str) -> str:
    return next(check.outcome for check in found.checks if check.id == code)


def due(found: Quote) -> list[str]:
    return [str(row.due) for row in found.schedule]


class TestSettlement:
    def test_quarters_end_on_the_20th_and_the_rest_at_maturity(self):
        found = quote()
        assert due(found) == ["2024-03-20", "2024-06-20", "2024-09-20", "2024-12-20", "2025-03-15"]
        # 4 % act/360 of a million: 111.11... a day; 5, 92, 92, 91 and 85 days
        assert [row.interest for row in found.schedule] == [
            Decimal("555.56"),
            Decimal("10222.22"),
            Decimal("10222.22"),
            Decimal("10111.11"),
            Decimal("9444.44"),
        ]

    def test_monthly(self):
        found = quote(tenor="3m", frequency="monthly")
        assert due(found) == ["2024-03-20", "2024-04-20", "2024-05-20", "2024-06-15"]
        assert [row.days for row in found.schedule] == [5, 31, 30, 26]

    def test_21st_for_interest_that_counts_the_20th(self):
        assert due(quote(settlement_day=21))[0] == "2024-03-21"

    def test_first_due_takes_the_place_of_the_settlement_day(self):
        found = quote(first_due="2024-06-15")
        assert due(found) == ["2024-06-15", "2024-09-15", "2024-12-15", "2025-03-15"]

    def test_a_loan_within_one_quarter_is_one_row(self):
        found = quote(tenor="60d", start="2024-03-25")
        assert due(found) == ["2024-05-24"]
        assert found.totals["interest"].text() == "6666.67"  # 60 days

    def test_at_maturity(self):
        found = quote(method="at-maturity")
        assert due(found) == ["2025-03-15"]
        assert found.totals["interest"].text() == "40555.56"  # 365 days rounded once


class TestRepayment:
    def test_equal_principal_by_quarters(self):
        found = quote(method="equal-principal", amount=1_000_000)
        assert [row.principal for row in found.schedule] == [Decimal(200_000)] * 5

    def test_agreed_repayments_by_day(self):
        found = quote(method="custom", repayments="2024-08-01:400000;2024-11-01:100000")
        # 1,000,000: 5 + 92 days; then 42 days, 600,000 for 50; 42 of those, 500,000 for 49; 85 days
        days = 1_000_000 * (5 + 92 + 42) + 600_000 * (50 + 42) + 500_000 * (49 + 85)
        exact = Decimal(days) * Decimal("0.04") / 360
        assert abs(found.totals["interest"].amount - exact) < Decimal("0.03")
        assert found.schedule[-1].principal == Decimal(500_000)
        assert not found.fees  # agreed repayments are not early ones

    def test_instalments_one_a_due_date(self):
        parts = [
            {"amount": 200_000},
            {"amount": 0},
            {"amount": 300_000},
            {"amount": 0},
            {"amount": 500_000},
        ]
        found = quote(method="custom", instalments=parts)
        assert [int(row.principal) for row in found.schedule] == [200_000, 0, 300_000, 0, 500_000]

    def test_early_repayment_costs_beyond_the_free_fifth(self):
        found = quote(extra_payments="2024-06-20:500000")
        (fee,) = found.fees
        # 3 whole months: 0.5 % of 500,000 - 200,000 free
        assert (fee.code, fee.amount.text(), str(fee.due)) == (
            "prepayment",
            "1500.00",
            "2024-06-20",
        )
        # saved: 500,000 for the 268 days from 20 June 2024 to 15 March 2025
        assert found.result("interest_saved").amount == pytest.approx(
            Decimal("14888.89"), abs=Decimal("0.02")
        )

    def test_free_share_is_for_each_loan_year(self):
        found = quote(
            tenor="2y", extra_payments="2024-04-15:150000;2024-05-15:150000;2025-03-15:100000",
        )  # fmt: skip
        # year 1: 200,000 free, so 100,000 x 0.5 %; in month 12 the share is 0
        assert [fee.amount.text() for fee in found.fees] == ["500.00"]

    def test_payoff(self):
        found = quote(payoff_on="2024-07-20")
        # settled up to 20 June; 30 days since
        assert found.result("payoff_interest").text() == "3333.33"
        assert found.result("payoff_amount").text() == "1003333.33"


class TestDatedRate:
    @pytest.mark.parametrize(
        ("on", "rate", "refused"),
        [
            ("2003-12-31", "0.06903", "0.06904"),  # 5.31 % x 1.3
            ("2004-01-01", "0.09027", "0.09028"),  # 5.31 % x 1.7
            ("2004-10-28", "0.09027", "0.09028"),
        ],
    )
    def test_ceilings(self, on: str, rate: str, refused: str):
        assert quote(on=on, rate=rate).rate.annual == Decimal(rate)
        with pytest.raises(InputError, match="over the highest allowed"):
            quote(on=on, rate=refused)

    def test_no_ceiling_from_2004_10_29(self):
        assert quote(on="2004-10-29", rate="0.2").rate.annual == Decimal("0.2")

    @pytest.mark.parametrize(
        ("on", "lowest"),
        [
            ("2004-10-29", "0.05022"),  # 5.58 % x 0.9
            ("2012-06-07", "0.05904"),  # 6.56 % x 0.9
            ("2012-06-08", "0.05048"),  # 6.31 % x 0.8
            ("2012-07-06", "0.042"),  # 6.00 % x 0.7
            ("2013-07-19", "0.042"),
        ],
    )
    def test_floors(self, on: str, lowest: str):
        assert quote(on=on, rate=lowest).rate.lowest == Decimal(lowest)
        with pytest.raises(InputError, match="below the lowest allowed"):
            quote(on=on, rate=Decimal(lowest) - Decimal("0.0001"))

    def test_no_floor_from_2013_07_20(self):
        assert quote(on="2013-07-20", rate="0.01").rate.annual == Decimal("0.01")

    def test_large_enterprises_until_2003(self):
        large = Customer(kind="company", credit_grade="A", enterprise_size="large")
        assert (
            outcome(quote(on="2001-06-01", customer=large, rate="0.06435"), "large-enterprise-rate")
            == "pass"
        )
        over = quote(on="2001-06-01", customer=large, rate="0.0644")  # 5.85 % x 1.1 = 6.435 %
        assert outcome(over, "large-enterprise-rate") == "fail"
        assert not any(
            c.id == "large-enterprise-rate" for c in quote(on="2004-01-01", customer=large).checks
        )

    def test_lpr_from_2019_08_20(self):
        assert quote(on="2019-08-19").rate.annual == Decimal("0.0435")
        found = quote(on="2019-08-20")
        assert found.rate.annual == Decimal("0.048")  # 4.25 % + 0.55 %
        assert "lpr 1y" in found.rate.reference

    def test_repricing_by_the_expected_lpr(self):
        found = quote(
            tenor="2y", repricing="anniversary", reference_path="2024-07-22:0.0335;2025-01-20:0.031",
        )  # fmt: skip
        # on 15 March 2025 the LPR is expected at 3.10 %: 3.65 % from then on; 4 % for 365 days before
        exact = 1_000_000 * (Decimal("0.04") + Decimal("0.0365")) * 365 / 360
        assert abs(found.totals["interest"].amount - exact) < Decimal("0.05")


@pytest.mark.parametrize(
    ("start", "tenor", "found"),
    [
        ("2024-03-15", "12m", "short-term"),
        ("2024-02-29", "365d", "short-term"),  # to 28 February 2025
        ("2024-02-29", "366d", "medium-term"),
        ("2024-03-15", "3y", "medium-term"),
    ],
)
def test_class_by_tenor(start: str, tenor: str, found: str):
    assert quote(start=start, tenor=tenor).result("tenor_class") == found


class TestNeed:
    def test_within_and_beyond(self):
        # 60,000,000 x 0.9 x 1.1 / 4 = 14,850,000; less 8,000,000 = 6,850,000
        customer = Customer(FACTS)
        assert outcome(quote(amount="6850000", customer=customer), "working-capital-need") == "pass"
        over = quote(amount="6850000.01", customer=customer)
        assert outcome(over, "working-capital-need") == "fail"
        assert not over.eligible

    def test_turns_from_days(self):
        facts = {k: v for k, v in FACTS.items() if k != "working_capital_turns"}
        facts |= {
            "inventory_days": 60,
            "receivable_days": 70,
            "payable_days": 45,
            "prepaid_days": 10,
            "advance_days": 5,
        }
        # cycle 60 + 70 + 10 - 45 - 5 = 90 days, 4 turns
        assert (
            quote(customer=Customer(facts)).result("working_capital_limit").text() == "6850000.00"
        )

    def test_missing_facts_refer_and_are_named(self):
        facts = {k: v for k, v in FACTS.items() if k != "sales_growth"}
        check = next(
            c for c in quote(customer=Customer(facts)).checks if c.id == "working-capital-need"
        )
        assert (check.outcome, check.missing) == ("refer", ("customer.sales_growth",))
        assert check.bring
        assert check.bring_zh

    def test_need_below_own_funds_is_zero(self):
        found = quote(customer=Customer(FACTS | {"own_working_funds": 50_000_000}))
        assert found.result("working_capital_limit").text() == "0.00"

    @pytest.mark.parametrize("name", ["annual_sales", "working_loans", "other_working_funds"])
    def test_sales_and_debts_are_never_negative(self, name: str):
        with pytest.raises(InputError, match=rf"customer\.{name}: -1\.00 is below 0"):
            quote(customer=Customer(FACTS | {name: -1}))

    def test_own_funds_may_be_negative(self):
        # current liabilities above current assets: 14,850,000 + 1,000,000 - 3,000,000
        found = quote(customer=Customer(FACTS | {"own_working_funds": -1_000_000}))
        assert found.result("working_capital_limit").text() == "12850000.00"

    def test_rule_of_2010(self):
        def source(on: str) -> str:
            return next(c.source for c in quote(on=on).checks if c.id == "working-capital-need")

        assert "Illustrative" in source("2010-02-11")
        assert "2010年第1号" in source("2010-02-12")
        assert "2024年第2号" in source("2024-07-01")

    def test_a_cycle_of_no_days(self):
        facts = {k: v for k, v in FACTS.items() if k != "working_capital_turns"}
        facts |= {"inventory_days": 10, "receivable_days": 10, "payable_days": 30}
        with pytest.raises(InputError, match="the operating cycle is -10 days"):
            quote(customer=Customer(facts))


class TestPenalty:
    def test_by_the_day_until_2003(self):
        found = quote(on="2003-12-31", overdue_amount=100_000, overdue_days=30)
        assert found.result("overdue_rate") == Decimal("0.0756")  # 0.021 % x 360
        assert found.result("overdue_interest").text() == "630.00"

    def test_by_uplift_since_2004(self):
        found = quote(on="2004-01-01", overdue_amount=100_000, overdue_days=30)
        assert found.result("overdue_rate") == Decimal("0.07965")  # 5.31 % x 1.5
        assert found.result("misuse_rate") == Decimal("0.1062")
        assert found.result("overdue_interest").text() == "663.75"

    def test_amount_without_days(self):
        with pytest.raises(InputError, match="goes together with overdue_days"):
            quote(overdue_amount=100)


class TestTenor2024:
    def test_over_three_years_needs_a_long_cycle(self):
        assert outcome(quote(on="2024-07-01", tenor="4y"), "tenor") == "fail"
        assert outcome(quote(on="2024-07-01", tenor="4y", long_cycle=True), "tenor") == "pass"

    def test_not_before(self):
        with pytest.raises(InputError, match="over the maximum of 3y"):
            quote(on="2024-06-30", tenor="4y")


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        ({"amount": "99999"}, "amount: .* below the minimum"),
        ({"frequency": "weekly"}, "frequency: 'weekly' is not one of monthly, quarterly"),
        ({"settlement_day": 31}, "settlement_day: 31 is over the maximum of 28"),
        ({"method": "custom"}, "instalments: is missing"),
        ({"method": "custom", "instalments": "500000;500000"}, "2 amounts for 5 due dates"),
        (
            {"repayments": "2024-06-01:1000"},
            "repayments: only method custom takes them, not bullet",
        ),
        ({"instalments": "1000000"}, "instalments: only method custom takes them"),
        (
            {"method": "custom", "repayments": "2024-06-01:1000", "instalments": "1000000"},
            "repayments: stated together with instalments",
        ),
        (
            {"rate_steps": "2024-06-01:0.05", "reference_path": "2024-06-01:0.03"},
            "state one of them",
        ),
        ({"reference_path": "2024-06-01:0.03"}, "repricing is none"),
        ({"rate_steps": "2024-03-15:0.05"}, "rate_steps: 2024-03-15 is not after the value date"),
        (
            {"rate_steps": "2024-06-01:0.05;2024-06-01:0.06"},
            "rate_steps: 2024-06-01 is stated twice",
        ),
        ({"first_due": "2026-01-01"}, "first_due: 2026-01-01 is after the maturity 2025-03-15"),
        (
            {"extra_payments": "2024-06-01:1000001"},
            "extra_payments: 1000001.00 on 2024-06-01 is more than",
        ),
        ({"tenor": "2y", "maturity": "2025-03-15"}, "maturity: 2025-03-15 is not 2y after"),
    ],
)
def test_bad_asks(ask: dict[str, Any], words: str):
    with pytest.raises(InputError, match=words):
        quote(**ask)


class TestRevolving:
    def test_drawn_in_full_when_no_usage_is_stated(self):
        found = quote(REVOLVING)
        assert any("drawn in full" in warning for warning in found.warnings)
        assert found.totals["interest"].text() == quote().totals["interest"].text()
        assert found.totals["fees"].minor == 0

    def test_large_enterprises_until_2003(self):
        large = Customer(kind="company", credit_grade="A", enterprise_size="large")
        # benchmark of a year 5.85 % in 2001: 1.1 times is 6.435 %
        for rate, found in (("0.06435", "pass"), ("0.0644", "fail")):
            made = quote(REVOLVING, on="2001-06-01", customer=large, rate=rate)
            assert outcome(made, "large-enterprise-rate") == found
        later = quote(REVOLVING, on="2004-01-01", customer=large, rate="0.09")
        assert not any(item.id == "large-enterprise-rate" for item in later.checks)

    def test_undrawn_limit_costs_the_commitment_fee(self):
        found = quote(REVOLVING, tenor="90d", drawdowns="2024-05-14:1000000")
        # 1,000,000 x 0.2 % / 360 for 5 days to 20 March and 55 days to 14 May
        assert [fee.amount.text() for fee in found.fees] == ["27.78", "305.56"]
        assert [str(fee.due) for fee in found.fees] == ["2024-03-20", "2024-06-13"]
        assert found.totals["interest"].text() == "3333.33"  # 30 days to 13 June at 4 %

    def test_rows_add_up(self):
        found = quote(
            REVOLVING, start="2024-03-20", amount=10_000_000,
            drawdowns="2024-03-20:6000000;2024-07-01:3000000", repayments="2024-05-20:4000000",
        )  # fmt: skip
        assert [(str(r.due), int(r.principal)) for r in found.schedule] == [
            ("2024-05-20", 4_000_000), ("2024-06-20", 0), ("2024-09-20", 0), ("2024-12-20", 0),
            ("2025-03-20", 5_000_000),
        ]  # fmt: skip
        assert found.schedule[2].opening == Decimal(5_000_000)

    @pytest.mark.parametrize(
        ("ask", "words"),
        [
            (
                {"drawdowns": "2024-03-15:1000001"},
                "the balance 1000001.00 CNY on 2024-03-15 is over the limit",
            ),
            (
                {"drawdowns": "2024-03-14:1"},
                "drawdowns: 2024-03-14 is outside the life of the limit",
            ),
            (
                {"drawdowns": "2024-03-15:5", "repayments": "2024-04-15:6"},
                "is more than the balance 5.00 CNY",
            ),
            ({"drawdowns": "2024-03-15:5", "repayments": "2024-04-15:0"}, "is not above 0"),
        ],
    )
    def test_bad_usage(self, ask: dict[str, Any], words: str):
        with pytest.raises(InputError, match=words):
            quote(REVOLVING, **ask)

    @given(
        st.lists(st.tuples(st.integers(0, 360), st.integers(1, 400)), min_size=1, max_size=6),
        st.lists(st.tuples(st.integers(0, 365), st.integers(1, 300)), max_size=4),
    )
    def test_conservation(self, draws: list[tuple[int, int]], back: list[tuple[int, int]]):
        def rows(items: list[tuple[int, int]]) -> list[dict[str, Any]]:
            first = date(2024, 3, 20).toordinal()
            return [{"date": date.fromordinal(first + d), "amount": a * 1000} for d, a in items]

        try:
            found = quote(
                REVOLVING, on="2024-03-20", start="2024-03-20", amount=2_000_000, drawdowns=rows(draws),
                repayments=rows(back),
            )  # fmt: skip
        except InputError:  # over the limit, or more repaid than owed
            reject()
        plan = found.schedule
        assert plan[-1].closing == 0
        assert sum(row.principal for row in plan) == sum(a for _, a in draws) * 1000
        assert all(row.opening - row.principal == row.closing for row in plan)
        assert sum(row.interest for row in plan) == found.totals["interest"].amount
        # interest and commitment share the same days: (balance + undrawn) x days is the limit x 365
        at = Decimal(2_000_000) * 365 / 360
        from_rates = found.totals["interest"].amount / Decimal("0.04") + found.totals[
            "fees"
        ].amount / Decimal("0.002")
        assert abs(from_rates - at) < 30  # half a fen a row ÷ the smaller rate
