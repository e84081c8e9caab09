"""A definition's own labels: of its fields and figures, and of the choices of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalogue.cli.words import row_text, value_text
from catalogue.definitions.common_fields import field_label, field_type, with_common
from catalogue.definitions.model import ProductVersion, Source
from catalogue.products.explanation import source_text
from catalogue.quotes.description import source_text_zh
from catalogue.quotes.labels import Language, label


class Names:
    """Labels for keys, words for chosen values and names of sources, in one language."""

    def __init__(
        self,
        lang: Language,
        version: ProductVersion | None = None,
        sources: Mapping[str, Source] | None = None,
    ) -> None:
        self.lang = lang
        self._sources: dict[str, str] = {}
        if lang == "zh":
            known = sources or {}
            self._sources = {
                source_text(code, known): source_text_zh(code, known) for code in known
            }
        self._fields = {} if version is None else version.ask
        self._figures = {} if version is None else version.figures

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
        if field is not None and field_type(key, field) == "rows":
            return row_text(value, with_common(key, field).columns or {}, self.lang, currency)
        return value_text(self.chosen(key, value), self.lang, currency, self.unit(key))

    def source(self, text: str) -> str:
        """A source as it is cited, with its Chinese title where the definition has one."""
        return self._sources.get(text, text)

    def unit(self, key: str) -> str:
        """`rate` for a field that is a rate, so that it is shown as a percentage; else nothing."""
        field = self._fields.get(key)
        return "rate" if field is not None and field_type(key, field) == "rate" else ""

    def chosen(self, key: str, value: Any) -> Any:
        """A choice in Chinese where its field names it so; any other value as it is."""
        field = self._fields.get(key)
        if self.lang == "en" or field is None or not field.choices or not field.choices_zh:
            return value
        words = dict(zip(field.choices, field.choices_zh, strict=False))
        return words.get(value, value) if isinstance(value, str) else value
