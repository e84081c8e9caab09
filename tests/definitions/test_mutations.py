"""Every key of the shipped files, spoilt in eight ways: validation tells it, or it is on a reviewed list.

Each kind of key (its address without list positions and names of entries) is spoilt twice for each
kind of file, which keeps the run short. HARMLESS is that reviewed list: the change gives another sound
definition, so that only an example or a person can see it.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import catalogue_product_defs
import pytest

from catalogue.definitions import dated, rate_sheets
from catalogue.definitions.library import Library
from catalogue.definitions.problems import path_text
from catalogue.definitions.toml_file import read_toml
from catalogue.quotes import validation
from catalogue.quotes.catalogue import definition_roots

DEFS = Path(catalogue_product_defs.__file__).parent
LIBRARY = Library(definition_roots(None, ()))
EACH = 2
HUGE = 10**29

MUTATIONS: dict[str, Callable[[Any], Any]] = {
    "type": lambda value: 7 if isinstance(value, str) else "seven",
    "empty": lambda value: type(value)() if isinstance(value, (dict, list)) else "",
    "negative": lambda value: -abs(value) if _is_number(value) else -1,
    "huge": lambda value: HUGE,
    "list": lambda value: [value, value],
    "table": lambda value: {"x": value},
    "delete": lambda value: None,
    "misspell": lambda value: None,
}
"""Way → the value in the key's place; two ways change the key itself. (NaN never loads at all.)"""

OPTIONAL = (
    r"line|summary|summary_zh|currency|known_until|note|note_zh|examples(\.(customer|expect|working))?"
    r"|sources\.\*\.(title_zh|issuer|issuer_zh|reference|date|note|url)"
    r"|columns\.(up_to|tenor)"
)
PARTS = (
    r"note|note_zh|valid_days|min_lines|withdrawn|currencies|ask|rate|terms|figures|fees|conditions|documents"
    r"|cross_sell|benefits|limits|rules|factors|lines|grades|needs|concerns|limit_on"
)
INNER = (
    r"source|basis|removed|replace|label|label_zh|help|help_zh|unit|informative|required|default|min|max"
    r"|choices|choices_zh|columns|column|bound|values|when|applies|waive|otherwise|bring|bring_zh|tax"
    r"|tax\.\w+|per|per\.over|per\.year_days|items|free|due|due_on|in_apr|optional|currency|total_min|total_max"
    r"|base|base_note|basis_note|basis_note_zh|negotiable|spread|multiple|min_multiple|max_multiple|min_spread"
    r"|max_spread|ask|own_price|fee|max_amount|lines|order|undefined|percent|meaning|meaning_zh|limit_months|limit_share"
)
HARMLESS = [
    # what may be left out, may be left out
    (rf"({OPTIONAL})", "delete"),
    (rf"versions\.({PARTS})", "delete"),
    (rf"versions\.\w+\.\*\.({INNER})", "delete"),
    (r"versions\.\w+\.\*", "delete"),
    (r"versions\.(ask|rate|limits|terms)\.[\w*-]+", "delete"),
    (r"versions\.lines\.\*\.ask\.\w+", "delete"),
    (r"versions\.grades\.\w+", "delete"),
    (r"versions\.values\.\*\.(bid|mid|ask|cash_bid|cash_ask)", "delete"),
    # a version states only what changes: an empty table changes nothing
    (r"examples(\.(customer|expect))?", "empty"),
    (rf"versions\.({PARTS})", "empty"),
    (r"versions\.(ask|figures|rules)\.\*(\.(values|columns|ask))?", "empty"),
    (r"versions\.lines\.\*\.ask", "empty"),
    (r"versions\.fees\.\*\.tax", "empty"),  # its defaults: VAT, inclusive
    (r"versions\.rules\.\*\.\*\.(suits|cautions|bars)", "empty"),  # says nothing for products
    (r"versions\.rules\.\*\.\*", "empty"),  # restated in a later version
    # names that the file itself gives, or that only the plugin knows (examples price with them)
    (r"versions\.\w+\.\*", "misspell"),
    (r"versions\.rules\.\*\.\*", "(misspell|delete)"),
    (r"versions\.rules\.\*\.\*\.\w+", "delete"),
    (r"versions\.ask\.\*\.columns\.\*", "(misspell|delete)"),
    (r"versions\.figures\.\*\.values\.\*", "(misspell|delete|negative|huge)"),
    (r"versions\.terms\.\w+", "(misspell|delete|type)"),
    (r"examples\.expect", "table"),
    # figures: any number may be meant
    (r"versions\.figures\.\*(\.value|\.bands\.(value|up_to))?", "(negative|huge|type)"),
    (r"versions\.\w+\.\*\.(test|when|applies|waive)(\.(all|any|not))*\.(ge|gt|le|lt|min|max|eq|ne)", "(negative|huge|type|empty)"),
    (r"versions\.rules\.\*\.\*\.(test|when)(\.(all|any|not))*\.(ge|gt|le|lt|min|max|eq|ne)", "(negative|huge)"),
    (r"versions\.rules\.\*\.\*\.(test|when)(\.(all|any|not))*\.(eq|ne)", "(type|empty)"),  # of facts of any kind
    (r"versions\.(rules|benefits)(\.\*)+\.order", "(negative|huge)"),
    (r"versions\.ask\.\*\.min(\.[A-Z]{3})?", "negative"),
    (r"versions\.rate\.(min|spread|min_spread|max_spread)", "negative"),
    (r"versions\.(fees|benefits)\.\*\.(rate|amount|min|max|total_min|total_max|free|max_amount|tiers\.rate)", "huge"),
    (r"versions\.limits\.total", "huge"),
    (r"versions\.factors\.\*\.(bands\.points|undefined|answers\.\*)", "(huge|negative)"),
    (r"versions\.factors\.\*\.bands\.up_to", "negative"),
    (r"versions\.grades\.(limit_months|limit_share)", "huge"),
    (r"versions\.values\.\*", "(negative|delete|type)"),
    (r"versions\.values\.\*\.ask", "huge"),
]  # fmt: skip
"""(pattern of the kind of key, pattern of the way)."""


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def addresses(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every key of a file."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield (*path, name)
            yield from addresses(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, (dict, list)):
                yield from addresses(item, (*path, index))


def sort_of(path: tuple[Any, ...]) -> str:
    """A key's address without what differs from entry to entry."""
    parts = [part for part in path if not isinstance(part, int)]
    if parts[0] == "sources" and len(parts) > 1:
        parts[1] = "*"
    grouped = ("ask", "figures", "fees", "conditions", "documents", "cross_sell", "values")
    if parts[0] == "versions" and len(parts) > 2:
        if parts[1] in (*grouped, "lines", "benefits", "factors", "rules", "needs"):
            parts[2] = "*"
        if len(parts) > 3 and (
            parts[1] == "rules" or parts[-2] in ("values", "columns", "answers")
        ):
            parts[-1 if parts[1] != "rules" else 3] = "*"
    return ".".join(parts)


def mutated(data: dict[str, Any], path: tuple[Any, ...], way: str) -> dict[str, Any]:
    """A copy of a file's table with one key spoilt."""
    made = copy.deepcopy(data)
    table: Any = made
    for part in path[:-1]:
        table = table[part]
    name = path[-1]
    if way == "misspell":
        entries = [(f"{key}x" if key == name else key, item) for key, item in table.items()]
        table.clear()
        table.update(entries)
    elif way == "delete":
        del table[name]
    else:
        table[name] = MUTATIONS[way](table[name])
    return made


def faults(kind: str, path: Path, data: dict[str, Any], patch: pytest.MonkeyPatch) -> list[str]:
    """What validation says of a file that holds `data`."""

    def read(asked: Path) -> dict[str, Any]:
        return data if asked == path else read_toml(asked)

    for module in (dated, rate_sheets, validation):
        patch.setattr(module, "read_toml", read)
    checker = validation._Validator(LIBRARY, None, None)
    checker.one(kind, [path])
    return [path_text(problem.key) for problem in checker.problems]


@pytest.mark.parametrize("way", MUTATIONS)
@pytest.mark.parametrize("kind", validation.KINDS)
def test_a_spoilt_key_is_told_or_is_reviewed(
    kind: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: Counter[str] = Counter()
    passed: set[str] = set()
    for code, paths in LIBRARY.paths(kind).items():
        data = read_toml(paths[0])
        for path in addresses(data):
            sort = sort_of(path)
            if done[sort] == EACH or (path[0] == "examples" and len(path) > 3):
                continue  # figures of examples: what they are worth, test_examples says
            done[sort] += 1
            if faults(kind, paths[0], mutated(data, path, way), monkeypatch):
                continue
            if not any(
                re.fullmatch(key, sort) and re.fullmatch(ways, way) for key, ways in HARMLESS
            ):
                passed.add(f"{sort} ({code}: {path_text(path)})")
    assert len(done) > 20
    assert sorted(passed) == []
