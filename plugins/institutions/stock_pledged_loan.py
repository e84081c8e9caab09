"""Stock-pledged loan (股票质押贷款): ratio, lines, concentration, and margin calls along a price path."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from catalogue import Check, Contract, InputError, Money, QuoteContext, Result, Terms
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.company_loan import CompanyLoan
from catalogue.products.loan import need_amount
from catalogue.products.verdict import verdict
from catalogue.values import percent_text

_PLACES = Decimal("0.0001")


class StockPledgedLoan(CompanyLoan):
    """The loan of any company, secured by listed shares."""

    default_method = "bullet"

    def terms(self, ctx: QuoteContext) -> Terms:
        """The loan, at most its ratio of the pledged value."""
        value, most = pledged_value(ctx), ctx.figure("max_ratio")
        if Fraction(ctx.ask.amount.amount) > Fraction(value.amount) * Fraction(most):
            raise InputError(
                f"amount: {ctx.ask.amount.grouped()} is over {percent_text(most)} of the value pledged,"
                f" {value.grouped()}"
            )
        return super().terms(ctx)

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """Ratio, the prices of both lines, and what the path does."""
        amount, shares = need_amount(terms), ctx.ask["shares"]
        value = pledged_value(ctx)
        ratio = (amount.amount / value.amount).quantize(_PLACES)
        prices = {
            name: _price(amount, shares, ctx.figure(name))
            for name in ("warning_line", "close_out_line")
        }
        ctx.explain(
            "pledge.lines", prices, "loan ÷ shares × line", {"loan": amount, "shares": shares}
        )
        return [
            *super().results(ctx, terms, rows),
            Result("pledged_value", "Value of the shares", "质押股票市值", value),
            Result("ratio", "Pledge ratio", "质押率", ratio, "rate"),
            Result(
                "warning_price",
                "Price at the warning line",
                "警戒线股价",
                prices["warning_line"],
                "number",
            ),
            Result(
                "close_out_price",
                "Price at the close-out line",
                "平仓线股价",
                prices["close_out_line"],
                "number",
            ),
            *self._path(ctx, amount),
        ]

    def _path(self, ctx: QuoteContext, amount: Money) -> list[Result]:
        """The first margin call and the first close-out of the price path."""
        warning, close = ctx.figure("warning_line"), ctx.figure("close_out_line")
        made: list[Result] = []
        called = False
        for row in sorted(ctx.ask.get("price_path", ()), key=lambda item: item["date"]):
            value = Money.rounded(Fraction(row["price"]) * ctx.ask["shares"], amount.currency)
            cover = Fraction(value.amount) / Fraction(amount.amount)
            if cover <= Fraction(close):
                made.append(
                    Result("closed_out_on", "Closed out on", "强制平仓日", row["date"], "date")
                )
                made.append(
                    Result("closed_out_value", "Value of the shares then", "平仓时市值", value)
                )
                break
            if cover < Fraction(warning) and not called:
                called = True
                missing = (
                    Money.rounded(Fraction(amount.amount) * Fraction(warning), amount.currency)
                    - value
                )
                made.append(
                    Result("call_on", "Margin call on", "追加质押通知日", row["date"], "date")
                )
                made.append(Result("call_amount", "Value to be added", "需追加市值", missing))
        return made

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """The concentration limits: shares in pledge of the freely traded ones."""
        free = ctx.ask.get("float_shares")
        shares, others = ctx.ask["shares"], ctx.ask["pledged_elsewhere"]
        checks = []
        for key, held, words in (
            (
                "one_bank",
                shares,
                ("One bank holds in pledge", "单家银行接受的质押股数占流通股比例"),
            ),
            (
                "all_banks",
                shares + others,
                ("All banks hold in pledge", "全部银行接受的质押股数占流通股比例"),
            ),
        ):
            most = ctx.figure("concentration", key=key)
            checks.append(
                verdict(
                    ctx,
                    f"concentration-{key.replace('_', '-')}",
                    None if free is None else held <= free * most,
                    (
                        f"{words[0]} at most {percent_text(most)} of a company's traded shares",
                        f"{words[1]}不超过{percent_text(most)}",
                    ),
                    source=ctx.source("figures", "concentration"),
                    found={"shares": held, "float": free},
                    missing=("ask.float_shares",),
                    bring=("number of traded shares of the company", "上市公司流通股本"),
                )
            )
        return checks


def pledged_value(ctx: QuoteContext) -> Money:
    """Shares at the average price."""
    return Money.rounded(Fraction(ctx.ask["average_price"]) * ctx.ask["shares"], ctx.ask.currency)


def _price(amount: Money, shares: int, line: Decimal) -> Decimal:
    exact = Fraction(amount.amount) * Fraction(line) / shares
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_PLACES).normalize()


plugin = StockPledgedLoan()
