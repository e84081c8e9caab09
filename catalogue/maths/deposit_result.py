"""What a deposit calculation returns: parts with their formula inputs, and tax by date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from catalogue.maths._args import RateOrSteps, as_steps, minus, split_rounding, sum_money
from catalogue.values.daycount import days
from catalogue.values.rate import rate_text
from catalogue.values.rounding import round_money


@frozen
class InterestPart:
    """One line of interest: amount × rate × units / year_units.

    `amount` is the interest-bearing amount, or the accumulated product (amount × days or × months)
    when `units` is 1. `year_units` is what a year holds of the unit: 360 or 365 days, 12 months, 1.
    `start` (counted) and `end` (not counted) are None where a part has no dates of its own.
    """

    reason: str
    amount: Decimal
    annual_rate: Decimal
    units: int
    year_units: int
    interest: Decimal
    start: date | None = None
    end: date | None = None

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

    @property
    def value(self) -> Fraction:
        """Exact interest."""
        return Fraction(self.amount) * Fraction(self.annual_rate) * self.units / self.year_units


def build_parts(pieces: Sequence[Piece], currency: str = "CNY") -> tuple[InterestPart, ...]:
    """Pieces rounded so that the parts sum to the rounded exact total (HALF_UP)."""
    amounts = split_rounding([piece.value for piece in pieces], currency)
    return tuple(
        InterestPart(
            p.reason, p.amount, p.annual_rate, p.units, p.year_units, interest, p.start, p.end
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
    # Days to each boundary, not within each span: 30/360 counts do not add up span by span.
    reached = [days(start, last, day_count) for _, last, _ in spans]
    counts = [n - before for n, before in zip(reached, [0, *reached], strict=False)]
    # No day at all (30/360 counts none from a 30th to a 31st): the last span bears everything.
    weights = counts if any(counts) else [0] * (len(spans) - 1) + [1]
    total = sum(weights)
    shares = split_rounding([Fraction(interest) * n / total for n in weights], currency)
    return tuple(
        TaxPart(
            first, last, n, share, rate, round_money(Fraction(share) * Fraction(rate), currency)
        )
        for (first, last, rate), n, share in zip(spans, counts, shares, strict=True)
    )


def _tax_spans(segments: RateOrSteps, start: date, end: date) -> list[tuple[date, date, Decimal]]:
    steps = as_steps(segments, "tax_rate")
    if steps[0][0] > start:
        steps = ((date.min, Decimal(0)), *steps)
    spans = []
    for n, (since, rate) in enumerate(steps):
        until = steps[n + 1][0] if n + 1 < len(steps) else date.max
        first, last = max(since, start), min(until, end)
        if first < last or (start == end and since <= start < until):
            spans.append((first, last, rate))
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
) -> DepositInterest:
    """Sum the parts, take the tax by date, and make the result."""
    lines = tuple(parts)
    zero = round_money(0, currency)
    gross = sum_money([zero, *(line.interest for line in lines)])
    taxes = interest_tax(
        gross, tax_rate, start=start, end=end, day_count=day_count, currency=currency
    )
    tax = sum_money([zero, *(line.tax for line in taxes)])
    return DepositInterest(gross, tax, minus(gross, tax), lines, taxes, principal)
