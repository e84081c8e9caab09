"""Corporate time deposit (单位定期存款)."""

from __future__ import annotations

from catalogue.products.deposit_kinds import TimeDeposit


class CorporateTimeDeposit(TimeDeposit):
    """The kind of deposit as it is; its figures are in the definition."""


plugin = CorporateTimeDeposit()
