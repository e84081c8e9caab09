"""FX option for clients (外汇期权): European, priced by Garman-Kohlhagen."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from catalogue import Contract, Flow, InputError, Money, QuoteContext, Result, Terms
from catalogue.maths import continuous_rate, fx_option
from catalogue.maths.fx_vanilla import FxOption as Priced
from catalogue.products.bank_days import market_days
from catalogue.products.fx import FxDeal, curve_rate, far_date, rebate, year_days
from catalogue.values import add_business_days, round_places

_PLACES = Decimal("0.00000001")


class FxOption(FxDeal):
    """The client buys a call or a put on the base currency and pays the premium on the spot date.

    As the market has it: delivery is on the far date, the option expires the spot days before. The
    volatility works from the deal to expiry, actual/365; interest counts from spot, when the premium
    is paid, to delivery, so that the forward is that of a forward deal.
    """

    def terms(self, ctx: QuoteContext) -> Terms:
        """The option: strike and kind beside the pair."""
        terms = super().terms(ctx)
        made = {name: value for name, value in terms.extra.items() if name != "side"}
        return attrs.evolve(
            terms, extra={**made, "option": ctx.ask["option"], "strike": ctx.ask["strike"]}
        )

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The premium with the bank's margin, the greeks, and both sides of put-call parity."""
        counter, kind = ctx.ask["counter"], ctx.ask["option"]
        inputs = self._inputs(ctx, terms)
        made = fx_option(**inputs, kind=kind, notional=ctx.ask.amount.amount)
        twin = fx_option(**inputs, kind="put" if kind == "call" else "call")
        fair = Money.of(made.amount, counter)
        margin = ctx.figure("premium_margin") * (1 - rebate(ctx))
        premium = Money.rounded(Fraction(fair.amount) * (1 + Fraction(margin)), counter)
        if not premium:
            raise InputError(
                f"strike: at {ctx.ask['strike']} the option on {ctx.ask.amount} is worth less than"
                f" {counter}'s smallest unit; state a nearer strike or a larger amount"
            )
        ctx.explain(
            "fx.premium",
            premium,
            "Garman-Kohlhagen value × (1 + margin × (1 − tier rebate))",
            {
                **{name: value for name, value in inputs.items() if "currency" not in name},
                "value": fair,
                "premium_margin": margin,
            },
        )
        expiry = _expires_on(ctx, terms)
        each = Fraction(premium.amount) / Fraction(ctx.ask.amount.amount)
        even = round_places(
            Fraction(ctx.ask["strike"]) + (each if kind == "call" else -each), self.decimals(ctx)
        )
        results = (
            Result("premium", "Premium", "期权费", premium),
            Result("value", "Model value", "理论价值", fair),
            Result("volatility", "Volatility", "波动率", inputs["volatility"], "rate"),
            Result("expiry", "Expiry", "行权日", expiry, "date"),
            Result("days", "Days to expiry", "到期天数", (expiry - terms.start).days, "days"),
            Result("break_even", "Break-even rate", "盈亏平衡汇率", even, "number"),
            *_greeks(made),
            *_parity(made, twin, inputs, kind),
            Result("margin", "Margin on the model value", "期权费加成收入", premium - fair),
        )
        zero = Money.zero(counter)
        return Contract(
            counter,
            (Flow(terms.extra["value_date"], -premium, "premium"),),
            {"principal": zero, "interest": zero, "margin": premium - fair},
            results=results,
        )

    def _inputs(self, ctx: QuoteContext, terms: Terms) -> dict[str, Any]:
        """What Garman-Kohlhagen takes: mid spot, and rates a year of the time to expiry.

        Both rates grow over that time as the money markets grow from spot to delivery.
        """
        base, counter = ctx.ask.currency, ctx.ask["counter"]
        days = (_expires_on(ctx, terms) - terms.start).days
        held = (far_date(terms) - terms.extra["value_date"]).days

        def continuous(currency: str) -> str:
            simple = curve_rate(ctx, terms, currency) * held / year_days(ctx, currency)
            return repr(continuous_rate(simple * 365 / days, years=Decimal(days) / 365))

        return {
            "spot": self.spot(ctx).mid,
            "strike": ctx.ask["strike"],
            "years": Decimal(days) / 365,
            "volatility": ctx.ask.get("volatility") or _listed_volatility(ctx),
            "base_rate": continuous(base),
            "quote_rate": continuous(counter),
            "base_currency": base,
            "quote_currency": counter,
        }


def _listed_volatility(ctx: QuoteContext) -> Decimal:
    """The figure of the pair, whichever of its currencies comes first; else that of other pairs."""
    base, counter = ctx.ask.currency, ctx.ask["counter"]
    pairs = (f"{base}/{counter}", f"{counter}/{base}", "other")
    return ctx.figure(
        "volatility", key=next(pair for pair in pairs if ctx.has_figure("volatility", pair))
    )


def _expires_on(ctx: QuoteContext, terms: Terms) -> date:
    """The last day for exercise: so many business days before delivery as spot comes after the deal."""
    return add_business_days(far_date(terms), -int(ctx.figure("spot_days")), market_days(ctx))


def _greeks(made: Priced) -> tuple[Result, ...]:
    """Premium and greeks of one unit of the base currency, in the counter currency."""
    rows = (
        (
            "premium_share",
            "Model value per unit of the base currency",
            "单位理论价值",
            made.premium,
        ),
        ("forward", "Forward rate", "远期汇率", made.forward),
        ("delta", "Delta", "Delta", made.delta),
        ("gamma", "Gamma", "Gamma", made.gamma),
        ("vega", "Vega for volatility 1", "Vega(波动率变动1)", made.vega),
        ("theta", "Theta a year", "Theta(每年)", made.theta),
        ("rho", "Rho for the counter rate 1", "Rho(对应币种利率变动1)", made.rho_quote),
        ("rho_base", "Rho for the base rate 1", "Rho(交易币种利率变动1)", made.rho_base),
    )
    return tuple(Result(code, en, zh, _number(value), "number") for code, en, zh, value in rows)


def _parity(made: Priced, twin: Priced, inputs: dict[str, Any], kind: str) -> tuple[Result, ...]:
    """Call less put, and what it must equal: the forward less the strike, discounted."""
    call, put = (made, twin) if kind == "call" else (twin, made)
    discount = math.exp(-float(inputs["quote_rate"]) * float(inputs["years"]))
    held = (made.forward - float(inputs["strike"])) * discount
    return (
        Result(
            "parity", "Call less put", "看涨减看跌", _number(call.premium - put.premium), "number"
        ),
        Result(
            "parity_forward",
            "Forward less strike, discounted",
            "远期汇率减执行汇率的现值",
            _number(held),
            "number",
        ),
    )


def _number(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(_PLACES)


plugin = FxOption()
