"""Open-end funds: outside and inside deduction, tiers, redemption, back load, conversion."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.maths.fund import (
    FeeTier,
    fund_amount_for_shares,
    fund_conversion,
    fund_redemption,
    fund_subscription,
)

TIERS = [
    (0, "0.015"),
    (1_000_000, "0.01"),
    FeeTier(Decimal(5_000_000), amount=Decimal(1000)),
]
FEN = st.integers(1, 10**11).map(lambda fen: Decimal(fen).scaleb(-2))
NAVS = st.integers(1000, 100_000).map(lambda n: Decimal(n).scaleb(-4))
RATES = st.integers(0, 500).map(lambda n: Decimal(n).scaleb(-4))


def test_outside_deduction():
    # 100000 ÷ 1.015 = 98522.167 → 98522.17; fee 1477.83; ÷ 1.05 = 93830.638 → 93830.64
    got = fund_subscription(100_000, nav="1.05", fee_rate="0.015")
    assert (str(got.net), str(got.fee), str(got.shares)) == ("98522.17", "1477.83", "93830.64")


def test_inside_deduction():
    # fee 1500, net 98500, ÷ 1.05 = 93809.5238
    got = fund_subscription(100_000, nav="1.05", fee_rate="0.015", method="inside")
    assert (str(got.net), str(got.fee), str(got.shares)) == ("98500.00", "1500.00", "93809.52")


@pytest.mark.parametrize(
    ("rule", "shares"), [("half_up", "6.67"), ("down", "6.66"), ("up", "6.67")]
)
def test_share_rounding(rule, shares):
    # 10 ÷ 1.5 = 6.666…
    got = fund_subscription(10, nav="1.5", fee_rate=0, share_rounding=rule)
    assert str(got.shares) == shares


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        ("999999.99", "14778.32"),  # ÷ 1.015 = 985221.66502 → 985221.67
        (1_000_000, "9900.99"),  # ÷ 1.01 = 990099.0099 → 990099.01
        (5_000_000, "1000.00"),  # fixed
    ],
)
def test_the_tier_of_the_whole_amount_holds(amount, fee):
    assert str(fund_subscription(amount, nav=1, tiers=TIERS).fee) == fee


def test_interest_of_the_offer_period_buys_shares_free_of_fee():
    # 10000 ÷ 1.012 = 9881.42; + 3.50 at 1.00
    got = fund_subscription(10_000, nav=1, fee_rate="0.012", interest="3.50")
    assert (str(got.fee), str(got.shares)) == ("118.58", "9884.92")


@given(FEN, NAVS, RATES, st.sampled_from(["outside-deduction", "inside"]))
def test_fee_and_net_are_the_amount(amount, nav, rate, method):
    got = fund_subscription(amount, nav=nav, fee_rate=rate, method=method)
    assert got.fee + got.net == got.amount
    assert abs(got.shares * nav - got.net) <= Decimal("0.005") * nav
    assert 0 <= got.fee <= amount * rate + Decimal("0.01")


@given(FEN, NAVS)
def test_subscribe_and_redeem_without_fees_returns_the_money(amount, nav):
    bought = fund_subscription(amount, nav=nav, fee_rate=0)
    sold = fund_redemption(bought.shares, nav=nav)
    # half a share unit at this NAV, and half a fen of rounding
    assert abs(sold.paid - amount) <= Decimal("0.005") * nav + Decimal("0.005")
    low = fund_subscription(amount, nav=nav, fee_rate=0, share_rounding="down")
    assert fund_redemption(low.shares, nav=nav).paid <= amount


@given(FEN, NAVS, RATES, st.sampled_from(["half_up", "down", "up"]))
def test_amount_for_shares_is_the_least_that_suffices(shares, nav, rate, rule):
    kwargs = {"nav": nav, "fee_rate": rate, "share_rounding": rule}
    amount = fund_amount_for_shares(shares, **kwargs)
    assert fund_subscription(amount, **kwargs).shares >= shares
    if amount > Decimal("0.01"):
        assert fund_subscription(amount - Decimal("0.01"), **kwargs).shares < shares


@pytest.mark.parametrize(
    ("days", "fee"), [(6, "187.50"), (7, "62.50"), (729, "62.50"), (730, "0.00")]
)
def test_redemption_fee_by_days_held(days, fee):
    # 10000 × 1.25 = 12500: × 1.5 %, 0.5 %, 0
    tiers = [(0, "0.015"), (7, "0.005"), (730, 0)]
    got = fund_redemption(10_000, nav="1.25", fee_tiers=tiers, days_held=days)
    assert str(got.fee) == fee
    assert got.paid == got.gross - got.fee


def test_back_load_is_charged_on_the_purchase_price():
    # gross 12500, 0.5 % = 62.50; back load 10000 × 1.00 × 1.2 % = 120
    got = fund_redemption(
        10_000,
        nav="1.25",
        fee_rate="0.005",
        back_load=[(0, "0.018"), (365, "0.012"), (1095, 0)],
        purchase_nav=1,
        days_held=400,
        fund_share="0.25",
    )
    assert (str(got.fee), str(got.back_fee), str(got.paid)) == ("62.50", "120.00", "12317.50")
    assert str(got.to_fund) == "15.63"  # a quarter of 62.50 is 15.625


def test_back_load_needs_the_purchase_price():
    with pytest.raises(InputError, match="purchase_nav: missing"):
        fund_redemption(1, nav=1, back_load="0.01")


def test_fees_over_the_proceeds_are_refused():
    # sold for 1000, a back load of 90 % on a cost of 2000
    with pytest.raises(InputError, match=r"back_load: fees of 1800.00 are over 1000.00"):
        fund_redemption(1000, nav=1, back_load="0.9", purchase_nav=2)


def test_conversion_by_default_is_free():
    # 100 × 1.5 ÷ 2
    assert str(fund_conversion(100, nav_out="1.5", nav_in=2).shares) == "75.00"


def test_conversion_never_gives_the_difference_back():
    # to a cheaper fund: no difference; 10000 × 1.2 = 12000 less 0.5 % = 11940 ÷ 0.8
    got = fund_conversion(
        10_000,
        nav_out="1.2",
        nav_in="0.8",
        redemption_rate="0.005",
        out_tiers=[(0, "0.015")],
        in_tiers=[(0, "0.008")],
    )
    assert (str(got.difference_fee), str(got.net), str(got.shares)) == (
        "0.00",
        "11940.00",
        "14925.00",
    )


@pytest.mark.parametrize(
    ("kwargs", "text"),
    [
        ({"fee_rate": None}, "fee_rate: give a rate or tiers"),
        ({"tiers": TIERS}, "fee_rate: give a rate or tiers"),
        ({"fee_rate": None, "tiers": [(1, "0.01")]}, "tiers must begin at 0"),
        ({"fee_rate": None, "tiers": []}, "tiers must begin at 0"),
        ({"fee_rate": None, "tiers": [(0, 0), (5, 0), (5, 0)]}, "tiers must rise"),
        ({"nav": 0}, "nav: 0 must be more than 0"),
        ({"nav": Decimal("NaN")}, "nav: NaN is not a number"),
        ({"nav": Decimal("1e40")}, "nav: 1E[+]40 is out of range"),
        ({"method": "outside-deducton"}, "did you mean 'outside-deduction'"),
        ({"fee_rate": "1.5"}, "1.5"),
        ({"share_rounding": "even"}, "rounding: 'even' is unknown"),
        ({"share_decimals": 9}, "share_decimals: 9 is outside"),
        ({"amount": 10.0}, "float"),
    ],
)
def test_bad_subscription_is_named(kwargs, text):
    terms = {"amount": 1000, "nav": 1, "fee_rate": "0.01"} | kwargs
    with pytest.raises(InputError, match=text):
        fund_subscription(**terms)


def test_a_fixed_fee_needs_an_amount_that_covers_it():
    tiers = [FeeTier(Decimal(0), amount=Decimal(1000))]
    with pytest.raises(InputError, match=r"999.00 does not cover the fee of 1000.00"):
        fund_subscription(999, nav=1, tiers=tiers)


def test_a_tier_has_one_fee():
    with pytest.raises(InputError, match="give a rate or an amount"):
        FeeTier(Decimal(0))
