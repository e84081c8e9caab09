"""Rate sheets as tables and as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from catalogue.cli.tables import Block, Column, Heading, Notes, Pairs, Table
from catalogue.cli.words import number, percent
from catalogue.definitions.rate_sheets import Cell, RateSheet, SheetVersion
from catalogue.products.explanation import source_text
from catalogue.products.rate_book import Reference
from catalogue.quotes.labels import Language, label, word
from catalogue.values import rate_text

_SIDES = ("cash_bid", "bid", "mid", "ask", "cash_ask")


def sheet_row(sheet: RateSheet) -> dict[str, Any]:
    """One sheet in a listing."""
    return {
        "code": sheet.code,
        "name": sheet.name,
        "name_zh": sheet.name_zh,
        "kind": sheet.kind,
        "currency": sheet.currency,
        "lookup": sheet.lookup,
        "columns": len(sheet.columns),
        "versions": len(sheet.versions),
        "first": sheet.versions[0].effective_from.isoformat(),
        "last": sheet.versions[-1].effective_from.isoformat(),
        "known_until": sheet.known_until and sheet.known_until.isoformat(),
    }


def sheet_list(rows: Sequence[Mapping[str, Any]], lang: Language) -> Table:
    """The table of all sheets."""
    columns = [
        Column(label("code", lang), "code"), Column(label("name", lang)), Column(label("kind", lang)),
        Column(label("currency", lang), "code", 3), Column(label("versions", lang), "number", 2),
        Column(label("first", lang), "code", 1), Column(label("last", lang), "code"),
        Column(label("known_until", lang), "code", 4),
    ]  # fmt: skip
    made = [
        [
            row["code"], row["name_zh"] if lang == "zh" else row["name"], word(row["kind"], lang),
            row["currency"] or "", str(row["versions"]), row["first"], row["last"], row["known_until"] or "",
        ]
        for row in rows
    ]  # fmt: skip
    return Table(columns, made)


def sheet_page(
    sheet: RateSheet, versions: Sequence[SheetVersion], column: str | None, found: Reference | None,
    as_of: date, lang: Language,
) -> Iterator[Block]:  # fmt: skip
    """Head, the figure looked up, the versions, their sources."""
    names = (sheet.name_zh, sheet.name) if lang == "zh" else (sheet.name, sheet.name_zh)
    yield Heading(f"{names[0]} ({names[1]})", (lang == "zh" and sheet.note_zh) or sheet.note or "")
    yield Pairs(list(_head(sheet, lang)))
    if found is not None:
        pairs = [
            (label("as_of", lang), str(as_of)), (label("column", lang), found.column),
            (label("value", lang), _value(sheet, found.value)),
            (label("effective_from", lang), str(found.version.effective_from)),
            (label("source", lang), _cited(sheet, found.version, lang)),
        ]  # fmt: skip
        yield Pairs(pairs, label("figure", lang))
        return
    wanted = [item for item in sheet.columns if column in (None, item.code)]
    yield (
        _across(sheet, versions, wanted, lang)
        if sheet.kind != "fx" and len(versions) > 1
        else _down(sheet, versions, wanted, lang)
    )
    sources = dict.fromkeys(f"{v.effective_from}: {_cited(sheet, v, lang)}" for v in versions)
    yield Notes(list(sources), label("sources", lang))


def _head(sheet: RateSheet, lang: Language) -> Iterator[tuple[str, str]]:
    yield label("code", lang), sheet.code
    yield label("kind", lang), word(sheet.kind, lang)
    if sheet.currency:
        yield label("currency", lang), sheet.currency
    yield label("lookup", lang), word(sheet.lookup, lang)
    if sheet.known_until:
        yield label("known_until", lang), str(sheet.known_until)


def _cited(sheet: RateSheet, version: SheetVersion, lang: Language) -> str:
    text = source_text(version.source, sheet.sources)
    source = sheet.sources.get(version.source)
    if lang == "zh" and source is not None and source.title_zh:
        text = text.replace(source.title, source.title_zh, 1)
    return f"{text} ({word(version.basis, lang)})"


def _value(sheet: RateSheet, value: Any) -> str:
    if value is None:
        return ""
    plain = sheet.kind == "fx" or (sheet.kind == "limit" and value > 1)  # a limit may be an amount
    return number(value) if plain else percent(value)


def _across(
    sheet: RateSheet, versions: Sequence[SheetVersion], columns: Sequence[Any], lang: Language
) -> Table:
    """A row a version, a column a column of the sheet."""
    heads = [Column(label("effective_from", lang), "code")]
    heads += [Column(item.code, "number") for item in columns]
    rows = []
    for version in versions:
        cells = [version.values.get(item.code) for item in columns]
        rows.append(
            [str(version.effective_from), *(_value(sheet, cell and cell.value) for cell in cells)]
        )
    return Table(heads, rows, label("versions", lang))


def _down(
    sheet: RateSheet, versions: Sequence[SheetVersion], columns: Sequence[Any], lang: Language
) -> Table:
    """A row a column of the sheet (and a version), with its name and, for exchange rates, its sides."""
    sides = [
        side for side in _SIDES if any(side in c.sides for v in versions for c in v.values.values())
    ]
    heads = [Column(label("effective_from", lang), "code"), Column(label("column", lang), "code")]
    heads += [Column(label("name", lang)), Column(label("tenor", lang), "code")]
    figures_heads = [word(side, lang) for side in sides] or [label("value", lang)]
    heads += [Column(title, "number") for title in figures_heads]
    rows = []
    for version in versions:
        for item in columns:
            cell = version.values.get(item.code)
            if cell is None:
                continue
            figures = [cell.sides.get(side) for side in sides] if sides else [cell.value]
            reach = f"≤ {item.up_to}" if item.up_to else str(item.tenor or "")
            name = item.name_zh if lang == "zh" else item.name
            shown = [_value(sheet, figure) for figure in figures]
            rows.append([str(version.effective_from), item.code, name, reach, *shown])
    if not any(row[3] for row in rows):
        heads.pop(3)
        rows = [[*row[:3], *row[4:]] for row in rows]
    return Table(heads, rows, label("versions", lang))


def sheet_data(
    sheet: RateSheet, versions: Sequence[SheetVersion], column: str | None, found: Reference | None
) -> dict[str, Any]:
    """The sheet as plain data: rates as decimal strings, dates ISO 8601."""
    made: dict[str, Any] = {**sheet_row(sheet), "note": sheet.note}
    made["columns"] = [
        {"code": item.code, "name": item.name, "name_zh": item.name_zh,
         "up_to": item.up_to and str(item.up_to), "tenor": item.tenor and str(item.tenor)}
        for item in sheet.columns
        if column in (None, item.code)
    ]  # fmt: skip
    if found is not None:
        made["found"] = {
            "column": found.column, "value": rate_text(found.value),
            "effective_from": found.version.effective_from.isoformat(),
        }  # fmt: skip
    made["versions"] = [
        {
            "effective_from": version.effective_from.isoformat(),
            "source": source_text(version.source, sheet.sources),
            "basis": version.basis,
            "note": version.note,
            "values": {
                code: _plain(cell)
                for code, cell in version.values.items()
                if column in (None, code)
            },
        }
        for version in versions
    ]
    return made


def _plain(cell: Cell) -> Any:
    if cell.sides:
        return {side: rate_text(value) for side, value in cell.sides.items()}
    return None if cell.value is None else rate_text(cell.value)


def cells(
    sheet: RateSheet, versions: Sequence[SheetVersion], column: str | None
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Header and rows of the CSV: one row a figure."""
    rows: list[tuple[Any, ...]] = []
    for version in versions:
        for code, cell in version.values.items():
            if column not in (None, code):
                continue
            figures: Mapping[str, Any] = cell.sides or {"": cell.value}
            rows += [
                (
                    version.effective_from,
                    code,
                    side,
                    value if value is None else rate_text(value),
                    version.basis,
                )
                for side, value in figures.items()
            ]
    return ("effective_from", "column", "side", "value", "basis"), rows
