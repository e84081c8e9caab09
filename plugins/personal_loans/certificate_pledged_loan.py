"""Certificate-pledged loan (个人存单质押贷款): against a time certificate, due within its term."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.maths.schedule_rows import Schedule
from catalogue.products.collateral import limit_check
from catalogue.products.context import QuoteContext
from catalogue.products.loan import Loan, need_amount
from catalogue.products.results import Check, Contract, Result, Terms
from catalogue.values import Money


class CertificatePledgedLoan(Loan):
    """Interest at maturity; the limit is a share of the certificate's principal in renminbi."""

    default_method = "at-maturity"

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """The loan's figures, what the certificate is worth and allows."""
        value, made = self._value(ctx), list(super().results(ctx, terms, rows))
        if value is not None:
            made += [
                Result("certificate_value", "Value of the certificate", "存单折算价值", value),
                Result(
                    "pledge_limit",
                    "Limit by the certificate",
                    "质押可贷额度",
                    self._limit(ctx, value),
                ),
            ]
        return made

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """The amount within the pledge ratio."""
        value = self._value(ctx)
        limit = None if value is None else self._limit(ctx, value)
        source = ctx.source("figures", "max_pledge_ratio")
        return [limit_check(ctx, need_amount(terms), limit, source=source, code="pledge-ratio",
                            missing="ask.certificate_amount", bring=("the certificate", "存单原件"))]  # fmt: skip

    def _value(self, ctx: QuoteContext) -> Money | None:
        """The principal in the loan's currency, foreign money at the bank's buying rate of the day."""
        principal, currency = ctx.ask.get("certificate_amount"), ctx.ask["certificate_currency"]
        if principal is None:
            return None
        if currency == ctx.ask.currency:
            return Money.rounded(principal, currency)
        rate = ctx.reference("fx", column=f"{currency}/{ctx.ask.currency}", side="bid")
        value = Money.rounded(principal * rate, ctx.ask.currency)
        ctx.explain(
            "result.certificate_value",
            value,
            "principal × buying rate of the day",
            {"principal": principal, "currency": currency, "rate": rate},
        )
        return value

    def _limit(self, ctx: QuoteContext, value: Money) -> Money:
        ratio = ctx.figure("max_pledge_ratio")
        return Money.rounded(value.amount * ratio, value.currency, "down")


plugin = CertificatePledgedLoan()
