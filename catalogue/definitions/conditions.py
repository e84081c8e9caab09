"""Conditions as definitions state them: a test tree, what to say, and what a missing fact means.

How a tree is evaluated: condition_tree.py, whose names are offered here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import attrs

from catalogue.definitions.condition_tree import (
    ROOTS,
    SYMBOLS,
    Comparison,
    Facts,
    Group,
    Node,
    Operand,
    Test,
    Verdict,
    evaluate,
)
from catalogue.definitions.problems import KeyPath
from catalogue.definitions.structure import MISSING, Reader, key
from catalogue.values.limits import MAX_CONDITION_DEPTH, MAX_CONDITION_NODES
from catalogue.values.text import clean, shown, suggest

__all__ = [
    "ROOTS",
    "SYMBOLS",
    "Comparison",
    "Condition",
    "ConditionTable",
    "FactOperand",
    "Facts",
    "Group",
    "Node",
    "Operand",
    "Test",
    "Tree",
    "Verdict",
    "evaluate",
    "read_node",
]

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
    made = (
        _read_group(reader, groups, value, path, depth)
        if groups
        else _read_tests(reader, value, path)
    )
    if depth == 1 and made is not None and _size(made) > MAX_CONDITION_NODES:
        reader.fault(path, f"holds more than {MAX_CONDITION_NODES} tests, which is the limit")
        return None
    return made


def _size(node: Node) -> int:
    """The comparisons of a tree."""
    return sum(map(_size, node.parts)) if isinstance(node, Group) else 1


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
    nodes = [read_node(reader, part, (*path, name, at), depth + 1) for at, part in enumerate(inner)]
    if any(node is None for node in nodes):
        return None
    return Group(
        "all" if name == "all" else "any", tuple(node for node in nodes if node is not None)
    )


def _read_tests(reader: Reader, value: Mapping[str, Any], path: KeyPath) -> Node | None:
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
    if _never(made):
        reader.fault(path, "can never hold: its lower bound is over its upper bound")
        return None
    return made[0] if len(made) == 1 else Group("all", made)


def _never(tests: tuple[Test, ...]) -> bool:
    """Whether plain numbers, or dates, bound a fact from below and above with nothing between."""
    bounds = [(test.op, test.operand.literal) for test in tests if test.operand is not None]
    for kinds in ((int, Decimal), (date,)):
        alike = [(op, value) for op, value in bounds if type(value) in kinds]
        lows = [value for op, value in alike if op in ("ge", "gt", "eq")]
        highs = [value for op, value in alike if op in ("le", "lt", "eq")]
        if lows and highs and max(lows) > min(highs):
            return True
    return False


def _check_fact(reader: Reader, name: Any, path: KeyPath) -> bool:
    if not isinstance(name, str):
        reader.fault(path, f"`fact` is missing{'' if name is None else f': {shown(name)} is none'}")
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
        if not isinstance(value, list) or not value or not all(map(_is_literal, value)):
            reader.fault(path, f"{shown(value)} is not a list of values; write [ ... ]")
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
    if _is_literal(value):
        return Operand(value)
    reader.fault(path, f"{shown(value)} is not a value, nor a table with `fact`")
    return None


def _is_literal(value: Any) -> bool:
    return isinstance(value, (bool, int, Decimal, str, date)) and not isinstance(value, datetime)


@attrs.frozen
class FactOperand:
    """The right side of a comparison as a fact."""

    fact: str = key("dotted path of a fact")
    times: Decimal = key("times this", Decimal(1))
    plus: Decimal = key("plus this", Decimal(0))
