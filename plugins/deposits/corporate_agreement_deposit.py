"""Corporate agreement deposit (单位协定存款)."""

from __future__ import annotations

from catalogue.products.deposit_account import AgreementDeposit

plugin = AgreementDeposit()
