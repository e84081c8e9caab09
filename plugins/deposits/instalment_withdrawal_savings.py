"""Savings drawn in instalments (整存零取定期储蓄)."""

from __future__ import annotations

from catalogue.products.deposit_plans import InstalmentWithdrawalSavings

plugin = InstalmentWithdrawalSavings()
