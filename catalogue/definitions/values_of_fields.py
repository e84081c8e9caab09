"""One value of an ask field or customer fact → its typed form; every error names the field and its limits.

Values come as text (command line), TOML or JSON values, or Python objects; the same reader serves all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from catalogue.definitions.common_fields import COMMON_FIELDS, field_type, with_common
from catalogue.definitions.model import FieldDef
from catalogue.errors import InputError
from catalogue.values import Money, Tenor, parse_date, parse_decimal, parse_int, parse_rate
from catalogue.values.limits import MAX_SCHEDULE_ROWS, MAX_TEXT_CHARS
from catalogue.values.text import clean, suggest

_TRUE = ("true", "yes", "是")
_FALSE = ("false", "no", "否")


def read_field(
    name: str, field: FieldDef, value: Any, currency: str = "CNY", *, limits: bool = True
) -> Any:
    """The typed value of a field.

    Args:
        name: the field, for messages.
        field: its definition.
        value: text, a TOML / JSON value, or a Python value.
        currency: currency of money fields.
        limits: whether min, max and choices are checked.

    Raises:
        InputError: names the field, what was found and what is allowed.
    """
    kind = field_type(name, field)
    if kind == "rows":
        typed: Any = _rows(name, field.columns or {}, value, currency)
    elif kind == "rate":
        typed = parse_rate(value, name, whole=field.max == 1)
    elif kind == "int":
        typed = _int(name, field, value)
    else:
        typed = read_value(kind, name, value, currency)
    if limits:
        choices = field.choices or (COMMON_FIELDS[name].choices if name in COMMON_FIELDS else None)
        typed = _as_choice(typed, choices)
        _check_choices(name, typed, choices)
        _check_bounds(name, field, typed, currency)
    return typed


def read_value(kind: str, name: str, value: Any, currency: str = "CNY") -> Any:
    """A value of one of the field types."""
    match kind:
        case "money":
            return _money(name, value, currency)
        case "number":
            percent = isinstance(value, str) and value.endswith("%")
            return parse_rate(value, name) if percent else parse_decimal(value, name)
        case "rate":
            return parse_rate(value, name)
        case "int":
            return parse_int(value, name)
        case "bool":
            return _bool(name, value)
        case "date":
            return parse_date(value, name)
        case "tenor":
            return value if isinstance(value, Tenor) else _tenor(name, value)
        case "list":
            return _list(name, value)
        case _:
            return _text(name, value)


def _int(name: str, field: FieldDef, value: Any) -> int:
    """A whole number; a text that is none (24m) is told what the field counts."""
    try:
        return parse_int(value, name)
    except InputError as error:
        note = with_common(name, field).help
        raise InputError(f"{error} ({note})" if note else str(error)) from error


def _money(name: str, value: Any, currency: str) -> Money:
    if isinstance(value, Money):
        if value.currency != currency:
            raise InputError(f"{name}: {value} is not in {currency}, the currency of this ask")
        return value
    try:
        return Money.of(parse_decimal(value, name), currency)
    except InputError as error:
        message = str(error)
        raise InputError(message if message.startswith(name) else f"{name}: {message}") from error


def _tenor(name: str, value: Any) -> Tenor:
    try:
        return Tenor.parse(value)
    except InputError as error:
        raise InputError(f"{name}: {str(error).removeprefix('tenor: ')}") from error


def _bool(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in _TRUE + _FALSE:
        return value.strip().lower() in _TRUE
    raise InputError(f"{name}: {clean(repr(value))} is not true or false")


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise InputError(f"{name}: {clean(repr(value))} is not a text")
    if len(value) > MAX_TEXT_CHARS:
        raise InputError(f"{name}: longer than {MAX_TEXT_CHARS} characters, which is the limit")
    return value


def _list(name: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [part.strip() for part in value.replace(";", ",").split(",") if part.strip()]
    if not isinstance(value, Sequence) or not all(isinstance(part, str) for part in value):
        raise InputError(f"{name}: {clean(repr(value))} is not a list of words (a,b,c)")
    return tuple(value)


def _rows(name: str, columns: Mapping[str, str], value: Any, currency: str) -> tuple[Any, ...]:
    """Rows from a list of tables or lists, or from text "a:b;c:d" in the order of the columns."""
    if isinstance(value, str):
        value = [line.split(":") for line in value.replace(",", ";").split(";") if line.strip()]
    if not isinstance(value, Iterable) or isinstance(value, (bytes, Mapping)):
        raise InputError(f"{name}: {clean(repr(value))} is not a list of rows")
    rows = list(value)
    if len(rows) > MAX_SCHEDULE_ROWS:
        raise InputError(f"{name}: {len(rows)} rows are over the limit of {MAX_SCHEDULE_ROWS}")
    return tuple(
        _row(f"{name}[{number}]", columns, row, currency) for number, row in enumerate(rows, 1)
    )


def _row(name: str, columns: Mapping[str, str], row: Any, currency: str) -> Mapping[str, Any]:
    form = ":".join(columns)
    optional = {column for column, kind in columns.items() if kind.endswith("?")}
    if not isinstance(row, Mapping):
        if (
            not isinstance(row, Sequence)
            or isinstance(row, (str, bytes))
            or len(row) > len(columns)
        ):
            raise InputError(f"{name}: {clean(repr(row))} is not a row of {form}")
        row = dict(zip(columns, row, strict=False))
    for extra in row:
        if extra not in columns:
            raise InputError(
                f"{name}: unknown column {clean(repr(extra))}{suggest(extra, columns)}; row: {form}"
            )
    typed = {}
    for column, kind in columns.items():
        if column in row and row[column] != "":
            item = row[column]
            typed[column] = read_value(
                kind.removesuffix("?"), f"{name}.{column}",
                item.strip() if isinstance(item, str) else item, currency,
            )  # fmt: skip
        elif column not in optional:
            raise InputError(f"{name}: column {column} is missing; row: {form}")
    return MappingProxyType(typed)


def _as_choice(typed: Any, choices: Sequence[str] | None) -> Any:
    """A tenor as the choice of equal length writes it: 36m is 3y where 3y is offered."""
    if choices is None or not isinstance(typed, Tenor):
        return typed
    equal = (Tenor.parse(c) for c in choices if Tenor.parse(c).sort_key == typed.sort_key)
    return next(equal, typed)


def _check_choices(name: str, typed: Any, choices: Sequence[str] | None) -> None:
    if choices is None:
        return
    for item in typed if isinstance(typed, tuple) else (typed,):
        if (str(item) if isinstance(item, Tenor) else item) not in choices:
            raise InputError(
                f"{name}: {_quoted(item)} is not one of {', '.join(choices)}{suggest(str(item), choices)}"
            )


def _quoted(item: Any) -> str:
    return clean(repr(str(item) if isinstance(item, Tenor) else item))


def _check_bounds(name: str, field: FieldDef, typed: Any, currency: str) -> None:
    for limit, word, broken in (
        (field.min, "below the minimum", -1),
        (field.max, "over the maximum", 1),
    ):
        if isinstance(limit, Mapping):
            limit = limit.get(currency)
        if limit is None:
            continue
        kind = field_type(name, field)
        if kind in ("rows", "list"):
            if type(limit) is not int:
                continue  # a fault of the definition, told when it is read
            size, bound = len(typed), limit
        else:
            size, bound = (
                _size(typed),
                _size(limit if kind == "rate" else read_value(kind, name, limit, currency)),
            )
        if (size > bound) - (size < bound) == broken:
            raise InputError(f"{name}: {_shown(typed)} is {word} of {_limit_text(limit)}")


def _size(value: Any) -> Any:
    if isinstance(value, Tenor):
        return value.sort_key
    return value.amount if isinstance(value, Money) else value


def _shown(value: Any) -> str:
    if not isinstance(value, tuple):
        return clean(str(value))
    return f"{len(value)} row{'' if len(value) == 1 else 's'}"


def _limit_text(limit: Any) -> str:
    number = isinstance(limit, (int, Decimal)) and limit >= 1000
    return f"{Decimal(limit):,f}" if number else str(limit)


def plain(value: Any) -> Any:
    """A typed value as JSON holds it: amounts and rates as text, dates ISO, rows as lists of tables."""
    if isinstance(value, Money):
        return value.text()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Tenor):
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value
