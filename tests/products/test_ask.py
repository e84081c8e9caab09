"""Asks: every fault at once with what is allowed; types, limits, currencies, terms of days and months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import Ask, InputError, Money, Tenor
from catalogue.definitions.model import ProductVersion
from catalogue.definitions.problems import Problems
from catalogue.definitions.products import load_product
from catalogue.products.ask import ResolvedAsk, resolve_ask

DAY = date(2024, 11, 1)
TEXT = """\
code = "lend"
name = "Loan"
name_zh = "贷款"
family = "tests"
segment = "any"

[sources.tariff]
title = "Tariff"

[[versions]]
effective_from = 2020-01-01
source = "tariff"
basis = "illustrative"
currencies = ["CNY", "USD", "JPY"]

[versions.ask.amount]
required = true
min = { CNY = 1_000, USD = 200, JPY = 20_000 }
max = { CNY = 1_000_000, USD = 200_000, JPY = 20_000_000 }

[versions.ask.tenor]
required = true
min = "1m"
max = "12m"

[versions.ask.method]
default = "level"

[versions.ask.fee_paid]
type = "money"

[versions.ask.grown]
type = "bool"
default = false

[versions.ask.extra_payments]
max = 2

[versions.ask.share]
type = "number"
min = 0
max = 1

[versions.rate]
fixed = 0.05

[versions.fees.post]
name = "Post"
name_zh = "邮寄"
method = "flat"
amount = 5
optional = true
"""
Resolve = Callable[..., ResolvedAsk]


def version_of(folder: Path, text: str = TEXT) -> ProductVersion:
    return versions_of(folder, text)[-1]


def versions_of(folder: Path, text: str) -> Sequence[ProductVersion]:
    path = folder / "lend.toml"
    path.write_text(text, "utf-8")
    problems = Problems()
    product = load_product([path], {}, {}, problems)
    assert product is not None
    assert [problem.text() for problem in problems] == []
    return product.versions


@pytest.fixture
def resolve(tmp_path: Path) -> Resolve:
    def make(text: str = TEXT, as_of: date = DAY, **fields: Any) -> ResolvedAsk:
        stated = {"amount": 50_000, "tenor": "6m", **fields}
        return resolve_ask(Ask("lend", stated), version_of(tmp_path, text), as_of)

    return make


def faults(resolve: Resolve, **fields: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        resolve(**fields)
    return list(caught.value.problems)


def test_a_resolved_ask_is_typed_and_defaulted(resolve: Resolve) -> None:
    made = resolve(amount="50000.00", extra_payments="2025-01-01:100", grown="yes")
    assert made.amount == Money.of(50_000)
    assert (made.tenor, made.maturity, made.start) == (Tenor(6, "m"), date(2025, 5, 1), DAY)
    assert made["method"] == "level"
    assert made["grown"] is True
    assert made["extra_payments"][0]["amount"] == Money.of(100)
    assert "share" not in made
    assert made.stated == {"amount", "tenor", "extra_payments", "grown"}
    assert made.to_dict()["product"] == "lend"
    with pytest.raises(InputError, match="share: is missing; state it"):
        made.need("share")


def test_a_number_may_be_stated_in_percent(resolve: Resolve) -> None:
    assert resolve(share="40%")["share"] == Decimal("0.4")
    assert faults(resolve, share="140%") == ["share: 1.40 is over the maximum of 1"]
    assert faults(resolve, share="x%") == ["share: 'x' is not a plain number such as 1234.50"]


def test_all_faults_are_told_at_once(resolve: Resolve) -> None:
    told = faults(
        resolve, amount="1,000", tenor="5y", methd="level", method="levle", grown="perhaps", share=2
    )
    assert [text.split(":")[0] for text in told] == [
        "methd", "amount", "tenor", "method", "grown", "share",
    ]  # fmt: skip
    assert "did you mean 'method'?" in told[0]
    assert "did you mean 'level'?" in told[3]
    assert told[5] == "share: 2 is over the maximum of 1"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("NaN", "amount: 'NaN'"),
        ("sNaN", "amount: 'sNaN'"),
        ("nan123", "amount: 'nan123'"),
        ("inf", "amount: 'inf'"),
        ("-Infinity", "amount: '-Infinity'"),
        (Decimal("NaN"), "amount: NaN"),
        (float("inf"), "amount: inf"),
        (float("nan"), "amount: nan"),
        ("1e5", "amount: '1e5'"),
        ("1e999999999", "amount: '1e999999999'"),
        (Decimal("1e999999999"), "amount"),
        ("50,000", "amount: '50,000'"),
        ("5_0000", "amount: '5_0000'"),
        ("５００００", "amount: '５００００'"),
        ("٥٠٠٠٠", "amount: '٥٠٠٠٠'"),
        ("", "amount: ''"),
        ("fifty", "amount: 'fifty'"),
        (True, "amount: True"),
        ([50_000], "amount: [50000]"),
        ("9" * 16, "amount"),
        ("9" * 5_000, "amount"),
        ("50000.001", "amount"),
        (-50_000, "amount: -50000.00 CNY is below the minimum of 1,000"),
        (0, "amount: 0.00 CNY is below the minimum of 1,000"),
        ("999.99", "below the minimum of 1,000"),
        ("1000000.01", "over the maximum of 1,000,000"),
    ],
)
def test_amounts_that_are_none(resolve: Resolve, value: Any, words: str) -> None:
    (told,) = faults(resolve, amount=value)
    assert words in told
    assert len(told) < 300


@pytest.mark.parametrize("amount", ["1000", "1000000", 1000, Decimal("1000.00"), Money.of(1000)])
def test_limits_themselves_are_allowed(resolve: Resolve, amount: Any) -> None:
    assert resolve(amount=amount)


def test_limits_and_decimals_are_those_of_the_currency(resolve: Resolve) -> None:
    assert resolve(amount=200, currency="USD").amount == Money.of(200, "USD")
    assert "below the minimum of 200" in faults(resolve, amount="199.99", currency="USD")[0]
    assert resolve(amount=20_000, currency="JPY").amount.text() == "20000"
    assert "amount" in faults(resolve, amount="20000.5", currency="JPY")[0]


@pytest.mark.parametrize(
    ("currency", "words"),
    [
        ("EUR", "currency: 'EUR' is not offered; lend is in CNY, USD, JPY"),
        ("USDD", "did you mean 'USD'?"),
        ("cny", "did you mean 'CNY'?"),
        (7, "currency: 7 is not offered"),
        ("ＣＮＹ", "is not offered"),
    ],
)
def test_a_wrong_currency(resolve: Resolve, currency: Any, words: str) -> None:
    (told,) = faults(resolve, currency=currency)
    assert words in told


def test_money_in_another_currency_than_the_ask(resolve: Resolve) -> None:
    (told,) = faults(resolve, amount=Money.of(5_000, "USD"))
    assert told == "amount: 5000.00 USD is not in CNY, the currency of this ask"


def test_missing_fields_are_asked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        resolve_ask(Ask("lend"), version_of(tmp_path), DAY)
    assert list(caught.value.problems) == [
        "amount: is missing (Amount); state it (--set amount=...)",
        "tenor: is missing (Tenor); state it (--set tenor=...)",
    ]


# -- the term -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "tenor", "end"),
    [
        ("2024-02-29", "12m", "2025-02-28"),  # 29 February
        ("2023-08-31", "6m", "2024-02-29"),
        ("2024-01-31", "1m", "2024-02-29"),
        ("2024-02-29", "90d", "2024-05-29"),
    ],
)
def test_the_maturity_follows_from_the_tenor(
    resolve: Resolve, start: str, tenor: str, end: str
) -> None:
    made = resolve(start=start, tenor=tenor)
    assert made.maturity == date.fromisoformat(end)
    assert resolve(start=start, tenor=tenor, maturity=end).maturity == made.maturity


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"maturity": "2025-05-02"}, "maturity: 2025-05-02 is not 6m after 2024-11-01 (2025-05-01)"),
        ({"tenor": None, "maturity": "2024-11-01"}, "is not after the value date 2024-11-01"),
        ({"tenor": None, "maturity": "2023-02-29"}, "maturity: '2023-02-29'"),
        ({"tenor": None, "maturity": "20250501"}, "maturity: '20250501'"),
        ({"tenor": None, "maturity": "2025-W11-5"}, "maturity: '2025-W11-5'"),
        ({"tenor": None, "maturity": "2025-11-02"}, "over the maximum of 12m"),
        ({"tenor": None, "maturity": "2024-11-30"}, "below the minimum of 1m"),
        ({"tenor": None, "maturity": "9999-12-31"}, "maturity"),
        ({"tenor": "13m"}, "tenor: 13m is over the maximum of 12m"),
        ({"tenor": "29d"}, "tenor: 29d is below the minimum of 1m"),
        ({"tenor": "0m"}, "tenor: '0m' is not a tenor"),
        ({"tenor": "-1m"}, "is not a tenor"),
        ({"tenor": "1M"}, "did you mean '1m'?"),
        ({"tenor": "6"}, "is not a tenor"),
        ({"tenor": "101y"}, "tenor: 101y is not within the limits"),
        ({"tenor": 6}, "tenor: 6 is not a tenor"),
        ({"start": "2023-02-29"}, "start: '2023-02-29'"),
        ({"start": "2024-11-01T00:00:00"}, "start"),
        ({"start": "9999-12-31"}, "start"),
    ],
)  # fmt: skip
def test_terms_that_cannot_be_agreed(resolve: Resolve, fields: dict[str, Any], words: str) -> None:
    told = faults(resolve, **fields)
    assert any(words in text for text in told), told


def test_the_maturity_gives_the_tenor_within_its_limits(resolve: Resolve) -> None:
    assert resolve(tenor=None, maturity="2025-11-01").tenor == Tenor(12, "m")
    assert str(resolve(tenor=None, maturity="2025-01-15").tenor) == "75d"


def test_a_maturity_finds_the_tenor_as_the_choices_write_it(resolve: Resolve) -> None:
    text = TEXT.replace('min = "1m"\nmax = "12m"', 'choices = ["3m", "1y"]')
    assert str(resolve(text, tenor=None, maturity="2025-11-01").tenor) == "1y"
    assert str(resolve(text, tenor="12m").tenor) == "1y"
    with pytest.raises(InputError, match="tenor: '6m' is not one of 3m, 1y"):
        resolve(text, tenor=None, maturity="2025-05-01")


# -- rates, rows, services ----------------------------------------------------------------------


def test_rates(resolve: Resolve) -> None:
    assert resolve(rate="4.35%")["rate"] == Decimal("0.0435")
    assert "0.0435 is 4.35 %" in faults(resolve, rate="4.35")[0]
    assert "state one of them" in faults(resolve, rate="4%", spread="1%")[0]
    fixed = TEXT.replace("fixed = 0.05", "fixed = 0.05\nnegotiable = false")
    assert "rate: is fixed for this product" in faults(resolve, text=fixed, rate="4%")[0]
    bare = TEXT.replace("[versions.rate]\nfixed = 0.05\n", "")
    assert "rate: lend has no such field" in faults(resolve, text=bare, rate="4%")[0]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("2025-01-01", "extra_payments[1]: column amount is missing; row: date:amount"),
        ("2025-01-01:1:2", "is not a row of date:amount"),
        ("2025-13-01:1", "extra_payments[1].date"),
        ("2025-01-01:x", "extra_payments[1].amount"),
        ([{"date": "2025-01-01", "amuont": 1}], "unknown column 'amuont'; did you mean 'amount'?"),
        ("2025-01-01:1;2025-01-02:1;2025-01-03:1", "3 rows is over the maximum of 2"),
        (5, "is not a list of rows"),
        ({"date": "2025-01-01"}, "is not a list of rows"),
    ],
)
def test_rows(resolve: Resolve, rows: Any, words: str) -> None:
    (told,) = faults(resolve, extra_payments=rows)
    assert words in told


def test_money_without_a_minimum_is_never_negative(resolve: Resolve) -> None:
    assert resolve(fee_paid=0)["fee_paid"] == Money.zero("CNY")
    (told,) = faults(resolve, fee_paid=-1)
    assert told == "fee_paid: -1.00 is not allowed; it must be 0 or more"
    bare = TEXT.split("[versions.ask.tenor]", maxsplit=1)[0].split("min = {", maxsplit=1)[0]
    text = bare + "[versions.ask.tenor]\n"
    assert "it must be above 0" in faults(resolve, text=text, amount=0)[0]


def test_controls_in_a_value_are_shown_not_sent(resolve: Resolve) -> None:
    (told,) = faults(resolve, method="\x1b[31mlevel\u202e")
    assert "\x1b" not in told
    assert r"\x1b[31mlevel\u202e" in told
    (told,) = faults(resolve, **{"\x1b[2J": "x"})
    assert "\x1b" not in told


@given(st.text(max_size=40) | st.integers() | st.decimals() | st.floats() | st.lists(st.text()))
def test_no_value_crashes(value: Any) -> None:
    version = _VERSION
    for name in (
        "amount",
        "tenor",
        "method",
        "extra_payments",
        "rate",
        "start",
        "grown",
        "currency",
    ):
        try:
            resolve_ask(Ask("lend", {"amount": 5_000, "tenor": "6m", name: value}), version, DAY)
        except InputError as error:
            long = [text for text in error.problems if len(text) > 600]
            if long:
                pytest.fail(long[0])


def _once() -> ProductVersion:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return version_of(Path(folder))


_VERSION = _once()


def test_asks_are_values() -> None:
    one, other = Ask("lend", amount=5), Ask("lend", {"amount": 5})
    assert one == other
    assert hash(one) == hash(other)
    assert one != Ask("lend", amount=6)
    assert one.with_fields(amount=None).fields == {}
    assert one.fields == {"amount": 5}
    with pytest.raises(InputError, match="product: 5 is not a product code"):
        Ask(5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        one.fields["amount"] = 6  # type: ignore[index]


LATER = (
    TEXT
    + """
[[versions]]
effective_from = 2024-01-01
source = "tariff"
basis = "illustrative"
currencies = ["CNY"]

[versions.ask.amount]
replace = true
required = true

[versions.ask.tenor]
max = "6m"

[versions.ask.method]
choices = ["bullet"]
default = "bullet"

[versions.ask.grade]
type = "choice"
choices = ["a", "b"]
"""
)


def test_a_deal_that_exists_keeps_the_limits_of_its_first_day(tmp_path: Path) -> None:
    versions = versions_of(tmp_path, LATER)

    def made(**fields: Any) -> ResolvedAsk:
        ask = Ask("lend", {"amount": 50_000, "tenor": "12m", **fields})
        return resolve_ask(ask, versions[-1], DAY, versions)

    old = {"start": "2023-12-31"}
    assert made(**old).tenor == Tenor(12, "m")
    assert made(**old, currency="USD").currency == "USD"
    assert made(**old, method="level")["method"] == "level"
    assert made(**old)["method"] == "bullet"  # what is not stated follows the version that prices
    assert made(**old, grade="a")["grade"] == "a"  # fields that came later are known, by their own
    for day in ("2024-01-01", "2024-11-01", "2025-03-01"):
        with pytest.raises(InputError, match=r"^tenor: 12m is over the maximum of 6m$"):
            made(start=day)
    with pytest.raises(
        InputError, match=r"tenor: 13m is over the maximum of 12m \(as of 2020-01-01, in force"
    ):
        made(**old, tenor="13m")
    with pytest.raises(InputError, match="over"):
        made(start="2019-12-31")  # before the first version: only today's limits are known


def test_the_limits_of_the_first_day_hold_for_a_term_given_by_maturity(tmp_path: Path) -> None:
    versions = versions_of(tmp_path, LATER)
    ask = Ask("lend", {"amount": 5_000, "start": "2023-12-31", "maturity": "2024-12-31"})
    assert resolve_ask(ask, versions[-1], DAY, versions).tenor == Tenor(12, "m")
