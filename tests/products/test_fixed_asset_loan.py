"""Fixed-asset loan: drawdowns, grace, commitment fee, own capital by date, debt-service cover."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from catalogue import Ask, Catalogue, Customer
from catalogue.errors import InputError
from catalogue.quotes.quote import Quote

CATALOGUE = Catalogue.load(as_of=date(2024, 3, 20))
COMPANY = Customer(kind="company", credit_grade="AA")


def quote(on: str = "2024-03-20", **ask: Any) -> Quote:
    ask = {"amount": "36000000", "tenor": "3y", "start": on} | ask
    return CATALOGUE.quote(Ask("fixed-asset-loan", ask), COMPANY, as_of=date.fromisoformat(on))


def check(found: Quote, code: str) -> Any:
    return next(item for item in found.checks if item.id == code)


def test_equal_principal_after_grace():
    found = quote(grace=4)
    rows = list(found.schedule)
    assert len(rows) == 12
    assert [int(row.principal) for row in rows[:5]] == [0, 0, 0, 0, 4_500_000]  # 36 m ÷ 8
    # LPR 1Y 3.45 % (up to 5 years) + 0.5 % = 3.95 % act/360; 36 m × 3.95 % × 92 ÷ 360
    assert rows[0].interest == Decimal("363400.00")
    # due 20 Jun 92, 20 Sep 92, 20 Dec 91, 20 Mar 90: 365 days of 3,950
    assert found.result("construction_interest").text() == "1441750.00"


def test_interest_of_the_grace_period_may_be_capitalised():
    found = quote(grace=2, grace_interest="capitalise")
    first, second, third = list(found.schedule)[:3]
    assert (first.payment, first.closing) == (Decimal(0), Decimal("36363400.00"))
    assert second.payment == Decimal(0)
    assert third.payment > Decimal(3_600_000)
    assert found.totals["principal"].text() == "36000000.00"
    assert found.schedule[-1].closing == 0


def test_principal_half_yearly_interest_quarterly():
    found = quote(principal_frequency="semiannual")
    assert [int(row.principal) for row in found.schedule] == [0, 6_000_000] * 6


def test_construction_ends_on_a_day():
    found = quote(grace=4, construction_end="2024-09-20")
    assert found.result("construction_interest").text() == "726800.00"  # twice 363,400


def test_interest_since_the_last_due_date_belongs_to_construction():
    found = quote(grace=4, construction_end="2024-08-31")
    # 3,950 a day: 92 days to 20 June, 72 from there to 31 August
    assert found.result("construction_interest").text() == "647800.00"


def test_grace_counts_due_dates_not_early_repayments():
    found = quote(grace=2, extra_payments="2024-05-02:6000000")
    # 36 m × 43 + 30 m × 49 days = 3,018 m; 30 m × 92 = 2,760 m; × 3.95 % ÷ 360
    assert found.result("construction_interest").amount == Decimal("331141.67") + Decimal(
        "302833.33"
    )


def test_agreed_repayments_save_nothing():
    found = quote(
        method="custom", repayments="2025-03-20:12000000", extra_payments="2026-03-20:6000000"
    )
    # 6 m for the 365 days from 20 March 2026: 60,566.67 twice, 59,908.33, 59,250.00
    saved = found.result("interest_saved").amount
    assert saved == pytest.approx(Decimal("240291.67"), abs=Decimal("0.02"))


def test_commitment_fee_follows_the_drawdowns():
    plan = "2024-03-20:10000000;2024-08-01:6000000;2024-12-20:20000000"
    found = quote(grace=4, drawdowns=plan)
    # 26 m × 92 days; 26 m × 42 + 20 m × 50; 20 m × 91; × 0.3 % ÷ 360
    assert [fee.amount.text() for fee in found.fees] == ["19933.33", "17433.33", "15166.67"]
    assert [str(fee.due) for fee in found.fees] == ["2024-06-20", "2024-09-20", "2024-12-20"]
    assert found.totals["fees"].text() == "52533.33"
    assert found.totals["received"].text() == "36000000.00"
    assert found.schedule[0].fee == Decimal("19933.33")
    # 10 m to 1 Aug, 16 m from then: 10 m × 42 + 16 m × 50 days at 3.95 %
    assert found.schedule[1].interest == Decimal("133861.11")


def test_all_drawn_at_once_costs_no_commitment():
    assert not quote().fees


def test_apr_holds_the_commitment_fee():
    plan = "2024-03-20:10000000;2024-12-20:26000000"
    dear, cheap = quote(grace=4, drawdowns=plan), quote(grace=4)
    assert dear.apr.effective > cheap.apr.effective


def test_debt_service_cover_by_year():
    found = quote(grace=4, project_cash_flows="2025:20000000;2026:25000000;2030:1")
    rows = list(found.schedule)
    for year, cash in ((2025, 20_000_000), (2026, 25_000_000)):
        service = sum(row.payment for row in rows if row.due.year == year)
        ratio = (Decimal(cash) / service).quantize(Decimal("0.0001"))
        assert found.result(f"dscr_{year}") == ratio
    assert found.result("min_dscr") == min(found.result("dscr_2025"), found.result("dscr_2026"))
    assert any("none given for 2024, 2027" in warning for warning in found.warnings)
    # 2027 repays principal too: "in every year" cannot be said without its cash flow
    assert check(found, "debt-service-cover").outcome == "refer"


# 1,000,000 at 3.6 % act/360 is 100 a day; due 2024-12-20 (275 days, interest only), 2025-12-20 (365)
# and 2026-03-20 (90): 27,500; 500,000 + 36,500; 500,000 + 50 × 90 = 504,500.
@pytest.mark.parametrize(
    ("flows", "shown", "outcome"),
    [
        ("2025:643800;2026:605400", {"2025": "1.2000", "2026": "1.2000"}, "pass"),
        ("2025:643799.99;2026:605400", {"2025": "1.2000", "min": "1.2000"}, "fail"),
        ("2025:643800", {"2025": "1.2000"}, "refer"),
        ("2025:600000", {"2025": "1.1184"}, "fail"),  # one short year is enough
        ("2024:0;2025:643800;2026:605400", {"2024": "0.0000", "min": "0.0000"}, "fail"),
        ("2024:33000;2025:-1;2026:605400", {"2024": "1.2000", "2025": "0.0000"}, "fail"),
    ],
)
def test_debt_service_cover_by_hand(flows: str, shown: dict[str, str], outcome: str):
    found = quote(
        amount=1_000_000,
        tenor="2y",
        rate="0.036",
        grace=1,
        frequency="annual",
        project_cash_flows=flows,
    )
    for year, ratio in shown.items():
        code = "min_dscr" if year == "min" else f"dscr_{year}"
        assert str(found.result(code)) == ratio
    assert check(found, "debt-service-cover").outcome == outcome
    hint = any("2024 has interest of the construction period" in words for words in found.warnings)
    assert hint is flows.startswith("2024:0")


def test_cash_flows_of_a_year_without_debt_service_are_told():
    found = quote(project_cash_flows="2023:1000;2025:9000000;2025:11000000;2040:1000")
    assert any("no debt service in 2023, 2040" in warning for warning in found.warnings)
    service = sum(row.payment for row in found.schedule if row.due.year == 2025)
    ratio = (Decimal(20_000_000) / service).quantize(Decimal("0.0001"))  # 9 m and 11 m
    assert found.result("dscr_2025") == ratio


@pytest.mark.parametrize(
    ("on", "size", "charged"),
    [
        ("2011-10-23", "small", True),
        ("2011-10-24", "small", False),
        ("2011-10-24", "micro", False),
        ("2011-10-24", "medium", True),
        ("2024-03-20", "small", False),
        ("2024-03-20", None, True),
    ],
)
def test_small_enterprises_pay_no_commitment_fee_from_2011(on: str, size: str, charged: bool):
    day = date.fromisoformat(on)
    facts = {"kind": "company", "enterprise_size": size} if size else {"kind": "company"}
    plan = [
        {"date": on, "amount": 6_000_000},
        {"date": day.replace(month=12), "amount": 30_000_000},
    ]
    ask = {"amount": 36_000_000, "tenor": "3y", "drawdowns": plan}
    found = CATALOGUE.quote(Ask("fixed-asset-loan", ask), Customer(facts), as_of=day)
    assert any(fee.code == "commitment" for fee in found.fees) is charged
    told = any("银监发〔2011〕94号" in warning for warning in found.warnings)
    assert told is not charged


def test_cover_below_the_least_fails_and_unknown_refers():
    assert check(quote(project_cash_flows="2025:1000000"), "debt-service-cover").outcome == "fail"
    refer = check(quote(), "debt-service-cover")
    assert (refer.outcome, refer.missing) == ("refer", ("ask.project_cash_flows",))


@pytest.mark.parametrize(
    ("on", "industry", "share", "reference"),
    [
        ("2001-06-01", "transport", "0.35", "国发〔1996〕35号"),
        ("2004-04-25", "steel", "0.25", "国发〔1996〕35号"),
        ("2004-04-26", "steel", "0.4", "国发〔2004〕13号"),
        ("2004-04-26", "cement", "0.35", "国发〔2004〕13号"),
        ("2004-04-26", "coal", "0.35", "国发〔1996〕35号"),
        ("2009-05-25", "coal", "0.3", "国发〔2009〕27号"),
        ("2009-05-25", "highway", "0.25", "国发〔2009〕27号"),
        ("2015-09-08", "airport", "0.3", "国发〔2009〕27号"),
        ("2015-09-09", "airport", "0.25", "国发〔2015〕51号"),
        ("2015-09-09", "urban-rail", "0.2", "国发〔2015〕51号"),
        ("2019-11-19", "port-shipping", "0.25", "国发〔2015〕51号"),
        ("2019-11-20", "port-shipping", "0.2", "国发〔2019〕26号"),
        ("2024-03-20", "steel", "0.4", "国发〔2015〕51号"),
    ],
)
def test_own_capital_by_line_and_date(on: str, industry: str, share: str, reference: str):
    whole = Decimal(100_000_000)
    ask = {"industry": industry, "project_investment": whole, "own_capital": whole * Decimal(share)}
    found = quote(on=on, **ask)
    assert found.result("min_own_capital_share") == Decimal(share)
    assert check(found, "own-capital").outcome == "pass"
    assert reference in check(found, "own-capital").source
    below = quote(on=on, **(ask | {"own_capital": whole * Decimal(share) - 1}))
    assert check(below, "own-capital").outcome == "fail"


def test_own_capital_a_fen_short_shows_the_amounts():
    # 20 % of 80 m is 16 m; the share of 15,999,999.99 rounds to 0.2
    found = quote(project_investment=80_000_000, own_capital="15999999.99")
    failed = check(found, "own-capital")
    assert failed.outcome == "fail"
    assert failed.found["own_capital"].text() == "15999999.99"
    assert failed.found["investment"].text() == "80000000.00"


def test_a_line_of_another_time():
    with pytest.raises(InputError, match="industry: 'urban-rail' is not one of"):
        quote(on="2001-06-01", industry="urban-rail")


def test_loan_within_what_the_project_lacks():
    ask = {"project_investment": 50_000_000, "own_capital": 14_000_001}
    assert check(quote(**ask), "financing-gap").outcome == "fail"
    assert check(quote(**(ask | {"own_capital": 14_000_000})), "financing-gap").outcome == "pass"
    assert check(quote(), "financing-gap").outcome == "refer"


def test_over_ten_years_is_referred_from_2024_07_01():
    assert check(quote(on="2024-07-01", tenor="12y"), "tenor").outcome == "refer"
    assert not any(item.id == "tenor" for item in quote(on="2024-06-30", tenor="12y").checks)


def test_lpr_by_tenor():
    assert quote(tenor="5y").rate.annual == Decimal("0.0395")
    assert quote(tenor="61m").rate.annual == Decimal("0.0445")


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (
            {"grace": "24m"},
            "grace: '24m' is not .* \\(number of due dates: a year of quarters is 4",
        ),
        ({"drawdowns": "2024-03-20:1000000"}, "they add up to 1000000.00"),
        ({"drawdowns": "2024-03-21:36000000"}, "must be on start, 2024-03-20"),
        ({"grace": 12}, "grace: 12 of 12 periods leaves none"),
        ({"grace_interest": "capitalise"}, "grace_interest: capitalise needs a grace period"),
        (
            {"principal_frequency": "annual", "frequency": "semiannual", "method": "level"},
            "principal_freq",
        ),
        ({"tenor": "11m"}, "tenor: 11m is below the minimum of 1y"),
        ({"project_cash_flows": "2025"}, "column amount is missing"),
        (
            {"project_investment": 0, "own_capital": 0},
            "project_investment: 0.00 CNY is below the minimum",
        ),
        (
            {"construction_end": "2024-03-20"},
            "construction_end: 2024-03-20 is not after 2024-03-20",
        ),
        ({"construction_end": "2027-03-21"}, "construction_end: .* up to 2027-03-20"),
        ({"payoff_on": "2027-03-21"}, "payoff_on: 2027-03-21 is not between 2024-03-20 and 2027"),
        (
            {"method": "custom", "instalments": "0;0;0;0;0;0;0;0;0;0;0;35999999"},
            "instalments: they add up to 35999999.00, the loan is 36000000.00",
        ),
        (
            {
                "method": "custom",
                "drawdowns": "2024-03-20:6000000;2025-03-20:30000000",
                "repayments": "2024-09-20:6000001",
            },
            "repayments: 6000001.00 on 2024-09-20 is more than the balance 6000000.00",
        ),
        (
            {"method": "custom", "repayments": "2027-03-21:1"},
            "repayments: 2027-03-21 is outside the loan's life",
        ),
    ],
)
def test_bad_asks(ask: dict[str, Any], words: str):
    with pytest.raises(InputError, match=words):
        quote(**ask)
