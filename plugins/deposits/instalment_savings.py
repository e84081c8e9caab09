"""Instalment savings (零存整取定期储蓄)."""

from __future__ import annotations

from catalogue.products.deposit_plans import InstalmentSavings

plugin = InstalmentSavings()
