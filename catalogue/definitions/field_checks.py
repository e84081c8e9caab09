"""Checks of one ask field: type, choices, columns, limits and default must fit each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from catalogue.definitions.common_fields import COMMON_FIELDS, field_type
from catalogue.definitions.model import FieldDef, FieldType
from catalogue.definitions.problems import KeyPath
from catalogue.definitions.structure import Reader
from catalogue.definitions.values_of_fields import read_field, read_value
from catalogue.errors import InputError
from catalogue.values import Money, Tenor
from catalogue.values.text import shown, suggest

_BOUNDED = ("money", "number", "rate", "int", "date", "tenor")
_NUMBERS = ("money", "number", "rate", "int")
_COUNTED = ("rows", "list")
_CHOSEN = ("choice", "text", "tenor", "list")
_CELLS = tuple(kind for kind in get_args(FieldType) if kind not in _COUNTED)


def check_field(name: str, field: FieldDef, currencies: Sequence[str], reader: Reader) -> None:
    """Note every fault of a field; `currencies` are those of the version, the default one first."""
    path: KeyPath = ("ask", name)
    if field.type is None and name not in COMMON_FIELDS:
        hint = suggest(name, COMMON_FIELDS)
        reader.fault(path, f"`type` is missing: {name} is not a common field{hint}")
        return
    kind = field_type(name, field)
    _check_choices(name, field, kind, reader)
    _check_columns(field, kind, path, reader)
    if field.required and field.default is not None:
        reader.fault((*path, "default"), "a required field has no default; remove one of them")
    elif field.default is not None:
        _try(name, field, field.default, currencies[0], (*path, "default"), reader)
    for part in ("min", "max"):
        _check_limit(name, field, kind, part, currencies, reader)
    _check_order(name, field, kind, currencies, reader)


def _check_choices(name: str, field: FieldDef, kind: str, reader: Reader) -> None:
    path: KeyPath = ("ask", name)
    choices = field.choices or (COMMON_FIELDS[name].choices if name in COMMON_FIELDS else None)
    if kind == "choice" and name != "currency" and not choices:
        reader.fault(path, "`choices` is missing")
    if field.choices is not None and kind not in _CHOSEN:
        reader.fault(
            (*path, "choices"), f"a {kind} has none; types with choices: {', '.join(_CHOSEN)}"
        )
    if field.choices_zh is not None and len(field.choices_zh) != len(field.choices or ()):
        reader.fault((*path, "choices_zh"), "has another length than `choices`")
    for index, choice in enumerate(field.choices or ()):
        if choice in (field.choices or ())[:index]:
            reader.fault((*path, "choices", index), f"{shown(choice)} is stated twice")
        if kind == "tenor":
            try:
                Tenor.parse(choice)
            except InputError as error:
                reader.fault((*path, "choices", index), str(error))


def _check_columns(field: FieldDef, kind: str, path: KeyPath, reader: Reader) -> None:
    if kind == "rows" and not field.columns:
        reader.fault(path, "`columns` is missing: column name = type")
    if kind != "rows" and field.columns:
        reader.fault((*path, "columns"), f"a {kind} has no columns; its type would be rows")
    for column, cell in (field.columns or {}).items():
        plain = cell.removesuffix("?")
        if plain not in _CELLS:
            hint = (
                suggest(plain, _CELLS) or f"; allowed: {', '.join(_CELLS)}, each with ? if optional"
            )
            reader.fault((*path, "columns", column), f"{shown(cell)} is no type of a column{hint}")


def _check_limit(
    name: str, field: FieldDef, kind: str, part: str, currencies: Sequence[str], reader: Reader
) -> None:
    limit, path = getattr(field, part), ("ask", name, part)
    if limit is None:
        return
    if kind in _COUNTED:
        if type(limit) is not int or limit < 0:
            reader.fault(path, f"{shown(limit)} is not a number of rows")
        return
    if kind not in _BOUNDED:
        reader.fault(
            path, f"a {kind} has no {part}; types with limits: {', '.join((*_BOUNDED, *_COUNTED))}"
        )
        return
    if isinstance(limit, Mapping):
        _check_currencies(limit, kind, path, currencies, reader)
    for currency, value, at in _by_currency(limit, currencies, path):
        _try(name, field, value, currency, at, reader, limits=False)


def _check_currencies(
    limit: Mapping[str, Any], kind: str, path: KeyPath, currencies: Sequence[str], reader: Reader
) -> None:
    """A table of limits has one for each currency of the version: a gap would be no limit at all."""
    if kind != "money":
        reader.fault(path, f"a {kind} has one limit, not a table by currency")
        return
    for currency in limit:
        if currency not in currencies:
            hint = suggest(currency, currencies) or f"; currencies: {', '.join(currencies)}"
            reader.fault((*path, currency), f"is not a currency of this version{hint}")
    lacking = [currency for currency in currencies if currency not in limit]
    if lacking:
        reader.fault(path, f"has no limit in {', '.join(lacking)}")


def _check_order(
    name: str, field: FieldDef, kind: str, currencies: Sequence[str], reader: Reader
) -> None:
    for currency in currencies:
        pair = []
        for limit in (field.min, field.max):
            value = limit.get(currency) if isinstance(limit, Mapping) else limit
            pair.append(_size(kind, name, value, currency))
        if None not in pair and pair[0] > pair[1]:
            reader.fault(("ask", name, "min"), "is over the maximum")
            return


def _size(kind: str, name: str, value: Any, currency: str) -> Any:
    """A limit as something that compares; None for one whose fault is told elsewhere."""
    if value is None or kind not in _BOUNDED:
        return value if type(value) is int else None
    try:
        typed = read_value(kind, name, value, currency)
    except InputError:
        return None
    if isinstance(typed, Money):
        return typed.amount
    return typed.sort_key if isinstance(typed, Tenor) else typed


def _by_currency(
    limit: Any, currencies: Sequence[str], path: KeyPath
) -> Iterator[tuple[str, Any, KeyPath]]:
    """A limit in every currency of the version: one number holds in each."""
    if isinstance(limit, Mapping):
        for currency in currencies:
            if currency in limit:
                yield currency, limit[currency], (*path, currency)
    else:
        for currency in currencies:
            yield currency, limit, path


def _try(
    name: str, field: FieldDef, value: Any, currency: str, at: KeyPath, reader: Reader,
    *, limits: bool = True,
) -> None:  # fmt: skip
    if isinstance(value, str) and field_type(name, field) in _NUMBERS:
        reader.fault(at, f"{shown(value)} is not a number; write it without quotes")
        return
    try:
        typed = read_field(name, field, value, currency, limits=limits)
    except InputError as error:
        reader.fault(at, str(error))
        return
    if limits and isinstance(typed, Money) and typed.minor < 0 and field.min is None:
        reader.fault(at, f"{typed.text()} is below 0; an amount may be so only where `min` says it")
