"""Corporate agreement deposit (单位协定存款)."""

from __future__ import annotations

from catalogue.products.deposit_kinds import AgreementDeposit


class CorporateAgreementDeposit(AgreementDeposit):
    """The kind of deposit as it is; its figures are in the definition."""


plugin = CorporateAgreementDeposit()
