"""What a deposit calculation returns: parts with their formula inputs, and tax by date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from catalogue.maths._args import RateOrSteps, as_steps, minus, split_rounding, sum_money
from catalogue.values.daycount import days
from catalogue.values.rate import rate_text
from catalogue.values.rounding import round_money

Accrued = Callable[[date, date], int | Fraction]
"""What accrues from a day (counted) to a day (not), in any unit."""


@frozen
class InterestPart:
    """One line of interest: amount × rate × units / year_units.

    `amount` is the interest-bearing amount, or the accumulated product (amount × days or × months)
    when `units` is 1. `year_units` is what a year holds of the unit: 360 or 365 days, 12 months, 1.
    `start` (counted) and `end` (not counted) are None where a part has no dates of its own;
    `day_count` counts its days where tax splits it, None: as its result does.
    """

    reason: str
    amount: Decimal
    annual_rate: Decimal
    units: int
    year_units: int
    interest: Decimal
    start: date | None = None
    end: date | None = None
    day_count: str | None = None

    @property
    def formula(self) -> str:
        """The line as text, e.g. '10000.00 × 0.0175 × 360 / 360'."""
        text = f"{self.amount} × {rate_text(self.annual_rate)} × {self.units} / {self.year_units}"
        return text if self.units != 1 else text.replace(" × 1 /", " /")


@frozen
class TaxPart:
    """Tax on the interest accrued from `start` to `end` at one rate."""

    start: date
    end: date
    days: int
    interest: Decimal
    tax_rate: Decimal
    tax: Decimal


@frozen
class DepositInterest:
    """Interest of a deposit: `gross`, the `tax` kept back, `net` = gross − tax, and why.

    `principal` is what is repaid with the interest (0 where the function repays none).
    """

    gross: Decimal
    tax: Decimal
    net: Decimal
    parts: tuple[InterestPart, ...]
    tax_parts: tuple[TaxPart, ...] = ()
    principal: Decimal = Decimal(0)

    @property
    def paid(self) -> Decimal:
        """Principal repaid plus net interest."""
        return sum_money((self.principal, self.net))


@frozen
class Piece:
    """An interest line before rounding: the inputs of an InterestPart."""

    reason: str
    amount: Decimal
    annual_rate: Decimal
    units: int
    year_units: int
    start: date | None = None
    end: date | None = None
    day_count: str | None = None

    @property
    def value(self) -> Fraction:
        """Exact interest."""
        return Fraction(self.amount) * Fraction(self.annual_rate) * self.units / self.year_units


def build_parts(pieces: Sequence[Piece], currency: str = "CNY") -> tuple[InterestPart, ...]:
    """Pieces rounded so that the parts sum to the rounded exact total (HALF_UP)."""
    amounts = split_rounding([piece.value for piece in pieces], currency)
    return tuple(
        InterestPart(
            p.reason,
            p.amount,
            p.annual_rate,
            p.units,
            p.year_units,
            interest,
            p.start,
            p.end,
            p.day_count,
        )
        for p, interest in zip(pieces, amounts, strict=True)
    )


def interest_tax(
    interest: Decimal,
    segments: RateOrSteps,
    *,
    start: date,
    end: date,
    day_count: str = "act/360",
    currency: str = "CNY",
) -> tuple[TaxPart, ...]:
    """Tax on `interest` accrued evenly from `start` to `end`, split at each change of the tax rate.

    `segments` is one rate or `[(from_date, tax_rate), ...]`; a date before the first segment bears
    no tax. Interest is shared by the days (of `day_count`) that fall into each segment, rounded on
    the running sum so that the shares add up to `interest`; each share's tax is rounded HALF_UP to
    the minor unit, and the tax is the sum of these.

    >>> from datetime import date
    >>> from decimal import Decimal as D
    >>> rates = [(date(1999, 11, 1), D("0.20")), (date(2007, 8, 15), D("0.05"))]
    >>> parts = interest_tax(D("365.00"), rates, start=date(2006, 8, 16), end=date(2007, 8, 16))
    >>> [(p.days, str(p.interest), str(p.tax)) for p in parts]
    [(364, '364.00', '72.80'), (1, '1.00', '0.05')]
    """
    spans = _tax_spans(segments, start, end)
    weights = _weights(spans, start, end, day_count)
    total = sum(weights)
    return _taxed(spans, [Fraction(interest) * n / total for n in weights], day_count, currency)


@frozen
class _Span:
    """A time of one tax rate within a deposit."""

    start: date
    end: date
    rate: Decimal


def _counts(spans: Sequence[_Span], start: date, end: date, day_count: str) -> list[int]:
    """Days of `start` to `end` that fall into each span."""
    # Days to each boundary, not within each span: 30/360 counts do not add up span by span.
    reached = [days(start, max(start, min(span.end, end)), day_count) for span in spans]
    return [n - before for n, before in zip(reached, [0, *reached], strict=False)]


def _weights(spans: Sequence[_Span], start: date, end: date, day_count: str) -> list[int]:
    """The same as weights, which must not all be zero."""
    counts = _counts(spans, start, end, day_count)
    # No day at all (30/360 counts none from a 30th to a 31st): the last span bears everything.
    return counts if any(counts) else [0] * (len(spans) - 1) + [1]


def _taxed(
    spans: Sequence[_Span], shares: Sequence[Fraction], day_count: str, currency: str
) -> tuple[TaxPart, ...]:
    """The tax of each span on its share of the interest, the shares rounded on the running sum."""
    counted = _counts(spans, spans[0].start, spans[-1].end, day_count)
    return tuple(
        TaxPart(
            span.start,
            span.end,
            n,
            share,
            span.rate,
            round_money(Fraction(share) * Fraction(span.rate), currency),
        )
        for span, n, share in zip(spans, counted, split_rounding(shares, currency), strict=True)
    )


def _tax_spans(segments: RateOrSteps, start: date, end: date) -> list[_Span]:
    steps = as_steps(segments, "tax_rate")
    if steps[0][0] > start:
        steps = ((date.min, Decimal(0)), *steps)
    spans = []
    for n, (since, rate) in enumerate(steps):
        until = steps[n + 1][0] if n + 1 < len(steps) else date.max
        first, last = max(since, start), min(until, end)
        if first < last or (start == end and since <= start < until):
            spans.append(_Span(first, last, rate))
    return spans


def finish(
    parts: Iterable[InterestPart],
    *,
    tax_rate: RateOrSteps,
    start: date,
    end: date,
    principal: Decimal = Decimal(0),
    day_count: str = "act/360",
    currency: str = "CNY",
    accrued: Accrued | Sequence[Accrued | None] | None = None,
) -> DepositInterest:
    """Sum the parts, take the tax by date, and make the result.

    Each part accrues evenly from its own start to its own end (those of the whole where it has
    none), by its own day count. `accrued` says otherwise, for all parts or for each of them (None:
    evenly): what a span of days bears of the interest, in any unit.
    """
    lines = tuple(parts)
    zero = round_money(0, currency)
    gross = sum_money([zero, *(line.interest for line in lines)])
    spans = _tax_spans(tax_rate, start, end)
    ways = accrued if isinstance(accrued, Sequence) else [accrued] * len(lines)
    shares = _shares(lines, ways, spans, day_count)
    taxes = _taxed(spans, shares, day_count, currency)
    tax = sum_money([zero, *(line.tax for line in taxes)])
    return DepositInterest(gross, tax, minus(gross, tax), lines, taxes, principal)


def _shares(
    lines: Sequence[InterestPart],
    ways: Sequence[Accrued | None],
    spans: Sequence[_Span],
    day_count: str,
) -> list[Fraction]:
    """What each span bears of the interest of all lines."""
    shares = [Fraction(0)] * len(spans)
    for line, accrued in zip(lines, ways, strict=True):
        weights: Sequence[int | Fraction]
        if accrued is None:
            start, end = line.start or spans[0].start, line.end or spans[-1].end
            weights = _weights(spans, start, end, line.day_count or day_count)
        else:
            weights = [accrued(span.start, span.end) for span in spans]
            if not any(weights):
                continue  # nothing stood, so that nothing was earned
        for n, weight in enumerate(weights):
            shares[n] += Fraction(line.interest) * weight / sum(weights)
    return shares
