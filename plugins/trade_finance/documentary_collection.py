"""Documentary collection (跟单托收): D/P and D/A, export and import."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import QuoteContext, Result, Terms
from catalogue.products.fee_service import FeeService
from catalogue.products.trade import borne_by_other


class DocumentaryCollection(FeeService):
    """Priced by the fees of its definition; those that the other party bears are shown beside."""

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """The charges of the other party."""
        return borne_by_other(ctx, terms, self.fee_currency)


plugin = DocumentaryCollection()
