"""Dated rate sheets: reference rates, exchange rates, taxes, curves and limits, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import attrs

from catalogue.definitions.model import Basis, Empty, Source
from catalogue.definitions.problems import KeyPath, Problems
from catalogue.definitions.structure import MISSING, Code, Reader, key
from catalogue.definitions.text_checks import check_texts
from catalogue.definitions.toml_file import read_toml
from catalogue.definitions.versions import version_at
from catalogue.errors import DefinitionError, InputError
from catalogue.values import Tenor
from catalogue.values.text import shown, suggest

_QUOTES = ("bid", "mid", "ask", "cash_bid", "cash_ask")


@attrs.frozen
class Column:
    """One column of a sheet."""

    code: str = key("column code")
    name: str = key("name in English")
    name_zh: str = key("name in Chinese")
    up_to: Tenor | None = key("bracket sheets: longest tenor of the bracket", None)
    tenor: Tenor | None = key("exact and interpolated sheets: the tenor", None)


@attrs.frozen
class Cell:
    """A value, or the sides of an exchange rate."""

    value: Decimal | None
    sides: Mapping[str, Decimal] = Empty

    @classmethod
    def from_table(cls, reader: Reader, value: Any, path: KeyPath) -> Any:
        """A number, or a table of the sides of an exchange rate."""
        if type(value) in (int, Decimal):
            return cls(Decimal(value))
        if not isinstance(value, Mapping):
            reader.fault(path, f"{shown(value)} is neither a number nor a table of bid, mid, ask")
            return MISSING
        sides = reader.read(Mapping[str, Decimal], value, path)
        for side in sides:
            if side not in _QUOTES:
                reader.fault(
                    (*path, side),
                    f"unknown key{suggest(side, _QUOTES)}; allowed: {', '.join(_QUOTES)}",
                )
        return cls(sides.get("mid"), sides)


@attrs.frozen
class SheetVersion:
    """The whole sheet from a date on."""

    effective_from: date = key("first day on which these figures hold")
    source: str = key("source id")
    basis: Basis = key("how sure the figures are")
    values: Mapping[str, Cell] = key("column code = figure")
    note: str | None = key("remark", None)


@attrs.frozen
class RateSheet:
    """A sheet over time.

    `lookup` says how a tenor finds its column: `bracket` (the first column whose up_to is not shorter),
    `exact`, `interpolate` (linear in days between columns), `single`.
    """

    code: Code = key("sheet code")
    name: str = key("name in English")
    name_zh: str = key("name in Chinese")
    kind: Literal["interest", "fx", "tax", "curve", "limit"] = key("what the figures are")
    lookup: Literal["bracket", "exact", "interpolate", "single"] = key(
        "how a tenor finds its column"
    )
    columns: tuple[Column, ...] = key("columns")
    versions: tuple[SheetVersion, ...] = key("dated figures, ascending")
    currency: str | None = key("currency of an interest sheet", None)
    known_until: date | None = key("last day for which the figures are known to hold", None)
    note: str | None = key("remark", None)
    note_zh: str | None = key("remark in Chinese", None)
    sources: Mapping[str, Source] = key("sources by id", Empty)
    file: str = attrs.field(default="", metadata={"hidden": True})

    def version_at(self, as_of: date) -> SheetVersion | None:
        """The version in force on a day; None before the first."""
        return version_at(self.versions, as_of)

    def in_force(self, as_of: date) -> SheetVersion:
        """As version_at, but a day before the first version is an InputError."""
        version = self.version_at(as_of)
        if version is None:
            raise InputError(
                f"rate sheet {self.code}: no figures before {self.versions[0].effective_from}; "
                f"{as_of} was asked"
            )
        return version

    def column_for(self, tenor: Tenor, version: SheetVersion) -> Column:
        """The column that a tenor falls in (bracket and exact sheets)."""
        usable = [column for column in self.columns if column.code in version.values]
        if self.lookup == "single" and usable:
            return usable[0]
        for column in usable:
            bound = column.up_to if self.lookup == "bracket" else column.tenor
            if self.lookup == "bracket" and (bound is None or tenor.sort_key <= bound.sort_key):
                return column
            if self.lookup == "exact" and bound is not None and bound.sort_key == tenor.sort_key:
                return column
        known = ", ".join(column.code for column in usable)
        raise InputError(
            f"rate sheet {self.code}: no column for a tenor of {tenor}; it has {known}"
        )


def load_sheet(path: Path, shared: Mapping[str, Source], problems: Problems) -> RateSheet | None:
    """A sheet from a file; faults go to `problems`."""
    file = str(path)
    try:
        raw = read_toml(path)
    except DefinitionError as error:
        problems.add_unreadable(file, error)
        return None
    from catalogue.definitions.sheet_checks import check_sheet

    check_texts(file, raw, problems)
    sheet = Reader(problems, lambda at: (file, at)).table(RateSheet, raw, ())
    if sheet is MISSING:
        return None
    sheet = attrs.evolve(
        sheet, file=file, sources=MappingProxyType({**shared, **sheet.sources}),
        versions=tuple(sheet.versions),
    )  # fmt: skip
    check_sheet(sheet, file, problems)
    return sheet if sheet.versions else None
