"""The rate source: one row a day and tenor becomes one dated version a day."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from catalogue import InputError, Tenor, hookimpl
from catalogue.definitions.model import Source
from catalogue.definitions.rate_sheets import Cell, Column, RateSheet, SheetVersion
from catalogue.definitions.structure import Code

FILE = Path(__file__).with_name("shibor.csv")


@hookimpl
def rate_sources() -> Sequence[RateSheet]:
    """The sheet `shibor` from the CSV file of this package."""
    return [sheet_from_csv(FILE)]


def sheet_from_csv(path: Path) -> RateSheet:
    """A sheet from rows of date, tenor and rate (a fraction); InputError names file and line."""
    days: dict[date, dict[str, Cell]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            try:
                day, rate = date.fromisoformat(row["date"]), Decimal(row["rate"])
                tenor = str(Tenor.parse(row["tenor"]))
            except (KeyError, ValueError, ArithmeticError) as error:
                raise InputError(f"{path.name}:{number}: is not date,tenor,rate: {row}") from error
            days.setdefault(day, {})[tenor] = Cell(rate)
    tenors = sorted(
        {code for cells in days.values() for code in cells}, key=lambda c: Tenor.parse(c).sort_key
    )
    return RateSheet(
        code=Code("shibor"),
        name="Interbank rates from the treasury's file",
        name_zh="资金部导出的同业拆放利率",
        kind="curve",
        lookup="interpolate",
        currency="CNY",
        columns=tuple(Column(code, code, code, tenor=Tenor.parse(code)) for code in tenors),
        versions=tuple(
            SheetVersion(day, "treasury-file", "bank", cells) for day, cells in sorted(days.items())
        ),
        sources={"treasury-file": Source("Export of the treasury system (invented figures)")},
        file=str(path),
    )
