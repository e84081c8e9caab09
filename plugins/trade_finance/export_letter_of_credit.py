"""Export letter of credit (出口信用证): advise, confirm, negotiate, transfer."""

from __future__ import annotations

from catalogue.products.fee_service import FeeService


class ExportLetterOfCredit(FeeService):
    """Priced by the fees of its definition alone."""


plugin = ExportLetterOfCredit()
