"""A customer's profile as a table: each trait in words, with its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from catalogue.cli.tables import Block, Column, Table

if TYPE_CHECKING:
    from catalogue.quotes.catalogue import Catalogue
    from catalogue.quotes.labels import Language
    from catalogue.scoring.profile import Trait


def profile_blocks(traits: Sequence[Trait], catalogue: Catalogue, lang: Language) -> list[Block]:
    """One table of the traits; nothing when there are none."""
    from catalogue.cli.names import Names
    from catalogue.quotes.labels import label, word
    from catalogue.scoring.profile import POLICIES

    if not traits:
        return []
    policies = [catalogue.library.policy(code) for code in POLICIES]
    known = [Names(lang, None, policy.sources) for policy in policies]  # codes are each file's own

    def cited(source: str) -> str:
        return next((said for names in known if (said := names.source(source)) != source), source)

    rows = [
        [
            word(trait.kind, lang),
            trait.text_zh if lang == "zh" else trait.text,
            cited(trait.source),
        ]
        for trait in traits
    ]
    columns = [
        Column(label("kind", lang), "code", 2), Column(label("found", lang)),
        Column(label("source", lang), "text", 3),
    ]  # fmt: skip
    return [Table(columns, rows, label("profile", lang))]
