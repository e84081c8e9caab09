"""Checks of the facts that fees and conditions read: declared, and of a kind that can be compared so.

A condition that compares a choice with a word that is none of its choices would be false for ever,
and one that compares a number with a text would stop a quote: both are faults of the definition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from catalogue.definitions.common_fields import COMMON_FIELDS, accepted_fields, field_type
from catalogue.definitions.condition_tree import Group, Node, Test
from catalogue.definitions.conditions import Condition
from catalogue.definitions.facts import FactDef
from catalogue.definitions.figures import Figure
from catalogue.definitions.model import FieldDef, ProductVersion
from catalogue.definitions.problems import KeyPath
from catalogue.definitions.structure import Reader
from catalogue.errors import InputError
from catalogue.values import Tenor
from catalogue.values.text import shown, suggest, with_article

NUMBERS = ("money", "number", "rate", "int")
_ORDERED = (*NUMBERS, "date", "tenor")
ORDER = ("lt", "le", "gt", "ge")
_WORDS = ("choice", "text")
_FREE_ROOTS = ("terms", "result", "total")


@attrs.frozen
class Kind:
    """What a fact holds: a type of field, and the words it may be."""

    type: str
    choices: tuple[str, ...] | None = None


def kind_of_literal(value: Any) -> str:
    """The type of a value written in a condition; a text may be a tenor as well."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, (int, Decimal)):
        return "number"
    return "date" if isinstance(value, date) else "text"


class KnownFacts:
    """The facts that a version declares, and their kinds; None: known, but of any kind.

    Without a version (bundles, policies) only the customer's are declared; the facts of the roots in
    `free` are made by plugins or by other definitions and pass unchecked.
    """

    def __init__(
        self,
        version: ProductVersion | None,
        facts: Mapping[str, FactDef] | None,
        free: tuple[str, ...] = _FREE_ROOTS,
    ) -> None:
        self.kinds: dict[str, Kind | None] = {}
        if version is not None:
            self.kinds |= _kinds_of(version)
        self.free = free
        self.any_customer = facts is None
        for name, fact in (facts or {}).items():
            self.kinds[f"customer.{name}"] = Kind(fact.type, fact.choices)

    def check(
        self, name: str, path: KeyPath, reader: Reader, kinds: tuple[str, ...] = ()
    ) -> Kind | None:
        """Note a fact that nobody declares, or one that is of none of `kinds`; its kind if known."""
        root = name.split(".", 1)[0]
        if root in self.free or (root == "customer" and self.any_customer):
            return None
        if name not in self.kinds:
            hint = suggest(name, self.kinds) or "; declare it first"
            reader.fault(path, f"{name!r} is not a declared fact{hint}")
            return None
        kind = self.kinds[name]
        if kinds and kind is not None and kind.type not in kinds:
            reader.fault(
                path, f"{name} is {with_article(kind.type)}; here is needed: {', '.join(kinds)}"
            )
        return kind

    def check_condition(self, condition: Condition | None, path: KeyPath, reader: Reader) -> None:
        """Every comparison in a condition's trees."""
        if condition is not None:
            self.check_node(condition.test, (*path, "test"), reader)
            self.check_node(condition.when, (*path, "when"), reader)

    def check_node(self, node: Node | None, path: KeyPath, reader: Reader) -> None:
        """Every comparison in a tree."""
        for test in tests_of(node):
            self._check_test(test, path, reader)

    def _check_test(self, test: Test, path: KeyPath, reader: Reader) -> None:
        kind = self.check(test.fact, path, reader)
        if test.over is not None:
            self.check(test.fact, path, reader, NUMBERS)
            self.check(test.over, path, reader, NUMBERS)
            kind = Kind("number")
        other = None
        if test.operand is not None and test.operand.fact is not None:
            scaled = test.operand.times != 1 or test.operand.plus != 0
            other = self.check(test.operand.fact, path, reader, NUMBERS if scaled else ())
        if test.op in ORDER and any(not _has_order(value) for value in _literals(test)):
            (value,) = _literals(test)
            reader.fault(path, f"{shown(value)} has no order; {test.fact} is compared by {test.op}")
        if kind is None or test.op == "present":
            return
        if kind.type in ("list", "rows"):
            reader.fault(
                path, f"{test.fact} is {with_article(kind.type)}: only `present` can be asked of it"
            )
        elif test.op in ORDER and kind.type not in _ORDERED:
            reader.fault(
                path, f"{test.fact} is {with_article(kind.type)}, which has no order; use eq or in"
            )
        elif other is not None and not _meet(kind.type, other.type):
            operand = test.operand.fact if test.operand else ""
            reader.fault(
                path,
                f"{test.fact} is {with_article(kind.type)}, {operand} {with_article(other.type)}",
            )
        else:
            for value in _literals(test):
                _check_literal(test, kind, value, path, reader)


def _has_order(value: Any) -> bool:
    if isinstance(value, str):
        try:
            Tenor.parse(value)
        except InputError:
            return False
    return not isinstance(value, bool)


def _literals(test: Test) -> tuple[Any, ...]:
    if test.operand is None:
        return test.members
    return () if test.operand.fact is not None else (test.operand.literal,)


def _check_literal(test: Test, kind: Kind, value: Any, path: KeyPath, reader: Reader) -> None:
    if not _meet(kind.type, kind_of_literal(value)):
        reader.fault(
            path, f"{test.fact} is {with_article(kind.type)}; {shown(value)} cannot be one"
        )
    elif kind.type == "tenor":
        try:
            Tenor.parse(value)
        except InputError as error:
            reader.fault(path, str(error))
    elif kind.choices is not None and value not in kind.choices:
        hint = suggest(str(value), kind.choices) or f"; choices: {', '.join(kind.choices)}"
        reader.fault(path, f"{shown(value)} is no choice of {test.fact}{hint}")


def _meet(one: str, other: str) -> bool:
    """Whether two kinds can be compared; a text may hold a choice or a tenor."""
    if one in NUMBERS or other in NUMBERS:
        return one in NUMBERS and other in NUMBERS
    if "text" in (one, other):
        return {one, other} <= {"text", "choice", "tenor"}
    return one == other


def _kinds_of(version: ProductVersion) -> dict[str, Kind | None]:
    fields = accepted_fields(version.ask, rate=version.rate is not None, services=True)
    kinds: dict[str, Kind | None] = {
        f"ask.{name}": _kind_of_field(name, field, version) for name, field in fields.items()
    }
    for name, figure in version.figures.items():
        kinds[f"figure.{name}"] = _kind_of_figure(figure)
    return kinds


def _kind_of_field(name: str, field: FieldDef, version: ProductVersion) -> Kind:
    if name == "currency":
        return Kind("choice", version.currencies)
    common = COMMON_FIELDS.get(name)
    kind = field_type(name, field)
    choices = field.choices or (common.choices if common is not None else None)
    return Kind(kind, choices if kind in _WORDS else None)


def _kind_of_figure(figure: Figure) -> Kind | None:
    if isinstance(figure.value, bool):
        return Kind("bool")
    if isinstance(figure.value, Decimal):
        return Kind("number")
    return Kind("text") if isinstance(figure.value, str) else None


def tests_of(node: Node | None) -> Iterator[Test]:
    """The comparisons of a tree."""
    if isinstance(node, Group):
        for part in node.parts:
            yield from tests_of(part)
    elif node is not None:
        yield node


def facts_of(node: Node) -> Iterator[str]:
    """The fact paths that a tree reads."""
    for test in tests_of(node):
        yield test.fact
        if test.over is not None:
            yield test.over
        if test.operand is not None and test.operand.fact is not None:
            yield test.operand.fact
