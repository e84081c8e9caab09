"""Structured deposit (结构性存款): principal kept, interest by what an underlying does."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue import Contract, Flow, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.maths import deposit_interest
from catalogue.products.deposit import insured
from catalogue.values import percent_text, round_places

MEASURES = (
    ("barrier", "digital", "Barrier, as a change from the start", "障碍(相对期初涨跌幅)"),
    ("range", "range-accrual", "Half width of the range around the start", "区间半宽"),
    ("participation", "capped", "Share of the rise that the deposit gives", "参与率"),
)
"""Field and figure that only one payoff has: name, payoff, labels."""


@attrs.frozen
class Payoff:
    """The annual rate between a floor and a ceiling, by the changes of the underlying from its start.

    `measure` is the barrier (digital), the half width (range-accrual) or the participation (capped).
    """

    kind: str
    low: Fraction
    high: Fraction
    measure: Fraction

    def of_path(self, changes: Sequence[Fraction]) -> Decimal:
        """The rate of observed changes; all but range accrual look at the last one only."""
        if self.kind == "range-accrual":
            inside = sum(1 for change in changes if abs(change) <= self.measure)
            return self.of_scenario(Fraction(inside, len(changes)))
        return self.of_scenario(changes[-1])

    def of_scenario(self, at: Fraction) -> Decimal:
        """The rate for a change at maturity, or for the share of days inside the range."""
        match self.kind:
            case "digital":
                rate = self.high if at >= self.measure else self.low
            case "range-accrual":
                rate = self.low + (self.high - self.low) * at
            case _:
                rate = min(self.high, self.low + max(Fraction(0), at) * self.measure)
        return _six_places(rate)


class StructuredDeposit(Product):
    """Digital, range-accrual or capped-participation interest, by scenario and by the ask's path."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The deposit; fields of another payoff are refused, and a path needs its initial level."""
        ask, payoff = ctx.ask, ctx.ask["payoff"]
        problems = [
            f"{name}: goes with the payoff {kind}, not {payoff}; leave it out"
            for name, kind, _, _ in MEASURES
            if name in ask and kind != payoff
        ]
        if "path" in ask:
            if not ask["path"]:
                problems.append("path: is empty; state one level or more, or leave it out")
            if "initial_level" not in ask:
                problems.append("initial_level: is missing; a path is measured from it")
            problems += [
                f"path[{number}].level: {row['level']} is not above zero"
                for number, row in enumerate(ask["path"], 1)
                if row["level"] <= 0
            ]
        if payoff == "range-accrual":
            problems += [
                f"scenarios[{number}].at: {row['at']} is no share of days; state 0 to 1"
                for number, row in enumerate(ask.get("scenarios", ()), 1)
                if not 0 <= row["at"] <= 1
            ]
        if problems:
            raise InputError.many(problems)
        return super().terms(ctx).with_extra(payoff=payoff, underlying=ask["underlying"])

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Interest of the given path (of the lowest outcome without one), beside every scenario."""
        payoff, amount = _read_payoff(ctx), ctx.ask.amount
        low, high = _six_places(payoff.low), _six_places(payoff.high)
        levels = [Fraction(row["level"]) for row in ctx.ask.get("path", ())]
        if levels:
            first = Fraction(ctx.ask.need("initial_level"))
            rate = payoff.of_path([level / first - 1 for level in levels])
        else:
            rate = low
            ctx.warn("path: none is stated; interest and totals are those of the lowest outcome")
        earned = _interest_at(ctx, rate)
        ctx.explain(
            "totals.interest",
            earned,
            f"principal × {percent_text(rate)} × days ÷ 365",
            {"payoff": payoff.kind, "lowest": low, "highest": high, "observations": len(levels)},
        )
        results = [
            Result(
                "rate",
                "Annual rate of the given path" if levels else "Annual rate, lowest outcome",
                "所给走势年化收益率" if levels else "最低年化收益率",
                rate,
                "rate",
            ),
            Result("lowest", "Interest, lowest outcome", "最低收益", _interest_at(ctx, low)),
            Result("highest", "Interest, highest outcome", "最高收益", _interest_at(ctx, high)),
            Result("at_maturity", "Amount at maturity", "到期本息", amount + earned),
            Result("lowest_rate", "Lowest annual rate", "保底年化收益率", low, "rate"),
            Result("highest_rate", "Highest annual rate", "最高年化收益率", high, "rate"),
            _measure_of(payoff),
        ]
        for number, at in enumerate(_scenarios(ctx), 1):
            results += _scenario_results(ctx, number, at, payoff)
        flows = (
            Flow(terms.start, -amount, "deposit"),
            Flow(ctx.ask.maturity, amount + earned, "repayment"),
        )
        totals = {"principal": amount, "interest": earned}
        return Contract(
            terms.currency, flows, totals, results=(*results, *insured(ctx, amount + earned))
        )


def _interest_at(ctx: QuoteContext, annual: Decimal) -> Money:
    """Interest of the whole term at one annual rate."""
    ask, day_count = ctx.ask, ctx.term("day_count")
    return Money.of(
        deposit_interest(
            ask.amount.amount, annual, start=ask.start, end=ask.maturity, day_count=day_count
        )
    )


def _measure_of(payoff: Payoff) -> Result:
    """The barrier, range or participation of the payoff."""
    code, en, zh = next((code, en, zh) for code, kind, en, zh in MEASURES if kind == payoff.kind)
    return Result(code, en, zh, _six_places(payoff.measure), "rate")


def _scenario_results(ctx: QuoteContext, number: int, at: Fraction, payoff: Payoff) -> list[Result]:
    """Rate and interest of a scenario."""
    share, rate = percent_text(_six_places(at)), payoff.of_scenario(at)
    en, zh = f"the underlying changes by {share}", f"标的涨跌{share}"
    if payoff.kind == "range-accrual":
        en, zh = f"{share} of the days are inside the range", f"{share}的观察日在区间内"
    code = f"scenario_{number}"
    return [
        Result(f"{code}_rate", f"Annual rate if {en}", f"{zh}:年化收益率", rate, "rate"),
        Result(code, f"Interest if {en}", f"{zh}:收益", _interest_at(ctx, rate)),
    ]


def _six_places(rate: Fraction) -> Decimal:
    """A rate to 0.0001 %, HALF_UP."""
    return round_places(rate, 6)


def _read_payoff(ctx: QuoteContext) -> Payoff:
    """The payoff as the ask states it, else as the definition does."""
    ask, kind = ctx.ask, ctx.ask["payoff"]
    low = ask.get("lowest_rate", ctx.figure("lowest_rate"))
    high = ask.get("highest_rate", ctx.figure("highest_rate", key=kind))
    if low > high:
        raise InputError(
            f"lowest_rate: {percent_text(low)} is over the highest rate, {percent_text(high)}"
        )
    measure = next(name for name, owner, _, _ in MEASURES if owner == kind)
    return Payoff(
        kind, Fraction(low), Fraction(high), Fraction(ask.get(measure, ctx.figure(measure)))
    )


def _scenarios(ctx: QuoteContext) -> list[Fraction]:
    """Changes of the underlying (range accrual: shares of days inside) of the ask, else as defined."""
    stated = ctx.ask.get("scenarios")
    if stated is not None:
        return [Fraction(row["at"]) for row in stated]
    name = "days_inside" if ctx.ask["payoff"] == "range-accrual" else "changes"
    return [Fraction(ctx.figure(name, key=key)) for key in ctx.version.figures[name].values]


plugin = StructuredDeposit()
