"""Personal wealth management (个人理财): scenarios of a product's return after its fees, and suitability."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import attrs

from catalogue import Contract, Flow, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.values import percent_text, round_places

_SCENARIOS = (("low", "Low", "较差"), ("middle", "Middle", "中性"), ("high", "High", "较好"))


@attrs.frozen
class Scenario:
    """A gross annual return and what it comes to over the term, before and after the product's fees."""

    gross_rate: Decimal
    gross: Money
    yearly_fees: Money
    performance_fee: Money

    @property
    def fees(self) -> Money:
        """All that the product keeps."""
        return self.yearly_fees + self.performance_fee

    @property
    def net(self) -> Money:
        """What the client earns."""
        return self.gross - self.fees


class PersonalWealth(Product):
    """A net-value product: gross return by scenario, less yearly fees and a share of what beats the benchmark.

    No return is promised: the contract's flows are those of the middle scenario, and a warning says so.
    """

    def terms(self, ctx: QuoteContext) -> Terms:
        """The subscription, the grade of the product and that of the client."""
        returns = {code: _scenario_return(ctx, code) for code, _, _ in _SCENARIOS}
        for worse, better in pairwise(returns):
            if returns[worse] > returns[better]:
                raise InputError(
                    f"return_{worse}: {percent_text(returns[worse])} is over return_{better},"
                    f" {percent_text(returns[better])}"
                )
        return (
            super()
            .terms(ctx)
            .with_extra(product_grade=ctx.ask["product_grade"], service_grade=_service_grade(ctx))
        )

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Fees and net results of every scenario."""
        amount, days = ctx.ask.amount, (ctx.ask.maturity - terms.start).days
        yearly = self._yearly(ctx, amount, days)
        found = {code: self._scenario(ctx, code, yearly, days) for code, _, _ in _SCENARIOS}
        middle = found["middle"]
        ctx.warn("no return is promised: the amounts are those of the middle scenario")
        flows = (
            Flow(terms.start, -amount, "subscription"),
            Flow(ctx.ask.maturity, amount + middle.net, "redemption, middle scenario"),
        )
        benchmark = Result(
            "benchmark",
            "Performance benchmark, annual rate",
            "业绩比较基准(年化)",
            ctx.figure("benchmark", key=ctx.ask["product_grade"]),
            "rate",
        )
        totals = {"principal": amount, "interest": middle.net}
        results = (*_results(found, amount, days), benchmark)
        return Contract(terms.currency, flows, totals, results=results)

    def _scenario(self, ctx: QuoteContext, code: str, yearly: Money, days: int) -> Scenario:
        """What is left of a gross return after the yearly fees and the performance fee."""
        rate = _scenario_return(ctx, code)
        gross = _by_days(ctx.ask.amount, rate, days)
        share = self._performance(ctx, ctx.ask.amount, gross - yearly, days)
        made = Scenario(rate, gross, yearly, share)
        ctx.explain(
            f"wealth.{code}",
            made.net,
            "gross − yearly fees − performance fee",
            {"gross_rate": rate, "gross": gross, "yearly_fees": yearly, "performance_fee": share},
        )
        return made

    def _yearly(self, ctx: QuoteContext, amount: Money, days: int) -> Money:
        rates = [ctx.figure("yearly_fees", key=name) for name in ("management", "sales", "custody")]
        discount = ctx.figure("grade_price", key=_service_grade(ctx))
        rate = rates[0] * discount + rates[1] + rates[2]
        ctx.explain(
            "wealth.yearly_fees",
            percent_text(rate),
            "management × grade price + sales + custody",
            {
                "management": rates[0],
                "grade_price": discount,
                "sales": rates[1],
                "custody": rates[2],
            },
        )
        return _by_days(amount, rate, days)

    def _performance(self, ctx: QuoteContext, amount: Money, before: Money, days: int) -> Money:
        """The manager's share of what the client earns beyond the benchmark."""
        benchmark = _by_days(amount, ctx.figure("benchmark", key=ctx.ask["product_grade"]), days)
        if before <= benchmark:
            return Money.zero()
        share = ctx.figure("performance_share")
        return (before - benchmark).scaled(share)


def _results(found: Mapping[str, Scenario], amount: Money, days: int) -> list[Result]:
    """Net results by scenario, the fees of the middle one, and the gross rates they come from."""
    net: list[Result] = []
    for code, en, zh in _SCENARIOS:
        rate = _annual(found[code].net, amount, days)
        net += [
            Result(f"net_{code}", f"{en} scenario: net result", f"{zh}情景净收益", found[code].net),
            Result(
                f"annual_{code}",
                f"{en} scenario: net annual rate",
                f"{zh}情景年化净收益率",
                rate,
                "rate",
            ),
        ]
    fees = Result(
        "fees_middle",
        "Fees inside the product, middle scenario",
        "中性情景下产品内费用",
        found["middle"].fees,
    )
    gross = [
        Result(
            f"gross_{code}",
            f"{en} scenario: annual rate before fees",
            f"{zh}情景费前年化收益率",
            found[code].gross_rate,
            "rate",
        )
        for code, en, zh in _SCENARIOS
    ]
    return [*net, fees, *gross]


def _scenario_return(ctx: QuoteContext, code: str) -> Decimal:
    """The gross annual return of a scenario (low, middle, high): the ask's, else the definition's."""
    defined = ctx.figure(f"return_{code}", key=ctx.ask["product_grade"])
    return Decimal(ctx.ask.get(f"return_{code}", defined))


def _service_grade(ctx: QuoteContext) -> str:
    """The client's service grade; unknown clients are standard."""
    return str(ctx.customer.get("service_grade") or "standard")


def _by_days(amount: Money, rate: Decimal, days: int) -> Money:
    return Money.rounded(Fraction(amount.amount) * Fraction(rate) * days / 365)


def _annual(net: Money, amount: Money, days: int) -> Decimal:
    exact = Fraction(net.amount) / Fraction(amount.amount) * 365 / days
    return round_places(exact, 6)


plugin = PersonalWealth()
