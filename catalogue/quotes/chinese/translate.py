"""Turning what a quote records in English into Chinese, where a page is laid out.

JSON and code keep the English text. A text that carries its Chinese (`Bilingual`) needs no table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from catalogue.quotes.labels import Language, word
from catalogue.values.text import Bilingual

_HAN = r"[\u3400-\u9fff]"
_CACHED = 4_096


def remark(text: str, lang: Language) -> str:
    """A remark (`ctx.warn`) in the language of a page; one that no table knows stays as it is.

    >>> remark("maturity: 2024-05-01 is no business day; 2024-05-06 is used", "zh")
    '到期日:2024-05-01为非营业日,改用2024-05-06'
    """
    if lang == "en":
        return text
    return _remark(text.zh if isinstance(text, Bilingual) else text)


def formula(text: str, lang: Language) -> str:
    """A formula (`ctx.explain`, a fee's) in the language of a page, its words one by one.

    >>> formula("(10,000 × 0.1%, at least 300) × 2 quarters begun", "zh")
    '(10,000 × 0.1%,最低300) × 2个季度(不足1个季度按1个季度)'
    """
    if lang == "en":
        return text
    return _formula(text.zh if isinstance(text, Bilingual) else text)


def input_name(name: str) -> str | None:
    """The Chinese name of an input of a formula (`face`, `ask.face`, `bill 2`), if it is known."""
    from catalogue.quotes.chinese.inputs import INPUTS

    words, _, number = name.rpartition(" ")
    if words in INPUTS and number.isdecimal():
        return f"{INPUTS[words]}{number}"
    return INPUTS.get(name.rpartition(".")[2])


@lru_cache(_CACHED)
def _remark(text: str) -> str:
    for pattern, chinese in _remarks():
        found = pattern.fullmatch(text)
        if found is not None:
            return chinese.format(*(_value(part or "") for part in found.groups()))
    return text


def _value(text: str) -> str:
    """A value in a remark: a coded word or another remark in Chinese, else as it is."""
    parts = [_remark(part) for part in text.split("; ")]
    return ";".join(word(part, "zh") for part in parts)


@cache
def _remarks() -> list[tuple[re.Pattern[str], str]]:
    """The templates as patterns, those with most words first, so that a general one comes last."""
    from catalogue.quotes.chinese.remarks import REMARKS

    made = [(template_pattern(english), chinese) for english, chinese in REMARKS.items()]
    return sorted(made, key=lambda item: -len(item[0].pattern))


def template_pattern(template: str) -> re.Pattern[str]:
    """A template with `{}` for each value as a pattern that captures the values."""
    return re.compile("(.*?)".join(re.escape(part) for part in template.split("{}")), re.DOTALL)


@lru_cache(_CACHED)
def _formula(text: str) -> str:
    from catalogue.quotes.chinese.formulas import PATTERNS, SENTENCES, TERMS

    text = _replaced(text, "sentences", SENTENCES)
    for _ in range(2):  # a waived fee holds a formula of its own
        for pattern, chinese in PATTERNS:
            text = re.sub(pattern, chinese, text)
    return tidy(_replaced(text, "terms", TERMS))


def _replaced(text: str, name: str, known: Mapping[str, str]) -> str:
    """Every phrase of a table, the longest first."""
    if name not in _PHRASES:
        longest = sorted(known, key=len, reverse=True)
        words = "|".join(map(re.escape, longest))
        _PHRASES[name] = re.compile(rf"(?<![\w.-])(?:{words})(?![\w.-])")
    return _PHRASES[name].sub(lambda found: known[found.group()], text)


_PHRASES: dict[str, re.Pattern[str]] = {}
"""Compiled when first used."""


def tidy(text: str) -> str:
    """No spaces between Chinese words, and none after the commas between them.

    >>> tidy("本金 利率, 天数 × 360")
    '本金利率,天数 × 360'
    """
    text = re.sub(rf"(?<={_HAN}) (?={_HAN})", "", text)
    text = re.sub(rf"(?<={_HAN})([,;:]) |([,;:]) (?={_HAN})", r"\1\2", text)
    return re.sub(rf"(?<=\d) (?={_HAN})", "", text)
