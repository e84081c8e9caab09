"""Investment banking and financial advisory (投资银行业务及财务顾问业务): retainer, success fee, minimum."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from catalogue import Contract, Fee, Money, QuoteContext, Terms
from catalogue.products.fee_service import FeeService
from catalogue.products.fees import own_fee
from catalogue.products.periods import count_periods
from catalogue.values import percent_text


class FinancialAdvisory(FeeService):
    """The fees of the definition; a closed deal gives part of the retainer back."""

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The credit of the retainer on success, as a negative fee."""
        retainer = ctx.version.fees.get("retainer")
        if not ctx.ask["succeeds"] or retainer is None or retainer.per is None:
            return ()
        periods, words = count_periods(retainer.per, terms.start, ctx.ask.maturity)
        share = ctx.figure("retainer_credit")
        paid = Money.rounded(Fraction(retainer.amount or 0) * periods)
        credit = paid.scaled(share)
        return [
            own_fee(
                ctx,
                ("retainer-credit", "Retainer credited", "前期费抵扣"),
                -credit,
                f"{paid.grouped()} ({words}) × {percent_text(share)}, given back",
                source=ctx.source("figures", "retainer_credit"),
                base=paid,
                due=terms.maturity,
            )
        ]


plugin = FinancialAdvisory()
