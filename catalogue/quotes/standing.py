"""What the bank knows of a customer beyond the stated facts: score, grade, limit, profile.

A grade that the scorecard gives on complete facts, and what the profile derives (size, loan class, risk
degree), serve the conditions as if they were stated; a stated fact always stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from catalogue.definitions.facts import FactDef
from catalogue.definitions.values_of_fields import plain
from catalogue.errors import InputError, PluginError
from catalogue.plugin.offers import Score, Scorecard
from catalogue.products.customer import Customer
from catalogue.products.explanation import Cited, in_chinese
from catalogue.quotes.catalogue import Catalogue, scored
from catalogue.scoring.profile import Profile, Trait, profile
from catalogue.values import Money, in_own_context
from catalogue.values.text import shown

GRADE = "credit_grade"


@attrs.frozen
class Standing:
    """A customer as the bank sees him on a day."""

    customer: Customer
    """Typed facts, with those derived."""
    profile: Profile
    traits: tuple[Trait, ...]
    """The grade by the scorecard, then the traits of the profile."""
    derived: Mapping[str, Any]
    """Facts that were not stated: by the scorecard and by the profile."""
    card: Scorecard | None = None
    score: Score | None = None
    warnings: tuple[str, ...] = ()

    @property
    def score_source(self) -> str:
        """Where the weights of the score come from, as they are cited; its code when no line says."""
        return "" if self.score is None else _cited(self.score)

    @property
    def limit(self) -> Money | None:
        """The credit limit by the scorecard; none while the grade is provisional."""
        if self.score is None or self.score.missing:
            return None
        limit = self.score.results.get("limit")
        return limit if isinstance(limit, Money) else None

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it."""
        score = self.score
        return {
            "score": score and {
                "scorecard": score.scorecard,
                "points": plain(score.points),
                "most": plain(score.most),
                "grade": score.grade,
                "provisional": bool(score.missing),
                "missing": list(score.missing),
                "limit": plain(self.limit),
            },
            "derived": plain(self.derived),
            "profile": self.profile.to_dict(),
        }  # fmt: skip


@in_own_context
def standing(catalogue: Catalogue, customer: Customer, as_of: date) -> Standing:
    """Score and profile a customer; a scorecard that fails is a warning.

    Raises:
        InputError: customer facts of the wrong type.
    """
    typed, unknown = customer.typed(catalogue.library.facts())
    warnings = [f"customer.{name}: not a known fact; it decides nothing" for name in unknown]
    card, score = _scored(catalogue, typed, as_of, warnings)
    traits: list[Trait] = []
    graded = typed
    if card is not None and score is not None:
        traits.append(_graded(card, score, typed.get(GRADE)))
        graded, why_not = with_grade(typed, score, catalogue.library.facts())
        warnings += filter(None, [why_not])
    told = profile(catalogue.library, graded, as_of)
    derived = {GRADE: graded.get(GRADE)} if graded is not typed else {}
    derived |= told.derived
    return Standing(
        graded.with_facts(**told.derived), told, (*traits, *told.traits), derived, card, score,
        tuple(warnings),
    )  # fmt: skip


def with_grade(
    customer: Customer, score: Score, vocabulary: Mapping[str, FactDef]
) -> tuple[Customer, str | None]:
    """The customer with the grade of a complete score, unless one is stated.

    A grade that the vocabulary does not know decides nothing; the text says so.
    """
    fact = vocabulary.get(GRADE)
    known = fact.choices if fact is not None else None
    if known is not None and score.grade not in known:
        words = f"grade {shown(score.grade)} is none of {', '.join(known)}; it decides nothing"
        return customer, f"scorecard {score.scorecard}: {words}"
    if score.missing or customer.get(GRADE) is not None:
        return customer, None
    return customer.with_facts(**{GRADE: score.grade}), None


def _scored(
    catalogue: Catalogue, customer: Customer, as_of: date, warnings: list[str]
) -> tuple[Scorecard | None, Score | None]:
    """The score by the first scorecard for the customer's kind, if there is one."""
    try:
        cards: Sequence[Scorecard] = catalogue.scorecards()
    except (InputError, PluginError) as error:
        warnings.append(f"not scored: {error}")
        return None, None
    card = next((card for card in cards if card.segment == customer.get("kind")), None)
    if card is None:
        return None, None
    try:
        return card, scored(card, customer, as_of)
    except (InputError, PluginError) as error:
        warnings.append(f"not scored by {card.code}: {error}")
        return None, None


def _graded(card: Scorecard, score: Score, stated: Any) -> Trait:
    """The grade as a trait; what it means for products the policy of risk says."""
    words = f"{score.grade} by the {card.name.lower()}: {plain(score.points)} of {plain(score.most)} points"
    words_zh = f"{card.name_zh}:{score.grade},{plain(score.points)}/{plain(score.most)}分"
    if score.missing:
        count = len(score.missing)
        words += f", provisional: {count} {'fact is' if count == 1 else 'facts are'} missing"
        words_zh += f",暂定(缺{len(score.missing)}项信息)"
    if stated is not None and stated != score.grade:
        words += f"; the facts state {stated}, which counts"
        words_zh += f";客户资料为{stated},以资料为准"
    return Trait("credit-grade", score.grade, words, words_zh, _cited(score))


def _cited(score: Score) -> str:
    """The sources of a score's factors, each once."""
    sources = list(dict.fromkeys(line.source for line in score.lines if line.source))
    if not sources:
        return score.scorecard
    return Cited("; ".join(sources), "; ".join(map(in_chinese, sources)))
