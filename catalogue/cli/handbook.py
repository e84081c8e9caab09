"""The handbook: a Markdown page a product and an index by line, made from the definitions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import attrs

from catalogue.cli.handbook_history import history
from catalogue.cli.markdown import bilingual, markdown_table
from catalogue.cli.names import Names
from catalogue.cli.render_quote import quote_page
from catalogue.cli.render_show import show_page
from catalogue.definitions.model import Example, Header, ProductDefinition
from catalogue.definitions.values_of_fields import plain
from catalogue.errors import CatalogueError
from catalogue.products.ask import Ask
from catalogue.products.customer import Customer
from catalogue.quotes.catalogue import Catalogue
from catalogue.quotes.description import describe
from catalogue.quotes.labels import Language
from catalogue.quotes.quote import Quote

INDEX = "index.md"
MARK = "<!-- A page of the handbook, made by `catalogue handbook`. -->\n"
"""Begins every page, so that making the handbook anew removes only its own pages."""
LANGUAGES: tuple[Language, Language] = ("en", "zh")
_HEAD = 2
"""Blocks at the top of a quote's page: the name, which stands above, and the id."""
_LOOKED_UP = ("figure.", "rate.", "check.")
"""Entries of an explanation that were read, not computed, or stand among the conditions."""


@attrs.frozen
class Handbook:
    """File name → text, and what could not be made."""

    pages: Mapping[str, str]
    problems: tuple[str, ...]


def make_handbook(catalogue: Catalogue, told: Callable[[str], None]) -> Handbook:
    """Every page as of the catalogue's date.

    Args:
        catalogue: whose products are described; a product without a version on the day is left out.
        told: called with each product's code, for long work.
    """
    pages: dict[str, str] = {}
    problems: list[str] = []
    listed: list[Header] = []
    for header in catalogue.products():
        told(header.code)
        try:
            definition = catalogue[header.code]
            version = definition.at(catalogue.as_of)
            if version is None or version.withdrawn:
                continue
            pages[f"{header.code}.md"] = _page(catalogue, definition)
            listed.append(header)
        except CatalogueError as error:
            problems.append(f"{header.code}: {error}")
    pages[INDEX] = _index(listed, catalogue.as_of)
    known = {name.removesuffix(".md") for name in pages}
    linked = {name: _linked(text, known) for name, text in pages.items()}
    return Handbook(linked, tuple(problems))


def example_quote(catalogue: Catalogue, code: str, example: Example) -> Quote:
    """The quote of a worked example, as its own test replays it."""
    customer = Customer(dict(example.customer))
    return catalogue.quote(Ask(code, example.ask), customer, as_of=example.as_of)


def _page(catalogue: Catalogue, definition: ProductDefinition) -> str:
    version = definition.at(catalogue.as_of)
    if version is None:  # the caller has looked
        return ""
    data = describe(definition, version, catalogue.as_of, catalogue.library.display)
    code = definition.header.code
    english, chinese = (
        show_page(data, Names.of(catalogue, code, lang, version=version)) for lang in LANGUAGES
    )
    quotes = [(example, example_quote(catalogue, code, example)) for example in definition.examples]
    parts = [
        MARK,
        *bilingual(english, chinese),
        *_formulas(
            [quote for _, quote in quotes], Names.of(catalogue, code, "zh", version=version)
        ),
        *history(definition, catalogue.as_of),
        *(
            part
            for example, quote in quotes[:1]
            for part in _example(catalogue, definition, example, quote)
        ),
    ]
    return "\n".join(parts)


def _formulas(quotes: list[Quote], names: Names) -> Iterator[str]:
    """How the computed figures are made, as the worked examples recorded it."""
    found: dict[tuple[str, str], None] = {}
    for quote in quotes:
        for entry in quote.explanation:
            if not entry.figure.startswith(_LOOKED_UP) and entry.formula:
                found[entry.figure, entry.formula] = None
    if found:
        yield "## Formulas 计算公式\n"
        rows = [[figure, formula, names.formula(formula)] for figure, formula in found]
        yield markdown_table(["Figure", "Formula", "计算式"], rows)


def _example(
    catalogue: Catalogue, definition: ProductDefinition, example: Example, quote: Quote
) -> Iterator[str]:
    """One worked example: the ask, the arithmetic, and the figures of its quote."""
    yield f"## Worked example 示例: {example.name}\n"
    stated = {"as of": example.as_of, **example.ask}
    stated |= {f"customer.{name}": value for name, value in example.customer.items()}
    yield markdown_table(["Asked", ""], [[name, _text(value)] for name, value in stated.items()])
    if example.working:
        yield f"Arithmetic: {example.working}\n"
    version = definition.at(example.as_of)
    english, chinese = (
        list(
            quote_page(quote, Names.of(catalogue, quote.product.code, lang, quote.results, version))
        )[_HEAD:]
        for lang in LANGUAGES
    )
    yield from bilingual(english, chinese, level=3)


def _text(value: object) -> str:
    made = plain(value)
    return str(made) if not isinstance(made, list) else "; ".join(map(str, made))


def _index(headers: list[Header], as_of: date) -> str:
    rows = [
        [
            "–" if item.line is None else str(item.line), f"@{item.code}@", item.name_zh, item.segment,
            item.summary or "",
        ]
        for item in headers
    ]  # fmt: skip
    table = markdown_table(["Line", "Product", "中文", "Segment", "What it is for"], rows, "r")
    named = {item.code: f"[{item.name}]({item.code}.md)" for item in headers}
    for code, link in named.items():
        table = table.replace(f"@{code}@", link)
    told = f"{len(headers)} products as their definitions stand on {as_of}."
    return "\n".join([MARK, "# Handbook 产品手册\n", told + "\n", table])


def _linked(text: str, known: set[str]) -> str:
    """Partners that have a page become links to it."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        code, colon, rest = line.removeprefix("- ").partition(":")
        if line.startswith("- ") and colon and code in known:
            lines[number] = f"- [{code}]({code}.md):{rest}"
    return "\n".join(lines)
