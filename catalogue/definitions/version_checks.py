"""Checks of a version as a whole: fields, defaults and limits, facts that nobody declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalogue.definitions.common_fields import COMMON_FIELDS, accepted_fields, field_type
from catalogue.definitions.conditions import Condition, Group, Node, Test
from catalogue.definitions.facts import FactDef
from catalogue.definitions.model import FieldDef, ProductVersion
from catalogue.definitions.problems import KeyPath
from catalogue.definitions.structure import Reader
from catalogue.definitions.values_of_fields import read_field
from catalogue.errors import InputError
from catalogue.values.text import suggest

_CUSTOMER = "customer."


def check_version(
    version: ProductVersion, reader: Reader, facts: Mapping[str, FactDef] | None
) -> None:
    """Note every fault that only the whole version shows.

    `facts` is the vocabulary of customer facts; None leaves those names unchecked.
    """
    for name, field in version.ask.items():
        _check_field(version, name, field, reader)
    known = _Known(version, facts)
    for code, fee in version.fees.items():
        path: KeyPath = ("fees", code)
        over = fee.per.over if fee.per is not None else None
        for part, fact in (("base", fee.base), ("items", fee.items), ("per", over)):
            if fact is not None:
                known.check(fact, (*path, part), reader)
        for part, condition in (("applies", fee.applies), ("waive", fee.waive)):
            known.check_condition(condition, (*path, part), reader)
        _must_have_source(version, path, "fee", reader)
    for code, condition in version.conditions.items():
        known.check_condition(condition, ("conditions", code), reader)
        _must_have_source(version, ("conditions", code), "condition", reader)
    for kind, entries in (("documents", version.documents), ("cross_sell", version.cross_sell)):
        for code, entry in entries.items():
            known.check_condition(entry.applies, (kind, code, "applies"), reader)
    if version.rate is not None and (version.rate.reference is None) == (
        version.rate.fixed is None
    ):
        reader.fault(("rate",), "state either `reference` (a rate sheet) or `fixed`")


def _must_have_source(version: ProductVersion, path: KeyPath, what: str, reader: Reader) -> None:
    origin = version.origin(*map(str, path))
    if origin is None or origin.source is None or origin.basis is None:
        reader.fault(
            path, f"a {what} without a source; add source and basis here or to its version"
        )


def _check_field(version: ProductVersion, name: str, field: FieldDef, reader: Reader) -> None:
    path: KeyPath = ("ask", name)
    if field.type is None and name not in COMMON_FIELDS:
        hint = suggest(name, COMMON_FIELDS)
        reader.fault(path, f"`type` is missing: {name} is not a common field{hint}")
        return
    if (
        field_type(name, field) == "choice"
        and name != "currency"
        and not (field.choices or (name in COMMON_FIELDS and COMMON_FIELDS[name].choices))
    ):
        reader.fault(path, "`choices` is missing")
    if field.choices_zh is not None and len(field.choices_zh) != len(field.choices or ()):
        reader.fault((*path, "choices_zh"), "has another length than `choices`")
    if field.required and field.default is not None:
        reader.fault((*path, "default"), "a required field has no default; remove one of them")
    if field_type(name, field) == "rows" and not field.columns:
        reader.fault(path, "`columns` is missing: column name = type")
    counted = field_type(name, field) in ("rows", "list")  # min and max count rows
    for part in ("default",) if counted else ("default", "min", "max"):
        for value, at in _values(getattr(field, part), (*path, part)):
            try:
                read_field(name, field, value, version.currencies[0], limits=part == "default")
            except InputError as error:
                reader.fault(at, str(error))


def _values(value: Any, path: KeyPath) -> Iterator[tuple[Any, KeyPath]]:
    if isinstance(value, Mapping):
        for currency, amount in value.items():
            yield amount, (*path, currency)
    elif value is not None:
        yield value, path


class _Known:
    """The facts that a version declares."""

    def __init__(self, version: ProductVersion, facts: Mapping[str, FactDef] | None) -> None:
        fields = accepted_fields(version.ask, rate=version.rate is not None, services=True)
        self.names = {f"ask.{name}" for name in fields} | {
            f"figure.{name}" for name in version.figures
        }
        self.facts = facts
        if facts is not None:
            self.names |= {_CUSTOMER + name for name in facts}

    def check(self, name: str, path: KeyPath, reader: Reader) -> None:
        """A fact of ask, figure or customer must be declared; terms, result and total are the plugin's."""
        root = name.split(".", 1)[0]
        if root in ("terms", "result", "total") or (root == "customer" and self.facts is None):
            return
        if name not in self.names:
            hint = suggest(name, self.names) or "; declare it first"
            reader.fault(path, f"{name!r} is not a declared fact{hint}")

    def check_condition(self, condition: Condition | None, path: KeyPath, reader: Reader) -> None:
        """Every fact in a condition's trees."""
        if condition is None:
            return
        trees = [condition.test] if condition.when is None else [condition.test, condition.when]
        for node in trees:
            for name in facts_of(node):
                self.check(name, path, reader)


def facts_of(node: Node) -> Iterable[str]:
    """The fact paths that a tree reads."""
    if isinstance(node, Group):
        for part in node.parts:
            yield from facts_of(part)
        return
    yield from _facts_of_test(node)


def _facts_of_test(test: Test) -> Iterator[str]:
    yield test.fact
    if test.over is not None:
        yield test.over
    if test.operand is not None and test.operand.fact is not None:
        yield test.operand.fact
