"""Conditions: three-valued logic, exact comparison, money of two currencies, nothing ever evaluated as code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.definitions.conditions import Group, Operand, evaluate, read_node
from catalogue.definitions.conditions import Test as Comparison
from catalogue.definitions.problems import Problems
from catalogue.definitions.structure import Reader
from catalogue.errors import CurrencyError, InputError
from catalogue.values import Money, Tenor

TRUTHS = (True, False, None)


@attrs.frozen
class Known:
    """Facts by path."""

    facts: Mapping[str, Any]

    def lookup(self, path: str) -> Any:
        return self.facts.get(path)


@attrs.frozen
class Bank(Known):
    """Facts beside an exchange: one dollar is seven yuan."""

    def convert(self, amount: Money, currency: str) -> Money:
        rate = {("USD", "CNY"): Decimal(7), ("CNY", "USD"): 1 / Decimal(7)}
        return Money.rounded(amount.amount * rate[amount.currency, currency], currency)


def read(table: Any) -> tuple[Any, list[str]]:
    problems = Problems()
    node = read_node(Reader(problems, lambda path: ("f", path)), table, ("test",))
    return node, [problem.text() for problem in problems]


def truth(table: Any, facts: Mapping[str, Any], bank: type[Known] = Known) -> bool | None:
    node, told = read(table)
    assert told == []
    return evaluate(node, bank(facts)).truth


# -- Kleene's tables, written out ---------------------------------------------------------------

AND = {
    (True, True): True, (True, False): False, (True, None): None,
    (False, True): False, (False, False): False, (False, None): False,
    (None, True): None, (None, False): False, (None, None): None,
}  # fmt: skip


def leaf(value: bool | None, name: str) -> tuple[Comparison, dict[str, Any]]:
    """A comparison of the given truth: unknown is a fact that nobody stated."""
    facts = {} if value is None else {f"ask.{name}": value}
    return Comparison(f"ask.{name}", "eq", Operand(True)), facts


@pytest.mark.parametrize("one", TRUTHS)
@pytest.mark.parametrize("other", TRUTHS)
def test_all_and_any_follow_kleene(one: bool | None, other: bool | None) -> None:
    (left, a), (right, b) = leaf(one, "a"), leaf(other, "b")
    facts = Known({**a, **b})
    assert evaluate(Group("all", (left, right)), facts).truth is AND[one, other]
    negated = {True: False, False: True, None: None}
    assert (
        evaluate(Group("any", (left, right)), facts).truth
        is negated[AND[negated[one], negated[other]]]
    )


def test_not_keeps_the_unknown() -> None:
    for value, wanted in ((True, False), (False, True), (None, None)):
        node, facts = leaf(value, "a")
        assert evaluate(Group("not", (node,)), Known(facts)).truth is wanted


NAMES = "abcd"
TREES = st.recursive(
    st.sampled_from(NAMES).map(lambda name: Comparison(f"ask.{name}", "eq", Operand(True))),
    lambda inner: st.one_of(
        st.builds(lambda part: Group("not", (part,)), inner),
        st.builds(
            Group,
            st.sampled_from(["all", "any"]),
            st.lists(inner, min_size=1, max_size=4).map(tuple),
        ),
    ),
    max_leaves=12,
)
FACTS = st.dictionaries(st.sampled_from([f"ask.{name}" for name in NAMES]), st.booleans())


@given(st.lists(TREES, min_size=1, max_size=4), FACTS)
def test_not_all_is_any_not(parts: list[Any], facts: dict[str, bool]) -> None:
    left = Group("not", (Group("all", tuple(parts)),))
    right = Group("any", tuple(Group("not", (part,)) for part in parts))
    assert evaluate(left, Known(facts)).truth is evaluate(right, Known(facts)).truth


@given(TREES, FACTS, st.sampled_from(NAMES), st.booleans())
def test_more_knowledge_never_changes_a_decision(
    tree: Any, facts: dict[str, bool], name: str, value: bool
) -> None:
    before = evaluate(tree, Known(facts))
    after = evaluate(tree, Known({f"ask.{name}": value, **facts}))
    if before.truth is not None:
        assert after.truth is before.truth
        assert before.missing == ()
    else:
        assert before.missing  # what is unknown is named
        assert not set(before.missing) & set(facts)


@given(TREES, FACTS)
def test_what_is_written_is_what_is_read(tree: Any, facts: dict[str, bool]) -> None:
    def table(node: Any) -> dict[str, Any]:
        if isinstance(node, Comparison):
            return {"fact": node.fact, "eq": True}
        inner = [table(part) for part in node.parts]
        return {node.kind: inner[0] if node.kind == "not" else inner}

    node, told = read(table(tree))
    if any("deeper" in text for text in told):
        return
    assert told == []
    assert evaluate(node, Known(facts)).truth is evaluate(tree, Known(facts)).truth


# -- comparisons --------------------------------------------------------------------------------

COMPARISONS = [
    ({"fact": "customer.age", "min": 18, "max": 65}, {"customer.age": 18}, True),
    ({"fact": "customer.age", "min": 18, "max": 65}, {"customer.age": 65}, True),
    ({"fact": "customer.age", "min": 18, "max": 65}, {"customer.age": 17}, False),
    ({"fact": "customer.age", "min": 18, "max": 65}, {"customer.age": 66}, False),
    ({"fact": "customer.age", "gt": 18}, {"customer.age": 18}, False),
    ({"fact": "customer.age", "lt": 18}, {"customer.age": 18}, False),
    ({"fact": "customer.age", "min": 18}, {}, None),
    ({"fact": "ask.x", "eq": Decimal("0.1")}, {"ask.x": Decimal("0.10")}, True),
    ({"fact": "ask.x", "ne": 1}, {"ask.x": Decimal(1)}, False),
    ({"fact": "ask.use", "in": ["own", "let"]}, {"ask.use": "let"}, True),
    ({"fact": "ask.use", "in": ["own", "let"]}, {"ask.use": "shop"}, False),
    ({"fact": "ask.use", "not_in": ["own", "let"]}, {"ask.use": "shop"}, True),
    ({"fact": "ask.use", "not_in": ["own", "let"]}, {}, None),
    ({"fact": "ask.n", "in": [1, 2]}, {"ask.n": Decimal("2.0")}, True),
    ({"fact": "ask.use", "present": True}, {"ask.use": "x"}, True),
    ({"fact": "ask.use", "present": True}, {}, False),
    ({"fact": "ask.use", "present": False}, {}, True),
    ({"ratio": ["ask.a", "ask.b"], "present": True}, {"ask.a": 1}, False),
    ({"ratio": ["ask.a", "ask.b"], "present": True}, {"ask.a": 1, "ask.b": 0}, True),
    # 700,000 ÷ 1,000,000 = 0.7
    ({"ratio": ["ask.a", "ask.b"], "max": Decimal("0.7")}, {"ask.a": Money.of(700_000), "ask.b": Money.of(1_000_000)}, True),
    ({"ratio": ["ask.a", "ask.b"], "max": Decimal("0.7")}, {"ask.a": Money.of("700000.01"), "ask.b": Money.of(1_000_000)}, False),
    # 1 ÷ 3 is exactly a third of 1: no rounding on either side
    ({"ratio": ["ask.a", "ask.b"], "max": {"fact": "ask.c", "times": 1}}, {"ask.a": 1, "ask.b": 3, "ask.c": Decimal("0.333333333333")}, False),
    # 0.5 × 200 + 10 = 110
    ({"fact": "ask.a", "le": {"fact": "ask.b", "times": Decimal("0.5"), "plus": 10}}, {"ask.a": 110, "ask.b": 200}, True),
    ({"fact": "ask.a", "le": {"fact": "ask.b", "times": Decimal("0.5"), "plus": 10}}, {"ask.a": 111, "ask.b": 200}, False),
    ({"fact": "ask.tenor", "le": "3y"}, {"ask.tenor": Tenor.parse("36m")}, True),
    ({"fact": "ask.tenor", "le": "3y"}, {"ask.tenor": Tenor.parse("37m")}, False),
    ({"fact": "ask.tenor", "le": {"fact": "figure.most"}}, {"ask.tenor": Tenor.parse("5y"), "figure.most": "60m"}, True),
    ({"fact": "ask.start", "ge": date(2024, 2, 29)}, {"ask.start": date(2024, 2, 29)}, True),
    ({"fact": "customer.local", "eq": True}, {"customer.local": False}, False),
    ({"fact": "ask.amount", "le": 500}, {"ask.amount": Money.of(500, "USD")}, True),  # 500 of its own currency
]  # fmt: skip


@pytest.mark.parametrize(("table", "facts", "wanted"), COMPARISONS)
def test_a_comparison(table: Any, facts: dict[str, Any], wanted: bool | None) -> None:
    assert truth(table, facts) is wanted


def test_amounts_of_two_currencies_are_compared_at_the_mid_rate() -> None:
    limit = {"fact": "ask.amount", "le": {"fact": "customer.income"}}
    facts = {"ask.amount": Money.of(100, "USD"), "customer.income": Money.of(700, "CNY")}
    assert truth(limit, facts, Bank) is True  # 700 ÷ 7 = 100
    assert truth(limit, {**facts, "customer.income": Money.of("699.90")}, Bank) is False
    half = {"fact": "ask.amount", "le": {"fact": "customer.income", "times": Decimal("0.5")}}
    assert truth(half, {**facts, "customer.income": Money.of(1400)}, Bank) is True
    share = {"ratio": ["ask.amount", "customer.income"], "max": 1}
    assert truth(share, facts, Bank) is True
    with pytest.raises(
        CurrencyError, match=r"700\.00 CNY cannot be compared with an amount in USD"
    ):
        truth(limit, facts)


@pytest.mark.parametrize(
    ("table", "facts", "words"),
    [
        ({"fact": "ask.a", "eq": "x"}, {"ask.a": 1}, r"ask\.a: 1 cannot be compared with 'x' \(int and str\)"),
        ({"fact": "ask.a", "eq": 1}, {"ask.a": True}, r"True cannot be compared with 1"),
        ({"fact": "ask.a", "min": 1}, {"ask.a": "1"}, r"'1' cannot be compared with 1"),
        ({"fact": "ask.a", "min": 1}, {"ask.a": date(2024, 1, 1)}, r"cannot be compared"),
        ({"fact": "ask.a", "min": 1}, {"ask.a": ("a", "b")}, r"cannot be compared"),
        ({"fact": "ask.a", "in": ["a"]}, {"ask.a": 3}, r"3 cannot be compared with 'a'"),
        ({"ratio": ["ask.a", "ask.b"], "max": 1}, {"ask.a": 1, "ask.b": 0}, r"ask\.b is 0: the ratio ask\.a ÷ ask\.b has no value"),
        ({"ratio": ["ask.a", "ask.b"], "max": 1}, {"ask.a": "x", "ask.b": 1}, r"ask\.a: 'x' is not a number"),
        ({"fact": "ask.a", "le": {"fact": "ask.b", "times": 2}}, {"ask.a": 1, "ask.b": "y"}, r"ask\.b: 'y' is not a number"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_an_error(table: Any, facts: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        truth(table, facts)


def test_a_part_that_decides_makes_up_for_one_that_has_no_value() -> None:
    ratio = {"ratio": ["ask.loan", "ask.price"], "max": 1}
    free = {"fact": "ask.price", "eq": 0}
    facts = {"ask.loan": 1, "ask.price": 0}
    for order in ([free, ratio], [ratio, free]):
        assert truth({"any": order}, facts) is True
        with pytest.raises(InputError, match="has no value"):
            truth({"all": order}, facts)


def test_missing_facts_are_all_named_and_found_ones_kept() -> None:
    node, _ = read({"all": [
        {"fact": "customer.age", "min": 18}, {"fact": "customer.income", "min": 1}, {"fact": "ask.n", "min": 1},
    ]})  # fmt: skip
    verdict = evaluate(node, Known({"ask.n": 3}))
    assert verdict.truth is None
    assert verdict.missing == ("customer.age", "customer.income")
    assert verdict.found == {"ask.n": 3}


@pytest.mark.parametrize(
    "hostile",
    [
        "__import__('os').system('x')",
        "customer.__class__",
        "ask.amount.__init__.__globals__",
        "{0.__class__}",
        "1+1",
    ],
)
def test_text_is_never_evaluated(hostile: str) -> None:
    node, told = read({"fact": "customer.name", "eq": hostile})
    assert told == []
    assert evaluate(node, Known({"customer.name": hostile})).truth is True
    assert evaluate(node, Known({"customer.name": "2"})).truth is False
    path, told = read({"fact": hostile, "eq": 1})
    if path is not None:  # a dotted path is a key, never an attribute
        assert evaluate(path, Known({})).missing == (hostile,)
    else:
        assert told


# -- reading ------------------------------------------------------------------------------------

FAULTS = [
    ("x", "is not a test"),
    ({}, "`fact` is missing"),
    ({"fact": 5, "eq": 1}, "`fact` is missing: 5 is none"),
    ({"fact": "age", "eq": 1}, "'age' is not a fact: it starts with one of ask., customer."),
    ({"fact": "ask.a"}, "compares with nothing"),
    ({"fact": "ask.a", "minn": 1}, "unknown key; did you mean 'min'"),
    ({"fact": "ask.a", "is": 1}, "unknown key"),
    ({"fact": "ask.a", "in": []}, "is not a list of values"),
    ({"fact": "ask.a", "in": "a"}, "is not a list of values"),
    ({"fact": "ask.a", "in": [["a"]]}, "is not a list of values"),
    ({"fact": "ask.a", "eq": ["a"]}, "is not a value, nor a table with `fact`"),
    ({"fact": "ask.a", "eq": {"times": 2}}, "`fact` is missing"),
    ({"fact": "ask.a", "eq": {"fact": "b"}}, "'b' is not a fact"),
    ({"fact": "ask.a", "present": "yes"}, "is not true or false"),
    ({"fact": "ask.a", "min": 5, "max": 4}, "can never hold"),
    ({"ratio": ["ask.a"], "max": 1}, "is not a pair of facts"),
    ({"ratio": ["ask.a", "ask.b"], "fact": "ask.c", "max": 1}, "stands beside `fact`"),
    ({"all": []}, "is not a list of tests"),
    ({"all": [{"fact": "ask.a", "eq": 1}], "fact": "ask.b"}, "stands alone in its table"),
    ({"not": [{"fact": "ask.a", "eq": 1}]}, "is not a test"),
    ({"any": [{"fact": "ask.a", "eq": 1}] * 1_001}, "holds more than 1000 tests"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "words"), FAULTS)
def test_a_fault_of_a_tree_is_told(table: Any, words: str) -> None:
    node, told = read(table)
    assert node is None
    assert any(words in text for text in told), told


def test_depth_has_a_limit() -> None:
    table: Any = {"fact": "ask.a", "eq": 1}
    for _ in range(15):
        table = {"not": table}
    assert read(table)[1] == []
    node, told = read({"not": table})
    assert node is None
    assert "nested deeper than 16 tests, which is the limit" in told[0]


def test_a_tree_as_people_read_it() -> None:
    node, _ = read({"any": [
        {"fact": "customer.age", "min": 18},
        {"not": {"ratio": ["ask.a", "ask.b"], "le": {"fact": "figure.most", "times": 2, "plus": 1}}},
        {"fact": "ask.use", "in": ["own", "let"]},
        {"fact": "ask.use", "present": True},
    ]})  # fmt: skip
    assert node.text() == (
        "(customer.age ≥ 18 or not (ask.a ÷ ask.b ≤ 2 × figure.most + 1)"
        " or ask.use in {own, let} or ask.use is known)"
    )
