"""Bank-securities link (银证通): what buying, selling or a round trip costs through the linked account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from catalogue import Contract, Fee, Flow, Money, Product, QuoteContext, Result, Terms
from catalogue.products.explanation import Cited
from catalogue.values import percent_text, rate_text

_TICK = Decimal("0.01")


class BankSecuritiesLink(Product):
    """Commission with a minimum, stamp tax of the day by side, transfer fee of the day by market.

    Shares are valued at the deal's price, so that paid less received is the cost of the deal.
    """

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The value of the deal, its all-in cost, and the price at which a round trip breaks even."""
        quantity, side = ctx.ask["quantity"], ctx.ask["side"]
        value = _value(ctx.ask["price"], quantity)
        legs = (
            {"buy": value} if side == "buy" else {"sell": _value(self._sell_price(ctx), quantity)}
        )
        if side == "round-trip":
            legs = {"buy": value, **legs}
        costs = [
            amount for leg, traded in legs.items() for _, amount, _ in self._costs(ctx, leg, traded)
        ]
        cost = Money.total(costs, "CNY")
        results = [
            Result("value", "Value of the deal", "成交金额", value),
            Result("cost", "All-in cost", "交易总成本", cost),
            Result("cost_share", "Cost of the value", "成本占成交额", _share(cost, value), "rate"),
        ]
        gain = Money.zero("CNY")
        if side == "round-trip":
            gain = legs["sell"] - legs["buy"]
            results += [
                Result("gain", "Gain after costs", "扣除成本后损益", gain - cost),
                Result(
                    "break_even",
                    "Price at which the round trip breaks even",
                    "保本卖出价",
                    self._break_even(ctx),
                    "number",
                ),
            ]
        flows = (
            Flow(terms.start, -value, "shares or money given"),
            Flow(terms.start, value + gain, "shares or money received"),
        )
        totals = {"principal": value, "interest": Money.zero("CNY")}
        return Contract("CNY", flows, totals, results=tuple(results))

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """Commission, stamp tax and transfer fee of each leg; account opening when asked."""
        quantity, side = ctx.ask["quantity"], ctx.ask["side"]
        made: list[Fee] = []
        for leg in ("buy", "sell") if side == "round-trip" else (side,):
            price = ctx.ask["price"] if leg == "buy" else self._sell_price(ctx)
            traded = _value(price, quantity)
            for code, amount, formula in self._costs(ctx, leg, traded):
                name, name_zh = _NAMES[code]
                word, word_zh = {"buy": ("buying", "买入"), "sell": ("selling", "卖出")}[leg]
                made.append(
                    Fee(
                        f"{code}-{leg}",
                        f"{name}, {word}",
                        f"{word_zh}{name_zh}",
                        amount,
                        formula,
                        _source(ctx, code),
                        base=traded,
                        due=terms.start,
                    )
                )
        return made

    def _sell_price(self, ctx: QuoteContext) -> Decimal:
        found: Decimal = ctx.ask.get("sell_price", ctx.ask["price"])
        return found

    def _costs(
        self, ctx: QuoteContext, leg: str, traded: Money
    ) -> Iterator[tuple[str, Money, str]]:
        yield self._commission(ctx, traded)
        stamp = ctx.reference("stamp-tax-securities", column="buyer" if leg == "buy" else "seller")
        if stamp:
            yield "stamp-tax", traded.scaled(stamp), f"{traded.grouped()} × {percent_text(stamp)}"
        transfer, formula = self._transfer(ctx, traded)
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

    def _transfer(self, ctx: QuoteContext, traded: Money) -> tuple[Money, str]:
        market = ctx.ask["market"]
        rate = ctx.reference("securities-transfer-fee", column=market)
        amount, formula = traded.scaled(rate), f"{traded.grouped()} × {percent_text(rate)}"
        face_rate = (
            ctx.reference("securities-transfer-fee", column="shanghai-face")
            if market == "shanghai"
            else 0
        )
        if face_rate:
            face = Money.of(ctx.ask["quantity"])  # A shares have a face value of one yuan
            return face.scaled(face_rate), f"{face.grouped()} of face × {percent_text(face_rate)}"
        return amount, formula

    def _break_even(self, ctx: QuoteContext) -> Decimal:
        """The lowest price, in ticks of 0.01, at which selling covers the whole cost of the round trip."""
        quantity, paid = ctx.ask["quantity"], ctx.ask["price"]
        bought = _value(paid, quantity)
        spent = Money.total((bought, *(a for _, a, _ in self._costs(ctx, "buy", bought))), "CNY")

        def covers(ticks: int) -> bool:
            got = _value(ticks * _TICK, quantity)
            costs = Money.total((a for _, a, _ in self._costs(ctx, "sell", got)), "CNY")
            return got - costs >= spent

        low = int(paid / _TICK)
        high = low * 2 + 100_000
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if covers(middle) else (middle + 1, high)
        return low * _TICK


_NAMES = {
    "commission": ("Brokerage commission", "交易佣金"),
    "stamp-tax": ("Stamp tax", "印花税"),
    "transfer": ("Transfer fee", "过户费"),
}


def _source(ctx: QuoteContext, code: str) -> str:
    """The commission's source in the definition, the others' in their rate sheets."""
    if code == "commission":
        return ctx.source("figures", "commission")
    sheet = {"stamp-tax": "stamp-tax-securities", "transfer": "securities-transfer-fee"}[code]
    version = ctx.rates.sheet(sheet).in_force(ctx.as_of)
    source = ctx.rates.sheet(sheet).sources[version.source]
    return Cited(source.title, source.title_zh or source.title)


def _value(price: Decimal, quantity: int) -> Money:
    return Money.rounded(Fraction(price) * quantity)


def _share(cost: Money, value: Money) -> Decimal:
    return Decimal(rate_text((cost.amount / value.amount).quantize(Decimal("0.000001"))))


plugin = BankSecuritiesLink()
