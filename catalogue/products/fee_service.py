"""The base of services that cost only fees: settlement, agency, custody and the like."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.products.base import Product
from catalogue.products.context import QuoteContext
from catalogue.products.results import Contract, Result, Terms
from catalogue.values import Money


class FeeService(Product):
    """A service priced by the fees of its definition.

    The amount that the client moves is no price: it stands in the terms, `totals.principal` is zero
    and `totals.paid` is what the service costs. Fees are in `fee_currency`; amounts in another
    currency are converted at the fx sheet of the day for the fee's base.
    """

    fee_currency = "CNY"

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """No flows but the fees, which the definition states."""
        zero = Money.zero(self.fee_currency)
        return Contract(
            self.fee_currency,
            totals={"principal": zero, "interest": zero},
            results=tuple(self.results(ctx, terms)),
        )

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """Figures beside the fees; none by default."""
        return ()
