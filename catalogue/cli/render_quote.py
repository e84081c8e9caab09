"""A quote as a page for a terminal: head, terms, rate, results, fees, schedule, totals, APR, checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from catalogue.cli.names import Names
from catalogue.cli.render_schedule import schedule_blocks
from catalogue.cli.tables import Block, Column, Heading, Notes, Pairs, Table
from catalogue.cli.words import money, percent, value_text
from catalogue.products.explanation import Entry
from catalogue.products.results import Check, Result
from catalogue.quotes.chinese.translate import remark
from catalogue.quotes.labels import Language, label, word
from catalogue.quotes.quote import Quote


def quote_page(quote: Quote, names: Names, *, explain: bool = False) -> Iterator[Block]:
    """Every block of the page, in reading order."""
    lang = names.lang
    yield heading(quote, lang)
    yield Pairs(list(_head(quote, lang)))
    yield Pairs(list(_terms(quote, names)), label("terms", lang))
    if quote.rate is not None:
        yield Pairs(list(_rate(quote, names)), label("rate", lang))
    if quote.results:
        yield Pairs(
            [result_pair(item, names, quote.currency) for item in quote.results],
            label("results", lang),
        )
    if quote.charged:
        yield fee_table(quote, names)
    yield from schedule_blocks(quote, lang, brief=True)
    yield Pairs(
        list(_totals(quote, names)),
        f"{label('totals', lang)} ({quote.currency})",
        figures=True,
    )
    if quote.apr is not None:
        pairs = [
            (label(name, lang), percent(getattr(quote.apr, name), 4))
            for name in ("simple", "effective")
        ]
        yield Pairs(pairs, label("apr", lang), figures=True)
    yield from check_blocks(quote.checks, quote.eligible, names, quote.product.code)
    yield from _papers(quote, lang)
    if quote.warnings:
        yield warnings_block(quote.warnings, lang)
    if explain:
        yield from explanation_blocks(quote, names)


def heading(quote: Quote, lang: Language) -> Heading:
    """The product's name, in the page's language first."""
    product = quote.product
    names = (product.name_zh, product.name) if lang == "zh" else (product.name, product.name_zh)
    summary = product.summary_zh if lang == "zh" else product.summary
    return Heading(f"{names[0]} ({names[1]})", summary or "")


def _head(quote: Quote, lang: Language) -> Iterator[tuple[str, str]]:
    yield label("product", lang), quote.product.code
    name = quote.customer.get("name")
    kind = quote.customer.get("kind")
    who = [str(part) for part in (name, kind and word(str(kind), lang)) if part]
    yield label("customer", lang), ", ".join(who) or "–"
    yield label("as_of", lang), str(quote.as_of)
    yield label("valid_until", lang), str(quote.valid_until)
    yield label("definition_version", lang), str(quote.definition_version)
    yield label("quote_id", lang), f"{quote.quote_id} ({quote.engine})"


_TERMS = ("amount", "tenor", "start", "maturity", "method", "frequency", "day_count")


def _terms(quote: Quote, names: Names) -> Iterator[tuple[str, str]]:
    """The terms, then what else the ask states."""
    terms, lang = quote.terms, names.lang
    yield label("currency", lang), terms.currency
    for name in _TERMS:
        value = getattr(terms, name)
        if value is not None:
            yield names.label(name), value_text(value, lang, terms.currency)
    stated = [name for name in quote.ask if name in quote.ask.stated]
    hidden = (*_TERMS, "currency", "rate", "spread")
    shown = {
        name: names.asked(name, quote.ask[name], terms.currency)
        for name in stated
        if name not in hidden and quote.ask[name] is not None
    }
    # A further term may bear the name of an ask field and be something else, as a count of its rows.
    shown |= {
        name: value_text(names.chosen(name, value), lang, terms.currency, names.unit(name))
        for name, value in terms.extra.items()
        if value is not None
    }
    for name, text in shown.items():
        yield names.label(name), text


def _rate(quote: Quote, names: Names) -> Iterator[tuple[str, str]]:
    rate, lang = quote.rate, names.lang
    if rate is None:
        return
    yield label("annual", lang), percent(rate.annual)
    if rate.reference:
        yield label("reference", lang), word(names.reference(rate.reference), lang)
    if rate.spread is not None:
        yield label("spread", lang), percent(rate.spread)
    if rate.lowest is not None or rate.highest is not None:
        bounds = (("≥", rate.lowest), ("≤", rate.highest))
        said = [f"{sign} {percent(bound)}" for sign, bound in bounds if bound is not None]
        yield label("bounds", lang), ", ".join(said)
    if rate.basis:
        yield label("basis", lang), word(rate.basis, lang)


def result_pair(item: Result, names: Names, currency: str) -> tuple[str, str]:
    """A result's label and value; one in words may be a formula."""
    lang = names.lang
    if item.unit == "text" and isinstance(item.value, str):
        return item.label_zh if lang == "zh" else item.label, names.formula(word(item.value, lang))
    text = value_text(item.value, lang, currency, item.unit)
    if item.unit == "days":
        text += "天" if lang == "zh" else " days"
    return (item.label_zh if lang == "zh" else item.label), text


def fee_table(quote: Quote, names: Names) -> Table:
    """Fees with formula and source, and who added those that the definition does not state."""
    lang = names.lang
    rows = []
    for item in quote.charged:
        fee = item.fee
        name = fee.name_zh if lang == "zh" else fee.name
        if fee.by not in ("", "definition", quote.product.code):
            name = f"{name} [{label('from_by', lang)} {fee.by}]"
        amount = money(item.amount, quote.currency)
        if fee.amount.currency != item.amount.currency and fee.amount.minor:
            amount = f"{amount} ({money(fee.amount, quote.currency)})"
        if fee.waived is not None:
            amount = f"{amount} ({label('waived', lang)} {money(fee.waived, quote.currency)})"
        due = word("each-due", lang) if fee.due is None else str(fee.due)
        rows.append([name, amount, due, names.formula(fee.formula), names.cited(fee)])
    columns = [
        Column(label("fee", lang)), Column(label("amount", lang), "number"), Column(label("due", lang), "code"),
        Column(label("formula", lang)), Column(label("source", lang), drop=1),
    ]  # fmt: skip
    return Table(columns, rows, label("fees", lang))


def _totals(quote: Quote, names: Names) -> Iterator[tuple[str, str]]:
    """A total that is also a result has the result's label."""
    own = {item.code: item for item in quote.results}
    for name, amount in quote.totals.items():
        item = own.get(name)
        named = item and (item.label_zh if names.lang == "zh" else item.label)
        yield named or names.total(name), money(amount, quote.currency)


def check_blocks(
    checks: tuple[Check, ...], eligible: bool, names: Names, owner: str = ""
) -> Iterator[Block]:
    """Each check with its outcome and reason, then what to bring; `owner` is the product itself."""
    if not checks:
        return
    lang = names.lang
    rows = []
    for check in checks:
        reason = check.reason_zh if lang == "zh" else check.reason
        if check.by not in ("", "definition", owner):
            reason = f"{reason} [{label('from_by', lang)} {check.by}]"
        found = names.pairs(check.found)
        rows.append([word(check.outcome, lang), check.id, reason, found, names.cited(check)])
    columns = [
        Column(label("outcome", lang), "code"), Column(label("code", lang), "code", 2),
        Column(label("requirement", lang)), Column(label("found", lang)), Column(label("source", lang), drop=1),
    ]  # fmt: skip
    open_points = eligible and any(check.outcome == "refer" for check in checks)
    answer = label("subject_to", lang) if open_points else word("yes" if eligible else "no", lang)
    yield Table(columns, rows, label("checks", lang), f"{label('eligible', lang)}: {answer}")
    bring = [text for check in checks if (text := check.bring_zh if lang == "zh" else check.bring)]
    if bring:
        yield Notes(list(dict.fromkeys(bring)), label("bring", lang))


def _papers(quote: Quote, lang: Language) -> Iterator[Block]:
    name, reason = ("name_zh", "reason_zh") if lang == "zh" else ("name", "reason")
    if quote.documents:
        yield Notes([paper[name] for paper in quote.documents], label("documents", lang))
    if quote.cross_sell:
        yield Notes(
            [f"{item['product']}: {item[reason]}" for item in quote.cross_sell],
            label("cross_sell", lang),
        )


def warnings_block(warnings: Sequence[str], lang: Language) -> Notes:
    """The remarks of a quote."""
    return Notes([remark(text, lang) for text in warnings], label("warnings", lang), "warn")


_RATES = ("rate.", "apr.", "adjustment.")


def explanation_blocks(quote: Quote, names: Names) -> Iterator[Block]:
    """For each figure: value, formula, inputs, file, key, version, source and basis.

    A figure is headed by its key, as definitions and JSON have it; on a page in Chinese by its name too.
    """
    from catalogue.cli.figure_names import figure_name

    lang = names.lang
    yield Heading(label("explanation", lang))
    for entry in quote.explanation:
        unit = "rate" if _is_rate(entry, names) else ""
        shown = value_text(entry.value, lang, quote.currency, unit)
        if entry.figure.startswith("figure.") and isinstance(entry.value, str):
            shown = names.formula(names.sheet(entry.value))
        name = figure_name(entry.figure, quote, names) if lang == "zh" else entry.figure
        key = "" if name == entry.figure else f" ({entry.figure})"
        yield Pairs(list(_entry(entry, names)), f"{name}{key} = {shown}")


def _is_rate(entry: Entry, names: Names) -> bool:
    """Whether a figure is a share of one; exchange rates and limits come from rate sheets too."""
    if not isinstance(entry.value, Decimal):
        return False
    small = abs(entry.value) < 1 and entry.figure.startswith(_RATES) and "/" not in entry.figure
    return small or names.is_share(entry.figure)


def _entry(entry: Entry, names: Names) -> Iterator[tuple[str, str]]:
    lang = names.lang
    yield label("formula", lang), names.formula(entry.formula)
    if entry.inputs:
        yield label("inputs", lang), names.pairs(entry.inputs)
    if entry.file:
        where = [
            entry.file,
            entry.key or "",
            f"{label('version', lang).lower()} {entry.version}" if entry.version else "",
        ]
        yield label("file", lang), ", ".join(part for part in where if part)
    if entry.source:
        basis = f" ({word(entry.basis, lang)})" if entry.basis else ""
        yield label("source", lang), f"{names.source(entry.source)}{basis}"
    if entry.by:
        yield label("by", lang), entry.by
