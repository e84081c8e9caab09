"""FX forwards, swaps and options: parity by hand, points on a line, Garman-Kohlhagen."""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal

import pytest
import QuantLib as ql
from hypothesis import assume, given
from hypothesis import strategies as st

from catalogue.errors import InputError, RateError
from catalogue.maths.fx import fx_forward, fx_swap
from catalogue.maths.fx_vanilla import continuous_rate, fx_option, implied_volatility

SPOT = date(2024, 1, 4)


def forward(**kwargs):
    terms = {"spot": "7.1", "spot_date": SPOT, "maturity": date(2024, 7, 2)} | kwargs
    return fx_forward(**terms)


def test_parity_on_middle_rates():
    # 180 days: 7.1 × (1 + 2 % ÷ 2) ÷ (1 + 5 % ÷ 2) = 7.171 ÷ 1.025 = 6.99609756
    got = forward(base_rate="0.05", quote_rate="0.02", decimals=6)
    assert (str(got.bid), str(got.ask), got.days) == ("6.996098", "6.996098", 180)
    assert str(got.points_bid) == "-0.103902"


def test_parity_takes_the_side_that_costs_the_market_its_spread():
    # bid 7.10 × 1.009 ÷ 1.026 = 6.98235867; ask 7.11 × 1.011 ÷ 1.024 = 7.01973633
    got = forward(
        spot=("7.10", "7.11"),
        base_rate=("0.048", "0.052"),
        quote_rate=("0.018", "0.022"),
        decimals=6,
    )
    assert (str(got.bid), str(got.ask)) == ("6.982359", "7.019736")
    assert str(got.mid) == "7.0010475"


def test_each_currency_has_its_own_day_count():
    # quote 2 % × 180/365, base 5 % × 180/360
    got = forward(base_rate="0.05", quote_rate="0.02", quote_day_count="act/365f", decimals=6)
    assert float(got.bid) == pytest.approx(7.1 * (1 + 0.02 * 180 / 365) / 1.025, abs=5e-7)


def test_points_on_a_straight_line_between_dates():
    # 1 month (3 February) −100 / −90, 2 months (4 March, 30 days later) −220 / −200;
    # 18 February is half-way: −160 / −145
    got = forward(
        spot=("7.1000", "7.1010"),
        maturity=date(2024, 2, 18),
        points={date(2024, 3, 4): (-220, -200), date(2024, 2, 3): (-100, -90)},
    )
    assert (str(got.bid), str(got.ask)) == ("7.0840", "7.0865")


@pytest.mark.parametrize(
    ("maturity", "bid"),
    [(date(2024, 1, 4), "7.1000"), (date(2024, 2, 3), "7.0900"), (date(2024, 3, 4), "7.0780")],
)
def test_points_at_the_quoted_dates(maturity, bid):
    points = {date(2024, 2, 3): -100, date(2024, 3, 4): -220}
    assert str(forward(maturity=maturity, points=points).bid) == bid


def test_yen_pip():
    got = forward(spot="148.50", points={date(2024, 7, 2): -310}, pip="0.01", decimals=2)
    assert str(got.bid) == "145.40"


@pytest.mark.parametrize(
    ("kwargs", "text"),
    [
        ({}, "base_rate, quote_rate: missing"),
        ({"base_rate": "0.05"}, "base_rate, quote_rate: missing"),
        ({"base_rate": "0.05", "points": {}}, "points: give either"),
        ({"points": {date(2024, 2, 3): -100}}, "maturity: 2024-07-02 is after the last points"),
        ({"points": {SPOT: -100}}, "points: 2024-01-04 is not after the spot date"),
        ({"points": {date(2024, 7, 2): (10, -10)}}, "is no two-sided price"),
        ({"points": {date(2024, 7, 2): (1, 2, 3)}}, "points: 3 numbers"),
        ({"points": {date(2024, 7, 2): -80_000}}, "is no two-sided price"),
        ({"spot": ("7.2", "7.1")}, "spot: bid 7.2 is over ask 7.1"),
        ({"spot": 0}, "spot: 0 must be more than 0"),
        ({"spot": ("7.1",)}, "spot: 1 numbers"),
        ({"base_rate": (0, 0, 0), "quote_rate": 0}, "base_rate: 3 numbers"),
        ({"base_rate": "5", "quote_rate": "0.02"}, "base_rate"),
        ({"base_rate": ("0.05", "0.04"), "quote_rate": 0}, "base_rate: bid 0.05 is over"),
        ({"maturity": date(2024, 1, 3)}, "maturity: 2024-01-03 is before spot_date"),
    ],
)
def test_bad_forward_is_named(kwargs, text):
    with pytest.raises(InputError, match=text):
        forward(**kwargs)


@given(
    st.integers(1, 720),
    st.tuples(*[st.integers(0, 1500)] * 4).map(lambda x: [Decimal(n).scaleb(-4) for n in x]),
)
def test_a_wider_market_never_narrows_the_forward(days, rates):
    base, quote = tuple(sorted(rates[:2])), tuple(sorted(rates[2:]))
    got = forward(
        maturity=SPOT + timedelta(days=days), base_rate=base, quote_rate=quote, decimals=10
    )
    middle = forward(
        maturity=SPOT + timedelta(days=days),
        base_rate=sum(base) / 2,
        quote_rate=sum(quote) / 2,
        decimals=10,
    )
    assert got.bid <= middle.bid <= got.ask


def swap(**kwargs):
    terms = {
        "amount": 1_000_000,
        "near_rate": "7.1",
        "points": -500,
        "near_date": SPOT,
        "far_date": date(2024, 4, 3),
    } | kwargs
    return fx_swap(**terms)


def test_swap_legs_from_the_clients_side():
    # sells 1,000,000 near at 7.1, buys back at 7.05: 50,000 earned
    got = swap()
    assert (str(got.near.base_amount), str(got.near.quote_amount)) == ("-1000000.00", "7100000.00")
    assert (str(got.far.base_amount), str(got.far.quote_amount)) == ("1000000.00", "-7050000.00")
    assert (str(got.points), str(got.cost)) == ("-0.05", "-50000.00")
    # −0.05 ÷ 7.1 × 360 ÷ 90 = −2.8169 %
    assert got.implied_rate == Decimal("-0.02816901")


def test_swap_the_other_way_costs_as_much():
    got = swap(direction="buy-sell")
    assert (str(got.near.quote_amount), str(got.cost)) == ("-7100000.00", "50000.00")


@pytest.mark.parametrize(
    ("kwargs", "text"),
    [
        ({"far_date": SPOT}, "far_date: 2024-01-04 is the near date too"),
        ({"direction": "buy"}, "direction: 'buy' is unknown"),
        ({"amount": 0}, "amount: 0; it must be more than 0"),
        ({"points": -71_000}, "points: -71000 takes the far rate to 0"),
    ],
)
def test_bad_swap_is_named(kwargs, text):
    with pytest.raises(InputError, match=text):
        swap(**kwargs)


def test_published_value():
    # Haug, The Complete Guide to Option Pricing Formulas: USD/DEM call, 0.0291
    got = fx_option(
        spot="1.56",
        strike="1.60",
        years="0.5",
        volatility="0.12",
        base_rate="0.08",
        quote_rate="0.06",
    )
    assert got.premium == pytest.approx(0.0291, abs=5e-5)


OPTIONS = st.fixed_dictionaries(
    {
        "spot": st.integers(5000, 20_000).map(lambda n: n / 10_000),
        "strike": st.integers(5000, 20_000).map(lambda n: n / 10_000),
        "years": st.integers(1, 1825).map(lambda n: n / 365),
        "volatility": st.integers(100, 6000).map(lambda n: n / 10_000),
        "base_rate": st.integers(-100, 1500).map(lambda n: n / 10_000),
        "quote_rate": st.integers(-100, 1500).map(lambda n: n / 10_000),
    }
)


@given(OPTIONS, st.sampled_from(["call", "put"]))
def test_agrees_with_quantlib(terms, kind):
    got = fx_option(**terms, kind=kind)
    base = math.exp(-terms["base_rate"] * terms["years"])
    quote = math.exp(-terms["quote_rate"] * terms["years"])
    side = ql.Option.Call if kind == "call" else ql.Option.Put
    calculator = ql.BlackCalculator(
        ql.PlainVanillaPayoff(side, terms["strike"]),
        terms["spot"] * base / quote,
        terms["volatility"] * math.sqrt(terms["years"]),
        quote,
    )
    spot, years = terms["spot"], terms["years"]
    assert got.premium == pytest.approx(calculator.value(), abs=1e-12)
    assert got.delta == pytest.approx(calculator.delta(spot), abs=1e-10)
    assert got.gamma == pytest.approx(calculator.gamma(spot), abs=1e-8, rel=1e-8)
    assert got.vega == pytest.approx(calculator.vega(years), abs=1e-10)
    assert got.rho_quote == pytest.approx(calculator.rho(years), abs=1e-10)
    assert got.rho_base == pytest.approx(calculator.dividendRho(years), abs=1e-10)
    assert got.theta == pytest.approx(calculator.theta(spot, years), abs=1e-8, rel=1e-8)


@given(OPTIONS)
def test_put_call_parity(terms):
    call, put = (fx_option(**terms, kind=kind) for kind in ("call", "put"))
    years = terms["years"]
    forward_value = terms["spot"] * math.exp(-terms["base_rate"] * years) - terms[
        "strike"
    ] * math.exp(-terms["quote_rate"] * years)
    assert call.premium - put.premium == pytest.approx(forward_value, abs=1e-12)
    assert call.gamma == put.gamma
    assert call.vega == put.vega


@given(OPTIONS, st.sampled_from(["call", "put"]))
def test_implied_volatility_is_the_inverse(terms, kind):
    option = fx_option(**terms, kind=kind)
    assume(option.vega > 1e-3)
    volatility = terms.pop("volatility")
    found = implied_volatility(option.premium, kind=kind, **terms)
    assert found == pytest.approx(volatility, abs=1e-9)


@pytest.mark.parametrize(
    ("kwargs", "premium", "delta"),
    [
        ({"years": 0}, 0.1, 1.0),
        ({"years": 0, "kind": "put"}, 0.0, 0.0),
        ({"volatility": 0, "base_rate": 0}, 7.1 - 7 * math.exp(-0.02), 1.0),
        ({"years": 0, "strike": "7.1"}, 0.0, 0.5),
    ],
)
def test_nothing_left_to_happen(kwargs, premium, delta):
    terms = {
        "spot": "7.1",
        "strike": 7,
        "years": 1,
        "volatility": "0.05",
        "base_rate": "0.05",
        "quote_rate": "0.02",
    } | kwargs
    got = fx_option(**terms)
    assert got.premium == pytest.approx(premium, abs=1e-12)
    assert got.delta == pytest.approx(delta, abs=1e-12)
    assert got.gamma == 0.0


def test_intrinsic_value_and_forward():
    terms = {"spot": "7.1", "strike": 7, "years": 1, "volatility": "0.05"}
    rates = {"base_rate": "0.05", "quote_rate": "0.02"}
    call = fx_option(**terms, **rates)
    put = fx_option(**terms, **rates, kind="put")
    assert call.intrinsic == pytest.approx(0.1, abs=1e-12)
    assert put.intrinsic == 0.0
    assert call.forward == pytest.approx(7.1 * math.exp(-0.03), abs=1e-12)


def test_premium_of_a_notional():
    # intrinsic 0.1 × 1,000,000
    got = fx_option(
        spot="7.1",
        strike="7",
        years=0,
        volatility="0.05",
        base_rate=0,
        quote_rate=0,
        notional=1_000_000,
    )
    assert str(got.amount) == "100000.00"


def test_continuous_rate_grows_as_much():
    rate = continuous_rate("0.05", years="0.25")
    assert math.exp(rate * 0.25) == pytest.approx(1.0125, abs=1e-14)
    with pytest.raises(InputError, match="leaves nothing"):
        continuous_rate("-0.5", years=2)


def test_no_volatility_gives_such_a_premium():
    with pytest.raises(RateError, match="premium: 8 is outside"):
        implied_volatility(8, spot=7, strike=7, years=1, base_rate=0, quote_rate=0)


@pytest.mark.parametrize(
    ("kwargs", "text"),
    [
        ({"kind": "cal"}, "did you mean 'call'"),
        ({"volatility": -1}, "volatility: -1 is below"),
        ({"strike": 0}, "strike: 0 must be more"),
        ({"years": float("nan")}, "years: nan"),
        ({"years": 101}, "years: 101 is over"),
        ({"notional": -1}, "notional"),
    ],
)
def test_bad_option_is_named(kwargs, text):
    terms = {
        "spot": 7,
        "strike": 7,
        "years": 1,
        "volatility": "0.05",
        "base_rate": 0,
        "quote_rate": 0,
    } | kwargs
    with pytest.raises(InputError, match=text):
        fx_option(**terms)
