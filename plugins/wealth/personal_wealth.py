"""Personal wealth management (个人理财): scenarios of a product's return after its fees, and suitability."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from catalogue import Contract, Flow, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.values import percent_text, round_fraction

_SCENARIOS = (("low", "Low", "较差"), ("middle", "Middle", "中性"), ("high", "High", "较好"))


class PersonalWealth(Product):
    """A net-value product: gross return by scenario, less yearly fees and a share of what beats the benchmark.

    No return is promised: the contract's flows are those of the middle scenario, and a warning says so.
    """

    def terms(self, ctx: QuoteContext) -> Terms:
        """The subscription, the grade of the product and that of the client."""
        returns = {code: scenario_return(ctx, code) for code, _, _ in _SCENARIOS}
        for worse, better in pairwise(returns):
            if returns[worse] > returns[better]:
                raise InputError(
                    f"return_{worse}: {percent_text(returns[worse])} is over return_{better},"
                    f" {percent_text(returns[better])}"
                )
        return (
            super()
            .terms(ctx)
            .with_extra(product_grade=ctx.ask["product_grade"], service_grade=service_grade(ctx))
        )

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Fees and net results of every scenario."""
        days = (ctx.ask.maturity - terms.start).days
        amount = ctx.ask.amount
        results, middle = [], (Money.zero(), Money.zero())
        for code, label, label_zh in _SCENARIOS:
            gross_rate = scenario_return(ctx, code)
            gross = _by_days(amount, gross_rate, days)
            yearly = self._yearly(ctx, amount, days)
            excess = self._performance(ctx, amount, gross - yearly, days)
            net = gross - yearly - excess
            if code == "middle":
                middle = (net, yearly + excess)
            results += [
                Result(
                    f"net_{code}", f"{label} scenario: net result", f"{label_zh}情景净收益", net
                ),
                Result(
                    f"annual_{code}",
                    f"{label} scenario: net annual rate",
                    f"{label_zh}情景年化净收益率",
                    _annual(net, amount, days),
                    "rate",
                ),
            ]
            ctx.explain(
                f"wealth.{code}",
                net,
                "gross − yearly fees − performance fee",
                {
                    "gross_rate": gross_rate,
                    "gross": gross,
                    "yearly_fees": yearly,
                    "performance_fee": excess,
                },
            )
        results.append(
            Result(
                "fees_middle",
                "Fees inside the product, middle scenario",
                "中性情景下产品内费用",
                middle[1],
            )
        )
        results += [
            Result(
                f"gross_{code}",
                f"{label} scenario: annual rate before fees",
                f"{label_zh}情景费前年化收益率",
                scenario_return(ctx, code),
                "rate",
            )
            for code, label, label_zh in _SCENARIOS
        ]
        ctx.warn("no return is promised: the amounts are those of the middle scenario")
        flows = (
            Flow(terms.start, -amount, "subscription"),
            Flow(ctx.ask.maturity, amount + middle[0], "redemption, middle scenario"),
        )
        return Contract(
            terms.currency,
            flows,
            {"principal": amount, "interest": middle[0]},
            results=tuple(results),
        )

    def _yearly(self, ctx: QuoteContext, amount: Money, days: int) -> Money:
        rates = [ctx.figure("yearly_fees", key=name) for name in ("management", "sales", "custody")]
        discount = ctx.figure("grade_price", key=service_grade(ctx))
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


def scenario_return(ctx: QuoteContext, code: str) -> Decimal:
    """The gross annual return of a scenario (low, middle, high): the ask's, else the definition's."""
    defined = ctx.figure(f"return_{code}", key=ctx.ask["product_grade"])
    return Decimal(ctx.ask.get(f"return_{code}", defined))


def service_grade(ctx: QuoteContext) -> str:
    """The client's service grade; unknown clients are standard."""
    return str(ctx.customer.get("service_grade") or "standard")


def _by_days(amount: Money, rate: Decimal, days: int) -> Money:
    return Money.rounded(Fraction(amount.amount) * Fraction(rate) * days / 365)


def _annual(net: Money, amount: Money, days: int) -> Decimal:
    exact = Fraction(net.amount) / Fraction(amount.amount) * 365 / days
    return Decimal(round_fraction(exact * 10**6)).scaleb(-6)


plugin = PersonalWealth()
