"""`show`: one product's definition on a day, with the source and basis of every part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from catalogue.cli.codes import product_argument
from catalogue.cli.options import as_of_option, defs_options, output_options


@click.command("show")
@product_argument()
@as_of_option()
@output_options()
@defs_options()
def show_command(code: str, **options: Any) -> None:
    """The definition in force: fields with limits, rate rule, figures, fees, conditions, papers, sources.

    A product that is withdrawn on the day is shown all the same.
    """
    from catalogue.cli.csv_text import flat_csv
    from catalogue.cli.fields import as_json
    from catalogue.cli.session import Page, load
    from catalogue.definitions.versions import known_version
    from catalogue.quotes.description import describe

    page = Page(options)
    catalogue = load(options["defs"], options["as_of"], options["strict"])
    definition, day = catalogue[code], catalogue.as_of
    version = known_version(definition.versions, day, code)
    data = describe(definition, version, day, catalogue.library.display)

    def table() -> Sequence[Any]:
        from catalogue.cli.names import Names
        from catalogue.cli.render_show import show_page

        return list(show_page(data, Names.of(catalogue, code, page.lang, version=version)))

    page.give(table=table, json=lambda: as_json(data), csv=lambda: flat_csv(data), thing=data)
