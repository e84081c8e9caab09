"""Corporate treasury advisory (企业理财顾问): a retainer by size and special reports."""

from __future__ import annotations

from catalogue.products.fee_service import FeeService


class CorporateAdvisory(FeeService):
    """Priced by the fees of its definition alone."""


plugin = CorporateAdvisory()
