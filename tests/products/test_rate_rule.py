"""The rate rule: reference × multiple + spread, agreed rates, bounds, columns by tenor, all by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from catalogue import Ask, Catalogue, Contract, InputError, Money, Product, Quote
from catalogue.products.rate_book import RateBook

DAY = date(2024, 11, 1)
HEAD = """\
code = "lend"
name = "Loan"
name_zh = "贷款"
family = "tests"
segment = "any"

[sources.tariff]
title = "Tariff of the house"

[[versions]]
effective_from = 2000-01-01
source = "tariff"
basis = "illustrative"

[versions.ask.amount]
[versions.ask.tenor]

[versions.rate]
"""
SHEET = """\
code = "base"
name = "Base"
name_zh = "基准"
kind = "interest"
lookup = "bracket"
currency = "CNY"
[[columns]]
code = "6m"
name = "6m"
name_zh = "6m"
up_to = "6m"
[[columns]]
code = "1y"
name = "1y"
name_zh = "1y"
up_to = "1y"
[[columns]]
code = "5y+"
name = "5y+"
name_zh = "5y+"
[sources.notice]
title = "Notice"
[[versions]]
effective_from = 2010-01-01
source = "notice"
basis = "illustrative"
values = { "6m" = 0.04, "1y" = 0.05, "5y+" = 0.06 }
[[versions]]
effective_from = 2024-11-01
source = "notice"
basis = "illustrative"
values = { "6m" = 0.03, "1y" = 0.04, "5y+" = 0.05 }
"""
CURVE = """\
code = "curve"
name = "Curve"
name_zh = "曲线"
kind = "curve"
lookup = "interpolate"
currency = "CNY"
[[columns]]
code = "1m"
name = "1m"
name_zh = "1m"
tenor = "30d"
[[columns]]
code = "3m"
name = "3m"
name_zh = "3m"
tenor = "90d"
[sources.screen]
title = "Screen"
[[versions]]
effective_from = 2010-01-01
source = "screen"
basis = "illustrative"
values = { "1m" = 0.01, "3m" = 0.04 }
"""


class Plain(Product):
    """A product of which only the rate is looked at."""

    def price(self, ctx: Any, terms: Any) -> Contract:
        zero = Money.zero(terms.currency)
        return Contract(terms.currency, totals={"principal": zero, "interest": zero})


Quoted = Callable[..., Quote]


@pytest.fixture
def quoted(bank: Callable[..., Catalogue]) -> Quoted:
    def make(rule: str, as_of: date = DAY, **ask: Any) -> Quote:
        files = {
            "products/tests/lend.toml": f"{HEAD}{rule}\n",
            "rates/base.toml": SHEET,
            "rates/curve.toml": CURVE,
        }
        return bank(files, {"lend": Plain()}).quote(Ask("lend", ask), as_of=as_of)

    return make


def annual(quote: Quote) -> Decimal:
    assert quote.terms.rate is not None
    return quote.terms.rate.annual


RULE = 'reference = "base"\nmultiple = 1.1\nspread = 0.002\n'


@pytest.mark.parametrize(
    ("tenor", "rate"),
    [
        ("6m", "0.035"),  # 0.03 × 1.1 + 0.002
        ("180d", "0.035"),
        ("7m", "0.046"),  # 0.04 × 1.1 + 0.002
        ("12m", "0.046"),
        ("1y", "0.046"),
        ("366d", "0.057"),  # 0.05 × 1.1 + 0.002
        ("30y", "0.057"),
    ],
)
def test_the_column_is_that_of_the_tenor(quoted: Quoted, tenor: str, rate: str) -> None:
    assert annual(quoted(RULE, tenor=tenor)) == Decimal(rate)


def test_the_sheet_is_read_on_the_pricing_date(quoted: Quoted) -> None:
    assert annual(quoted(RULE, date(2024, 10, 31), tenor="6m")) == Decimal("0.046")
    assert annual(quoted(RULE, date(2024, 11, 1), tenor="6m")) == Decimal("0.035")
    with pytest.raises(
        InputError, match="rate sheet base: no figures before 2010-01-01; 2009-12-31"
    ):
        quoted(RULE, date(2009, 12, 31), tenor="6m")


def test_a_named_column_needs_no_tenor(quoted: Quoted) -> None:
    assert annual(quoted('reference = "base"\ncolumn = "1y"\n')) == Decimal("0.04")
    with pytest.raises(InputError, match="rate sheet base: needs a tenor or a column"):
        quoted(RULE)


def test_the_quote_says_what_the_rate_was_made_of(quoted: Quoted) -> None:
    made = quoted(RULE, tenor="6m")
    rate = made.terms.rate
    assert rate is not None
    assert (rate.reference, rate.spread) == ("base 6m 2024-11-01", Decimal("0.002"))
    entry = next(e for e in made.explanation if e.figure == "rate.annual")
    assert entry.formula == "base 6m 2024-11-01 × 1.1 + spread"
    assert entry.inputs == {
        "reference": Decimal("0.03"), "multiple": Decimal("1.1"), "spread": Decimal("0.002"),
    }  # fmt: skip
    assert entry.file == "test:products/tests/lend.toml"
    assert (entry.key or "").startswith("versions[0].rate")


def test_an_agreed_spread_and_an_agreed_rate(quoted: Quoted) -> None:
    spread = quoted(RULE, tenor="6m", spread="0.01")
    assert annual(spread) == Decimal("0.043")  # 0.033 + 0.01
    agreed = quoted(RULE, tenor="6m", rate="4%")
    assert annual(agreed) == Decimal("0.04")
    assert agreed.terms.rate is not None
    assert agreed.terms.rate.spread == Decimal("0.007")  # 0.04 − 0.033


BOUNDS = [
    # rule, lowest agreed, highest agreed (None: no bound)
    ("min = 0.03\nmax = 0.05", "0.03", "0.05"),
    ("min_multiple = 0.9\nmax_multiple = 1.7", "0.027", "0.051"),  # × 0.03
    ("min_spread = -0.005\nmax_spread = 0.01", "0.028", "0.043"),  # on 0.033
    ("min = 0.03\nmin_spread = -0.001", "0.032", None),  # the narrower of two
]


@pytest.mark.parametrize(("rule", "low", "high"), BOUNDS)
def test_a_bound_itself_is_allowed_and_a_step_beyond_is_not(
    quoted: Quoted, rule: str, low: str | None, high: str | None
) -> None:
    text = f"{RULE}{rule}\n"
    for bound, step, words in ((low, "-0.000001", "below the lowest"), (high, "0.000001", "over the highest")):  # fmt: skip
        if bound is None:
            continue
        made = quoted(text, tenor="6m", rate=bound)
        assert annual(made) == Decimal(bound)
        with pytest.raises(InputError, match=words) as caught:
            quoted(text, tenor="6m", rate=Decimal(bound) + Decimal(step))
        assert "of lend, Tariff of the house" in str(caught.value)
    assert made.terms.rate is not None
    assert (made.terms.rate.lowest, made.terms.rate.highest) == (
        Decimal(low) if low else None,
        Decimal(high) if high else None,
    )


def test_a_rate_is_never_negative(quoted: Quoted) -> None:
    assert annual(quoted(RULE, tenor="6m", rate=0)) == 0
    with pytest.raises(InputError, match=r"rate: -0\.01 is below zero"):
        quoted(RULE, tenor="6m", rate="-1%")
    with pytest.raises(InputError, match=r"rate: -0\.017 is below zero"):
        quoted(RULE, tenor="6m", spread="-5%")  # 0.033 − 0.05


def test_a_fixed_rate(quoted: Quoted) -> None:
    assert annual(quoted("fixed = 0.06\n")) == Decimal("0.06")
    assert annual(quoted("fixed = 0.06\nspread = 0.01\n")) == Decimal("0.07")
    assert annual(quoted("fixed = 0.06\nmax = 0.08\n", rate="8%")) == Decimal("0.08")
    with pytest.raises(InputError, match=r"rate: 8\.1% is over the highest allowed, 8%"):
        quoted("fixed = 0.06\nmax = 0.08\n", rate="8.1%")
    with pytest.raises(InputError, match="rate: is fixed for this product"):
        quoted("fixed = 0.06\nnegotiable = false\n", rate="5%")


@pytest.mark.parametrize(
    ("tenor", "rate"),
    [
        ("30d", "0.01"),
        ("60d", "0.025"),  # half way
        ("40d", "0.015"),  # 0.01 + 0.03 × 10 / 60
        ("50d", "0.02"),
        ("7d", "0.01"),  # flat before the first …
        ("1y", "0.04"),  # … and after the last
        ("31d", "0.0105"),
    ],
)
def test_a_curve_is_linear_between_its_points(quoted: Quoted, tenor: str, rate: str) -> None:
    assert annual(quoted('reference = "curve"\n', tenor=tenor)) == Decimal(rate)


class TestRateBook:
    """Looking up single figures."""

    @pytest.fixture
    def book(self, bank: Callable[..., Catalogue]) -> RateBook:
        return bank({"rates/base.toml": SHEET, "rates/curve.toml": CURVE}).rates

    def test_unknown_names_are_told_with_the_nearest(self, book: RateBook) -> None:
        with pytest.raises(InputError, match="unknown rate sheet 'bass'; did you mean 'base'"):
            book.lookup("bass", DAY)
        with pytest.raises(InputError, match=r"no column '1yr' on 2024-11-01; did you mean '1y'"):
            book.lookup("base", DAY, column="1yr")
        with pytest.raises(InputError, match="6m has no bid; it has one value"):
            book.lookup("base", DAY, column="6m", side="bid")

    def test_a_reference_is_cited(self, book: RateBook) -> None:
        assert book.lookup("base", DAY, column="1y").text() == "base 1y 2024-11-01"
