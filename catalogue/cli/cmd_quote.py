"""`quote`, `schedule` and `check`: one ask, one customer, one date.

All three exit with 1 when the customer is not eligible, with their full output: the schedule of a loan
that is not granted is still the schedule that was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.codes import product_argument
from catalogue.cli.exits import NO, note
from catalogue.cli.options import (
    as_of_option,
    ask_options,
    combine,
    customer_option,
    defs_options,
    output_options,
)  # fmt: skip

if TYPE_CHECKING:
    from catalogue.cli.session import Page
    from catalogue.quotes.catalogue import Catalogue
    from catalogue.quotes.labels import Language
    from catalogue.quotes.quote import Quote

_shared = combine(
    [customer_option(), ask_options(), as_of_option(), output_options(), defs_options()]
)


@click.command("quote")
@product_argument()
@_shared
@click.option(
    "--explain", is_flag=True, help="Formula, inputs, definition key and source of every figure."
)
def quote_command(code: str, explain: bool, **options: Any) -> None:
    """Price one product: terms, rate, fees, schedule, totals, APR, eligibility.

    Exit code 1 when the customer is not eligible.
    """
    catalogue, page, quote = _priced(code, options)

    def table() -> Sequence[Any]:
        from catalogue.cli.names import Names
        from catalogue.cli.render_quote import quote_page

        names = Names.of(catalogue, code, page.lang, quote.results)
        return list(quote_page(quote, names, explain=explain))

    def csv() -> str:
        from catalogue.cli.csv_text import flat_csv

        return flat_csv(quote.to_dict(), leave_out=() if explain else ("explanation",))

    page.give(table=table, json=quote.to_json, csv=csv, thing=quote)
    _leave(quote, page.lang)


@click.command("schedule")
@product_argument()
@_shared
def schedule_command(code: str, **options: Any) -> None:
    """Every row of a quote's schedule; JSON is a list of rows, CSV has a header row.

    Exit code 1 when the customer is not eligible; the rows are printed all the same.
    """
    from catalogue.cli.fields import as_json

    _, page, quote = _priced(code, options)

    def table() -> Sequence[Any]:
        from catalogue.cli.render_quote import heading
        from catalogue.cli.render_schedule import schedule_blocks

        return [heading(quote, page.lang), *schedule_blocks(quote, page.lang)]

    def csv() -> str:
        from catalogue.cli.render_schedule import schedule_csv

        return schedule_csv(quote)

    if not len(quote.schedule):
        zh = f"{code}没有收付计划;各日金额见 `catalogue quote {code}`"
        en = f"{code} has no schedule; its dated amounts are in `catalogue quote {code}`"
        note(zh if page.lang == "zh" else en)
    page.give(table=table, json=lambda: as_json(quote.schedule_dicts()), csv=csv, thing=quote)
    _leave(quote, page.lang)


@click.command("check")
@product_argument()
@_shared
def check_command(code: str, **options: Any) -> None:
    """Eligibility only: each check with outcome, reason, source and what to bring.

    Exit code 1 when a check fails; "refer" (facts are missing) is not a failure.
    """
    from catalogue.cli.fields import as_json
    from catalogue.quotes.quote import check_dict

    catalogue, page, quote = _priced(code, options)
    checks = [check_dict(check) for check in quote.checks]

    def table() -> Sequence[Any]:
        from catalogue.cli.names import Names
        from catalogue.cli.render_quote import check_blocks, heading
        from catalogue.cli.tables import Notes
        from catalogue.quotes.labels import label

        names = Names.of(catalogue, code, page.lang, quote.results)
        blocks = list(check_blocks(quote.checks, quote.eligible, names, code))
        nothing = Notes([label("none", page.lang)], label("checks", page.lang))
        return [heading(quote, page.lang), *(blocks or [nothing])]

    def csv() -> str:
        from catalogue.cli.csv_text import csv_text

        header = ("id", "outcome", "reason", "reason_zh", "source", "by", "bring", "bring_zh")
        return csv_text(header, [[check.get(name) for name in header] for check in checks])

    page.give(
        table=table,
        json=lambda: as_json({"eligible": quote.eligible, "checks": checks}),
        csv=csv,
        thing=quote,
    )
    _leave(quote, quiet=True)


def _priced(code: str, options: dict[str, Any]) -> tuple[Catalogue, Page, Quote]:
    from catalogue.cli.session import Page, load, plugin_renderers, read_ask

    catalogue = load(options["defs"], options["as_of"], options["strict"])
    page = Page(options, renderers=lambda: plugin_renderers(catalogue))
    ask, customer = read_ask(catalogue, code, options, options["settings"], options["customer"])
    return catalogue, page, catalogue.quote(ask, customer)


def _leave(quote: Quote, lang: Language = "en", *, quiet: bool = False) -> None:
    if quote.eligible:
        return
    if not quiet:
        failed = [check for check in quote.checks if check.outcome == "fail"]
        reasons = "; ".join(check.reason_zh if lang == "zh" else check.reason for check in failed)
        note(f"不符合准入条件:{reasons}" if lang == "zh" else f"not eligible: {reasons}")
    click.get_current_context().exit(NO)
