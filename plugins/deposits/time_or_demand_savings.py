"""Time-or-demand savings (定活两便储蓄)."""

from __future__ import annotations

from catalogue.products.deposit_plans import TimeOrDemandSavings

plugin = TimeOrDemandSavings()
