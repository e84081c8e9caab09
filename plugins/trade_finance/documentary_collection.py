"""Documentary collection (跟单托收): D/P and D/A, export and import."""

from __future__ import annotations

from catalogue.products.trade import TradeService


class DocumentaryCollection(TradeService):
    """Documents handed over against payment or acceptance, for the seller or the buyer."""


plugin = DocumentaryCollection()
