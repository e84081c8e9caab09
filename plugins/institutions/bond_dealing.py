"""Outright bond dealing (债券现券买卖): price, accrued interest, yield, duration, DV01."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from catalogue import Contract, Flow, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.maths import bond_price, bond_settlement, bond_yield
from catalogue.values import add_business_days

_PLACES = Decimal("0.000001")


class BondDealing(Product):
    """The client deals at the mid yield less or plus half the dealer's spread.

    The bond is valued at its mid dirty price, so that paid less received is what the deal costs.
    """

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Settlement amount at the client's price, and the bond's figures at mid."""
        settles = add_business_days(terms.start, int(ctx.figure("settlement_days")), ctx.calendar)
        common = self._bond(ctx, settles)
        mid = self._mid(ctx, common)
        buys = ctx.ask["side"] == "buy"
        half = float(ctx.figure("half_spread")) * (-1 if buys else 1)
        own = bond_price(
            yield_=Decimal(repr(mid.yield_ + half)).quantize(Decimal("1e-12")), **common
        )
        deal = bond_settlement(
            ctx.ask.amount.amount, clean=_text(own.clean), accrued=_text(own.accrued)
        )
        fair = bond_settlement(
            ctx.ask.amount.amount, clean=_text(mid.clean), accrued=_text(mid.accrued)
        )
        amount, worth = Money.of(deal.amount), Money.of(fair.amount)
        margin = amount - worth if buys else worth - amount
        ctx.explain(
            "bond.price",
            _figure(own.clean),
            "price at the client's yield by the convention",
            {
                "mid_yield": _figure(mid.yield_),
                "half_spread": ctx.figure("half_spread"),
                "settlement": settles,
            },
        )
        sign = 1 if buys else -1
        flows = (
            Flow(settles, amount * -sign, "settlement"),
            Flow(settles, worth * sign, "bonds at mid"),
        )
        results = (
            Result("clean", "Clean price", "净价", deal.clean_price, "number"),
            Result("accrued", "Accrued interest", "应计利息", _figure(own.accrued), "number"),
            Result("dirty", "Dirty price", "全价", _figure(own.dirty), "number"),
            Result("settlement_amount", "Settlement amount", "结算金额", amount),
            Result(
                "client_yield",
                "Yield at the client's price",
                "成交收益率",
                _figure(own.yield_),
                "rate",
            ),
            Result("mid_yield", "Mid yield", "中间收益率", _figure(mid.yield_), "rate"),
            Result("mid_clean", "Mid clean price", "中间净价", _figure(mid.clean), "number"),
            Result(
                "duration",
                "Duration (Macaulay), years",
                "麦考利久期",
                _figure(mid.duration),
                "number",
            ),
            Result(
                "modified_duration",
                "Modified duration",
                "修正久期",
                _figure(mid.modified_duration),
                "number",
            ),
            Result("dv01", "DV01 per 100", "基点价值(每百元)", _figure(mid.dv01), "number"),
            Result("settles_on", "Settled on", "交割日", settles, "date"),
        )
        totals = {"principal": amount, "interest": Money.of(deal.accrued_amount), "margin": margin}
        return Contract("CNY", flows, totals, results=results)

    def _bond(self, ctx: QuoteContext, settles: date) -> dict[str, Any]:
        ask = ctx.ask
        if ask["bond_maturity"] <= settles:
            raise InputError(
                f"bond_maturity: {ask['bond_maturity']} is not after the settlement, {settles}"
            )
        if ask["kind"] == "at-maturity" and "issue" not in ask:
            raise InputError(
                "issue: is missing; a bond with interest at maturity needs its issue date"
            )
        made: dict[str, Any] = {
            "settlement": settles,
            "maturity": ask["bond_maturity"],
            "coupon": ask["coupon"],
            "frequency": int(ask["coupon_frequency"]),
            "convention": ask["convention"],
            "kind": ask["kind"],
        }
        if ask["kind"] == "at-maturity":
            made["issue"] = ask["issue"]
        return made

    def _mid(self, ctx: QuoteContext, common: dict[str, Any]) -> Any:
        if ("clean_price" in ctx.ask) == ("market_yield" in ctx.ask):
            raise InputError("clean_price: state either the clean price or market_yield")
        if "clean_price" in ctx.ask:
            return bond_yield(clean=ctx.ask["clean_price"], **common)
        return bond_price(yield_=ctx.ask["market_yield"], **common)


def _text(value: float) -> str:
    return f"{value:.10f}"


def _figure(value: float) -> Decimal:
    """A solved figure to six places, without needless zeros; never minus zero."""
    shown = Decimal(repr(value)).quantize(_PLACES).normalize()
    return Decimal(format(shown + 0, "f"))


plugin = BondDealing()
