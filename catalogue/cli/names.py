"""A definition's own labels: of its fields and figures, and of the choices of its fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from catalogue.cli.words import number_text, row_text, value_text
from catalogue.definitions.common_fields import field_label, field_type, with_common
from catalogue.definitions.model import ProductVersion, Source
from catalogue.errors import InputError
from catalogue.products.explanation import Cited, in_chinese, source_text
from catalogue.products.results import Check, Fee, Result
from catalogue.quotes.chinese.translate import formula, input_name, tidy
from catalogue.quotes.labels import Language, label, word
from catalogue.quotes.term_labels import RATE_TERMS
from catalogue.values.text import Bilingual

if TYPE_CHECKING:
    from catalogue.definitions.facts import FactDef
    from catalogue.definitions.model import FieldDef
    from catalogue.definitions.rate_sheets import RateSheet
    from catalogue.quotes.catalogue import Catalogue

_FRACTIONS = ("interest", "curve", "tax")
"""Kinds of rate sheets that hold fractions, whatever their size: a penalty may double a rate."""
_SHARES = ("ratio", "share")
"""What checks find as a share of something."""
_FACT = r"\b(?:line\.[a-z0-9-]+\.)?(?:ask|customer|figure|terms|result|total)\.[a-z_][a-z0-9_]*"
_TEST = re.compile(rf"({_FACT})(?: (in|not in) \{{([^}}]*)\}}| ([=≠]) ([^\s,;()]+))?")
_COMPARED = re.compile(r"(?<=[<>≤≥] )\d{5,}(?:\.\d+)?\b")
_SHEET = re.compile(r"(?<![\w.-])([a-z][a-z0-9-]*) (?:in force on (\S+)|(\S+) (\d{4}-\d\d-\d\d))")


class Names:
    """Labels for keys, words for chosen values and names of sources, in one language."""

    def __init__(
        self,
        lang: Language,
        version: ProductVersion | None = None,
        sources: Mapping[str, Source] | None = None,
        *,
        facts: Mapping[str, FactDef] | None = None,
        sheet: Callable[[str], RateSheet | None] | None = None,
        results: Iterable[Result] = (),
        lines: Mapping[str, Names] | None = None,
    ) -> None:
        self.lang = lang
        self._lines = lines or {}
        self._facts = facts or {}
        self._sheet = sheet
        kept = tuple(results)
        self._results = {item.code: item.label_zh for item in kept}
        self._rates = {item.code for item in kept if item.unit == "rate"}
        self._sources: dict[str, str] = {}
        if lang == "zh":
            known = sources or {}
            self._sources = {
                source_text(code, known): in_chinese(source_text(code, known)) for code in known
            }
        self._fields = {} if version is None else version.ask
        self._figures = {} if version is None else version.figures
        self._fees = {} if version is None else version.fees

    @classmethod
    def of(
        cls,
        catalogue: Catalogue,
        code: str | None,
        lang: Language,
        results: Iterable[Result] = (),
        version: ProductVersion | None = None,
        lines: Mapping[str, Names] | None = None,
    ) -> Names:
        """With what a catalogue knows of a product: its definition, the facts, the rate sheets.

        `lines` names what belongs to the lines of a bundle.
        """
        if code is not None and version is None:
            version = catalogue.version(code)
        sources = None if code is None else catalogue[code].sources
        facts = catalogue.library.facts() if lang == "zh" else None
        return cls(
            lang, version, sources, facts=facts, sheet=_sheets(catalogue), results=results, lines=lines
        )  # fmt: skip

    def line(self, code: str) -> Names:
        """The names of a line of the bundle."""
        return self._lines.get(code, self)

    def fee(self, code: str) -> str:
        """The name of a fee of the definition; its code where the definition has none such."""
        fee = self._fees.get(code)
        return code if fee is None else fee.name_zh if self.lang == "zh" else fee.name

    def label(self, key: str) -> str:
        """The definition's label of a field or figure, else the common one, else the key's words."""
        return self._own(key) or label(key, self.lang)

    def total(self, key: str) -> str:
        """The label of a total."""
        return label(f"total.{key}", self.lang, self.label(key))

    def _own(self, key: str) -> str | None:
        if key in self._fields:
            return field_label(key, self._fields[key], self.lang)
        figure = self._figures.get(key)
        if figure is None:
            return None
        return (figure.label_zh if self.lang == "zh" else None) or figure.label

    def asked(self, key: str, value: Any, currency: str) -> str:
        """The value of an ask field as it is read: rates in percent, rows as they are asked."""
        field = self._fields.get(key)
        if key == "services" and self.lang == "zh":
            return "、".join(self.fee(code) for code in value)
        if field is not None and field_type(key, field) == "rows":
            return row_text(value, with_common(key, field).columns or {}, self.lang, currency)
        unit = "rate" if key in ("rate", "spread") and field is None else self.unit(key)
        return value_text(self.chosen(key, value), self.lang, currency, unit)

    def source(self, text: str) -> str:
        """A source as it is cited, with its Chinese title where the definition has one."""
        if self.lang == "zh" and isinstance(text, Cited):
            return text.zh
        return self._sources.get(text, text)

    def cited(self, thing: Fee | Check) -> str:
        """The source of a fee or check in the page's language, where it states one."""
        chinese = thing.source_zh if self.lang == "zh" else None
        return chinese or self.source(thing.source)

    def unit(self, key: str) -> str:
        """`rate` for what is a rate or a share, so that it is shown as a percentage; else nothing."""
        field, figure = self._fields.get(key), self._figures.get(key)
        if field is not None:
            return "rate" if field_type(key, field) == "rate" else ""
        share = key in (*_SHARES, *RATE_TERMS) if figure is None else figure.unit == "fraction"
        return "rate" if share else ""

    def is_share(self, figure: str) -> bool:
        """Whether an explained figure (`figure.max_ltv.first`, `result.ratio`) is a rate or a share."""
        root, _, rest = figure.partition(".")
        name = rest.partition(".")[0].partition(" ")[0]
        if root == "figure":
            return name in self._figures and self._figures[name].unit == "fraction"
        if root == "rate" and self._sheet is not None:
            sheet = self._sheet(name)
            return sheet is not None and sheet.kind in _FRACTIONS
        return root == "result" and name in self._rates

    def counts(self, base: str) -> bool:
        """Whether the base of a fee is a number of items: an integer field, or a term that ends so."""
        root, _, key = base.partition(".")
        field = self._fields.get(key) if root == "ask" else None
        if field is not None:
            return field_type(key, field) == "int"
        return root == "terms" and key.endswith("_items")

    def chosen(self, key: str, value: Any) -> Any:
        """A choice in Chinese where its field names it so; any other value as it is."""
        field = self._fields.get(key)
        if self.lang == "en" or field is None or not field.choices or not field.choices_zh:
            return value
        words = dict(zip(field.choices, field.choices_zh, strict=False))
        return words.get(value, value) if isinstance(value, str) else value

    def coded(self, keys: Iterable[str]) -> dict[str, str]:
        """The keys of a figure's values in words: those of the field or fact whose choices they are."""
        kept = list(keys)
        if self.lang == "zh":
            declared: list[FieldDef | FactDef] = [*self._fields.values(), *self._facts.values()]
            for item in declared:
                named = dict(zip(item.choices or (), item.choices_zh or (), strict=False))
                if named and {*kept} <= {*named, "other"}:
                    return {key: named.get(key) or word(key, "zh") for key in kept}
        return {key: word(key, self.lang) for key in kept}

    # -- what a quote records in English -----------------------------------------------------

    def key(self, name: str) -> str:
        """A fact or an input of a formula: its code in English, its label in Chinese."""
        if self.lang == "en":
            return name
        line, rest = _of_line(name)
        if line:
            return f"{line}的{self.line(line).key(rest)}"
        root, dot, own = name.partition(".")
        short = own if dot else root
        fact = self._fact(name)
        if fact is not None:
            return fact.label_zh
        known = self._own(short) or self._results.get(short) or input_name(name)
        return known or label(short, "zh", name)

    def value(self, name: str, value: Any) -> str:
        """The value of a fact or input, in words where it is coded."""
        line, rest = _of_line(name)
        if line:
            return self.line(line).value(rest, value)
        if name == "source" and isinstance(value, str):
            return self.source(value)
        short = name.partition(".")[2] or name
        fact = self._fact(name)
        if self.lang == "zh" and fact is not None and fact.choices and fact.choices_zh:
            value = dict(zip(fact.choices, fact.choices_zh, strict=True)).get(str(value), value)
        shown = self.chosen(short, value)
        unit = "" if name.startswith("customer.") else self.unit(short)
        return value_text(shown, self.lang, unit=unit)

    def _fact(self, name: str) -> FactDef | None:
        """The customer fact of a name: `customer.industry`, or `industry` where the ask has no such field."""
        root, dot, own = name.partition(".")
        if dot:
            return self._facts.get(own) if root == "customer" else None
        return None if root in self._fields else self._facts.get(root)

    def pairs(self, items: Mapping[str, Any]) -> str:
        """`name = value, name = value`."""
        return ", ".join(f"{self.key(name)} = {self.value(name, it)}" for name, it in items.items())

    def formula(self, text: str) -> str:
        """A formula, a condition or a reference in the page's language."""
        if self.lang == "en":
            return text
        if isinstance(text, Bilingual):
            return formula(text, "zh")
        return formula(_SHEET.sub(self._referred, self.condition(text)), "zh")

    def condition(self, text: str) -> str:
        """A test with the labels of its facts and the words of its values; the core's rest in words too."""
        if self.lang == "en":
            return text
        return _TEST.sub(self._tested, text)

    def test(self, text: str) -> str:
        """A test as a whole: `ask.home_count ≤ 2 and …`, with large numbers grouped."""
        if self.lang == "zh":
            text = formula(self.condition(text), "zh")
        return _COMPARED.sub(lambda found: number_text(found.group()), text)

    def reference(self, text: str) -> str:
        """A reference rate by the names of its sheet and column: `lpr 1y 2024-10-21`, `lpr 6m × 0.6`."""
        if self.lang == "en":
            return text
        code, _, rest = text.partition(" ")
        column, _, more = rest.partition(" ")
        return tidy(f"{self.sheet(code, column)} {more}".strip())

    def sheet(self, code: str, column: str | None = None) -> str:
        """A rate sheet, and one of its columns, by code in English, by name in Chinese."""
        sheet = self._sheet(code) if self.lang == "zh" and self._sheet is not None else None
        if sheet is None:
            return f"{code} {column}" if column else code
        named = {item.code: item.name_zh for item in sheet.columns}
        parts = [named.get(part) or part for part in (column or "").split("..")]
        return f"{sheet.name_zh} {'..'.join(parts)}".strip()

    def _tested(self, found: re.Match[str]) -> str:
        fact, within, members, sign, value = found.groups()
        if within:
            said = "、".join(self._member(fact, part.strip()) for part in members.split(","))
            return f"{self.key(fact)}{'属于' if within == 'in' else '不属于'}{{{said}}}"
        return f"{self.key(fact)} {sign} {self._member(fact, value)}" if sign else self.key(fact)

    def _member(self, fact: str, text: str) -> str:
        if re.fullmatch(_FACT, text):
            return self.key(text)
        return self.value(fact, text == "True" if text in ("True", "False") else text)

    def _referred(self, found: re.Match[str]) -> str:
        code, day, column, since = found.groups()
        if self._sheet is None or self._sheet(code) is None:
            return found.group()
        if day is not None:
            return f"{day}执行的{self.sheet(code)}"
        return f"{self.sheet(code, column)} {since}"


def _of_line(fact: str) -> tuple[str, str]:
    """The line of a bundle and its own fact; no line for a fact of the product or the customer.

    >>> _of_line("line.loan.ask.amount"), _of_line("ask.amount")
    (('loan', 'ask.amount'), ('', 'ask.amount'))
    """
    root, _, rest = fact.partition(".")
    line, _, own = rest.partition(".")
    return (line, own) if root == "line" else ("", fact)


def _sheets(catalogue: Catalogue) -> Callable[[str], RateSheet | None]:
    """Rate sheets by code; None for a word that is none."""

    def find(code: str) -> RateSheet | None:
        try:
            return catalogue.rates.sheet(code)
        except InputError:
            return None

    return find
