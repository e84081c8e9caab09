"""The check: a list in a file, one answer a quote, "refer" whenever it cannot be sure."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from catalogue import Check, QuoteContext, hookimpl
from catalogue.products.results import Outcome

SOURCE = "list of names in sanctions-list 1.0 (invented)"
SOURCE_ZH = "sanctions-list 1.0 的名单(虚构)"
NAMES = tuple(Path(__file__).with_name("names.txt").read_text("utf-8").splitlines())
REASON, REASON_ZH = "The customer is not on the list of names", "客户不在名单内"
NEAR = 0.85
"""From this likeness on a person must look at the name."""


@hookimpl
def eligibility(ctx: QuoteContext) -> Sequence[Check]:
    """One check for every product."""
    name = ctx.customer.get("name")
    if name is None:
        return [
            Check(
                "sanctions", "refer", REASON, REASON_ZH, SOURCE, source_zh=SOURCE_ZH, missing=("customer.name",),
                bring="name as in the licence or identity card", bring_zh="证照所载名称",
            )
        ]  # fmt: skip
    listed = {_plain(item): item for item in NAMES}
    near = difflib.get_close_matches(_plain(name), listed, 1, NEAR)
    outcome: Outcome = "fail" if _plain(name) in listed else "refer" if near else "pass"
    found = {"customer.name": name, "list": listed[near[0]] if near else "none"}
    if outcome != "refer":
        return [Check("sanctions", outcome, REASON, REASON_ZH, SOURCE, found, source_zh=SOURCE_ZH)]
    return [
        Check(
            "sanctions", "refer", REASON, REASON_ZH, SOURCE, found, source_zh=SOURCE_ZH,
            bring="decision of the compliance desk", bring_zh="合规部门意见",
        )
    ]  # fmt: skip


def _plain(name: str) -> str:
    """Letters as they are compared: no case, full width as half width, one space."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
