"""Fees: every method at its bounds, order of computing, items, periods, waiver, tax, currency; all by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import Ask, Catalogue, Customer, InputError, Money
from catalogue.definitions.fee_model import Period, Tier
from catalogue.products.fee_service import FeeService
from catalogue.products.fees import graduated, slab
from catalogue.products.periods import count_periods
from catalogue.products.results import Terms

HEAD = """\
code = "shop"
name = "Shop"
name_zh = "服务"
family = "tests"
segment = "any"

[sources.tariff]
title = "Tariff"

[[versions]]
effective_from = 2000-01-01
source = "tariff"
basis = "illustrative"
currencies = ["CNY", "USD", "JPY"]

[versions.ask.amount]
[versions.ask.tenor]
[versions.ask.count]
[versions.ask.weight]
type = "number"

[versions.fees.charge]
name = "Charge"
name_zh = "手续费"
"""
VAT = """\
code = "vat"
name = "VAT"
name_zh = "增值税"
kind = "tax"
lookup = "single"
[[columns]]
code = "rate"
name = "Rate"
name_zh = "税率"
[sources.law]
title = "Law"
[[versions]]
effective_from = 2000-01-01
source = "law"
basis = "illustrative"
values = { rate = 0.06 }
"""
FX = """\
code = "fx"
name = "FX"
name_zh = "汇率"
kind = "fx"
lookup = "exact"
[[columns]]
code = "USD/CNY"
name = "USD"
name_zh = "美元"
[[columns]]
code = "JPY/CNY"
name = "JPY"
name_zh = "日元"
[sources.screen]
title = "Screen"
[[versions]]
effective_from = 2000-01-01
source = "screen"
basis = "illustrative"
[versions.values]
"USD/CNY" = { bid = 7.0, mid = 7.1, ask = 7.2 }
"JPY/CNY" = { bid = 0.047, mid = 0.048, ask = 0.049 }
"""
FACTS = """\
[vip]
type = "bool"
label = "VIP"
label_zh = "贵宾"
"""
Charged = Callable[..., list[Mapping[str, Any]]]


class Service(FeeService):
    """Only fees; its own terms hold what definitions may count."""

    def terms(self, ctx: Any) -> Terms:
        made: Terms = super().terms(ctx)
        return made.with_extra(months=ctx.ask.get("count"), words="three", flag=True)


@pytest.fixture
def charged(bank: Callable[..., Catalogue]) -> Charged:
    """The fees of a quote, as JSON holds them, under one fee definition."""

    def make(fee: str, facts: Mapping[str, Any] | None = None, **ask: Any) -> list[Any]:
        files = {
            "products/tests/shop.toml": f"{HEAD}{fee}\n",
            "rates/vat.toml": VAT,
            "rates/fx.toml": FX,
            "facts.toml": FACTS,
        }
        cat = bank(files, {"shop": Service()})
        quote = cat.quote(Ask("shop", ask), Customer(facts or {}))
        made: list[Any] = quote.to_dict()["fees"]
        return made

    return make


def amounts(fees: list[Any]) -> list[str]:
    return [fee["amount"] for fee in fees]


SLAB = """\
method = "slab"
base = "ask.amount"
tiers = [{ up_to = 100, amount = 2 }, { up_to = 1_000, amount = 1, rate = 0.01 }, { rate = 0.005 }]
"""


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        ("0.01", "2.00"),
        ("100", "2.00"),  # a bound belongs to its tier
        ("100.01", "2.00"),  # 1 + 1.0001 = 2.0001
        ("150", "2.50"),  # 1 + 1.5
        ("1000", "11.00"),  # 1 + 10
        ("1000.01", "5.00"),  # 0.5 % of the whole, not of the slice
    ],
)
def test_slab_charges_the_whole_at_one_tier(charged: Charged, amount: str, fee: str) -> None:
    assert amounts(charged(SLAB, amount=amount)) == [fee]


GRADUATED = SLAB.replace('"slab"', '"graduated"')


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        ("50", "2.00"),
        ("100", "2.00"),
        ("100.01", "3.00"),  # 2, then 1 + 0.01 × 1 % = 3.0001
        ("1000", "12.00"),  # 2 + 1 + 900 × 1 %
        ("3000", "22.00"),  # 12 + 2,000 × 0.5 %
    ],
)
def test_graduated_charges_each_slice_at_its_own_tier(
    charged: Charged, amount: str, fee: str
) -> None:
    assert amounts(charged(GRADUATED, amount=amount)) == [fee]


@st.composite
def tier_lists(draw: st.DrawFn) -> list[Tier]:
    bounds = sorted(draw(st.sets(st.integers(1, 10_000), max_size=5)))
    rates = st.integers(0, 500).map(lambda n: Decimal(n).scaleb(-4))
    fixed = st.none() | st.integers(0, 50).map(Decimal)
    return [
        Tier(None if bound is None else Decimal(bound), draw(rates), draw(fixed))
        for bound in (*bounds, None)
    ]


@given(tier_lists(), st.integers(0, 2_000_000))
def test_graduated_is_the_sum_of_its_slices(tiers: list[Tier], cents: int) -> None:
    # The reference walks over the cents' upper ends instead of cutting slices.
    quantity = Fraction(cents, 100)
    expected, below = Fraction(0), Fraction(0)
    for tier in tiers:
        bound = quantity if tier.up_to is None else Fraction(tier.up_to)
        inside = max(Fraction(0), min(bound, quantity) - below)
        entered = inside > 0 or below == 0
        expected += inside * Fraction(tier.rate or 0)
        expected += Fraction(tier.amount or 0) if entered else 0
        below = bound
    assert graduated(tiers, quantity).amount == expected


@given(tier_lists(), st.integers(1, 10_000))
def test_graduated_without_fixed_amounts_never_jumps(tiers: list[Tier], bound: int) -> None:
    plain = [Tier(tier.up_to, tier.rate, None) for tier in tiers]
    at, above = Fraction(bound), Fraction(bound) + Fraction(1, 100)
    step = graduated(plain, above).amount - graduated(plain, at).amount
    assert 0 <= step <= Fraction(1, 100) * Fraction(5, 100)


@given(tier_lists(), st.integers(0, 2_000_000))
def test_slab_is_one_rate_on_the_whole(tiers: list[Tier], cents: int) -> None:
    quantity = Fraction(cents, 100)
    (tier, *_) = [t for t in tiers if t.up_to is None or quantity <= Fraction(t.up_to)]
    expected = quantity * Fraction(tier.rate or 0) + Fraction(tier.amount or 0)
    assert slab(tiers, quantity).amount == expected


PERCENT = 'method = "percent"\nbase = "ask.amount"\nrate = 0.001\nmin = 5\nmax = 50\n'


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        ("4999.99", "5.00"),
        ("5000", "5.00"),
        ("5005", "5.01"),
        ("50000", "50.00"),
        ("50001", "50.00"),
    ],
)  # 5,005 × 0.1 % = 5.005, half up
def test_percent_between_its_bounds(charged: Charged, amount: str, fee: str) -> None:
    assert amounts(charged(PERCENT, amount=amount)) == [fee]


def test_bounds_hold_for_one_item_and_totals_for_all(charged: Charged) -> None:
    # one item: 1,000 × 0.1 % = 1, at least 5; × 8 = 40; at most 30 in all; 1 item: at least 12
    fee = PERCENT + 'items = "ask.count"\ntotal_min = 12\ntotal_max = 30\n'
    assert amounts(charged(fee, amount=1000, count=8)) == ["30.00"]
    assert amounts(charged(fee, amount=1000, count=1)) == ["12.00"]
    assert amounts(charged(fee, amount=1000, count=4)) == ["20.00"]


def test_nothing_is_rounded_on_the_way(charged: Charged) -> None:
    # 0.333 × 3 = 0.999 → 1.00; rounding one item first would give 0.33 × 3 = 0.99
    fee = 'method = "flat"\namount = 0.333\nitems = "ask.count"\n'
    assert amounts(charged(fee, count=3)) == ["1.00"]


@pytest.mark.parametrize(("count", "fee"), [(0, "0.00"), (2, "0.00"), (3, "4.00"), (5, "12.00")])
def test_free_items(charged: Charged, count: int, fee: str) -> None:
    made = charged('method = "flat"\namount = 4\nitems = "ask.count"\nfree = 2\n', count=count)
    assert amounts(made) == [fee]
    assert "free" in made[0]["formula"]


def test_a_base_that_is_a_number_prices_each_unit(charged: Charged) -> None:
    # 2.5 × 3 yuan
    assert amounts(charged('method = "percent"\nbase = "ask.weight"\nrate = 3\n', weight="2.5")) == ["7.50"]  # fmt: skip


def test_a_loss_costs_nothing(charged: Charged) -> None:
    made = charged('method = "percent"\nbase = "ask.weight"\nrate = 0.2\n', weight="-100")
    assert amounts(made) == ["0.00"]


def test_a_missing_base_or_count_is_told(charged: Charged) -> None:
    with pytest.raises(InputError, match=r"ask\.amount: is missing; the fee 'Charge' is computed"):
        charged(PERCENT)
    with pytest.raises(InputError, match=r"ask\.count: is missing; the fee 'Charge' counts it"):
        charged('method = "flat"\namount = 4\nitems = "ask.count"\n')


@pytest.mark.parametrize(
    ("fee", "words"),
    [
        ('method = "percent"\nrate = 0.1\nbase = "terms.words"\n', r"terms\.words: 'three' is not an amount"),
        ('method = "flat"\namount = 1\nitems = "terms.words"\n', r"terms\.words: 'three' is not a number"),
        ('method = "flat"\namount = 1\nitems = "terms.flag"\n', r"terms\.flag: True is not a number"),
        (
            'method = "flat"\namount = 1\nper = { unit = "month", counting = "begun", over = "terms.words" }\n',
            r"terms\.words: 'three' is neither a tenor nor a number of months",
        ),
    ],
)  # fmt: skip
def test_facts_of_the_wrong_kind_are_told(charged: Charged, fee: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        charged(fee, amount=100)


WAIVED = 'method = "flat"\namount = 4\nwaive = { fact = "customer.vip", eq = true }\n'


def test_a_waived_fee_is_shown_and_not_charged(charged: Charged) -> None:
    (fee,) = charged(WAIVED, {"vip": True})
    assert (fee["amount"], fee["waived"]) == ("0.00", "4.00")
    assert fee["formula"].startswith("waived (customer.vip = True)")
    (fee,) = charged(WAIVED, {"vip": False})
    assert (fee["amount"], "waived" in fee) == ("4.00", False)


def test_a_waiver_that_cannot_be_decided_is_not_given_and_is_told(
    bank: Callable[..., Catalogue],
) -> None:
    files = {"products/tests/shop.toml": f"{HEAD}{WAIVED}", "facts.toml": FACTS}
    quote = bank(files, {"shop": Service()}).quote(Ask("shop"))
    assert quote.to_dict()["fees"][0]["amount"] == "4.00"
    assert any("unknown customer.vip; taken as not so" in text for text in quote.warnings)


def test_optional_fees_are_charged_when_asked_for(charged: Charged) -> None:
    fee = 'method = "flat"\namount = 4\noptional = true\n'
    assert charged(fee) == []
    assert amounts(charged(fee, services="charge")) == ["4.00"]
    with pytest.raises(InputError, match=r"services: 'chrge' is not an optional.*did you mean 'ch"):
        charged(fee, services="chrge")


# -- periods ------------------------------------------------------------------------------------


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("unit", "counting", "start", "end", "periods"),
    [
        ("month", "begun", "2024-01-31", "2024-02-29", 1),  # the last day of a shorter month
        ("month", "begun", "2024-01-31", "2024-03-01", 2),
        ("month", "begun", "2023-01-31", "2023-02-28", 1),
        ("month", "begun", "2024-01-15", "2024-02-15", 1),
        ("month", "begun", "2024-01-15", "2024-02-16", 2),
        ("month", "whole", "2024-01-15", "2024-02-14", 0),
        ("month", "whole", "2024-01-15", "2024-02-15", 1),
        ("month", "whole", "2024-01-31", "2024-02-29", 1),
        ("quarter", "begun", "2024-01-01", "2024-04-01", 1),
        ("quarter", "begun", "2024-01-01", "2024-04-02", 2),
        ("quarter", "whole", "2024-01-01", "2024-06-30", 1),
        ("half-year", "begun", "2024-02-29", "2024-08-29", 1),
        ("year", "begun", "2024-02-29", "2025-02-28", 1),
        ("year", "begun", "2024-02-29", "2025-03-01", 2),
        ("year", "whole", "2023-03-01", "2024-02-29", 0),
        ("day", "begun", "2024-02-28", "2024-03-01", 2),
        ("month", "begun", "2024-01-15", "2024-01-15", 0),
    ],
)
def test_periods(unit: Any, counting: Any, start: str, end: str, periods: int) -> None:
    assert count_periods(Period(unit, counting), d(start), d(end))[0] == periods


def test_pro_rata_counts_days_of_the_year_it_names() -> None:
    # leap February: 29 days; 29 / 360 of a year, × 4 quarters
    per = Period("quarter", "pro-rata")
    assert count_periods(per, d("2024-02-01"), d("2024-03-01"))[0] == Fraction(29 * 4, 360)
    year = Period("year", "pro-rata", year_days=365)
    assert count_periods(year, d("2024-01-01"), d("2025-01-01"))[0] == Fraction(366, 365)


@given(st.dates(date(1999, 1, 1), date(2060, 1, 1)), st.integers(0, 20_000))
def test_begun_is_whole_or_one_more(start: date, days: int) -> None:
    end = date.fromordinal(start.toordinal() + days)
    for unit in ("month", "quarter", "half-year", "year"):
        begun = count_periods(Period(unit, "begun"), start, end)[0]
        whole = count_periods(Period(unit, "whole"), start, end)[0]
        assert 0 <= begun - whole <= 1


def test_a_fee_per_period_from_start_to_maturity(charged: Charged) -> None:
    # 15 January + 3 months and a day: four months begun, at least 2 each
    fee = 'method = "percent"\nbase = "ask.amount"\nrate = 0.0001\nmin = 2\nper = { unit = "month", counting = "begun" }\n'
    assert amounts(charged(fee, amount=1000, tenor="3m", start="2024-01-15")) == ["6.00"]
    assert amounts(charged(fee, amount=1000, start="2024-01-15", maturity="2024-04-16", tenor=None)) == ["8.00"]  # fmt: skip
    with pytest.raises(InputError, match="maturity: is missing; a fee is charged per period"):
        charged(fee, amount=1000)


@pytest.mark.parametrize(
    ("unit", "counting", "months", "fee"),
    [
        ("month", "begun", 5, "50.00"),
        ("quarter", "begun", 5, "20.00"),  # 5 months: 2 quarters begun
        ("quarter", "whole", 5, "10.00"),
        ("quarter", "pro-rata", 5, "16.67"),  # 5/3 × 10
        ("year", "begun", 12, "10.00"),
        ("year", "whole", 11, "0.00"),
    ],
)
def test_a_number_in_over_is_months(
    charged: Charged, unit: str, counting: str, months: int, fee: str
) -> None:
    text = f'method = "flat"\namount = 10\nper = {{ unit = "{unit}", counting = "{counting}", over = "terms.months" }}\n'
    assert amounts(charged(text, count=months)) == [fee]


def test_days_cannot_be_counted_from_months(charged: Charged) -> None:
    text = 'method = "flat"\namount = 10\nper = { unit = "day", counting = "begun", over = "terms.months" }\n'
    with pytest.raises(InputError, match=r"terms\.months: .*days cannot be counted from months"):
        charged(text, count=5)


# -- tax and currency ---------------------------------------------------------------------------


def test_an_inclusive_price_shows_its_tax(charged: Charged) -> None:
    # 100 / 1.06 = 94.3396…; tax 5.66
    (fee,) = charged('method = "flat"\namount = 100\ntax = { inclusive = true }\n')
    assert fee["amount"] == "100.00"
    assert (fee["tax"]["net"], fee["tax"]["tax"]) == ("94.34", "5.66")


def test_an_exclusive_price_has_a_line_of_tax(charged: Charged) -> None:
    fees = charged('method = "flat"\namount = 100\ntax = { inclusive = false }\n')
    assert [(fee["code"], fee["amount"]) for fee in fees] == [
        ("charge", "100.00"),
        ("charge-vat", "6.00"),
    ]


def test_a_waived_fee_has_no_line_of_tax(charged: Charged) -> None:
    fees = charged(WAIVED + "tax = { inclusive = false }\n", {"vip": True})
    assert [fee["code"] for fee in fees] == ["charge"]


@given(st.integers(0, 10**12))
def test_net_and_tax_are_the_price_to_the_fen(fen: int) -> None:
    price = Money(fen, "CNY")
    net = Money.rounded(Fraction(price.amount) / (1 + Fraction(6, 100)), "CNY")
    exact = (Decimal(fen) / 106 * 100).quantize(Decimal(1), ROUND_HALF_UP)
    assert net.minor == int(exact)
    assert net + (price - net) == price


def test_a_fee_in_another_currency_than_the_amount(charged: Charged) -> None:
    # 1,000 USD × 7.1 = 7,100 CNY; 0.1 % = 7.10 CNY
    (fee,) = charged(PERCENT + 'currency = "CNY"\n', amount=1000, currency="USD")
    assert fee["amount"] == "7.10"
    # 1,000 × 7.1 / 0.048 = 147,917 JPY; 0.1 % is over 50 JPY; 50 × 0.048 = 2.40 CNY in the quote
    (fee,) = charged(PERCENT + 'currency = "JPY"\n', amount=1000, currency="USD")
    assert (fee["charged"], fee["amount"]) == ({"amount": "50", "currency": "JPY"}, "2.40")
