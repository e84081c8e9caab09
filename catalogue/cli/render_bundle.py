"""Bundles as pages: the definition, and a quote with each line alone and in the bundle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from catalogue.cli.names import Names
from catalogue.cli.render_quote import check_blocks, explanation_blocks, warnings_block
from catalogue.cli.render_quote import quote_page as line_page
from catalogue.cli.tables import Block, Column, Heading, Notes, Pairs, Table
from catalogue.cli.words import money, number_text, percent, percent_of
from catalogue.quotes.bundle_quote import BundleQuote, QuotedLine
from catalogue.quotes.labels import Language, label, word
from catalogue.quotes.quote import Quote

Namer = Callable[[QuotedLine | None], Names]
"""Names for the page of a bundle's line, or of the bundle itself."""


def bundle_list(rows: Sequence[Mapping[str, Any]], lang: Language) -> Table:
    """The table of all bundles."""
    zh = "_zh" if lang == "zh" else ""
    made = [
        [row["code"], row[f"name{zh}"], word(row["segment"], lang), row[f"summary{zh}"] or ""]
        for row in rows
    ]
    columns = [
        Column(label("code", lang), "code"), Column(label("name", lang)),
        Column(label("segment", lang), "code"), Column(label("summary", lang)),
    ]  # fmt: skip
    return Table(columns, made)


# -- a definition -------------------------------------------------------------------------------


def show_page(data: Mapping[str, Any], names: Names) -> Iterator[Block]:
    """Every block of a definition's page."""
    lang = names.lang
    first, second = ("name_zh", "name") if lang == "zh" else ("name", "name_zh")
    yield Heading(f"{data[first]} ({data[second]})", _in(data, "summary", lang))
    yield Pairs(
        [
            (label("code", lang), data["code"]),
            (label("segment", lang), word(data["segment"], lang)),
            (label("as_of", lang), data["as_of"]),
            (label("definition_version", lang), data["effective_from"]),
            (label("min_lines", lang), str(data["min_lines"])),
            (label("file", lang), ", ".join(data["files"])),
        ]
    )
    if data["withdrawn"]:
        yield Notes([label("withdrawn", lang)], tone="bad")
    rows = [
        [
            line["line"], line["product"], word("yes" if line["required"] else "no", lang),
            ", ".join(_preset(line, names)),
        ]
        for line in data["lines"]
    ]  # fmt: skip
    columns = [
        Column(label("bundle_line", lang), "code"), Column(label("product", lang), "code"),
        Column(label("required", lang).capitalize(), "code"), Column(label("preset", lang)),
    ]  # fmt: skip
    yield Table(columns, rows, label("lines", lang))
    yield _benefits_defined(data["benefits"], names)
    given = [
        f"{_in(item, 'name', lang)}: {names.test(item['applies']['test'])}"
        for item in data["benefits"]
        if item.get("applies")
    ]
    if given:
        yield Notes(given, label("given_when", lang))
    limits = [
        (label(f"limit.{k}", lang), _limit(k, v)) for k, v in data["limits"].items() if k in _LIMITS
    ]
    if limits:
        yield Pairs(limits, label("limits", lang))
    if data["conditions"]:
        lines = [
            f"{_in(item, 'reason', lang)} [{names.test(item['test'])}]"
            for item in data["conditions"]
        ]
        yield Notes(lines, label("conditions", lang))
    noted = [
        f"{v['effective_from']}{': ' + _in(v, 'note', lang) if v['note'] else ''}"
        for v in data["versions"]
    ]
    yield Notes(noted, label("versions", lang))


def _preset(line: Mapping[str, Any], names: Names) -> Iterator[str]:
    """Preset fields of a line, and that its price belongs to the bundle."""
    own = names.line(line["line"])
    for name, value in line.get("ask", {}).items():
        yield f"{own.key(name)} = {own.value(name, value)}"
    if line["own_price"]:
        yield label("own_price", names.lang)


_LIMITS = ("rate_discount", "deposit_uplift", "total")


def _limit(name: str, value: str) -> str:
    return number_text(value) if name == "total" else percent_of(value)


def _benefits_defined(benefits: Sequence[Mapping[str, Any]], names: Names) -> Table:
    lang, rows = names.lang, []
    for item in benefits:
        worth = (
            percent_of(item["rate"])
            if "rate" in item
            else percent_of(item["share"])
            if "share" in item
            else (number_text(item["amount"]))
        )
        if item.get("fee", "*") != "*":
            worth += _which_fee(item, names)
        most = number_text(item["max_amount"]) if "max_amount" in item else ""
        lines = ", ".join(item.get("lines", ())) or label("all", lang)
        basis = f" ({word(item['basis'], lang)})" if item.get("basis") else ""
        rows.append([
            str(item["order"]), _in(item, "name", lang), word(item["kind"], lang), worth, most, lines,
            f"{_in(item, 'source', lang)}{basis}",
        ])  # fmt: skip
    columns = [
        Column("#", "number"), Column(label("benefit", lang)), Column(label("kind", lang)),
        Column(label("value", lang), "number"), Column(label("most", lang), "number"),
        Column(label("lines", lang)), Column(label("source", lang), drop=1),
    ]  # fmt: skip
    return Table(columns, rows, label("benefits", lang))


def _which_fee(item: Mapping[str, Any], names: Names) -> str:
    """The fee that a benefit gives up, by its name in the lines' definitions.

    One that a plugin adds has only its code here; a page in Chinese leaves that to the benefit's name.
    """
    named = dict.fromkeys(names.line(line).fee(item["fee"]) for line in item.get("lines", ()))
    if names.lang == "zh":
        named.pop(item["fee"], None)
    return f" ({', '.join(named)})" if named else ""


def _in(item: Mapping[str, Any], name: str, lang: Language) -> str:
    return str((lang == "zh" and item.get(f"{name}_zh")) or item.get(name) or "")


# -- a quote ------------------------------------------------------------------------------------


def quote_page(
    quote: BundleQuote, named: Namer, *, whole: bool = False, explain: bool = False
) -> Iterator[Block]:
    """Head, each line alone and in the bundle, benefits, what was left out, totals; then every line."""
    words = named(None)
    lang = words.lang
    names = (quote.name_zh, quote.name) if lang == "zh" else (quote.name, quote.name_zh)
    yield Heading(f"{names[0]} ({names[1]})")
    yield Pairs(list(_head(quote, lang)))
    if quote.lines:
        yield _lines(quote, lang)
    if quote.benefits:
        yield _benefits(quote, words)
    if quote.left_out:
        lines = [
            f"{out.line} ({out.product}): {'; '.join(out.reasons_zh if lang == 'zh' else out.reasons)}"
            for out in quote.left_out
        ]
        yield Notes(lines, label("left_out", lang), "bad")
    yield from check_blocks(quote.checks, quote.eligible, words)
    open_points = list(_open_points(quote, lang))
    if open_points:
        yield Notes(open_points, label("bring", lang))
    pairs = [
        (label(f"total.{k}", lang, label(k, lang)), money(v, quote.currency))
        for k, v in quote.totals.items()
    ]
    yield Pairs(pairs, f"{label('totals', lang)} ({quote.currency})", figures=True)
    if quote.warnings:
        yield warnings_block(quote.warnings, lang)
    for line in quote.lines:
        if whole:
            yield from line_page(line.quote, named(line), explain=explain)
        elif explain:
            yield Heading(f"{line.line}: {line.quote.product.code}")
            yield from explanation_blocks(line.quote, named(line))


def _head(quote: BundleQuote, lang: Language) -> Iterator[tuple[str, str]]:
    if quote.code:
        yield label("bundle", lang), quote.code
    name = quote.customer.get("name")
    if name:
        yield label("customer", lang), str(name)
    yield label("as_of", lang), str(quote.as_of)
    yield label("valid_until", lang), str(quote.valid_until)
    if quote.definition_version:
        yield label("definition_version", lang), str(quote.definition_version)
    yield label("quote_id", lang), f"{quote.quote_id} ({quote.engine})"


def _lines(quote: BundleQuote, lang: Language) -> Table:
    columns = [
        Column(label("bundle_line", lang), "code"), Column(label("product", lang)),
        Column(label("amount", lang), "number", 3), Column(label("annual", lang), "number", 2),
        Column(label("fees", lang), "number", 1), Column(label("total.cost_alone", lang), "number"),
        Column(label("total.cost", lang), "number"), Column(label("saving", lang), "number"),
    ]  # fmt: skip
    return Table(
        columns,
        [_line(line, quote, lang) for line in quote.lines],
        label("lines", lang),
        " ".join(_notes(quote, lang)),
    )


def _notes(quote: BundleQuote, lang: Language) -> Iterator[str]:
    yield label("cost_note", lang)
    own = ", ".join(line.line for line in quote.lines if line.own_price)
    if own:
        yield f"{own}: {label('own_price_note', lang)}{'。' if lang == 'zh' else '.'}"


def _line(line: QuotedLine, quote: BundleQuote, lang: Language) -> list[str]:
    alone, together = line.alone, line.quote
    amount = together.terms.amount
    name = together.product.name_zh if lang == "zh" else together.product.name
    return [
        line.line, name, "" if amount is None else money(amount, quote.currency),
        _change(_rate(alone), _rate(together)),
        _change(money(alone.totals["fees"], quote.currency), money(together.totals["fees"], quote.currency)),
        money(line.cost_alone, quote.currency), money(line.cost, quote.currency),
        money(line.saving, quote.currency),
    ]  # fmt: skip


def _rate(quote: Quote) -> str:
    return "" if quote.rate is None else percent(quote.rate.annual)


def _change(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _benefits(quote: BundleQuote, names: Names) -> Table:
    lang = names.lang
    rows = [
        [item.name_zh if lang == "zh" else item.name, item.line, money(item.amount, quote.currency),
         names.formula(item.formula), names.source(item.source)]
        for item in quote.benefits
    ]  # fmt: skip
    columns = [
        Column(label("benefit", lang)), Column(label("bundle_line", lang), "code"),
        Column(label("amount", lang), "number"), Column(label("formula", lang)),
        Column(label("source", lang), drop=1),
    ]  # fmt: skip
    return Table(columns, rows, label("benefits", lang))


def _open_points(quote: BundleQuote, lang: Language) -> Iterator[str]:
    """What the lines' own checks still ask for, each paper once."""
    told: set[str] = set()
    for line in quote.lines:
        for check in line.quote.checks:
            text = check.bring_zh if lang == "zh" else check.bring
            if text and text not in told:
                told.add(text)
                yield f"{line.line}: {text}"
