"""Durable-goods loan (大额耐用消费品贷款)."""

from __future__ import annotations

from catalogue.products.priced_purchase import PurchaseLoan


class DurableGoodsLoan(PurchaseLoan):
    """A share of the price of goods of lasting use."""


plugin = DurableGoodsLoan()
