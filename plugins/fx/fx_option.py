"""FX option for clients (外汇期权): European, priced by Garman-Kohlhagen."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue import Contract, Flow, Money, QuoteContext, Result, Terms
from catalogue.maths import continuous_rate, fx_option
from catalogue.products.fx import FxDeal, curve_rate, far_date

_PLACES = Decimal("0.000001")


class FxOption(FxDeal):
    """The client buys a call or a put on the base currency and pays the premium on the spot date."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The premium with the bank's margin, the greeks, and put-call parity."""
        counter, amount = ctx.ask["counter"], ctx.ask.amount
        spot = self.spot(ctx)
        days = (far_date(terms) - terms.start).days
        key = ctx.ask.currency if ctx.has_figure("volatility", ctx.ask.currency) else "other"
        volatility = ctx.ask.get("volatility") or ctx.figure("volatility", key=key)
        base, own = curve_rate(ctx, ctx.ask.currency), curve_rate(ctx, counter)
        inputs = {
            "spot": spot.mid,
            "strike": ctx.ask["strike"],
            "years": Decimal(days) / 365,
            "volatility": volatility,
            "base_rate": _continuous(base, days),
            "quote_rate": _continuous(own, days),
            "base_currency": ctx.ask.currency,
            "quote_currency": counter,
        }
        kind = ctx.ask["option"]
        made = fx_option(**inputs, kind=kind, notional=amount.amount)
        twin = fx_option(**inputs, kind="put" if kind == "call" else "call")
        fair = Money.of(made.amount, counter)
        premium = Money.rounded(
            Fraction(fair.amount) * (1 + Fraction(ctx.figure("premium_margin"))), counter
        )
        call, put = (made, twin) if kind == "call" else (twin, made)
        ctx.explain(
            "fx.premium",
            premium,
            "Garman-Kohlhagen value × (1 + margin)",
            {**{k: v for k, v in inputs.items() if not k.endswith("currency")}, "value": fair},
        )
        results = (
            Result("premium", "Premium", "期权费", premium),
            Result("value", "Model value", "理论价值", fair),
            Result(
                "premium_share",
                "Premium per unit of the base currency",
                "单位期权费",
                _number(made.premium),
                "number",
            ),
            Result("volatility", "Volatility", "波动率", volatility, "rate"),
            Result("forward", "Forward rate", "远期汇率", _number(made.forward), "number"),
            Result("delta", "Delta", "Delta", _number(made.delta), "number"),
            Result("gamma", "Gamma", "Gamma", _number(made.gamma), "number"),
            Result("vega", "Vega for volatility 1", "Vega", _number(made.vega), "number"),
            Result("theta", "Theta a year", "Theta(年)", _number(made.theta), "number"),
            Result(
                "parity",
                "Call less put",
                "平价差(看涨减看跌)",
                _number(call.premium - put.premium),
                "number",
            ),
            Result("days", "Days to expiry", "到期天数", days, "days"),
        )
        flow = Flow(terms.extra["value_date"], -premium, "premium")
        totals = {
            "principal": Money.zero(counter),
            "interest": Money.zero(counter),
            "margin": premium - fair,
        }
        return Contract(counter, (flow,), totals, results=results)

    def terms(self, ctx: QuoteContext) -> Terms:
        """The option: strike and kind beside the pair."""
        terms = super().terms(ctx)
        made = {name: value for name, value in terms.extra.items() if name != "side"}
        return attrs.evolve(
            terms, extra={**made, "option": ctx.ask["option"], "strike": ctx.ask["strike"]}
        )


def _continuous(simple: Decimal, days: int) -> str:
    """A simple rate on actual/360 as a continuous one on a year of 365 days."""
    return repr(continuous_rate(simple * 365 / 360, years=Decimal(days) / 365))


def _number(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(_PLACES)


plugin = FxOption()
