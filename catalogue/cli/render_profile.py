"""A customer's profile as a table: each trait in words, with its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from catalogue.cli.tables import Block, Column, Table

if TYPE_CHECKING:
    from catalogue.quotes.labels import Language
    from catalogue.scoring.profile import Trait


def profile_blocks(traits: Sequence[Trait], lang: Language) -> list[Block]:
    """One table of the traits; nothing when there are none."""
    from catalogue.products.explanation import in_chinese
    from catalogue.quotes.labels import label, word

    if not traits:
        return []
    rows = [
        [word(trait.kind, lang), trait.text_zh, in_chinese(trait.source)]
        if lang == "zh"
        else [word(trait.kind, lang), trait.text, trait.source]
        for trait in traits
    ]
    columns = [
        Column(label("kind", lang), "code", 2), Column(label("found", lang)),
        Column(label("source", lang), "text", 3),
    ]  # fmt: skip
    return [Table(columns, rows, label("profile", lang))]
