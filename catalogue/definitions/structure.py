"""From plain tables to frozen attrs classes: one declaration reads, checks and documents a file.

The attrs class is the specification: a field's type says what is allowed, its default whether it may
be left out, and `metadata["doc"]` what it means (the JSON Schema carries it). All faults are collected.
Unknown keys are errors with a suggestion: a key that nobody reads would be a lie.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

import attrs

from catalogue.definitions.problems import KeyPath, Problems
from catalogue.errors import InputError
from catalogue.values import Tenor
from catalogue.values.text import clean, suggest

Code = NewType("Code", str)
"""A product, sheet or bundle code: lower-case words joined by hyphens."""

CODE_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
_CODE = re.compile(CODE_PATTERN + r"\Z")
_MISSING = object()


def key(doc: str, default: Any = attrs.NOTHING, *, name: str | None = None, **more: Any) -> Any:
    """An attrs field of a definition: `doc` for readers and the schema, `name` if the key differs."""
    return attrs.field(default=default, metadata={"doc": doc, "name": name}, **more)


Specification = tuple[tuple[str, "attrs.Attribute[Any]", Any], ...]
_SPECIFICATIONS: dict[type[Any], Specification] = {}


def specification(cls: type[Any]) -> Specification:
    """(key name in the file, attribute, resolved type) for each field of a definition class."""
    if cls not in _SPECIFICATIONS:
        _SPECIFICATIONS[cls] = _specify(cls)
    return _SPECIFICATIONS[cls]


def _specify(cls: type[Any]) -> Specification:
    hints = get_type_hints(cls)
    return tuple(
        (field.metadata.get("name") or field.name, field, hints[field.name])
        for field in attrs.fields(cls)
        if not field.metadata.get("hidden")
    )


class Reader:
    """Structures values of one file (or of a merged version) and notes every fault.

    `locate` maps a key path of the value at hand to (file, key path in that file): a merged version
    has parts from several files.
    """

    def __init__(
        self, problems: Problems, locate: Callable[[KeyPath], tuple[str, KeyPath]]
    ) -> None:
        self.problems = problems
        self.locate = locate

    def fault(self, path: KeyPath, message: str) -> None:
        """Note a fault at `path`."""
        file, key_path = self.locate(path)
        self.problems.add(file, key_path, message)

    def read(self, kind: Any, value: Any, path: KeyPath) -> Any:
        """`value` as `kind`, or the sentinel MISSING after a noted fault."""
        origin = get_origin(kind)
        if kind is Any:
            return value
        if origin is Literal:
            return self._literal(kind, value, path)
        if origin in (Union, types.UnionType):
            return self._union(kind, value, path)
        if origin is tuple:
            return self._tuple(get_args(kind)[0], value, path)
        if origin is Mapping or origin is dict:
            return self._mapping(get_args(kind)[1], value, path)
        if hasattr(kind, "from_table"):
            return kind.from_table(self, value, path)
        if attrs.has(kind) and kind is not Tenor:
            return self.table(kind, value, path)
        return self._scalar(kind, value, path)

    def table(self, cls: type[Any], value: Any, path: KeyPath) -> Any:
        """An attrs class from a table."""
        if not isinstance(value, Mapping):
            self.fault(path, f"{_shown(value)} is not a table")
            return _MISSING
        names = [name for name, _, _ in specification(cls)]
        for extra in value:
            if extra not in names:
                hint = suggest(extra, names)
                self.fault((*path, extra), f"unknown key{hint or '; allowed: ' + ', '.join(names)}")
        arguments: dict[str, Any] = {}
        good, whole = True, True
        for name, field, kind in specification(cls):
            required = field.default is attrs.NOTHING
            if name not in value:
                if required:
                    self.fault(path, f"`{name}` is missing ({field.metadata.get('doc', '')})")
                    good = False
                continue
            read = self.read(kind, value[name], (*path, name))
            if read is not _MISSING:
                arguments[field.alias or field.name] = read
                continue
            # Its fault is noted. A default stands in for it, so that faults which only a whole
            # version shows are told in the same run.
            whole = False
            good = good and not required
        if not good:
            return _MISSING
        try:
            return cls(**arguments)
        except InputError as error:
            if whole:  # else it may only follow from the fault that is noted
                self.fault(path, str(error))
            return _MISSING

    def _scalar(self, kind: Any, value: Any, path: KeyPath) -> Any:
        if kind is Decimal and type(value) in (int, Decimal):
            return Decimal(value)
        if kind is bool and isinstance(value, bool):
            return value
        if kind is int and type(value) is int:
            return value
        if kind is str and isinstance(value, str):
            if value.strip():
                return value
            self.fault(path, "is an empty text")
            return _MISSING
        if kind is date and isinstance(value, date) and not isinstance(value, datetime):
            return value
        if kind is Code and isinstance(value, str) and len(value) <= 64 and _CODE.match(value):
            return value
        if kind is Tenor and isinstance(value, str):
            try:
                return Tenor.parse(value)
            except InputError as error:
                self.fault(path, str(error))
                return _MISSING
        self.fault(path, f"{_shown(value)} is not {_NAMES.get(kind, kind)}{_remedy(kind, value)}")
        return _MISSING

    def _literal(self, kind: Any, value: Any, path: KeyPath) -> Any:
        allowed = get_args(kind)
        if type(value) in {type(item) for item in allowed} and value in allowed:
            return value
        hint = suggest(value, map(str, allowed)) if isinstance(value, str) else ""
        self.fault(path, f"{_shown(value)} is not one of {', '.join(map(str, allowed))}{hint}")
        return _MISSING

    def _union(self, kind: Any, value: Any, path: KeyPath) -> Any:
        options = [option for option in get_args(kind) if option is not type(None)]
        if len(options) == 1:
            return self.read(options[0], value, path)
        told = []
        for option in options:
            trial = Problems()
            read = Reader(trial, self.locate).read(option, value, path)
            if not trial:
                return read
            if isinstance(value, Mapping) == _is_table(option):
                told.append(trial)
        if len(told) == 1:  # the only form that the value can have been meant as
            self.problems.extend(told[0])
        else:
            names = [_NAMES.get(option, "a table") for option in options]
            self.fault(path, f"{_shown(value)} is neither {' nor '.join(names)}")
        return _MISSING

    def _tuple(self, kind: Any, value: Any, path: KeyPath) -> Any:
        if not isinstance(value, list):
            self.fault(path, f"{_shown(value)} is not a list; write [ ... ]")
            return _MISSING
        read = [self.read(kind, item, (*path, index)) for index, item in enumerate(value)]
        return _MISSING if any(item is _MISSING for item in read) else tuple(read)

    def _mapping(self, kind: Any, value: Any, path: KeyPath) -> Any:
        if not isinstance(value, Mapping):
            self.fault(path, f"{_shown(value)} is not a table")
            return _MISSING
        read = {name: self.read(kind, item, (*path, name)) for name, item in value.items()}
        sound = {name: item for name, item in read.items() if item is not _MISSING}
        return types.MappingProxyType(sound)


MISSING = _MISSING
_NAMES: dict[Any, str] = {
    Decimal: "a number",
    int: "a whole number",
    bool: "true or false",
    str: "a text",
    date: "a date (YYYY-MM-DD without quotes)",
    Code: "a code (lower-case words joined by hyphens)",
    Tenor: 'a tenor ("12m", "90d", "3y")',
}


def _is_table(kind: Any) -> bool:
    if kind is Tenor:
        return False
    return attrs.has(kind) or hasattr(kind, "from_table") or get_origin(kind) in (Mapping, dict)


def _shown(value: Any) -> str:
    return clean(repr(value) if not isinstance(value, Decimal) else str(value))


def _remedy(kind: Any, value: Any) -> str:
    if kind in (Decimal, int) and isinstance(value, str):
        return "; write it without quotes" + (", 5% as 0.05" if "%" in value else "")
    if kind is date and isinstance(value, str):
        return "; write it without quotes"
    return ""
