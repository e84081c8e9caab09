"""What each dated version of a definition changed, with its source: the history on a handbook page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from catalogue.cli.markdown import both, markdown_table
from catalogue.cli.names import Names
from catalogue.cli.render_show import (
    condition_table,
    fee_table,
    field_table,
    figure_table,
    rate_pairs,
)
from catalogue.definitions.model import Origin, ProductDefinition, ProductVersion
from catalogue.definitions.versions import origins_below
from catalogue.products.explanation import source_text
from catalogue.quotes.description import describe
from catalogue.quotes.labels import label, word

_PARTS = ("rate", "figures", "fees", "ask", "conditions", "terms", "currencies", "valid_days")
_WHOLE = ("rate", "currencies", "valid_days")
"""Parts that are told in one row; of the others each entry has its own."""
_WORDS = ("label", "label_zh", "name", "name_zh", "reason", "reason_zh", "bring", "bring_zh", "help", "help_zh",
          "choices_zh", "fact", "unit", "type", "basis_note", "basis_note_zh", "informative")  # fmt: skip
"""Leaves that say how a part is called, not what it is."""

_Key = tuple[str, ...]
_NamesOf = Callable[[ProductVersion], tuple[Names, Names]]
"""The names of a version in the page's language, and in Chinese."""


class _Part(NamedTuple):
    """What a version says of one field, figure, fee or condition, as `show` says it."""

    name: str
    name_zh: str
    text: str


def history(
    definition: ProductDefinition, as_of: date, names_of: _NamesOf, display: Callable[[str], str]
) -> Iterator[str]:
    """Every version up to the day, the newest first: what is new, what stood before, source and basis."""
    told: list[list[str]] = []
    before: Mapping[_Key, _Part] = {}
    for version in definition.versions:
        if version.effective_from > as_of:
            break
        page, chinese = names_of(version)
        parts = {} if version.withdrawn else _parts(definition, version, page, chinese, display)
        told.append(list(_told(definition, version, parts, before, page)))
        before = parts
    yield from (text for block in reversed(told) for text in block)


def _told(
    definition: ProductDefinition,
    version: ProductVersion,
    parts: Mapping[_Key, _Part],
    before: Mapping[_Key, _Part],
    names: Names,
) -> Iterator[str]:
    lang = names.lang
    notes = [version.note, version.note_zh] if lang == "en" else [version.note_zh or version.note]
    stated = " / ".join(text for text in notes if text)
    since = "自{}起" if lang == "zh" else "From {}"
    yield f"### {since.format(version.effective_from)}{': ' if stated else ''}{stated}\n"
    if version.withdrawn:
        yield f"{label('withdrawn', lang)}\n"
        return
    rows = list(_rows(definition, version, parts, before, names))
    if not rows:
        yield "仅文字变更,数值不变。\n" if lang == "zh" else "Words only; no figure changed.\n"
        return
    titles = [label("key", lang), label("label", lang), label("value", lang)]
    titles += ["此前" if lang == "zh" else "Before"] if before else []
    yield markdown_table([*titles, label("source", lang)], rows)


def _rows(
    definition: ProductDefinition,
    version: ProductVersion,
    parts: Mapping[_Key, _Part],
    before: Mapping[_Key, _Part],
    names: Names,
) -> Iterator[list[str]]:
    """A row for each part that the version sets or drops; what stood before, unless it is the first version."""
    lang = names.lang
    same, gone = ("同此前", "不再适用") if lang == "zh" else ("the same", "no longer")
    set_here = _set_here(version)
    for key, part in parts.items():
        if key not in set_here and key in before:
            continue
        row = [".".join(key), both(part.name, part.name_zh), part.text]
        if before:
            old = before.get(key)
            row.append("–" if old is None else same if old.text == part.text else old.text)
        origins = set_here.get(key) or _newest(version, key)
        yield [*row, _sources(definition, origins, names)]
    for key, part in before.items():
        if key not in parts:
            yield [".".join(key), both(part.name, part.name_zh), gone, part.text, ""]


def _set_here(version: ProductVersion) -> dict[_Key, dict[str, Origin]]:
    """The keys that a version itself sets, by the part that they belong to; mere words left out."""
    found: dict[_Key, dict[str, Origin]] = {}
    for path, origin in origins_below(version.origins, ()).items():
        keys = path.split(".")
        if origin.version != version.effective_from or keys[0] not in _PARTS or keys[-1] in _WORDS:
            continue
        part = tuple(keys[:1] if keys[0] in _WHOLE else keys[:2])
        found.setdefault(part, {})[".".join(keys[len(part) :])] = origin
    return found


def _newest(version: ProductVersion, key: _Key) -> dict[str, Origin]:
    """Where a part is stated that holds nothing but words, as a field without limits."""
    found = version.origin(*key)
    return {} if found is None else {"": found}


def _sources(definition: ProductDefinition, origins: Mapping[str, Origin], names: Names) -> str:
    """Source and basis of a part; where its keys have several, each with what it states."""
    stated: dict[str, list[str]] = {}
    for key, origin in origins.items():
        if origin.source:
            text = names.source(source_text(origin.source, definition.sources))
            text += f" ({word(origin.basis, names.lang)})" if origin.basis else ""
            stated.setdefault(text, []).append(key)
    if len(stated) < 2:
        return next(iter(stated), "")
    return "; ".join(f"{', '.join(keys)}: {text}" for text, keys in stated.items())


def _parts(
    definition: ProductDefinition,
    version: ProductVersion,
    names: Names,
    chinese: Names,
    display: Callable[[str], str],
) -> dict[_Key, _Part]:
    """Every part of a version, in words."""
    data = describe(definition, version, version.effective_from, display)
    own = {key: texts for key, texts in _texts(data, names) if _stated(version, key)}
    named = dict(_texts(data, chinese))
    return {key: _Part(name, named[key][0], text) for key, (name, text) in own.items()}


def _stated(version: ProductVersion, key: _Key) -> bool:
    """Whether the definition states it: fields of every ask and the core's limits are no part of its history."""
    return key[0] != "ask" or key[1] in version.ask


def _texts(data: Mapping[str, Any], names: Names) -> Iterator[tuple[_Key, tuple[str, str]]]:
    """Key → its name and what it says."""
    lang = names.lang
    if data["rate"] is not None:
        *pairs, _ = rate_pairs(data["rate"], names)
        yield ("rate",), (label("rate", lang), "; ".join(f"{name}: {text}" for name, text in pairs))
    for key, label_, text, *_ in figure_table(data["figures"], names).rows:
        yield ("figures", key), (label_, text)
    for key, label_, text, *_ in fee_table(data["fees"], names).rows:
        yield ("fees", key), (label_, text)
    table = condition_table(data["conditions"], names)
    for item, (reason, test, otherwise, *_) in zip(data["conditions"], table.rows, strict=True):
        said = f"{test}; {label('otherwise', lang)}: {otherwise}"
        yield ("conditions", item["code"]), (reason, said)
    for key, value in data["terms"].items():
        yield ("terms", key), (label(key, lang), word(names.sheet(str(value)), lang))
    yield ("currencies",), (label("currency", lang), ", ".join(data["currencies"]))
    yield ("valid_days",), (label("valid_days", lang), str(data["valid_days"]))
    required = label("required", lang)
    for key, label_, kind, default, limits in field_table(data, lang).rows:
        preset = default if default in ("", required) else f"{label('default', lang)} {default}"
        yield ("ask", key), (label_, "; ".join(text for text in (kind, preset, limits) if text))
