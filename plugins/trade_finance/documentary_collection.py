"""Documentary collection (跟单托收): D/P and D/A, export and import."""

from __future__ import annotations

from catalogue.products.fee_service import FeeService


class DocumentaryCollection(FeeService):
    """Priced by the fees of its definition alone."""


plugin = DocumentaryCollection()
