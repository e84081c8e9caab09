"""Clean collection (光票托收)."""

from __future__ import annotations

from catalogue.products.fee_service import FeeService


class CleanCollection(FeeService):
    """Priced by the fees of its definition alone."""


plugin = CleanCollection()
