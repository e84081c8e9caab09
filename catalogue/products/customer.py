"""The customer: facts by name, typed by the vocabulary in facts.toml."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from catalogue.definitions.facts import FactDef
from catalogue.definitions.model import FieldDef
from catalogue.definitions.toml_file import depth, parse_toml, read_text
from catalogue.definitions.values_of_fields import plain, read_field
from catalogue.errors import InputError
from catalogue.values.limits import MAX_CUSTOMER_FILE_BYTES, MAX_NESTING
from catalogue.values.text import clean, suggest


class Customer:
    """Facts about one customer, immutable; a fact that is not stated is unknown, never false.

    >>> Customer(kind="company", name="Example Ltd").get("kind")
    'company'
    """

    def __init__(self, facts: Mapping[str, Any] | None = None, /, **more: Any) -> None:
        merged = {**(facts or {}), **more}
        for name in merged:
            if not isinstance(name, str):
                raise InputError(f"customer: fact name {clean(repr(name))} is not a text")
        self._facts = MappingProxyType(
            {name: value for name, value in merged.items() if value is not None}
        )

    @classmethod
    def from_file(cls, path: Path | str) -> Customer:
        """From a TOML or JSON file (by its ending).

        Raises:
            InputError: names the file and what is wrong.
        """
        path = Path(path)
        text = read_text(path)
        if len(text) > MAX_CUSTOMER_FILE_BYTES:
            raise InputError(f"{path}: over the limit of {MAX_CUSTOMER_FILE_BYTES} bytes")
        data = load_json(text, str(path)) if path.suffix == ".json" else parse_toml(text, path)
        if not isinstance(data, Mapping):
            raise InputError(f"{path}: holds no table of facts; write name = value lines")
        inner = data.get("customer")
        return cls(inner if isinstance(inner, Mapping) and len(data) == 1 else data)

    @property
    def facts(self) -> Mapping[str, Any]:
        """All facts by name."""
        return self._facts

    def get(self, path: str) -> Any:
        """A fact by name, or by dotted path in nested tables; None if unknown."""
        value: Any = self._facts
        for part in path.split("."):
            if not isinstance(value, Mapping) or part not in value:
                return self._facts.get(path)
            value = value[part]
        return value

    def with_facts(self, **more: Any) -> Customer:
        """A copy with facts added or replaced."""
        return Customer({**self._facts, **more})

    def typed(self, vocabulary: Mapping[str, FactDef]) -> tuple[Customer, list[str]]:
        """A copy with values of the declared types, and the names that the vocabulary lacks.

        Raises:
            InputError: every fact with a value of the wrong type.
        """
        made: dict[str, Any] = {}
        problems, unknown = [], []
        for name, value in self._facts.items():
            known = vocabulary.get(name)
            if known is None:
                unknown.append(name)
                made[name] = value
                continue
            field = FieldDef(known.type, choices=known.choices)
            try:
                made[name] = read_field(f"customer.{name}", field, value)
            except InputError as error:
                problems.append(str(error))
        if problems:
            raise InputError.many(problems)
        return Customer(made), unknown

    def to_dict(self) -> dict[str, Any]:
        """The facts as JSON holds them."""
        return {name: plain(value) for name, value in sorted(self._facts.items())}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Customer) and self._facts == other._facts

    def __hash__(self) -> int:
        return hash(frozenset(self._facts))  # values may be lists

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self._facts),)

    def __repr__(self) -> str:
        return f"Customer({dict(self._facts)!r})"


def unknown_fact_hint(name: str, vocabulary: Iterable[str]) -> str:
    """What to say of a fact that the vocabulary lacks."""
    return f"customer.{clean(name)}: not a known fact{suggest(name, vocabulary)}"


def load_json(text: str, where: str) -> Any:
    """Strict JSON: numbers become Decimal or int, duplicate keys and NaN are refused.

    Raises:
        InputError: names `where` and the fault.
    """

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, value in items:
            if name in made:
                raise InputError(f"{where}: key {clean(repr(name))} is stated twice")
            made[name] = value
        return made

    def constant(word: str) -> Any:
        raise InputError(f"{where}: {word} is not a number that can be used")

    def number(digits: str) -> Decimal:
        if len(digits) > 40 or "e" in digits.lower():
            raise InputError(f"{where}: number {clean(digits)} is not allowed: write plain digits")
        return Decimal(digits)

    too_deep = f"{where}: nested deeper than {MAX_NESTING} levels, which is the limit"
    try:
        data = json.loads(
            text,
            parse_float=number,
            parse_constant=constant,
            object_pairs_hook=pairs,
            parse_int=lambda digits: int(number(digits)),
        )
    except RecursionError as error:
        raise InputError(too_deep) from error
    except json.JSONDecodeError as error:
        raise InputError(f"{where}:{error.lineno}: not valid JSON: {error.msg}") from error
    if depth(data) > MAX_NESTING:
        raise InputError(too_deep)
    return data
