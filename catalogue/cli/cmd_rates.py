"""`rates list` and `rates show`: the dated rate sheets behind prices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.codes import file_argument
from catalogue.cli.options import as_of_option, defs_options, once, output_options

if TYPE_CHECKING:
    from catalogue.definitions.rate_sheets import RateSheet
    from catalogue.products.rate_book import RateBook
    from catalogue.quotes.catalogue import Catalogue


@click.group("rates")
def rates_command() -> None:
    """Rate sheets: reference rates, exchange rates, taxes, curves; every version with its source."""


@rates_command.command("list")
@output_options()
@defs_options()
def list_rates(**options: Any) -> None:
    """Every sheet: code, name, kind, first and newest version."""
    from catalogue.cli.csv_text import csv_text
    from catalogue.cli.fields import as_json
    from catalogue.cli.render_rates import sheet_list, sheet_row
    from catalogue.cli.session import Page, load

    page = Page(options)
    catalogue = load(options["defs"], None, options["strict"])
    rows = [sheet_row(sheet) for sheet in _sheets(catalogue)]
    page.give(
        table=lambda: [sheet_list(rows, page.lang)],
        json=lambda: as_json(rows),
        csv=lambda: csv_text(list(rows[0]) if rows else (), [list(row.values()) for row in rows]),
        thing=rows,
    )


@rates_command.command("show", short_help="A sheet's versions, or with --as-of the one in force.")
@file_argument("rates")
@as_of_option()
@once("--tenor", metavar="TENOR", help="The figure for a tenor on the pricing date, as 12m or 90d.")
@once("--column", metavar="COLUMN", help="Only this column.")
@output_options()
@defs_options()
def show_rates(code: str, tenor: str | None, column: str | None, **options: Any) -> None:
    """A sheet's versions; with --as-of only the one in force, with --tenor the figure that applies."""
    from catalogue.cli.csv_text import csv_text
    from catalogue.cli.fields import as_json
    from catalogue.cli.render_rates import cells, sheet_data, sheet_page
    from catalogue.cli.session import Page, load
    from catalogue.errors import InputError
    from catalogue.values.text import shown, suggest

    page = Page(options)
    catalogue = load(options["defs"], options["as_of"], options["strict"])
    sheet = catalogue.rates.sheet(code)
    if column is not None and column not in [item.code for item in sheet.columns]:
        known = [item.code for item in sheet.columns]
        hint = suggest(column, known) or f"; columns: {', '.join(known)}"
        raise InputError(f"rate sheet {code}: no column {shown(column)}{hint}")
    found = None
    if tenor is not None:
        found = _lookup(catalogue.rates, code, catalogue.as_of, tenor, column)
    versions = sheet.versions if options["as_of"] is None else (sheet.in_force(options["as_of"]),)
    header, rows = cells(sheet, versions, column)

    page.give(
        table=lambda: list(sheet_page(sheet, versions, column, found, catalogue.as_of, page.lang)),
        json=lambda: as_json(sheet_data(sheet, versions, column, found)),
        csv=lambda: csv_text(header, rows),
        thing=sheet,
    )


def _sheets(catalogue: Catalogue) -> Sequence[RateSheet]:
    """Every sheet, those of plugins included; one that cannot be read is told and left out."""
    from catalogue.cli.exits import note
    from catalogue.errors import InputError
    from catalogue.quotes.catalogue import plugin_sheets

    made = []
    for code in sorted({*catalogue.library.paths("rates"), *plugin_sheets(catalogue.registry)}):
        try:
            made.append(catalogue.rates.sheet(code))
        except InputError as error:
            note(f"Warning: {error.problems[0]}")
    return made


def _lookup(book: RateBook, code: str, day: Any, tenor: str, column: str | None) -> Any:
    from catalogue.values import Tenor

    return book.lookup(code, day, tenor=Tenor.parse(tenor), column=column)
