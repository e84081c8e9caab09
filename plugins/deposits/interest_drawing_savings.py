"""Savings with interest drawn (存本取息定期储蓄)."""

from __future__ import annotations

from catalogue.products.deposit_plans import InterestDrawingSavings

plugin = InterestDrawingSavings()
