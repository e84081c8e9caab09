"""Housing development, on-lending and syndicated loans, receivables: figures by hand, dated rules, refusals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import Ask, Catalogue, Customer, InputError, Money, Quote

DAY = date(2024, 11, 1)
COMPANY = Customer(
    kind="company",
    land_use_certificate=True,
    land_planning_permit=True,
    construction_planning_permit=True,
    construction_permit=True,
    government_approval=True,
    receivables_assignable=True,
)

CATALOGUE = Catalogue.load(as_of=DAY)


@pytest.fixture
def cat() -> Catalogue:
    return CATALOGUE


def quote(
    cat: Catalogue, code: str, *, on: date = DAY, who: Customer = COMPANY, **fields: Any
) -> Quote:
    return cat.quote(Ask(code, fields), who, as_of=on)


def outcome(made: Quote, check: str) -> str:
    return next(item.outcome for item in made.checks if item.id == check)


def yearly(flows: list[tuple[date, D]]) -> float:
    """The rate at which flows are worth nothing on the first day, by halving."""
    low, high = -0.9, 10.0
    begin = flows[0][0]

    def worth(rate: float) -> float:
        return sum(float(x) * (1 + rate) ** (-(day - begin).days / 365) for day, x in flows)

    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if worth(low) * worth(middle) > 0 else (low, middle)
    return low


# ---- housing development ----

LEAST = [
    ("2002-12-31", ("0.2", "0.2", "0.2")),
    ("2003-06-04", ("0.2", "0.2", "0.2")),
    ("2003-06-05", ("0.3", "0.3", "0.3")),
    ("2004-04-25", ("0.3", "0.3", "0.3")),
    ("2004-04-26", ("0.3", "0.35", "0.35")),
    ("2004-08-30", ("0.35", "0.35", "0.35")),
    ("2007-09-27", ("0.35", "0.35", "0.35")),
    ("2009-05-24", ("0.35", "0.35", "0.35")),
    ("2009-05-25", ("0.2", "0.2", "0.3")),
    ("2015-09-08", ("0.2", "0.2", "0.3")),
    ("2015-09-09", ("0.2", "0.2", "0.25")),
    ("2024-11-01", ("0.2", "0.2", "0.25")),
]


@pytest.mark.parametrize(("day", "shares"), LEAST)
def test_own_capital_by_the_rule_of_the_day(
    cat: Catalogue, day: str, shares: tuple[str, ...]
) -> None:
    on = date.fromisoformat(day)
    for kind, share in zip(("social", "ordinary", "other"), shares, strict=True):
        ask: dict[str, Any] = {"amount": 10_000_000, "tenor": "2y", "industry": kind}
        ask["project_investment"] = 100_000_000
        enough = D(share) * 100_000_000
        made = quote(cat, "housing-development-loan", on=on, own_capital=enough, **ask)
        assert made.result("min_own_capital_share") == D(share)
        assert outcome(made, "own-capital") == "pass"
        made = quote(cat, "housing-development-loan", on=on, own_capital=enough - D("0.01"), **ask)
        assert outcome(made, "own-capital") == "fail"


def test_a_figure_by_key_is_explained_by_the_rule_that_set_this_key(cat: Catalogue) -> None:
    # the notice of 2015 changed other property development only
    for kind, source in (("ordinary", "国发〔2009〕27号"), ("other", "国发〔2015〕51号")):
        made = quote(
            cat, "housing-development-loan", amount=10_000_000, tenor="2y", industry=kind
        )  # fmt: skip
        entry = next(
            item for item in made.explanation if item.figure == f"figure.min_own_capital.{kind}"
        )
        assert source in str(entry.source)


def test_own_capital_and_loan_within_the_investment(cat: Catalogue) -> None:
    ask: dict[str, Any] = {"tenor": "2y", "project_investment": 100_000_000}
    made = quote(cat, "housing-development-loan", amount=70_000_000, own_capital=30_000_000, **ask)
    assert outcome(made, "financing-gap") == "pass"
    made = quote(
        cat, "housing-development-loan", amount="70000000.01", own_capital=30_000_000, **ask
    )
    assert outcome(made, "financing-gap") == "fail"


PERMITS = (
    "land_use_certificate",
    "land_planning_permit",
    "construction_planning_permit",
    "construction_permit",
)


@pytest.mark.parametrize("permit", PERMITS)
def test_each_of_the_four_permits_is_needed(cat: Catalogue, permit: str) -> None:
    ask: dict[str, Any] = {"amount": 10_000_000, "tenor": "2y"}
    without = COMPANY.with_facts(**{permit: False})
    made = quote(cat, "housing-development-loan", who=without, **ask)
    assert outcome(made, permit.replace("_", "-")) == "fail"
    unknown = Customer({name: fact for name, fact in COMPANY.facts.items() if name != permit})
    made = quote(cat, "housing-development-loan", who=unknown, **ask)
    check = next(item for item in made.checks if item.id == permit.replace("_", "-"))
    assert (check.outcome, check.missing) == ("refer", (f"customer.{permit}",))
    assert check.bring


def test_permits_rest_on_the_notice_of_2003_from_its_day_on(cat: Catalogue) -> None:
    for on, source in (
        (date(2003, 6, 4), "Illustrative"),
        (date(2003, 6, 5), "银发〔2003〕121号"),
        (date(2007, 9, 26), "银发〔2003〕121号"),
        (date(2007, 9, 27), "银发〔2007〕359号"),
    ):
        made = quote(cat, "housing-development-loan", on=on, amount=10_000_000, tenor="2y")
        check = next(item for item in made.checks if item.id == "construction-permit")
        assert source in check.source


def test_sales_repay_no_more_than_what_is_drawn(cat: Catalogue) -> None:
    made = quote(
        cat, "housing-development-loan", amount=100_000_000, tenor="2y",
        drawdowns=[{"date": "2024-11-01", "amount": 30_000_000}, {"date": "2025-06-02", "amount": 70_000_000}],
        sales="2025-05-01:80000000;2025-10-01:50000000:100%;2026-02-02:10000000:50%",
    )  # fmt: skip
    # 48 million would be released on 1 May, 30 are owed; then 50 and 5; 15 are left
    assert made.result("repaid_by_sales") == Money.of(85_000_000)
    assert made.result("left_at_maturity") == Money.of(15_000_000)
    assert made.result("peak_balance") == Money.of(70_000_000)
    assert made.result("repaid_on") == date(2026, 11, 1)
    # ten-thousandths a day: 30 × 181 days, none to 2 June, 70 × 121, 20 × 124, 15 × 272
    days = 30 * 181 + 70 * 121 + 20 * 124 + 15 * 272
    assert made.totals["interest"] == Money.of(days * 100)


def test_a_sale_may_repay_with_all_of_its_proceeds(cat: Catalogue) -> None:
    for share in ("1", "100%", "1.00"):
        made = quote(
            cat, "housing-development-loan", amount=10_000_000, tenor="2y",
            sales=f"2025-11-01:4000000:{share};2026-02-01:1000000",
        )  # fmt: skip
        assert made.result("repaid_by_sales").text() == "4600000.00"  # 4 m and 0.6 × 1 m


def test_the_rate_range_of_each_time(cat: Catalogue) -> None:
    ask: dict[str, Any] = {"amount": 10_000_000, "tenor": "2y"}
    # benchmark 1 to 3 years 5.49 %: 1.3 times 7.137 %, 1.7 times 9.333 %
    quote(cat, "housing-development-loan", on=date(2003, 12, 31), rate="7.137%", **ask)
    with pytest.raises(InputError, match=r"over the highest allowed, 7\.137%"):
        quote(cat, "housing-development-loan", on=date(2003, 12, 31), rate="7.138%", **ask)
    with pytest.raises(InputError, match=r"over the highest allowed, 9\.333%"):
        quote(cat, "housing-development-loan", on=date(2004, 1, 1), rate="9.334%", **ask)
    # no ceiling from 29 October 2004 (benchmark 5.76 % from that day), a floor of 0.9: 5.184 %
    quote(cat, "housing-development-loan", on=date(2004, 10, 29), rate="20%", **ask)
    with pytest.raises(InputError, match=r"below the lowest allowed, 5\.184%"):
        quote(cat, "housing-development-loan", on=date(2004, 10, 29), rate="5.183%", **ask)
    quote(cat, "housing-development-loan", on=date(2013, 7, 20), rate="1%", **ask)


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({"sales": "2024-11-01:1000"}, "sales: 2024-11-01 is not between 2024-11-01"),
        ({"sales": "2026-11-01:1000"}, "sales: 2026-11-01 is not between"),
        ({"sales": "2025-11-01:1000:-10%"}, "sales: share -10% is not between 0 and 100%"),
        ({"sales": "2025-11-01:1000:101%"}, "sales"),
        ({"sales": "2025-11-01:-5"}, "sales: -5.00 on 2025-11-01 is below 0"),
        ({"sales": "2025-11-01"}, "sales.1.: column amount is missing"),
        ({"industry": "office"}, "industry: 'office' is not one of social"),
        ({"tenor": "6y"}, "tenor: 6y is over the maximum of 5y"),
        ({"drawdowns": "2024-11-01:9000000"}, "drawdowns: they add up to 9000000"),
        (
            {"drawdowns": "2024-11-01:10000000;2025-12-01:1000000", "amount": 11_000_000,
             "sales": "2025-11-30:99000000"},
            None,
        ),
    ],
)  # fmt: skip
def test_bad_housing_asks(cat: Catalogue, fields: dict[str, Any], match: str | None) -> None:
    ask = {"amount": 10_000_000, "tenor": "2y", **fields}
    if match is None:  # repaid in full between two drawdowns, and drawn again: sound
        assert quote(cat, "housing-development-loan", **ask).result("repaid_on") == date(
            2026, 11, 1
        )
        return
    with pytest.raises(InputError, match=match):
        quote(cat, "housing-development-loan", **ask)


# ---- on-lending ----


def test_on_lending_cost_in_yuan_by_hand(cat: Catalogue) -> None:
    made = quote(
        cat, "fx-on-lending-loan", amount=1_000_000, currency="USD", tenor="1y", base_rate="2%",
        fx_path="2025-05-01:7.30;2025-11-01:7.50",
    )  # fmt: skip
    # 511,563.89 × 7.30 and 505,877.78 × 7.50; fee 3,000 × 7.10; a million × 7.10 received
    first, last = D("3734416.40"), D("3794083.35")
    assert made.result("fx_today") == D("7.1")  # no path until 2025-05-01: the drawdown and the fee
    assert made.result("cny_payment_1") == Money.of(first)
    assert made.result("cny_payment_2") == Money.of(last)
    assert made.result("cny_paid") == Money.of(first + last + 21_300)
    flows = [
        (DAY, D(7_100_000 - 21_300)),
        (date(2025, 5, 1), -first),
        (date(2025, 11, 1), -last),
    ]
    assert float(made.result("cny_apr")) == pytest.approx(yearly(flows), abs=1e-7)
    # the dollar's own cost lacks the fall of the yuan
    assert made.apr is not None
    assert float(made.result("cny_apr")) > float(made.apr.effective) + 0.04


def test_on_a_flat_path_the_cost_in_yuan_is_that_in_the_currency(cat: Catalogue) -> None:
    made = quote(
        cat, "fx-on-lending-loan", amount=500_000, currency="EUR", tenor="10y", base_rate="1.5%",
        grace=4, margin="0.5%",
    )  # fmt: skip
    assert made.terms.rate is not None
    assert made.terms.rate.annual == D("0.02")
    assert made.apr is not None
    assert float(made.result("cny_apr")) == pytest.approx(float(made.apr.effective), abs=1e-6)
    rows = list(made.schedule)
    assert [row.principal for row in rows[:4]] == [0, 0, 0, 0]
    assert {row.principal for row in rows[4:]} == {D("31250.00")}  # 500,000 ÷ 16


def test_commitment_fee_falls_due_with_each_row_until_the_last_drawdown(cat: Catalogue) -> None:
    made = quote(
        cat, "fx-on-lending-loan", amount=3_000_000, currency="USD", tenor="5y", base_rate="2%",
        drawdowns="2024-11-01:1000000;2025-06-02:1000000;2026-01-05:1000000",
    )  # fmt: skip
    fees = [fee for fee in made.fees if fee.code == "commitment"]
    # 0.375 %: 2m × 181; 2m × 32 + 1m × 152; 1m × 65 days
    parts = [F(2_000_000 * 181), F(2_000_000 * 32 + 1_000_000 * 152), F(1_000_000 * 65)]
    due = [date(2025, 5, 1), date(2025, 11, 1), date(2026, 5, 1)]
    assert [fee.due for fee in fees] == due
    for fee, part in zip(fees, parts, strict=True):
        assert fee.amount == Money.rounded(part * F("0.00375") / 360, "USD")
    rows = {row.due: row.fee for row in made.schedule}
    assert [rows[day] for day in due] == [fee.amount.amount for fee in fees]


def test_yen_have_no_decimals(cat: Catalogue) -> None:
    made = quote(
        cat, "fx-on-lending-loan", amount=1_000_000_000, currency="JPY", tenor="30y",
        base_rate="0.75%", grace=20,
    )  # fmt: skip
    rows = list(made.schedule)
    assert rows[0].interest == 5_279_167  # 10^9 × 1.05 % × 181 ÷ 360
    assert sum(row.principal for row in rows) == 1_000_000_000
    assert made.result("cny_received") == Money.of("50200000.00")  # 0.0502


def test_approval_rests_on_the_measures_of_each_time(cat: Catalogue) -> None:
    ask: dict[str, Any] = {
        "amount": 1_000_000, "currency": "USD", "tenor": "5y", "base_rate": "5%"
    }  # fmt: skip
    for on, words in (
        (date(2006, 8, 31), "Illustrative"),
        (date(2006, 9, 1), "财政部令第38号"),
        (date(2016, 12, 31), "财政部令第38号"),
        (date(2017, 1, 1), "财政部令第85号"),
    ):
        made = quote(cat, "fx-on-lending-loan", on=on, **ask)
        assert words in next(check.source for check in made.checks if check.id == "approval")
    unknown = Customer(kind="company")
    assert outcome(quote(cat, "fx-on-lending-loan", who=unknown, **ask), "approval") == "refer"


def test_a_path_after_the_last_payment_is_told(cat: Catalogue) -> None:
    made = quote(
        cat, "fx-on-lending-loan", amount=1_000_000, currency="USD", tenor="1y", base_rate="2%",
        fx_path="2026-01-01:8:late",
    )  # fmt: skip
    assert any("late begins after the last payment" in warning for warning in made.warnings)
    assert made.result("cny_cost") == made.result("cny_paid") - Money.of(7_100_000)


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({"fx_path": "2025-01-01:0"}, r"fx_path\[1\].rate: 0 is not above 0"),
        ({"fx_path": "2025-01-01:7;2025-01-01:8"}, r"fx_path\[2\].date: 2025-01-01 stands twice"),
        (
            {"fx_path": "2025-01-01:71"},
            r"fx_path\[1\].rate: 71 is far from today's 7.1; state yuan",
        ),
        ({"fx_path": "2025-01-01:0.14"}, r"fx_path\[1\].rate: 0.14 is far from today's 7.1"),
        ({"margin": "2.1%"}, "margin: 0.021 is over the maximum of 0.02"),
        ({"grace": 10}, "grace: 10 of 10 periods"),
        ({"base_rate": None}, "base_rate: is missing"),
        ({"currency": "CNY"}, "currency: 'CNY' is not offered"),
    ],
)
def test_bad_on_lending_asks(cat: Catalogue, fields: dict[str, Any], match: str) -> None:
    ask = {"amount": 1_000_000, "currency": "USD", "tenor": "5y", "base_rate": "2%", **fields}
    with pytest.raises(InputError, match=match):
        quote(cat, "fx-on-lending-loan", **ask)


# ---- syndicated ----


@given(
    parts=st.lists(st.integers(1, 10**4), min_size=2, max_size=12),
    amount=st.integers(10_000_000_00, 10**13),
)
def test_shares_fees_and_income_sum_to_the_fen(parts: list[int], amount: int) -> None:
    made = quote(
        CATALOGUE,
        "syndicated-loan",
        amount=str(D(amount) / 100),
        tenor="3y",
        banks=[{"name": f"Bank {n}", "share": part} for n, part in enumerate(parts)],
    )
    numbers = range(1, len(parts) + 1)
    assert Money.total(made.result(f"share_{n}") for n in numbers).minor == amount
    assert Money.total(made.result(f"fees_{n}") for n in numbers) == made.totals["fees"]
    earned = Money.total(made.result(f"income_{n}") for n in numbers)
    assert earned == made.totals["interest"] + made.totals["fees"]
    for n, part in enumerate(parts, 1):  # within a fen of the exact share
        exact = F(amount * part, sum(parts))
        assert abs(made.result(f"share_{n}").minor - exact) < 1
        ticket = F(made.result(f"share_{n}").minor, amount)
        interest = made.result(f"income_{n}") - made.result(f"fees_{n}")
        assert abs(interest.minor - made.totals["interest"].minor * ticket) < 1


def test_parts_of_drawdowns_and_payments_add_up_to_the_ticket(cat: Catalogue) -> None:
    # 40 m, 40 m and 20 m split alone among three would give the first bank 13,333,333.34 twice and
    # 6,666,666.67: a fen over its ticket of 33,333,333.34, missing in its income
    made = quote(
        cat, "syndicated-loan", amount=100_000_000, tenor="2y", method="bullet", rate="0.036",
        banks="A:1;B:1;C:1",
        drawdowns="2024-11-01:40000000;2025-05-01:40000000;2025-11-01:20000000",
    )  # fmt: skip
    # 10,000 a day on 100 m: 181 days of 4,000, 184 of 8,000, then 181 + 184 of 10,000
    assert made.totals["interest"].text() == "5846000.00"
    interest = [made.result(f"income_{n}") - made.result(f"fees_{n}") for n in (1, 2, 3)]
    assert [part.text() for part in interest] == ["1948666.67", "1948666.67", "1948666.66"]


def test_agreed_fees_take_the_place_of_the_listed_ones(cat: Catalogue) -> None:
    made = quote(
        cat, "syndicated-loan", amount=100_000_000, tenor="2y", banks="A:60%;B:40%", method="bullet",
        drawdowns="2024-11-01:40000000;2025-02-01:60000000", extra_payments="2025-11-01:10000000",
        arrangement_fee="0.8%", participation_fee="0.15%", agency_fee=50_000, commitment_fee="0.2%",
        prepayment_fee="0.3%",
    )  # fmt: skip
    charged: dict[str, D] = {}
    for fee in made.fees:
        charged[fee.code] = charged.get(fee.code, D(0)) + fee.amount.amount
        assert fee.source == "as agreed in the ask"
    assert charged == {
        "arrangement": D(800_000),
        "participation": D(150_000),
        "agency": D(100_000),
        "commitment": D("30666.67"),  # 60 m × 92 days × 0.2 % ÷ 360
        "prepayment": D(30_000),
    }
    with pytest.raises(InputError, match=r"arrangement_fee: 0\.06 is over the maximum of 0\.05"):
        quote(
            cat, "syndicated-loan", amount=100_000_000, tenor="2y", banks="A:60;B:40", arrangement_fee="6%"
        )  # fmt: skip


def test_fees_contain_value_added_tax_from_2016_on(cat: Catalogue) -> None:
    for on, rate, net in ((date(2016, 4, 29), "0", "500000"), (date(2016, 5, 3), "0.06", None)):
        made = quote(
            cat, "syndicated-loan", on=on, amount=100_000_000, tenor="2y", banks="A:60;B:40",
            drawdowns=[{"date": on, "amount": 40_000_000}, {"date": "2016-12-01", "amount": 60_000_000}],
        )  # fmt: skip
        assert {fee.code for fee in made.fees} == {
            "arrangement", "participation", "agency", "commitment"
        }  # fmt: skip
        for fee in made.fees:
            assert fee.tax is not None
            assert fee.tax.rate == D(rate)
            assert fee.tax.net + fee.tax.tax == fee.amount
        # 500,000 ÷ 1.06 = 471,698.113…
        arrangement = next(fee for fee in made.fees if fee.code == "arrangement")
        assert arrangement.tax is not None
        assert arrangement.tax.net == Money.of(net or "471698.11")


def test_participation_by_ticket_tier(cat: Catalogue) -> None:
    made = quote(
        cat, "syndicated-loan", amount=450_000_000, tenor="1y",
        banks="Lead:200000000.01;Second:199999999.98;Third:50000000.01",
    )  # fmt: skip
    # 0.3 % just over 200 million, 0.2 % below, 0.2 % just over 50 million
    participation = next(fee for fee in made.fees if fee.code == "participation")
    assert participation.amount == Money.of(D("600000.00") + D("400000.00") + D("100000.00"))
    assert made.result("fees_2") == Money.of(400_000)


def test_agency_fee_for_each_year_begun(cat: Catalogue) -> None:
    made = quote(cat, "syndicated-loan", amount=10**8, tenor="30m", banks="A:1;B:1")
    agency = [fee.due for fee in made.fees if fee.code == "agency"]
    assert agency == [date(2024, 11, 1), date(2025, 11, 1), date(2026, 11, 1)]


def test_no_agency_fee_once_the_loan_is_repaid(cat: Catalogue) -> None:
    # half repaid by 1 May 2026 in parts of 10 million, the other 70 early on that day
    made = quote(
        cat, "syndicated-loan", amount=10**8, tenor="5y", banks="A:50;B:50",
        extra_payments="2026-05-01:70000000",
    )  # fmt: skip
    assert made.schedule[-1].due == date(2026, 5, 1)
    agency = [fee.due for fee in made.fees if fee.code == "agency"]
    assert agency == [date(2024, 11, 1), date(2025, 11, 1)]


def test_shares_in_parts_are_told(cat: Catalogue) -> None:
    def told(banks: str) -> bool:
        made = quote(cat, "syndicated-loan", amount=10**8, tenor="1y", banks=banks)
        return any("add up to" in warning for warning in made.warnings)

    assert told("A:3;B:2;C:1")
    assert not any(told(banks) for banks in ("A:0.6;B:0.4", "A:60;B:40", "A:60000000;B:40000000"))


def test_a_bank_that_earns_no_fee_but_participation_yields_less(cat: Catalogue) -> None:
    made = quote(
        cat, "syndicated-loan", amount=200_000_000, tenor="1y", method="bullet",
        frequency="annual", banks="A:1;B:1",
    )  # fmt: skip
    # 100 million each at 3.6 %, 365 of 360 days: 3,650,000; B gets 0.2 % of its ticket at once,
    # A beside it 0.5 % of the whole loan and the agency fee
    back = F(103_650_000)
    for number, fees in ((2, 200_000), (1, 200_000 + 1_000_000 + 100_000)):
        expected = back / (100_000_000 - fees) - 1
        assert float(made.result(f"yield_{number}")) == pytest.approx(float(expected), abs=1e-8)
    assert made.apr is not None
    whole = F(207_300_000) / (200_000_000 - 1_500_000) - 1
    assert float(made.apr.effective) == pytest.approx(float(whole), abs=1e-8)


def test_prepayment_fee_by_age(cat: Catalogue) -> None:
    made = quote(
        cat, "syndicated-loan", amount=100_000_000, tenor="5y", banks="A:3;B:1",
        extra_payments="2027-10-31:10000000;2027-11-01:10000000",
    )  # fmt: skip
    fees = [fee.amount for fee in made.fees if fee.code == "prepayment"]
    assert fees == [Money.of(50_000), Money.of(25_000)]  # 35 whole months 0.5 %, 36 months 0.25 %


LEAD = [("2012-08-01", 20, 50), ("2024-10-31", 20, 50), ("2024-11-01", 15, 30)]


@pytest.mark.parametrize(("day", "least", "placed"), LEAD)
def test_lead_and_placed_shares_by_the_rule_of_the_day(
    cat: Catalogue, day: str, least: int, placed: int
) -> None:
    for lead, check, expected in (
        (least, "lead-share", "pass"),
        (least - 1, "lead-share", "refer"),
        (100 - placed, "placed-share", "pass"),
        (101 - placed, "placed-share", "refer"),
    ):
        made = quote(
            cat, "syndicated-loan", on=date.fromisoformat(day), amount=100_000_000, tenor="3y",
            banks=[{"name": "A", "share": lead}, {"name": "B", "share": 100 - lead}],
        )  # fmt: skip
        assert outcome(made, check) == expected, (lead, check)


@pytest.mark.parametrize(
    ("banks", "match"),
    [
        ("A:1", "banks: 1 rows? is below the minimum of 2"),
        ("A:1;B:0", r"banks\[2\].share: 0 is not above zero"),
        ("A:1;B:-1", r"banks\[2\].share: -1 is not above zero"),
        ("A:1;A:2", r"banks\[2\].name: 'A' stands twice"),
        ("A:1;B", r"banks\[2\]: column share is missing"),
        ("A:1;B:x", r"banks\[2\].share"),
        ("A:0.5;B:0.4", "banks: the shares add up to 0.9, not to 1"),
        ("A:60000000;B:30000000", "banks: the shares add up to 90000000, the loan is 100000000"),
        ("A:1;B:0.00000000001", r"banks\[2\].share: .* leaves no part of the loan"),
    ],
)
def test_bad_syndicates(cat: Catalogue, banks: str, match: str) -> None:
    with pytest.raises(InputError, match=match):
        quote(cat, "syndicated-loan", amount=100_000_000, tenor="3y", banks=banks)


# ---- receivables ----

ADVANCE = {
    True: {"AAA": "0.85", "AA": "0.80", "A": "0.75", "BBB": "0.65"},
    False: {"AAA": "0.75", "AA": "0.70", "A": "0.65", "BBB": "0.45"},
}


@pytest.mark.parametrize("recourse", [True, False])
@pytest.mark.parametrize("grade", ["AAA", "AA", "A", "BBB"])
def test_advance_by_recourse_and_grade(cat: Catalogue, recourse: bool, grade: str) -> None:
    made = quote(
        cat, "receivables-purchase", amount="1234567.89", tenor="60d", recourse=recourse,
        debtor_grade=grade,
    )  # fmt: skip
    # the ratio less 5 % of reserve, each rounded to the fen
    share = D(ADVANCE[recourse][grade]) + D("0.05")
    expected = Money.rounded(D("1234567.89") * share) - Money.of("61728.39")
    assert made.result("advance") == expected
    # what the seller gets in all is the receivable less discount and commission
    cost = made.totals["interest"] + made.totals["fees"]
    assert made.result("seller_gets") == Money.of("1234567.89") - cost


@pytest.mark.parametrize(
    ("days", "rate"),
    [(30, "0.002"), (31, "0.004"), (60, "0.004"), (90, "0.006"), (91, "0.01"), (180, "0.01"), (181, "0.015"), (360, "0.015")],
)  # fmt: skip
def test_commission_by_credit_period(cat: Catalogue, days: int, rate: str) -> None:
    for recourse, extra in ((True, 0), (False, D("0.003"))):
        made = quote(
            cat, "receivables-purchase", amount=1_000_000, tenor=f"{days}d", recourse=recourse
        )
        assert made.fees[0].amount == Money.of((D(rate) + extra) * 1_000_000)


def test_the_credit_period_runs_from_the_invoice(cat: Catalogue) -> None:
    # bought 30 days before the due day of an invoice with 120 days: 1 %, not 0.2 %
    made = quote(
        cat, "receivables-purchase", amount=1_000_000, tenor="30d", invoice_date="2024-08-03"
    )
    assert made.fees[0].amount == Money.of(10_000)
    # 750,000 × 3.6 % × 30 ÷ 360 = 2,250; 750,000 − 2,250 − 10,000
    assert made.result("paid_at_once") == Money.of(737_750)
    with pytest.raises(InputError, match="invoice_date: 2024-11-02 is after the purchase on 2024"):
        quote(cat, "receivables-purchase", amount=1_000_000, tenor="30d", invoice_date="2024-11-02")


def test_only_a_seller_with_recourse_buys_back(cat: Catalogue) -> None:
    for recourse, back in ((True, 750_000), (False, 0)):
        made = quote(cat, "receivables-purchase", amount=1_000_000, tenor="90d", recourse=recourse)
        assert made.result("bought_back") == Money.of(back)


def test_all_in_apr_of_a_receivable(cat: Catalogue) -> None:
    made = quote(cat, "receivables-purchase", amount=1_000_000, tenor="90d")
    # 737,250 now for 750,000 in 90 days
    assert made.apr is not None
    assert float(made.apr.effective) == pytest.approx((750_000 / 737_250) ** (365 / 90) - 1, 1e-7)


def test_factoring_rules_of_2014(cat: Catalogue) -> None:
    for on, words in ((date(2014, 4, 2), "Illustrative"), (date(2014, 4, 3), "2014年第5号")):
        made = quote(cat, "receivables-purchase", on=on, amount=100_000, tenor="60d")
        assert words in next(check.source for check in made.checks if check.id == "assignable")
    unknown = Customer(kind="company")
    made = quote(cat, "receivables-purchase", who=unknown, amount=100_000, tenor="60d")
    assert outcome(made, "assignable") == "refer"


def test_dilution_over_what_is_left(cat: Catalogue) -> None:
    with pytest.raises(InputError, match=r"diluted: 250,000\.01 is over what is left, 250,000\.00"):
        quote(cat, "receivables-purchase", amount=1_000_000, tenor="90d", diluted="250000.01")
    with pytest.raises(InputError, match="tenor: 361d is over the maximum of 360d"):
        quote(cat, "receivables-purchase", amount=1_000_000, tenor="361d")


def test_an_agreed_advance_reserve_and_commission(cat: Catalogue) -> None:
    agreed = {"advance_ratio": "70%", "dilution_reserve": "0.1", "commission_rate": "0.5%"}
    made = quote(
        cat, "receivables-purchase", amount=1_000_000, tenor="90d", recourse=False, **agreed
    )
    # 700,000 − 100,000; 600,000 × 3.6 % × 90 ÷ 360 = 5,400; 5,000 of commission, nothing more
    assert made.result("advance").text() == "600000.00"
    assert made.result("paid_at_once").text() == "589600.00"
    assert made.result("paid_at_end").text() == "400000.00"
    assert made.fees[0].source == "as agreed in the ask"
    assert outcome(made, "advance") == "pass"
    over = quote(
        cat, "receivables-purchase", amount=1_000_000, tenor="90d", recourse=False,
        advance_ratio="0.7001",
    )  # fmt: skip
    assert outcome(over, "advance") == "refer"
    whole = quote(
        cat, "receivables-purchase", amount=1_000_000, tenor="90d", advance_ratio=1,
        dilution_reserve=0,
    )  # fmt: skip
    assert whole.result("advance").text() == "1000000.00"
    with pytest.raises(InputError, match=r"advance_ratio: 5% of .* is not above the reserve of 50"):
        quote(cat, "receivables-purchase", amount=1_000_000, tenor="90d", advance_ratio="5%")


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("housing-development-loan", {}),
        ("syndicated-loan", {"banks": "A:60;B:40"}),
    ],
)
def test_penalty_interest_of_large_loans(cat: Catalogue, code: str, more: dict[str, str]) -> None:
    late = {"overdue_amount": 100_000, "overdue_days": 30}
    ask = {"amount": 100_000_000, "tenor": "2y", "rate": "0.05", **more, **late}
    made = quote(cat, code, **ask)
    assert (made.result("overdue_rate"), made.result("misuse_rate")) == (D("0.075"), D("0.1"))
    assert made.result("overdue_interest").text() == "625.00"  # 100,000 × 7.5 % × 30 ÷ 360
    # until the end of 2003 2.1 in ten thousand a day: 100,000 × 0.021 % × 30
    old = quote(cat, code, on=date(2003, 12, 31), **ask | {"rate": "0.0549"})
    assert old.result("overdue_interest").text() == "630.00"
