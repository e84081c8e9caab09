"""Savings by plan: instalments in, instalments out, interest drawn, held as long as it pleases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from catalogue.errors import InputError
from catalogue.maths import (
    instalment_savings,
    instalment_withdrawal_savings,
    interest_drawing_savings,
    term_interest,
    time_or_demand_interest,
)
from catalogue.maths.deposit_instalment import InstalmentInterest
from catalogue.maths.deposit_result import DepositInterest
from catalogue.products.context import QuoteContext
from catalogue.products.deposit import Deposit, Outcome, Parts, claw_back, need_tenor_months
from catalogue.products.deposit_rates import known_day, listed_on, rule_on
from catalogue.products.deposit_rows import Ledger
from catalogue.products.deposit_time import withdrawn
from catalogue.products.results import QuotedRate, Result, Terms, annual
from catalogue.values import Money, add_months, parse_int, per_year

# tenor of a band → in Chinese
_BANDS = {"3m": "三个月", "6m": "六个月", "1y": "一年"}


class PlanSavings(Deposit):
    """Savings at the instalment rate of their tenor, which is in whole months.

    The reference sheet has a column `instalment-<tenor>`; draws follow the ask's `frequency`.
    """

    def rate_column(self, ctx: QuoteContext) -> str | None:
        """The instalment rate of the tenor."""
        return f"instalment-{ctx.ask.tenor}"

    def months_apart(self, ctx: QuoteContext) -> int:
        """Months between two draws, by the frequency of the ask."""
        return 12 // per_year(ctx.ask["frequency"])


class InstalmentSavings(PlanSavings):
    """A fixed sum every month, drawn as a whole.

    The ask's `amount` is one instalment; `instalments_paid` says how many were paid in each month.
    """

    def plan(
        self, ctx: QuoteContext, terms: Terms, on: date | None, counts: list[int]
    ) -> InstalmentInterest:
        """Interest at the agreed rate, to maturity or to `on`."""
        return self.at_rate(ctx, terms, annual(terms), on, counts)

    def at_rate(
        self, ctx: QuoteContext, terms: Terms, rate: Decimal, on: date | None, counts: list[int]
    ) -> InstalmentInterest:
        """Interest on monthly products at one rate, what is drawn early at the demand rate."""
        return instalment_savings(
            ctx.ask.amount.amount,
            rate,
            start=terms.start,
            months=need_tenor_months(terms),
            instalments=counts,
            on=on,
            demand_rate=self.demand_rate(ctx, on or ctx.ask.maturity),
            tax_rate=self.tax(ctx),
        )

    def outcome(self, ctx: QuoteContext, terms: Terms, on: date | None, parts: Parts) -> Outcome:
        """Monthly payments in and one payment out."""
        end = on or ctx.ask.maturity
        counts = self.counts(ctx, terms, end)
        made = self.plan(ctx, terms, on, counts)
        each = ctx.ask.amount.amount
        paid_in = [
            (add_months(terms.start, n), each * count) for n, count in enumerate(counts) if count
        ]
        ledger = Ledger(terms.start, Decimal(0))
        for day, amount in paid_in:
            ledger.post(day, paid=-amount)
        total = made.interest.paid
        ledger.post(end, interest=made.interest.net, paid=total)
        results = [
            Result("paid_in", "Paid in", "存入本金", Money.of(made.principal)),
            _products(made.interest, early=end < ctx.ask.maturity),
        ]
        if on is not None:
            results.append(withdrawn(total, terms))
        notes = []
        if made.broken_in is not None and end >= ctx.ask.maturity:
            notes.append(
                f"instalments_paid: month {made.broken_in} was not made up in the next; what was"
                " paid in after it bears the demand rate"
            )
        received = [(end, total, "withdrawal")]
        return Outcome(paid_in, received, [made.interest], ledger.rows, results, notes)

    def counts(self, ctx: QuoteContext, terms: Terms, end: date) -> list[int]:
        """Instalments paid in each month before `end`: those of the ask, or one each."""
        months = need_tenor_months(terms)
        stated = ctx.ask.get("instalments_paid")
        if stated is None:
            found = [1] * months
        else:
            found = [
                parse_int(word, f"instalments_paid[{n}]", minimum=0, maximum=12)
                for n, word in enumerate(stated, 1)
            ]
            if len(found) > months:
                raise InputError(f"instalments_paid: {len(found)} months; the plan has {months}")
            if not found or not found[0]:
                raise InputError("instalments_paid: the first instalment opens the deposit")
            found += [0] * (months - len(found))
            _none_ahead(found)
        return [n if add_months(terms.start, i) < end else 0 for i, n in enumerate(found)]


def _products(interest: DepositInterest, *, early: bool) -> Result:
    """The accumulated products: balances × months held to maturity, or × days where drawn early."""
    counted = [line.amount for line in interest.parts if early or line.year_units == 12]
    summed = sum(counted, Decimal(0))
    if early:
        return Result("products", "Daily products", "日积数合计", Money.of(summed))
    return Result("products", "Monthly products", "月积数合计", Money.of(summed))


def _none_ahead(counts: list[int]) -> None:
    paid = 0
    for month, count in enumerate(counts, 1):
        paid += count
        if paid > month:
            raise InputError(f"instalments_paid: {paid} by month {month}; none may be paid ahead")


class InstalmentWithdrawalSavings(PlanSavings):
    """A lump sum drawn in equal parts, interest with the last."""

    def outcome(self, ctx: QuoteContext, terms: Terms, on: date | None, parts: Parts) -> Outcome:
        """Equal draws; the last, or the closing, comes with all the interest."""
        amount = ctx.ask.amount.amount
        made = instalment_withdrawal_savings(
            amount,
            annual(terms),
            start=terms.start,
            months=need_tenor_months(terms),
            every=self.months_apart(ctx),
            on=on,
            tax_rate=self.tax(ctx),
            demand_rate=self.demand_rate(ctx, on or ctx.ask.maturity),
        )
        ledger = Ledger(terms.start, amount)
        end, last = made.draws[-1]
        for day, drawn in made.draws[:-1]:
            ledger.post(day, paid=drawn)
        ledger.post(end, interest=made.interest.net, paid=last + made.interest.net)
        received = [
            *((day, drawn, "withdrawal") for day, drawn in made.draws),
            (end, made.interest.net, "interest"),
        ]
        each = Money.of(made.draws[0][1])
        results = [Result("each_draw", "Each withdrawal", "每次支取本金", each)]
        if on is not None:
            results.append(withdrawn(last + made.interest.net, terms))
        return Outcome([(terms.start, amount)], received, [made.interest], ledger.rows, results)


class InterestDrawingSavings(PlanSavings):
    """The principal stays, its interest is drawn; closing early claws back."""

    def outcome(self, ctx: QuoteContext, terms: Terms, on: date | None, parts: Parts) -> Outcome:
        """Draws to maturity, or to `on` with what was drawn too much taken back."""
        amount = ctx.ask.amount.amount
        end = on or ctx.ask.maturity
        made = interest_drawing_savings(
            amount,
            annual(terms),
            start=terms.start,
            months=need_tenor_months(terms),
            every=self.months_apart(ctx),
            on=on,
            demand_rate=self.demand_rate(ctx, end),
            tax_rate=self.tax(ctx),
        )
        early = end < ctx.ask.maturity
        ledger = Ledger(terms.start, amount)
        for draw in made.draws:
            ledger.post(draw.due, interest=draw.net, paid=draw.net)
        # beside the draws: the principal, interest beyond maturity, or less what is taken back
        ledger.post(end, interest=made.final - amount, paid=made.final)
        drawn = [draw.interest for draw in made.draws]
        closing = [made.closing] if made.closing is not None else []
        results = []
        if made.draws:
            first = Money.of(made.draws[0].net)
            results.append(Result("each_draw", "Each payment of interest", "每次取息", first))
        results.append(Result("final", "Paid at the end", "期末支付", Money.of(made.final)))
        if early:
            results.append(claw_back(made.claw_back, terms))
        received = [
            *((draw.due, draw.net, "interest") for draw in made.draws),
            (end, made.final, "closing"),
        ]
        interest = closing if early else [*drawn, *closing]
        return Outcome([(terms.start, amount)], received, interest, ledger.rows, results)


class TimeOrDemandSavings(Deposit):
    """No tenor is agreed: the rate follows from how long the money was held.

    The figure `share` is the part of a time rate that is paid; never less than the demand rate.
    """

    has_term = False

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """The rate of the band that the time held falls into, by the rates of the withdrawal day."""
        line = self._banded(ctx).parts[0]
        ctx.explain("rate.annual", line.annual_rate, line.reason, {"days": line.units})
        sheet = rule_on(ctx, known_day(ctx, self.drawn_on(ctx))).reference
        return QuotedRate(line.annual_rate, reference=f"{sheet} {_band(line.reason)}")

    def outcome(self, ctx: QuoteContext, terms: Terms, on: date | None, parts: Parts) -> Outcome:
        """Interest for the whole time at the rate of the band."""
        amount, end = ctx.ask.amount.amount, self.drawn_on(ctx)
        line = self._banded(ctx).parts[0]
        made = term_interest(
            amount,
            annual(terms),
            start=terms.start,
            end=end,
            reason=line.reason,
            day_count=(
                "act/360" if line.reason == "demand rate" else ctx.term("day_count", "30/360")
            ),
            tax_rate=self.tax(ctx),
        )
        ledger = Ledger(terms.start, amount)
        ledger.post(end, interest=made.net, paid=made.paid)
        received = [(end, made.paid, "withdrawal")]
        results = [withdrawn(made.paid, terms), *self._bands(ctx)]
        return Outcome([(terms.start, amount)], received, [made], ledger.rows, results)

    def drawn_on(self, ctx: QuoteContext) -> date:
        """The day of withdrawal: stated, or the end of a tenor that is stated instead.

        Raises:
            InputError: neither is stated, both differ, or the day is not after the value date.
        """
        ask = ctx.ask
        stated, end = ask.get("withdraw_on"), ask.get("maturity")
        on: date | None = stated or end
        if on is None:
            raise InputError(
                "withdraw_on: is missing (Day of withdrawal); state it, or tenor, the time held"
            )
        if end is not None and on != end:
            raise InputError(
                f"withdraw_on: {on} is not the end of the tenor, {end}; state one of them"
            )
        if on <= ask.start:
            raise InputError(f"withdraw_on: {on} is not after the value date {ask.start}")
        return on

    def _bands(self, ctx: QuoteContext) -> list[Result]:
        """The rate of each band on the day of withdrawal, so that a client sees what waiting brings."""
        on, share = self.drawn_on(ctx), ctx.figure("share")
        demand = self.demand_rate(ctx, on)
        rates = {tenor: max(demand, listed_on(ctx, on, column=tenor) * share) for tenor in _BANDS}
        return [
            Result("band_demand", "Rate if held under 3m", "不满三个月利率", demand, "rate"),
            *(
                Result(
                    f"band_{tenor}", f"Rate from {tenor} on", f"满{_BANDS[tenor]}利率", rate, "rate"
                )
                for tenor, rate in rates.items()
            ),
        ]

    def _banded(self, ctx: QuoteContext) -> DepositInterest:
        on = self.drawn_on(ctx)
        return time_or_demand_interest(
            ctx.ask.amount.amount,
            start=ctx.ask.start,
            on=on,
            demand_rate=self.demand_rate(ctx, on),
            rates={tenor: listed_on(ctx, on, column=tenor) for tenor in _BANDS},
            factor=ctx.figure("share"),
            tax_rate=self.tax(ctx),
        )


def _band(reason: str) -> str:
    """A band as a column of the sheet and its share: `6m × 0.6`, `demand`."""
    return reason.replace(" rate", "")
