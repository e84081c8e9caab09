"""Corporate time deposit (单位定期存款)."""

from __future__ import annotations

from catalogue.products.deposit_time import TimeDeposit

plugin = TimeDeposit()
