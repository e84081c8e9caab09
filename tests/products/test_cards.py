"""Cards: statements from postings, dated rules, charges; debit cards, instalments, e-banking."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D
from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue import Ask, Catalogue, Customer, InputError, Money, Quote

PERSON = Customer(kind="person", age=30)
DAY = date(2024, 11, 1)


@pytest.fixture(scope="module")
def cat() -> Catalogue:
    return Catalogue.load(as_of=DAY)


def quote(cat: Catalogue, code: str, as_of: date = DAY, **fields: Any) -> Quote:
    return cat.quote(Ask(code, fields), PERSON, as_of=as_of)


def card(cat: Catalogue, postings: str, as_of: date = DAY, **fields: Any) -> Quote:
    return quote(cat, "credit-card", as_of, postings=postings, **fields)


def fee(made: Quote, code: str) -> Money:
    return Money.total((item.amount for item in made.fees if item.code == code), "CNY")


def test_paid_in_full_by_the_due_day_is_free_and_a_day_later_is_not(cat: Catalogue) -> None:
    # statement 5 December, due 25 December
    bought = "2024-11-10:3000:purchase;"
    assert card(cat, bought + "2024-12-25:3000:payment").totals["interest"] == Money.of(0)
    late = card(cat, bought + "2024-12-26:3000:payment", tenor="2m")
    # 10 November to 26 December is 46 days: 3,000 × 0.05 % × 46
    assert late.totals["interest"] == Money.of(69)
    # the whole minimum of 300 was missing on 25 December
    assert fee(late, "late") == Money.of(15)


def test_the_due_day_of_each_statement(cat: Catalogue) -> None:
    made = card(cat, "2024-11-05:100:purchase", tenor="3m")
    assert made.result("statement_1_due") == date(2024, 11, 25)  # 5 November + 20 days
    assert made.result("statement_2_due") == date(2024, 12, 25)
    assert made.result("free_days") == 20  # posted on the statement day
    assert card(cat, "2024-11-06:100:purchase").result("free_days") == 49  # 24 + 25 days


def test_all_of_a_statement_bears_interest_when_a_part_is_not_paid(cat: Catalogue) -> None:
    made = card(
        cat, "2024-11-10:1000:purchase;2024-11-15:2000:purchase;2024-12-20:2999:payment", tenor="3m"
    )
    rows = list(made.schedule)
    # 1,000 × 40 days, 2,000 × 35 days to 20 December, then the 1 yuan left for 16 days, 0.05 % a day
    assert rows[2].interest == D("55.01")  # (40,000 + 70,000 + 16) × 0.0005 = 55.008
    assert fee(made, "late") == Money.of(10)  # 5.60 of the January statement is missed: 10 at least


def test_a_statement_paid_in_full_is_free_though_an_earlier_one_was_not(cat: Catalogue) -> None:
    made = card(
        cat,
        "2024-11-10:1000:purchase;2024-12-10:500:purchase;2024-12-30:1000:payment;2025-01-20:600:payment",
        tenor="4m",
    )
    rows = list(made.schedule)
    # 1,000 from 10 November to 30 December: 50 days, 25.00; late: 5 % of 100 is 5, at least 10
    assert rows[2].interest == D("25.00")
    assert rows[2].closing == D("535.00")  # 500 + 25 + 10, paid on 20 January, before the 25th
    assert rows[3].interest == D("0.00")
    assert rows[3].closing == D("-65.00")


def test_cash_bears_interest_at_once_and_is_paid_before_purchases(cat: Catalogue) -> None:
    made = card(
        cat, "2024-11-06:1000:purchase;2024-11-10:2000:cash;2024-12-20:2020:payment", tenor="2m"
    )
    rows = list(made.schedule)
    # statement of 5 December: 2,000 × 25 days × 0.05 % = 25.00; cash fee 20.00
    assert rows[1].interest == D("25.00")
    assert rows[1].closing == D("3045.00")
    # 2,020 pays fee 20 and interest 25, then 1,975 of the cash, nothing of the purchase
    # end 31 December: cash 2,000 × 15 days + 25 × 11 days; the purchase 1,000 × 55 days as the
    # statement was not paid in full: (30,000 + 275 + 55,000) × 0.0005 = 42.6375
    assert rows[2].interest == D("42.64")


@pytest.mark.parametrize(
    ("as_of", "second", "outcome", "source"),
    [
        (date(2010, 3, 1), "500", "pass", "银发〔1999〕17号"),
        (date(2010, 3, 1), "500.01", "fail", "银发〔1999〕17号"),
        (date(2016, 12, 31), "500.01", "fail", "银发〔1999〕17号"),
        (date(2017, 1, 1), "8500", "pass", "银发〔2016〕111号"),
        (date(2017, 1, 1), "8500.01", "fail", "银发〔2016〕111号"),
    ],
)
def test_cash_a_day_is_checked_by_the_rule_of_the_day(
    cat: Catalogue, as_of: date, second: str, outcome: str, source: str
) -> None:
    day = as_of + timedelta(days=1)
    made = card(cat, f"{day}:1500:cash;{day}:{second}:cash;{day}:90000:payment", as_of)
    check = next(each for each in made.checks if each.id == "cash-per-day")
    assert (check.outcome, check.found["cash_day"]) == (outcome, day)
    assert check.found["cash_drawn"] == Money.of(D(second) + 1500)
    assert source in check.source
    assert made.eligible is (outcome == "pass")


def test_without_cash_there_is_no_check_of_it(cat: Catalogue) -> None:
    made = card(cat, "2024-11-10:3000:purchase")
    assert "cash-per-day" not in {check.id for check in made.checks}


@pytest.mark.parametrize(("as_of", "interest"), [(date(2016, 6, 1), "90.38"), (DAY, "0.00")])
def test_over_the_limit_there_were_no_free_days(cat: Catalogue, as_of: date, interest: str) -> None:
    """Until 2016: 6,000 on a limit of 5,000, paid in full in time, bears interest from its posting."""
    year = as_of.year
    month = as_of.month
    bought, paid = date(year, month, 20), date(year, month + 1 if month < 12 else 1, 20)
    made = card(cat, f"{bought}:6000:purchase;{paid}:6050:payment", as_of, amount=5_000, tenor="3m")
    # 30 days of 6,000 and, compounded then, 15 days of the charge of 50: 90 + 0.375
    assert max(row.interest for row in made.schedule) == D(interest)


@pytest.mark.parametrize(
    ("as_of", "charge"), [(date(2016, 12, 1), "50.00"), (date(2017, 1, 1), "0.00")]
)
def test_the_over_limit_charge_ends_with_2016(cat: Catalogue, as_of: date, charge: str) -> None:
    posted = as_of + timedelta(days=1)
    made = card(cat, f"{posted}:6000:purchase", as_of, amount=5000, tenor="1m")
    assert fee(made, "over-limit") == Money.of(charge)


def test_interest_was_compounded_by_the_month_until_2016(cat: Catalogue) -> None:
    rows = {}
    for year in (2015, 2017):
        made = card(cat, f"{year}-02-06:1000:cash", date(year, 2, 1), tenor="3m", statement_day=6)
        rows[year] = list(made.schedule)
    # 6 February to 6 March, the statement of 6 March: 28 days, 14.00; of 6 February: the fee of 10
    assert [rows[2015][0].fee, rows[2015][1].interest] == [D("10.00"), D("14.14")]
    # 2015: the fee of 10 bears interest from its statement on: (1,000 + 10) × 28 × 0.05 % = 14.14
    assert rows[2017][1].interest == D("14.00")
    # the statement of 6 April: 31 days on 1,000 + 10 + 14.14 and the late charge of 26 February,
    # 10, which stands on the statement of 6 March: (1,024.14 + 10) × 31 × 0.0005 = 16.02917
    assert rows[2015][2].interest == D("16.03")
    assert rows[2017][2].interest == D("15.50")


def test_the_daily_rate_is_free_within_the_bounds_of_its_time(cat: Catalogue) -> None:
    fields = {"tenor": "1m", "agreed_daily_rate": "0.0003"}
    with pytest.raises(InputError, match="agreed_daily_rate"):
        card(cat, "2018-03-02:1000:cash", date(2018, 3, 1), **fields)
    with pytest.raises(InputError, match="has no such field"):
        card(cat, "2016-03-02:1000:cash", date(2016, 3, 1), **fields)
    made = card(cat, "2024-11-05:1000:cash", **fields)
    # 5 to 30 November, the end of the month's tenor: 25 days
    assert made.totals["interest"] == Money.of("7.50")
    assert made.result("annual_rate") == D("0.1095")


def test_the_yearly_fee_is_waived_by_uses_of_each_year(cat: Catalogue) -> None:
    six = ";".join(f"2024-11-{day:02}:10:purchase" for day in range(10, 16))
    assert fee(card(cat, six), "annual") == Money.of(0)
    assert fee(card(cat, six, tenor="13m"), "annual") == Money.of(100)
    assert fee(card(cat, six, grade="platinum"), "annual") == Money.of(600)


@pytest.mark.parametrize(
    ("postings", "words"),
    [
        (
            "2024-11-10:100:purchse",
            r"postings\[1\]\.kind: 'purchse' is not a kind; did you mean 'purchase'",
        ),
        (
            "2024-10-31:100:cash",
            r"postings\[1\]\.date: 2024-10-31 is not from 2024-11-01 to 2025-04-30",
        ),
        ("2024-11-10:0:cash", r"postings\[1\]\.amount: 0\.00 is not above zero"),
        # by the number that the ask gives it, whatever the order of the days
        (
            "2024-12-10:10:cash;2024-11-10:10:cash;2024-11-09:0:cash",
            r"postings\[3\]\.amount: 0\.00 is not above zero",
        ),
        ("2024-11-10:5:foreign:USD", r"postings\[1\]\.kind: 'foreign' is not a kind; it is one of"),
    ],
)
def test_bad_postings_are_told(cat: Catalogue, postings: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        card(cat, postings)


KINDS = st.sampled_from(["purchase", "abroad", "cash", "payment"])


@given(
    st.lists(st.tuples(st.integers(0, 150), st.integers(1, 2_000), KINDS), max_size=8),
    st.integers(1, 28),
)
@example(rows=[(0, 1, "abroad")], statement_day=1)  # a statement on the opening day
@settings(max_examples=40)
def test_nothing_is_lost_on_an_account(
    rows: list[tuple[int, int, str]], statement_day: int
) -> None:
    cat = Catalogue.load(as_of=DAY)
    cash: set[int] = set()
    kept = []
    for at, amount, kind in rows:
        if kind == "cash" and at in cash:
            continue
        cash |= {at} if kind == "cash" else set()
        kept.append({"date": DAY + timedelta(days=at), "amount": amount, "kind": kind})
    made = quote(cat, "credit-card", postings=kept, statement_day=statement_day)
    spent = sum(r["amount"] for r in kept if r["kind"] != "payment")
    paid = sum(r["amount"] for r in kept if r["kind"] == "payment")
    charges = sum((f.amount.amount for f in made.fees if f.code != "annual"), D(0))
    statements = list(made.schedule)
    assert statements[-1].closing == spent - paid + made.totals["interest"].amount + charges
    assert sum((r.fee for r in statements), D(0)) == charges
    # all that is received and paid leaves interest and fees, which the holder pays
    cost = made.totals["paid"] - made.totals["received"]
    assert cost == made.totals["interest"] + made.totals["fees"]
    if all(r["kind"] == "payment" for r in kept):
        assert made.totals["interest"] == Money.of(0)


def test_the_minimum_is_a_tenth_of_purchases_and_all_else_since_2017(cat: Catalogue) -> None:
    """1,000 of purchases on 6 and 2,000 of cash on 10 November, nothing paid.

    5 December: 10 % of 1,000 + 2,000 + its fee of 20 + 25 days of interest, 25.00: 2,145.00. Missed on the
    25th: late charge 5 %, 107.25. 5 January: interest of 2,000 for 31 days, 31.00, and of 1,000 for 60
    days, 30.00. Minimum: the missed 100 + 10 % of the other 900 + 2,000 + 20 + 25 + 107.25 + 61.00.
    """
    made = card(cat, "2024-11-06:1000:purchase;2024-11-10:2000:cash", tenor="3m")
    assert made.result("statement_2_minimum") == Money.of(2_145)
    assert made.result("statement_3_minimum") == Money.of("2403.25")
    assert list(made.schedule)[2].interest == D("61.00")
    # 2010: a tenth of all that is owed: 3,000 + fee 20 + interest 25 on 5 December
    old = card(cat, "2010-11-06:1000:purchase;2010-11-10:2000:cash", date(2010, 11, 1), tenor="2m")
    assert old.result("statement_2_minimum") == Money.of("304.50")


def test_a_purchase_abroad_is_converted_and_marked_up(cat: Catalogue) -> None:
    """US dollars at the selling rate of the sheet, the mark-up on the yuan; yen have no fen."""
    for currency, amount in (("USD", "100.50"), ("JPY", "20000")):
        rate = cat.rates.lookup("fx", DAY, column=f"{currency}/CNY", side="ask").value
        yuan = Money.rounded(F(amount) * F(rate))
        made = card(cat, f"2024-11-10:{amount}:abroad:{currency}", tenor="2m")
        assert made.totals["principal"] == yuan
        assert fee(made, "markup") == yuan.scaled(D("0.015"))
    with pytest.raises(InputError, match=r"postings\[1\]\.currency: only kind abroad takes one"):
        card(cat, "2024-11-10:100:purchase:USD")
    with pytest.raises(InputError, match=r"postings\[1\]\.currency: .*XYZ"):
        card(cat, "2024-11-10:100:abroad:XYZ")


def test_a_debit_card_by_the_rule_of_its_year(cat: Catalogue) -> None:
    asked = {"average_balance": 100, "other_withdrawals": 5}
    # 2006: 10 + 5 × 2; 2008: and 4 quarters × 3; 2017-07-31 likewise; then free, and 2 × 2 of 5 − 3
    for day, total in (
        (date(2006, 12, 31), "20.00"), (date(2007, 1, 1), "32.00"),
        (date(2017, 7, 31), "32.00"), (date(2017, 8, 1), "4.00"),
    ):  # fmt: skip
        assert quote(cat, "debit-card", day, **asked).totals["fees"] == Money.of(total)


def test_the_true_rate_of_a_card_instalment_is_nearly_twice_its_nominal_one(cat: Catalogue) -> None:
    made = quote(cat, "card-instalment", amount=12_000)
    assert made.result("nominal") == D("0.072")  # 0.6 % × 12
    # twelve payments of 1,000 + 72: the monthly rate i with 1,072 × (1 − (1 + i)^−12) ÷ i = 12,000
    rate = F(str(made.apr.simple)) / 12
    value = sum(F(1072) / (1 + rate) ** n for n in range(1, 13))
    assert abs(value - 12_000) < F(1, 100)
    assert D("0.130") < made.apr.simple < D("0.131")


def test_a_tenor_gives_the_number_of_instalments(cat: Catalogue) -> None:
    by_tenor = quote(cat, "card-instalment", amount=12_000, tenor="2y")
    by_number = quote(cat, "card-instalment", amount=12_000, periods=24)
    assert by_tenor.totals == by_number.totals
    # 12,000 × 0.58 % × 24
    assert by_tenor.totals["fees"] == Money.of("1670.40")
    for made in (by_tenor, by_number):
        assert (made.terms.extra["periods"], made.terms.extra["charged"]) == (24, "each-period")
        assert made.terms.maturity == list(made.schedule)[-1].due
    for tenor, words in (
        ("5m", "tenor: 5m is not one of 3m, 6m"),
        ("90d", "tenor: 90d is not one of"),
        ("48m", "tenor: 48m is not one of"),
    ):
        with pytest.raises(InputError, match=words):
            quote(cat, "card-instalment", amount=12_000, tenor=tenor)
    with pytest.raises(InputError, match="periods: 6 contradicts the tenor of 2y"):
        quote(cat, "card-instalment", amount=12_000, tenor="2y", periods="6")


def test_charged_once_costs_more_a_year_than_by_period(cat: Catalogue) -> None:
    once = quote(cat, "card-instalment", amount=12_000, charged="once")
    spread = quote(cat, "card-instalment", amount=12_000)
    assert once.totals["fees"] == spread.totals["fees"] == Money.of(864)
    assert once.apr.simple > spread.apr.simple


def test_charged_once_is_not_said_to_be_in_the_first_payment(cat: Catalogue) -> None:
    once = quote(cat, "card-instalment", amount=1_000, periods="3", charged="once")
    first = next(result for result in once.results if result.code == "first_payment")
    assert (first.value, first.label) == (
        Money.of("333.34"),
        "First payment, the fee charged before",
    )
    # 1,000 less the fee of 3 x 8.00 on the first day; i solves 976 = 333.34 v + 333.33 v² + 333.33 v³
    rate = F(str(once.apr.simple)) / 12
    parts = (F("333.34"), F("333.33"), F("333.33"))
    assert abs(sum(p / (1 + rate) ** n for n, p in enumerate(parts, 1)) - 976) < F(1, 100)


def test_settled_early_has_its_fees_and_a_higher_rate(cat: Catalogue) -> None:
    """1,000 in three, settled with the first on 29 February: 8.00 and 3 % of 666.66, 20.00, in a month."""
    made = quote(
        cat, "card-instalment", date(2024, 1, 31), amount=1_000, periods="3", settle_after=1
    )
    assert [row.due for row in made.schedule] == [date(2024, 2, 29)]
    assert next(iter(made.schedule)).payment == D("1028.00")
    assert made.apr.simple == D("0.336")  # 2.8 % x 12


def test_settling_early_after_the_last_is_refused(cat: Catalogue) -> None:
    with pytest.raises(InputError, match="settle_after: 12 is not before the last of 12"):
        quote(cat, "card-instalment", amount=12_000, settle_after=12)


def test_channels_cost_a_share_of_the_counter_by_amount(cat: Catalogue) -> None:
    for amount, channel, total in (
        (10_000, "internet", "30.00"),  # 5 × 50 % × 12
        ("10000.01", "internet", "60.00"),  # 10 × 50 % × 12
        (500_001, "phone", "192.00"),  # 20 × 80 % × 12
        (8_000, "mobile", "0.00"),
    ):
        made = quote(cat, "e-banking", amount=amount, channel=channel, count=1, certificates=0)
        assert fee(made, "transfers") == Money.of(total)


def test_home_banking_of_persons_has_a_monthly_fee(cat: Catalogue) -> None:
    home = {"channel": "home", "certificates": 0, "tenor": "91d"}
    # 1 November to 31 January: three months begun at 3 yuan
    assert fee(quote(cat, "e-banking", **home), "home-monthly") == Money.of(9)
    assert fee(
        quote(cat, "e-banking", **{**home, "channel": "internet"}), "home-monthly"
    ) == Money.of(0)


def test_e_banking_asks_for_the_account_of_an_unknown_client(cat: Catalogue) -> None:
    def outcome(**facts: Any) -> tuple[bool, str]:
        made = cat.quote(Ask("e-banking"), Customer(**facts), as_of=DAY)
        return made.eligible, next(c.outcome for c in made.checks if c.id == "client")

    assert outcome() == (True, "refer")
    assert outcome(settlement_account=True) == (True, "pass")
    assert outcome(settlement_account=False) == (False, "fail")


def test_transfers_need_their_amount_and_begun_months_count(cat: Catalogue) -> None:
    with pytest.raises(InputError, match="amount: is missing"):
        quote(cat, "e-banking", count=3)
    made = quote(cat, "e-banking", amount=8_000, count=3, tenor="91d", certificates=0)
    # 1 November to 31 January: two months and 30 days, three months begun; 3 x 3 x 5 x 50 %
    assert made.totals["fees"] == Money.of("22.50")
