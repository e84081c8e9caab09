"""Reading one TOML file: every fault of the bytes or the syntax becomes one DefinitionError.

tomli accepts what its parser can hold, so limits come first (size, depth, digits) and whatever
it raises beside TOMLDecodeError (RecursionError, ValueError, UnicodeDecodeError) is translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import tomli

from catalogue.errors import DefinitionError
from catalogue.values.limits import MAX_DEFINITION_FILE_BYTES, MAX_NESTING
from catalogue.values.text import clean, shown

MAX_NUMBER_DIGITS = 30
"""Digits before, and digits after, the point of any number in a file."""
_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?\Z")
_FIRST_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


def _decimal(text: str) -> Decimal:
    plain = text.replace("_", "")
    if not _NUMBER.match(plain):
        raise ValueError(f"number {clean(text)!r} is not allowed: write plain digits, as 0.0435")
    try:
        return Decimal(plain)
    except InvalidOperation as error:  # pragma: no cover - the pattern admits Decimals only
        raise ValueError(f"number {clean(text)!r} cannot be read") from error


def read_text(path: Path) -> str:
    """The file's text; a DefinitionError for a missing, large, binary or non-UTF-8 file."""
    try:
        size = path.stat().st_size
        if size > MAX_DEFINITION_FILE_BYTES:
            raise DefinitionError(
                f"{path}: {size} bytes is over the limit of {MAX_DEFINITION_FILE_BYTES}"
            )
        raw = path.read_bytes()
    except OSError as error:
        raise DefinitionError(f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:  # a null byte in the name
        raise DefinitionError(f"{path}: cannot be read ({error})") from error
    if b"\0" in raw:
        raise DefinitionError(f"{path}: is a binary file; a TOML text in UTF-8 is expected")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DefinitionError(
            f"{path}:{line}: byte 0x{raw[error.start]:02x} is not UTF-8"
            " (saved as GBK or another encoding?); save the file as UTF-8"
        ) from error


def parse_toml(text: str, path: Path) -> dict[str, Any]:
    """The table in `text`; numbers with a point are Decimal. Errors name `path` and the line."""
    try:
        data = tomli.loads(text, parse_float=_decimal)
    except tomli.TOMLDecodeError as error:
        line = getattr(error, "lineno", None)
        where = f"{path}:{line}" if line else str(path)
        message = getattr(error, "msg", None) or str(error)
        raise DefinitionError(f"{where}: not valid TOML: {clean(message, 300)}") from error
    except RecursionError as error:
        raise DefinitionError(
            f"{path}: nested deeper than {MAX_NESTING} levels, which is the limit"
        ) from error
    except ValueError as error:
        raise DefinitionError(f"{path}: {clean(str(error), 300)}") from error
    if depth(data) > MAX_NESTING:
        raise DefinitionError(
            f"{path}: nested deeper than {MAX_NESTING} levels, which is the limit"
        )
    long = next(_long_numbers(data), None)
    if long is not None:
        raise DefinitionError(
            f"{path}: number {shown(long)} has more than {MAX_NUMBER_DIGITS} digits, which is the limit"
        )
    return data


def read_toml(path: Path) -> dict[str, Any]:
    """Read and parse one file.

    Raises:
        DefinitionError: the file, the line where known, and what is wrong.
    """
    text = read_text(path)
    if not text.strip():
        raise DefinitionError(f'{path}: is empty; a definition starts with `code = "..."`')
    return parse_toml(text, path)


def read_header(path: Path) -> dict[str, Any]:
    """Only the top-level keys before the first table: what a listing needs, ten times cheaper.

    A line of a list or of a long text may start with a bracket too; then the whole file is parsed and
    its tables come along.
    """
    text = read_text(path)
    first = _FIRST_TABLE.search(text)
    if first is None:
        return parse_toml(text, path)
    try:
        return parse_toml(text[: first.start()], path)
    except DefinitionError:
        return parse_toml(text, path)


def _long_numbers(value: Any) -> Iterator[int]:
    """Whole numbers beyond the limit; numbers with a point are checked as they are read."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _long_numbers(item)
    elif isinstance(value, list):
        for item in value:
            yield from _long_numbers(item)
    elif isinstance(value, int) and abs(value) >= 10**MAX_NUMBER_DIGITS:
        yield value


def depth(value: Any) -> int:
    """Levels of nested tables and lists, counted no further than one over the limit."""
    level, layer = 0, [value]
    while layer:
        level += 1
        layer = [
            child
            for item in layer
            for child in (
                item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
            )
            if isinstance(child, (dict, list))
        ]
        if level > MAX_NESTING:
            break
    return level
