"""Customers: files of both kinds, strict JSON, types by the vocabulary, every wrong fact at once."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from catalogue import Customer, InputError, Money, Tenor
from catalogue.definitions.facts import FactDef
from catalogue.products.customer import load_json, unknown_fact_hint

VOCABULARY = {
    "kind": FactDef("choice", "Kind", "类型", choices=("company", "person")),
    "age": FactDef("int", "Age", "年龄"),
    "income": FactDef("money", "Income", "收入"),
    "vip": FactDef("bool", "VIP", "贵宾"),
    "since": FactDef("date", "Since", "起"),
    "lease": FactDef("tenor", "Lease", "租期"),
    "share": FactDef("rate", "Share", "占比"),
    "held": FactDef("list", "Held", "持有"),
}


def test_facts_are_typed_by_the_vocabulary() -> None:
    made, unknown = Customer(
        kind="person", age="33", income="21,000".replace(",", ""), vip="yes", since="2020-02-29",
        lease="3y", share="5%", held="loan,card", colour="red",
    ).typed(VOCABULARY)  # fmt: skip
    assert unknown == ["colour"]
    assert dict(made.facts) == {
        "kind": "person", "age": 33, "income": Money.of(21_000), "vip": True,
        "since": date(2020, 2, 29), "lease": Tenor(3, "y"), "share": Decimal("0.05"),
        "held": ("loan", "card"), "colour": "red",
    }  # fmt: skip
    assert made.typed(VOCABULARY)[0] == made


def test_every_wrong_fact_is_told() -> None:
    wrong = Customer(
        kind="persn", age="old", income="NaN", vip="perhaps", since="2023-02-29", lease="3", share=5
    )
    with pytest.raises(InputError) as caught:
        wrong.typed(VOCABULARY)
    told = list(caught.value.problems)
    assert [text.split(":")[0] for text in told] == [
        "customer.kind", "customer.age", "customer.income", "customer.vip", "customer.since",
        "customer.lease", "customer.share",
    ]  # fmt: skip
    assert "did you mean 'person'?" in told[0]


def test_unknown_is_never_false() -> None:
    made = Customer(vip=None, age=0)
    assert (made.get("vip"), made.get("age"), made.get("income")) == (None, 0, None)
    assert made == Customer(age=0)


def test_nested_facts_by_path() -> None:
    made = Customer({"home": {"price": 5}, "a.b": 1})
    assert (made.get("home.price"), made.get("home.area"), made.get("a.b")) == (5, None, 1)


@pytest.mark.parametrize("name", ["one.toml", "one.json"])
def test_both_kinds_of_file_say_the_same(tmp_path: Path, name: str) -> None:
    toml, data = 'kind = "person"\nincome = 21_000.50\nage = 33\n', '{"kind":"person","income":21000.50,"age":33}'  # fmt: skip
    (tmp_path / "one.toml").write_text(toml, "utf-8")
    (tmp_path / "one.json").write_text(data, "utf-8")
    made, _ = Customer.from_file(tmp_path / name).typed(VOCABULARY)
    assert made.get("income") == Money.of("21000.50")
    assert made.to_dict() == {"age": 33, "income": "21000.50", "kind": "person"}


def test_facts_may_stand_under_one_table(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text("[customer]\nage = 33\n", "utf-8")
    assert Customer.from_file(tmp_path / "one.toml").get("age") == 33


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"age": 1, "age": 2}', "key 'age' is stated twice"),
        ('{"a": {"b": 1, "b": 2}}', "key 'b' is stated twice"),
        ('{"age": NaN}', "NaN is not a number"),
        ('{"age": Infinity}', "Infinity is not a number"),
        ('{"age": -Infinity}', "-Infinity is not a number"),
        ('{"age": 1e400}', "1e400 is not allowed: write plain digits"),
        ('{"age": 1E5}', "1E5 is not allowed"),
        (f'{{"age": {"9" * 5_000}}}', "is not allowed"),
        ("[" * 100_000, "nested deeper than 32 levels"),
        ('{"age": 1', "one.json:1: not valid JSON"),
        ("[1, 2]", "holds no table of facts"),
        ('"text"', "holds no table of facts"),
        ("", "not valid JSON"),
    ],
)
def test_json_that_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "one.json"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        Customer.from_file(path)
    assert words in str(caught.value)
    assert "one.json" in str(caught.value)
    assert len(str(caught.value)) < 1_000


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("one.toml", b"age = 1\nage = 2\n", "not valid TOML"),
        ("one.toml", b"age = nan\n", "number 'nan' is not allowed"),
        ("one.toml", 'name = "王"'.encode("gbk"), "is not UTF-8"),
        ("one.json", '{"name": "王"}'.encode("gbk"), "is not UTF-8"),
        ("one.toml", b"\0", "is a binary file"),
        ("one.json", b"x" * 1_048_577, "over the limit of 1048576"),
    ],
)
def test_bytes_that_are_no_customer(tmp_path: Path, name: str, raw: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        Customer.from_file(path)
    assert words in str(caught.value)
    assert name in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nobody\.toml: cannot be read"):
        Customer.from_file(tmp_path / "nobody.toml")
    with pytest.raises(InputError, match="cannot be read"):
        Customer.from_file(tmp_path)


def test_numbers_of_json_are_exact() -> None:
    data: Any = load_json('{"a": 0.1, "b": 12345678901234567890}', "x")
    assert data == {"a": Decimal("0.1"), "b": 12345678901234567890}
    assert json.dumps(int(data["b"])) == "12345678901234567890"


def test_customers_are_values() -> None:
    one, other = Customer(age=1, kind="person"), Customer({"kind": "person", "age": 1})
    assert one == other
    assert hash(one) == hash(other)
    assert one.with_facts(age=2).get("age") == 2
    assert one.get("age") == 1
    with pytest.raises(TypeError):
        one.facts["age"] = 5  # type: ignore[index]
    with pytest.raises(InputError, match="customer: fact name 5 is not a text"):
        Customer({5: 1})  # type: ignore[dict-item]


def test_the_hint_for_an_unknown_fact() -> None:
    assert unknown_fact_hint("agee", VOCABULARY) == "customer.agee: not a known fact; did you mean 'age'?"  # fmt: skip
