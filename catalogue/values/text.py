"""Foreign text made safe to show: controls escaped, length cut, nearest word suggested."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Self

from catalogue.values.limits import MAX_CODE_CHARS, MAX_ECHO_CHARS

_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Zero-width joiner and non-joiner: needed by several scripts, harmless on a terminal.
_ALLOWED_FORMAT = frozenset("\u200c\u200d")


def _escape(char: str) -> str:
    if char in _ALLOWED_FORMAT or unicodedata.category(char) not in _UNSAFE_CATEGORIES:
        return char
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


class Bilingual(str):
    """A text in English that carries the same in Chinese: JSON and code see English, a page in Chinese `zh`.

    >>> text = Bilingual("the rest at maturity", "余额到期支付")
    >>> text, text.zh
    ('the rest at maturity', '余额到期支付')
    """

    __slots__ = ("zh",)
    zh: str

    def __new__(cls, text: str, zh: str) -> Self:
        """Both texts."""
        made = super().__new__(cls, text)
        made.zh = zh
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return str(self), self.zh


def clean(text: str, limit: int | None = MAX_ECHO_CHARS) -> str:
    r"""`text` on one line, safe for a terminal, at most `limit` characters long.

    Controls (C0, C1, DEL), bidirectional and other invisible format characters, line
    separators and lone surrogates are shown as ``\xNN``, ``\uNNNN`` or ``\UNNNNNNNN``. A text
    that would be longer than `limit` is cut and ends in "…"; an escape is never cut in two.
    `limit=None` cuts nothing.

    >>> clean("red\x1b[31m alert\u202e")
    'red\\x1b[31m alert\\u202e'
    >>> clean("x" * 100, limit=5)
    'xxxx…'
    """
    if limit is None:
        return text if text.isprintable() else "".join(map(_escape, text))
    if len(text) <= limit and text.isprintable():
        return text
    pieces: list[str] = []
    used = 0
    fits = 0  # pieces that still leave room for the mark of the cut
    for char in text:
        piece = _escape(char)
        used += len(piece)
        if used > limit:
            return "".join(pieces[:fits]) + "…" if limit > 0 else ""
        pieces.append(piece)
        if used < limit:
            fits = len(pieces)
    return "".join(pieces)


def shown(value: object, limit: int = MAX_ECHO_CHARS) -> str:
    """Any value as an error message shows it: text in quotes, the rest plain, all cleaned.

    Never slow and never raising, whatever the value: a huge integer is described by its size.

    >>> shown("1e5"), shown(12), shown(None), shown(10**9000)
    ("'1e5'", '12', 'None', 'an integer of 29898 bits')
    """
    if isinstance(value, str):
        return f"'{clean(value, limit)}'"
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int):
        bits = value.bit_length()
        return clean(str(int(value)), limit) if bits <= 512 else f"an integer of {bits} bits"
    if isinstance(value, Decimal):
        return clean(str(value), limit)
    try:
        text = repr(value)
    except Exception:  # a foreign repr may raise anything; the type still says enough
        text = f"a {type(value).__name__}"
    return clean(text, limit)


def kind_of(value: object) -> str:
    """What a value is, for an error message.

    >>> kind_of(5), kind_of(1.5)
    ('an int', 'a float')
    """
    return with_article(type(value).__name__)


def with_article(word: str) -> str:
    """A word with its article: an int, a date."""
    return f"{'an' if word[:1] in 'aeiou' else 'a'} {word}"


def suggest(word: str, options: Iterable[str]) -> str:
    """The end of an error message that names the option nearest to `word`, or "".

    A word that is a part of just one option means that one.

    >>> suggest("homeloan", ["home-loan", "car-loan"])
    "; did you mean 'home-loan'?"
    >>> suggest("rate", ["base_rate", "grace"])
    "; did you mean 'base_rate'?"
    >>> suggest("zzz", ["home-loan"])
    ''
    """
    import difflib  # only errors pay for it

    if not 0 < len(word) <= MAX_CODE_CHARS:
        return ""
    by_fold = {option.casefold(): option for option in reversed(list(options))}
    wanted = word.casefold()
    parts = [option for option in by_fold if wanted in option.split("_")]
    if wanted in by_fold:
        near = [wanted]
    else:
        near = parts if len(parts) == 1 else difflib.get_close_matches(wanted, by_fold, 1)
    return f"; did you mean '{clean(by_fold[near[0]])}'?" if near else ""
