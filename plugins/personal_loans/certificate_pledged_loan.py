"""Certificate-pledged loan (个人存单质押贷款): against a time certificate, due within its term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from catalogue import Check, Contract, InputError, Money, QuoteContext, Result, Terms
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.collateral import limit_check
from catalogue.products.loan import Loan, need_amount
from catalogue.products.verdict import verdict


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
        """The amount within the pledge ratio, the loan within the certificates."""
        value = self._value(ctx)
        limit = None if value is None else self._limit(ctx, value)
        source = ctx.source("figures", "max_pledge_ratio")
        return [
            limit_check(
                ctx,
                need_amount(terms),
                limit,
                source=source,
                code="pledge-ratio",
                missing="ask.certificate_amount",
                bring=("the certificate", "存单原件"),
            ),
            *self._terms_check(ctx, terms),
        ]

    def _terms_check(self, ctx: QuoteContext, terms: Terms) -> Sequence[Check]:
        """Of several certificates the first to fall due bounds the loan; of one the definition says so."""
        rows = ctx.ask.get("certificates", ())
        if not rows or terms.maturity is None:
            return ()
        first = min(row["maturity"] for row in rows)
        return (
            verdict(
                ctx,
                "within-certificates",
                terms.maturity <= first,
                (
                    "The loan falls due no later than the first certificate",
                    "贷款到期日不超过最早到期存单的到期日",
                ),
                source=ctx.source("conditions", "within-certificate"),
                found={"loan": terms.maturity, "first_certificate": first},
            ),
        )

    def _value(self, ctx: QuoteContext) -> Money | None:
        """All principals in the loan's currency; None when the ask states no certificate.

        Raises:
            InputError: one certificate and several are stated, or a currency without a rate.
        """
        rows, one = ctx.ask.get("certificates", ()), ctx.ask.get("certificate_amount")
        if not rows:
            if one is None:
                return None
            return self._in_currency(
                ctx, "result.certificate_value", one, ctx.ask["certificate_currency"]
            )
        if one is not None:
            raise InputError(
                "certificates: state them all here, or one by certificate_amount, not both"
            )
        values = [self._row_value(ctx, number, row) for number, row in enumerate(rows, 1)]
        return Money.total(values, ctx.ask.currency)

    def _row_value(self, ctx: QuoteContext, number: int, row: Mapping[str, Any]) -> Money:
        """One certificate of several."""
        where, principal = f"certificates[{number}]", row["amount"]
        if principal <= 0:
            raise InputError(f"{where}.amount: {principal} is not above zero")
        currency = row.get("currency", "CNY").upper()
        try:
            return self._in_currency(ctx, f"certificates.{number}", principal, currency)
        except InputError as error:
            raise InputError(f"{where}.currency: {error}") from error

    def _in_currency(
        self, ctx: QuoteContext, figure: str, principal: Decimal, currency: str
    ) -> Money:
        """A principal in the loan's currency, foreign money at the bank's buying rate of the day."""
        if currency == ctx.ask.currency:
            return Money.rounded(principal, currency)
        rate = ctx.reference("fx", column=f"{currency}/{ctx.ask.currency}", side="bid")
        value = Money.rounded(principal * rate, ctx.ask.currency)
        ctx.explain(
            figure,
            value,
            "principal × buying rate of the day",
            {"principal": principal, "currency": currency, "rate": rate},
        )
        return value

    def _limit(self, ctx: QuoteContext, value: Money) -> Money:
        ratio = ctx.figure("max_pledge_ratio")
        return Money.rounded(value.amount * ratio, value.currency, "down")


plugin = CertificatePledgedLoan()
