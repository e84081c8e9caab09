"""Stock pledge, interbank borrowing, repos and bonds: by hand and against QuantLib; dated rules, refusals."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D
from fractions import Fraction as F
from typing import Any

import pytest
import QuantLib as ql
from hypothesis import given
from hypothesis import strategies as st

from catalogue import Ask, Catalogue, Customer, InputError, Money, Quote

DAY = date(2024, 11, 1)
BROKER = Customer(kind="institution", institution_type="securities-company")
CATALOGUE = Catalogue.load(as_of=DAY)


def quote(code: str, *, on: date = DAY, who: Customer = BROKER, **fields: Any) -> Quote:
    return CATALOGUE.quote(Ask(code, fields), who, as_of=on)


def outcome(made: Quote, check: str) -> str:
    return next(item.outcome for item in made.checks if item.id == check)


def found(made: Quote, code: str) -> Any:
    """A result, None where the quote has none."""
    return next((item.value for item in made.results if item.code == code), None)


# ---- stock-pledged loan ----

PLEDGE: dict[str, Any] = {
    "amount": 6_000_000,
    "tenor": "6m",
    "shares": 1_000_000,
    "average_price": 10,
    "float_shares": 100_000_000,
}


@pytest.mark.parametrize(
    ("day", "warning", "longest"),
    [("2000-02-02", "7.8", "6m"), ("2004-11-01", "7.8", "6m"), ("2004-11-02", "8.1", "1y"), ("2024-11-01", "8.1", "1y")],
)  # fmt: skip
def test_lines_and_tenor_by_the_measures_of_the_day(day: str, warning: str, longest: str) -> None:
    on = date.fromisoformat(day)
    made = quote("stock-pledged-loan", on=on, **PLEDGE)
    assert made.result("warning_price") == D(warning)  # 6 × 1.3 and × 1.35
    assert made.result("close_out_price") == D("7.2")
    quote("stock-pledged-loan", on=on, **{**PLEDGE, "tenor": longest})
    months = 7 if longest == "6m" else 13
    with pytest.raises(InputError, match=f"tenor: {months}m is over the maximum of {longest}"):
        quote("stock-pledged-loan", on=on, **{**PLEDGE, "tenor": f"{months}m"})


def test_not_over_sixty_per_cent() -> None:
    quote("stock-pledged-loan", **PLEDGE)
    with pytest.raises(
        InputError, match=r"amount: 6,000,000\.01 is over 60% of the value pledged, 10,000,000.00"
    ):
        quote("stock-pledged-loan", **{**PLEDGE, "amount": "6000000.01"})


@pytest.mark.parametrize(
    ("fields", "check", "expected"),
    [
        ({"float_shares": 10_000_000}, "concentration-one-bank", "pass"),
        ({"float_shares": 9_999_999}, "concentration-one-bank", "fail"),
        ({"float_shares": 9_999_999}, "concentration-one-borrower", "fail"),
        ({"pledged_elsewhere": 19_000_000}, "concentration-all-banks", "pass"),
        ({"pledged_elsewhere": 19_000_001}, "concentration-all-banks", "fail"),
        ({"float_shares": None}, "concentration-one-bank", "refer"),
        ({"issued_shares": 20_000_000}, "concentration-issued", "pass"),
        ({"issued_shares": 19_999_999}, "concentration-issued", "fail"),
        ({}, "concentration-issued", "refer"),
    ],
)
def test_concentration(fields: dict[str, Any], check: str, expected: str) -> None:
    assert outcome(quote("stock-pledged-loan", **{**PLEDGE, **fields}), check) == expected


def test_the_borrower_is_a_securities_company() -> None:
    other = Customer(kind="institution", institution_type="insurer")
    assert outcome(quote("stock-pledged-loan", who=other, **PLEDGE), "securities-company") == "fail"


def test_at_the_warning_line_nothing_is_called_at_the_close_out_line_all_is_sold() -> None:
    made = quote("stock-pledged-loan", price_path="2024-12-02:8.1", **PLEDGE)
    assert found(made, "call_on") is None
    made = quote("stock-pledged-loan", price_path="2024-12-02:8.09;2024-12-03:7.21", **PLEDGE)
    assert (made.result("call_on"), made.result("call_amount")) == (
        date(2024, 12, 2),
        Money.of(10_000),
    )
    assert found(made, "closed_out_on") is None
    made = quote("stock-pledged-loan", price_path="2024-12-03:7.2;2024-12-02:9", **PLEDGE)
    assert made.result("closed_out_on") == date(2024, 12, 3)
    # 32 days at 3.6 % are 600 a day
    assert made.result("closed_out_owed") == Money.of(6_000_000 + 32 * 600)
    assert made.result("closed_out_surplus") == Money.of(7_200_000 - 6_019_200)


def test_a_fall_through_everything_leaves_the_borrower_short() -> None:
    made = quote("stock-pledged-loan", price_path="2024-11-11:5", **PLEDGE)
    assert made.result("closed_out_surplus") == Money.of(5_000_000 - 6_006_000)


def test_a_call_lapses_when_the_price_recovers() -> None:
    path = "2024-12-02:8;2024-12-03:7.9;2024-12-04:8.2;2024-12-05:7.5"
    made = quote("stock-pledged-loan", price_path=path, **PLEDGE)
    # below 8.10 on the 2nd and still on the 3rd: one call; above on the 4th; below again on the 5th
    assert (made.result("call_on"), made.result("call_2_on")) == (date(2024, 12, 2), date(2024, 12, 5))  # fmt: skip
    assert found(made, "call_3_on") is None
    assert made.result("call_2_amount") == Money.of(600_000)
    # 6,000,000 − 7,500,000 ÷ 1.35 = 444,444.44…, rounded up
    assert made.result("call_2_repayment") == Money.of("444444.45")
    assert made.result("lowest_cover") == D("1.25")


@given(prices=st.lists(st.integers(1, 2_000), min_size=1, max_size=30))
def test_a_met_call_always_restores_the_warning_line(prices: list[int]) -> None:
    path = [(date(2024, 11, 1 + n + 1), D(p) / 100) for n, p in enumerate(prices[:28])]
    made = quote("stock-pledged-loan", price_path=path, calls_met=True, **PLEDGE)
    shares, calls, sold = F(1_000_000), 0, None
    for day, price in path:  # the rule once more, in plain words
        if shares * F(price) <= 7_200_000:
            sold = day
            break
        if shares * F(price) < 8_100_000:
            calls += 1
            added = made.result("call_shares" if calls == 1 else f"call_{calls}_shares")
            assert (shares + added) * F(price) >= 8_100_000 > (shares + added - 1) * F(price)
            shares += added
    assert found(made, "closed_out_on") == sold
    assert found(made, f"call_{calls + 1}_on" if calls else "call_on") is None


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({"price_path": "2024-11-01:8"}, "price_path: 2024-11-01 is not between 2024-11-01"),
        ({"price_path": "2025-05-01:8"}, "price_path: 2025-05-01 is not between"),
        (
            {"price_path": "2024-12-03:8;2024-12-03:9"},
            r"price_path\[2\].date: 2024-12-03 is stated twice",
        ),
        ({"price_path": "2024-12-03:-1;2024-12-02:9"}, r"price_path\[1\].price: -1 is not above 0"),
        ({"price_path": "2024-12-02:0"}, r"price_path\[1\].price: 0 is not above 0"),
        ({"shares": 0}, "shares: 0 is below the minimum of 1"),
        ({"average_price": None}, "average_price: is missing"),
    ],
)
def test_bad_pledges(fields: dict[str, Any], match: str) -> None:
    with pytest.raises(InputError, match=match):
        quote("stock-pledged-loan", **{**PLEDGE, **fields})


# ---- interbank borrowing ----


def test_shibor_between_tenors_and_beyond_a_year() -> None:
    # 2024: 6m 2.55 %, 9m 2.58 % (sheet); 4.5 m is not offered, 7 m is a third of the way
    sheet = {name: CATALOGUE.rates.lookup("shibor", DAY, column=name).value for name in ("6m", "9m", "1y")}  # fmt: skip
    made = quote("interbank-borrowing", amount=100_000_000, tenor="7m")
    expected = sheet["6m"] + (sheet["9m"] - sheet["6m"]) / 3 + D("0.008")
    assert made.terms.rate is not None
    assert made.terms.rate.annual == pytest.approx(expected, abs=D("0.00000001"))
    made = quote("interbank-borrowing", amount=100_000_000, tenor="3y")
    assert made.terms.rate is not None
    assert made.terms.rate.annual == sheet["1y"] + D("0.008")
    assert any("that of 1y is used for 3y" in text for text in made.warnings)


def test_quarterly_interest_on_actual_days() -> None:
    made = quote("interbank-borrowing", amount=300_000_000, tenor="1y", rate="3%")
    days = [92, 89, 92, 92]
    assert [row.days for row in made.schedule] == days
    assert [row.interest for row in made.schedule] == [
        D(300_000_000 * n) * 3 / 36_000 for n in days
    ]
    assert made.totals["interest"] == Money.of(9_125_000)


@pytest.mark.parametrize("tenor", ["3m", "119d", "37m"])
def test_four_months_to_three_years(tenor: str) -> None:
    with pytest.raises(InputError, match=f"tenor: {tenor} is"):
        quote("interbank-borrowing", amount=10_000_000, tenor=tenor)


def test_the_limit_holds_to_the_fen() -> None:
    ask: dict[str, Any] = {"tenor": "6m", "limit_used": 400_000_000}
    assert outcome(quote("interbank-borrowing", amount=600_000_000, **ask), "counterparty-limit") == "pass"  # fmt: skip
    made = quote("interbank-borrowing", amount="600000000.01", **ask)
    assert outcome(made, "counterparty-limit") == "fail"
    assert made.result("limit_left") == Money.of("-0.01")
    unknown = Customer(kind="institution")
    made = quote("interbank-borrowing", amount=1_000_000, who=unknown, **ask)
    assert outcome(made, "counterparty-limit") == "refer"
    assert found(made, "limit") is None


def test_an_approved_limit_goes_before_that_of_the_kind() -> None:
    ask: dict[str, Any] = {"amount": 600_000_000, "tenor": "6m", "limit": 500_000_000}
    made = quote("interbank-borrowing", **ask)
    assert outcome(made, "counterparty-limit") == "fail"
    assert made.result("limit_left") == Money.of(-100_000_000)
    lessor = Customer(kind="institution", institution_type="leasing-company")
    made = quote("interbank-borrowing", who=lessor, amount=600_000_000, tenor="6m")
    assert made.result("limit_left") == Money.of(400_000_000)


def test_dated_reference_and_rule() -> None:
    ask: dict[str, Any] = {"amount": 10_000_000, "tenor": "6m"}
    before = quote("interbank-borrowing", on=date(2007, 1, 3), **ask)
    after = quote("interbank-borrowing", on=date(2007, 1, 4), **ask)
    assert before.terms.rate is not None
    assert after.terms.rate is not None
    assert before.terms.rate.annual == D("0.035")
    assert (after.terms.rate.reference or "").startswith("shibor 6m")
    ids = [{check.id for check in quote("interbank-borrowing", on=on, **ask).checks}
           for on in (date(2014, 4, 23), date(2014, 4, 24))]  # fmt: skip
    assert ids[1] - ids[0] == {"tenor"}


# ---- pledged repo ----


@given(
    face=st.integers(10**6, 10**13),
    price=st.integers(5_000, 15_000),
    days=st.integers(1, 300),
    rate=st.integers(100, 650),
)
def test_pledged_repo_by_fractions(face: int, price: int, days: int, rate: int) -> None:
    made = quote(
        "bond-repo",
        face=str(D(face) / 100),
        price=D(price) / 100,
        bond="policy-bank",
        tenor=f"{days}d",
        rate=D(rate) / 10_000,
    )
    allowed = F(face) * price * 96 // 1_000_000  # fen, rounded down; 4 % haircut
    assert made.totals["principal"].minor == allowed
    assert made.terms.maturity is not None
    used = (made.terms.maturity - DAY).days
    assert used >= days
    # weekend days worked in place of a holiday: the interbank market is open
    worked = {date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27)}
    assert made.terms.maturity.weekday() < 5 or made.terms.maturity in worked
    exact = allowed * F(rate, 10_000) * used / 365
    assert abs(made.totals["interest"].minor - exact) <= F(1, 2)
    assert made.result("second") == made.totals["principal"] + made.totals["interest"]


def test_interest_is_on_365_days_in_a_leap_year_too() -> None:
    on = date(2024, 1, 31)
    made = quote("bond-repo", on=on, face=36_500_000, price=100, tenor="28d", rate="1%")
    # 36.5 million less 2 % haircut; 28 days over the 29th of February
    assert made.totals["interest"] == Money.of(D(36_500_000) * 98 / 100 * 28 / 36_500)


def test_the_holiday_counts_when_the_second_settlement_moves() -> None:
    on = date(2024, 9, 30)
    made = quote("bond-repo", on=on, face=10_000_000, tenor="1d", rate="2%")
    assert made.terms.maturity == date(2024, 10, 8)  # National Day, a week
    assert made.result("days") == 8


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({}, "face: is missing"),
        ({"face": 10_000_000, "amount": "9800000.01"}, "amount: 9,800,000.01 is over what the bonds"),
        ({"face": 10_000_000, "conversion_ratio": 1, "price": 100}, "conversion_ratio: is of the face"),
        ({"face": 10_000_000, "conversion_ratio": 1, "haircut": "3%"}, "conversion_ratio: is of the face, not of the price; state no haircut"),
        ({"bonds": "1000000:treasury:101::-0.1"}, r"bonds\[1\].haircut: -0.1 is not from 0 to below 1"),
        ({"bonds": "1000000:treasury", "bond": "bank"}, "bond: stated together with bonds"),
        ({"face": 10_000_000, "bonds": "1000000:treasury"}, "face: stated together with bonds"),
        ({"bonds": "1000000:tresury"}, r"bonds\[1\].kind: 'tresury' is not taken; did you mean 'treasury'"),
        ({"bonds": "1000000:treasury:101:0.9"}, r"bonds\[1\].ratio: is of the face, not of the price"),
        ({"bonds": []}, "bonds: no row; state at least one bond"),
        ({"face": 10_000_000, "tenor": "366d"}, "tenor: 366d is over the maximum of 365d"),
        ({"face": 10_000_000, "rate": "9%"}, "rate: 9% is over the highest allowed"),
    ],
)  # fmt: skip
def test_bad_repos(fields: dict[str, Any], match: str) -> None:
    with pytest.raises(InputError, match=match):
        quote("bond-repo", **fields)


def test_an_agreed_haircut_and_that_of_all_bonds_together() -> None:
    made = quote("bond-repo", face=10_000_000, price=102, haircut="5%", tenor="7d")
    assert made.result("allowed") == Money.of(9_690_000)  # 10,200,000 × 95 %
    assert made.result("haircut") == D("0.05")
    made = quote("bond-repo", bonds="6000000:treasury:100;4000000:bank:100::0.1", tenor="7d")
    # 5,880,000 at 2 % and 3,600,000 at 10 %, of 10,000,000
    assert made.result("market_value") == Money.of(10_000_000)
    assert made.result("allowed") == Money.of(9_480_000)
    assert made.result("haircut") == D("0.052")


def test_a_lender_pays_first_and_has_no_apr() -> None:
    made = quote("bond-repo", face=10_000_000, tenor="7d", rate="2%", side="lend")
    assert made.apr is None
    assert made.totals["received"] - made.totals["paid"] == Money.of(
        "3758.90"
    )  # 9.8m × 2 % × 7/365


# ---- outright repo ----

OUTRIGHT: dict[str, Any] = {"face": 10_000_000, "first_clean": "99.8", "tenor": "60d"}


def test_both_ways_of_stating_an_outright_repo_agree() -> None:
    bond: dict[str, Any] = {
        "bond_maturity": "2029-12-15",
        "coupon": "2.8%",
        "coupon_frequency": "2",
    }
    by_rate = quote("outright-repo", repo_rate="1.9%", **OUTRIGHT, **bond)
    second = by_rate.result("second_clean")
    by_price = quote("outright-repo", second_clean=second, **OUTRIGHT, **bond)
    # a price to 8 places fixes the second amount to the fen
    assert by_price.result("second") == by_rate.result("second")
    assert float(by_price.result("repo_rate")) == pytest.approx(0.019, abs=1e-8)
    # the half-year from 15 June: 139 of 183 days to 1 November; coupon 140,000 on 15 December
    assert by_rate.result("first_accrued") == D("1.06339")
    assert by_rate.result("coupons") == Money.of(140_000)


def test_a_second_settlement_moves_to_a_business_day() -> None:
    made = quote("outright-repo", repo_rate="2%", **{**OUTRIGHT, "tenor": "61d"})
    # 61 days end on New Year's Day: 9,980,000 × (1 + 2 % × 62/365)
    assert made.terms.maturity == date(2025, 1, 2)
    assert made.result("second") == Money.rounded(9_980_000 * (1 + F(2 * 62, 36_500)))
    assert any(
        "2025-01-01 is no business day; 2025-01-02 is used" in text for text in made.warnings
    )
    made = quote("outright-repo", repo_rate="2%", start="2024-11-02", **OUTRIGHT)
    assert any("start: 2024-11-02 is no business day" in text for text in made.warnings)


def test_both_sides_settle_the_same_amounts() -> None:
    ask: dict[str, Any] = {**OUTRIGHT, "repo_rate": "2%", "haircut": "3%", "coupons": "2024-12-02:1.5"}  # fmt: skip
    borrows, lends = (quote("outright-repo", side=side, **ask) for side in ("borrow", "lend"))
    first = Money.rounded(9_980_000 * F(97, 100))
    exact = F(first.minor, 100) * (1 + F(2 * 60, 36_500)) - 150_000 * (1 + F(2 * 29, 36_500))
    for made in (borrows, lends):
        assert made.result("first") == first
        assert made.result("second") == Money.rounded(exact)
    assert (borrows.totals["received"], borrows.totals["paid"]) == (
        lends.totals["paid"],
        lends.totals["received"],
    )
    assert lends.apr is None


def test_a_haircut_and_a_price_give_the_rate() -> None:
    made = quote("outright-repo", second_clean="97", haircut="3%", **OUTRIGHT)
    # 9,680,600 against 9,700,000
    expected = F(19_400, 9_680_600) * 365 / 60
    assert float(made.result("repo_rate")) == pytest.approx(float(expected), abs=5e-9)


def test_an_odd_first_coupon_falls_into_the_repo() -> None:
    made = quote(
        "outright-repo", repo_rate="2%", bond_maturity="2027-12-01", coupon="3.65%",
        issue="2024-09-02", **OUTRIGHT,
    )  # fmt: skip
    # issued on 2 September, in the coupon year of 366 days to 1 December 2024: 60 days to
    # 1 November, 90 to the coupon; then 30 days of 365
    assert made.result("first_accrued") == D("0.59836")
    assert made.result("coupons") == Money.of("89754.10")
    assert made.result("second_accrued") == D("0.3")


def test_accrual_before_and_after_the_standard_of_2007() -> None:
    bond: dict[str, Any] = {"bond_maturity": "2009-03-01", "coupon": "3.65%", "repo_rate": "3%"}
    for day, expected in ((date(2007, 11, 30), "2.74"), (date(2007, 12, 3), D(1011050) / 366_000)):
        made = quote("outright-repo", on=day, **{**OUTRIGHT, "tenor": "7d"}, **bond)
        # 274 days of 365; 277 of the 366 days from 1 March 2007
        assert made.result("first_accrued") == D(expected).quantize(D("0.00001"))


def test_stated_accrued_interest_and_coupons() -> None:
    made = quote(
        "outright-repo", first_accrued="1.2", repo_rate="2%", coupons="2024-12-01:1.5", **OUTRIGHT
    )
    # 10,100,000 × (1 + 2 % × 60/365) − 150,000 × (1 + 2 % × 30/365)
    exact = 10_100_000 * (1 + F(2 * 60, 36_500)) - 150_000 * (1 + F(2 * 30, 36_500))
    assert made.result("second") == Money.rounded(exact)
    assert made.totals["interest"] == made.result("second") + Money.of(150_000) - Money.of(10_100_000)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "tenor", "good"),
    [("2004-05-20", "91d", True), ("2004-05-20", "92d", False), ("2024-11-01", "365d", True), ("2024-11-01", "366d", False)],
)  # fmt: skip
def test_longest_outright_repo(day: str, tenor: str, good: bool) -> None:
    ask = {**OUTRIGHT, "tenor": tenor, "repo_rate": "2%"}
    if good:
        quote("outright-repo", on=date.fromisoformat(day), **ask)
        return
    with pytest.raises(InputError, match=f"tenor: {tenor} is over the maximum"):
        quote("outright-repo", on=date.fromisoformat(day), **ask)


def test_no_outright_repo_before_the_provisions() -> None:
    with pytest.raises(
        InputError, match="has no version on 2004-05-19; its first is of 2004-05-20"
    ):
        quote("outright-repo", on=date(2004, 5, 19), repo_rate="2%", **OUTRIGHT)


def test_the_second_price_must_exceed_the_first() -> None:
    made = quote("outright-repo", second_clean="99.8", second_accrued=0, **OUTRIGHT)
    assert outcome(made, "second-above-first") == "fail"
    made = quote("outright-repo", second_clean="99.81", **OUTRIGHT)
    assert outcome(made, "second-above-first") == "pass"


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({}, "second_clean: state either the second price or repo_rate"),
        ({"second_clean": 100, "repo_rate": "2%"}, "second_clean: state either"),
        ({"repo_rate": "2%", "coupons": "2024-11-01:1"}, "coupons: 2024-11-01 is not after 2024-11-01"),
        ({"repo_rate": "2%", "coupons": "2025-01-02:1"}, "coupons: 2025-01-02 is not after"),
        ({"repo_rate": "2%", "coupon": "3%"}, "coupon: describes a bond; state bond_maturity too"),
        ({"repo_rate": "2%", "haircut": "60%"}, "haircut: 0.60 is over the maximum of 0.5"),
        ({"repo_rate": "2%", "side": "sell"}, "side: 'sell' is not"),
        ({"repo_rate": "2%", "bond_maturity": "2029-01-01", "first_accrued": 1}, "first_accrued: follows from bond_maturity"),
        ({"repo_rate": "2%", "bond_maturity": "2024-12-01"}, "bond_maturity: 2024-12-01 is not after the settlement, 2024-12-31"),
    ],
)  # fmt: skip
def test_bad_outright_repos(fields: dict[str, Any], match: str) -> None:
    with pytest.raises(InputError, match=match):
        quote("outright-repo", **OUTRIGHT, **fields)


def test_a_repo_whose_rate_no_reader_could_use_is_told() -> None:
    made = quote("outright-repo", face=10_000_000, first_clean=1, second_clean=99, tenor="28d")
    assert made.apr is None
    assert any(text.startswith("apr: rate: ") for text in made.warnings)


# ---- bond dealing, against QuantLib ----

BONDS = [
    ("2031-05-25", "0.0285", 1),
    ("2029-03-15", "0.035", 2),
    ("2026-08-20", "0.0212", 4),
    ("2054-11-10", "0.0247", 2),
]


def quantlib_bond(maturity: str, coupon: str, frequency: int) -> tuple[ql.FixedRateBond, Any]:
    """A bond with regular coupons, accrued by actual days of the period (ICMA)."""
    ends = ql.Date(*map(int, reversed(maturity.split("-"))))
    tenor = ql.Period(12 // frequency, ql.Months)
    begins = ql.Date(ends.dayOfMonth(), ends.month(), 2020)
    schedule = ql.Schedule(
        begins, ends, tenor, ql.NullCalendar(), ql.Unadjusted, ql.Unadjusted,
        ql.DateGeneration.Backward, False,
    )  # fmt: skip
    count = ql.ActualActual(ql.ActualActual.ISMA, schedule)
    return ql.FixedRateBond(0, 100.0, schedule, [float(coupon)], count), count


@pytest.mark.parametrize(("maturity", "coupon", "frequency"), BONDS)
@pytest.mark.parametrize("market", ["0.012", "0.0265", "0.051"])
def test_bond_figures_agree_with_quantlib(
    maturity: str, coupon: str, frequency: int, market: str
) -> None:
    made = quote(
        "bond-dealing", amount=50_000_000, bond_maturity=maturity, coupon=coupon,
        coupon_frequency=str(frequency), market_yield=market, convention="street",
        settlement_days=0,
    )  # fmt: skip
    ql.Settings.instance().evaluationDate = settles = ql.Date(1, 11, 2024)
    bond, count = quantlib_bond(maturity, coupon, frequency)
    terms = (count, ql.Compounded, frequency)
    price = ql.BondFunctions.cleanPrice(bond, float(market), *terms, settles)
    assert float(made.result("mid_clean")) == pytest.approx(price, abs=1e-6)
    # accrued interest is dealt at 5 places
    assert float(made.result("accrued")) == pytest.approx(bond.accruedAmount(settles), abs=5.1e-6)
    rate = ql.InterestRate(float(market), *terms)
    for name, kind in (("duration", ql.Duration.Macaulay), ("modified_duration", ql.Duration.Modified)):  # fmt: skip
        expected = ql.BondFunctions.duration(bond, rate, kind, settles)
        assert float(made.result(name)) == pytest.approx(expected, abs=2e-6)
    expected = ql.BondFunctions.convexity(bond, rate, settles)
    assert float(made.result("convexity")) == pytest.approx(expected, rel=1e-6)
    dv01 = -ql.BondFunctions.basisPointValue(bond, rate, settles)
    # QuantLib's is of second order, ours the first: convexity × dirty × 0.0001² ÷ 2 apart
    assert float(made.result("dv01")) == pytest.approx(dv01, rel=2e-3)
    # the client buys half a spread below the market's yield
    client = ql.BondFunctions.cleanPrice(bond, float(market) - 0.0005, *terms, settles)
    assert float(made.result("clean")) == pytest.approx(client, abs=1e-4)
    amount = 500_000 * (round(client, 4) + round(bond.accruedAmount(settles), 5))
    assert float(made.result("settlement_amount").amount) == pytest.approx(amount, abs=51)


@pytest.mark.parametrize(("maturity", "coupon", "frequency"), BONDS)
def test_yield_from_price_agrees_with_quantlib(maturity: str, coupon: str, frequency: int) -> None:
    made = quote(
        "bond-dealing", amount=1_000_000, bond_maturity=maturity, coupon=coupon,
        coupon_frequency=str(frequency), clean_price="101.25", convention="street",
        settlement_days=0,
    )  # fmt: skip
    settles = ql.Date(1, 11, 2024)
    bond, count = quantlib_bond(maturity, coupon, frequency)
    price = ql.BondPrice(101.25, ql.BondPrice.Clean)
    expected = ql.BondFunctions.bondYield(
        bond, price, count, ql.Compounded, frequency, settles, 1e-12, 500
    )
    assert float(made.result("mid_yield")) == pytest.approx(expected, abs=1e-6)
    assert float(made.result("street_yield")) == pytest.approx(expected - 0.0005, abs=2e-6)


def test_before_the_last_period_both_conventions_agree_in_it_they_do_not() -> None:
    ask: dict[str, Any] = {"amount": 1_000_000, "coupon": "4%", "clean_price": 101}
    long = quote("bond-dealing", bond_maturity="2030-06-01", **ask)
    assert long.result("street_yield") == long.result("interbank_yield")
    # settled on 4 November 2024, a Monday; 209 days of the year of 365 to 1 June 2025
    last = quote("bond-dealing", bond_maturity="2025-06-01", **ask)
    dirty = 101 + 4 * 156 / 365
    simple = (104 / dirty - 1) * 365 / 209
    assert last.result("settles_on") == date(2024, 11, 4)
    assert float(last.result("mid_yield")) == pytest.approx(simple, abs=1e-6)
    sold = 104 / (1 + (simple - 0.0005) * 209 / 365)  # the client's dirty price
    assert float(last.result("dirty")) == pytest.approx(sold, abs=6e-5)  # 4 and 5 places
    street = (104 / sold) ** (365 / 209) - 1
    assert float(last.result("street_yield")) == pytest.approx(street, abs=1e-6)
    assert last.result("street_yield") > last.result("interbank_yield")


def test_at_maturity_and_discount_bonds() -> None:
    made = quote(
        "bond-dealing", amount=1_000_000, bond_maturity="2026-11-01", kind="at-maturity",
        issue="2023-11-01", coupon="3%", market_yield="2%", settlement_days=0,
    )  # fmt: skip
    # 109 in two years at 2 %; one whole year of interest accrued
    assert float(made.result("mid_clean")) == pytest.approx(109 / 1.02**2 - 3, abs=1e-6)
    assert made.result("accrued") == 3
    made = quote(
        "bond-dealing", amount=1_000_000, bond_maturity="2025-05-01", kind="discount",
        issue="2024-05-01", issue_price=98, market_yield="2%", settlement_days=0,
    )  # fmt: skip
    # 2 of discount over 365 days, 184 of them gone; simple interest over 181 of 365 days
    accrued = 2 * 184 / 365
    assert float(made.result("accrued")) == pytest.approx(accrued, abs=5.1e-6)
    dirty = 100 / (1 + 0.02 * 181 / 365)
    assert float(made.result("mid_clean")) == pytest.approx(dirty - accrued, abs=1e-6)


def test_the_prices_shown_are_those_dealt_at() -> None:
    made = quote(
        "bond-dealing", amount=100_000_000_000, bond_maturity="2031-05-25", coupon="2.85%",
        clean_price="101.5",
    )  # fmt: skip
    assert made.result("dirty") == made.result("clean") + made.result("accrued")
    assert made.result("settlement_amount") == Money.of(made.result("dirty") * 1_000_000_000)
    assert made.result("over_mid") == made.totals["margin"]
    assert dict(made.terms.extra)["side"] == "buy"


def test_exchange_accrual_leaves_the_leap_day_out() -> None:
    ask: dict[str, Any] = {"amount": 1_000_000, "bond_maturity": "2027-01-01", "coupon": "3.65%", "clean_price": 100, "settlement_days": 0}  # fmt: skip
    on = date(2024, 3, 1)
    # 60 days of 366; 60 and 59 of 365
    for accrual, expected in (("act/act-icma", "0.59836"), ("act/365f", "0.6"), ("nl/365", "0.59")):
        made = quote("bond-dealing", on=on, accrual=accrual, **ask)
        assert made.result("accrued") == D(expected)
    before = quote("bond-dealing", on=date(2007, 11, 30), **{**ask, "bond_maturity": "2009-03-01"})
    assert before.result("accrued") == D("2.74")  # 274 days of 365


def test_settlement_on_a_coupon_day_and_on_a_weekend() -> None:
    ask: dict[str, Any] = {"amount": 1_000_000, "bond_maturity": "2027-11-01", "coupon": "3%", "market_yield": "3%", "settlement_days": 0}  # fmt: skip
    made = quote("bond-dealing", **ask)
    assert (made.result("accrued"), made.result("mid_clean")) == (0, 100)
    made = quote("bond-dealing", start="2024-11-02", **ask)
    assert made.result("settles_on") == date(2024, 11, 4)
    assert any("2024-11-02 is no business day" in text for text in made.warnings)


@pytest.mark.parametrize(("left", "simple"), [(365, True), (366, False)])
def test_zero_coupon_under_and_over_a_year(left: int, simple: bool) -> None:
    ends = DAY + timedelta(days=left)
    made = quote(
        "bond-dealing", amount=1_000_000, bond_maturity=ends, kind="discount", market_yield="2.5%",
        settlement_days=0,
    )  # fmt: skip
    expected = 100 / 1.025 if simple else 100 / 1.025 ** (1 + 1 / 366)
    assert float(made.result("mid_clean")) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("price", [300, 50])
def test_far_prices_a_day_before_maturity_have_no_street_yield(price: int) -> None:
    made = quote("bond-dealing", amount=1_000_000, bond_maturity="2024-11-05", coupon="3%", clean_price=price)  # fmt: skip
    # settled on 4 November: simple interest for a day of the 366 before maturity
    dirty = price + 3 * 365 / 366
    assert float(made.result("mid_yield")) == pytest.approx((103 / dirty - 1) * 366, abs=1e-6)
    assert found(made, "street_yield") is None
    assert any(text.startswith("yield by street: clean: no yield") for text in made.warnings)


def test_the_margin_is_half_the_spread_on_both_sides() -> None:
    ask: dict[str, Any] = {"amount": 10_000_000, "bond_maturity": "2034-11-04", "coupon": "2.5%", "market_yield": "2.5%"}  # fmt: skip
    buys, sells = (quote("bond-dealing", side=side, **ask) for side in ("buy", "sell"))
    for made in (buys, sells):  # about DV01 × 5
        assert made.totals["margin"] == made.totals["paid"] - made.totals["received"]
        about = 5 * made.result("dv01_amount").amount
        assert float(made.totals["margin"].amount) == pytest.approx(float(about), rel=0.01)
    assert buys.result("clean") > 100 > sells.result("clean")
    assert buys.result("client_yield") == D("0.0245")
    assert sells.result("client_yield") == D("0.0255")


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({}, "clean_price: state either the clean price or market_yield"),
        ({"clean_price": 100, "market_yield": "2%"}, "clean_price: state either"),
        ({"clean_price": 100, "bond_maturity": "2024-11-04"}, "bond_maturity: 2024-11-04 is not after the settlement, 2024-11-04"),
        ({"clean_price": 100, "kind": "at-maturity"}, "issue: is missing; a bond with interest at maturity"),
        ({"clean_price": 100, "kind": "discount"}, "coupon: 0.03 is stated, but a discount bond has none"),
        ({"clean_price": 100, "kind": "at-maturity", "issue": "2024-01-01", "coupon_frequency": "2"}, "coupon_frequency: 2 is stated"),
        ({"clean_price": 100, "issue_price": 98}, "issue_price: goes with kind discount"),
        ({"clean_price": 0}, "clean_price: 0 is below the minimum of 1"),
    ],
)  # fmt: skip
def test_bad_bonds(fields: dict[str, Any], match: str) -> None:
    ask = {"amount": 1_000_000, "bond_maturity": "2030-06-01", "coupon": "3%", **fields}
    with pytest.raises(InputError, match=match):
        quote("bond-dealing", **ask)
