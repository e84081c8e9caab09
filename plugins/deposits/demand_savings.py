"""Demand savings (活期储蓄)."""

from __future__ import annotations

from catalogue.products.deposit_account import DemandDeposit

plugin = DemandDeposit()
