"""Corporate demand deposit (单位活期存款)."""

from __future__ import annotations

from catalogue.products.deposit_account import DemandDeposit

plugin = DemandDeposit()
