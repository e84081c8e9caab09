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
    days = (made.terms.maturity - DAY).days  # type: ignore[operator]
    years = days / 365
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


def test_a_swap_costs_its_points(cat: Catalogue) -> None:
    sells = quote(cat, "fx-swap", amount=1_000_000, direction="sell-buy", tenor="3m")
    buys = quote(cat, "fx-swap", amount=1_000_000, direction="buy-sell", tenor="3m")
    # the dollar bears more interest, so who sells it now and buys it back gains the points
    assert sells.totals["received"] == Money.of("47100.00")
    assert buys.totals["paid"] > sells.totals["received"]
    assert sells.totals["margin"].minor > 0 < buys.totals["margin"].minor


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
