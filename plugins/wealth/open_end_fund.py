"""Agency of open-end funds (代理开放式基金): subscription, redemption and conversion with dated fee formulas."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from catalogue import Contract, Fee, Flow, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.maths import fund_conversion, fund_redemption, fund_subscription
from catalogue.values import percent_text, rate_text


class OpenEndFund(Product):
    """Buying costs the front load, selling the redemption fee (and a back load), by bands of the definition.

    Shares held are valued at net asset value, so that paid less received is what the deal costs.
    """

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The deal by its action."""
        action = ctx.ask["action"]
        if action == "buy":
            return self._buy(ctx, terms)
        return self._redeem(ctx, terms) if action == "redeem" else self._convert(ctx, terms)

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The fees that the deal deducts, as the contract computed them."""
        names = {
            "front_fee": ("front-load", "Front load", "前端申购费"),
            "redemption_fee": ("redemption", "Redemption fee", "赎回费"),
            "back_fee": ("back-load", "Back load", "后端申购费"),
            "difference_fee": ("difference", "Difference of front loads", "申购补差费"),
        }
        made = []
        for result, (code, name, name_zh) in names.items():
            amount = contract.totals.get(result)
            if amount is not None:
                figure = "redemption_fee" if code == "redemption" else "front_fee"
                made.append(
                    Fee(
                        code,
                        name,
                        name_zh,
                        amount,
                        str(contract.result(f"{result}_formula")),
                        ctx.source("figures", figure),
                        base=contract.totals["principal"],
                        due=terms.start,
                    )
                )
        return made

    def _buy(self, ctx: QuoteContext, terms: Terms) -> Contract:
        amount: Money = ctx.ask.amount
        nav = ctx.ask["nav"]
        rate, fixed = self._front(ctx, amount, ctx.ask["channel"])
        if ctx.ask["load"] == "back":
            rate = fixed = Decimal(0)
        tiers = [(0, rate)] if not fixed else None
        if fixed:
            net = amount.amount - fixed
            made = fund_subscription(net, nav=nav, fee_rate=0)
            fee, formula = Money.of(fixed), f"{fixed} a deal"
        else:
            inside = ctx.term("fee_formula") == "inside-deduction"
            made = fund_subscription(
                amount.amount,
                nav=nav,
                tiers=tiers,
                method="inside" if inside else "outside-deduction",
                share_rounding="half_up",
            )
            fee = Money.of(made.fee)
            formula = (
                f"{amount.grouped()} × {percent_text(rate)}"
                if inside
                else f"{amount.grouped()} − {amount.grouped()} ÷ (1 + {percent_text(rate)})"
            )
        ctx.explain(
            "fund.shares",
            made.shares,
            "net amount ÷ net asset value",
            {"net": made.net, "nav": nav},
        )
        return self._contract(
            terms,
            principal=amount,
            paid=amount - fee,
            received=amount - fee,
            totals={} if ctx.ask["load"] == "back" else {"front_fee": fee},
            results=[
                Result("shares", "Shares", "确认份额", made.shares, "number"),
                Result("net", "Net amount invested", "净申购金额", amount - fee),
                Result("front_fee_formula", "Front load", "申购费算式", formula, "text"),
            ],
        )

    def _front(self, ctx: QuoteContext, amount: Money, channel: str) -> tuple[Decimal, Decimal]:
        """(rate, fixed fee) of the front load for an amount, after the channel's discount."""
        rate = ctx.figure("front_fee", at=amount)
        if rate == 0:
            return Decimal(0), ctx.figure("front_fixed")
        return rate * ctx.figure("channel_price", key=channel), Decimal(0)

    def _redeem(self, ctx: QuoteContext, terms: Terms) -> Contract:
        shares, nav, days = ctx.ask.need("shares"), ctx.ask["nav"], ctx.ask.need("days_held")
        rate = ctx.figure("redemption_fee", at=days)
        back = Decimal(0)
        if ctx.ask["load"] == "back":
            back = ctx.figure("back_fee", at=days)
        options: dict[str, Any] = {"purchase_nav": ctx.ask.need("purchase_nav")} if back else {}
        made = fund_redemption(
            shares, nav=nav, fee_rate=rate, days_held=days, back_load=back, **options
        )
        gross = Money.of(made.gross)
        totals = {"redemption_fee": Money.of(made.fee)}
        results = [
            Result("proceeds", "Paid out", "赎回净额", Money.of(made.paid)),
            Result("gross", "Shares at net asset value", "赎回总额", gross),
            Result(
                "redemption_fee_formula",
                "Redemption fee",
                "赎回费算式",
                f"{gross.grouped()} × {percent_text(rate)} (held {days} days)",
                "text",
            ),
        ]
        if back:
            totals["back_fee"] = Money.of(made.back_fee)
            formula = (
                f"{rate_text(shares)} × {rate_text(options['purchase_nav'])} × {percent_text(back)}"
            )
            results.append(Result("back_fee_formula", "Back load", "后端费算式", formula, "text"))
        return self._contract(
            terms, principal=gross, paid=gross, received=gross, totals=totals, results=results
        )

    def _convert(self, ctx: QuoteContext, terms: Terms) -> Contract:
        shares, nav, days = ctx.ask.need("shares"), ctx.ask["nav"], ctx.ask.need("days_held")
        rate = ctx.figure("redemption_fee", at=days)
        made = fund_conversion(
            shares,
            nav_out=nav,
            nav_in=ctx.ask.need("nav_in"),
            redemption_rate=rate,
            out_tiers=[(0, ctx.ask.get("front_rate_out", Decimal(0)))],
            in_tiers=self._tiers(ctx),
        )
        gross = Money.of(made.gross)
        return self._contract(
            terms,
            principal=gross,
            paid=gross,
            received=gross,
            totals={
                "redemption_fee": Money.of(made.redemption_fee),
                "difference_fee": Money.of(made.difference_fee),
            },
            results=[
                Result("shares", "Shares of the new fund", "转入份额", made.shares, "number"),
                Result("net", "Amount converted", "转入净额", Money.of(made.net)),
                Result(
                    "redemption_fee_formula",
                    "Redemption fee",
                    "赎回费算式",
                    f"{gross.grouped()} × {percent_text(rate)} (held {days} days)",
                    "text",
                ),
                Result(
                    "difference_fee_formula",
                    "Difference of front loads",
                    "补差费算式",
                    "front load of the fund bought less that of the fund sold, outside deduction",
                    "text",
                ),
            ],
        )

    def _tiers(self, ctx: QuoteContext) -> list[tuple[Decimal, Decimal]]:
        figure, lower, made = ctx.version.figures["front_fee"], Decimal(0), []
        for band in figure.bands:
            made.append((lower, band.value))
            lower = band.up_to or lower
        ctx.figure("front_fee", at=0)
        return made

    def _contract(
        self,
        terms: Terms,
        *,
        principal: Money,
        paid: Money,
        received: Money,
        totals: dict[str, Money],
        results: list[Result],
    ) -> Contract:
        flows = (
            Flow(terms.start, -paid, "invested or shares given up, at net asset value"),
            Flow(terms.start, received, "shares or proceeds, at net asset value"),
        )
        zero = Money.zero(terms.currency)
        return Contract(
            terms.currency,
            flows,
            {"principal": principal, "interest": zero, **totals},
            results=tuple(results),
        )

    def terms(self, ctx: QuoteContext) -> Terms:
        """The deal; buying needs an amount, selling shares."""
        terms = super().terms(ctx)
        if ctx.ask["action"] == "buy" and "amount" not in ctx.ask:
            raise InputError("amount: is missing; buying shares needs the amount invested")
        return terms.with_extra(action=ctx.ask["action"], nav=ctx.ask["nav"], load=ctx.ask["load"])


plugin = OpenEndFund()
