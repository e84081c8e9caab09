"""Integrated processing package (综合业务处理系统): one price a month with quotas, against single prices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from catalogue import Contract, Fee, Money, QuoteContext, Result, Terms
from catalogue.products.agency import AgencyService
from catalogue.products.fees import own_fee
from catalogue.values import percent_text, rate_text

# code of the fee, its names, the field of the ask, the quota, the key of the single price
_QUOTAS = (
    ("transfers", "Transfers beyond the quota", "超额转账", "count", "transfers_included", "transfer"),
    ("payroll", "Payroll items beyond the quota", "超额代发", "payroll_items", "payroll_included", "payroll"),
)  # fmt: skip


class IntegratedPackage(AgencyService):
    """The monthly price, and what goes beyond its quotas."""

    invoiced = True

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """Items of the whole term, what they would cost by themselves, what the package saves."""
        months, ask = self.months(terms), ctx.ask
        transfers, payroll = ask["count"] * months, ask["payroll_items"] * months
        price = {key: ctx.figure("single", key=key) for key in ("transfer", "payroll", "account")}
        single = Money.rounded(
            Fraction(price["transfer"]) * transfers
            + Fraction(price["payroll"]) * payroll
            + Fraction(price["account"]) * ask["accounts"] * months
        )
        own = Money.total((fee.amount for fee in self._charged(ctx, terms)), "CNY")
        ctx.explain("result.single", single, "items × single prices", price)
        ctx.explain(
            "result.saved",
            single - own,
            "single prices − package",
            {"single": single, "package": own},
        )
        return (
            Result("transfers", "Transfers in the whole term", "期间转账笔数", transfers, "number"),
            Result("payroll_items", "Payroll items in the whole term", "期间代发笔数", payroll, "number"),
            Result("single", "At single prices", "按单项价格", single),
            Result("saved", "Saved by the package", "套餐节省", single - own),
        )  # fmt: skip

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """Package and excess, paid by the month."""
        return list(self._charged(ctx, terms))

    def _charged(self, ctx: QuoteContext, terms: Terms) -> Iterator[Fee]:
        package, months = ctx.ask["package"], self.months(terms)
        price = Money.of(ctx.figure("monthly", key=package))
        yield own_fee(
            ctx,
            ("package", "Package", "套餐费"),
            price * months,
            f"{price.grouped()} × {months} months",
            source=ctx.source("figures", "monthly"),
        )
        for code, name, name_zh, asked, quota, single in _QUOTAS:
            beyond = max(Decimal(ctx.ask[asked]) - ctx.figure(quota, key=package), Decimal(0))
            if not beyond:
                continue
            each, share = ctx.figure("single", key=single), ctx.figure("beyond")
            amount = Money.rounded(Fraction(each) * Fraction(share) * Fraction(beyond) * months)
            yield own_fee(
                ctx,
                (code, name, name_zh),
                amount,
                f"{rate_text(beyond)} × {rate_text(each)} × {percent_text(share)} × {months} months",
                source=ctx.source("figures", "beyond"),
            )


plugin = IntegratedPackage()
