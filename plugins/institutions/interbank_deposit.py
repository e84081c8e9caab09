"""Interbank deposit (同业存款): SHIBOR or the excess-reserve rate plus a spread, actual/360."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue import Contract, Money, QuoteContext, QuotedRate, Result, Terms
from catalogue.products.deposit import annual
from catalogue.products.deposit_rates import known_day, on_sheet, rule_on
from catalogue.products.deposit_time import TimeDeposit
from catalogue.products.rate_rule import quoted_rate
from catalogue.values import Tenor, round_fraction

_OVERNIGHT = Tenor(1, "d")
_SHEETS = {"shibor": "shibor", "excess-reserve": "excess-reserve-rate"}


class InterbankDeposit(TimeDeposit):
    """Time or demand by its reference; an early withdrawal bears the demand price."""

    def reference(self, ctx: QuoteContext) -> str:
        """The reference that is agreed: by default SHIBOR for time, the excess-reserve rate for demand."""
        usual = "shibor" if ctx.ask["kind"] == "time" else "excess-reserve"
        if "shibor" not in (ctx.version.ask["reference"].choices or ()):
            usual = "excess-reserve"
        found: str = ctx.ask.get("reference", usual)
        return found

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """The reference plus the listed or the agreed spread, within the most that may be agreed."""
        on = known_day(ctx, ctx.ask.start)
        rule = attrs.evolve(
            on_sheet(rule_on(ctx, on), _SHEETS[self.reference(ctx)]),
            spread=ctx.figure("listed_spread", key=ctx.ask["kind"]),
        )
        # money on demand is priced overnight, whatever time it stays
        tenor = None if ctx.ask["kind"] == "time" else _OVERNIGHT
        return quoted_rate(ctx, tenor, rule=rule, on=on)

    def demand_rate(self, ctx: QuoteContext, on: date) -> Decimal:
        """The demand price: the excess-reserve rate plus the demand spread."""
        base = ctx.reference("excess-reserve-rate", on=known_day(ctx, on))
        return base + ctx.figure("listed_spread", key="demand")

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Interest as of a time deposit, and what reserve and insurance cost the bank beside it."""
        made = super().price(ctx, terms)
        last = max(flow.on for flow in made.flows)
        year = Fraction((last - terms.start).days, 360)
        amount = Fraction(ctx.ask.amount.amount)
        share = ctx.ask.get("reserve_share", ctx.figure("reserve_share"))
        premium = ctx.ask.get("insurance_rate", ctx.figure("insurance_rate"))
        carry = annual(terms) - ctx.reference("required-reserve-rate")
        costs = {
            "reserve_cost": amount * Fraction(share) * Fraction(carry) * year,
            "insurance_cost": amount * Fraction(premium) * year,
        }
        interest = Fraction(made.totals["interest"].amount)
        whole = (interest + sum(costs.values())) / (amount * year)
        all_in = Decimal(round_fraction(whole * 10**6)).scaleb(-6)
        ctx.explain(
            "reserve_cost", Money.rounded(costs["reserve_cost"], terms.currency),
            "amount × reserve share × (rate − rate on required reserves) × days / 360",
            {"share": share, "carry": carry, "days": (last - terms.start).days},
        )  # fmt: skip
        ctx.explain(
            "insurance_cost", Money.rounded(costs["insurance_cost"], terms.currency),
            "amount × premium rate × days / 360", {"premium": premium},
        )  # fmt: skip
        own = (
            _cost("reserve_cost", "Cost of the required reserve", "准备金成本", costs, terms),
            _cost("insurance_cost", "Deposit-insurance premium", "存款保险费", costs, terms),
            Result(
                "all_in_cost", "All-in cost to the bank a year", "银行综合成本率", all_in, "rate"
            ),
        )
        return attrs.evolve(made, results=(*made.results, *own))


def _cost(code: str, label: str, label_zh: str, costs: dict[str, Fraction], terms: Terms) -> Result:
    return Result(code, label, label_zh, Money.rounded(costs[code], terms.currency))


plugin = InterbankDeposit()
