"""Checks of a rate sheet as a whole: columns by its lookup, versions by date, figures by its kind."""

from __future__ import annotations

import re
from itertools import pairwise

from catalogue.definitions.problems import KeyPath, Problems
from catalogue.definitions.rate_sheets import Cell, RateSheet, SheetVersion
from catalogue.errors import InputError
from catalogue.values import check_currency
from catalogue.values.text import shown, suggest

_PAIR = re.compile(r"([A-Z]{3})/([A-Z]{3})")
_RISING = ("cash_bid", "bid", "mid", "ask", "cash_ask")
_RATES = ("interest", "tax", "curve")


def check_sheet(sheet: RateSheet, file: str, problems: Problems) -> None:
    """Note every fault that only the whole sheet shows."""
    if not sheet.columns:
        problems.add(file, ("columns",), "is empty; a sheet needs at least one column")
    if not sheet.versions:
        problems.add(file, ("versions",), "is empty; a sheet needs at least one dated version")
    _check_columns(sheet, file, problems)
    if sheet.kind == "interest" and sheet.currency is None:
        problems.add(file, (), "`currency` is missing; an interest sheet is in one")
    if sheet.currency is not None:
        _check_code(sheet.currency, file, ("currency",), problems)
    for index, version in enumerate(sheet.versions):
        if index and version.effective_from <= sheet.versions[index - 1].effective_from:
            key: KeyPath = ("versions", index, "effective_from")
            problems.add(file, key, "versions must ascend by date")
        _check_version(sheet, version, ("versions", index), file, problems)


def _check_columns(sheet: RateSheet, file: str, problems: Problems) -> None:
    wanted = {"bracket": "up_to", "exact": "tenor", "interpolate": "tenor"}.get(sheet.lookup)
    seen: set[str] = set()
    for index, column in enumerate(sheet.columns):
        path: KeyPath = ("columns", index)
        if column.code in seen:
            problems.add(file, (*path, "code"), f"{shown(column.code)} is stated twice")
        seen.add(column.code)
        for name in ("up_to", "tenor"):
            if getattr(column, name) is not None and name != wanted and wanted is not None:
                problems.add(
                    file, (*path, name), f"a sheet with lookup {sheet.lookup} uses `{wanted}`"
                )
        if sheet.lookup == "interpolate" and column.tenor is None:
            problems.add(file, path, f"`tenor` is missing; lookup {sheet.lookup} needs it")
        last = index == len(sheet.columns) - 1
        if wanted == "up_to" and column.up_to is None and not last:
            problems.add(file, path, "only the last bracket may leave out up_to")
        if sheet.kind == "fx":
            _check_pair(column.code, (*path, "code"), file, problems)
    for at, (one, other) in enumerate(pairwise(sheet.columns), 1):
        low, high = (getattr(item, wanted or "", None) for item in (one, other))
        if low is not None and high is not None and low.sort_key >= high.sort_key:
            problems.add(file, ("columns", at, wanted or ""), f"columns must ascend by {wanted}")


def _check_pair(code: str, path: KeyPath, file: str, problems: Problems) -> None:
    found = _PAIR.fullmatch(code)
    if found is None:
        problems.add(file, path, f"{shown(code)} is not a pair of currencies; write USD/CNY")
        return
    for currency in found.groups():
        _check_code(currency, file, path, problems)


def _check_code(currency: str, file: str, path: KeyPath, problems: Problems) -> None:
    try:
        check_currency(currency)
    except InputError as error:
        problems.add(file, path, str(error))


def _check_version(
    sheet: RateSheet, version: SheetVersion, path: KeyPath, file: str, problems: Problems
) -> None:
    codes = [column.code for column in sheet.columns]
    if version.source not in sheet.sources:
        hint = suggest(version.source, sheet.sources) or "; declare it under [sources]"
        problems.add(file, (*path, "source"), f"unknown source {shown(version.source)}{hint}")
    if not version.values:
        problems.add(file, (*path, "values"), "is empty; a version states at least one figure")
    for code, cell in version.values.items():
        here: KeyPath = (*path, "values", code)
        if code not in codes:
            hint = suggest(code, codes)
            problems.add(file, here, f"no such column{hint}; columns: {', '.join(codes)}")
        _check_cell(sheet, cell, here, file, problems)


def _check_cell(sheet: RateSheet, cell: Cell, path: KeyPath, file: str, problems: Problems) -> None:
    if sheet.kind != "fx" and cell.value is None:
        problems.add(file, path, f"is not a number; a sheet of kind {sheet.kind} has no sides")
        return
    if sheet.kind in _RATES and cell.value is not None and abs(cell.value) > 1:
        problems.add(file, path, f"{cell.value} is {cell.value * 100:f} %; 0.0435 is 4.35 %")
    if sheet.kind == "tax" and cell.value is not None and cell.value < 0:
        problems.add(file, path, f"{cell.value} is below 0; a tax is not")
    if sheet.kind != "fx":
        return
    values = [cell.value] if cell.value is not None else []
    if any(value <= 0 for value in (*values, *cell.sides.values())):
        problems.add(file, path, "an exchange rate is above 0")
    sides = [(side, cell.sides[side]) for side in _RISING if side in cell.sides]
    for (low, one), (high, other) in pairwise(sides):
        if one > other:
            problems.add(file, path, f"{low} {one} is over {high} {other}")
        elif other > 2 * one:
            problems.add(file, path, f"{high} {other} is more than twice {low} {one}")
