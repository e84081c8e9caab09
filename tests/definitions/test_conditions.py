"""Conditions: comparisons of every kind, Kleene's logic, missing facts, reading faults."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import InputError, Money, Tenor
from catalogue.definitions.conditions import Condition, Group, Node, Operand, Tree, evaluate
from catalogue.definitions.conditions import Test as Comparison
from catalogue.definitions.problems import Problems
from catalogue.definitions.structure import MISSING, Reader
from catalogue.errors import CurrencyError

Truth = bool | None


class Known:
    """Facts from a mapping."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def lookup(self, path: str) -> Any:
        return self.values.get(path)


class Rates(Known):
    """… that know one exchange rate: 7 yuan for a dollar."""

    def convert(self, amount: Money, currency: str) -> Money:
        factor = Decimal(7) if amount.currency == "USD" else 1 / Decimal(7)
        return Money.rounded(amount.amount * factor, currency)


def read(table: Any) -> tuple[Node | None, list[str]]:
    problems = Problems()
    made = Tree.from_table(Reader(problems, lambda path: ("f", path)), table, ("test",))
    told = [f"{'.'.join(map(str, p.key))}: {p.message}" for p in problems]
    return (None if made is MISSING else made.node), told


def truth(table: Mapping[str, Any], **facts: Any) -> Truth:
    node, told = read(table)
    assert node is not None, told
    named = {name.replace("__", "."): value for name, value in facts.items()}
    return evaluate(node, Known(named)).truth


# -- comparisons --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "below", "at", "above"),
    [
        ({"min": 18}, False, True, True),
        ({"ge": 18}, False, True, True),
        ({"max": 18}, True, True, False),
        ({"le": 18}, True, True, False),
        ({"gt": 18}, False, False, True),
        ({"lt": 18}, True, False, False),
        ({"eq": 18}, False, True, False),
        ({"ne": 18}, True, False, True),
        ({"min": 18, "max": 18}, False, True, False),
        ({"in": [18, 20]}, False, True, False),
        ({"not_in": [18, 20]}, True, False, True),
    ],
)
def test_each_operator_at_its_bound(
    test: dict[str, Any], below: bool, at: bool, above: bool
) -> None:
    table = {"fact": "customer.age", **test}
    for age, wanted in ((17, below), (18, at), (19, above)):
        for value in (age, Decimal(age), Money.of(age)):
            assert truth(table, customer__age=value) is wanted, value
    assert truth(table) is None


@pytest.mark.parametrize(
    ("tenor", "wanted"), [("11m", False), ("12m", True), ("1y", True), ("365d", False), ("366d", True)]
)  # fmt: skip
def test_tenors_are_compared_by_length(tenor: str, wanted: bool) -> None:
    # a year is 365.2425 days
    assert truth({"fact": "ask.tenor", "min": "1y"}, ask__tenor=Tenor.parse(tenor)) is wanted


def test_a_tenor_in_a_set() -> None:
    table = {"fact": "ask.tenor", "in": ["12m", "2y"]}
    assert truth(table, ask__tenor=Tenor.parse("1y")) is True
    assert truth(table, ask__tenor=Tenor.parse("3y")) is False


def test_dates_texts_and_flags() -> None:
    assert (
        truth({"fact": "ask.start", "min": date(2024, 1, 1)}, ask__start=date(2024, 1, 1)) is True
    )
    assert truth({"fact": "customer.kind", "eq": "person"}, customer__kind="company") is False
    assert truth({"fact": "customer.vip", "eq": True}, customer__vip=True) is True
    assert truth({"fact": "customer.vip", "eq": False}, customer__vip=True) is False


def test_ratios_are_exact_and_zero_has_none() -> None:
    table = {"ratio": ["ask.amount", "ask.price"], "max": {"fact": "figure.share"}}
    facts = {"figure__share": Decimal("0.3333333333333333333333333333")}
    assert truth(table, ask__amount=1, ask__price=3, **facts) is False  # a third is more
    assert truth(table, ask__amount=Decimal("0.999"), ask__price=3, **facts) is True
    assert truth(table, ask__amount=1, **facts) is None
    with pytest.raises(InputError, match=r"ask\.price is 0: the ratio ask\.amount ÷ ask\.price"):
        truth(table, ask__amount=1, ask__price=0, **facts)


def test_a_fact_on_the_right_scaled_and_shifted() -> None:
    table = {
        "fact": "ask.amount",
        "max": {"fact": "ask.price", "times": Decimal("0.7"), "plus": -5},
    }
    # 0.7 × 100 − 5 = 65
    assert truth(table, ask__amount=65, ask__price=100) is True
    assert truth(table, ask__amount=Decimal("65.01"), ask__price=100) is False
    assert truth(table, ask__amount=1) is None
    node, _ = read(table)
    assert node is not None
    assert node.text() == "ask.amount ≤ 0.7 × ask.price − 5"


def test_two_currencies_meet_at_the_rate_of_the_day() -> None:
    node, _ = read({"fact": "ask.amount", "le": {"fact": "customer.limit"}})
    assert node is not None
    values = {"ask.amount": Money.of(10, "USD"), "customer.limit": Money.of(70)}
    assert evaluate(node, Rates(values)).truth is True
    assert evaluate(node, Rates({**values, "customer.limit": Money.of("69.99")})).truth in (
        True,
        False,
    )
    with pytest.raises(CurrencyError, match="cannot be compared with an amount in USD"):
        evaluate(node, Known(values))


def test_present() -> None:
    assert truth({"fact": "customer.vip", "present": True}) is False
    assert truth({"fact": "customer.vip", "present": False}) is True
    assert truth({"fact": "customer.vip", "present": True}, customer__vip=False) is True


@pytest.mark.parametrize(
    ("table", "value", "words"),
    [
        ({"min": 18}, "eighteen", "customer.age: 'eighteen' cannot be compared with 18"),
        ({"eq": "x"}, True, "customer.age: True cannot be compared with 'x'"),
        ({"min": 18}, True, "True cannot be compared with 18"),
        ({"eq": date(2024, 1, 1)}, "2024-01-01", "cannot be compared with"),
        ({"in": [1, 2]}, "1", "cannot be compared with 1"),
        ({"min": {"fact": "customer.age", "times": 2}}, "x", "customer.age: 'x' is not a number"),
    ],
)
def test_kinds_that_do_not_meet_are_told(table: dict[str, Any], value: Any, words: str) -> None:
    with pytest.raises(InputError) as caught:
        truth({"fact": "customer.age", **table}, customer__age=value)
    assert words in str(caught.value)


# -- Kleene's logic -----------------------------------------------------------------------------

LETTERS = "abcd"


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> Node:
    """Trees over four yes-or-no facts."""
    if depth == 0 or draw(st.booleans()):
        return Comparison(f"customer.{draw(st.sampled_from(LETTERS))}", "eq", Operand(True))
    kind: Literal["all", "any", "not"] = draw(st.sampled_from(["all", "any", "not"]))
    size = 1 if kind == "not" else draw(st.integers(1, 3))
    return Group(kind, tuple(draw(trees(depth - 1)) for _ in range(size)))


worlds = st.dictionaries(st.sampled_from(LETTERS), st.booleans())


def decided(node: Node, world: Mapping[str, bool]) -> Truth:
    return evaluate(node, Known({f"customer.{name}": value for name, value in world.items()})).truth


def plain(node: Node, world: Mapping[str, bool]) -> bool:
    """Two-valued logic, where every fact is known."""
    if isinstance(node, Comparison):
        return world[node.fact.removeprefix("customer.")]
    parts = [plain(part, world) for part in node.parts]
    return not parts[0] if node.kind == "not" else all(parts) if node.kind == "all" else any(parts)


@given(trees(), worlds)
def test_a_decision_holds_whatever_the_missing_facts_are(
    node: Node, world: dict[str, bool]
) -> None:
    found = decided(node, world)
    open_facts = [letter for letter in LETTERS if letter not in world]
    for number in range(2 ** len(open_facts)):
        filled = {name: bool(number >> at & 1) for at, name in enumerate(open_facts)}
        if found is not None:
            assert plain(node, {**world, **filled}) is found


@given(trees(), st.fixed_dictionaries(dict.fromkeys(LETTERS, st.booleans())))
def test_with_all_facts_it_is_ordinary_logic(node: Node, world: dict[str, bool]) -> None:
    assert decided(node, world) is plain(node, world)


@given(trees(), worlds)
def test_not_turns_and_keeps_the_unknown(node: Node, world: dict[str, bool]) -> None:
    turned = decided(Group("not", (node,)), world)
    found = decided(node, world)
    assert turned is (None if found is None else not found)


@given(trees(), trees(), worlds)
def test_de_morgan(one: Node, other: Node, world: dict[str, bool]) -> None:
    both = Group("not", (Group("all", (one, other)),))
    either = Group("any", (Group("not", (one,)), Group("not", (other,))))
    assert decided(both, world) is decided(either, world)


@given(trees(), worlds)
def test_missing_facts_are_named_only_while_undecided(node: Node, world: dict[str, bool]) -> None:
    verdict = evaluate(node, Known({f"customer.{k}": v for k, v in world.items()}))
    if verdict.truth is None:
        assert verdict.missing
        assert all(path.removeprefix("customer.") not in world for path in verdict.missing)
    else:
        assert verdict.missing == ()


def test_a_part_without_a_value_counts_only_if_the_others_do_not_decide() -> None:
    table = {"any": [
        {"ratio": ["ask.a", "ask.b"], "min": 1},
        {"fact": "customer.vip", "eq": True},
    ]}  # fmt: skip
    assert truth(table, ask__a=1, ask__b=0, customer__vip=True) is True
    with pytest.raises(InputError, match=r"ask\.b is 0"):
        truth(table, ask__a=1, ask__b=0, customer__vip=False)


# -- reading ------------------------------------------------------------------------------------


def nested(depth: int) -> dict[str, Any]:
    table: dict[str, Any] = {"fact": "customer.age", "min": 1}
    for _ in range(depth - 1):
        table = {"not": table}
    return table


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (5, "test: is not a test: write { fact ="),
        ({}, "`fact` is missing"),
        ({"fact": "customer.age"}, "compares with nothing; add min, max, eq"),
        ({"fact": "age", "min": 1}, "'age' is not a fact: it starts with one of ask., customer."),
        ({"fact": "custmer.age", "min": 1}, "did you mean 'customer'?"),
        ({"fact": "customer.age", "minimum": 1}, "test.minimum: unknown key"),
        ({"fact": "customer.age", "mim": 1}, "did you mean 'min'?"),
        ({"fact": "customer.age", "present": 1}, "test.present: is not true or false"),
        ({"fact": "customer.age", "in": 5}, "test.in: 5 is not a list of values"),
        ({"fact": "customer.age", "in": []}, "test.in: [] is not a list of values"),
        ({"fact": "customer.age", "min": [1]}, "test.min: [1] is not a value"),
        ({"fact": "customer.age", "min": {"fcat": "ask.x"}}, "did you mean 'fact'?"),
        ({"fact": "customer.age", "min": {"fact": "x.y"}}, "'x.y' is not a fact"),
        ({"ratio": ["ask.a"], "min": 1}, "test.ratio: is not a pair of facts"),
        ({"ratio": ["ask.a", "ask.b"], "fact": "ask.c", "min": 1}, "stands beside `fact`"),
        ({"fact": "customer.age", "min": 65, "max": 18}, "can never hold: its lower bound is over"),
        ({"fact": "a.b", "min": date(2024, 1, 2), "max": date(2024, 1, 1)}, "'a.b' is not a fact"),
        ({"fact": "ask.x", "gt": date(2024, 1, 2), "lt": date(2024, 1, 1)}, "can never hold"),
        ({"all": []}, "test.all: is not a list of tests"),
        ({"any": {"fact": "customer.age", "min": 1}}, "test.any: is not a list of tests"),
        ({"all": [{"fact": "customer.age", "min": 1}], "min": 1}, "`all` stands alone"),
        ({"all": [{"fact": "customer.age", "mim": 1}]}, "test.all.0.mim: unknown key"),
        (nested(17), "nested deeper than 16 tests, which is the limit"),
        ({"all": [{"fact": "customer.age", "min": 1}] * 1_001}, "1000"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_reading_faults(table: Any, words: str) -> None:
    node, told = read(table)
    assert node is None
    assert any(words in text for text in told), told


def test_many_small_lists_count_together() -> None:
    part = {"all": [{"fact": "customer.age", "min": 1}] * 600}
    node, told = read({"any": [part, part]})
    assert node is None
    assert any("1000 tests, which is the limit" in text for text in told), told


def test_the_deepest_that_is_allowed() -> None:
    node, told = read(nested(16))
    assert told == []
    assert node is not None


def test_a_condition_long_and_short() -> None:
    problems = Problems()
    reader = Reader(problems, lambda path: ("f", path))
    test = {"fact": "customer.age", "min": 18}
    short = Condition.from_table(reader, test, ())
    assert short.reason == "customer.age ≥ 18"
    long = Condition.from_table(reader, {"test": test, "reason": "a", "reason_zh": "b", "otherwise": "refer"}, ())  # fmt: skip
    assert (long.test, long.reason, long.otherwise) == (short.test, "a", "refer")
    assert not problems
    assert Condition.from_table(reader, {"test": test}, ()) is MISSING
    assert any("`reason` is missing" in problem.message for problem in problems)


def test_texts_as_people_read_them() -> None:
    node, _ = read({"any": [
        {"fact": "customer.age", "min": 18, "max": 65},
        {"not": {"ratio": ["ask.a", "ask.b"], "in": [1, 2]}},
        {"fact": "customer.vip", "present": True},
    ]})  # fmt: skip
    assert node is not None
    assert node.text() == (
        "((customer.age ≥ 18 and customer.age ≤ 65) or not (ask.a ÷ ask.b in {1, 2}) or customer.vip is known)"
    )
