"""Bill discount: days, interest, proceeds, who bears it, yields, rediscount, portfolios."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import CurrencyError, InputError
from catalogue.maths.discount import bill_discount, bill_portfolio, bill_rediscount
from catalogue.values.calendar import china_calendar, weekend_calendar

FACES = st.integers(1, 10**11).map(lambda fen: Decimal(fen).scaleb(-2))


def bill(face=1_000_000, rate="0.036", start=date(2024, 1, 1), end=date(2024, 6, 29), **kwargs):
    return bill_discount(face, rate, discount_date=start, maturity=end, **kwargs)


def test_interest_by_actual_days():
    # 1 January to 29 June 2024: 180 days; 1,000,000 × 3.6 % × 180 ÷ 360 = 18,000
    got = bill()
    assert (got.days, str(got.interest), str(got.proceeds)) == (180, "18000.00", "982000.00")


def test_three_transit_days_for_an_acceptor_elsewhere():
    # 183 days: 18,300
    got = bill(extra_days=3)
    assert (got.days, str(got.interest), str(got.proceeds)) == (183, "18300.00", "981700.00")
    assert got.interest_end == date(2024, 7, 2)


def test_leap_day_counts():
    # 20 February to 20 March: 29 days in 2024, 28 in 2023: 720,000 × 5 % ÷ 360 = 100 a day
    assert str(bill(720_000, "0.05", date(2024, 2, 20), date(2024, 3, 20)).interest) == "2900.00"
    assert str(bill(720_000, "0.05", date(2023, 2, 20), date(2023, 3, 20)).interest) == "2800.00"


def test_maturity_rolls_first_then_transit_days_follow():
    # 29 June 2024 is a Saturday: to Monday 1 July, then 3 days to 4 July
    got = bill(extra_days=3, roll_convention="following", calendar=weekend_calendar())
    assert (got.payment_date, got.interest_end) == (date(2024, 7, 1), date(2024, 7, 4))
    assert got.days == 185


def test_transit_days_may_end_on_a_holiday():
    # Monday 30 September is worked, 3 October is in the National Day week: not moved again
    got = bill(
        end=date(2024, 9, 30), extra_days=3, roll_convention="following", calendar=china_calendar()
    )
    assert got.interest_end == date(2024, 10, 3)


def test_the_china_calendar_is_the_default():
    # 1 to 7 October 2024 are holidays
    got = bill(end=date(2024, 10, 1), roll_convention="following")
    assert got.payment_date == date(2024, 10, 8)


def test_other_day_counts():
    # 365 days: 18,000 × 360 ÷ 365 = 17,753.42
    assert str(bill(day_count="act/365f").interest) == "17753.42"


@pytest.mark.parametrize(
    ("share", "buyer", "seller", "proceeds"),
    [
        (0, "0.00", "18000.00", "982000.00"),
        (1, "18000.00", "0.00", "1000000.00"),
        ("0.4", "7200.00", "10800.00", "989200.00"),
    ],
)
def test_shared_interest(share, buyer, seller, proceeds):
    got = bill(buyer_share=share)
    assert str(got.buyer_interest) == buyer
    assert str(got.seller_interest) == seller
    assert str(got.proceeds) == proceeds
    assert str(got.outlay) == "982000.00"


def test_yields_on_the_outlay():
    got = bill()
    # 18000 ÷ 982000 × 360 ÷ 180 = 0.036659877…
    assert got.simple_yield == Decimal("0.03665988")
    # (1 + 18000/982000)^(365/180) − 1
    assert got.effective_yield == pytest.approx((1000 / 982) ** (365 / 180) - 1, rel=1e-12)


def test_no_days_no_interest():
    got = bill(end=date(2024, 1, 1))
    assert (got.days, str(got.interest)) == (0, "0.00")
    assert got.simple_yield == 0
    assert got.effective_yield == 0.0


def test_rediscount_income_and_gain():
    # after 90 of 180 days, 9000 is earned; the rest is given up for 1,000,000 × 4 % × 90/360
    got = bill_rediscount(bill(), "0.04", rediscount_date=date(2024, 3, 31))
    assert str(got.second.interest) == "10000.00"
    assert (str(got.income), str(got.accrued), str(got.gain)) == ("8000.00", "9000.00", "-1000.00")


def test_rediscount_keeps_or_replaces_the_transit_days():
    first = bill(extra_days=3)
    kept = bill_rediscount(first, "0.03", rediscount_date=date(2024, 3, 31))
    assert kept.second.days == 93
    none = bill_rediscount(first, "0.03", rediscount_date=date(2024, 3, 31), extra_days=0)
    assert none.second.days == 90


def test_rediscount_before_the_discount_is_refused():
    with pytest.raises(InputError, match="rediscount_date: 2023-12-31 is before"):
        bill_rediscount(bill(), "0.03", rediscount_date=date(2023, 12, 31))


def test_portfolio_sums_to_the_fen():
    # three bills of 100.05 × 3.6 % × 50/360 = 0.50025 → 0.50 each: 1.50, not 1.50075 → 1.50;
    # three of 101.10: 0.5055 → 0.51 each: 1.53, where the sum rounded once would be 1.52
    end = date(2024, 2, 20)
    got = bill_portfolio([bill("101.10", end=end)] * 3)
    assert str(got.interest) == "1.53"
    assert str(got.face) == "303.30"
    assert str(got.proceeds) == "301.77"


def test_portfolio_averages_are_weighted():
    # 100 for 180 days at 2 %, 300 for 60 days at 4 %: 90 days; (100·180·2 + 300·60·4) ÷ 36000 = 3 %
    got = bill_portfolio(
        [bill(100, "0.02", end=date(2024, 6, 29)), bill(300, "0.04", end=date(2024, 3, 1))]
    )
    assert (got.average_days, got.average_rate) == (Decimal(90), Decimal("0.03"))


def test_portfolio_refuses_nothing_and_two_currencies():
    with pytest.raises(InputError, match="bills: none"):
        bill_portfolio([])
    with pytest.raises(CurrencyError, match="CNY, USD"):
        bill_portfolio([bill(), bill(currency="USD")])


@given(
    st.lists(st.tuples(FACES, st.integers(0, 366), st.integers(0, 9999)), min_size=1, max_size=20)
)
def test_portfolio_is_the_sum_of_its_tickets(items):
    day = date(2024, 1, 1)
    bills = [
        bill_discount(
            face,
            Decimal(rate).scaleb(-5),
            discount_date=day,
            maturity=day + timedelta(days=n),
            buyer_share="0.33",
        )
        for face, n, rate in items
    ]
    got = bill_portfolio(bills)
    assert got.proceeds + got.seller_interest == got.face
    assert got.buyer_interest + got.seller_interest == got.interest
    assert got.interest == sum(b.interest for b in bills)


@given(FACES, st.integers(0, 366), st.integers(0, 9999))
def test_interest_rises_with_days(face, n, rate):
    day = date(2024, 1, 1)
    shorter, longer = (
        bill_discount(
            face, Decimal(rate).scaleb(-5), discount_date=day, maturity=day + timedelta(days=x)
        ).interest
        for x in (n, n + 1)
    )
    assert longer >= shorter


@pytest.mark.parametrize(
    ("kwargs", "text"),
    [
        ({"face": 0}, "face: 0 cannot be discounted"),
        ({"face": -5}, "face"),
        ({"end": date(2023, 12, 31)}, "maturity: 2023-12-31 is before discount_date"),
        ({"extra_days": -1}, "extra_days: -1 is outside"),
        ({"extra_days": 1.5}, "extra_days: 1.5 is not a whole number"),
        ({"buyer_share": "1.1"}, "buyer_share: 1.1 is over"),
        ({"roll_convention": "folowing"}, "following"),
        ({"rate": "36"}, "rate"),
        (
            {
                "start": date(2024, 6, 29),
                "roll_convention": "preceding",
                "calendar": weekend_calendar(),
            },
            "maturity: rolled to 2024-06-28, before",
        ),
        ({"rate": "0.99", "end": date(2025, 6, 1)}, "leaves nothing of the face"),
    ],
)
def test_bad_input_is_named(kwargs, text):
    with pytest.raises(InputError, match=text):
        bill(**kwargs)
