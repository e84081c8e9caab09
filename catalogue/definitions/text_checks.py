"""Texts, keys and numbers of definition files: nothing invisible, one normal form, sane lengths.

A name goes onto quotes and terminals: a control or bidirectional character in it could hide or forge
what people read, and two spellings that look alike would be two names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from catalogue.definitions.problems import KeyPath, Problems
from catalogue.values.limits import MAX_AMOUNT_INTEGER_DIGITS, MAX_NAME_CHARS, MAX_TEXT_CHARS
from catalogue.values.text import shown

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./+*-]*\Z")
_NAMES = ("name", "name_zh", "label", "label_zh", "title", "title_zh")
_MOST = 10**MAX_AMOUNT_INTEGER_DIGITS
_FREE = ("examples",)
_JOINERS = "\u200c\u200d"  # several scripts need them
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
_WORD = re.compile(r"[^\W\d_]+")


def check_texts(file: str, raw: Mapping[str, Any], problems: Problems) -> None:
    """Note every text and every key of a file that must not be."""
    for path, value in _walk(raw, ()):
        if value is None:
            _check_key(file, path, problems)
        elif not isinstance(value, str):
            if not -_MOST < value < _MOST:
                problems.add(
                    file, path,
                    f"{shown(value)} has more than {MAX_AMOUNT_INTEGER_DIGITS} digits, which is the limit",
                )  # fmt: skip
        elif not value.isascii() or not value.isprintable() or len(value) > MAX_NAME_CHARS:
            _check_text(file, path, value, problems)


def mixed_words(raw: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """The words that mix alphabets whose letters look alike (a Cyrillic a in a Latin word)."""
    for path, value in _walk(raw, ()):
        if not isinstance(value, str) or value.isascii():
            continue
        for word in _WORD.findall(value):
            if not word.isascii() and len(_scripts(word)) > 1:
                yield path, word


def _scripts(word: str) -> set[str]:
    found = {unicodedata.name(char, "").split(" ", 1)[0] for char in word}
    return found & set(_SCRIPTS)


def _walk(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str | int | Decimal | None]]:
    """(path, None) for each key, (path, text or number) for each text and number."""
    if isinstance(value, (str, Decimal)) or type(value) is int:
        yield path, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            here = (*path, name)
            if not path or path[0] not in _FREE:
                yield here, None
            yield from _walk(item, here)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, (*path, index))


def _check_key(file: str, path: KeyPath, problems: Problems) -> None:
    name = str(path[-1])
    if not _KEY.match(name):
        problems.add(
            file, path[:-1],
            f"key {shown(name)} is not allowed: a key is made of the letters a-z, digits and - _ . / +",
        )  # fmt: skip


def _check_text(file: str, path: KeyPath, text: str, problems: Problems) -> None:
    bad = next((char for char in text if _is_unsafe(char)), None)
    if bad is not None:
        problems.add(file, path, f"holds an invisible character (U+{ord(bad):04X})")
    if unicodedata.normalize("NFC", text) != text:
        problems.add(file, path, "is not in Unicode normal form C; type it again")
    limit = MAX_NAME_CHARS if path[-1] in _NAMES else MAX_TEXT_CHARS
    if len(text) > limit:
        problems.add(file, path, f"has {len(text)} characters; the limit is {limit}")


def _is_unsafe(char: str) -> bool:
    if char in "\n\t" or char in _JOINERS:
        return False
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
