"""How a stated need finds a product: by its code or name, its family, a known need, or words in its texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from catalogue.definitions.model import Header
from catalogue.definitions.policies import PolicyDefinition, PolicyVersion
from catalogue.errors import InputError
from catalogue.products.explanation import source_text
from catalogue.values.limits import MAX_NAME_CHARS
from catalogue.values.text import shown

POINTS: Mapping[str, int] = {"code": 100, "family": 60, "topic": 60, "name": 30, "summary": 10}
"""Points of a need met by code or whole name, by family, as one that the policy of needs knows, by a word
in a name, by a word in the summary."""
STRONG = POINTS["name"]
"""From these points on a product clearly meets a need; below, a word was only mentioned."""
_PLAIN = frozenset((
    "a", "an", "and", "any", "are", "be", "buy", "for", "get", "have", "i", "in", "is", "it", "like",
    "make", "my", "need", "new", "of", "on", "or", "our", "pay", "some", "the", "their", "to", "us",
    "want", "we", "with", "would",
))  # fmt: skip
"""Words that name no product."""
_CJK = "\u3400", "\u9fff"
_ENDING = 2
"""Letters that an ending may add to a word."""


@attrs.frozen
class Need:
    """A need as it is stated: a code, a family, or words in English or Chinese."""

    text: str

    def __attrs_post_init__(self) -> None:
        if not self.text.strip():
            raise InputError("need: is empty; state words, a family or a product code")
        if len(self.text) > MAX_NAME_CHARS:
            raise InputError(f"need: {shown(self.text)} is over {MAX_NAME_CHARS} characters")

    @property
    def words(self) -> tuple[str, ...]:
        """The words that may be found, in lower case, without the plain ones of a sentence."""
        parts = self.text.casefold().replace(",", " ").replace("，", " ").split()
        return tuple(dict.fromkeys(part for part in parts if part not in _PLAIN))


@attrs.frozen
class Match:
    """Why a product meets a need, in both languages, and the points."""

    text: str
    text_zh: str
    points: int
    source: str | None = None


@attrs.frozen
class Topic:
    """A need that the policy of needs knows, as a stated one told of it."""

    need: Need
    text: str
    text_zh: str
    suits: tuple[str, ...]
    source: str
    phrases: tuple[str, ...]
    """The words, in lower case, in which it was told."""

    def match(self) -> Match:
        """Why a product of `suits` meets the need."""
        return Match(
            f"serves the need {self.need.text!r}: {self.text}",
            f"满足需求“{self.need.text}”:{self.text_zh}", POINTS["topic"], self.source,
        )  # fmt: skip


def topics(need: Need, policy: PolicyDefinition, version: PolicyVersion) -> Iterator[Topic]:
    """The known needs of which the stated words tell: by a whole phrase, or by the code.

    English phrases are found as whole words, in the singular or with an s; Chinese ones anywhere.
    """
    said = need.text.casefold()
    padded = f" {' '.join(_words(said))} "
    for code, topic in version.needs.items():
        phrases = (phrase.casefold() for phrase in (code, *topic.words))
        heard = tuple(phrase for phrase in phrases if _told(phrase, said, padded))
        if heard:
            origin = version.origin("needs", code)
            cited = source_text(origin.source if origin else None, policy.sources)
            yield Topic(need, topic.text, topic.text_zh, topic.suits, cited, heard)


def _told(phrase: str, said: str, padded: str) -> bool:
    if _chinese(phrase):
        return phrase in said
    words = " ".join(_words(phrase))
    return f" {words} " in padded or f" {words}s " in padded


def open_words(need: Need, known: Sequence[Topic]) -> tuple[str, ...]:
    """The words of a need that none of the topics it told of explains: what is still to be found.

    >>> told = Topic(Need("buy a home abroad"), "buying a home", "买房", ("home-loan",), "", ("buy a home",))
    >>> open_words(told.need, [told])
    ('abroad',)
    """
    phrases = [phrase for topic in known if topic.need == need for phrase in topic.phrases]
    heard = {form for phrase in phrases for word in _words(phrase) for form in (word, f"{word}s")}
    left = []
    for word in need.words:
        rest = word
        for phrase in sorted(phrases, key=len, reverse=True):
            rest = rest.replace(phrase, " ") if _chinese(phrase) else rest
        left += [part for part in rest.split() if "".join(_words(part)) not in heard]
    return tuple(left)


def match_need(need: Need, product: Header, words: Sequence[str] | None = None) -> Match | None:
    """How a product meets a need; None when it does not. `words`: those to find, else all of the need.

    >>> home = Header("home-loan", "Home loan", "个人住房贷款", "personal-loans", "person")
    >>> match_need(Need("buy a home"), home).points
    30
    """
    whole = need.text.strip().casefold()
    if whole in (product.code, product.name.casefold(), product.name_zh):
        return Match(f"asked for: {product.name}", f"指定产品:{product.name_zh}", POINTS["code"])
    if whole == product.family:
        return Match(
            f"of the family {product.family}", f"属于类别 {product.family}", POINTS["family"]
        )
    names = f"{product.code} {product.name} {product.name_zh}".casefold()
    summary = f"{product.summary or ''} {product.summary_zh or ''}".casefold()
    wanted = need.words if words is None else words
    in_name = [part for word in wanted for part in _found(word, names)]
    in_summary = [part for word in wanted for part in _found(word, summary) if part not in in_name]
    points = POINTS["name"] * len(in_name) + POINTS["summary"] * len(in_summary)
    if not points:
        return None
    listed = ", ".join([*in_name, *in_summary])
    return Match(
        f"found {listed} for the need {need.text!r}", f"需求“{need.text}”对应 {listed}", points
    )


def _found(word: str, text: str) -> list[str]:
    """What of a word a text holds.

    English: the word, or it with an ending of one or two letters, so that `loan` finds `loans` and
    `cash` no cashier. Chinese, which has no
    spaces: the whole, else its pairs of characters.
    """
    if not _chinese(word):
        near = (part for part in _words(text) if part.startswith(word))
        return [word] if any(len(part) - len(word) <= _ENDING for part in near) else []
    if word in text:
        return [word]
    pairs = dict.fromkeys(word[at : at + 2] for at in range(len(word) - 1))
    return [pair for pair in pairs if pair in text and len(word) > 2]


def _words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in text).split()


def _chinese(text: str) -> bool:
    return any(_CJK[0] <= char <= _CJK[1] for char in text)
