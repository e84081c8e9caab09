"""`bundle list`, `bundle show` and `bundle quote`: several products priced as one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.codes import file_argument
from catalogue.cli.exits import NO, note
from catalogue.cli.options import (
    as_of_option,
    combine,
    customer_option,
    defs_options,
    output_options,
)

if TYPE_CHECKING:
    from catalogue.bundles.request import BundleRequest
    from catalogue.cli.names import Names
    from catalogue.products.ask import Ask
    from catalogue.products.customer import Customer
    from catalogue.quotes.bundle_quote import BundleQuote, QuotedLine
    from catalogue.quotes.catalogue import Catalogue
    from catalogue.quotes.labels import Language

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_EXAMPLE = """\
\b
catalogue bundle quote family.toml
catalogue bundle quote home-family --customer family-customer.toml \\
  --set loan.amount=800000 --set loan.tenor=30y --line deposit
"""
_KEYS = ("code", "name", "name_zh", "segment", "summary", "summary_zh")


@click.group("bundle")
def bundle_command() -> None:
    """Bundles: lines, conditions, benefits; what each line costs alone and in the bundle."""


@bundle_command.command("list")
@output_options()
@defs_options()
def list_bundles(**options: Any) -> None:
    """Every bundle: code, names, who it is for."""
    from catalogue.cli.csv_text import csv_text
    from catalogue.cli.fields import as_json
    from catalogue.cli.render_bundle import bundle_list
    from catalogue.cli.session import Page, load
    from catalogue.errors import DefinitionError

    page = Page(options)
    catalogue = load(options["defs"], None, options["strict"])
    rows = []
    for code in sorted(catalogue.library.paths("bundles")):
        try:
            header = catalogue.bundle_definition(code).header
        except DefinitionError as error:
            note(f"Warning: {code}: left out: {error.problems[0]}")
            continue
        rows.append({key: getattr(header, key) for key in _KEYS})
    page.give(
        table=lambda: [bundle_list(rows, page.lang)],
        json=lambda: as_json(rows),
        csv=lambda: csv_text(_KEYS, [[row[key] for key in _KEYS] for row in rows]),
        thing=rows,
    )


@bundle_command.command("show", short_help="A bundle's lines, benefits, limits and conditions.")
@file_argument("bundles")
@as_of_option()
@output_options()
@defs_options()
def show_bundle(code: str, **options: Any) -> None:
    """A bundle's lines, benefits, limits and conditions in force on a day, with their sources."""
    from catalogue.cli.csv_text import flat_csv
    from catalogue.cli.fields import as_json
    from catalogue.cli.session import Page, load
    from catalogue.definitions.versions import known_version
    from catalogue.quotes.description import describe_bundle

    page = Page(options)
    catalogue = load(options["defs"], options["as_of"], options["strict"])
    definition, day = catalogue.bundle_definition(code), catalogue.as_of
    version = known_version(definition.versions, day, code)
    data = describe_bundle(definition, version, day, catalogue.library.display)

    def table() -> Sequence[Any]:
        from catalogue.cli.names import Names
        from catalogue.cli.render_bundle import show_page

        lines = {
            line: Names.of(catalogue, defined.product, page.lang)
            for line, defined in version.lines.items()
        }
        return list(show_page(data, Names.of(catalogue, None, page.lang, lines=lines)))

    page.give(table=table, json=lambda: as_json(data), csv=lambda: flat_csv(data), thing=data)


@bundle_command.command(
    "quote", short_help="Price a bundle, by its code or from a file.", epilog=_EXAMPLE
)
@click.argument("what", metavar="CODE|FILE")
@combine(
    [
        customer_option(),
        click.option(
            "--set", "settings", multiple=True, metavar="LINE.KEY=VALUE",
            help="A field of a line's ask, or customer.NAME (repeatable).",
        ),
        click.option("--line", "lines", multiple=True, metavar="LINE", help="Take this line of the bundle too."),
        as_of_option(),
        output_options(),
        defs_options(),
    ]
)  # fmt: skip
@click.option("--whole", is_flag=True, help="Every line's whole quote below the comparison.")
@click.option("--explain", is_flag=True, help="How every figure of every line was made.")
def quote_bundle(what: str, whole: bool, explain: bool, **options: Any) -> None:
    """Price a bundle: by its code with asks from --set, or from a file with [lines.<id>] tables.

    Exit code 1 when a line was left out or the benefits are not given.
    """
    from catalogue.cli.csv_text import flat_csv
    from catalogue.cli.session import Page, plugin_renderers

    catalogue, request, customer = _request(what, options)
    page = Page(options, renderers=lambda: plugin_renderers(catalogue))
    quote = catalogue.bundle(request, customer=customer, as_of=catalogue.as_of)

    def table() -> Sequence[Any]:
        from catalogue.cli.names import Names
        from catalogue.cli.render_bundle import quote_page

        def names(line: QuotedLine | None = None) -> Names:
            if line is None:
                lines = {quoted.line: names(quoted) for quoted in quote.lines}
                return Names.of(catalogue, None, page.lang, lines=lines)
            return Names.of(catalogue, line.quote.product.code, page.lang, line.quote.results)

        return list(quote_page(quote, names, whole=whole, explain=explain))

    def csv() -> str:
        data = quote.to_dict()
        dropped = () if explain else ("explanation",)
        lines = [{k: v for k, v in line.items() if k not in dropped} for line in data["lines"]]
        return flat_csv({**data, "lines": lines})

    page.give(table=table, json=quote.to_json, csv=csv, thing=quote)
    _leave(quote, page.lang)


def _leave(quote: BundleQuote, lang: Language) -> None:
    if quote.eligible:
        return
    if lang == "zh":
        from catalogue.quotes.chinese.translate import remark

        reasons = [f"{out.line}:{';'.join(out.reasons_zh)}" for out in quote.left_out]
        warned = [remark(text, lang) for text in quote.warnings]
        note(f"未能按要求办理:{';'.join(reasons or warned)}")
    else:
        reasons = [f"{out.line}: {'; '.join(out.reasons)}" for out in quote.left_out]
        note(f"not as asked: {'; '.join(reasons or quote.warnings)}")
    click.get_current_context().exit(NO)


def _request(
    what: str, options: Mapping[str, Any]
) -> tuple[Catalogue, BundleRequest, Customer | None]:
    """The catalogue of the request's day, the request with the options over it, and the customer."""
    from catalogue.bundles.request import BundleRequest
    from catalogue.cli.fields import CUSTOMER, read_customer, split_settings, stated_once
    from catalogue.cli.session import load
    from catalogue.errors import InputError

    problems: list[str] = []
    by_code = _CODE.match(what) is not None
    request = BundleRequest({}, bundle=what) if by_code else BundleRequest.from_file(what)
    catalogue = load(options["defs"], options["as_of"] or request.as_of, options["strict"])
    stated = stated_once({}, split_settings(options["settings"], problems), problems)
    facts = {key: value for key, value in stated.items() if key.startswith(CUSTOMER)}
    fields = _by_line({key: value for key, value in stated.items() if key not in facts}, problems)
    for line in options["lines"]:
        fields.setdefault(line, {})
    request = _with_fields(catalogue, request, fields, problems)
    customer = request.customer
    if options["customer"] is not None or facts:
        given = read_customer(catalogue, options["customer"], facts, problems)
        kept = request.customer if options["customer"] is None else None
        customer = given if kept is None else kept.with_facts(**given.facts)
    if problems:
        raise InputError.many(problems)
    return catalogue, request, customer


def _by_line(stated: Mapping[str, Any], problems: list[str]) -> dict[str, dict[str, Any]]:
    """LINE.KEY settings by line."""
    from catalogue.values.text import clean

    made: dict[str, dict[str, Any]] = {}
    for key, value in stated.items():
        line, dot, name = key.partition(".")
        if not dot or not line or not name:
            problems.append(
                f"{clean(key)}: name the line too, as loan.amount=800000; or customer.NAME"
            )
            continue
        made.setdefault(line, {})[name.replace("-", "_")] = value
    return made


def _with_fields(
    catalogue: Catalogue, request: BundleRequest, fields: Mapping[str, Mapping[str, Any]],
    problems: list[str],
) -> BundleRequest:  # fmt: skip
    """The request with fields of the options over its lines; new lines where it has none of the name."""
    import attrs

    from catalogue.products.ask import Ask

    lines: dict[str, Ask] = dict(request.lines)
    for line, values in fields.items():
        ask = lines.get(line, Ask(""))
        lines[line] = Ask(
            ask.product,
            {**ask.fields, **_read_files(catalogue, request, line, ask, values, problems)},
        )
    return attrs.evolve(request, lines=lines)


def _read_files(
    catalogue: Catalogue, request: BundleRequest, line: str, ask: Ask, values: Mapping[str, Any],
    problems: list[str],
) -> Mapping[str, Any]:  # fmt: skip
    """`@file` values of rows fields read, where the line's product is known."""
    from catalogue.cli.fields import with_files

    if not any(isinstance(value, str) and value.startswith("@") for value in values.values()):
        return values
    product = ask.product
    if not product and request.bundle is not None:
        version = catalogue.bundle_definition(request.bundle).at(catalogue.as_of)
        defined = None if version is None else version.lines.get(line)
        product = defined.product if defined is not None else ""
    return with_files(values, catalogue.version(product).ask, problems) if product else values
