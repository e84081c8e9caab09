"""A definition as a page: fields with limits, rate rule, figures, fees, conditions, papers, versions, sources."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from catalogue.cli.fee_words import fee_words
from catalogue.cli.names import Names
from catalogue.cli.tables import Block, Column, Heading, Notes, Pairs, Table
from catalogue.cli.words import number_text, percent_of
from catalogue.quotes.labels import Language, label, word

Data = Mapping[str, Any]


def show_page(data: Data, names: Names) -> Iterator[Block]:
    """Every block of the page from `describe`'s data; `names` knows the words of conditions."""
    lang = names.lang
    first, second = ("name_zh", "name") if lang == "zh" else ("name", "name_zh")
    yield Heading(f"{data[first]} ({data[second]})", _in(data, "summary", lang))
    yield Pairs(list(_head(data, lang)))
    if data["withdrawn"]:
        yield Notes([label("withdrawn", lang)], tone="bad")
    yield field_table(data, lang)
    if data["rate"] is not None:
        yield Pairs(list(rate_pairs(data["rate"], names)), label("rate", lang))
    if data["terms"]:
        yield Pairs(
            [(label(k, lang), word(names.sheet(str(v)), lang)) for k, v in data["terms"].items()],
            label("terms", lang),
        )
    if data["figures"]:
        yield figure_table(data["figures"], names)
    if data["fees"]:
        yield fee_table(data["fees"], names)
    if data["conditions"]:
        yield condition_table(data["conditions"], names)
    for part in ("documents", "cross_sell"):
        if data[part]:
            yield Notes([_paper(item, names) for item in data[part]], label(part, lang))
    yield _versions(data, lang)
    if data["sources"]:
        yield _sources(data["sources"], lang)


def _in(item: Data, name: str, lang: Language) -> str:
    """A text in the page's language, else the other."""
    return str((lang == "zh" and item.get(f"{name}_zh")) or item.get(name) or "")


def _head(data: Data, lang: Language) -> Iterator[tuple[str, str]]:
    yield label("code", lang), data["code"]
    yield label("family", lang), word(data["family"], lang)
    yield label("segment", lang), word(data["segment"], lang)
    if data.get("line"):
        yield label("line", lang), str(data["line"])
    yield label("as_of", lang), data["as_of"]
    yield (
        label("definition_version", lang),
        data["effective_from"] + (f": {_in(data, 'note', lang)}" if data["note"] else ""),
    )
    yield label("currency", lang), ", ".join(data["currencies"])
    yield label("valid_days", lang), str(data["valid_days"])
    yield label("file", lang), ", ".join(data["files"])


def _origin(item: Data, lang: Language) -> str:
    """Source, basis and date of a part."""
    if not item.get("source"):
        return ""
    basis = f" ({word(item['basis'], lang)})" if item.get("basis") else ""
    return f"{_in(item, 'source', lang)}{basis}"


def _origins(item: Data, lang: Language, names: Collection[str]) -> str:
    """The sources of a part; where its figures `names` have several, each with what it states."""
    stated: dict[str, list[str]] = {}
    for name, origin in item.get("origins", {}).items():
        if name in names:
            stated.setdefault(_origin(origin, lang), []).append(name.partition(".")[2])
    if len(stated) < 2:
        return next(iter(stated), "") or _origin(item, lang)
    return "; ".join(f"{', '.join(keys)}: {source}" for source, keys in stated.items())


def field_table(data: Data, lang: Language) -> Table:
    """Key, label, type, default and limits of every field of the ask."""
    rows = []
    for field in data["ask"]:
        notes = [label("required", lang)] if field.get("required") else []
        if field.get("default") is not None:
            named = _choices(field, lang)
            default = _bound(field["default"], field["type"], lang)
            notes.append(named.get(str(field["default"]), default))
        name = field["label_zh"] if lang == "zh" else field["label"]
        rows.append(
            [field["name"], name, word(field["type"], lang), "; ".join(notes), _limits(field, lang)]
        )
    columns = [
        Column(label("key", lang), "code"), Column(label("label", lang)), Column(label("type", lang)),
        Column(label("default", lang)), Column(label("limits", lang)),
    ]  # fmt: skip
    return Table(columns, rows, label("fields", lang))


def _limits(field: Data, lang: Language) -> str:
    parts = [
        f"{sign} {_bound(field[name], field['type'], lang)}"
        for name, sign in (("min", "≥"), ("max", "≤"))
        if field.get(name) is not None
    ]
    parts += [", ".join(_choices(field, lang).values())] if field.get("choices") else []
    if field.get("columns"):
        parts.append(":".join(field["columns"]))
    if field.get("help"):
        parts.append(_in(field, "help", lang))
    if field.get("unit"):
        parts.append(word(field["unit"], lang))
    return "; ".join(parts)


def _choices(field: Data, lang: Language) -> dict[str, str]:
    """Each choice as it is written and, in Chinese, what the field calls it."""
    codes = field.get("choices") or ()
    labels = field.get("choices_zh") or ()
    own = lang == "zh" and len(labels) == len(codes)
    words = labels if own else [word(code, lang) for code in codes]
    return {
        code: code if code == said or lang == "en" else f"{code} {said}"
        for code, said in zip(codes, words, strict=True)
    }


def _bound(value: Any, kind: str, lang: Language) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_bound(item, kind, lang)}" for name, item in value.items())
    if isinstance(value, bool):
        return word("yes" if value else "no", lang)
    if kind == "rate":
        return percent_of(value)
    if kind in ("money", "number", "int"):
        return number_text(value)
    return word(str(value), lang)


_RATE_PARTS = ("fixed", "spread", "min", "max", "min_spread", "max_spread")


def rate_pairs(rate: Data, names: Names) -> Iterator[tuple[str, str]]:
    """The rate rule part by part; its source comes last."""
    lang = names.lang
    if rate.get("reference"):
        yield label("reference", lang), names.sheet(rate["reference"], rate.get("column"))
    for name in (*_RATE_PARTS, "multiple", "min_multiple", "max_multiple"):
        if rate.get(name) is None or (name, rate[name]) in (("multiple", "1"), ("spread", "0")):
            continue
        text = percent_of(rate[name]) if name in _RATE_PARTS else f"× {rate[name]}"
        yield label(f"rate.{name}", lang), text
    yield label("negotiable", lang), word("yes" if rate["negotiable"] else "no", lang)
    if rate.get("basis_note"):
        yield label("note", lang), word(_in(rate, "basis_note", lang), lang)
    yield label("source", lang), _origin(rate, lang)


def figure_table(figures: list[Data], names: Names) -> Table:
    """Key, label, value, unit and source of every figure; a percentage needs no unit."""
    lang, rows = names.lang, []
    for figure in figures:
        name = _in(figure, "label", lang) or label(figure["code"], lang)
        if figure.get("informative"):
            name += f" ({label('informative', lang)})"
        rows.append(
            [
                figure["code"],
                name,
                _figure(figure, names),
                "" if figure.get("unit") == "fraction" else word(figure.get("unit", ""), lang),
                _origins(figure, lang, [f"values.{name}" for name in figure.get("values", ())]),
            ]
        )
    columns = [
        Column(label("key", lang), "code"), Column(label("label", lang)), Column(label("value", lang)),
        Column(label("unit", lang), drop=2), Column(label("source", lang), drop=1),
    ]  # fmt: skip
    return Table(columns, rows, label("figures", lang))


def _figure(figure: Data, names: Names) -> str:
    lang = names.lang
    share = figure.get("unit") == "fraction"

    def text(value: Any) -> str:
        if isinstance(value, bool):
            return word("yes" if value else "no", lang)
        return percent_of(value) if share else names.formula(number_text(names.sheet(str(value))))

    if "value" in figure:
        return text(figure["value"])
    if "values" in figure:
        said = names.coded(figure["values"])
        return "; ".join(f"{said[name]} {text(value)}" for name, value in figure["values"].items())
    sign = "≤" if figure.get("bound", "inclusive") == "inclusive" else "<"
    over = label("above", lang)
    reaches = [
        f"{sign} {number_text(band['up_to'])}" if "up_to" in band else over
        for band in figure.get("bands", ())
    ]
    values = [text(band["value"]) for band in figure.get("bands", ())]
    return "; ".join(f"{reach}: {value}" for reach, value in zip(reaches, values, strict=True))


def fee_table(fees: list[Data], names: Names) -> Table:
    """Code, name, what is charged and source of every fee."""
    lang = names.lang
    rows = [
        [fee["code"], _in(fee, "name", lang), fee_words(fee, names), _origin(fee, lang)]
        for fee in fees
    ]
    columns = [
        Column(label("code", lang), "code", 2), Column(label("fee", lang)), Column(label("charged", lang)),
        Column(label("source", lang), drop=1),
    ]  # fmt: skip
    return Table(columns, rows, label("fees", lang))


def condition_table(conditions: list[Data], names: Names) -> Table:
    """Reason, test, what else, papers and source of every condition, in the order of the definition."""
    lang, rows = names.lang, []
    for item in conditions:
        when = item.get("when")
        test = names.test(item["test"])
        if when:
            test += f" [{label('applies', lang)} {names.test(str(when))}]"
        otherwise = word(item.get("otherwise", "fail"), lang)
        rows.append(
            [
                _in(item, "reason", lang),
                test,
                otherwise,
                _in(item, "bring", lang),
                _origin(item, lang),
            ]
        )
    columns = [
        Column(label("requirement", lang)), Column(label("test", lang)), Column(label("otherwise", lang), "code"),
        Column(label("bring", lang), drop=2), Column(label("source", lang), drop=1),
    ]  # fmt: skip
    return Table(columns, rows, label("conditions", lang))


def _paper(item: Data, names: Names) -> str:
    lang = names.lang
    text = _in(item, "name", lang) or f"{item['code']}: {_in(item, 'reason', lang)}"
    when = item.get("applies")
    if when is None:
        return text
    test = when["test"] if isinstance(when, Mapping) else when
    return f"{text} [{label('applies', lang)} {names.test(str(test))}]"


def _versions(data: Data, lang: Language) -> Table:
    rows = []
    for version in data["versions"]:
        mark = "→" if version["effective_from"] == data["effective_from"] else ""
        note = label("withdrawn", lang) if version["withdrawn"] else _in(version, "note", lang)
        rows.append([mark, version["effective_from"], note])
    columns = [
        Column("", "code"),
        Column(label("effective_from", lang), "code"),
        Column(label("note", lang)),
    ]
    return Table(columns, rows, label("versions", lang))


def _sources(sources: list[Data], lang: Language) -> Table:
    rows = []
    for source in sources:
        issued = ", ".join(str(source[name]) for name in ("reference", "date") if source.get(name))
        rows.append([source["id"], _in(source, "title", lang), _issuer(source, lang), issued])
    columns = [
        Column(label("code", lang), "code", 2), Column(label("title", lang)),
        Column(label("issuer", lang), drop=1), Column(label("document", lang)),
    ]  # fmt: skip
    return Table(columns, rows, label("sources", lang))


def _issuer(source: Data, lang: Language) -> str:
    """Who issued a source; the core knows the authorities by name."""
    name = _in(source, "issuer", lang)
    if lang == "en" or name != source.get("issuer"):
        return name
    from catalogue.quotes.chinese.issuers import issuer

    return issuer(name)
