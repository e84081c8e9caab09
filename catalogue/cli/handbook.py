"""The handbook: a Markdown page a product and an index by line, made from the definitions."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from catalogue.cli.figure_names import figure_name
from catalogue.cli.handbook_history import history
from catalogue.cli.markdown import bilingual, both, markdown_table
from catalogue.cli.names import Names
from catalogue.cli.render_quote import quote_page
from catalogue.cli.render_show import show_page
from catalogue.definitions.model import Example, Header, ProductDefinition, ProductVersion
from catalogue.definitions.values_of_fields import plain
from catalogue.errors import CatalogueError
from catalogue.products.ask import Ask
from catalogue.products.customer import Customer
from catalogue.quotes.catalogue import Catalogue
from catalogue.quotes.description import describe
from catalogue.quotes.labels import Language, label, word
from catalogue.quotes.quote import Quote

INDEX = "index.md"
MARK = "<!-- A page of the handbook, made by `catalogue handbook`. -->\n"
"""Begins every page, so that making the handbook anew removes only its own pages."""
_HEAD = 2
"""Blocks at the top of a quote's page: the name, which stands above, and the id."""
_LOOKED_UP = ("figure.", "rate.", "check.")
"""Entries of an explanation that were read, not computed, or stand among the conditions."""


_TITLES = {
    "formulas": ("Formulas", "计算公式"),
    "formulas_note": (
        "As the worked examples record them; where they hold figures, those are an example's.",
        "摘自示例的计算过程,其中的数字为示例数字。",
    ),
    "figure": ("Figure", "项目"),
    "history": ("Dated figures", "历次规定"),
    "example": ("Worked example", "示例"),
    "asked": ("Asked", "询价内容"),
    "working": ("Arithmetic", "验算(英文)"),
    "replay": (
        "The same quote on the command line; the tests replay it:",
        "命令行重现(由测试自动核对):",
    ),
    "products": (
        "{} products by line, as their definitions stand on {}.",
        "共{}个产品,按产品线排列,均为{}执行的产品定义。",
    ),
    "contents": (
        (
            "Each page: terms, figures and fees with their sources, conditions, papers, formulas, every earlier"
            " version with what it changed, one worked example. Figures marked regulation or official are those of a"
            " law or an authority, with number and date; those marked illustrative are the fictional bank's."
        ),
        (
            "各页内容:要素、参数与费用(附依据)、准入条件、所需资料、计算公式、历次版本的变化和一个示例。"
            "标明监管规定或官方公布的数值附有文号和日期,标明示例的数值属虚构银行。"
        ),
    ),
}  # fmt: skip
"""What only the handbook says, in English and Chinese."""


@attrs.frozen
class Handbook:
    """File name → text, and what could not be made."""

    pages: Mapping[str, str]
    problems: tuple[str, ...]


def make_handbook(
    catalogue: Catalogue, told: Callable[[str], None], lang: Language = "en"
) -> Handbook:
    """Every page as of the catalogue's date.

    Args:
        catalogue: whose products are described; a product without a version on the day is left out.
        told: called with each product's code, for long work.
        lang: "en" for English with the Chinese names beside it, "zh" for Chinese alone.
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
            pages[f"{header.code}.md"] = _page(catalogue, definition, version, lang)
            listed.append(header)
        except CatalogueError as error:
            problems.append(f"{header.code}: {error}")
    pages[INDEX] = _index(listed, catalogue.as_of, lang)
    names = {str(it.code): it.name_zh if lang == "zh" else it.name for it in listed}
    linked = {name: _linked(text, names) for name, text in pages.items()}
    return Handbook(linked, tuple(problems))


def example_quote(catalogue: Catalogue, code: str, example: Example) -> Quote:
    """The quote of a worked example, as its own test replays it."""
    customer = Customer(dict(example.customer))
    return catalogue.quote(Ask(code, example.ask), customer, as_of=example.as_of)


def _title(name: str, lang: Language) -> str:
    english, chinese = _TITLES[name]
    return chinese if lang == "zh" else f"{english} {chinese}"


def _note(name: str, lang: Language) -> str:
    return _TITLES[name][1 if lang == "zh" else 0]


def _page(
    catalogue: Catalogue, definition: ProductDefinition, version: ProductVersion, lang: Language
) -> str:
    code = definition.header.code

    def names_of(version: ProductVersion) -> tuple[Names, Names]:
        """The page's names, and those that stand beside them or are the same."""
        chinese = Names.of(catalogue, code, "zh", version=version)
        return (
            chinese if lang == "zh" else Names.of(catalogue, code, lang, version=version)
        ), chinese

    display = catalogue.library.display
    data = describe(definition, version, catalogue.as_of, display)
    first, second = (show_page(data, names) for names in names_of(version))
    quotes = [example_quote(catalogue, code, example) for example in definition.examples]
    parts = [
        MARK,
        *bilingual(first, second),
        *_formulas(catalogue, quotes, lang),
        f"## {_title('history', lang)}\n",
        *history(definition, catalogue.as_of, names_of, display),
    ]
    if quotes:
        parts += _example(catalogue, definition.examples[0], quotes[0], lang)
    return "\n".join(parts)


def _quote_names(catalogue: Catalogue, quote: Quote, lang: Language) -> Names:
    """With the labels of the version that was quoted and of its results."""
    code = quote.product.code
    return Names.of(catalogue, code, lang, quote.results, catalogue.version(code, quote.as_of))


def _formulas(catalogue: Catalogue, quotes: Iterable[Quote], lang: Language) -> Iterator[str]:
    """How the computed figures are made, as the worked examples recorded it.

    The arithmetic of a fee and of a stretch of a deposit is told once: its figures are an example's.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for quote in quotes:
        names, chinese = (_quote_names(catalogue, quote, each) for each in (lang, "zh"))
        for entry in quote.explanation:
            if entry.figure.startswith(_LOOKED_UP) or not entry.formula:
                continue
            once_only = entry.figure.startswith(("fee.", "interest."))
            rule = "" if once_only else str(entry.formula)
            called = both(
                figure_name(entry.figure, quote, names), figure_name(entry.figure, quote, chinese)
            )
            said = both(names.formula(entry.formula), chinese.formula(entry.formula))
            key = entry.figure if " " not in entry.figure else entry.figure.partition(".")[0]
            found.setdefault((entry.figure, rule), [called, key, said])
    if found:
        yield f"## {_title('formulas', lang)}\n"
        yield f"{_note('formulas_note', lang)}\n"
        titles = [_note("figure", lang), label("key", lang), label("formula", lang)]
        yield markdown_table(titles, found.values())


def _example(catalogue: Catalogue, example: Example, quote: Quote, lang: Language) -> Iterator[str]:
    """One worked example: the ask, the arithmetic, the command that replays it, and the figures of its quote."""
    names, chinese = (_quote_names(catalogue, quote, each) for each in (lang, "zh"))
    title = _title("example", lang)
    yield f"## {title}\n" if lang == "zh" else f"## {title}: {example.name}\n"
    asked = zip(
        _asked(catalogue, example, quote, names),
        _asked(catalogue, example, quote, chinese),
        strict=True,
    )
    rows = [[both(a, b), both(value, value_b)] for (a, value), (b, value_b) in asked]
    yield markdown_table([_note("asked", lang), ""], rows)
    if example.working:
        yield f"{_note('working', lang)}: {example.working}\n"
    yield f"{_note('replay', lang)}\n"
    yield f"```console\n$ {replay(quote.product.code, example)}\n```\n"
    first, second = (list(quote_page(quote, each))[_HEAD:] for each in (names, chinese))
    yield from bilingual(first, second, level=3)


def _asked(
    catalogue: Catalogue, example: Example, quote: Quote, names: Names
) -> Iterator[tuple[str, str]]:
    """What the example states, in words."""
    lang, facts = names.lang, catalogue.library.facts()
    yield label("as_of", lang), str(quote.as_of)
    for key in quote.ask:
        if key in quote.ask.stated and quote.ask[key] is not None:
            yield names.label(key), names.asked(key, quote.ask[key], quote.currency)
    for key, value in example.customer.items():
        fact = facts.get(key)
        named = key if fact is None else fact.label_zh if lang == "zh" else fact.label
        yield (
            f"{label('customer', lang)}: {named}",
            word(names.value(f"customer.{key}", value), lang),
        )


def replay(code: str, example: Example) -> str:
    """The command line that quotes a worked example."""
    stated = {**example.ask, **{f"customer.{key}": it for key, it in example.customer.items()}}
    options = [f"--set {shlex.quote(f'{key}={_typed(value)}')}" for key, value in stated.items()]
    return " ".join([f"catalogue quote {code} --as-of {example.as_of}", *options])


def _typed(value: Any) -> str:
    """A value as it is typed behind `--set`: lists by commas, rows as `a:b;c:d`."""
    made = plain(value)
    if not isinstance(made, list):
        return str(made).lower() if isinstance(made, bool) else str(made)
    if not any(isinstance(item, (list, Mapping)) for item in made):
        return ",".join(str(item) for item in made)
    rows = [item.values() if isinstance(item, Mapping) else item for item in made]
    return ";".join(":".join(map(str, row)) for row in rows)


def _index(headers: list[Header], as_of: date, lang: Language) -> str:
    chinese = lang == "zh"
    rows = [
        [
            "–" if item.line is None else str(item.line), f"@{item.code}@",
            item.name if chinese else item.name_zh, word(item.family, lang), word(item.segment, lang),
            (item.summary_zh if chinese else item.summary) or "",
        ]
        for item in headers
    ]  # fmt: skip
    titles = ["序号", "产品", "英文名称", "类别", "客户", "用途"] if chinese else [
        "Line", "Product", "中文", "Family", "Segment", "What it is for"
    ]  # fmt: skip
    table = markdown_table(titles, rows, "r")
    for item in headers:
        name = item.name_zh if chinese else item.name
        table = table.replace(f"@{item.code}@", f"[{name}]({item.code}.md)")
    head = "# 产品手册\n" if chinese else "# Handbook 产品手册\n"
    told = _note("products", lang).format(len(headers), as_of)
    return "\n".join([MARK, head, told + "\n", _note("contents", lang) + "\n", table])


def _linked(text: str, names: Mapping[str, str]) -> str:
    """Partners that have a page become links to it, by their names."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        code, colon, rest = line.removeprefix("- ").partition(":")
        if line.startswith("- ") and colon and code in names:
            lines[number] = f"- [{names[code]}]({code}.md):{rest}"
    return "\n".join(lines)
