"""Bank-securities link (银证通): what buying, selling or a round trip costs through the linked account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue import Contract, Fee, Flow, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.products.explanation import Cited
from catalogue.products.fees import definition_fees
from catalogue.values import percent_text, rate_text, roll

_TICK = Decimal("0.01")
_NAMES = {
    "commission": ("Brokerage commission", "交易佣金"),
    "stamp-tax": ("Stamp tax", "印花税"),
    "transfer": ("Transfer fee", "过户费"),
}


@attrs.frozen
class Leg:
    """One deal: what is traded, on which day, whose taxes it bears."""

    side: str
    value: Money
    day: date


class BankSecuritiesLink(Product):
    """Commission with a minimum, stamp tax by side and transfer fee by market, of each leg's own day.

    Shares are valued at the deal's price, so that paid less received is the cost of the deal.
    """

    def terms(self, ctx: QuoteContext) -> Terms:
        """The deal.

        Raises:
            InputError: a selling price or day outside a round trip, or a day not after that of buying.
        """
        terms, ask = super().terms(ctx), ctx.ask
        problems = [
            f"{name}: is used only when side is round-trip; a sale has its price"
            for name in ("sell_price", "sell_on")
            if name in ask and ask["side"] != "round-trip"
        ]
        if ask.get("sell_on") is not None and ask["sell_on"] <= terms.start:
            problems.append(
                f"sell_on: {ask['sell_on']} is not after {terms.start}, the day of buying"
            )
        if problems:
            raise InputError.many(problems)
        for name, day in (("start", terms.start), ("sell_on", ask.get("sell_on"))):
            if day is not None and roll(day, "following", ctx.calendar) != day:
                ctx.warn(
                    f"{name}: {day} is no business day; shares are not traded on it",
                    f"{'起息日' if name == 'start' else '卖出日'}:{day}为非交易日,不能成交",
                )
        return terms

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The value of the deal, its all-in cost, and the price at which a round trip breaks even."""
        legs = self._legs(ctx, terms)
        value, opening = legs[0].value, self._opening(ctx, terms)
        cost = Money.total(
            (opening, *(a for leg in legs for _, a, _ in self._costs(ctx, leg))), "CNY"
        )
        results = [
            Result("value", "Value of the deal", "成交金额", value),
            Result("cost", "All-in cost", "交易总成本", cost),
            Result("cost_share", "Cost of the value", "成本占成交额", _share(cost, value), "rate"),
        ]
        gain = Money.zero("CNY")
        if len(legs) == 2:
            gain = legs[1].value - value
            results += [
                Result("gain", "Gain after costs", "扣除成本后损益", gain - cost),
                Result(
                    "break_even",
                    "Price at which the round trip breaks even",
                    "保本卖出价",
                    self._break_even(ctx, legs, opening),
                    "number",
                ),
            ]
        flows = (
            Flow(legs[0].day, -value, "shares or money given"),
            Flow(legs[-1].day, value + gain, "shares or money received"),
        )
        totals = {"principal": value, "interest": Money.zero("CNY")}
        return Contract("CNY", flows, totals, results=tuple(results))

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """Commission, stamp tax and transfer fee of each leg; account opening when asked."""
        made: list[Fee] = []
        for leg in self._legs(ctx, terms):
            for code, amount, formula in self._costs(ctx, leg):
                name, name_zh = _NAMES[code]
                word, word_zh = {"buy": ("buying", "买入"), "sell": ("selling", "卖出")}[leg.side]
                made.append(
                    Fee(
                        f"{code}-{leg.side}",
                        f"{name}, {word}",
                        f"{word_zh}{name_zh}",
                        amount,
                        formula,
                        _source(ctx, code, leg.day),
                        base=leg.value,
                        due=leg.day,
                    )
                )
        return made

    def _legs(self, ctx: QuoteContext, terms: Terms) -> tuple[Leg, ...]:
        """One leg, or buying and selling; a sale without a day of its own is priced by today's rules."""
        ask, start = ctx.ask, terms.start
        value = _value(ask["price"], ask["quantity"])
        if ask["side"] != "round-trip":
            return (Leg(ask["side"], value, start),)
        sold = _value(ask.get("sell_price", ask["price"]), ask["quantity"])
        return Leg("buy", value, start), Leg("sell", sold, ask.get("sell_on", start))

    def _opening(self, ctx: QuoteContext, terms: Terms) -> Money:
        """The fees of the definition that are asked for: opening the account."""
        return Money.total((fee.amount for fee in definition_fees(ctx, terms, "CNY")), "CNY")

    def _costs(self, ctx: QuoteContext, leg: Leg) -> Iterator[tuple[str, Money, str]]:
        yield self._commission(ctx, leg.value)
        column = "buyer" if leg.side == "buy" else "seller"
        stamp = ctx.reference("stamp-tax-securities", column=column, on=leg.day)
        if stamp:
            words = f"{leg.value.grouped()} × {percent_text(stamp)}"
            yield "stamp-tax", leg.value.scaled(stamp), words
        transfer, formula = self._transfer(ctx, leg)
        if transfer.minor:
            yield "transfer", transfer, formula

    def _commission(self, ctx: QuoteContext, traded: Money) -> tuple[str, Money, str]:
        rate = ctx.ask.get("commission_rate")
        if rate is None:
            rate = ctx.figure("commission", at=ctx.ask.get("monthly_turnover") or traded)
        least = Money.of(ctx.figure("commission_minimum"))
        amount = traded.scaled(rate)
        formula = f"{traded.grouped()} × {percent_text(rate)}"
        if amount < least:
            return "commission", least, f"({formula}, at least {least.grouped()})"
        return "commission", amount, formula

    def _transfer(self, ctx: QuoteContext, leg: Leg) -> tuple[Money, str]:
        market = ctx.ask["market"]
        if market == "shanghai":
            face_rate = ctx.reference("securities-transfer-fee", column="shanghai-face", on=leg.day)
            if face_rate:
                face = Money.of(ctx.ask["quantity"])  # A shares have a face value of one yuan
                return face.scaled(
                    face_rate
                ), f"{face.grouped()} of face × {percent_text(face_rate)}"
        rate = ctx.reference("securities-transfer-fee", column=market, on=leg.day)
        return leg.value.scaled(rate), f"{leg.value.grouped()} × {percent_text(rate)}"

    def _break_even(self, ctx: QuoteContext, legs: Sequence[Leg], opening: Money) -> Decimal:
        """The lowest price, in ticks of 0.01, at which selling covers the whole cost of the round trip."""
        quantity, paid = ctx.ask["quantity"], ctx.ask["price"]
        buying, selling = legs
        bought = (a for _, a, _ in self._costs(ctx, buying))
        spent = Money.total((buying.value, opening, *bought), "CNY")

        def covers(ticks: int) -> bool:
            sale = attrs.evolve(selling, value=_value(ticks * _TICK, quantity))
            return (
                sale.value - Money.total((a for _, a, _ in self._costs(ctx, sale)), "CNY") >= spent
            )

        low = int(paid / _TICK)
        high = low * 2 + 100_000
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if covers(middle) else (middle + 1, high)
        return low * _TICK


def _source(ctx: QuoteContext, code: str, day: date) -> str:
    """The commission's source in the definition, the others' in their rate sheets."""
    if code == "commission":
        return ctx.source("figures", "commission")
    sheet = {"stamp-tax": "stamp-tax-securities", "transfer": "securities-transfer-fee"}[code]
    version = ctx.rates.sheet(sheet).in_force(day)
    source = ctx.rates.sheet(sheet).sources[version.source]
    return Cited(source.title, source.title_zh or source.title)


def _value(price: Decimal, quantity: int) -> Money:
    return Money.rounded(Fraction(price) * quantity)


def _share(cost: Money, value: Money) -> Decimal:
    return Decimal(rate_text((cost.amount / value.amount).quantize(Decimal("0.000001"))))


plugin = BankSecuritiesLink()
