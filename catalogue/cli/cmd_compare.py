"""`compare`: several products, amounts, tenors, methods or rates side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.codes import product_argument
from catalogue.cli.exits import NO
from catalogue.cli.options import (
    as_of_option,
    ask_options,
    customer_option,
    defs_options,
    output_options,
)
from catalogue.cli.tables import Column, Heading, Notes, Pairs, Table

if TYPE_CHECKING:
    from catalogue.cli.session import Page
    from catalogue.products.customer import Customer
    from catalogue.quotes.catalogue import Catalogue
    from catalogue.quotes.comparison import Alternative, Comparison
    from catalogue.quotes.labels import Language
    from catalogue.quotes.quote import Quote

COMMON = ("product", "amount", "tenor", "method", "frequency", "maturity")
"""Rows that stand above the table when all alternatives agree."""

_EXAMPLE = """\
\b
catalogue compare home-loan --amount 800000 --tenor 20y --tenor 30y \\
  --method level --method equal-principal
"""


@click.command("compare", epilog=_EXAMPLE)
@product_argument(several=True)
@customer_option()
@ask_options(several=True)
@as_of_option()
@output_options()
@defs_options()
def compare_command(codes: tuple[str, ...], **options: Any) -> None:
    """Columns are alternatives: every product with every value of an option that is stated more than once.

    Exit code 1 when the customer is eligible for none of them.
    """
    from catalogue.cli.csv_text import csv_text
    from catalogue.cli.fields import as_json
    from catalogue.cli.session import Page, load
    from catalogue.quotes.comparison import compare

    page = Page(options)
    catalogue = load(options["defs"], options["as_of"], options["strict"])
    items, customer = _read(catalogue, codes, options)
    made = compare(items, _quotes(catalogue, items, customer))

    def csv() -> str:
        header = ("figure", *(item.name for item in made.alternatives))
        return csv_text(header, [(row.code, *row.plain()) for row in made.figures])

    page.give(
        table=lambda: _blocks(made, page), json=lambda: as_json(made.to_dict()), csv=csv, thing=made
    )
    if not made.eligible:
        click.get_current_context().exit(NO)


def _read(
    catalogue: Catalogue, codes: Sequence[str], options: Mapping[str, Any]
) -> tuple[list[Alternative], Customer]:
    """The alternatives and the customer; every fault at once."""
    from catalogue.cli.fields import CUSTOMER, read_customer, split_settings, stated_once
    from catalogue.cli.session import pick_ask
    from catalogue.errors import InputError
    from catalogue.quotes.comparison import alternatives

    problems: list[str] = []
    pairs = split_settings(options["settings"], problems)
    facts = stated_once({}, [pair for pair in pairs if pair[0].startswith(CUSTOMER)], problems)
    fields: dict[str, list[Any]] = {
        name: list(values) for name, values in pick_ask(options).items() if values
    }
    for key, value in pairs:
        if not key.startswith(CUSTOMER):
            fields.setdefault(key, []).append(value)
    customer = read_customer(catalogue, options["customer"], facts, problems)
    if problems:
        raise InputError.many(problems)
    return [_with_files(catalogue, item) for item in alternatives(codes, fields)], customer


def _with_files(catalogue: Catalogue, item: Alternative) -> Alternative:
    import attrs

    from catalogue.cli.fields import with_files
    from catalogue.errors import InputError
    from catalogue.products.ask import Ask

    problems: list[str] = []
    fields = with_files(item.ask.fields, catalogue.version(item.ask.product).ask, problems)
    if problems:
        raise InputError.many(problems)
    return attrs.evolve(item, ask=Ask(item.ask.product, fields))


def _quotes(catalogue: Catalogue, items: Sequence[Alternative], customer: Customer) -> list[Any]:
    from catalogue.errors import InputError

    made, problems = [], []
    for item in items:
        try:
            made.append(catalogue.quote(item.ask, customer))
        except InputError as error:
            problems += [f"{item.name}: {problem}" for problem in error.problems]
    if problems:
        raise InputError.many(problems)
    return made


def _blocks(made: Comparison, page: Page) -> list[Any]:
    from catalogue.cli.render_quote import warnings_block
    from catalogue.quotes.labels import label

    lang = page.lang
    first = made.quotes[0]
    named = [
        _column(item.name, quote, lang)
        for item, quote in zip(made.alternatives, made.quotes, strict=True)
    ]
    columns = [Column(""), *(Column(name, "number") for name in named)]
    same = [
        row for row in made.figures if row.code in COMMON and len(set(map(str, row.values))) == 1
    ]
    rows = [
        [_name(row, lang), *_cells(row, made.quotes, lang)]
        for row in made.figures
        if row not in same
    ]
    shared = [(_name(row, lang), _cells(row, made.quotes, lang)[0]) for row in same]
    head = Heading(
        label("comparison", lang), f"{label('as_of', lang)} {first.as_of}, {first.currency}"
    )
    blocks: list[Any] = [head, Pairs(shared), Table(columns, rows)]
    failed = [
        f"{name}: {check.reason_zh if lang == 'zh' else check.reason}"
        for name, quote in zip(named, made.quotes, strict=True)
        for check in quote.checks
        if check.outcome == "fail"
    ]
    if failed:
        blocks.append(Notes(failed, label("checks", lang), "bad"))
    warned = dict.fromkeys(warning for quote in made.quotes for warning in quote.warnings)
    if warned:
        blocks.append(warnings_block(list(warned), lang))
    return blocks


def _column(name: str, quote: Quote, lang: Language) -> str:
    """What differs in an alternative (`home-loan 20y level`), on a page in Chinese in its words."""
    from catalogue.quotes.labels import word

    if lang == "en":
        return name
    product = quote.product
    return " ".join(
        product.name_zh if part == product.code else word(part, lang) for part in name.split(" ")
    )


def _name(row: Any, lang: Language) -> str:
    from catalogue.quotes.labels import label

    own = row.label_zh if lang == "zh" else row.label
    if row.code.startswith("apr."):
        short = "综合年化成本" if lang == "zh" else "APR"
        return f"{short} {label(row.code.removeprefix('apr.'), lang).lower()}"
    return own or label(row.code, lang, label(row.code.removeprefix("total."), lang))


def _cells(row: Any, quotes: Sequence[Quote], lang: Language) -> list[str]:
    """A row's values as they are read; products by name."""
    if row.code == "product":
        return [q.product.name_zh if lang == "zh" else q.product.name for q in quotes]
    return [_cell(row, value, lang, quotes[0].currency) for value in row.values]


def _cell(row: Any, value: Any, lang: Language, currency: str) -> str:
    from catalogue.cli.words import percent, value_text

    if value is not None and row.code.startswith("apr."):
        return percent(value, 4)
    return value_text(value, lang, currency, row.unit)
