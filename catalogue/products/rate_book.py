"""Looking up reference rates and exchange rates on a day, with what to cite."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue.definitions.rate_sheets import Cell, Column, RateSheet, SheetVersion
from catalogue.errors import InputError
from catalogue.values import Tenor, round_places
from catalogue.values.text import suggest


@attrs.frozen
class Reference:
    """One figure of a sheet: value, and the sheet, column and version it was read from."""

    value: Decimal
    sheet: RateSheet
    column: str
    version: SheetVersion

    def text(self) -> str:
        """As it is cited: `lpr 5y 2024-10-21`."""
        return f"{self.sheet.code} {self.column} {self.version.effective_from}"


class RateBook:
    """Sheets of the definition folders and of plugins (`extra` wins over the folders)."""

    def __init__(
        self, load: Callable[[str], RateSheet], extra: Mapping[str, RateSheet] | None = None
    ) -> None:
        self._load = load
        self._extra = dict(extra or {})

    def sheet(self, code: str) -> RateSheet:
        """A sheet by code; an unknown one is an InputError with a suggestion."""
        return self._extra[code] if code in self._extra else self._load(code)

    def lookup(
        self,
        code: str,
        on: date,
        *,
        column: str | None = None,
        tenor: Tenor | None = None,
        side: str | None = None,
    ) -> Reference:
        """The figure of a sheet on a day, by column or by tenor.

        `side` picks bid, mid, ask … of an exchange rate. A day before the first version, an unknown
        column, or a tenor that the sheet does not cover: InputError.
        """
        sheet = self.sheet(code)
        version = sheet.in_force(on)
        if column is not None:
            return Reference(_cell(sheet, version, column, side), sheet, column, version)
        if sheet.lookup == "interpolate":
            if tenor is None:
                raise InputError(f"rate sheet {code}: needs a tenor or a column")
            return _interpolated(sheet, version, tenor)
        if tenor is None and sheet.lookup != "single":
            raise InputError(f"rate sheet {code}: needs a tenor or a column")
        found = sheet.column_for(tenor or Tenor(1, "d"), version)
        return Reference(_cell(sheet, version, found.code, side), sheet, found.code, version)


def _cell(sheet: RateSheet, version: SheetVersion, column: str, side: str | None) -> Decimal:
    cell: Cell | None = version.values.get(column)
    if cell is None:
        hint = suggest(column, version.values) or f"; it has {', '.join(version.values)}"
        raise InputError(
            f"rate sheet {sheet.code}: no column {column!r} on {version.effective_from}{hint}"
        )
    value = cell.sides.get(side) if side else cell.value
    if value is None:
        raise InputError(
            f"rate sheet {sheet.code}: {column} has no {side or 'mid'};"
            f" it has {', '.join(cell.sides) or 'one value'}"
        )
    return value


def _interpolated(sheet: RateSheet, version: SheetVersion, tenor: Tenor) -> Reference:
    """Linear in the tenor's length between two columns, to eight decimals of the fraction, HALF_UP.

    Before the first column and after the last the curve is flat.
    """
    points: list[tuple[Fraction, Column]] = sorted(
        (
            (column.tenor.sort_key, column)
            for column in sheet.columns
            if column.tenor is not None and column.code in version.values
        ),
        key=lambda point: point[0],
    )
    if not points:
        raise InputError(
            f"rate sheet {sheet.code}: no figures by tenor on {version.effective_from}"
        )
    at = tenor.sort_key
    below = [point for point in points if point[0] <= at] or points[:1]
    above = [point for point in points if point[0] >= at] or points[-1:]
    (low, first), (high, second) = below[-1], above[0]
    one, other = _cell(sheet, version, first.code, None), _cell(sheet, version, second.code, None)
    if low == high:
        return Reference(one, sheet, first.code, version)
    share = (at - low) / (high - low)
    exact = Fraction(one) + (Fraction(other) - Fraction(one)) * share
    value = round_places(exact, 8)
    return Reference(value, sheet, f"{first.code}..{second.code}", version)
