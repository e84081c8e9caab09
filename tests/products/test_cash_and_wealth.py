"""Pooling, sweeping, advisory, structured deposits and wealth products, worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import Ask, Catalogue, Customer, InputError, Money, Quote

DAY = date(2024, 11, 1)  # demand 0.1 %, notice of seven days 0.25 %
CATALOGUE = Catalogue.load(as_of=DAY)
GROUP = {"kind": "company", "group_member": True}


def quote(code: str, on: date = DAY, customer: dict[str, Any] | None = None, **ask: Any) -> Quote:
    return CATALOGUE.quote(Ask(code, ask), Customer(customer or GROUP), as_of=on)


def text(made: Quote, code: str) -> str:
    value = made.result(code)
    return value.text() if isinstance(value, Money) else str(value)


def outcomes(made: Quote) -> dict[str, str]:
    return {check.id: check.outcome for check in made.checks}


def money(exact: F) -> str:
    return Money.rounded(exact, "CNY").text()


# -- cash pooling ---------------------------------------------------------------------------------


def test_a_physical_pool_whose_balances_change() -> None:
    made = quote(
        "cash-pooling",
        tenor="30d",
        balances="A:2024-11-01:1000000;A:2024-11-11:4000000;B:2024-11-01:-3000000",
    )
    # ten days: A +1 m, B −3 m; twenty days: A +4 m, B −3 m
    credit, debit = F("0.001"), F("0.0435")
    alone = (10**6 * credit * 10 + 4 * 10**6 * credit * 20 - 3 * 10**6 * debit * 30) / 360
    pool = (-2 * 10**6 * debit * 10 + 10**6 * credit * 20) / 360
    assert (text(made, "interest_alone"), text(made, "interest_pooled")) == (
        money(alone),
        money(pool),
    )
    assert (money(alone), money(pool), text(made, "saving")) == ("-10625.00", "-2361.11", "8263.89")
    # members lend each other 1 m (the rest of B's debt is the bank's), then 3 m: at 2 %
    assert text(made, "internal_interest") == money((10**6 * 10 + 3 * 10**6 * 20) * F("0.02") / 360)
    assert made.totals["fees"].text() == "400.00"  # two accounts, one month begun


def test_a_notional_pool_gives_nine_tenths_of_it_and_moves_nothing() -> None:
    balances = "A:2024-11-01:3000000;B:2024-11-01:-2000000"
    physical = quote("cash-pooling", tenor="30d", balances=balances)
    notional = quote("cash-pooling", tenor="30d", balances=balances, pooling="notional")
    # full saving: 2,000,000 × (4.35 % − 0.1 %) × 30/360 = 7,083.33
    assert (text(physical, "saving"), text(notional, "saving")) == ("7083.33", "6375.00")
    assert "internal_interest" not in {item.code for item in notional.results}


@pytest.mark.parametrize("other", ["100", "0"])
def test_accounts_of_one_sign_save_nothing(other: str) -> None:
    made = quote("cash-pooling", balances=f"A:2024-11-01:5000;B:2024-11-01:{other}")
    assert text(made, "saving") == "0.00"
    assert made.totals["received"].minor == 0


def test_the_overdraft_rate_of_the_client_counts() -> None:
    made = quote(
        "cash-pooling", tenor="30d", overdraft_rate="0.06",
        balances="A:2024-11-01:3000000;B:2024-11-01:-2000000",
    )  # fmt: skip
    assert text(made, "saving") == money(F(2_000_000) * (F("0.06") - F("0.001")) * 30 / 360)


def test_a_pool_in_a_leap_february() -> None:
    made = quote(
        "cash-pooling", date(2024, 2, 1), tenor="1m",
        balances="A:2024-02-01:1000000;B:2024-02-29:-1000000",
    )  # fmt: skip
    # 1 February to 1 March is 29 days; B owes for the last one
    demand = CATALOGUE.rates.lookup("deposit-listed", date(2024, 2, 1), column="demand").value
    assert text(made, "saving") == money(F(1_000_000) * (F("0.0435") - F(demand)) / 360)
    assert any("none on 2024-02-01 for B" in warning for warning in made.warnings)


@pytest.mark.parametrize(
    ("balances", "message"),
    [
        ("A:2024-11-01:5", "balances: 1 row is below the minimum of 2"),
        ("A:2024-11-01:5;A:2024-11-02:6", "a pool needs at least two accounts"),
        ("A:2024-11-01:5;A:2024-11-01:6", r"balances\[2\]\.date: 2024-11-01 is stated twice for A"),
        ("A:2024-11-01:5;B:2024-12-01:6", r"balances\[2\]\.date: 2024-12-01 is not from"),
    ],
)
def test_bad_pools(balances: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        quote("cash-pooling", balances=balances)


# -- corporate sweep ------------------------------------------------------------------------------

STEADY = "2024-11-01:3050000;2024-11-05:3160000;2024-11-09:3070000;2024-11-13:400000"


def test_what_stays_swept_earns_although_the_balance_moves_every_few_days() -> None:
    made = quote("corporate-sweep", tenor="30d", target=500_000, balances=STEADY)
    # 2.5 m from the 1st to the 13th: 12 days at 0.25 %; 100,000 from the 5th to the 9th: too short
    assert [(row.due, row.days, row.principal, row.interest) for row in made.schedule] == [
        (date(2024, 11, 9), 4, D("100000.00"), D("1.11")),
        (date(2024, 11, 13), 12, D("2500000.00"), D("208.33")),
    ]
    # 44.32 million day-yuan at 0.1 % are 123.11; the sweep adds 2.5 m × 0.15 % × 12/360 = 125
    assert (text(made, "without"), text(made, "with"), text(made, "gain")) == (
        "123.11",
        "248.11",
        "125.00",
    )
    assert (text(made, "sweeps"), text(made, "short"), text(made, "swept_days")) == ("2", "1", "12")


@pytest.mark.parametrize(("back", "gain"), [("2024-11-07", "0.00"), ("2024-11-08", "29.17")])
def test_seven_days_earn_the_notice_rate_and_six_do_not(back: str, gain: str) -> None:
    made = quote("corporate-sweep", tenor="30d", target=0, balances=f"2024-11-01:1000000;{back}:0")
    assert text(made, "gain") == gain  # 1,000,000 × 0.15 % × 7/360


@pytest.mark.parametrize(("balance", "count"), [("599999.99", "0"), ("600000", "1")])
def test_only_whole_units_are_swept(balance: str, count: str) -> None:
    made = quote("corporate-sweep", tenor="30d", target=500_000, balances=f"2024-11-01:{balance}")
    assert text(made, "sweeps") == count


def test_a_sweep_begins_with_an_empty_account_and_has_no_overdraft() -> None:
    made = quote("corporate-sweep", tenor="30d", target=0, balances="2024-11-11:1000000")
    assert text(made, "gain") == "83.33"  # 20 days
    assert any("none before 2024-11-11" in warning for warning in made.warnings)
    with pytest.raises(InputError, match=r"balances\[2\]\.balance: -1\.00 CNY is below zero"):
        quote("corporate-sweep", target=0, balances="2024-11-01:5;2024-11-02:-1")


@given(
    balances=st.lists(st.integers(0, 90), min_size=1, max_size=12),
    target=st.integers(0, 40),
)
def test_a_sweep_never_loses_and_returns_all(balances: list[int], target: int) -> None:
    rows = ";".join(f"2024-11-{1 + 2 * n:02d}:{b * 50_000}" for n, b in enumerate(balances))
    made = quote("corporate-sweep", tenor="30d", target=target * 50_000, balances=rows)
    assert made.result("gain").minor >= 0
    # day-yuan of the deposits are those of whole units above the target
    ends = [*range(3, 3 + 2 * (len(balances) - 1), 2), 31]
    starts = range(1, 1 + 2 * len(balances), 2)
    expected = sum(
        max(b - target, 0) // 2 * 100_000 * (end - start)
        for b, start, end in zip(balances, starts, ends, strict=True)
    )
    assert sum(row.principal * row.days for row in made.schedule) == expected


# -- corporate advisory ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("revenue", "tenor", "fee"),
    [
        ("20000000", "12m", "24000.00"),
        ("20000000.01", "12m", "60000.00"),
        ("100000000", "12m", "60000.00"),
        ("1000000000", "1m", "12000.00"),
        ("1000000000.01", "1m", "30000.00"),
        ("0", "1m", "2000.00"),
    ],
)
def test_the_retainer_by_revenue_and_month_begun(revenue: str, tenor: str, fee: str) -> None:
    made = quote("corporate-advisory", revenue=revenue, tenor=tenor)
    assert made.totals["fees"].text() == fee


def test_a_month_begun_counts_and_the_first_report_is_free() -> None:
    made = quote("corporate-advisory", revenue=1, maturity="2024-12-02", count=2)
    # 1 November to 2 December is a month and a day; reports 8,000 × (2 − 1)
    assert [fee.amount.text() for fee in made.fees] == ["4000.00", "8000.00"]
    # VAT of 6 % inside since 2016-05-01, none before
    assert made.fees[0].tax is not None
    assert made.fees[0].tax.tax.text() == "226.42"
    old = quote("corporate-advisory", date(2016, 4, 29), revenue=1, tenor="1m")
    assert old.fees[0].tax is None or not old.fees[0].tax.tax


# -- structured deposit ---------------------------------------------------------------------------


def deposit(**ask: Any) -> Quote:
    return quote("structured-deposit", amount=1_000_000, tenor="90d", **ask)


def earned(rate: str) -> str:
    return money(F(1_000_000) * F(rate) * 90 / 365)


@pytest.mark.parametrize(
    ("level", "barrier", "rate"),
    [
        ("2700", "0", "0.027"),  # at the barrier counts
        ("2699.99", "0", "0.013"),
        ("2835", "0.05", "0.027"),  # 2,700 × 1.05
        ("2834.99", "0.05", "0.013"),
        ("2430", "-0.1", "0.027"),
    ],
)
def test_digital(level: str, barrier: str, rate: str) -> None:
    made = deposit(initial_level=2700, barrier=barrier, path=f"1;{level}")
    assert (made.result("rate"), made.totals["interest"].text()) == (D(rate), earned(rate))


@pytest.mark.parametrize(
    ("path", "rate"),
    [
        ("97;103", "0.029"),  # either edge is inside
        ("96.99;103.01", "0.013"),
        ("100;100;110", "0.023667"),  # 1.3 % + 1.6 % × 2/3 = 2.36667 %
    ],
)
def test_range_accrual(path: str, rate: str) -> None:
    made = deposit(payoff="range-accrual", initial_level=100, path=path)
    assert made.result("rate") == D(rate)
    assert made.totals["interest"].text() == earned(rate)


@pytest.mark.parametrize(
    ("level", "rate"),
    [("90", "0.013"), ("100", "0.013"), ("103", "0.028"), ("103.8", "0.032"), ("200", "0.032")],
)  # fmt: skip
def test_capped(level: str, rate: str) -> None:
    made = deposit(payoff="capped", initial_level=100, path=level)
    assert made.result("rate") == D(rate)


def test_scenarios_of_the_definition_and_of_the_ask() -> None:
    made = deposit()
    # digital at −10 %, 0, 2 %, 10 % against a barrier of 0
    assert [text(made, f"scenario_{n}") for n in (1, 2, 3, 4)] == [
        earned("0.013"), earned("0.027"), earned("0.027"), earned("0.027"),
    ]  # fmt: skip
    made = deposit(payoff="range-accrual", scenarios="0.25")
    assert text(made, "scenario_1") == earned("0.017")  # 1.3 % + 1.6 % / 4
    assert "scenario_2" not in {item.code for item in made.results}
    assert made.totals["interest"].text() == text(made, "lowest") == earned("0.013")


def test_a_series_of_its_own_terms() -> None:
    made = deposit(
        payoff="capped", lowest_rate="0.005", highest_rate="0.04", participation="0.25",
        initial_level=100, path="108",
    )  # fmt: skip
    assert made.result("rate") == D("0.025")  # 0.5 % + 8 % × 0.25
    assert (text(made, "lowest"), text(made, "highest")) == (earned("0.005"), earned("0.04"))


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        ({"path": "100"}, "initial_level: is missing"),
        ({"initial_level": 1, "path": "0"}, r"path\[1\]\.level: 0 is not above zero"),
        ({"initial_level": 1, "path": ""}, "path: is empty"),
        ({"payoff": "capped", "barrier": "0.1"}, "barrier: goes with the payoff digital, not capped"),
        ({"range": "0.1"}, "range: goes with the payoff range-accrual, not digital"),
        ({"lowest_rate": "0.03"}, "lowest_rate: 3% is over the highest rate, 2.7%"),
        ({"payoff": "range-accrual", "scenarios": "1.1"}, r"scenarios\[1\]\.at: 1\.1 is no share"),
    ],
)  # fmt: skip
def test_bad_structures(ask: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        deposit(**ask)


@pytest.mark.parametrize(
    ("on", "amount", "allowed"),
    [("2019-10-17", "49999.99", False), ("2019-10-18", "10000", True), ("2019-10-18", "9999.99", False)],
)  # fmt: skip
def test_least_amount_of_a_structured_deposit(on: str, amount: str, allowed: bool) -> None:
    ask = {"amount": amount, "tenor": "90d"}
    if allowed:
        assert quote("structured-deposit", date.fromisoformat(on), **ask).eligible
    else:
        with pytest.raises(InputError, match="is below the minimum of"):
            quote("structured-deposit", date.fromisoformat(on), **ask)


@pytest.mark.parametrize(
    ("on", "amount", "covered"),
    [
        (date(2019, 10, 17), 100_000, None),
        (date(2019, 10, 18), 100_000, "100320.55"),  # 1.3 % for 90 days: 320.55
        (DAY, 1_000_000, "500000.00"),
    ],
)
def test_a_structured_deposit_is_insured_as_a_deposit(
    on: date, amount: int, covered: str | None
) -> None:
    made = quote("structured-deposit", on, amount=amount, tenor="90d")
    found = {each.code: each.value.text() for each in made.results if each.code == "insured"}
    assert found == ({} if covered is None else {"insured": covered})


# -- personal wealth ------------------------------------------------------------------------------


@pytest.mark.parametrize("product", range(1, 6))
@pytest.mark.parametrize("client", range(1, 6))
def test_suitability(product: int, client: int) -> None:
    person = {"kind": "person", "risk_grade": f"C{client}"}
    for on in (date(2010, 3, 1), date(2015, 3, 2), DAY):
        made = quote(
            "personal-wealth", on, person, amount=200_000, tenor="90d", product_grade=f"R{product}"
        )
        assert outcomes(made)["suitable"] == ("pass" if client >= product else "fail")


def test_the_benchmark_of_the_performance_fee_is_told() -> None:
    made = quote("personal-wealth", amount=100_000, tenor="90d", product_grade="R3")
    assert made.result("benchmark") == D("0.042")
    fees = [each for each in made.explanation if each.figure == "wealth.yearly_fees"]
    assert len(fees) == 1  # the same in every scenario


@pytest.mark.parametrize("product", range(1, 6))
def test_who_has_no_grade_is_referred(product: int) -> None:
    made = quote(
        "personal-wealth", DAY, {"kind": "person"}, amount=200_000, tenor="90d",
        product_grade=f"R{product}",
    )  # fmt: skip
    check = next(check for check in made.checks if check.id == "suitable")
    assert (check.outcome, check.bring, check.bring_zh) == (
        "refer",
        "risk questionnaire",
        "风险承受能力评估问卷",
    )


@pytest.mark.parametrize(
    ("on", "grade", "amount", "outcome"),
    [
        ("2011-12-31", "R5", "50000", None),
        ("2012-01-01", "R2", "50000", "pass"),
        ("2012-01-01", "R3", "99999.99", "fail"),
        ("2012-01-01", "R4", "100000", "pass"),
        ("2012-01-01", "R5", "199999.99", "fail"),
        ("2018-09-25", "R5", "200000", "pass"),
        ("2018-09-26", "R5", "10000", None),
    ],
)
def test_least_amount_by_grade_from_2012_to_2018(
    on: str, grade: str, amount: str, outcome: str | None
) -> None:
    person = {"kind": "person", "risk_grade": "C5"}
    made = quote(
        "personal-wealth", date.fromisoformat(on), person,
        amount=amount, tenor="90d", product_grade=grade,
    )  # fmt: skip
    assert outcomes(made).get("least") == outcome


def test_scenarios_after_fees_of_a_private_client() -> None:
    person = {"kind": "person", "risk_grade": "C3", "service_grade": "private"}
    made = quote(
        "personal-wealth", DAY, person, amount=1_000_000, tenor="366d", product_grade="R3",
        return_middle="0.05",
    )  # fmt: skip
    # yearly fees: 0.3 % × 0.5 + 0.2 % + 0.02 % = 0.37 %
    gross, yearly, mark = (money(F(1_000_000) * F(r) * 366 / 365) for r in ("0.05", "0.0037", "0.042"))  # fmt: skip
    assert (gross, yearly, mark) == ("50136.99", "3710.14", "42115.07")
    # 46,426.85 before; 20 % of the 4,311.78 above the benchmark are 862.36
    assert text(made, "net_middle") == "45564.49"
    assert text(made, "fees_middle") == "4572.50"
    assert text(made, "annual_middle") == "0.045440"  # 45,564.49 × 365/366 = 45,440.00


def test_the_grade_fee_by_year_begun_and_its_waiver() -> None:
    ask = {"amount": 100_000, "product_grade": "R1", "services": ["grade"]}
    for grade, tenor, fee in (
        ("gold", "12m", "120.00"),
        ("gold", "13m", "240.00"),
        ("private", "13m", "0.00"),
    ):
        person = {"kind": "person", "risk_grade": "C1", "service_grade": grade}
        made = quote("personal-wealth", DAY, person, tenor=tenor, **ask)
        assert made.totals["fees"].text() == fee


def test_scenarios_must_be_in_order() -> None:
    with pytest.raises(InputError, match=r"return_low: 10% is over return_middle, 3\.1%"):
        quote(
            "personal-wealth", DAY, {"kind": "person"}, amount=100_000, tenor="90d",
            product_grade="R2", return_low="0.1",
        )  # fmt: skip


def test_the_retainer_credited_lowers_the_value_added_tax_too() -> None:
    ask = {"kind": "merger", "amount": 60_000_000, "tenor": "5m"}
    made = quote("financial-advisory", DAY, **ask)
    credit = next(fee for fee in made.fees if fee.code == "retainer-credit")
    # 125,000 ÷ 1.06 = 117,924.53
    assert credit.tax is not None
    assert (credit.tax.net.text(), credit.tax.tax.text()) == ("-117924.53", "-7075.47")
    # half of the retainer's net and tax; 250,000 ÷ 1.06 = 235,849.06
    retainer = next(fee for fee in made.fees if fee.code == "retainer")
    assert retainer.tax is not None
    assert retainer.tax.net.text() == "235849.06"
