"""Agency of open-end funds (代理开放式基金): four deals, with dated fee formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import cast

from catalogue import Contract, Fee, Flow, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.maths import FeeTier, fund_conversion, fund_redemption, fund_subscription
from catalogue.maths.fund import FeeMethod, ShareRounding
from catalogue.values import BANK_YEAR, percent_text, rate_text

# Fields that belong to some deals only; stated with another they would be ignored.
_OF_DEALS: Mapping[str, tuple[str, ...]] = {
    "amount": ("subscribe", "buy"),
    "nav": ("buy", "redeem", "convert"),
    "offer_days": ("subscribe",),
    "shares": ("redeem", "convert"),
    "days_held": ("redeem", "convert"),
    "purchase_nav": ("redeem",),
    "nav_in": ("convert",),
    "front_rate_out": ("convert",),
}
_NEEDED = ("amount", "nav", "shares", "days_held", "nav_in")

# Total of the contract → its fee: code, names, the figure that sets it.
_FEES = {
    "subscription_fee": ("subscription", "Subscription fee", "认购费", "offer_fee"),
    "front_load": ("front-load", "Front load", "前端申购费", "front_fee"),
    "redemption_paid": ("redemption", "Redemption fee", "赎回费", "redemption_fee"),
    "back_load": ("back-load", "Back load", "后端申购费", "back_fee"),
    "load_difference": ("difference", "Difference of front loads", "申购补差费", "front_fee"),
}


class OpenEndFund(Product):
    """Buying costs a front load, selling the redemption fee (and a back load), by bands of the definition.

    Shares held are valued at net asset value, so that paid less received is what the deal costs.
    """

    def terms(self, ctx: QuoteContext) -> Terms:
        """The deal.

        Raises:
            InputError: every field that the deal needs, or that it would ignore.
        """
        terms, ask = super().terms(ctx), ctx.ask
        action, problems = ask["action"], []
        for name, deals in _OF_DEALS.items():
            if name in ask and action not in deals:
                problems.append(
                    f"{name}: is not used when action is {action}; it belongs to {', '.join(deals)}"
                )
            if name not in ask and action in deals and name in _NEEDED:
                problems.append(f"{name}: is missing; action {action} needs it")
        back = ask["load"] == "back"
        if back and action == "convert":
            problems.append("load: back is not offered for a conversion; redeem and buy instead")
        if action == "redeem" and back and "purchase_nav" not in ask:
            problems.append(
                "purchase_nav: is missing; a back load is charged on the purchase price"
            )
        if action == "redeem" and not back and "purchase_nav" in ask:
            problems.append("purchase_nav: is used only when load is back")
        if problems:
            raise InputError.many(problems)
        nav = ctx.figure("offer_price") if action == "subscribe" else ask["nav"]
        return terms.with_extra(action=action, nav=nav, load=ask["load"])

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The deal by its action."""
        match ctx.ask["action"]:
            case "subscribe":
                return self._buy(ctx, terms, "offer_fee", "subscription_fee", self._interest(ctx))
            case "buy":
                return self._buy(ctx, terms, "front_fee", "front_load", Money.zero())
            case "redeem":
                return self._redeem(ctx, terms)
            case _:
                return self._convert(ctx, terms)

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The fees that the deal deducts, as the contract computed them."""
        return [
            Fee(
                code,
                name,
                name_zh,
                contract.totals[total],
                str(contract.result(f"{total}_formula")),
                ctx.source("figures", figure),
                base=contract.totals["principal"],
                due=terms.start,
            )
            for total, (code, name, name_zh, figure) in _FEES.items()
            if total in contract.totals
        ]

    def _interest(self, ctx: QuoteContext) -> Money:
        """What the money earns at the demand rate until the fund is founded."""
        days = ctx.ask.get("offer_days", 0)
        if not days:
            return Money.zero()
        rate = ctx.reference(ctx.term("deposit_sheet"), column="demand")
        made = Money.rounded(Fraction(ctx.ask.amount.amount) * Fraction(rate) * days / BANK_YEAR)
        ctx.explain(
            "result.interest",
            made,
            "amount × demand rate × days ÷ 360",
            {"amount": ctx.ask.amount, "rate": rate, "days": days},
        )
        return made

    def _buy(
        self, ctx: QuoteContext, terms: Terms, figure: str, total: str, interest: Money
    ) -> Contract:
        amount, back = ctx.ask.amount, ctx.ask["load"] == "back"
        nav = terms.extra["nav"]
        # A back load is paid on redemption.
        tier = FeeTier(Decimal(0), rate=Decimal(0)) if back else self._load(ctx, figure, amount)
        made = fund_subscription(
            amount.amount,
            nav=nav,
            tiers=[tier],
            method=_method(ctx),
            share_rounding=_rounding(ctx),
            interest=interest.amount,
        )
        ctx.explain(
            "fund.shares",
            made.shares,
            "(net amount + interest) ÷ net asset value",
            {"net": made.net, "interest": interest, "nav": nav},
        )
        fee = Money.of(made.fee)
        results = [
            Result("shares", "Shares", "确认份额", made.shares, "number"),
            Result("net", "Net amount invested", "净申购金额", amount - fee),
        ]
        if interest:
            results.append(
                Result("interest", "Interest turned into shares", "认购资金利息折份额", interest)
            )
        if not back:
            results.append(_formula(total, _load_words(ctx, amount, tier)))
        return self._contract(
            terms,
            amount - fee,
            {} if back else {total: fee},
            results,
            principal=amount,
            interest=interest,
        )

    def _load(self, ctx: QuoteContext, figure: str, amount: Money) -> FeeTier:
        """The load of an amount: the fixed fee of large deals, else the rate by the channel's price."""
        figures = ctx.version.figures
        if "fixed_from" in figures and amount.amount >= ctx.figure("fixed_from"):
            return FeeTier(Decimal(0), amount=ctx.figure("front_fixed"))
        return FeeTier(Decimal(0), rate=ctx.figure(figure, at=amount) * _channel(ctx))

    def _redeem(self, ctx: QuoteContext, terms: Terms) -> Contract:
        ask = ctx.ask
        shares, days = ask["shares"], ask["days_held"]
        rate = ctx.figure("redemption_fee", at=days)
        back = ctx.figure("back_fee", at=days) if ask["load"] == "back" else Decimal(0)
        made = fund_redemption(
            shares,
            nav=ask["nav"],
            fee_rate=rate,
            days_held=days,
            back_load=back,
            purchase_nav=ask.get("purchase_nav"),
        )
        gross = Money.of(made.gross)
        totals = {"redemption_paid": Money.of(made.fee)}
        results = [
            Result("proceeds", "Paid out", "赎回净额", Money.of(made.paid)),
            Result("gross", "Shares at net asset value", "赎回总额", gross),
            _formula("redemption_paid", _redemption_words(gross, rate, days)),
        ]
        if back:
            totals["back_load"] = Money.of(made.back_fee)
            words = f"{rate_text(shares)} × {rate_text(ask['purchase_nav'])} × {percent_text(back)}"
            results.append(_formula("back_load", words))
        return self._contract(terms, gross, totals, results)

    def _convert(self, ctx: QuoteContext, terms: Terms) -> Contract:
        ask = ctx.ask
        shares, days = ask["shares"], ask["days_held"]
        rate = ctx.figure("redemption_fee", at=days)
        sold = fund_redemption(shares, nav=ask["nav"], fee_rate=rate, days_held=days)
        # The channel's price holds for both loads: what is discounted is their difference.
        paid_before = ask.get("front_rate_out", Decimal(0)) * _channel(ctx)
        tier = self._load(ctx, "front_fee", Money.of(sold.paid))
        made = fund_conversion(
            shares,
            nav_out=ask["nav"],
            nav_in=ask["nav_in"],
            redemption_rate=rate,
            out_tiers=[(0, paid_before)],
            in_tiers=[tier],
            share_rounding=_rounding(ctx),
            method=_method(ctx),
        )
        gross, net = Money.of(made.gross), Money.of(sold.paid)
        before = FeeTier(Decimal(0), rate=paid_before)
        words = f"({_load_words(ctx, net, tier)}) − ({_load_words(ctx, net, before)}), at least 0"
        return self._contract(
            terms,
            gross,
            {
                "redemption_paid": Money.of(made.redemption_fee),
                "load_difference": Money.of(made.difference_fee),
            },
            [
                Result("shares", "Shares of the new fund", "转入份额", made.shares, "number"),
                Result("net", "Amount converted", "转入净额", Money.of(made.net)),
                _formula("redemption_paid", _redemption_words(gross, rate, days)),
                _formula("load_difference", words),
            ],
        )

    def _contract(
        self,
        terms: Terms,
        given: Money,
        totals: dict[str, Money],
        results: list[Result],
        *,
        principal: Money | None = None,
        interest: Money | None = None,
    ) -> Contract:
        """Money or shares given against shares or money of the same value, and interest; fees come on top."""
        earned = Money.zero(terms.currency) if interest is None else interest
        flows = (
            Flow(terms.start, -given, "invested or shares given up, at net asset value"),
            Flow(terms.start, given + earned, "shares or proceeds, at net asset value"),
        )
        return Contract(
            terms.currency,
            flows,
            {"principal": given if principal is None else principal, "interest": earned, **totals},
            results=tuple(results),
        )


def _channel(ctx: QuoteContext) -> Decimal:
    """Share of a load that the channel charges."""
    return ctx.figure("channel_price", key=ctx.ask["channel"])


def _method(ctx: QuoteContext) -> FeeMethod:
    """How a load is taken out of an amount, as the maths names it."""
    return "inside" if ctx.term("fee_formula") == "inside-deduction" else "outside-deduction"


def _rounding(ctx: QuoteContext) -> ShareRounding:
    """How shares are rounded to two decimals: the definition's, as the maths checks it."""
    return cast(ShareRounding, ctx.term("share_rounding"))


def _formula(total: str, words: str) -> Result:
    _, name, name_zh, _ = _FEES[total]
    return Result(f"{total}_formula", f"{name}, formula", f"{name_zh}算式", words, "text")


def _load_words(ctx: QuoteContext, amount: Money, tier: FeeTier) -> str:
    if tier.amount is not None:
        return f"{rate_text(tier.amount)} a deal"
    rate = percent_text(tier.rate or Decimal(0))
    if _method(ctx) == "inside":
        return f"{amount.grouped()} × {rate}"
    return f"{amount.grouped()} − {amount.grouped()} ÷ (1 + {rate})"


def _redemption_words(gross: Money, rate: Decimal, days: int) -> str:
    return f"{gross.grouped()} × {percent_text(rate)} (held {days} days)"


plugin = OpenEndFund()
