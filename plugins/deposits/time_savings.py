"""Lump-sum time savings (整存整取定期储蓄)."""

from __future__ import annotations

from catalogue.products.deposit_kinds import TimeDeposit


class TimeSavings(TimeDeposit):
    """The kind of deposit as it is; its figures are in the definition."""


plugin = TimeSavings()
