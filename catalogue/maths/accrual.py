"""How interest accrues: exact ratios of the balance for whole periods and for parts of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import attrs

from catalogue.maths._loan_args import RateSteps, Ratio
from catalogue.maths.periods import Periods
from catalogue.values import day_count_fraction

_BY_DAYS = {"act/360": 360, "act/365f": 365}
# Change of the balance within an interest period: (date, amount added; negative when repaid).
Change = tuple[date, int]


@attrs.frozen(eq=False)
class Accrual:
    """Interest of a schedule's periods, numbered from 1 as its due dates are.

    Month-based (`day_count` None): a whole period is the rate / periods a year, at the rate in
    force when the period begins, an odd first one its months and odd days / 360. Within a period
    interest counts by actual days / 360 (weekly schedules: / 364), never more than the whole
    period. With a day count every span is measured by it and split where the rate changes.
    `bounds` are the dates that interest is counted between.
    """

    periods: Periods
    bounds: tuple[date, ...]
    steps: RateSteps
    day_count: str | None

    def rate_on(self, day: date) -> Ratio:
        """The rate in force on `day`."""
        found = self.steps[0][1]
        for since, rate in self.steps[1:]:
            if since > day:
                break
            found = rate
        return found

    def rate_before(self, day: date) -> Ratio:
        """The rate in force on the day before `day`."""
        found = self.steps[0][1]
        for since, rate in self.steps[1:]:
            if since >= day:
                break
            found = rate
        return found

    def ruling_rate(self, index: int) -> Ratio:
        """The rate that a payment fixed in period `index` reckons with for the periods after it."""
        if self.day_count is None:
            return self.rate_on(self.bounds[index - 1])
        return self.rate_before(self.bounds[index])

    def whole(self, index: int) -> Ratio:
        """Interest of period `index` on a balance of 1 that doesn't change."""
        if self.day_count is not None:
            return self._span(index, self.bounds[index - 1], self.bounds[index])
        num, den = self.rate_on(self.bounds[index - 1])
        share_num, share_den = self._share(index)
        return num * share_num, den * share_den

    def later(self, first: int, last: int, rate: Ratio) -> list[Ratio]:
        """Whole-period factors of periods `first` to `last` as if `rate` held for all of them."""
        num, den = rate
        if self.day_count is None:
            shares = (self._share(index) for index in range(first, last + 1))
            return [(num * top, den * bottom) for top, bottom in shares]
        return [
            (num * top, den * bottom)
            for top, bottom in (
                self._length(index, self.bounds[index - 1], self.bounds[index])
                for index in range(first, last + 1)
            )
        ]

    def interest(
        self, index: int, opening: int, changes: Sequence[Change], until: date | None = None
    ) -> Fraction:
        """Exact interest of period `index` to its end, or to `until` within it.

        `opening` is the balance when it begins; `changes` in date order add to it on their dates.
        """
        begin = self.bounds[index - 1]
        end = self.bounds[index] if until is None else min(until, self.bounds[index])
        if self.day_count is None:
            return self._by_months(index, opening, changes, end)
        total, balance, since = Fraction(0), opening, begin
        for day, amount in changes:
            stop = min(max(day, begin), end)
            total += balance * Fraction(*self._span(index, since, stop))
            if day >= end:
                return total
            balance, since = balance + amount, stop
        return total + balance * Fraction(*self._span(index, since, end))

    def _by_months(
        self, index: int, opening: int, changes: Sequence[Change], end: date
    ) -> Fraction:
        begin, due = self.bounds[index - 1], self.bounds[index]
        total = opening * self._part(index, begin, end, due)
        for day, amount in changes:
            if day < end:
                total += amount * self._part(index, max(day, begin), end, due)
        return total

    def _part(self, index: int, begin: date, end: date, due: date) -> Fraction:
        whole = Fraction(*self.whole(index))
        if begin == self.bounds[index - 1] and end == due:
            return whole
        num, den = self.rate_on(self.bounds[index - 1])
        year = 364 if self.periods.per_year in (26, 52) else 360
        return min(whole, Fraction(num * (end - begin).days, den * year))

    def _share(self, index: int) -> Ratio:
        periods = self.periods
        if index == 1:
            return periods.first_share
        if periods.last_share is not None and index == len(self.bounds) - 1:
            return periods.last_share
        return 1, periods.per_year

    def _span(self, index: int, begin: date, end: date) -> Ratio:
        """Rate times day-count length from `begin` to `end`, split where the rate changes."""
        cuts = [since for since, _ in self.steps if begin < since < end]
        if not cuts:
            num, den = self.rate_on(begin)
            top, bottom = self._length(index, begin, end)
            return num * top, den * bottom
        total = Fraction(0)
        for left, right in zip((begin, *cuts), (*cuts, end), strict=True):
            total += Fraction(*self.rate_on(left)) * Fraction(*self._length(index, left, right))
        return total.numerator, total.denominator

    def _length(self, index: int, begin: date, end: date) -> Ratio:
        if begin == end or self.day_count is None:
            return 0, 1
        year = _BY_DAYS.get(self.day_count)
        if year is not None:
            return (end - begin).days, year
        if self.day_count == "1/1":
            # A whole period is one year by definition; a part of it goes by its days.
            return (end - begin).days, (self.bounds[index] - self.bounds[index - 1]).days
        return day_count_fraction(
            begin,
            end,
            self.day_count,
            frequency=self.periods.per_year,
            period_start=self.bounds[index - 1],
            period_end=self.bounds[index],
            maturity=self.bounds[-1],
        ).as_integer_ratio()
