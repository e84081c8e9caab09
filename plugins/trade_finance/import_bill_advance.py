"""Import bill advance (进口押汇): the bank pays, the importer repays at maturity."""

from __future__ import annotations

from catalogue.products.trade import TradeAdvance


class ImportBillAdvance(TradeAdvance):
    """Paid out to the seller, repaid by the importer out of the sale of the goods."""


plugin = ImportBillAdvance()
