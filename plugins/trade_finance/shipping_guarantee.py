"""Shipping guarantee (提货担保)."""

from __future__ import annotations

from catalogue.products.trade import Undertaking


class ShippingGuarantee(Undertaking):
    """A guarantee to the carrier, covered by a margin."""


plugin = ShippingGuarantee()
