"""Integrated processing package (综合业务处理系统): one price with quotas, against single prices."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from catalogue import Contract, Fee, Money, QuoteContext, Result, Terms
from catalogue.products.fee_service import FeeService
from catalogue.values import percent_text


class IntegratedPackage(FeeService):
    """The monthly price, and what goes beyond its quotas."""

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """What the pieces would cost by themselves, and what the package saves."""
        months = self._months(ctx)
        single = Money.of(
            (
                ctx.figure("single", key="transfer") * ctx.ask["count"]
                + ctx.figure("single", key="payroll") * ctx.ask["payroll_items"]
                + ctx.figure("single", key="account") * ctx.ask["accounts"]
            )
            * months
        )
        own = Money.total((fee.amount for fee in self._charged(ctx, terms)), "CNY")
        ctx.explain(
            "package.saved",
            single - own,
            "single prices − package",
            {"single": single, "package": own},
        )
        return (
            Result("single", "At single prices", "按单项价格", single),
            Result("saved", "Saved by the package", "套餐节省", single - own),
        )

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """Package and excess."""
        return self._charged(ctx, terms)

    def _months(self, ctx: QuoteContext) -> int:
        return int(ctx.ask.tenor.months or -(-ctx.ask.tenor.count // 30))

    def _charged(self, ctx: QuoteContext, terms: Terms) -> list[Fee]:
        package, months = ctx.ask["package"], self._months(ctx)
        price = Money.of(ctx.figure("monthly", key=package))
        made = [
            Fee(
                "package",
                "Package",
                "套餐费",
                price * months,
                f"{price.grouped()} × {months} months",
                ctx.source("figures", "monthly"),
                due=terms.start,
            )
        ]
        for code, name, name_zh, asked, quota, single in (
            (
                "transfers",
                "Transfers beyond the quota",
                "超额转账",
                "count",
                "transfers_included",
                "transfer",
            ),
            (
                "payroll",
                "Payroll items beyond the quota",
                "超额代发",
                "payroll_items",
                "payroll_included",
                "payroll",
            ),
        ):
            beyond = max(Decimal(ctx.ask[asked]) - ctx.figure(quota, key=package), Decimal(0))
            if beyond:
                each, share = ctx.figure("single", key=single), ctx.figure("beyond")
                amount = Money.rounded(Fraction(each) * Fraction(share) * Fraction(beyond) * months)
                made.append(
                    Fee(
                        code,
                        name,
                        name_zh,
                        amount,
                        f"{beyond} × {each} × {percent_text(share)} × {months} months",
                        ctx.source("figures", "beyond"),
                        due=terms.start,
                    )
                )
        return made


plugin = IntegratedPackage()
