"""Import letter of credit (进口信用证): issue, amend, accept, pay; margin and exposure."""

from __future__ import annotations

from catalogue import QuoteContext, Tenor, Terms
from catalogue.products.trade import Undertaking


class ImportLetterOfCredit(Undertaking):
    """The whole life of a credit as one total; acceptance is charged by the months of usance."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The credit with its usance as a tenor, on which acceptance is charged."""
        days = ctx.ask["usance_days"]
        usance = Tenor(days, "d") if days else None
        return super().terms(ctx).with_extra(usance=usance, payment="usance" if days else "sight")


plugin = ImportLetterOfCredit()
