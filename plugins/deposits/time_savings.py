"""Lump-sum time savings (整存整取定期储蓄)."""

from __future__ import annotations

from catalogue.products.deposit_time import TimeDeposit

plugin = TimeDeposit()
