"""Education savings (教育储蓄)."""

from __future__ import annotations

from catalogue.products.deposit_education import EducationSavings

plugin = EducationSavings()
