"""What a product definition holds: frozen classes whose fields are the keys of the TOML file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

import attrs

from catalogue.definitions.conditions import Condition
from catalogue.definitions.fee_model import FeeDef
from catalogue.definitions.figures import Figure
from catalogue.definitions.problems import KeyPath
from catalogue.definitions.structure import Code, key
from catalogue.definitions.versions import Origins, Stated, version_at
from catalogue.errors import InputError
from catalogue.values import check_currency

Basis = Literal["regulation", "official", "market", "book", "bank", "illustrative"]
Segment = Literal["company", "person", "institution", "any"]
FieldType = Literal[
    "money", "number", "rate", "int", "bool", "date", "tenor", "choice", "text", "rows", "list"
]
MAX_VALID_DAYS = 3_650
_MOST_TIMES, _MOST_LINES = 100, 999
Empty: Mapping[str, Any] = MappingProxyType({})


@attrs.frozen
class Source:
    """A law, notice, tariff or book behind a figure."""

    title: str = key("title in English")
    title_zh: str | None = key("title in Chinese", None)
    issuer: str | None = key("who issued it", None)
    issuer_zh: str | None = key("who issued it, in Chinese", None)
    reference: str | None = key("document number, as printed", None)
    date: date | None = key("date of issue or of effect", None)
    note: str | None = key("what a reader should know", None)
    url: str | None = key("where it is published", None)


@attrs.frozen
class Origin:
    """Where a figure was written: file, key path, date of the version, source id and basis."""

    file: str
    key: KeyPath
    version: date
    source: str | None
    basis: str | None


@attrs.frozen
class FieldDef:
    """One field of the ask: what a customer manager may state, its type, default and limits."""

    type: FieldType | None = key("type of the value; common fields have theirs", None)
    label: str | None = key("label in English", None)
    label_zh: str | None = key("label in Chinese", None)
    help: str | None = key("one sentence for users", None)
    help_zh: str | None = key("the same in Chinese", None)
    required: bool = key("must be stated", False)
    default: Any = key("value if not stated", None)
    min: Any = key("smallest value allowed, or a table by currency", None)
    max: Any = key("largest value allowed, or a table by currency", None)
    choices: tuple[str, ...] | None = key("allowed values", None)
    choices_zh: tuple[str, ...] | None = key("Chinese labels of the choices, in order", None)
    unit: str | None = key("unit, as CNY, year, m2", None)
    columns: Mapping[str, str] | None = key("for rows: column name = type", None)
    informative: bool = key("stated for readers; prices nothing", False)


@attrs.frozen
class RateRule:
    """How the product's annual rate is made: reference x multiple + spread, within bounds."""

    reference: Code | None = key("rate sheet", None)
    column: str | None = key("column of the sheet; default: chosen by tenor", None)
    fixed: Decimal | None = key("an annual rate of its own, instead of a reference", None)
    multiple: Decimal = key("times the reference", Decimal(1))
    spread: Decimal = key("added to the reference, as a fraction", Decimal(0))
    min: Decimal | None = key("lowest annual rate", None)
    max: Decimal | None = key("highest annual rate", None)
    min_multiple: Decimal | None = key("lowest multiple of the reference", None)
    max_multiple: Decimal | None = key("highest multiple of the reference", None)
    min_spread: Decimal | None = key("lowest spread over the reference", None)
    max_spread: Decimal | None = key("highest spread over the reference", None)
    negotiable: bool = key("whether an ask may state `rate` or `spread`", True)
    basis_note: str | None = key("how the rate is quoted, in words", None)
    basis_note_zh: str | None = key("the same in Chinese", None)

    def __attrs_post_init__(self) -> None:
        if (self.reference is None) == (self.fixed is None):
            raise InputError("state either `reference` (a rate sheet) or `fixed`")
        if self.fixed is not None and (self.column is not None or self.multiple != 1):
            raise InputError("`column` and `multiple` belong to a reference, not to `fixed`")
        for name in ("fixed", "spread", "min", "max", "min_spread", "max_spread"):
            rate = getattr(self, name)
            if rate is not None and abs(rate) >= 1:
                raise InputError(f"{name} {rate} is {rate * 100:f} % a year; 0.0435 is 4.35 %")
        if self.fixed is not None and self.fixed < 0:
            raise InputError(f"fixed {self.fixed} is below 0; no rate is quoted below zero")
        for name in ("multiple", "min_multiple", "max_multiple"):
            times = getattr(self, name)
            if times is not None and not 0 < times <= _MOST_TIMES:
                raise InputError(f"{name} {times} is not above 0 and at most {_MOST_TIMES}")
        for low, high in (
            ("min", "max"),
            ("min_multiple", "max_multiple"),
            ("min_spread", "max_spread"),
        ):
            least, most = getattr(self, low), getattr(self, high)
            if least is not None and most is not None and least > most:
                raise InputError(f"{low} {least} is over {high} {most}")


@attrs.frozen
class Document:
    """A paper that the client brings."""

    name: str = key("name in English")
    name_zh: str = key("name in Chinese")
    applies: Condition | None = key("when it is needed; default: always", None)


@attrs.frozen
class CrossSell:
    """A product that goes with this one."""

    reason: str = key("why, in English")
    reason_zh: str = key("why, in Chinese")
    applies: Condition | None = key("for whom; default: everyone", None)


@attrs.frozen
class ProductVersion(Stated):
    """The definition as it stands from `effective_from` on."""

    effective_from: date = key("first day on which this version prices")
    note: str | None = key("what changed and why", None)
    note_zh: str | None = key("what changed and why, in Chinese", None)
    withdrawn: bool = key("no longer sold from this date", False)
    currencies: tuple[str, ...] = key(
        "currencies of the amount; the first is the default", ("CNY",)
    )
    valid_days: int = key("days for which a quote stands", 30)
    ask: Mapping[str, FieldDef] = key("fields of the ask", Empty)
    rate: RateRule | None = key("the rate rule", None)
    terms: Mapping[str, str] = key("fixed terms in words: day_count, business_day …", Empty)
    figures: Mapping[str, Figure] = key("the product's own figures", Empty)
    fees: Mapping[str, FeeDef] = key("fees by code", Empty)
    conditions: Mapping[str, Condition] = key("eligibility conditions by id", Empty)
    documents: Mapping[str, Document] = key("documents by id", Empty)
    cross_sell: Mapping[str, CrossSell] = key("partner products by code", Empty)
    origins: Origins = attrs.field(factory=Origins, metadata={"hidden": True}, repr=False)

    def __attrs_post_init__(self) -> None:
        if not self.currencies:
            raise InputError("currencies is empty; the first is the default")
        for code in self.currencies:
            check_currency(code)
        if len(set(self.currencies)) < len(self.currencies):
            raise InputError("currencies holds one currency twice")
        if not 0 <= self.valid_days <= MAX_VALID_DAYS:
            raise InputError(f"valid_days {self.valid_days} is not from 0 to {MAX_VALID_DAYS}")


@attrs.frozen
class Example:
    """A worked example: an ask, a customer and figures found independently; tests replay it."""

    name: str = key("what it shows")
    as_of: date = key("pricing date")
    ask: Mapping[str, Any] = key("the ask")
    customer: Mapping[str, Any] = key("customer facts", Empty)
    expect: Mapping[str, Any] = key("dotted path in the JSON quote = value", Empty)
    working: str | None = key("the arithmetic, or the published source", None)


@attrs.frozen
class Header:
    """Who the product is; these keys come before the first table so that a listing is cheap."""

    code: Code = key("product code")
    name: str = key("name in English")
    name_zh: str = key("name in Chinese")
    family: Code = key("family code, the folder of the file")
    segment: Segment = key("who it is for")
    line: int | None = key("number of the product line in the course book", None)
    summary: str | None = key("one sentence in English", None)
    summary_zh: str | None = key("one sentence in Chinese", None)

    def __attrs_post_init__(self) -> None:
        if self.line is not None and not 1 <= self.line <= _MOST_LINES:
            raise InputError(f"line {self.line} is not from 1 to {_MOST_LINES}")


@attrs.frozen
class ProductDefinition:
    """One product over time; `at(as_of)` is the version in force on a day."""

    header: Header
    files: tuple[str, ...]
    sources: Mapping[str, Source]
    versions: tuple[ProductVersion, ...]
    examples: tuple[Example, ...] = ()

    def at(self, as_of: date) -> ProductVersion | None:
        """The version in force on `as_of`, None before the first."""
        return version_at(self.versions, as_of)
