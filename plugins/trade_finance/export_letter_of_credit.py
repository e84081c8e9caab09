"""Export letter of credit (出口信用证): advise, confirm, negotiate, transfer."""

from __future__ import annotations

from catalogue.products.trade import TradeService


class ExportLetterOfCredit(TradeService):
    """What the exporter's bank does under a credit of a bank abroad."""


plugin = ExportLetterOfCredit()
