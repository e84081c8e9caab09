"""Personal notice deposit (个人通知存款)."""

from __future__ import annotations

from catalogue.products.deposit_notice import NoticeDeposit

plugin = NoticeDeposit()
