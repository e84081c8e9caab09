"""Corporate notice deposit (单位通知存款)."""

from __future__ import annotations

from catalogue.products.deposit_kinds import NoticeDeposit


class CorporateNoticeDeposit(NoticeDeposit):
    """The kind of deposit as it is; its figures are in the definition."""


plugin = CorporateNoticeDeposit()
