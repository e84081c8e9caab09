"""Declarative conditions: a small typed tree over facts, with three outcomes and no eval.

A fact is a dotted path ("customer.age", "ask.amount", "figure.max_ltv", "terms.rate").
A condition is true, false, or unknown when a fact is missing (Kleene's logic): the missing
facts are what the client must bring.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Protocol

import attrs

from catalogue.definitions.problems import KeyPath
from catalogue.definitions.structure import MISSING, Reader, key
from catalogue.errors import InputError
from catalogue.values import Money, Tenor
from catalogue.values.limits import MAX_CONDITION_DEPTH, MAX_CONDITION_NODES

Comparison = Literal["eq", "ne", "lt", "le", "gt", "ge"]
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt,
    "le": operator.le, "gt": operator.gt, "ge": operator.ge,
}  # fmt: skip
SYMBOLS: Mapping[str, str] = {
    "eq": "=", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥",
}  # fmt: skip
ROOTS = ("ask", "customer", "terms", "figure", "result", "total", "line", "bundle")


class Facts(Protocol):
    """What a condition is evaluated over."""

    def lookup(self, path: str) -> Any:
        """The value of a dotted path, or None when the fact is missing."""


@attrs.frozen
class Operand:
    """A literal, or a fact times a factor plus a constant."""

    literal: Any = None
    fact: str | None = None
    times: Decimal = Decimal(1)
    plus: Decimal = Decimal(0)

    def text(self) -> str:
        """As people read it: `0.5 × ask.price`."""
        if self.fact is None:
            return str(self.literal)
        scaled = self.fact if self.times == 1 else f"{self.times} × {self.fact}"
        return scaled if self.plus == 0 else f"{scaled} + {self.plus}"


@attrs.frozen
class Test:
    """One comparison of a fact, or of the ratio of two facts."""

    fact: str
    op: str
    operand: Operand | None = None
    members: tuple[Any, ...] = ()
    over: str | None = None

    def text(self) -> str:
        """As people read it."""
        left = self.fact if self.over is None else f"{self.fact} ÷ {self.over}"
        if self.op == "present":
            return f"{left} is known"
        if self.op in ("in", "not_in"):
            return f"{left} {'in' if self.op == 'in' else 'not in'} {{{', '.join(map(str, self.members))}}}"
        return f"{left} {SYMBOLS[self.op]} {self.operand.text() if self.operand else ''}"


@attrs.frozen
class Group:
    """all / any / not of other nodes."""

    kind: Literal["all", "any", "not"]
    parts: tuple[Node, ...]

    def text(self) -> str:
        """As people read it."""
        if self.kind == "not":
            return f"not ({self.parts[0].text()})"
        return (
            "("
            + (" and " if self.kind == "all" else " or ").join(p.text() for p in self.parts)
            + ")"
        )


Node = Test | Group


@attrs.frozen
class Verdict:
    """The outcome of a tree: truth (None = unknown), facts used, facts missing."""

    truth: bool | None
    found: Mapping[str, Any]
    missing: tuple[str, ...]


def evaluate(node: Node, facts: Facts) -> Verdict:
    """Evaluate a tree; values of kinds that cannot be compared raise InputError naming the fact."""
    found: dict[str, Any] = {}
    missing: dict[str, None] = {}

    def value_of(path: str) -> Any:
        value = facts.lookup(path)
        if value is None:
            missing[path] = None
        else:
            found[path] = value
        return value

    truth = _truth(node, value_of, facts)
    return Verdict(truth, found, () if truth is not None else tuple(missing))


def _truth(node: Node, value_of: Callable[[str], Any], facts: Facts) -> bool | None:
    if isinstance(node, Test):
        return _test(node, value_of, facts)
    parts = [_truth(part, value_of, facts) for part in node.parts]
    if node.kind == "not":
        return None if parts[0] is None else not parts[0]
    decisive = node.kind == "any"
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive


def _test(test: Test, value_of: Callable[[str], Any], facts: Facts) -> bool | None:
    if test.op == "present":
        known = facts.lookup(test.fact) is not None
        return known if test.operand is None or test.operand.literal else not known
    left = value_of(test.fact)
    if test.over is not None:
        left = _ratio(left, value_of(test.over), test)
    if test.op in ("in", "not_in"):
        if left is None:
            return None
        inside = any(_comparable(left, member, test)[0] == member for member in test.members)
        return inside is (test.op == "in")
    if test.operand is None:  # the reader always gives one
        raise InputError(f"{test.fact}: {test.op} has nothing to compare with")
    right = _operand(test.operand, value_of)
    if left is None or right is None:
        return None
    left, right = _comparable(left, right, test)
    return bool(_OPERATORS[test.op](left, right))


def _ratio(left: Any, right: Any, test: Test) -> Decimal | None:
    if left is None or right is None:
        return None
    top, bottom = _number(left, test.fact), _number(right, test.over or "")
    if bottom == 0:
        raise InputError(f"{test.over} is 0: the ratio {test.fact} ÷ {test.over} has no value")
    return top / bottom


def _operand(operand: Operand, value_of: Callable[[str], Any]) -> Any:
    if operand.fact is None:
        return operand.literal
    value = value_of(operand.fact)
    if value is None or (operand.times == 1 and operand.plus == 0):
        return value
    return _number(value, operand.fact) * operand.times + operand.plus


def _number(value: Any, what: str) -> Decimal:
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise InputError(f"{what}: {value!r} is not a number")
    return Decimal(value)


def _comparable(left: Any, right: Any, test: Test) -> tuple[Any, Any]:
    """Both sides in one kind: Money against numbers by amount, tenors by length."""
    pair = []
    for side in (left, right):
        if isinstance(side, Money):
            side = side.amount
        elif isinstance(side, int) and not isinstance(side, bool):
            side = Decimal(side)
        pair.append(side)
    kinds = {Tenor if isinstance(side, Tenor) else type(side) for side in pair}
    if kinds == {Tenor, str}:
        pair = [Tenor.parse(side) if isinstance(side, str) else side for side in pair]
        kinds = {Tenor}
    if kinds == {Tenor}:
        return pair[0].sort_key, pair[1].sort_key
    if len(kinds) > 1:
        raise InputError(
            f"{test.fact}: {left!r} cannot be compared with {right!r}"
            f" ({type(left).__name__} and {type(right).__name__})"
        )
    return pair[0], pair[1]


# -- reading from a table -----------------------------------------------------------------------

_TEST_KEYS = (
    "fact",
    "ratio",
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "min",
    "max",
    "in",
    "not_in",
    "present",
)
_ALIAS = {"min": "ge", "max": "le"}


@attrs.frozen
class Condition:
    """An eligibility condition: what is required (`test`), when, and what to say."""

    test: Node
    reason: str
    reason_zh: str
    when: Node | None = None
    otherwise: Literal["fail", "refer"] = "fail"
    bring: str | None = None
    bring_zh: str | None = None

    @classmethod
    def from_table(cls, reader: Reader, value: Any, path: KeyPath) -> Any:
        """The long form with reason; `applies` and `waive` keys use the bare test."""
        if isinstance(value, Mapping) and "reason" not in value and "test" not in value:
            node = read_node(reader, value, path)
            return MISSING if node is None else cls(node, node.text(), node.text())
        table = reader.table(ConditionTable, value, path)
        if table is MISSING:
            return MISSING
        return cls(
            table.test.node, table.reason, table.reason_zh, table.when and table.when.node,
            table.otherwise, table.bring, table.bring_zh,
        )  # fmt: skip


@attrs.frozen
class Tree:
    """A test tree as a key's value."""

    node: Node

    @classmethod
    def from_table(cls, reader: Reader, value: Any, path: KeyPath) -> Any:
        """Read a tree."""
        node = read_node(reader, value, path)
        return MISSING if node is None else cls(node)


@attrs.frozen
class ConditionTable:
    """The keys of a condition."""

    test: Tree = key("what must hold")
    reason: str = key("the requirement in English, as told to the client")
    reason_zh: str = key("the requirement in Chinese")
    when: Tree | None = key("only checked when this holds", None)
    otherwise: Literal["fail", "refer"] = key("outcome when it does not hold", "fail")
    bring: str | None = key("what to bring when facts are missing", None)
    bring_zh: str | None = key("the same in Chinese", None)


def read_node(reader: Reader, value: Any, path: KeyPath, depth: int = 1) -> Node | None:
    """A test tree from a table; faults are noted and None returned."""
    if not isinstance(value, Mapping):
        reader.fault(path, 'is not a test: write { fact = "customer.age", min = 18 }')
        return None
    if depth > MAX_CONDITION_DEPTH:
        reader.fault(path, f"nested deeper than {MAX_CONDITION_DEPTH} tests, which is the limit")
        return None
    groups = [name for name in ("all", "any", "not") if name in value]
    if groups:
        return _read_group(reader, groups, value, path, depth)
    return _read_tests(reader, value, path)


def _read_group(
    reader: Reader, groups: list[str], value: Mapping[str, Any], path: KeyPath, depth: int
) -> Node | None:
    name = groups[0]
    if len(value) > 1:
        reader.fault(path, f"`{name}` stands alone in its table; put other tests inside it")
        return None
    inner = value[name]
    if name == "not":
        node = read_node(reader, inner, (*path, "not"), depth + 1)
        return None if node is None else Group("not", (node,))
    if not isinstance(inner, list) or not inner:
        reader.fault((*path, name), "is not a list of tests")
        return None
    if len(inner) > MAX_CONDITION_NODES:
        reader.fault(
            (*path, name), f"holds more than {MAX_CONDITION_NODES} tests, which is the limit"
        )
        return None
    nodes = [read_node(reader, part, (*path, name, at), depth + 1) for at, part in enumerate(inner)]
    if any(node is None for node in nodes):
        return None
    return Group(
        "all" if name == "all" else "any", tuple(node for node in nodes if node is not None)
    )


def _read_tests(reader: Reader, value: Mapping[str, Any], path: KeyPath) -> Node | None:
    from catalogue.values.text import suggest

    good = True
    for extra in value:
        if extra not in _TEST_KEYS:
            hint = (
                suggest(extra, _TEST_KEYS) or f"; allowed: {', '.join(_TEST_KEYS)}, all, any, not"
            )
            reader.fault((*path, extra), f"unknown key{hint}")
            good = False
    fact, over = value.get("fact"), None
    if "ratio" in value:
        pair = value["ratio"]
        if fact is not None or not isinstance(pair, list) or len(pair) != 2:
            reader.fault((*path, "ratio"), "is not a pair of facts, or stands beside `fact`")
            return None
        fact, over = pair
    for name in (fact, over) if over is not None else (fact,):
        good = _check_fact(reader, name, path) and good
    tests = []
    for op in value:
        if op in ("fact", "ratio") or op not in _TEST_KEYS:
            continue
        test = _read_one(reader, str(fact), over, op, value[op], (*path, op))
        good = good and test is not None
        tests.append(test)
    if not tests and good:
        reader.fault(path, "compares with nothing; add min, max, eq, in, present …")
        return None
    if not good:
        return None
    made = tuple(test for test in tests if test is not None)
    return made[0] if len(made) == 1 else Group("all", made)


def _check_fact(reader: Reader, name: Any, path: KeyPath) -> bool:
    from catalogue.values.text import clean, suggest

    if not isinstance(name, str):
        reader.fault(path, "`fact` is missing")
        return False
    root = name.split(".", 1)[0]
    if root not in ROOTS or "." not in name:
        reader.fault(
            (*path, "fact"),
            f"{clean(repr(name))} is not a fact: it starts with one of "
            f"{', '.join(r + '.' for r in ROOTS)}{suggest(root, ROOTS)}",
        )
        return False
    return True


def _read_one(
    reader: Reader, fact: str, over: str | None, op: str, value: Any, path: KeyPath
) -> Test | None:
    if op == "present":
        if not isinstance(value, bool):
            reader.fault(path, "is not true or false")
            return None
        return Test(fact, "present", Operand(value), over=over)
    if op in ("in", "not_in"):
        if not isinstance(value, list) or not value:
            reader.fault(path, "is not a list of values")
            return None
        return Test(fact, op, members=tuple(value), over=over)
    operand = _read_operand(reader, value, path)
    return None if operand is None else Test(fact, _ALIAS.get(op, op), operand, over=over)


def _read_operand(reader: Reader, value: Any, path: KeyPath) -> Operand | None:
    if isinstance(value, Mapping):
        table = reader.table(FactOperand, value, path)
        if table is MISSING or not _check_fact(reader, table.fact, path):
            return None
        return Operand(fact=table.fact, times=table.times, plus=table.plus)
    if isinstance(value, (bool, int, Decimal, str, date)):
        return Operand(value)
    reader.fault(path, "is not a value, nor a table with `fact`")
    return None


@attrs.frozen
class FactOperand:
    """The right side of a comparison as a fact."""

    fact: str = key("dotted path of a fact")
    times: Decimal = key("times this", Decimal(1))
    plus: Decimal = key("plus this", Decimal(0))
