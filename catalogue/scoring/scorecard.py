"""Scoring a customer: points by factor, a grade by the share of the most points, what is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from catalogue.errors import InputError
from catalogue.plugin.offers import Score, ScoreLine
from catalogue.products.customer import Customer
from catalogue.products.explanation import source_text
from catalogue.scoring.model import Factor, Grade, ScorecardDefinition, ScorecardVersion
from catalogue.values import Money, rate_text, round_fraction
from catalogue.values.text import shown, suggest


class WeightedScorecard:
    """A scorecard from its definition. Subclass it to compute facts that the client does not state."""

    def __init__(self, definition: ScorecardDefinition) -> None:
        self.definition = definition

    @property
    def code(self) -> str:
        """The scorecard's code."""
        return self.definition.header.code

    @property
    def name(self) -> str:
        """Its name in English."""
        return self.definition.header.name

    @property
    def name_zh(self) -> str:
        """Its name in Chinese."""
        return self.definition.header.name_zh

    @property
    def segment(self) -> str:
        """Who it scores."""
        return self.definition.header.segment

    def derived(self, customer: Customer) -> Customer:
        """The customer with facts that follow from others; none by default."""
        return customer

    def score(self, customer: Customer, as_of: date) -> Score:
        """Points, grade and lines of one customer on a day.

        A missing fact gives no points and makes the grade provisional; it is listed in `missing`.

        Raises:
            InputError: a day before the first version, or an answer that the scorecard does not know.
        """
        version = self.definition.at(as_of)
        known = self.derived(customer)
        lines, missing = [], []
        for code, factor in version.factors.items():
            line = self._line(version, code, factor, known)
            lines.append(line)
            if line.points is None:
                missing += [name for name in factor.facts if known.get(name) is None]
        points = sum((line.points or Decimal(0) for line in lines), Decimal(0))
        most = sum((line.most for line in lines), Decimal(0))
        grade = grade_for(version, points, most)
        return Score(
            self.code, points, most, grade.grade, tuple(lines), tuple(dict.fromkeys(missing)),
            self.results(known, grade, version),
        )  # fmt: skip

    def results(
        self, customer: Customer, grade: Grade, version: ScorecardVersion
    ) -> dict[str, Any]:
        """What the grade means: its words, the credit limit that it gives, and for which products."""
        made: dict[str, Any] = {"meaning": grade.meaning, "meaning_zh": grade.meaning_zh}
        for share, fact, name in (
            (grade.limit_months, "monthly_income", "limit_months"),
            (grade.limit_share, "net_assets", "limit_share"),
        ):
            base = customer.get(fact)
            if share is None:
                continue
            made[name] = share
            if base is not None:
                amount = base.amount if isinstance(base, Money) else Decimal(base)
                made["limit"] = Money.rounded(Fraction(max(amount, Decimal(0))) * Fraction(share))
        if "limit" in made and version.limit_on:
            made["limit_on"] = version.limit_on
        return {name: value for name, value in made.items() if value is not None}

    def _line(
        self, version: ScorecardVersion, code: str, factor: Factor, customer: Customer
    ) -> ScoreLine:
        found, points = _scored(code, factor, customer)
        origin = version.origin("factors", code)
        return ScoreLine(
            code, factor.label, factor.label_zh, points, factor.most, found,
            source_text(origin.source if origin else None, self.definition.sources), factor.group,
        )  # fmt: skip


def grade_for(version: ScorecardVersion, points: Decimal, most: Decimal) -> Grade:
    """The grade for points out of the most possible, on a scale of 100."""
    scaled = Fraction(points) * 100 / Fraction(most) if most else Fraction(0)
    return next(grade for grade in version.grades if scaled >= Fraction(grade.at_least))


def _scored(code: str, factor: Factor, customer: Customer) -> tuple[Any, Decimal | None]:
    """What was found (a ratio to four decimals) and its points; None and None when facts are missing."""
    values = [customer.get(name) for name in factor.facts]
    if any(value is None for value in values):
        return None, None
    if factor.ratio is None:
        return values[0], _points(code, factor, values[0])
    top, bottom = (_number(value, name) for value, name in zip(values, factor.ratio, strict=True))
    if bottom <= 0:  # with net assets below zero every ratio to them would look splendid
        return f"{rate_text(top)} / {rate_text(bottom)}", factor.without_ratio
    ratio = Fraction(top) / Fraction(bottom)
    rounded = Decimal(round_fraction(ratio * 10_000)).scaleb(-4)
    return rounded, _band(code, factor, ratio)


def _points(code: str, factor: Factor, found: Any) -> Decimal:
    if factor.answers is None:
        return _band(code, factor, Fraction(_number(found, factor.fact or code)))
    answer = str(found).lower() if isinstance(found, bool) else str(found)
    if answer not in factor.answers:
        known = ", ".join(factor.answers)
        raise InputError(
            f"customer.{factor.fact}: {shown(answer)} has no points in factor {code};"
            f" it knows {known}{suggest(answer, factor.answers)}"
        )
    return factor.answers[answer]


def _band(code: str, factor: Factor, quantity: Fraction) -> Decimal:
    """The points of the band that holds the exact quantity; a bound belongs to the next band."""
    for band in factor.bands or ():
        if band.up_to is None or quantity < Fraction(band.up_to):
            return band.points
    raise InputError(f"factor {code}: no band holds {quantity}")  # the reader checks the last band


def _number(value: Any, name: str) -> Decimal:
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise InputError(f"customer.{name}: {shown(value)} is not a number")
    return Decimal(value)
