"""What plugins may offer beside products: scorecards and renderers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Protocol

import attrs

Renderer = Callable[[Any, str], str | bytes]
"""(quote or bundle quote, language "en" or "zh") → the document."""


@attrs.frozen
class ScoreLine:
    """Points for one factor of a scorecard."""

    code: str
    label: str
    label_zh: str
    points: Decimal | None
    most: Decimal
    found: Any
    source: str
    group: str = ""


@attrs.frozen
class Score:
    """A scored customer; `missing` facts give no points and make the grade provisional."""

    scorecard: str
    points: Decimal
    most: Decimal
    grade: str
    lines: tuple[ScoreLine, ...]
    missing: tuple[str, ...] = ()
    results: Mapping[str, Any] = attrs.field(factory=dict)


class Scorecard(Protocol):
    """Facts in, points and a grade out."""

    code: str
    name: str
    name_zh: str
    segment: str

    def score(self, customer: Any, as_of: Any) -> Score:
        """Score one customer on a date."""
