"""Corporate demand deposit (单位活期存款)."""

from __future__ import annotations

from catalogue.products.deposit_kinds import DemandDeposit


class CorporateDemandDeposit(DemandDeposit):
    """The kind of deposit as it is; its figures are in the definition."""


plugin = CorporateDemandDeposit()
