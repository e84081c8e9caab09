"""Exchange deals: parity, points, options against QuantLib, client tiers, orders, value dates."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal as D
from fractions import Fraction as F
from typing import Any

import pytest
import QuantLib as ql

from catalogue import Ask, Catalogue, Customer, InputError, Money, Quote
from catalogue.testing import ProductConformance

DAY = date(2024, 11, 1)
COMPANY = Customer(kind="company", real_demand_documents=True)


@pytest.fixture(scope="module")
def cat() -> Catalogue:
    return Catalogue.load(as_of=DAY)


def quote(cat: Catalogue, code: str, customer: Customer = COMPANY, **fields: Any) -> Quote:
    return cat.quote(Ask(code, fields), customer)


def test_spot_is_the_listed_side_narrowed_by_the_tier(cat: Catalogue) -> None:
    # listed USD 7.0915 / 7.1000 / 7.1085
    for tier, rate in (("standard", "7.1085"), ("silver", "7.1068"), ("platinum", "7.1034")):
        made = quote(cat, "fx-spot", COMPANY.with_facts(fx_tier=tier), amount=1000, side="buy")
        assert made.result("rate") == D(rate)
    made = quote(cat, "fx-spot", amount=1000, side="sell")
    assert made.result("rate") == D("7.0915")
    # the client receives 7,091.50 for dollars worth 7,100.00 at mid
    assert made.totals["received"] == Money.of("7091.50")
    assert (
        made.totals["paid"] - made.totals["received"] == Money.of("8.50") == made.totals["margin"]
    )


def test_spot_settles_after_two_business_days_of_the_chinese_calendar(cat: Catalogue) -> None:
    made = cat.quote(Ask("fx-spot", amount=1, side="buy"), COMPANY, as_of=date(2024, 9, 30))
    assert made.terms.extra["value_date"] == date(2024, 10, 9)  # 1 to 7 October are holidays


def test_nothing_settles_on_a_weekend_that_is_worked(cat: Catalogue) -> None:
    # Sunday 29 September 2024 is worked in China; no dollar is settled on it. Friday the 27th is the
    # first business day after the deal, Monday the 30th the second
    made = cat.quote(Ask("fx-spot", amount=1, side="buy"), COMPANY, as_of=date(2024, 9, 26))
    assert made.terms.extra["value_date"] == date(2024, 9, 30)
    # 29 September 2024 is no far date either
    far = cat.quote(
        Ask("fx-forward", amount=1, side="buy", maturity="2024-09-29"),
        COMPANY,
        as_of=date(2024, 8, 1),
    )
    assert far.terms.maturity == date(2024, 9, 30)
    # and no deal is made on it
    dealt = cat.quote(Ask("fx-spot", amount=1, side="buy"), COMPANY, as_of=date(2024, 9, 29))
    assert any("2024-09-29 is no business day" in text for text in dealt.warnings)
    assert not made.warnings


def test_holidays_not_published_yet_are_told(cat: Catalogue) -> None:
    made = cat.quote(
        Ask("fx-forward", amount=1, side="buy", tenor="2y"), COMPANY, as_of=date(2026, 5, 6)
    )
    assert any("public holidays are known until" in text for text in made.warnings)
    # nor are those before 2004 held: 1 October 2001 was a holiday, which is not known here
    old = cat.quote(Ask("fx-spot", amount=1, side="buy"), COMPANY, as_of=date(2001, 9, 28))
    assert old.warnings == (
        "public holidays are known from 2004-01-01 only; 2001-10-02 was taken by weekends",
    )
    same_day = cat.quote(
        Ask("personal-fx", amount=1000, currency="EUR", counter="USD", side="buy"),
        PERSON,
        as_of=date(2001, 9, 29),
    )
    assert same_day.terms.extra["value_date"] == date(2001, 9, 29)
    assert not same_day.warnings


def test_a_cross_goes_through_the_yuan_bid_by_ask(cat: Catalogue) -> None:
    made = quote(cat, "fx-spot", amount=1000, currency="EUR", counter="USD", side="buy")
    # 7.8696 ÷ 7.0915 = 1.109723
    assert made.result("rate") == D("1.1097")
    assert made.currency == "USD"


def test_forward_by_interest_parity(cat: Catalogue) -> None:
    made = quote(cat, "fx-forward", amount=500_000, side="buy", tenor="1y")
    # spot date 2024-11-05 to 2025-11-05: 365 days; ask: 7.1085 × (1 + 0.027 t) ÷ (1 + 0.0467 t)
    t = F(365, 360)
    exact = F("7.1085") * (1 + F("0.027") * t) / (1 + F("0.0467") * t)
    assert made.result("rate") == D(round(exact * 10_000)) / 10_000
    assert made.terms.maturity == date(2025, 11, 5)


def test_forward_by_points_of_a_broken_date(cat: Catalogue) -> None:
    points = "2024-12-05:-100:-80;2025-01-05:-220:-180"
    made = quote(
        cat, "fx-forward", amount=100_000, side="sell", maturity="2024-12-20", points=points
    )
    # 15 of the 31 days between the two dates: −100 − 120 × 15/31 = −158.06 pips on the bid
    assert made.result("rate") == D("7.0757")  # 7.0915 − 0.015806


def test_forward_rejects_a_day_before_spot(cat: Catalogue) -> None:
    day = date(2024, 9, 30)  # spot is 2024-10-09, after the holidays
    with pytest.raises(InputError, match="maturity: 2024-10-08 is not after the spot value date"):
        cat.quote(
            Ask("fx-forward", amount=1, side="buy", maturity="2024-10-08"), COMPANY, as_of=day
        )
    with pytest.raises(InputError, match="counter: USD is the currency of the amount"):
        quote(cat, "fx-forward", amount=1, side="buy", tenor="3m", counter="USD")


@pytest.mark.parametrize("option", ["call", "put"])
@pytest.mark.parametrize("strike", ["6.9", "7.05", "7.2"])
def test_options_agree_with_quantlib(cat: Catalogue, option: str, strike: str) -> None:
    made = quote(cat, "fx-option", amount=1_000_000, option=option, strike=strike, tenor="6m")
    # spot 2024-11-05, delivery 2025-05-06 after the holidays of May: 182 days of interest; the second
    # business day before delivery is 2025-04-29 (the 27th, a Sunday, is worked): 179 days of volatility
    assert made.result("expiry") == date(2025, 4, 29)
    days, years = 182, 179 / 365
    own, base = math.log1p(0.0255 * days / 360), math.log1p(0.0516 * days / 360)
    forward = 7.1 * math.exp(own - base)
    kind = ql.Option.Call if option == "call" else ql.Option.Put
    expected = ql.blackFormula(
        kind, float(strike), forward, 0.045 * math.sqrt(years), math.exp(-own)
    )
    assert float(made.result("premium_share")) == pytest.approx(expected, abs=1e-6)
    # put-call parity: call − put = discounted (forward − strike)
    parity = math.exp(-own) * (forward - float(strike))
    assert float(made.result("parity")) == pytest.approx(parity, abs=1e-6)
    assert made.totals["paid"] == made.result("premium") > made.result("value")


def test_a_swap_by_quoted_points_of_a_broken_date(cat: Catalogue) -> None:
    ask = {
        "amount": 1_000_000,
        "maturity": "2024-12-20",
        "points": "2024-12-05:-100:-80;2025-01-05:-220:-180",
    }
    # 15 of the 31 days: bid -100 - 120 x 15/31 = -158.06, ask -80 - 100 x 15/31 = -128.39 pips;
    # fair is between the dates' middles: -90 - 110 x 15/31 = -143.23
    buys = quote(cat, "fx-swap", direction="buy-sell", **ask)
    sells = quote(cat, "fx-swap", direction="sell-buy", **ask)
    assert (buys.result("points"), sells.result("points")) == (D(-158), D(-128))
    assert (buys.result("far_rate"), sells.result("far_rate")) == (D("7.0842"), D("7.0872"))
    assert buys.totals["paid"] == Money.of("15800.00")
    assert sells.totals["received"] == Money.of("12800.00")
    assert (buys.result("margin"), sells.result("margin")) == (
        Money.of("1500.00"),  # -143 less -158 pips
        Money.of("1500.00"),  # -128 less -143
    )


def test_renminbi_forward_before_its_market_rate_needs_points(cat: Catalogue) -> None:
    on, ask = date(2003, 1, 6), {"amount": 100_000, "side": "buy", "tenor": "3m"}
    with pytest.raises(InputError, match="shibor: no figures before 2007-01-04"):
        cat.quote(Ask("fx-forward", ask), COMPANY, as_of=on)
    made = cat.quote(Ask("fx-forward", {**ask, "points": "2003-04-08:-100:-90"}), COMPANY, as_of=on)
    assert made.result("rate") == D("8.2779")  # 8.2869 - 90 pips


def test_a_swap_costs_its_points(cat: Catalogue) -> None:
    sells = quote(cat, "fx-swap", amount=1_000_000, direction="sell-buy", tenor="3m")
    buys = quote(cat, "fx-swap", amount=1_000_000, direction="buy-sell", tenor="3m")
    # the dollar bears more interest, so who sells it now and buys it back gains the points
    assert sells.totals["received"] == Money.of("47100.00")
    assert buys.totals["paid"] > sells.totals["received"]
    assert sells.totals["margin"].minor > 0 < buys.totals["margin"].minor


def test_a_swap_worked_by_hand(cat: Catalogue) -> None:
    made = quote(cat, "fx-swap", amount=1_000_000, direction="buy-sell", tenor="3m")
    # bid 7.1 × (1 + 2.4 % × 92/360) ÷ (1 + 5.43 % × 92/360) = 7.045846…: 7.0458, −542 pips
    t = F(92, 360)
    exact = F("7.1") * (1 + F("0.024") * t) / (1 + F("0.0543") * t)
    assert made.result("far_rate") == D(round(exact * 10_000)) / 10_000 == D("7.0458")
    assert (made.result("near_amount"), made.result("far_amount")) == (
        Money.of("-7100000.00"),
        Money.of("7045800.00"),
    )
    assert made.totals["paid"] == made.result("cost") == Money.of("54200.00")
    # fair: 7.1 × (1 + 2.5 % t) ÷ (1 + 5.33 % t) = 7.04934, −507 pips
    assert made.totals["margin"] == Money.of("3500.00")
    # −542 pips ÷ 7.1 × 360/92
    assert made.result("implied_rate") == D("-0.02987140")


def test_personal_spread_falls_with_the_amount_and_the_tier(cat: Catalogue) -> None:
    person = Customer(kind="person", age=30)
    rates = [
        quote(
            cat, "personal-fx", person, amount=n, currency="EUR", counter="USD", side="buy"
        ).result("rate")
        for n in (5_000, 20_000, 60_000, 500_000)
    ]
    assert rates == [D("1.1086"), D("1.1081"), D("1.1076"), D("1.1071")]
    gold = person.with_facts(fx_tier="gold")
    made = quote(cat, "personal-fx", gold, amount=5_000, currency="EUR", counter="USD", side="sell")
    assert made.result("rate") == D("1.1030")  # 1.1056 − (30 − 4) pips


def test_a_waiting_order_fills_when_the_path_reaches_it(cat: Catalogue) -> None:
    person = Customer(kind="person", age=30)
    common = {"amount": 5_000, "currency": "EUR", "counter": "USD", "side": "buy"}
    made = quote(cat, "personal-fx", person, **common, order="limit", limit_rate="1.1000",
                 path="1.1090;1.1020;1.0990")  # fmt: skip
    assert (made.result("filled"), made.result("filled_step"), made.result("rate")) == (
        True,
        3,
        D("1.1000"),
    )
    made = quote(cat, "personal-fx", person, **common, order="oco", limit_rate="1.1000",
                 stop_rate="1.1200", path="1.1090;1.1210;1.0990")  # fmt: skip
    assert (made.result("filled_step"), made.result("rate")) == (2, D("1.1200"))
    with pytest.raises(InputError, match=r"limit_rate: 1\.12 is not better than the market"):
        quote(cat, "personal-fx", person, **common, order="limit", limit_rate="1.12")
    with pytest.raises(InputError, match="stop_rate: is missing"):
        quote(cat, "personal-fx", person, **common, order="oco", limit_rate="1.1")


def test_documents_of_real_demand_are_asked_for(cat: Catalogue) -> None:
    made = quote(cat, "fx-spot", Customer(kind="company"), amount=1000, side="buy")
    assert {check.id: check.outcome for check in made.checks}["real-demand"] == "refer"


# -- rates of every size --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("currency", "counter", "side", "rate"),
    [
        # listed JPY 0.050075 / 0.0502 / 0.050326, USD 7.0915 / 7.1 / 7.1085, HKD 0.9079 … 0.9101
        ("JPY", "USD", "buy", "0.00709667"),  # 0.050326 ÷ 7.0915
        ("JPY", "USD", "sell", "0.00704438"),  # 0.050075 ÷ 7.1085
        ("USD", "JPY", "buy", "141.96"),  # 7.1085 ÷ 0.050075
        ("HKD", "USD", "buy", "0.128337"),  # 0.9101 ÷ 7.0915
        ("HKD", "JPY", "sell", "18.0404"),  # 0.9079 ÷ 0.050326
        ("JPY", "CNY", "buy", "0.050326"),
        ("USD", "CNY", "sell", "7.0915"),
    ],
)
def test_a_rate_has_the_places_of_its_size(
    cat: Catalogue, currency: str, counter: str, side: str, rate: str
) -> None:
    made = quote(cat, "fx-spot", amount=1_000_000, currency=currency, counter=counter, side=side)
    assert str(made.result("rate")) == rate
    assert made.totals["margin"].minor > 0


# -- forwards: day counts, dates, curves, tiers ----------------------------------------------------


def test_sterling_counts_365_days_and_the_yuan_360(cat: Catalogue) -> None:
    made = quote(cat, "fx-forward", amount=100_000, currency="GBP", side="sell", tenor="6m")
    # bid: 9.0274 × (1 + (2.55 % − 0.1 %) × 182/360) ÷ (1 + (5.1 % + 0.1 %) × 182/365)
    exact = F("9.0274") * (1 + F("0.0245") * F(182, 360)) / (1 + F("0.052") * F(182, 365))
    assert made.result("days") == 182
    assert made.result("rate") == D(round(exact * 10_000)) / 10_000 == D("8.9082")


def test_a_stated_date_is_looked_up_by_its_days_from_spot(cat: Catalogue) -> None:
    made = quote(cat, "fx-forward", amount=100_000, side="buy", maturity="2025-02-13")
    # 100 days from 2024-11-05, between 3m (91.310625 mean days) and 6m (182.62125)
    share = (100 - F("91.310625")) / F("91.310625")
    usd, cny = (one + (two - one) * share for one, two in ((F("0.0533"), F("0.0516")), (F("0.025"), F("0.0255"))))  # fmt: skip
    t = F(100, 360)
    exact = F("7.1085") * (1 + (cny + F("0.001")) * t) / (1 + (usd - F("0.001")) * t)
    assert made.result("days") == 100
    assert made.result("rate") == D(round(exact * 10_000)) / 10_000


@pytest.mark.parametrize("month", range(1, 11))
def test_spot_and_far_dates_agree_with_quantlib(cat: Catalogue, month: int) -> None:
    """Two business days, modified following, end of month to end of month; weekends worked are none."""
    calendar = ql.JointCalendar(ql.China(ql.China.IB), ql.WeekendsOnly())
    for number in (*range(1, 26, 6), 26, 27, 28):
        day = ql.Date(number, month, 2024)
        if not calendar.isBusinessDay(day):
            continue
        on = day.to_date()
        for months in (1, 2):
            made = cat.quote(
                Ask("fx-swap", amount=1, direction="buy-sell", tenor=f"{months}m"),
                COMPANY,
                as_of=on,
            )
            spot = calendar.advance(day, 2, ql.Days)
            far = calendar.advance(spot, months, ql.Months, ql.ModifiedFollowing, True)
            dates = (made.terms.extra["value_date"], made.terms.maturity)
            assert dates == (spot.to_date(), far.to_date()), on


def test_the_end_of_a_month_goes_to_the_end_of_a_month(cat: Catalogue) -> None:
    # spot is Thursday 29 February 2024, the last business day of its month
    made = cat.quote(
        Ask("fx-forward", amount=1, side="buy", tenor="1m"), COMPANY, as_of=date(2024, 2, 27)
    )
    assert made.terms.maturity == date(2024, 3, 29)  # the 31st is a Sunday


def test_a_tenor_past_the_curve_is_told(cat: Catalogue) -> None:
    assert not quote(cat, "fx-forward", amount=1, side="buy", tenor="1y").warnings
    made = quote(cat, "fx-forward", amount=1, side="buy", tenor="2y")
    assert any("shibor ends at 1y" in text for text in made.warnings)


def test_a_deal_on_another_day_is_told(cat: Catalogue) -> None:
    made = quote(cat, "fx-spot", amount=1, side="buy", start="2024-11-04")
    assert any("start: dealt on 2024-11-04" in text for text in made.warnings)


def test_a_tier_narrows_forwards_swaps_and_premiums(cat: Catalogue) -> None:
    asks: dict[str, dict[str, Any]] = {
        "fx-forward": {"amount": 1_000_000, "side": "sell", "tenor": "6m"},
        "fx-swap": {"amount": 1_000_000, "direction": "buy-sell", "tenor": "6m"},
        "fx-option": {"amount": 1_000_000, "option": "put", "strike": "7", "tenor": "6m"},
    }
    for code, ask in asks.items():
        margins = [
            quote(cat, code, COMPANY.with_facts(fx_tier=tier), **ask).totals["margin"].minor
            for tier in ("standard", "silver", "gold", "platinum")
        ]
        assert margins == sorted(margins, reverse=True), code
        assert len(set(margins)) == 4, code
    # platinum keeps 40 % of the margin of 10 %
    made = quote(cat, "fx-option", COMPANY.with_facts(fx_tier="platinum"), **asks["fx-option"])
    value, premium = made.result("value"), made.result("premium")
    assert premium == Money.rounded(F(value.amount) * F("1.04"), "CNY")


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ("2024-12-05:-80:-100", r"points\[1\]\.bid: -80 is over the ask, -100"),
        ("2024-12-05:-100:-80;2024-12-05:1:2", r"points\[2\]\.date: 2024-12-05 is stated twice"),
        ("2024-11-05:-100:-80", "2024-11-05 is not after the spot date"),
        ("2024-11-20:-100:-80", "maturity: 2024-12-05 is after the last points"),
    ],
)
def test_bad_points(cat: Catalogue, points: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        quote(cat, "fx-forward", amount=100, side="buy", maturity="2024-12-05", points=points)


def test_points_on_a_quoted_date_are_taken_as_they_are(cat: Catalogue) -> None:
    made = quote(
        cat, "fx-forward", amount=100_000, currency="JPY", side="buy", maturity="2024-12-05",
        points="2024-12-05:120:140;2025-01-06:240:270",
    )  # fmt: skip
    # a pip of a yen in yuan is 0.000001: 0.050326 + 140 pips; mid 0.0502 + 130
    assert made.result("rate") == D("0.050466")
    assert made.result("mid") == D("0.050330")
    assert made.totals["paid"] - made.totals["received"] == Money.of("13.60")


@pytest.mark.parametrize(
    ("on", "held"),
    [
        ("2015-10-14", None),
        ("2015-10-15", "20000.00"),
        ("2017-09-08", "20000.00"),
        ("2017-09-11", None),
        ("2018-08-03", None),
        ("2018-08-06", "20000.00"),
        ("2020-10-09", "20000.00"),
        ("2020-10-12", None),
        ("2022-09-27", None),
        ("2022-09-28", "20000.00"),
    ],
)
def test_the_risk_reserve_on_forward_sales_by_date(
    cat: Catalogue, on: str, held: str | None
) -> None:
    day = date.fromisoformat(on)
    made = cat.quote(Ask("fx-forward", amount=100_000, side="buy", tenor="6m"), COMPANY, as_of=day)
    found = {item.code: item.value for item in made.results}
    assert (found["risk_reserve"].text() if held else found.get("risk_reserve")) == held
    sells = cat.quote(
        Ask("fx-forward", amount=100_000, side="sell", tenor="6m"), COMPANY, as_of=day
    )
    assert "risk_reserve" not in {item.code for item in sells.results}


def test_the_risk_reserve_is_held_in_dollars(cat: Catalogue) -> None:
    made = quote(cat, "fx-forward", amount=100_000, currency="EUR", side="buy", tenor="6m")
    # 100,000 × 7.85 ÷ 7.1 = 110,563.38; 20 %, which are 157,000.03 CNY; × 4.77 %
    assert made.result("risk_reserve") == Money.of("22112.68", "USD")
    assert made.result("risk_reserve_cost") == Money.of("7488.90")


# -- options --------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["call", "put"])
def test_greeks_agree_with_quantlib(cat: Catalogue, option: str) -> None:
    made = quote(
        cat, "fx-option", amount=1_000_000, currency="GBP", option=option, strike="9.1",
        tenor="6m", volatility="0.09",
    )  # fmt: skip
    # dealt on 2024-11-01, spot on the 5th, delivered on 2025-05-06, expired two business days before
    today, expiry, held = ql.Date(1, 11, 2024), ql.Date(29, 4, 2025), 182
    ql.Settings.instance().evaluationDate = today
    days = expiry - today
    counting = ql.Actual365Fixed()

    def curve(grown: float) -> ql.YieldTermStructureHandle:
        flat = ql.FlatForward(today, math.log(grown) * 365 / days, counting)
        return ql.YieldTermStructureHandle(flat)

    process = ql.GarmanKohlagenProcess(
        ql.QuoteHandle(ql.SimpleQuote(9.05)),
        curve(1 + 0.051 * held / 365),  # sterling, actual/365
        curve(1 + 0.0255 * held / 360),
        ql.BlackVolTermStructureHandle(
            ql.BlackConstantVol(today, ql.NullCalendar(), 0.09, counting)
        ),
    )
    kind = ql.Option.Call if option == "call" else ql.Option.Put
    twin = ql.VanillaOption(ql.PlainVanillaPayoff(kind, 9.1), ql.EuropeanExercise(expiry))
    twin.setPricingEngine(ql.AnalyticEuropeanEngine(process))
    for code, expected in (
        ("premium_share", twin.NPV()),
        ("delta", twin.delta()),
        ("gamma", twin.gamma()),
        ("vega", twin.vega()),
        ("theta", twin.theta()),
        ("rho", twin.rho()),
        ("rho_base", twin.dividendRho()),
    ):
        assert float(made.result(code)) == pytest.approx(expected, abs=2e-8), code
    assert made.result("value") == Money.rounded(F(repr(twin.NPV() * 1_000_000)), "CNY")
    assert made.result("parity") == made.result("parity_forward")


def test_an_option_and_a_forward_of_one_day_know_one_forward(cat: Catalogue) -> None:
    """Both are delivered on the same day, so put-call parity holds against the forward that is quoted."""
    option = quote(cat, "fx-option", amount=1_000_000, option="call", strike="7.2", tenor="3m")
    forward = quote(cat, "fx-forward", amount=1_000_000, side="buy", tenor="3m")
    assert option.terms.maturity == forward.terms.maturity == date(2025, 2, 5)
    # 7.1 × (1 + 2.5 % × 92/360) ÷ (1 + 5.33 % × 92/360)
    assert option.result("forward") == D("7.04934125")
    assert forward.result("mid") == D("7.0493")


@pytest.mark.parametrize(
    ("currency", "counter", "strike", "volatility"),
    [
        ("USD", "CNY", "7.1", "0.045"),
        ("USD", "JPY", "141", "0.1"),  # of the pair, not of the dollar
        ("JPY", "USD", "0.0071", "0.1"),  # whichever is named first
        ("USD", "EUR", "0.9", "0.075"),
        ("EUR", "GBP", "0.87", "0.08"),  # not named
    ],
)
def test_a_pair_has_one_volatility(
    cat: Catalogue, currency: str, counter: str, strike: str, volatility: str
) -> None:
    made = quote(
        cat, "fx-option", amount=1_000_000, currency=currency, counter=counter, option="call",
        strike=strike, tenor="3m",
    )  # fmt: skip
    assert made.result("volatility") == D(volatility)


def test_options_against_renminbi_since_2011(cat: Catalogue) -> None:
    ask = {"amount": 1_000_000, "option": "put", "strike": "1", "tenor": "3m"}
    before = cat.quote(
        Ask("fx-option", {**ask, "currency": "EUR", "counter": "USD"}),
        COMPANY,
        as_of=date(2003, 6, 2),
    )
    assert before.result("volatility") == D("0.075")
    with pytest.raises(InputError, match="counter: 'CNY' is not one of"):
        cat.quote(Ask("fx-option", {**ask, "counter": "CNY"}), COMPANY, as_of=date(2011, 3, 31))


def test_break_even_is_the_strike_and_the_premium_paid(cat: Catalogue) -> None:
    call = quote(cat, "fx-option", amount=1_000_000, option="call", strike="7.2", tenor="3m")
    assert call.result("break_even") == D("7.2146")  # 7.2 + 14,558.10 ÷ 1,000,000
    put = quote(cat, "fx-option", amount=1_000_000, option="put", strike="7", tenor="3m")
    assert put.result("break_even") == D("6.9574")  # 7 − 0.03875293 × 1.1


def test_nothing_is_sold_for_nothing(cat: Catalogue) -> None:
    with pytest.raises(InputError, match=r"strike: at 9 the option on 5000\.00 USD is worth less"):
        quote(cat, "fx-option", amount=5000, option="call", strike="9", tenor="7d")


# -- orders of persons ----------------------------------------------------------------------------

PERSON = Customer(kind="person", age=30)


def test_a_pair_asked_the_other_way_round_is_the_reciprocal(cat: Catalogue) -> None:
    common = {"amount": 1_000_000, "currency": "JPY", "counter": "USD"}
    # mid USD/JPY 141.43; 7,070 dollars earn 30 pips: 141.13 / 141.73
    buys = quote(cat, "personal-fx", PERSON, **common, side="buy")
    sells = quote(cat, "personal-fx", PERSON, **common, side="sell")
    assert (buys.result("rate"), sells.result("rate")) == (D("0.00708567"), D("0.00705567"))
    assert (buys.totals["paid"], sells.totals["received"]) == (
        Money.of("7085.67", "USD"),
        Money.of("7055.67", "USD"),
    )
    named = quote(
        cat, "personal-fx", PERSON, amount=7_000, currency="USD", counter="JPY", side="buy"
    )
    assert named.result("rate") == D("141.73")


def test_an_order_that_is_not_filled_exchanges_nothing(cat: Catalogue) -> None:
    made = quote(
        cat, "personal-fx", PERSON, amount=5_000, currency="EUR", counter="USD", side="buy",
        order="oco", limit_rate="1.1", stop_rate="1.12", path="1.109;1.1199",
    )  # fmt: skip
    assert made.result("filled") is False
    assert {amount.minor for amount in made.totals.values()} == {0}


def test_a_filled_order_earns_the_spread_of_its_moment(cat: Catalogue) -> None:
    made = quote(
        cat, "personal-fx", PERSON, amount=5_000, currency="EUR", counter="USD", side="buy",
        order="limit", limit_rate="1.1",
    )  # fmt: skip
    # bought at 1.1000 when mid is 30 pips lower
    assert (made.totals["paid"], made.totals["margin"]) == (
        Money.of("5500.00", "USD"),
        Money.of("15.00", "USD"),
    )
    assert any("order: it waits" in text for text in made.warnings)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"limit_rate": "1.1"}, "limit_rate: goes with another order than 'market'"),
        ({"path": "1.1"}, "path: goes with a waiting order"),
        (
            {"order": "limit", "limit_rate": "1.1", "stop_rate": "1.2"},
            "stop_rate: goes with another order than 'limit'",
        ),
        ({"order": "stop", "stop_rate": "1.1086"}, "stop_rate: 1.1086 is not worse"),
        (
            {"order": "stop", "stop_rate": "1.2", "path": "1.1;0"},
            r"path\[2\]\.rate: 0 is not above",
        ),
        ({"amount": "99.99"}, "amount: 99.99 EUR is below the minimum of 100"),
    ],
)
def test_bad_orders(cat: Catalogue, fields: dict[str, Any], message: str) -> None:
    common: dict[str, Any] = {"amount": 5_000, "currency": "EUR", "counter": "USD", "side": "buy"}
    with pytest.raises(InputError, match=message):
        quote(cat, "personal-fx", PERSON, **(common | fields))


class TestSpot(ProductConformance):
    code = "fx-spot"


class TestForward(ProductConformance):
    code = "fx-forward"


class TestSwap(ProductConformance):
    code = "fx-swap"


class TestOption(ProductConformance):
    code = "fx-option"


class TestPersonal(ProductConformance):
    code = "personal-fx"


@pytest.mark.parametrize("code", ["fx-forward", "fx-swap", "fx-option"])
def test_a_stated_maturity_is_limited_from_spot_as_a_tenor_is(cat: Catalogue, code: str) -> None:
    # dealt on 2024-11-01, spot 2024-11-05: two years end on 2026-11-05, seven days on 2024-11-12
    own = {
        "fx-forward": {"side": "buy"},
        "fx-swap": {"direction": "sell-buy"},
        "fx-option": {"option": "call", "strike": "7.2"},
    }[code]

    def far(**fields: Any) -> date | None:
        return quote(cat, code, amount=100_000, **own, **fields).terms.maturity

    assert far(tenor="2y") == far(maturity="2026-11-05") == date(2026, 11, 5)
    assert far(tenor="7d") == far(maturity="2024-11-12") == date(2024, 11, 12)
    with pytest.raises(
        InputError, match=r"2026-11-06 is over the maximum of 2y from .*2026-11-05$"
    ):
        far(maturity="2026-11-06")
    with pytest.raises(InputError, match=r"2024-11-11 is under the minimum of 7d .*2024-11-12$"):
        far(maturity="2024-11-11")
    with pytest.raises(InputError, match="maturity: 2024-10-31 is not after the value date"):
        far(maturity="2024-10-31")


# -- exchange of persons against renminbi ---------------------------------------------------------


@pytest.mark.parametrize(
    ("tier", "currency", "side", "rate"),
    [
        ("standard", "USD", "buy", "7.1085"),  # as listed
        ("platinum", "USD", "buy", "7.1079"),  # 6 pips back
        ("gold", "USD", "sell", "7.0919"),  # 7.0915 + 4 pips
        ("silver", "JPY", "buy", "0.050324"),  # 0.050326 - 2 pips of the sixth place
        ("gold", "EUR", "sell", "7.8308"),  # 7.8304 + 4 pips
    ],
)
def test_renminbi_is_exchanged_at_the_listed_rates_less_the_rebate(
    cat: Catalogue, tier: str, currency: str, side: str, rate: str
) -> None:
    client = PERSON.with_facts(fx_tier=tier)
    ask = {"amount": 10_000, "currency": currency, "counter": "CNY", "side": side}
    assert quote(cat, "personal-fx", client, **ask).result("rate") == D(rate)


def test_notes_are_bought_for_less_and_sold_at_one_price(cat: Catalogue) -> None:
    ask = {"amount": 1_000, "counter": "CNY", "funds": "notes"}
    sold = quote(cat, "personal-fx", PERSON.with_facts(fx_tier="gold"), side="sell", **ask)
    assert sold.result("rate") == D("7.0578")  # 7.0574 + 4 pips
    assert quote(cat, "personal-fx", PERSON, side="buy", **ask).result("rate") == D("7.1085")


@pytest.mark.parametrize(
    ("on", "side", "amount", "used", "proof", "expected"),
    [
        ("2006-05-01", "buy", "20000", 0, False, "pass"),
        ("2006-05-01", "buy", "20000.01", 0, False, "fail"),
        ("2007-01-31", "buy", "20000.01", 0, False, "fail"),
        ("2007-01-31", "sell", "60000", 0, False, None),  # the notice of 2006 is on purchases
        ("2007-02-01", "buy", "20000.01", 0, False, "pass"),
        ("2007-02-01", "buy", "50000", 0, False, "pass"),
        ("2007-02-01", "buy", "50000.01", 0, False, "fail"),
        ("2007-02-01", "sell", "50000.01", 0, False, "fail"),
        ("2024-11-01", "sell", "10000", "40000", False, "pass"),
        ("2024-11-01", "sell", "10000", "40000.01", False, "fail"),
        ("2024-11-01", "sell", "10000", "40000.01", True, "pass"),  # its amount is proved
        ("2024-11-01", "sell", "10000", "40000.01", None, "refer"),
        ("2024-11-01", "sell", "10000", None, False, "refer"),  # what was used is not known
        ("2024-11-01", "sell", "50000.01", None, False, "fail"),  # too much by itself
    ],
)
def test_a_persons_yearly_total_against_renminbi(
    cat: Catalogue, on: str, side: str, amount: str, used: Any, proof: Any, expected: str | None
) -> None:
    ask = {"amount": amount, "counter": "CNY", "side": side, "quota_used": used}
    known = {} if proof is None else {"real_demand_documents": proof}
    made = cat.quote(
        Ask("personal-fx", {name: value for name, value in ask.items() if value is not None}),
        PERSON.with_facts(**known),
        as_of=date.fromisoformat(on),
    )
    found = [check.outcome for check in made.checks if check.id == "yearly-total"]
    assert found == ([] if expected is None else [expected])
    assert made.eligible == (expected != "fail")


def test_renminbi_before_2006_and_totals_of_other_pairs_are_refused(cat: Catalogue) -> None:
    with pytest.raises(InputError, match="counter: 'CNY' is not one of USD, EUR, JPY, HKD, GBP"):
        cat.quote(
            Ask("personal-fx", amount=1000, counter="CNY", side="buy"),
            PERSON,
            as_of=date(2006, 4, 30),
        )
    with pytest.raises(InputError, match="quota_used: only exchange against CNY"):
        quote(cat, "personal-fx", PERSON, amount=1000, currency="EUR", counter="USD", side="buy",
              quota_used=1)  # fmt: skip
    with pytest.raises(InputError, match="funds: notes are exchanged against CNY only"):
        quote(cat, "personal-fx", PERSON, amount=1000, currency="EUR", counter="USD", side="buy",
              funds="notes")  # fmt: skip
    made = quote(
        cat, "personal-fx", PERSON, amount=60_000, currency="EUR", counter="USD", side="buy"
    )
    assert "yearly-total" not in [check.id for check in made.checks]
