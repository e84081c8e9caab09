"""Outright bond dealing (债券现券买卖): price, accrued interest, yield, duration, DV01."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from catalogue import Contract, Flow, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.errors import RateError
from catalogue.maths import BondResult, bond_price, bond_settlement, bond_yield
from catalogue.products.bond import bond_terms
from catalogue.values import add_business_days, roll

_PLACES = Decimal("0.000001")
_CONVENTIONS = (
    ("interbank", "cn-interbank", "The same by the interbank rule", "成交收益率(银行间)"),
    ("street", "street", "The same by the street rule", "成交收益率(国际惯例)"),
)


class BondDealing(Product):
    """The client deals at the mid yield less or plus half the dealer's spread.

    The bond is valued at its mid dirty price, so that paid less received is what the deal costs.
    """

    def terms(self, ctx: QuoteContext) -> Terms:
        """The deal, with what an ask often leaves to its default."""
        shown = ("side", "kind", "convention", "accrual")
        return super().terms(ctx).with_extra(**{name: ctx.ask[name] for name in shown})

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Settlement amount at the client's price, and the bond's figures at mid."""
        ask, face = ctx.ask, ctx.ask.amount
        days = ask.get("settlement_days", int(ctx.figure("settlement_days")))
        settles = self._settles(ctx, terms.start, days)
        bond = {**bond_terms(ask, settles), "convention": ask["convention"]}
        mid = self._mid(ctx, bond)
        own = self._client(ctx, bond, mid, settles)
        deal = bond_settlement(face.amount, clean=_text(own.clean), accrued=_text(own.accrued))
        fair = bond_settlement(face.amount, clean=_text(mid.clean), accrued=_text(mid.accrued))
        amount, worth = Money.of(deal.amount), Money.of(fair.amount)
        sign = 1 if ask["side"] == "buy" else -1
        margin = (amount - worth) * sign
        flows = (
            Flow(settles, amount * -sign, "settlement"),
            Flow(settles, worth * sign, "bonds at mid"),
        )
        ctx.explain(
            "result.settlement_amount",
            amount,
            "face × (clean price to 4 places + accrued interest to 5 places) ÷ 100",
            {
                "face": face,
                "clean": deal.clean_price,
                "accrued": deal.accrued,
                "accrual": ask["accrual"],
            },
        )
        results = (
            Result("clean", "Clean price", "净价", _plain(deal.clean_price), "number"),
            Result("accrued", "Accrued interest", "应计利息", _plain(deal.accrued), "number"),
            Result(
                "dirty", "Dirty price", "全价", _plain(deal.clean_price + deal.accrued), "number"
            ),
            Result("settlement_amount", "Settlement amount", "结算金额", amount),
            Result("over_mid", "Margin over mid", "点差收入", margin),
            *_yields(ctx, bond, own, mid),
            *_risk(mid, face),
            Result("settles_on", "Settled on", "交割日", settles, "date"),
        )
        totals = {"principal": amount, "interest": Money.of(deal.accrued_amount), "margin": margin}
        return Contract("CNY", flows, totals, results=results)

    def _settles(self, ctx: QuoteContext, start: date, days: int) -> date:
        """So many business days after the deal; on the next one where that is no business day."""
        if days:
            return add_business_days(start, days, ctx.calendar)
        on = roll(start, "following", ctx.calendar)
        if on != start:
            ctx.warn(f"start: {start} is no business day; settled on {on}")
        return on

    def _mid(self, ctx: QuoteContext, bond: dict[str, Any]) -> BondResult:
        """The bond at the market's price or yield."""
        if ("clean_price" in ctx.ask) == ("market_yield" in ctx.ask):
            raise InputError("clean_price: state either the clean price or market_yield")
        if "clean_price" in ctx.ask:
            return bond_yield(clean=ctx.ask["clean_price"], **bond)
        return bond_price(yield_=ctx.ask["market_yield"], **bond)

    def _client(
        self, ctx: QuoteContext, bond: dict[str, Any], mid: BondResult, settles: date
    ) -> BondResult:
        """The bond at the client's yield: lower when it buys, higher when it sells."""
        half = ctx.figure("half_spread") * (-1 if ctx.ask["side"] == "buy" else 1)
        wanted = Decimal(repr(mid.yield_ + float(half))).quantize(Decimal("1e-12"))
        own = bond_price(yield_=wanted, **bond)
        ctx.explain(
            "result.clean",
            _figure(own.clean),
            f"price at the client's yield by the {bond['convention']} convention",
            {"mid_yield": _figure(mid.yield_), "half_spread": half, "settlement": settles},
        )
        return own


def _yields(
    ctx: QuoteContext, bond: dict[str, Any], own: BondResult, mid: BondResult
) -> tuple[Result, ...]:
    """The client's yield, mid, and the client's price by both conventions."""
    return (
        Result(
            "client_yield", "Yield at the client's price", "成交收益率", _figure(own.yield_), "rate"
        ),
        *(
            Result(f"{name}_yield", label, label_zh, found, "rate")
            for name, convention, label, label_zh in _CONVENTIONS
            if (found := _yield_by(ctx, convention, bond, own)) is not None
        ),
        Result("mid_yield", "Mid yield", "中间收益率", _figure(mid.yield_), "rate"),
        Result("mid_clean", "Mid clean price", "中间净价", _figure(mid.clean), "number"),
    )


def _yield_by(
    ctx: QuoteContext, convention: str, bond: dict[str, Any], own: BondResult
) -> Decimal | None:
    """The yield at the client's price; None, and told, where compounding days gives no number."""
    try:
        found = bond_yield(**{**bond, "convention": convention, "clean": _text(own.clean)})
    except RateError as error:
        ctx.warn(f"yield by {convention}: {error}")
        return None
    return _figure(found.yield_)


def _risk(mid: BondResult, face: Money) -> tuple[Result, ...]:
    """Durations in years, the value of a basis point per 100 and of the deal, convexity."""
    whole = face.scaled(Fraction(repr(mid.dv01)) / 100)
    return (
        Result("duration", "Duration (Macaulay), years", "麦考利久期", _figure(mid.duration), "number"),
        Result("modified_duration", "Modified duration", "修正久期", _figure(mid.modified_duration), "number"),
        Result("convexity", "Convexity", "凸性", _figure(mid.convexity), "number"),
        Result("dv01", "DV01 per 100", "基点价值(每百元)", _figure(mid.dv01), "number"),
        Result("dv01_amount", "DV01 of the deal", "基点价值(本笔)", whole),
    )  # fmt: skip


def _plain(value: Decimal) -> Decimal:
    """Without needless zeros; never minus zero."""
    return Decimal(format(value.normalize() + 0, "f"))


def _text(value: float) -> str:
    return f"{value:.10f}"


def _figure(value: float) -> Decimal:
    """A solved figure to six places."""
    return _plain(Decimal(repr(value)).quantize(_PLACES))


plugin = BondDealing()
