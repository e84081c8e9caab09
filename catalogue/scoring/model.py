"""What a scorecard definition holds: factors with points by bands or by answers, and grades."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import attrs

from catalogue.definitions.figures import check_bounds
from catalogue.definitions.model import Empty, Segment, Source
from catalogue.definitions.structure import Code, key
from catalogue.definitions.versions import Origins, Stated, need_version
from catalogue.errors import InputError


@attrs.frozen
class PointBand:
    """Points while the quantity is under `up_to`; the last band has none."""

    points: Decimal = key("points in this band")
    up_to: Decimal | None = key("upper bound, exclusive; left out in the last band", None)


@attrs.frozen
class Factor:
    """One factor: a fact, or the ratio of two, turned into points."""

    group: str = key("group of factors, as solvency")
    label: str = key("label in English")
    label_zh: str = key("label in Chinese")
    fact: str | None = key("customer fact (without `customer.`)", None)
    ratio: tuple[str, ...] | None = key("two customer facts: the first divided by the second", None)
    bands: tuple[PointBand, ...] | None = key("points by bands of the quantity, ascending", None)
    answers: Mapping[str, Decimal] | None = key("points by answer (choices, true, false)", None)
    undefined: Decimal | None = key(
        "ratio: points when the divisor is zero or negative; default: the least of the bands", None
    )

    def __attrs_post_init__(self) -> None:
        if (self.fact is None) == (self.ratio is None):
            raise InputError("state either `fact` or `ratio`")
        if self.ratio is not None and len(self.ratio) != 2:
            raise InputError("ratio needs exactly two facts")
        if (self.bands is None) == (self.answers is None):
            raise InputError("state either `bands` or `answers`")
        if self.ratio is not None and self.answers is not None:
            raise InputError("a ratio is a number: it has `bands`, not `answers`")
        if self.undefined is not None and self.ratio is None:
            raise InputError("`undefined` belongs to a ratio; remove it")
        if self.answers is not None and not self.answers:
            raise InputError("answers is empty")
        if self.bands is not None:
            check_bounds([band.up_to for band in self.bands], "bands")
        if min(self.all_points) < 0:
            raise InputError(f"points {min(self.all_points)} are below 0")

    @property
    def facts(self) -> tuple[str, ...]:
        """The customer facts that the factor reads."""
        return self.ratio or (self.fact or "",)

    @property
    def all_points(self) -> tuple[Decimal, ...]:
        """The points of every band or answer."""
        if self.bands is not None:
            return tuple(band.points for band in self.bands)
        return tuple((self.answers or {}).values())

    @property
    def most(self) -> Decimal:
        """The most points that the factor can give."""
        return max((*self.all_points, self.undefined or Decimal(0)))

    @property
    def without_ratio(self) -> Decimal:
        """Points when the divisor is zero or negative, so that the ratio says nothing."""
        return min(self.all_points) if self.undefined is None else self.undefined


@attrs.frozen
class Grade:
    """A grade from a share of the most points on."""

    at_least: Decimal = key("least points out of 100")
    grade: str = key("grade, as AAA")
    meaning: str | None = key("what it means in English", None)
    meaning_zh: str | None = key("what it means in Chinese", None)
    limit_months: Decimal | None = key("persons: credit limit in months of income", None)
    limit_share: Decimal | None = key("companies: credit limit as a share of net assets", None)

    def __attrs_post_init__(self) -> None:
        for name in ("at_least", "limit_months", "limit_share"):
            value = getattr(self, name)
            if value is not None and value < 0:
                raise InputError(f"{name} {value} is below 0")


@attrs.frozen
class ScorecardVersion(Stated):
    """The scorecard as it stands from `effective_from` on."""

    effective_from: date = key("first day on which this version scores")
    note: str | None = key("what changed and why", None)
    factors: Mapping[str, Factor] = key("factors by code", Empty)
    grades: tuple[Grade, ...] = key("grades, the best first", ())
    limit_on: tuple[Code, ...] = key("products or families that the credit limit is for", ())
    origins: Origins = attrs.field(factory=Origins, metadata={"hidden": True}, repr=False)


@attrs.frozen
class ScorecardHeader:
    """Who the scorecard is for."""

    code: Code = key("scorecard code")
    name: str = key("name in English")
    name_zh: str = key("name in Chinese")
    segment: Segment = key("who it scores")


@attrs.frozen
class ScorecardDefinition:
    """One scorecard over time."""

    header: ScorecardHeader
    files: tuple[str, ...]
    sources: Mapping[str, Source]
    versions: tuple[ScorecardVersion, ...]

    def at(self, as_of: date) -> ScorecardVersion:
        """The version in force on a day; InputError before the first."""
        return need_version(self.versions, as_of, self.header.code)
