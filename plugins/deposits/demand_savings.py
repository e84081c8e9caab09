"""Demand savings (活期储蓄)."""

from __future__ import annotations

from catalogue.products.deposit_kinds import DemandDeposit


class DemandSavings(DemandDeposit):
    """The kind of deposit as it is; its figures are in the definition."""


plugin = DemandSavings()
