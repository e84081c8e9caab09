"""Debit card (借记卡)."""

from __future__ import annotations

from catalogue.products.fee_service import FeeService


class DebitCard(FeeService):
    """Priced by the fees of its definition alone."""


plugin = DebitCard()
